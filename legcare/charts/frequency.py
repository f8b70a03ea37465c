"""How often.

Rolling weeks, severity and place, trend, before and after a date, and what unlogged days leave
open.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from legcare.analysis import describe
from legcare.analysis.changes import trend_so_far
from legcare.analysis.estimate import Verdict
from legcare.analysis.frequency import cramp_rate, rate_change
from legcare.analysis.missing import MissingDays
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.theme import (
    Meaning,
    at_least,
    colour,
    faded,
    figure_of,
    hover,
    interval_band,
    interval_bars,
    nothing_drawn,
    rows,
    stretches,
)
from legcare.records import Muscle, Side

PER_WEEK = "Cramps per week"
MOST_WEEKS = 160
DAY_MS = 24 * 3600 * 1000
ALLOWED = "What unlogged days allow"
DOING_NOTHING = (
    "In trials, people who were given a dummy treatment had about 28 % fewer cramps after a while,"
    " and two in three saw a drop of a quarter. A fall of 25 to 35 % after starting something is"
    " what doing nothing can look like."
)
FIXED_DATE = (
    "This holds for a date that was fixed before looking, such as the day something new began. For"
    " a date picked because the picture changes there, the interval is too narrow."
)


def weekly_chart(days: pd.DataFrame) -> Chart:
    """Cramps per week over four rolling weeks with the interval.

    Weeks without a tracked day stay empty and grey.

    More than three years are drawn at every fourth week, without the single weeks; the data hold
    every week.
    """
    table = describe.weekly_rates(days)
    rate = cramp_rate(days)
    long = len(table) > MOST_WEEKS
    drawn = table.iloc[(len(table) - 1) % 4 :: 4] if long else table
    traces = [
        *interval_band(drawn["week"], drawn["low"], drawn["high"], Meaning.CRAMP),
        _weekly_line(drawn),
    ]
    figure = figure_of(
        traces if long else [_weekly_bars(table), *traces],
        y_title=PER_WEEK,
        yaxis_rangemode="tozero",
    )
    for first, last in stretches(table["tracked_in_week"].eq(0).to_numpy()):
        _not_tracked(figure, table["week"].iloc[first], table["week"].iloc[last - 1])
    return Chart(
        name="cramps-per-week",
        title="Cramps per week",
        figure=(
            at_least(figure, table["week"], days=56)
            if len(table)
            else nothing_drawn("No days yet.")
        ),
        data=table,
        sentence=say.rate_sentence(rate),
        caveats=(*rate.caveats, *_legend(table, long)),
    )


def _weekly_bars(table: pd.DataFrame) -> go.Bar:
    return go.Bar(
        x=table["week"],
        y=table["cramps_in_week"],
        width=2 * DAY_MS,  # slim, so that the band of the interval behind them stays in sight
        marker={"color": faded(Meaning.CRAMP, 0.6)},
        name="In that week",
        **hover(_week_sentences(table)),
    )


def _weekly_line(drawn: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=drawn["week"],
        y=drawn["per_week"].round(3),
        mode="lines+markers" if len(drawn) < 30 else "lines",
        line={"color": colour(Meaning.CRAMP), "width": 2.5},
        name="Four weeks",
        **hover(_rolling_sentences(drawn)),
    )


def _legend(table: pd.DataFrame, long: bool) -> tuple[str, ...]:
    if table["per_week"].notna().sum() == 0:
        return ()
    missing = int(table["tracked_in_week"].eq(0).sum())
    words = ["Line and band: the rate over four weeks with its 95 % interval."]
    words.append(
        "Drawn at every fourth week; the table holds every week."
        if long
        else "Slim bars: cramps logged in that week."
    )
    if missing:
        words.append(f"Grey: {say.counted(missing, 'week')} without a tracked day.")
    return (" ".join(words),)


def _week_sentences(table: pd.DataFrame) -> list[str]:
    return [
        f"Week of {say.day_words(row.week)}: {say.counted(row.cramps_in_week, 'cramp')}<br>"
        f"in {say.counted(row.tracked_in_week, 'tracked day')}."
        for row in rows(table.fillna({"cramps_in_week": 0}))
    ]


def _rolling_sentences(table: pd.DataFrame) -> list[str]:
    return [
        "In the four weeks to"
        f" {say.day_words(row.week + pd.Timedelta(days=6))}:<br>{say.number(row.per_week)} a week"
        f" ({say.between(row.low, row.high)})<br>in {say.counted(row.tracked_days, 'tracked day')}."
        for row in rows(table)
    ]


def _not_tracked(figure: go.Figure, first: pd.Timestamp, last: pd.Timestamp) -> None:
    half = pd.Timedelta(days=3.5)
    figure.add_vrect(
        x0=first - half, x1=last + half, fillcolor=faded(Meaning.UNKNOWN, 0.16), line_width=0
    )


def severity_chart(days: pd.DataFrame, cramps: pd.DataFrame) -> Chart:
    """Cramps per week in three bands of severity, each with its interval."""
    table = describe.severity_rates(days, cramps)
    seen = int(table["tracked_days"].max()) if len(table) else 0
    severe = table[table["severity"].str.startswith("Severe")]
    if severe["per_week"].isna().all():
        sentence = "Rates by severity stand here from 7 tracked days on."
    else:
        most = say.number(severe["per_week"].iloc[0])
        sentence = (
            f"In {say.counted(seen, 'tracked day')}, severe cramps came {most} a week"
            f" ({_between(severe)})."
        )
    return Chart(
        name="cramps-by-severity",
        title="By severity",
        figure=_rates_figure(table["severity"], table),
        data=table,
        sentence=sentence,
    )


def place_chart(days: pd.DataFrame, cramps: pd.DataFrame) -> Chart:
    """Cramps per week by muscle and side, each with its interval.

    Places never said are a row of their own.
    """
    table = describe.place_rates(days, cramps)
    words = [place_words(row.muscle, row.side) for row in rows(table)]
    return Chart(
        name="cramps-by-place",
        title="By place",
        figure=_rates_figure(pd.Series(words, dtype="str"), table),
        data=table,
        sentence=_place_sentence(table, words),
    )


def _place_sentence(table: pd.DataFrame, words: list[str]) -> str:
    if not words:
        return "No cramps with a place yet."
    if table["per_week"].isna().all():
        return "Rates by place stand here from 7 tracked days on."
    days, most = (
        say.counted(table["tracked_days"].iloc[0], "tracked day"),
        say.number(table["per_week"].iloc[0]),
    )
    return f"In {days}, most came in: {words[0].lower()}, {most} a week ({_between(table)})."


def place_words(muscle: str, side: str) -> str:
    """A muscle and a side for reading: "Calf, left"."""
    known = {each.value: each.label for each in Muscle}
    name = known.get(muscle, "Place not said")
    return f"{name}, side not said" if side == Side.UNKNOWN else f"{name}, {side}"


def _between(table: pd.DataFrame) -> str:
    return say.between(float(table["low"].iloc[0]), float(table["high"].iloc[0]))


def _rates_figure(names: pd.Series, table: pd.DataFrame) -> go.Figure:
    told = [
        f"{name}: {say.number(row.per_week)} a week<br>({say.between(row.low, row.high)};<br>"
        f"{say.counted(row.cramps, 'cramp')} in {say.counted(row.tracked_days, 'tracked day')})."
        for name, row in zip(names, rows(table), strict=True)
    ]
    dots = go.Scatter(
        x=table["per_week"].round(3),
        y=names,
        mode="markers",
        marker={"color": colour(Meaning.CRAMP), "size": 11},
        error_x=interval_bars(table["per_week"], table["low"], table["high"], Meaning.CRAMP),
        **hover(told),
    )
    figure = figure_of(
        [dots], x_title=PER_WEEK, height=90 + 38 * max(len(names), 2), xaxis_rangemode="tozero"
    )
    return figure.update_yaxes(autorange="reversed", showgrid=False).update_xaxes(showgrid=True)


def trend_chart(days: pd.DataFrame, today: date | None = None) -> Chart:
    """The rate of each calendar month with its interval.

    And the trend's line where one may be drawn. Its verdict is that of the set dates up to
    ``today``; without it the last day counts as over.
    """
    table = describe.monthly_rates(days)
    found = trend_so_far(days, today=today)
    told = [
        f"{row.month:%B %Y}: {say.number(row.per_week)} a"
        f" week<br>({say.between(row.low, row.high)};<br>"
        f"{say.counted(row.tracked_days, 'tracked day')})."
        for row in rows(table)
    ]
    dots = go.Scatter(
        x=table["month"] + pd.Timedelta(days=14),
        y=table["per_week"].round(3),
        mode="markers",
        marker={"color": colour(Meaning.CRAMP), "size": 9},
        error_y=interval_bars(table["per_week"], table["low"], table["high"], Meaning.CRAMP),
        **hover(told),
    )
    figure = figure_of([dots], y_title=PER_WEEK, yaxis_rangemode="tozero")
    at_least(figure, table["month"] + pd.Timedelta(days=14), days=120)
    if table["per_week"].isna().all():
        figure = nothing_drawn("Months are drawn from 7 tracked days on.")
    if found.shown and found.verdict in (Verdict.LOWER, Verdict.HIGHER):
        figure.add_trace(_trend_line(days, found.value))
    return Chart(
        "cramps-trend", "Month by month", figure, table, say.trend_sentence(found), found.caveats
    )


def _trend_line(days: pd.DataFrame, per_month: float) -> go.Scatter:
    """The log-linear slope, laid so that it gives back the number of cramps that was counted."""
    since = np.arange(len(days)) / 28
    shape = per_month**since
    tracked = days["tracked"].to_numpy(dtype=bool)
    level = days["cramps"].sum() / shape[tracked].sum() * 7
    step = max(1, len(days) // 60)
    return go.Scatter(
        x=days.index[::step],
        y=(level * shape)[::step].round(3),
        mode="lines",
        line={"color": colour(Meaning.UNKNOWN), "dash": "dash", "width": 2},
        name="Trend",
        hoverinfo="skip",
    )


def change_chart(days: pd.DataFrame, on: date) -> Chart:
    """The rate before and from a date on, each with its interval, and their ratio in words.

    Beside a fall stands at once what doing nothing can look like.
    """
    found = rate_change(days, on)
    sides = {
        "Before": days[days.index < pd.Timestamp(on)],
        f"From {say.day_words(on)}": days[days.index >= pd.Timestamp(on)],
    }
    rates = {name: cramp_rate(part) for name, part in sides.items()}
    table = pd.DataFrame(
        [(name, r.n_events, r.n_days, r.value, r.low, r.high) for name, r in rates.items()],
        columns=["part", "cramps", "tracked_days", "per_week", "low", "high"],
    )
    fell = found.shown and found.value < 1
    words = say.change_sentence(found, on)
    return Chart(
        name="before-and-after",
        title="Before and after a date",
        figure=_rates_figure(table["part"], table),
        data=table,
        sentence=f"{words} {DOING_NOTHING}" if fell else words,
        caveats=(*(() if fell else (DOING_NOTHING,)), FIXED_DATE, *found.caveats),
    )


def unlogged_chart(found: MissingDays) -> Chart:
    """The rate of the logged days, what the unlogged ones allow, and missing counted as zero."""
    readings = (("Logged days only", found.logged), ("Unlogged counted as zero", found.as_zero))
    figures = [(name, r.n_events, r.n_days, r.value, r.low, r.high) for name, r in readings]
    figures.append(
        (ALLOWED, found.logged.n_events, found.logged.n_days, np.nan, found.low, found.high)
    )
    table = pd.DataFrame(
        figures, columns=["reading", "cramps", "tracked_days", "per_week", "low", "high"]
    )
    figure = _rates_figure(table["reading"], table)
    figure.data[0].marker.color = [
        colour(Meaning.CRAMP),
        colour(Meaning.UNKNOWN),
        colour(Meaning.UNKNOWN),
    ]
    figure.data[0].marker.symbol = ["circle", "circle-open", "circle-open"]
    figure.add_trace(
        go.Scatter(
            x=[round(found.low, 3), round(found.high, 3)],
            y=[ALLOWED] * 2,
            mode="lines",
            line={"color": faded(Meaning.UNKNOWN, 0.55), "width": 14},
            **hover([say.possible_sentence(found.logged)] * 2),
        )
    )
    return Chart(
        name="unlogged-days",
        title="What unlogged days leave open",
        figure=figure,
        data=table,
        sentence=found.sentence,
        caveats=(
            (
                "Days that are not logged are unknown, not free of cramps: many tools count them as"
                " zero."
            ),
        ),
    )


__all__ = [
    "change_chart",
    "place_chart",
    "severity_chart",
    "trend_chart",
    "unlogged_chart",
    "weekly_chart",
]
