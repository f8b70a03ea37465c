"""When.

Round the clock, by weekday and month, how bad at which hour, and after the last massage or workout.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from legcare.analysis import describe
from legcare.analysis.estimate import Timing, Verdict
from legcare.analysis.timing import preferred_hour, timed_bouts, weekday_pattern
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.theme import TEXT, Meaning, colour, faded, figure_of, hover, interval_bars, rows
from legcare.records import NIGHT_FROM, NIGHT_UNTIL, written

PARTS = {
    "morning": "in the morning",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
    "night": "at night",
    "unknown": "at an unknown time",
}
PART_HOURS = {"morning": (6, 12), "afternoon": (12, 17), "evening": (17, 22), "night": (22, 30)}
WEEK = range(7)
DIAL = {0: "midnight", 12: "noon"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOT_EVIDENCE = (
    "A description, not evidence: cramps come in spells, and waiting times look longer than they"
    " are even where nothing is related to anything. Whether it goes with fewer cramps stands under"
    " What goes with it."
)


def clock_chart(cramps: pd.DataFrame) -> Chart:
    """Cramps and separate bouts round the 24-hour clock.

    With the hour around which they gather, if they do.
    """
    if len(cramps) and cramps["hour"].isna().all() and "clock" in cramps:
        return _parts_chart(cramps)
    numbered = timed_bouts(cramps)
    first = numbered[~numbered["bout"].duplicated()]
    table = pd.DataFrame({"hour": range(24)})
    table["cramps"] = _per_hour(numbered["hour"])
    table["bouts"] = _per_hour(first["hour"])
    found = preferred_hour(cramps)
    figure = figure_of(
        [_petals(table)],
        height=400,
        polar=_dial(int(table["bouts"].max())),
        margin={"l": 30, "r": 30, "t": 30, "b": 30},
    )
    if np.isfinite(found.value):
        top = float(table["bouts"].max()) * 1.1
        figure.add_traces([_arc(found, top), _hand(found, top)])
    return Chart(
        "clock-of-the-day",
        "Clock of the day",
        figure,
        table,
        hour_sentence(found),
        (*found.caveats, *_untimed(cramps)),
    )


def _parts_chart(cramps: pd.DataFrame) -> Chart:
    """The same where only parts of the day are known: one broad petal for each, no hour."""
    table = pd.DataFrame({"part": list(PARTS)})
    table["cramps"] = [int((cramps["clock"] == part).sum()) for part in table["part"]]
    told = [f"{say.counted(row.cramps, 'cramp')} {PARTS[row.part]}." for row in rows(table)]
    known = table["part"].isin(PART_HOURS)
    middle = [(begin + end) / 2 * 15 for begin, end in PART_HOURS.values()]
    petals = go.Barpolar(
        r=table.loc[known, "cramps"],
        theta=middle,
        width=[(end - begin) * 15 - 2 for begin, end in PART_HOURS.values()],
        marker={"color": colour(Meaning.CRAMP), "line": {"width": 0}},
        **hover(told[: int(known.sum())]),
    )
    figure = figure_of([petals], height=400, polar=_dial(int(table["cramps"].max())))
    parts = f"Only parts of the day are known: {', '.join(told)}".replace(".,", ",")
    return Chart("clock-of-the-day", "Clock of the day", figure, table, parts)


def _untimed(cramps: pd.DataFrame) -> tuple[str, ...]:
    """How many cramps stand on no clock, by the part of the day that is known."""
    coarse = cramps.loc[cramps["hour"].isna(), "clock"] if "clock" in cramps else pd.Series([])
    parts = [
        f"{number} {PARTS[str(part)]}" for part, number in coarse.value_counts(sort=False).items()
    ]
    if not parts:
        return ()
    return (f"Not on the clock, because their time is not known: {', '.join(parts)}.",)


def _per_hour(hours: pd.Series) -> np.ndarray:
    return np.bincount(np.floor(hours.to_numpy()).astype(int) % 24, minlength=24)


def _petals(table: pd.DataFrame) -> go.Barpolar:
    told = [
        f"From {say.clock(row.hour)} to"
        f" {say.clock(row.hour + 1)}:<br>{say.counted(row.bouts, 'bout')},"
        f" {say.counted(row.cramps, 'cramp')} in all."
        for row in rows(table)
    ]
    return go.Barpolar(
        r=table["bouts"],
        theta=(table["hour"] + 0.5) * 15,
        width=[14.0] * 24,
        marker={"color": colour(Meaning.CRAMP), "line": {"width": 0}},
        **hover(told),
    )


def _dial(most: int) -> dict[str, object]:
    return {
        "bgcolor": "rgba(0,0,0,0)",
        "angularaxis": {
            "direction": "clockwise",
            "rotation": 90,
            "tickvals": [0, 45, 90, 135, 180, 225, 270, 315],
            "ticktext": [DIAL.get(hour) or written.full_hour(hour) for hour in range(0, 24, 3)],
            "tickfont": {"color": TEXT, "size": 13},
            "gridcolor": "rgba(128,128,128,0.25)",
        },
        "radialaxis": {
            "tickfont": {"color": TEXT, "size": 11},
            "gridcolor": "rgba(128,128,128,0.25)",
            "rangemode": "tozero",
            "angle": 0,
            "dtick": max(1, round(most / 4)),
            "tickangle": 0,
        },
    }


def _arc(found: Timing, radius: float) -> go.Scatterpolar:
    run = np.linspace(0, (found.high - found.low) % 24, 40)
    return go.Scatterpolar(
        r=[radius] * 40,
        theta=((found.low + run) % 24 * 15).round(1),
        mode="lines",
        line={"color": faded(Meaning.BETTER, 0.8), "width": 7},
        **hover([hour_sentence(found)] * 40),
    )


def _hand(found: Timing, radius: float) -> go.Scatterpolar:
    return go.Scatterpolar(
        r=[0, radius],
        theta=[found.value * 15] * 2,
        mode="lines",
        line={"color": colour(Meaning.BETTER), "width": 3},
        **hover([hour_sentence(found)] * 2),
    )


def hour_sentence(found: Timing) -> str:
    """Around which hour cramps gather, or that no hour can be named."""
    if not found.shown:
        return say.refused(found)
    basis = f"{say.counted(found.n_bouts, 'separate bout')} on {say.counted(found.n_days, 'day')}"
    windows = list(rows(found.table))
    if not np.isfinite(found.value):
        busy = "; ".join(_window_words(row) for row in windows if row.kind == "busy")
        return f"Your cramps have busy times: {busy} ({basis})."
    middle, low, high = (
        say.clock(round(hour * 4) / 4) for hour in (found.value, found.low, found.high)
    )
    most = f" Most of them, {_window_words(windows[0])}." if windows else ""
    return f"Your cramps gather around {middle} (95 % interval {low} to {high}; {basis}).{most}"


def _window_words(row: Any) -> str:
    between = f"between {say.clock(row.first)} and {say.clock(row.last)}"
    return f"{written.percent(row.share)}, came {between}"


def night_sentence(found: Timing) -> str:
    """How much likelier an hour of night is than an hour of day."""
    if not found.shown:
        return say.refused(found)
    figures = f"{say.number(found.value)} times as many per hour of night as per hour of day "
    figures += (
        f"({say.between(found.low, found.high)}; {say.counted(found.n_bouts, 'separate bout')})"
    )
    night = f"Night here is {written.hours(NIGHT_FROM, NIGHT_UNTIL)} o'clock, whenever you sleep."
    if found.verdict is Verdict.NO_CLEAR:
        return (
            "Night and day are not clearly different, which is not the same as equal:"
            f" {figures}. {night}"
        )
    return f"In your data so far you had {figures}. {night}"


def weekday_chart(days: pd.DataFrame) -> Chart:
    """Cramps per day by weekday, each with its interval, and whether they differ beyond chance."""
    found = weekday_pattern(days)
    first = written.formats().first_weekday if len(found.table) == len(WEEK) else 0
    table = pd.concat([found.table.iloc[first:], found.table.iloc[:first]])
    told = [
        f"{row.weekday}: {say.number(row.rate, 2)} a"
        f" day<br>({say.between(row.low, row.high, 2)};<br>{say.counted(row.cramps, 'cramp')} on"
        f" {say.counted(row.days, 'tracked day')})."
        for row in rows(table)
    ]
    names = [name[:3] for name in table["weekday"]]
    dots = _dots(names, table["rate"], table["low"], table["high"], told)
    figure = figure_of([dots], y_title="Cramps per day", yaxis_rangemode="tozero")
    return Chart(
        "cramps-by-weekday", "Weekday", figure, table, weekday_sentence(found), found.caveats
    )


def weekday_sentence(found: Timing) -> str:
    """Whether weekdays differ more than logged days and chance explain."""
    if not found.shown:
        return say.refused(found)
    counts = f"{say.counted(found.n_days, 'tracked day')}, {say.counted(found.n_events, 'cramp')}"
    basis = f"{counts}, {written.chance(found.p)}"
    if found.verdict is Verdict.NO_CLEAR:
        return (
            f"No clear difference between weekdays ({basis}). That is not the same as no"
            " difference."
        )
    top = next(rows(found.table.nlargest(1, "rate")))
    return (
        f"Weekdays differ by more than chance explains ({basis}); most came on {top.weekday}: "
        f"{say.number(top.rate, 2)} a day ({say.between(top.low, top.high, 2)})."
    )


def _dots(
    names: list[str], value: pd.Series, low: pd.Series, high: pd.Series, told: list[str]
) -> go.Scatter:
    return go.Scatter(
        x=names,
        y=value.round(3),
        mode="markers",
        marker={"color": colour(Meaning.CRAMP), "size": 11},
        error_y=interval_bars(value, low, high, Meaning.CRAMP),
        **hover(told),
    )


def season_chart(days: pd.DataFrame) -> Chart:
    """Cramps per week by month of the year, all years together, each with its interval."""
    table = describe.season_rates(days)
    told = [
        f"{MONTHS[row.month - 1]}: {say.number(row.per_week)} a"
        f" week<br>({say.between(row.low, row.high)};<br>"
        f"{say.counted(row.tracked_days, 'tracked day')})."
        for row in rows(table)
    ]
    dots = _dots(list(MONTHS), table["per_week"], table["low"], table["high"], told)
    figure = figure_of([dots], y_title="Cramps per week", yaxis_rangemode="tozero")
    figure.update_xaxes(range=[-0.6, 11.6])
    held = table[table["per_week"].notna()]
    return Chart(
        "cramps-by-month",
        "Month of the year",
        figure,
        table,
        _season_sentence(held),
        _season_caveat(days),
    )


def _season_sentence(held: pd.DataFrame) -> str:
    if len(held) < 2:
        return "Months can be compared once at least two of them hold 7 tracked days."
    top = next(rows(held.nlargest(1, "per_week")))
    return (
        f"{say.counted(held['tracked_days'].sum(), 'tracked day')} in {len(held)} months: most in"
        f" {MONTHS[top.month - 1]}, {say.number(top.per_week)} a week"
        f" ({say.between(top.low, top.high)}). Intervals that overlap widely are no difference to"
        " speak of."
    )


def _season_caveat(days: pd.DataFrame) -> tuple[str, ...]:
    if len(days) > 2 * 365:
        return ()
    return ("Less than two years cannot tell a season from whatever else changed in those months.",)


def hourly_chart(cramps: pd.DataFrame, *, column: str) -> Chart:
    """Mean length or severity of cramps in stretches of three hours, with interval and number."""
    table = describe.hourly(cramps, column=column)
    title, unit = {"minutes": ("Length", "minutes"), "severity": ("Severity", "0 to 10")}[column]
    told = [
        f"{say.clock(row.from_hour)} to {say.clock(row.to_hour)}: {say.number(row.mean)} on"
        f" average<br>({say.between(row.low, row.high)}; {say.counted(row.cramps, 'cramp')})."
        for row in rows(table)
    ]
    names = [written.hours(row.from_hour, row.to_hour) for row in rows(table)]
    dots = _dots(names, table["mean"], table["low"], table["high"], told)
    figure = figure_of(
        [dots], x_title="Hour of the day", y_title=f"{title} ({unit})", yaxis_rangemode="tozero"
    )
    return Chart(
        name=f"{column}-by-hour",
        title=f"{title} by hour",
        figure=figure.update_xaxes(
            categoryorder="array", categoryarray=names, range=[-0.6, len(names) - 0.4]
        ),
        data=table,
        sentence=_hourly_sentence(cramps[column], title, column),
        caveats=("Hours with fewer than 3 cramps show no mean.",),
    )


def _hourly_sentence(values: pd.Series, title: str, column: str) -> str:
    known = values.dropna()
    if len(known) < describe.FEWEST_FOR_MEAN:
        return (
            f"{title} is known for {say.counted(len(known), 'cramp')}; a mean needs at least 3 in"
            " the same hours."
        )
    half = say.number(float(known.median()))
    said = (
        f"lasted {half} minutes or less"
        if column == "minutes"
        else f"were rated {half} of 10 or less"
    )
    return (
        f"{title} is known for {len(known)} of {say.counted(len(values), 'cramp')}; half of them"
        f" {said}."
    )


def waits_chart(
    cramps: pd.DataFrame, events: pd.DataFrame, days: pd.DataFrame, *, thing: str
) -> Chart:
    """How long before each cramp the last massage or workout was.

    Beside ordinary moments at the same clock time.
    """
    table = describe.waits(cramps, events, days)
    bars = [
        _share_bars(table, "share_of_cramps", "Cramps", thing),
        _share_bars(table, "share_of_ordinary_moments", "Any tracked day, same clock time", thing),
    ]
    figure = figure_of(
        bars,
        x_title=f"Time since the last {thing}",
        y_title="Share (%)",
        showlegend=True,
        legend_font_color=TEXT,
    )
    return Chart(
        f"since-last-{thing}",
        f"Since the last {thing}",
        figure,
        table,
        _waits_sentence(table, thing),
        (NOT_EVIDENCE,),
    )


def _share_bars(table: pd.DataFrame, column: str, name: str, thing: str) -> go.Bar:
    meaning, shape = (Meaning.CRAMP, "") if name == "Cramps" else (Meaning.UNKNOWN, "/")
    told = [
        f"{name}: {written.percent(share)} came {since}<br>after the last {thing}."
        for share, since in zip(table[column].fillna(0), table["since"], strict=True)
    ]
    return go.Bar(
        x=table["since"],
        y=(table[column] * 100).round(1),
        name=name,
        marker={"color": colour(meaning), "pattern": {"shape": shape}},
        **hover(told),
    )


def _waits_sentence(table: pd.DataFrame, thing: str) -> str:
    total = int(table["cramps"].sum())
    if total == 0:
        return f"No cramp came after a logged {thing} yet, so there is nothing to lay out."
    soon = table["share_of_cramps"].iloc[:3].sum()
    usual = table["share_of_ordinary_moments"].iloc[:3].sum()
    return (
        f"Of {say.counted(total, 'cramp')} after a {thing}, {written.percent(soon)} came within 24"
        " hours of the last one; of ordinary moments at the same clock times,"
        f" {written.percent(usual)} did."
    )
