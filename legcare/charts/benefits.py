"""The seven claims on one scale, and the before-and-after and dose pictures of single claims."""

from __future__ import annotations

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from legcare.analysis.benefits import Benefit, PairedChange, Seven, Standing
from legcare.charts.benefit_words import change_sentence, headline_sentence, missing
from legcare.charts.chart import Chart
from legcare.charts.theme import (
    Meaning,
    colour,
    faded,
    figure_of,
    hover,
    interval_bars,
    nothing_drawn,
    rows,
    rows_named_above,
)
from legcare.records import written

REACH = 2.0
LONGEST = 64
MARKS = {Standing.BETTER: "diamond", Standing.WORSE: "x", Standing.NO_CLEAR: "circle-open"}
COLOURS = {
    Standing.BETTER: Meaning.BETTER,
    Standing.WORSE: Meaning.WORSE,
    Standing.NO_CLEAR: Meaning.UNKNOWN,
}
NOT_MEASURED = (
    "No log can measure blood flow or waste products: heaviness and soreness stand here under their"
    " own names."
)
SCALE = "worse ← standard deviations → better"


def forest_data(seven: Seven) -> pd.DataFrame:
    """One row per claim.

    Where it stands, its position with interval, its own estimate, or its progress.
    """
    return pd.DataFrame([_row(benefit) for benefit in seven.benefits])


def _row(benefit: Benefit) -> dict[str, Any]:
    position, found = benefit.position, benefit.headline
    nan = float("nan")
    return {
        "row": benefit.short,
        "claim": benefit.claim,
        "measured": benefit.measured,
        "standing": str(benefit.standing),
        "position": position.value if position else nan,
        "low": position.low if position else nan,
        "high": position.high if position else nan,
        "estimate": found.value,
        "estimate_low": found.low,
        "estimate_high": found.high,
        "unit": found.unit,
        "q": found.q,
        "days": found.n_days,
        "progress_have": benefit.progress.have,
        "progress_need": benefit.progress.need,
        "progress_of": benefit.progress.what,
    }


def forest(seven: Seven) -> Chart:
    """All seven claims on one scale, each with its interval.

    A progress bar where there is no estimate yet.
    """
    data = forest_data(seven)
    figure = figure_of(_points(seven, data), height=90 + 60 * len(data))
    figure.update_xaxes(title_text=SCALE, range=[-REACH * 1.05, REACH * 1.05], dtick=1)
    figure.update_yaxes(categoryorder="array", categoryarray=list(data["row"])[::-1])
    rows_named_above(figure, list(data["row"]), list(data["row"]))
    figure.update_yaxes(showgrid=False)
    for place, benefit in enumerate(reversed(seven.benefits)):
        if benefit.headline.shown:  # the middle is not drawn through the words of a progress bar
            middle = {"x0": 0, "x1": 0, "y0": place - 0.5, "y1": place + 0.5, "layer": "below"}
            figure.add_shape(
                type="line", **middle, line={"width": 1, "color": colour(Meaning.UNKNOWN)}
            )
        else:
            _progress(figure, benefit)
    caveats: tuple[str, ...] = ()
    if seven.shown:
        caveats = (
            (
                f'{seven.line} "Better" and "worse" are said only of what stays clear after that is'
                " taken into account."
            ),
            (
                "Positions say how large something is against its own ordinary ups and downs; the"
                " estimates in their own units stand in the table."
            ),
        )
    return Chart(
        "seven-benefits", "Seven claims at a glance", figure, data, _sentence(seven), caveats
    )


def _points(seven: Seven, data: pd.DataFrame) -> list[go.Scatter]:
    traces = []
    for standing, mark in MARKS.items():
        chosen = data[data["standing"] == str(standing)]
        bounded = chosen[["position", "low", "high"]].clip(-REACH, REACH)
        sentences = [headline_sentence(one) for one in seven.benefits if one.standing is standing]
        traces.append(
            go.Scatter(
                x=bounded["position"].tolist(),
                y=chosen["row"].tolist(),
                mode="markers",
                name=str(standing),
                marker={"symbol": mark, "size": 13, "color": colour(COLOURS[standing])},
                error_x=interval_bars(
                    bounded["position"], bounded["low"], bounded["high"], COLOURS[standing]
                ),
                **hover(sentences),
            )
        )
    # A row without a point still needs its place on the axis.
    traces.append(
        go.Scatter(x=[None] * len(data), y=data["row"].tolist(), mode="markers", hoverinfo="skip")
    )
    return traces


def _progress(figure: go.Figure, benefit: Benefit) -> None:
    """A bar that fills up in place of a point, with its words inside."""
    left, right = -0.9 * REACH, 0.9 * REACH
    ends = {"yref": "y", "y0": benefit.short, "y1": benefit.short, "xref": "x", "type": "line"}
    figure.add_shape(
        **ends, x0=left, x1=right, line={"width": 20, "color": faded(Meaning.UNKNOWN, 0.15)}
    )
    if benefit.progress.share > 0:
        filled = left + (right - left) * benefit.progress.share
        figure.add_shape(
            **ends, x0=left, x1=filled, line={"width": 20, "color": faded(Meaning.UNKNOWN, 0.35)}
        )
    figure.add_annotation(
        x=0,
        y=benefit.short,
        text=_shortened(benefit.waiting_for),
        showarrow=False,
        font={"size": 12},
    )


def _shortened(words: str) -> str:
    """Words that fit into a progress bar; the whole stands in the claim's own section."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rsplit(' ', 1)[0]} …"


def _sentence(seven: Seven) -> str:
    groups = {
        standing: [b.short for b in seven.benefits if b.standing is standing]
        for standing in Standing
    }
    parts = [f"{standing}: {'; '.join(rows)}" for standing, rows in groups.items() if rows]
    lines = [f"{part[0].upper()}{part[1:]}." for part in parts]
    return "\n".join(["In your data so far:", *lines, NOT_MEASURED])


def paired_slopes(change: PairedChange) -> Chart:
    """Each session's rating before and after as a line, the mean, and the usual level.

    The mean stands beside the lines.
    """
    data = change.pairs.copy()
    title = f"{change.rating.capitalize()} before and after"
    name = f"{change.rating}-before-after"
    if data.empty:
        return Chart(
            name,
            title,
            nothing_drawn("No massage has this rating before and after."),
            data,
            missing(change.change),
        )
    figure = figure_of(_slopes(data, change), y_title=f"{change.rating.capitalize()} (0-10)")
    figure.update_yaxes(range=[-0.3, 10.3])
    if change.usual == change.usual:
        figure.add_hline(
            y=change.usual,
            line={"dash": "dot", "color": colour(Meaning.UNKNOWN)},
            annotation_text="your usual level",
            annotation_position="top left",
        )
    return Chart(name, title, figure, data, change_sentence(change), change.change.caveats)


def _slopes(data: pd.DataFrame, change: PairedChange) -> list[go.Scatter]:
    x: list[str | None] = []
    y: list[float | None] = []
    for row in data.itertuples():
        x += ["before", "after", None]
        y += [float(str(row.before)), float(str(row.after)), None]
    lines = go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": faded(Meaning.MASSAGE, 0.35), "width": 1},
        name="each session",
        hoverinfo="skip",
    )
    means = [float(data["before"].mean()), float(data["after"].mean())]
    mean = go.Scatter(
        x=["before", "after"],
        y=means,
        mode="lines+markers",
        name="mean",
        line={"color": colour(Meaning.MASSAGE), "width": 4},
        marker={"symbol": "square", "size": 11},
        **hover(
            f"{word}: {written.decimal(value)} on average over {len(data)} sessions"
            for word, value in zip(("Before", "After"), means, strict=True)
        ),
    )
    return [lines, mean]


def dose_response(benefit: Benefit) -> Chart:
    """The score by planned massage minutes the day before, with interval.

    As the difference from days without.
    """
    data = benefit.details["dose"]
    name, title = (
        f"{benefit.key}-dose",
        f"{benefit.headline.outcome.capitalize()} by massage minutes the day before",
    )
    shown = data[data["difference"].notna()] if len(data) else data
    if shown.empty:
        return Chart(
            name,
            title,
            nothing_drawn("Not enough days with and without massage yet."),
            data,
            headline_sentence(benefit),
        )
    names = [
        (
            f"over {written.brief(r.low_min)} to {written.brief(r.high_min)} min"
            if r.high_min
            else r.minutes
        )
        for r in rows(shown)
    ]
    parts = [
        f"{name}: {written.signed(r.difference)} points "
        f"({written.signed(r.low)} to {written.signed(r.high)}; {r.n} days)"
        for name, r in zip(names, rows(shown), strict=True)
    ]
    points = go.Scatter(
        x=names,
        y=shown["difference"].tolist(),
        mode="markers",
        marker={"symbol": "square", "size": 12, "color": colour(Meaning.MASSAGE)},
        error_y=interval_bars(shown["difference"], shown["low"], shown["high"], Meaning.MASSAGE),
        **hover(parts),
    )
    figure = figure_of(
        [points], x_title="Planned massage the day before", y_title="Difference (points)"
    )
    figure.add_hline(y=0, line={"width": 1, "color": colour(Meaning.UNKNOWN)})
    sentence = f"Against days without massage the day before, 95 % intervals: {'; '.join(parts)}."
    return Chart(name, title, figure, data, sentence)
