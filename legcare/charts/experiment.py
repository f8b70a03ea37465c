"""Pictures of a self-experiment.

The chance of an answer before, the blocks one by one and the answer after.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date, timedelta

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from legcare.analysis.experiment.forecast import PowerCurve
from legcare.analysis.experiment.result import Effect, Result
from legcare.analysis.experiment.schedule import PlannedDay
from legcare.analysis.experiment.words import (
    change,
    finding_sentence,
    power_sentence,
    worthwhile_words,
)
from legcare.charts.chart import Chart
from legcare.charts.theme import (
    DASHES,
    SYMBOLS,
    Meaning,
    colour,
    dated,
    direct_label,
    figure_of,
    hover,
    interval_band,
    interval_bars,
    rows_named_above,
)
from legcare.records import written
from legcare.records.experiment import Arm, Plan

ARM_MEANING = {
    Arm.A: Meaning.MASSAGE,
    Arm.B: Meaning.UNKNOWN,
    Arm.C: Meaning.BETTER,
    Arm.D: Meaning.WORSE,
}
WEEK = 7
RATIOS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20]


def power_chart(curve: PowerCurve, weeks: float, *, a: str, change_hoped: str) -> Chart:
    """The chance of a clear answer against the length, with the length chosen marked.

    What the log leaves open is a band with dotted edges, and stands in the data as
    ``if_it_works_low`` and ``if_it_works_high``.
    """
    data = pd.DataFrame(
        {
            "weeks": curve.weeks,
            "pairs": curve.pairs,
            "if_it_works": curve.if_works,
            "if_it_works_low": curve.low,
            "if_it_works_high": curve.high,
            "if_it_does_nothing": curve.if_nothing,
        }
    )
    lines = [
        *_left_open(data),
        _chance_line(data, "if_it_works", "if A brings the change", Meaning.BETTER),
        _chance_line(data, "if_it_does_nothing", "if A does nothing", Meaning.UNKNOWN),
    ]
    figure = figure_of(
        lines, x_title="Length (weeks)", y_title="Chance of a clear answer (%)", showlegend=True
    )
    figure.update_yaxes(range=[0, 102]).add_vline(
        x=weeks, line={"dash": "dot", "color": colour(Meaning.UNKNOWN)}
    )
    direct_label(figure, weeks, 94, f"{written.whole(weeks)} weeks")
    sentence = power_sentence(curve, weeks, a=a, change_hoped=change_hoped)
    return Chart("experiment-outlook", "What to expect", figure, data, sentence)


def _left_open(data: pd.DataFrame) -> list[go.Scatter]:
    """The range of chances that the log leaves open.

    Its dotted edges show it without colour, too.
    """
    bands = interval_band(
        data["weeks"], 100 * data["if_it_works_low"], 100 * data["if_it_works_high"], Meaning.BETTER
    )
    edge = {"width": 1, "dash": "dot", "color": colour(Meaning.BETTER)}
    return [
        band.update(name="range your log leaves open", showlegend=True, line=edge) for band in bands
    ]


def _chance_line(data: pd.DataFrame, column: str, name: str, meaning: Meaning) -> go.Scatter:
    said = [_chance_said(row, column, name) for row in data.to_dict("records")]
    return go.Scatter(
        x=data["weeks"].tolist(),
        y=(100 * data[column]).round(1).tolist(),
        name=name,
        mode="lines+markers",
        line={"color": colour(meaning), "dash": DASHES[meaning]},
        marker={"symbol": SYMBOLS[meaning]},
        **hover(said),
    )


def _chance_said(row: Mapping[Hashable, float], column: str, name: str) -> str:
    told = f"{written.whole(row['weeks'])} weeks: {written.percent(row[column])} {name}"
    if f"{column}_low" not in row:
        return told
    low, high = (written.percent(row[f"{column}_{end}"]) for end in ("low", "high"))
    return f"{told} (your log leaves {low} to {high} open)"


def blocks_chart(result: Result, plan: Plan) -> Chart:
    """Every block as one line at its mean over the days it lasted.

    A and B of a pair side by side.
    """
    counts = plan.outcome.is_ratio
    data = result.blocks.assign(shown=result.blocks["mean"] * (WEEK if counts else 1))
    unit = "a week" if counts else f"({plan.outcome.unit or 'points'})"
    figure = figure_of(
        [
            line
            for arm in plan.arms
            for line in _block_lines(data[data["arm"] == str(arm)], arm, unit)
        ],
        x_title="Date",
        y_title=f"{plan.outcome.label} {unit}",
        showlegend=True,
    )
    dated(figure).update_yaxes(rangemode="tozero")
    lower = _pairs_in_favour(data)
    sentence = f"In {lower[0]} of {lower[1]} pairs of blocks the A block had the lower mean."
    return Chart("experiment-blocks", "Block by block", figure, data, sentence)


def _pairs_in_favour(data: pd.DataFrame) -> tuple[int, int]:
    wide = (
        data.pivot(index="pair", columns="arm", values="mean").reindex(columns=["A", "B"]).dropna()
    )
    return int((wide["A"] < wide["B"]).sum()), len(wide)


def _block_lines(blocks: pd.DataFrame, arm: Arm, unit: str) -> list[go.Scatter]:
    meaning = ARM_MEANING[arm]
    x: list[date | None] = []
    y: list[float | None] = []
    said: list[str] = []
    for block in blocks.to_dict("records"):
        known = f"{block['days']} of {block['planned_days']} days known"
        text = f"Block {block['block']}, {arm}: {written.decimal(block['shown'])} {unit} ({known})"
        x += [block["first_day"], block["last_day"], None]
        y += [round(float(block["shown"]), 3)] * 2 + [None]
        said += [text, text, ""]
    line = {"color": colour(meaning), "width": 4, "dash": "solid" if arm is Arm.A else "dot"}
    return [
        go.Scatter(
            x=x,
            y=y,
            name=str(arm),
            mode="lines+markers",
            line=line,
            marker={"symbol": SYMBOLS[meaning], "size": 8},
            connectgaps=False,
            **hover(said),
        )
    ]


def carry_over_chart(result: Result, plan: Plan) -> Chart:
    """The mean of each arm by day in its block: what wears off, or in, shows at the left edge."""
    figure = figure_of(
        [_by_day(result.by_day, arm) for arm in plan.arms],
        x_title="Day in the block",
        y_title=f"{plan.outcome.label}, mean of a day",
        showlegend=True,
    )
    figure.update_yaxes(rangemode="tozero")
    sentence = (
        "Days of a block one after the other, all blocks together. If one arm carried over into the"
        " next, the arms would be closest on the first days."
    )
    if plan.washout_days:
        sentence += f" The first {plan.washout_days} are break days and do not count."
    return Chart("experiment-carry-over", "Within a block", figure, result.by_day, sentence)


def _by_day(data: pd.DataFrame, arm: Arm) -> go.Scatter:
    own, meaning = data[data["arm"] == str(arm)], ARM_MEANING[arm]
    texts = [
        f"Day {row['day_in_block']}, {arm}: {written.decimal(row['mean'])} ({row['days']} days)"
        for row in own.to_dict("records")
    ]
    return go.Scatter(
        x=own["day_in_block"].tolist(),
        y=own["mean"].round(3).tolist(),
        name=str(arm),
        mode="lines+markers",
        line={"color": colour(meaning), "dash": DASHES[meaning]},
        marker={"symbol": SYMBOLS[meaning], "size": 8},
        **hover(texts),
    )


def answer_chart(result: Result, plan: Plan) -> Chart:
    """The answer as planned, beside it as done and with single choices changed.

    The change asked for as a line.
    """
    others = [(f"{arm} against B", effect) for arm, effect in result.others]
    first = "A against B" if others else "as planned"
    rows = [(first, result.planned), *others, ("as done", result.done), *result.checks]
    data = pd.DataFrame(
        [_row(name, effect) for name, effect in rows if effect.shown], columns=list(_COLUMNS)
    )
    counts = plan.outcome.is_ratio
    figure = figure_of(
        [_answers(data, plan)],
        x_title=_axis_title(plan),
        height=140 + 60 * max(1, len(data)),
        margin={"l": 8, "r": 12, "t": 44, "b": 8},
    )
    names = data["analysis"].tolist()
    rows_named_above(figure, names, names).update_yaxes(range=[len(names) - 0.5, -0.7])
    if counts:
        figure.update_xaxes(**_ratio_axis(data))
    _named_line(figure, 1.0 if counts else 0.0, "no difference", Meaning.UNKNOWN, log=counts)
    _named_line(
        figure,
        _worthwhile_at(plan),
        f"asked for: {worthwhile_words(plan)}",
        Meaning.BETTER,
        log=counts,
    )
    return Chart(
        "experiment-answer",
        "The answer",
        figure,
        data,
        " ".join(
            finding_sentence(effect, plan, arm)
            for arm, effect in ((Arm.A, result.planned), *result.others)
        ),
        result.planned.caveats,
    )


def _named_line(figure: go.Figure, at: float, name: str, meaning: Meaning, *, log: bool) -> None:
    """A line across all rows with its name above.

    The two names stand on rows of their own, so they never meet.
    """
    plain_line = meaning is Meaning.UNKNOWN
    figure.add_vline(
        x=at, line={"color": colour(meaning), "dash": "solid" if plain_line else "dash"}
    )
    figure.add_annotation(
        x=float(np.log10(at)) if log else at,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right",
        text=name,
        yshift=18 if plain_line else 0,
        showarrow=False,
        font={"size": 13},
    )


_COLUMNS = ("analysis", "value", "low", "high", "p", "days", "pairs", "finding")


def _row(name: str, effect: Effect) -> tuple[str, float, float, float, float, int, int, str]:
    return (
        name,
        effect.value,
        effect.low,
        effect.high,
        effect.p,
        effect.n_days,
        effect.n_pairs,
        str(effect.finding),
    )


def _answers(data: pd.DataFrame, plan: Plan) -> go.Scatter:
    outcome = plan.outcome
    said = [
        f"{row['analysis']}: {change(row['value'], outcome)} "
        f"({change(row['low'], outcome)} to {change(row['high'], outcome)}), {row['days']} days"
        for row in data.to_dict("records")
    ]
    return go.Scatter(
        x=data["value"].round(4).tolist(),
        y=data["analysis"].tolist(),
        mode="markers",
        marker={"size": 11, "color": colour(Meaning.MASSAGE), "symbol": SYMBOLS[Meaning.MASSAGE]},
        error_x=interval_bars(data["value"], *_drawable(data, plan), Meaning.MASSAGE),
        **hover(said),
    )


def _drawable(data: pd.DataFrame, plan: Plan) -> tuple[pd.Series, pd.Series]:
    """Both ends of the interval, those without an end drawn far out."""
    if plan.outcome.is_ratio:
        return data["low"].clip(lower=RATIOS[0] / 10), data["high"].clip(upper=RATIOS[-1] * 10)
    far = 10 * (data["value"].abs() + plan.worthwhile)
    return data["low"].clip(lower=-far), data["high"].clip(upper=far)


def _ratio_axis(data: pd.DataFrame) -> dict[str, object]:
    """A log axis with ratios a person can read.

    What reaches beyond a twentieth or twentyfold runs off its edge.
    """
    low = max(min(data["low"].min(), 0.5) * 0.9, RATIOS[0])
    high = min(max(data["high"].max(), 1.2) * 1.1, RATIOS[-1])
    said = [written.brief(ratio) for ratio in RATIOS]
    return {
        "type": "log",
        "range": [float(np.log10(low)), float(np.log10(high))],
        "tickvals": RATIOS,
        "ticktext": said,
    }


def _axis_title(plan: Plan) -> str:
    label = plan.outcome.label
    return (
        f"{label}: ratio of A to B"
        if plan.outcome.is_ratio
        else f"{label}: A minus B ({plan.outcome.unit or 'points'})"
    )


def _worthwhile_at(plan: Plan) -> float:
    if plan.outcome.is_ratio:
        return plan.worthwhile if plan.outcome.lower_is_better else 1 / plan.worthwhile
    return -plan.worthwhile if plan.outcome.lower_is_better else plan.worthwhile


def plan_strip(days: tuple[PlannedDay, ...], plan: Plan, today: date, *, last: date) -> Chart:
    """The blocks revealed so far, on a line of the whole plan to its ``last`` day.

    Nothing about the outcome.
    """
    data = pd.DataFrame(
        [(day.day, day.block, str(day.arm), day.counted) for day in days],
        columns=["day", "block", "arm", "counted"],
    )
    traces = [_strip(data[data["arm"] == str(arm)], arm) for arm in plan.arms]
    figure = figure_of(traces, x_title="Date", height=150, showlegend=True)
    day = timedelta(days=1)
    dated(figure).update_yaxes(visible=False, range=[-1, 1]).add_vline(
        x=today.isoformat(), line={"dash": "dot", "color": colour(Meaning.CRAMP)}
    )
    figure.update_xaxes(range=[(plan.first_day - day).isoformat(), (last + day).isoformat()])
    shown = int(data["block"].nunique())
    sentence = (
        f"{shown} of {len(plan.arms) * plan.pairs} blocks are revealed; each of the others when it"
        " begins."
    )
    return Chart("experiment-plan", "The plan so far", figure, data, sentence)


def _strip(days: pd.DataFrame, arm: Arm) -> go.Scatter:
    meaning = ARM_MEANING[arm]
    return go.Scatter(
        x=days["day"].tolist(),
        y=np.zeros(len(days)).tolist(),
        name=str(arm),
        mode="markers",
        marker={"symbol": SYMBOLS[meaning], "size": 8, "color": colour(meaning)},
        **hover(f"{written.weekday(day)}: {arm}" for day in days["day"]),
    )
