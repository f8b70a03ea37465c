"""What the seven claims are read from: the day table and the event tables of one log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from legcare.analysis.timeline import Floats
from legcare.day_marks import marked_columns
from legcare.days import (
    DAY,
    TRACKED,
    cramp_table,
    day_table,
    massage_table,
    tender_table,
    workout_table,
)
from legcare.records import Log


@dataclass(frozen=True)
class Material:
    """The frames of ``legcare.days`` for one log.

    ``days`` one row per legcare day, the others one row per event.
    """

    days: pd.DataFrame
    cramps: pd.DataFrame
    massages: pd.DataFrame
    tender: pd.DataFrame
    workouts: pd.DataFrame
    day_start: time

    @cached_property
    def planned(self) -> pd.DataFrame:
        """Massages that may count as an exposure: not given because of a cramp."""
        return self.massages[self.massages["planned"]].reset_index(drop=True)

    @cached_property
    def first_day(self) -> int:
        """The first day of the day table, counted from 1 January 1970."""
        return int(self.days.index[0].to_datetime64().astype("datetime64[D]").astype(np.int64))

    @cached_property
    def unknown_so_far(self) -> NDArray[np.int64]:
        """How many days before each one are not tracked, or hold a cramp of unknown time."""
        unknown = ~self.days[TRACKED].to_numpy(dtype=bool)
        unknown |= self.days.index.isin(self.cramps.loc[self.cramps["hour"].isna(), DAY])
        return np.concatenate([[0], np.cumsum(unknown)])

    @cached_property
    def timed_cramps(self) -> pd.DataFrame:
        """Cramps whose clock time is known."""
        return self.cramps[self.cramps["hour"].notna()]


def material_of(
    log: Log, *, day_start: time, first: date | None = None, last: date | None = None
) -> Material:
    """The frames of a log, its day table cut to ``first`` .. ``last`` where given."""
    return Material(
        days=day_table(log, day_start=day_start, first=first, last=last),
        cramps=cramp_table(log, day_start=day_start),
        massages=massage_table(log, day_start=day_start),
        tender=tender_table(log, day_start=day_start),
        workouts=workout_table(log, day_start=day_start),
        day_start=day_start,
    )


def cramps_between(
    material: Material, events: pd.DataFrame, *, first_h: float, last_h: float
) -> Floats:
    """Cramps from ``first_h`` to ``last_h`` hours after each event, by real elapsed time.

    The events come with the columns ``at`` and ``utc``.

    The start counts, the end does not. NaN where any legcare day that the window touches is not
    tracked, or holds a cramp whose time is not known: then no cramp in it may mean not logged. NaN
    too for an event whose own time is not known.
    """
    moments = material.timed_cramps["utc"].to_numpy("datetime64[us]")
    begins = events["utc"].to_numpy("datetime64[us]") + _hours(first_h)
    ends = events["utc"].to_numpy("datetime64[us]") + _hours(last_h)
    found = np.searchsorted(moments, ends) - np.searchsorted(moments, begins)
    known = _tracked(material, events, first_h, last_h)
    if "hour" in events:
        known = known & events["hour"].notna().to_numpy()
    return np.where(known, found, np.nan).astype(float)


def _hours(hours: float) -> np.timedelta64:
    return np.timedelta64(round(hours * 3_600_000_000), "us")


def _tracked(material: Material, events: pd.DataFrame, first_h: float, last_h: float) -> np.ndarray:
    """Whether every legcare day from window start to window end is tracked, its cramps timed."""
    if not len(material.days):
        return np.zeros(len(events), dtype=bool)
    start = _hours(material.day_start.hour + material.day_start.minute / 60)
    at = events["at"].to_numpy("datetime64[us]") - start
    begin, end = (
        (at + _hours(hours)).astype("datetime64[D]").astype(np.int64) - material.first_day
        for hours in (first_h, last_h - 1e-6)
    )
    length = len(material.days)
    inside = (begin >= 0) & (end < length)
    unknown = material.unknown_so_far
    lost = unknown[np.clip(end + 1, 0, length)] - unknown[np.clip(begin, 0, length)]
    return np.asarray(inside & (lost == 0), dtype=bool)


def before_moment(material: Material, events: pd.DataFrame) -> pd.DataFrame:
    """Per event what cramps came before it, by the clock.

    ``day_before`` (24 h, at most 3) and ``past_week`` (mean per day of 7 days). Taken out wherever
    massage is the exposure: it may be given because of recent cramps, this morning's too. Unknown
    ones at the mean.
    """
    past = {
        "day_before": cramps_between(material, events, first_h=-24, last_h=0).clip(max=3),
        "past_week": cramps_between(material, events, first_h=-168, last_h=0) / 7,
    }
    frame = pd.DataFrame(past, index=pd.DatetimeIndex(events[DAY]))
    marked = material.days[marked_columns(material.days)].reindex(frame.index)
    frame = frame.assign(**{str(name): marked[name].to_numpy() for name in marked})
    frame = frame.fillna(frame.mean()).fillna(0.0)
    return frame[~frame.index.duplicated(keep="last")]


def by_day(events: pd.DataFrame, values: Floats) -> pd.Series:
    """One value per legcare day, of the day's last event that has one."""
    known = np.isfinite(values)
    days = pd.DatetimeIndex(events.loc[known, DAY])
    return pd.Series(values[known], index=days, dtype="float64").groupby(level=0).last()
