"""The seven claims on one scale, and the before-and-after and dose pictures of single claims."""

from __future__ import annotations

import pandas as pd
from plotly import graph_objects as go

from legcare.analysis.benefits import Benefit, PairedChange
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
)
from legcare.records import written


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
