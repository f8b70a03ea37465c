"""From records to frames: the day table and the tidy event tables.

Column names are spelled here and nowhere else.

Day table: one row per legcare day, index ``day`` (midnight-normalised ``datetime64``), every day
from first to last. A day's ``cramps`` is missing (NaN), not zero, where the day was not tracked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd

from legcare.day_frame import Days as Days
from legcare.day_frame import described as described
from legcare.day_frame import factors_of as factors_of
from legcare.day_marks import marks_of
from legcare.records import (
    DESCRIBED,
    RESERVED,
    Blank,
    Event,
    Factor,
    Log,
    Reading,
    because_of_cramps,
    is_night,
    legcare_day,
    logging_days,
    tracked_days,
)

DAY = "day"
TRACKED = "tracked"
CRAMPS = "cramps"
NIGHT_CRAMPS = "night_cramps"

DERIVED = ("exercise_min", "exercise_load", "ankle_cm")


def cramp_table(log: Log, *, day_start: time) -> pd.DataFrame:
    """One row per cramp in time order.

    ``id``, ``at`` (wall clock), ``utc``, ``day``, ``hour`` (NaN where no clock was read) and its
    fields; ``night`` is missing where nothing tells.
    """
    table = _event_table(log.cramps, day_start)
    for name in ("severity", "minutes", "sleep_disturbance"):
        table[name] = _numbers(getattr(cramp, name) for cramp in log.cramps)
    for name in ("side", "muscle", "context"):
        table[name] = _words(getattr(cramp, name) for cramp in log.cramps)
    for name in ("woke_me", "sore_after"):
        table[name] = pd.array([getattr(cramp, name) for cramp in log.cramps], dtype="boolean")
    table["relief"] = pd.array(["; ".join(cramp.relief) for cramp in log.cramps], dtype="str")
    table["night"] = pd.array([is_night(cramp) for cramp in log.cramps], dtype="boolean")
    return table


def massage_table(log: Log, *, day_start: time) -> pd.DataFrame:
    """One row per massage in time order.

    Moment, minutes, words, ``planned``, ratings before and after.
    """
    table = _event_table(log.massages, day_start)
    table["minutes"] = _numbers(massage.minutes for massage in log.massages)
    for name in ("method", "reason", "oil"):
        table[name] = _words(getattr(massage, name) for massage in log.massages)
    table["planned"] = np.array([massage.planned for massage in log.massages], dtype=bool)
    for rating in ("tension", "stress", "heaviness"):
        for moment in ("before", "after"):
            name = f"{rating}_{moment}"
            table[name] = _numbers(getattr(massage, name) for massage in log.massages)
    return table


def tender_table(log: Log, *, day_start: time) -> pd.DataFrame:
    """One row per tender place found in a massage.

    ``at``, ``utc``, ``day``, ``muscle``, ``side``.
    """
    found = [(massage, place) for massage in log.massages for place in massage.tender]
    table = _event_table([massage for massage, _ in found], day_start)
    table["muscle"] = _words(place.muscle for _, place in found)
    table["side"] = _words(place.side for _, place in found)
    return table


def workout_table(log: Log, *, day_start: time) -> pd.DataFrame:
    """One row per workout in time order.

    Moment, ``minutes``, ``effort``, ``load`` (minutes x effort), ``kind``.
    """
    table = _event_table(log.workouts, day_start)
    table["minutes"] = _numbers(workout.minutes for workout in log.workouts)
    table["effort"] = _numbers(workout.effort for workout in log.workouts)
    table["load"] = table["minutes"] * table["effort"]
    table["kind"] = _words(workout.kind for workout in log.workouts)
    table["because_of_cramp"] = np.array([bool(w.because_of_cramp) for w in log.workouts], bool)
    return table


def reading_table(log: Log) -> pd.DataFrame:
    """One row per day and factor.

    ``day``, ``factor``, ``value``, after one source was chosen and values combined.
    """
    if not log.readings:
        return pd.DataFrame(
            {DAY: pd.Series(dtype="datetime64[us]"), "factor": _words([]), "value": _numbers([])}
        )
    table = pd.DataFrame(
        {
            DAY: _days(reading.day for reading in log.readings),
            "factor": [reading.factor for reading in log.readings],
            "source": [reading.source for reading in log.readings],
            "value": [reading.value for reading in log.readings],
            "created_at": [reading.created_at for reading in log.readings],
        }
    )
    return _combined(_one_source(table, log), log)


def day_table(
    log: Log,
    *,
    day_start: time,
    first: date | None = None,
    last: date | None = None,
    today: date | None = None,
) -> Days:
    """One row per legcare day from ``first`` to ``last`` (default: of the log), both included.

    ``today`` is the legcare day that is still running: as the last one it is left out.

    Columns: ``tracked`` (bool); ``cramps``, ``night_cramps``, ``woke`` (counts), missing where the
    day is not tracked; ``minutes`` (sum), ``severity`` (mean), ``severity_max``,
    ``sleep_disturbance`` (max), missing where no cramp says; ``woke`` and ``minutes`` are missing
    too where one of the day's cramps does not say, ``night_cramps`` where nothing tells whether it
    came at night; ``massages`` and ``massage_min`` (planned only), ``massages_relief`` and
    ``massage_relief_min``; ``exercise_min`` and ``exercise_load``; one column per factor that the
    log holds. A day with a massage of unknown length counts in ``massages`` and has ``massage_min``
    missing. Not recorded is not zero: a day without a massage or workout holds zero only from the
    first of its kind on, and only where the person was logging that day (``attended``).
    What was done because of a cramp is no exposure: its day is unknown. The table carries the log's
    factors.
    """
    span = _span(log, day_start, first, last)
    if today is not None and len(span) and span[-1] == pd.Timestamp(today):
        span = span[:-1]
    days = pd.DataFrame(index=span)
    tracked = tracked_days(log, day_start=day_start)
    days[TRACKED] = np.array([day.date() in tracked for day in span], dtype=bool)
    days = _with_cramps(days, cramp_table(log, day_start=day_start))
    logged = attended(days, log, day_start=day_start)
    days = _with_massages(days, massage_table(log, day_start=day_start), logged)
    days = _with_workouts(days, workout_table(log, day_start=day_start), logged)
    days = days.assign(**marks_of(span, log))
    return described(_with_readings(days, log, logged), DESCRIBED.with_more(log.own_factors))


def attended(days: pd.DataFrame, log: Log, *, day_start: time) -> pd.Series:
    """Tracked days that are ``logging_days``, or lie between two such days without a break."""
    held = logging_days(log, day_start=day_start)
    known = pd.Series([day.date() in held for day in days.index], index=days.index, dtype=bool)
    known &= days[TRACKED]
    stretch = (~days[TRACKED]).cumsum()
    before, after = known.groupby(stretch).cummax(), known[::-1].groupby(stretch[::-1]).cummax()
    return days[TRACKED] & before & after[::-1]


def _span(log: Log, day_start: time, first: date | None, last: date | None) -> pd.DatetimeIndex:
    if first is None or last is None:
        held = [
            legcare_day(event.at, day_start)
            for event in (*log.cramps, *log.massages, *log.workouts)
        ]
        held += [reading.day for reading in log.readings]
        held += [day for span in log.spans for day in (span.first_day, span.last_day)]
        if not held:
            return pd.DatetimeIndex([], name=DAY, dtype="datetime64[us]")
        first, last = first or min(held), last or max(held)
    return pd.date_range(first, last, freq="D", name=DAY, unit="us")


def _with_cramps(days: pd.DataFrame, cramps: pd.DataFrame) -> pd.DataFrame:
    per_day = cramps.groupby(DAY)
    counted = pd.DataFrame(
        {
            CRAMPS: per_day.size(),
            "night_cramps": per_day["night"].sum(),
            "woke": per_day["woke_me"].sum(),
            "minutes": per_day["minutes"].sum(),
            "severity": per_day["severity"].mean(),
            "severity_max": per_day["severity"].max(),
            "sleep_disturbance": per_day["sleep_disturbance"].max(),
        }
    ).reindex(days.index)
    for name in (CRAMPS, "night_cramps", "woke"):
        days[name] = counted[name].astype("float64").fillna(0.0).where(days[TRACKED])
    for name in ("minutes", "severity", "severity_max", "sleep_disturbance"):
        days[name] = counted[name].astype("float64")
    for name, field in (("woke", "woke_me"), ("minutes", "minutes"), ("night_cramps", "night")):
        days.loc[days.index.isin(cramps.loc[cramps[field].isna(), DAY]), name] = np.nan
    return days


def _with_massages(days: pd.DataFrame, massages: pd.DataFrame, logged: pd.Series) -> pd.DataFrame:
    for suffix, planned in (("", True), ("_relief", False)):
        kind = massages[massages["planned"] == planned]
        known = _since_the_first(logged, kind)
        days[f"massages{suffix}"] = _zero_where(known, kind.groupby(DAY).size())
        days[f"massage{suffix}_min"] = _zero_where(known, kind.groupby(DAY)["minutes"].sum())
        days.loc[days.index.isin(kind.loc[kind["minutes"].isna(), DAY]), f"massage{suffix}_min"] = (
            np.nan
        )
    return days


def _with_workouts(days: pd.DataFrame, workouts: pd.DataFrame, logged: pd.Series) -> pd.DataFrame:
    known = _since_the_first(logged, workouts)
    for name, column in (("exercise_min", "minutes"), ("exercise_load", "load")):
        days[name] = _zero_where(known, workouts.groupby(DAY)[column].sum())
        unknown = workouts[column].isna() | workouts["because_of_cramp"]
        days.loc[days.index.isin(workouts.loc[unknown, DAY]), name] = np.nan
    return days


def _since_the_first(logged: pd.Series, events: pd.DataFrame) -> pd.Series:
    """The logged days from the first event on: nobody recorded them before."""
    return logged & (logged.index >= events[DAY].min()) if len(events) else logged & False


def _zero_where(known: pd.Series, values: pd.Series) -> pd.Series:
    blank = pd.Series(np.where(known, 0.0, np.nan), index=known.index)
    return values.reindex(known.index).astype("float64").fillna(blank)


def _with_readings(days: pd.DataFrame, log: Log, logged: pd.Series) -> pd.DataFrame:
    table = reading_table(log)
    columns: dict[str, pd.Series] = {}
    followed = because_of_cramps(log)
    for key, rows in table.groupby("factor", sort=False):
        values = pd.Series(rows["value"].to_numpy(), index=pd.DatetimeIndex(rows[DAY]))
        name = f"own_{key!s}" if key in RESERVED else str(key)
        column = _blank_rule(values, logged, log.factors.get(str(key)))
        columns[name] = column.mask(days.index.isin(followed.get(str(key), [])))
    sides = [columns[key] for key in ("ankle_left_cm", "ankle_right_cm") if key in columns]
    if sides:
        mean = pd.concat(sides, axis=1).mean(axis=1)
        columns["ankle_cm"] = columns["ankle_cm"].fillna(mean) if "ankle_cm" in columns else mean
    for key in DERIVED[:2]:
        if key in columns and log.workouts:
            columns[key] = columns[key].where(days.index.isin(_read_days(table, key)), days[key])
    return pd.concat(
        [days.drop(columns=[key for key in columns if key in days]), *_named(columns)], axis=1
    )


def _named(columns: dict[str, pd.Series]) -> list[pd.Series]:
    return [column.rename(key) for key, column in columns.items()]


def _read_days(table: pd.DataFrame, key: str) -> pd.Series:
    return table.loc[table["factor"] == key, DAY]


def _blank_rule(values: pd.Series, logged: pd.Series, factor: Factor | None) -> pd.Series:
    column = values.reindex(logged.index).astype("float64")
    if factor is None or factor.blank is Blank.UNKNOWN or values.empty:
        return column
    inside = (logged.index >= values.index.min()) & (logged.index <= values.index.max())
    return column.mask(column.isna() & logged & inside, 0.0)


def _one_source(table: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Where several sources report one factor on one day, keep one.

    Chosen, then typed in, then the fullest.
    """
    if table["source"].nunique() < 2:
        return table
    held = table.groupby(["factor", "source"])[DAY].nunique()

    def rank(factor: str, source: str) -> tuple[int, int, int, str]:
        chosen = log.preferred.get(factor, ())
        place = chosen.index(source) if source in chosen else len(chosen)
        return (place, 0 if source == "entered" else 1, -int(held[factor, source]), source)

    pairs = sorted({(str(f), str(s)) for f, s in held.index}, key=lambda pair: rank(*pair))
    order = {pair: place for place, pair in enumerate(pairs)}
    ranks = pd.Series(
        [order[f, s] for f, s in zip(table["factor"], table["source"], strict=True)],
        index=table.index,
    )
    best = ranks.groupby([table["factor"], table[DAY]]).transform("min")
    return table[ranks == best]


def _combined(table: pd.DataFrame, log: Log) -> pd.DataFrame:
    """One value per day and factor, in that order whatever order the records came in."""
    if not table.duplicated([DAY, "factor"]).any():
        return table[[DAY, "factor", "value"]].reset_index(drop=True)
    table = table.sort_values(["created_at", "value"], kind="stable")
    parts: list[pd.DataFrame] = []
    for key, rows in table.groupby("factor"):
        factor = log.factors.get(str(key))
        how = "mean" if factor is None else factor.combine.value
        parts.append(rows.groupby([DAY, "factor"])["value"].agg(how).reset_index())
    return pd.concat(parts).sort_values([DAY, "factor"], ignore_index=True)


def _event_table(events: Sequence[Event], day_start: time) -> pd.DataFrame:
    wall = pd.Series([event.at.replace(tzinfo=None) for event in events], dtype="datetime64[us]")
    utc = [event.at for event in events]
    start = timedelta(hours=day_start.hour, minutes=day_start.minute)
    timed = pd.Series([event.clock.timed for event in events], dtype=bool)
    return pd.DataFrame(
        {
            "id": pd.array([str(event.id) for event in events], dtype="str"),
            "at": wall,
            "utc": pd.Series(pd.to_datetime(utc, utc=True), dtype="datetime64[us, UTC]"),
            DAY: (wall - start).dt.normalize(),
            "hour": (wall.dt.hour + wall.dt.minute / 60 + wall.dt.second / 3600).where(timed),
            "clock": _words(event.clock for event in events),
        }
    )


def _days(days: Iterable[date]) -> pd.Series:
    return pd.Series(
        [datetime(day.year, day.month, day.day) for day in days], dtype="datetime64[us]"
    )


def _numbers(values: Iterable[float | None]) -> pd.Series:
    return pd.Series(
        [np.nan if value is None else float(value) for value in values], dtype="float64"
    )


def _words(values: Iterable[str | None]) -> pd.Series:
    return pd.Series([None if value is None else str(value) for value in values], dtype="str")


def source_overlaps(readings: Iterable[Reading]) -> dict[str, tuple[str, ...]]:
    """Factors that more than one source reports on the same day, with those sources.

    The person may choose.
    """
    seen: dict[tuple[str, date], set[str]] = {}
    for reading in readings:
        seen.setdefault((reading.factor, reading.day), set()).add(reading.source)
    found: dict[str, set[str]] = {}
    for (factor, _), sources in seen.items():
        if len(sources) > 1:
            found.setdefault(factor, set()).update(sources)
    return {factor: tuple(sorted(sources)) for factor, sources in sorted(found.items())}
