"""The calendar: every day in one of its states, so that what is not tracked can be seen to be missing."""

from __future__ import annotations

from datetime import time

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from legcare.analysis import describe
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.theme import CLEAR, TEXT, Meaning, colour, faded, figure_of, hover, rows
from legcare.days import DAY
from legcare.records import Log

SHOWN_WEEKS = 53
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
IMPORTED = "From a file"
NAMES = {"cramp": "Cramp", "none": "No cramps", "not tracked": "Not tracked"}


def calendar_chart(log: Log, days: pd.DataFrame, *, day_start: time, weeks: int = SHOWN_WEEKS) -> Chart:
    """The last ``weeks`` weeks, one square a day; states differ by shape as well as colour.

    Filled square: cramps (their number in it); hollow square: tracked without cramps; small dot: not tracked. A line
    under a square: what settles that day came from a file.
    """
    table = describe.calendar(log, days, day_start=day_start)
    shown = table[table[DAY] > table[DAY].max() - pd.Timedelta(weeks=weeks)] if len(table) else table
    placed = shown.assign(
        week=shown[DAY] - pd.to_timedelta(shown[DAY].dt.day_of_week, unit="D"), weekday=shown[DAY].dt.day_of_week
    )
    size = _size(placed["week"].nunique())
    return Chart(
        name="calendar",
        title="Day by day",
        figure=_figure([trace for state in describe.STATES if (trace := _squares(placed, state, size))], placed, size),
        data=table,
        sentence=_sentence(table),
        caveats=_caveats(table, len(shown)),
    )


def _size(weeks: int) -> int:
    """Squares small enough that they stand apart on a phone as on a wide screen."""
    return int(np.clip(330 // max(weeks, 1), 6, 20))


def _squares(placed: pd.DataFrame, state: str, size: int) -> go.Scatter | None:
    part = placed[placed["state"] == state]
    if part.empty:
        return None
    many = [f"{count:.0f}" if count > 1 and size >= 12 else "" for count in part["cramps"]]
    return go.Scatter(
        x=part["week"],
        y=part["weekday"],
        mode="markers+text" if state == "cramp" else "markers",
        text=many if state == "cramp" else None,
        textfont={"size": 10, "color": "#000000"},
        marker=_marker(state, size, part["imported"]),
        name=NAMES[state],
        showlegend=True,
        **hover(_told(part)),
    )


def _marker(state: str, size: int, imported: pd.Series) -> dict[str, object]:
    edge = {"width": np.where(imported, 2, 1).tolist(), "color": np.where(imported, TEXT, CLEAR).tolist()}
    if state == "cramp":
        return {"symbol": "square", "size": size, "color": colour(Meaning.CRAMP), "line": edge}
    if state == "none":
        plain = {"width": edge["width"], "color": np.where(imported, TEXT, colour(Meaning.MASSAGE)).tolist()}
        return {"symbol": "square", "size": size, "color": faded(Meaning.MASSAGE, 0.25), "line": plain}
    return {"symbol": "circle", "size": max(size // 4, 3), "color": colour(Meaning.UNKNOWN)}


def _told(part: pd.DataFrame) -> list[str]:
    words = {"none": "no cramps", "not tracked": "not tracked: cramps unknown"}
    return [
        f"{say.day_words(row.day)}: {words.get(row.state) or say.counted(row.cramps, 'cramp')}"
        f"{' (from a file)' if row.imported else ''}."
        for row in rows(part)
    ]


def _figure(traces: list[go.Scatter], placed: pd.DataFrame, size: int) -> go.Figure:
    figure = figure_of(traces, height=110 + 7 * max(size + 3, 14), showlegend=True, legend_font_color=TEXT)
    if placed["imported"].any():
        box = {"symbol": "square", "size": 10, "color": CLEAR, "line": {"width": 2, "color": TEXT}}
        figure.add_trace(go.Scatter(x=[None], y=[None], mode="markers", marker=box, name=IMPORTED, showlegend=True))
    figure.update_yaxes(
        tickvals=list(range(7)), ticktext=list(WEEKDAYS), range=[6.6, -0.6], showgrid=False, fixedrange=True
    )
    return figure.update_xaxes(showgrid=False, fixedrange=True, tickformat="%b %Y")


def _sentence(table: pd.DataFrame) -> str:
    count = table["state"].value_counts()
    many = {state: int(count.get(state, 0)) for state in describe.STATES}
    return (
        f"Of {say.counted(len(table), 'day')}, {many['cramp']} held cramps, {many['none']} were tracked without any, "
        f"and {many['not tracked']} are not tracked: about those nothing is known."
    )


def _caveats(table: pd.DataFrame, shown: int) -> tuple[str, ...]:
    if shown == len(table):
        return ()
    return (f"The picture shows the last {shown} of {len(table)} days; the table and the CSV hold all of them.",)
