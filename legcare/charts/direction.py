"""Which came first: one picture of massage around a cramp and cramps around a massage."""

from __future__ import annotations

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from legcare.analysis.benefits.direction import Direction
from legcare.charts.chart import Chart
from legcare.charts.theme import (
    PATTERNS,
    TEXT,
    Meaning,
    colour,
    figure_of,
    hover,
    interval_bars,
    nothing_drawn,
)
from legcare.records import written

NAME, TITLE = "which-came-first", "Which came first?"
LINES = (
    ("cramp", "planned", Meaning.MASSAGE, "x", "y", "solid"),
    ("cramp", "relief", Meaning.UNKNOWN, "x", "y", "dot"),
    ("massage", "cramps", Meaning.CRAMP, "x2", "y2", "solid"),
)


def which_came_first(found: Direction) -> Chart:
    """Above: massages a day from three days before to three after a day with cramps.

    Below: cramps around a massage.
    """
    shown = found.days.dropna(subset=["rate"])
    if shown.empty:
        sentence = (
            "Not enough data: this needs 10 tracked days with cramps or with a planned massage."
        )
        return Chart(
            NAME, TITLE, nothing_drawn("Not enough cramps and massages yet."), found.days, sentence
        )
    figure = figure_of(
        [trace for line in LINES for trace in _line(shown, line)], height=560, showlegend=True
    )
    figure.update_layout(xaxis=_days("cramps", "y"), xaxis2=_days("a planned massage", "y2"))
    figure.update_layout(
        yaxis=_rates("Massages a day", (0.6, 1.0)), yaxis2=_rates("Cramps a day", (0.0, 0.4), "x2")
    )
    caveat = (
        "Day 0 cannot be read: within one day either may have come first. Bars are 95 % intervals."
    )
    return Chart(NAME, TITLE, figure, found.days, _sentence(found), (caveat,))


def _days(around: str, anchor: str) -> dict[str, object]:
    title = {"text": f"Days from a day with {around}", "font": {"color": TEXT}, "standoff": 8}
    return {
        "title": title,
        "dtick": 1,
        "range": [-3.3, 3.3],
        "anchor": anchor,
        "tickfont": {"color": TEXT},
    }


def _rates(title: str, domain: tuple[float, float], anchor: str = "x") -> dict[str, object]:
    named = {"text": title, "font": {"color": TEXT}, "standoff": 8}
    return {
        "title": named,
        "domain": domain,
        "rangemode": "tozero",
        "anchor": anchor,
        "tickfont": {"color": TEXT},
        "automargin": True,
    }


def _line(shown: pd.DataFrame, line: tuple[str, str, Meaning, str, str, str]) -> list[go.Scatter]:
    around, kind, meaning, x, y, dash = line
    rows = shown[(shown["around"] == around) & (shown["kind"] == kind)]
    if rows.empty or not rows["rate"].any():
        return []
    sentences = [_told(r, around) for r in rows.itertuples()]
    usual = float(rows["usual"].iloc[0])
    name = {"planned": "planned massages", "relief": "relief massages", "cramps": "cramps"}[kind]
    return [
        go.Scatter(
            x=rows["offset"],
            y=rows["rate"],
            mode="lines+markers",
            name=name,
            xaxis=x,
            yaxis=y,
            line={"color": colour(meaning), "dash": dash},
            error_y=interval_bars(rows["rate"], rows["low"], rows["high"], meaning),
            **hover(sentences),
        ),
        go.Scatter(
            x=[-3, 3],
            y=[usual, usual],
            mode="lines",
            xaxis=x,
            yaxis=y,
            showlegend=False,
            line={"color": colour(meaning), "dash": "dot", "width": 1},
            **hover([f"All days: {written.decimal(usual, 2)} a day"] * 2),
        ),
    ]


def _told(row: Any, around: str) -> str:
    figures = (
        f"{written.decimal(row.rate, 2)} a day ({written.decimal(row.low, 2)} to"
        f" {written.decimal(row.high, 2)}"
    )
    return f"{row.offset:+d} days from a {around}: {figures}; {row.n} days)"


def _interval(row: pd.Series) -> str:
    return f"95 % interval {written.decimal(row['low'], 2)} to {written.decimal(row['high'], 2)}"


def _sentence(found: Direction) -> str:
    words = [
        f"Over {found.n_days} tracked days with {found.planned} planned and {found.relief} relief"
        " massages:"
    ]
    for around, kind, offset, what in (
        ("cramp", "planned", 1, "planned massages the day after cramps"),
        ("massage", "cramps", 1, "cramps the day after a planned massage"),
    ):
        days = found.days
        row = days[
            (days["around"] == around) & (days["kind"] == kind) & (days["offset"] == offset)
        ].iloc[0]
        if row["rate"] == row["rate"]:
            usual = written.decimal(row["usual"], 2)
            words.append(
                f"{written.decimal(row['rate'], 2)} {what} ({_interval(row)}; usually {usual})."
            )
    return " ".join(words)


def by_hours(found: Direction) -> Chart:
    """Massages by their hours from each cramp within three days of it, planned and relief apart."""
    name, title = "massages-by-hours-from-a-cramp", "Massages by hours from a cramp"
    data, total = found.hours, int(found.hours["n"].sum())
    if not total:
        return Chart(
            name,
            title,
            nothing_drawn("No massage within three days of a cramp."),
            data,
            "No massage lies within three days of a cramp.",
        )
    figure = figure_of(
        [_bars(data, kind) for kind in ("planned", "relief")],
        x_title="Hours from the cramp",
        y_title="Massages",
        barmode="stack",
        showlegend=True,
    )
    figure.add_vline(x=0, line={"width": 1, "color": colour(Meaning.UNKNOWN)})
    after = int(data.loc[data["from_h"].between(0, 18), "n"].sum())
    before = int(data.loc[data["from_h"].between(-24, -6), "n"].sum())
    sentence = (
        f"In the 24 hours after a cramp there were {after} massages, in the 24 hours before one"
        f" {before} ({found.n_days} tracked days; a massage near several cramps counts for each)."
    )
    caveat = (
        "Counts, without an interval: whatever is done at a set hour stands at set distances from"
        " night cramps."
    )
    return Chart(name, title, figure, data, sentence, (caveat,))


def _bars(data: pd.DataFrame, kind: str) -> go.Bar:
    rows = data[data["kind"] == kind]
    meaning = Meaning.MASSAGE if kind == "planned" else Meaning.UNKNOWN
    marker = {"color": colour(meaning), "pattern": {"shape": PATTERNS[meaning]}}
    sentences = [
        f"{start:+d} to {start + 6:+d} h: {n} {kind} massages"
        for start, n in zip(rows["from_h"].tolist(), rows["n"].tolist(), strict=True)
    ]
    return go.Bar(
        x=rows["from_h"] + 3, y=rows["n"], width=5.6, name=kind, marker=marker, **hover(sentences)
    )
