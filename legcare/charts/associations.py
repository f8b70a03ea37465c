"""What goes with it.

A forest of every question asked, one factor at every lag, and figures to read it by.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from legcare.analysis.associations import Family
from legcare.analysis.estimate import Association, Verdict
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.measures import all_in_units, in_units, plain_per
from legcare.charts.theme import (
    SYMBOLS,
    Meaning,
    colour,
    figure_of,
    hover,
    interval_bars,
    plain,
    rows_named_above,
)
from legcare.records import written

WIDEST = 8.0
MOST_DRAWN = 24
# Few enough to stand apart on a phone.
TICKS = {1.5: (0.75, 1.0, 1.5), 3.0: (0.5, 0.75, 1.0, 1.5, 2.0), 5.0: (0.25, 0.5, 1.0, 2.0, 4.0)}
WIDE_TICKS = (0.125, 1.0, 8.0)
NOT_CAUSE = (
    "What goes together need not cause one another. Only an experiment can tell: see Test it."
)
BY_ITSELF = (
    "This question was asked by itself. Under Main questions and Explore the same figure is judged"
    " among all that are asked together, and may not be clear there: go by those."
)
COLUMNS = (
    "factor",
    "name",
    "outcome",
    "lag_days",
    "per",
    "n_days",
    "n_cramps",
    "estimate",
    "low",
    "high",
    "unadjusted",
    "p",
    "q",
    "verdict",
    "smallest_visible",
    "refusal",
    "still_needed",
)


def association_table(answers: Sequence[Association]) -> pd.DataFrame:
    """One row per question, refused ones too, with everything that is needed to draw it again."""
    return pd.DataFrame([_row(one) for one in answers], columns=list(COLUMNS))


def _row(one: Association) -> tuple[object, ...]:
    numbers = (one.value, one.low, one.high, one.raw, one.p, one.q)
    words = (one.factor, one.factor_name, one.outcome, one.lag, plain_per(one))
    return (
        *words,
        one.n_days,
        one.n_events,
        *numbers,
        str(one.verdict),
        one.mde,
        one.refusal,
        one.still_needed,
    )


def forest_chart(found: Family, *, name: str = "associations", title: str = "") -> Chart:
    """Every question on one axis: figure and interval, or what is still needed.

    Direction by shape and colour.
    """
    answers = all_in_units(found).answers
    return Chart(
        name=name,
        title=title or "What goes with your cramps",
        figure=_forest(answers, [_side(one) for one in answers]),
        data=association_table(found.answers),
        sentence=_family_sentence(all_in_units(found)),
        caveats=(
            NOT_CAUSE,
            *dict.fromkeys(each for one in answers for each in one.caveats if "logged" in each),
        ),
        detail=tuple(_in_detail(one) for one in answers),
    )


def _in_detail(one: Association) -> str:
    """What one row rests on: figure, interval and days, or what is still needed."""
    name = f"{one.factor_name[:1].upper()}{one.factor_name[1:]}"
    if not one.shown:
        return f"{name}: {say.refused(one)}"
    figures = f"{say.figure(one)} {one.per} ({say.between(one.low, one.high, 2)})"
    return f"{name}: {figures}; {say.counted(one.n_days, 'logged day')}."


def _family_sentence(found: Family) -> str:
    shown = [one for one in found.answers if one.shown]
    if not shown:
        return "None of these questions can be answered yet: each row says what is still needed."
    outcome = shown[0].outcome_name
    parts = [
        _listed(f"In your data so far these go with fewer {outcome}", shown, Verdict.LOWER),
        _listed(f"In your data so far these go with more {outcome}", shown, Verdict.HIGHER),
        _named("Too early to call", shown, Verdict.NOT_ENOUGH),
        _named("Not clear, which is not the same as no effect", shown, Verdict.NO_CLEAR),
        found.line,
        _held_back(shown),
    ]
    return "\n".join(part for part in parts if part)


def _held_back(shown: Sequence[Association]) -> str:
    """Why a row may be called unclear although its interval leaves out "no difference"."""
    beside = [one for one in shown if one.verdict is Verdict.NO_CLEAR and _apart(one)]
    if not beside:
        return ""
    return (
        "A row whose interval only just leaves out no difference is not called clear: one such row"
        f" among {len(shown)} questions, or among few cramps, is often chance."
    )


def _apart(one: Association) -> bool:
    null = 1.0 if one.unit == "ratio" else 0.0
    return not one.low <= null <= one.high


def _listed(opening: str, shown: Sequence[Association], verdict: Verdict) -> str:
    named = [
        f"{one.factor_name} ({say.figure(one)} {one.per},"
        f" {say.between(one.low, one.high, 2)}, {say.counted(one.n_days, 'day')})"
        for one in shown
        if one.verdict is verdict
    ]
    return f"{opening}: {'; '.join(named)}." if named else ""


def _named(opening: str, shown: Sequence[Association], verdict: Verdict) -> str:
    names = dict.fromkeys(one.factor_name for one in shown if one.verdict is verdict)
    return f"{opening}: {', '.join(names)}." if names else ""


def explore_chart(found: Family) -> Chart:
    """Every comparison made, strongest first.

    A long list is drawn in part and held whole in its data.
    """
    order = sorted(found.answers, key=lambda one: (not one.shown, one.p if one.shown else 0.0))
    drawn = [in_units(one) for one in order[:MOST_DRAWN]]
    more = len(order) - len(drawn)
    cut = (
        (
            f"The picture shows the {len(drawn)} strongest of {len(order)} rows; the table and the"
            " CSV hold all."
        ),
    )
    return Chart(
        name="explore",
        title="Every comparison",
        figure=_forest(drawn, [_side(one) for one in drawn]),
        data=association_table(order),
        sentence=f"{found.line} {_explored(found)}",
        caveats=(NOT_CAUSE, *(cut if more else ())),
    )


def _explored(found: Family) -> str:
    clear = sum(one.verdict in (Verdict.LOWER, Verdict.HIGHER) for one in found.answers)
    refused = sum(not one.shown for one in found.answers)
    held = (
        f"{clear or 'None'} of them look{'s' if clear == 1 else ''} clear after allowing for that"
        " number."
    )
    return f"{held} {refused} could not be answered yet." if refused else held


def single_chart(found: Association) -> Chart:
    """One association by itself, with the smallest effect this log could have shown."""
    said = (say.association_sentence(found), say.power_sentence(found))
    return Chart(
        name=f"association-{found.factor.replace('_', '-')}-lag-{found.lag}",
        title=_title(found),
        figure=_forest([in_units(found)], [_side(in_units(found))]),
        data=association_table([found]),
        sentence=" ".join(part for part in said if part),
        caveats=(NOT_CAUSE, *((BY_ITSELF,) if _is_clear(found) else ()), *found.caveats),
    )


def _is_clear(found: Association) -> bool:
    return found.verdict in (Verdict.LOWER, Verdict.HIGHER)


def panel_chart(answers: Sequence[Association], names: Sequence[str], sentence: str) -> Chart:
    """The same question answered in several ways, one row each, to see whether the answer holds."""
    factor = answers[0].factor if answers else "factor"
    return Chart(
        name=f"sensitivity-{factor.replace('_', '-')}",
        title="Does the answer hold?",
        figure=_forest([in_units(one) for one in answers], list(names)),
        data=association_table(answers).assign(reading=list(names)),
        sentence=sentence,
    )


def _title(found: Association) -> str:
    name = found.factor_name
    return f"{name[:1].upper()}{name[1:]}"


def _side(one: Association) -> str:
    """What stands beside a row: the factor, its step and its lag."""
    how = ", ".join(part for part in (one.per, say.lag_words(one.lag)) if part)
    return f"{plain(_title(one))}<br><span style='font-size:11px'>{how}</span>"


def _forest(answers: Sequence[Association], names: Sequence[str]) -> go.Figure:
    ratio = not answers or answers[0].unit == "ratio"
    places = list(range(len(answers)))
    shown = [place for place in places if answers[place].shown]
    figure = figure_of(
        [_dots([answers[place] for place in shown], shown)],
        x_title="Times as many" if ratio else "Difference in points",
        height=130 + 64 * max(len(answers), 1),
        margin_t=34,
    )
    for words, side in (
        ("fewer" if ratio else "lower", "right"),
        ("more" if ratio else "higher", "left"),
    ):
        _direction(figure, words, side)
    figure.add_vline(
        x=1.0 if ratio else 0.0, line={"width": 1, "dash": "dot", "color": colour(Meaning.UNKNOWN)}
    )
    for place in places:
        if not answers[place].shown:
            _note(figure, place, answers[place].still_needed or answers[place].refusal)
    figure.update_yaxes(
        tickvals=places,
        ticktext=list(names),
        range=[len(answers) - 0.4, -0.7],
        showgrid=False,
        fixedrange=True,
    )
    rows_named_above(figure, places, names)
    return (
        _log_axis(figure, [answers[place] for place in shown])
        if ratio
        else figure.update_xaxes(showgrid=True)
    )


def _dots(answers: Sequence[Association], places: list[int]) -> go.Scatter:
    value = pd.Series([one.value for one in answers], dtype="float64")
    meanings = [_meaning(one) for one in answers]
    return go.Scatter(
        x=value.round(4),
        y=places,
        mode="markers",
        marker={
            "size": 13,
            "color": [colour(meaning) for meaning in meanings],
            "symbol": [SYMBOLS[meaning] for meaning in meanings],
            "line": {"width": 2, "color": [colour(meaning) for meaning in meanings]},
        },
        error_x=_limits(answers, value),
        **hover([_told(one) for one in answers]),
    )


def _limits(answers: Sequence[Association], value: pd.Series) -> dict[str, object]:
    low = pd.Series([one.low for one in answers], dtype="float64")
    high = pd.Series([one.high for one in answers], dtype="float64")
    return interval_bars(value, low, high)


def _meaning(one: Association) -> Meaning:
    """Fewer or lower is better for every outcome of a cramp log."""
    return {Verdict.LOWER: Meaning.BETTER, Verdict.HIGHER: Meaning.WORSE}.get(
        one.verdict, Meaning.UNKNOWN
    )


def _told(one: Association) -> str:
    figure = (
        f"{say.number(one.value, 2)} {'times as many' if one.unit == 'ratio' else 'points'}"
        f" {one.per}"
    )
    verdict = {
        Verdict.LOWER: "Goes with fewer",
        Verdict.HIGHER: "Goes with more",
        Verdict.NOT_ENOUGH: "Too early to call",
    }.get(one.verdict, "Not clear, which is not the same as no effect")
    basis = f"{say.between(one.low, one.high, 2)};<br>{say.counted(one.n_days, 'day')}"
    seen = (
        f"<br>Smallest effect it could have shown: {say.number(one.mde, 2)}."
        if one.mde == one.mde
        else ""
    )
    return f"{verdict}:<br>{figure}<br>({basis}).{seen}"


def _note(figure: go.Figure, place: int, needed: str) -> None:
    words = "<br>".join(wrap(f"Not enough yet: {needed}", 34))
    figure.add_annotation(
        x=0.02,
        xref="paper",
        y=place,
        text=words,
        showarrow=False,
        xanchor="left",
        align="left",
        font={"size": 12},
    )


def _direction(figure: go.Figure, words: str, side: str) -> None:
    """Which way is which, over the line of no difference (0 on a log axis as on a plain one)."""
    arrow = f"\u2190 {words}" if side == "right" else f"{words} \u2192"
    shift = -8 if side == "right" else 8
    figure.add_annotation(
        x=0,
        y=1,
        yref="paper",
        text=arrow,
        showarrow=False,
        xanchor=side,
        yanchor="bottom",
        xshift=shift,
        font={"size": 12},
    )


def _log_axis(figure: go.Figure, answers: Sequence[Association]) -> go.Figure:
    """An axis on which half as many and twice as many are equally far.

    Wider intervals run out of the picture.
    """
    limits = [
        limit
        for one in answers
        for limit in (one.low, one.high)
        if limit > 0 and math.isfinite(limit)
    ]
    reach = min(max([2.0, *(max(limit, 1 / limit) for limit in limits)]), WIDEST) * 1.1
    ticks = next((each for most, each in TICKS.items() if reach <= most), WIDE_TICKS)
    return figure.update_xaxes(
        type="log",
        tickangle=0,
        range=[-math.log10(reach), math.log10(reach)],
        tickvals=ticks,
        ticktext=[written.brief(tick) for tick in ticks],
        showgrid=True,
    )
