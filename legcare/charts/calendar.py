"""The calendar.

Every day in one of its states, so that what is not tracked can be seen to be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time

import pandas as pd
import plotly.graph_objects as go

from legcare.analysis import describe
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.svg import Drawing
from legcare.charts.theme import TEXT, Meaning, colour, faded, figure_of, hover, rows
from legcare.days import DAY
from legcare.records import Log, written

SHOWN_WEEKS = 53
ISO_DAY = len("2026-03-31")
CELL_WIDTH = 60  # pixels, on a wide screen
FEWEST_WEEKS = 13  # fewer would stretch a day across the page
NONE = faded(Meaning.MASSAGE, 0.3)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def calendar_chart(
    log: Log,
    days: pd.DataFrame,
    *,
    day_start: time,
    weeks: int = SHOWN_WEEKS,
    first_weekday: int | None = None,
) -> Chart:
    """The last ``weeks`` weeks, one cell a day; states differ by sign as well as by colour.

    Strong cell with a diamond: cramps; pale cell: tracked without cramps; a dot and no cell: not
    tracked. A dash in a cell: what settles that day came from a file. A week begins on
    ``first_weekday``, 0 (Monday) to 6 (Sunday), or as the reader's weeks do.
    """
    begins = written.formats().first_weekday if first_weekday is None else first_weekday
    table = describe.calendar(log, days, day_start=day_start)
    shown = (
        table[table[DAY] > table[DAY].max() - pd.Timedelta(weeks=weeks)] if len(table) else table
    )
    weekday = (shown[DAY].dt.day_of_week - begins) % 7
    placed = shown.assign(week=shown[DAY] - pd.to_timedelta(weekday, unit="D"), weekday=weekday)
    return Chart(
        name="calendar",
        title="Day by day",
        figure=_figure([*_cells(placed), *_signs(placed)], placed, begins),
        data=table,
        sentence=_sentence(shown),
        caveats=_caveats(table, len(shown)),
    )


def pickable(chart: Chart) -> Chart:
    """The same calendar with an unseen mark on every day, whose ``customdata`` is the day.

    Days can be picked on it.

    A heat map alone tells a page nothing about what was tapped.
    """
    if isinstance(chart.figure, Drawing) or not chart.figure.data:
        return chart
    cells = chart.figure.data[0]
    picked = [
        (week, weekday, told)
        for weekday, row in zip(cells.y, cells.customdata, strict=True)
        for week, told in zip(pd.DatetimeIndex(cells.x), row, strict=True)
        if told
    ]
    marks = go.Scatter(
        x=[week for week, _, _ in picked],
        y=[weekday for _, weekday, _ in picked],
        customdata=[
            (week + pd.Timedelta(days=int(weekday))).date().isoformat()
            for week, weekday, _ in picked
        ],
        mode="markers",
        marker={"symbol": "square", "size": 16, "color": TEXT, "opacity": 0},
        selected={"marker": {"opacity": 0.5}},
        unselected={"marker": {"opacity": 0}},
        showlegend=False,
        text=[told for _, _, told in picked],
        hovertemplate="%{text}<extra></extra>",
    )
    # A tap picks what the pointer hovers over: that must be the mark, from anywhere in its cell.
    figure = (
        go.Figure(chart.figure).update_traces(hoverinfo="skip", hovertemplate=None).add_trace(marks)
    )
    figure.update_layout(hoverdistance=CELL_WIDTH)
    return replace(chart, figure=figure)


def picked_days(points: Iterable[Mapping[str, object]]) -> list[date]:
    """The days of the picked points of a pickable calendar, in order; other points have none."""
    found = {_first(point.get("customdata")) for point in points}
    return sorted(
        date.fromisoformat(day) for day in found if isinstance(day, str) and len(day) == ISO_DAY
    )


def _first(said: object) -> object:
    return said[0] if isinstance(said, (list, tuple)) and said else said


def _cells(placed: pd.DataFrame) -> list[go.Heatmap]:
    """One cell a day on the full grid of weeks.

    A grid with holes would stretch its cells across them.
    """
    if placed.empty:
        return []
    kind = placed["state"].map({"none": 0.0, "cramp": 1.0})
    filled = placed.assign(kind=kind, told=_told(placed))
    last = placed["week"].max()
    weeks = pd.date_range(
        min(placed["week"].min(), last - pd.Timedelta(weeks=FEWEST_WEEKS - 1)), last, freq="7D"
    )
    kinds, told = (
        filled.pivot(index="weekday", columns="week", values=each).reindex(
            index=range(7), columns=weeks
        )
        for each in ("kind", "told")
    )
    return [
        go.Heatmap(
            x=weeks,
            y=list(range(7)),
            z=kinds.to_numpy(dtype="float32"),
            zmin=0,
            zmax=1,
            colorscale=[
                [0, NONE],
                [0.5, NONE],
                [0.5, colour(Meaning.CRAMP)],
                [1, colour(Meaning.CRAMP)],
            ],
            showscale=False,
            xgap=2,
            ygap=2,
            customdata=told.astype(object).where(told.notna(), "").to_numpy(),
            hovertemplate="%{customdata}<extra></extra>",
            hoverongaps=False,
        )
    ]


def _signs(placed: pd.DataFrame) -> list[go.Scatter]:
    cramp, none, missing = (placed[placed["state"] == state] for state in describe.STATES)
    signs = [
        _sign(cramp, "Cramp", {"symbol": "diamond", "size": 5, "color": "#000000"}),
        _sign(
            missing,
            "Not tracked",
            {"symbol": "circle", "size": 4, "color": colour(Meaning.UNKNOWN)},
        ),
    ]
    if _mixed(placed):
        filed = placed[placed["imported"]]
        signs.append(
            _sign(filed, "From a file", {"symbol": "line-ew-open", "size": 7, "color": TEXT})
        )
    return [*_legend(none, cramp), *signs]


def _sign(part: pd.DataFrame, name: str, marker: dict[str, object]) -> go.Scatter:
    return go.Scatter(
        x=part["week"],
        y=part["weekday"],
        mode="markers",
        marker=marker,
        name=name,
        showlegend=name != "Cramp" and len(part) > 0,
        **hover(_told(part)),
    )


def _legend(none: pd.DataFrame, cramp: pd.DataFrame) -> list[go.Scatter]:
    """Squares for the legend: a heat map has no entry of its own."""
    entries = (("Cramps", colour(Meaning.CRAMP), cramp), ("No cramps", NONE, none))
    return [
        go.Scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=name,
            marker={"symbol": "square", "size": 12, "color": tint},
            showlegend=True,
        )
        for name, tint, part in entries
        if len(part)
    ]


def _mixed(placed: pd.DataFrame) -> bool:
    """Whether some settled days came from a file and some were typed in.

    Otherwise the dash would say nothing.
    """
    settled = placed.loc[placed["state"] != "not tracked", "imported"]
    return bool(settled.any() and not settled.all())


def _told(part: pd.DataFrame) -> list[str]:
    words = {"none": "no cramps", "not tracked": "not tracked: cramps unknown"}
    return [
        f"{say.day_words(row.day)}: {words.get(row.state) or say.counted(row.cramps, 'cramp')}"
        f"{' (from a file)' if row.imported else ''}."
        for row in rows(part)
    ]


def _figure(
    traces: list[go.Heatmap | go.Scatter], placed: pd.DataFrame, first_weekday: int
) -> go.Figure:
    figure = figure_of(traces, height=240, showlegend=True, legend_font_color=TEXT)
    names = [*WEEKDAYS[first_weekday:], *WEEKDAYS[:first_weekday]]
    figure.update_yaxes(
        tickvals=list(range(7)), ticktext=names, range=[6.6, -0.6], showgrid=False, fixedrange=True
    )
    shown = _month_ticks(placed["week"].drop_duplicates().sort_values())
    return figure.update_xaxes(
        showgrid=False,
        fixedrange=True,
        tickangle=0,
        tickvals=shown,
        ticktext=[f"{week:%b %Y}" for week in shown],
    )


def _month_ticks(weeks: pd.Series) -> list[pd.Timestamp]:
    """The first week of at most four months or so, far enough apart to be read on a phone."""
    firsts = list(weeks[~weeks.dt.to_period("M").duplicated()])
    shown = firsts[:: max(1, -(-len(firsts) // 4))]
    crowded = len(shown) > 1 and (shown[1] - shown[0]).days < 7 * max(3, len(weeks) // 6)
    return shown[1:] if crowded else shown


def _sentence(table: pd.DataFrame) -> str:
    count = table["state"].value_counts()
    cramp, none, missing = (int(count.get(state, 0)) for state in describe.STATES)
    days = say.counted(len(table), "day")
    if cramp == len(table) == 1:
        return "One day so far, with cramps."
    if missing == 0 and none == 0:
        return f"Of {days}, {cramp} held cramps."
    if missing == 0:
        return f"Of {days}, {cramp} held cramps and {none} were tracked without any."
    return (
        f"Of {days}, {cramp} held cramps and {none} were tracked without any; not tracked, so"
        f" unknown: {missing}."
    )


def _caveats(table: pd.DataFrame, shown: int) -> tuple[str, ...]:
    filed = (
        ("Every settled day comes from a file.",) if len(table) and table["imported"].sum() else ()
    )
    if _mixed(table):
        filed = ()
    if shown == len(table):
        return filed
    return (
        *filed,
        f"The last {shown} of {len(table)} days; the table and the CSV hold all of them.",
    )
