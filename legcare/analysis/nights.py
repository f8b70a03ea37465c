"""The last nights, one by one: what the first screen shows and counts.

Counts only: nothing here is estimated. A night that was not logged is unknown and stays out of
every count. The night of a legcare day follows its evening.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

import pandas as pd

from legcare.days import CRAMPS, DAY, TRACKED, cramp_table, massage_table, workout_table
from legcare.records import Log

NIGHTS = 28
COUNTED = (CRAMPS, "woke", "massages", "relief", "workouts")


@dataclass(frozen=True)
class Night:
    """One legcare day and the night that follows its evening.

    ``cramps`` and ``woke`` (how many of them are known to have woken the person) say nothing where
    the day was not ``logged``. ``massages`` are planned ones, ``marks`` the names of what began.
    """

    day: date
    logged: bool
    cramps: int
    woke: int
    massages: int
    relief: int
    workouts: int
    marks: str


@dataclass(frozen=True)
class Nights:
    """Legcare days in a row, the newest last.

    ``stale`` says that the log ends before the last ``NIGHTS`` days, so the newest stretch that
    there is stands here.
    """

    nights: tuple[Night, ...]
    stale: bool = False

    @property
    def last(self) -> Night:
        """The newest night."""
        return self.nights[-1]

    @property
    def logged(self) -> tuple[Night, ...]:
        """The nights that were logged; no other may be counted."""
        return tuple(night for night in self.nights if night.logged)

    @property
    def cramps(self) -> int:
        """Cramps of the logged nights."""
        return sum(night.cramps for night in self.logged)

    @property
    def woken(self) -> int:
        """How many nights are known to have been broken by a cramp."""
        return sum(night.woke > 0 for night in self.logged)


def last_nights(
    log: Log, days: pd.DataFrame, *, day_start: time, today: date, length: int = NIGHTS
) -> Nights | None:
    """The last ``length`` legcare days up to ``today``; None where the log holds no day.

    ``days`` is the day table of the whole log. Today counts only once something was logged on it:
    it is not over. Where the log ended long ago the stretch ends with its last day.
    """
    if days.empty:
        return None
    newest = pd.Timestamp(days.index[-1]).date()
    stale = newest < today - timedelta(days=length)
    now = pd.Timestamp(today)
    running = now in days.index and bool(days.at[now, TRACKED])
    last = newest if stale else today if running else today - timedelta(days=1)
    first = max(last - timedelta(days=length - 1), pd.Timestamp(days.index[0]).date())
    span = pd.date_range(first, max(first, last), freq="D", name=DAY, unit="us")
    counts = _counts(log, days, day_start).reindex(span)
    known = counts[TRACKED].eq(True).tolist()
    numbers = counts[list(COUNTED)].fillna(0).astype(int).to_numpy().tolist()
    begun = {day.date(): _begun(log, day.date()) for day in span}
    return Nights(
        tuple(
            Night(day, logged, cramps, woke, massages, relief, workouts, marks)
            for (day, marks), logged, (cramps, woke, massages, relief, workouts) in zip(
                begun.items(), known, numbers, strict=True
            )
        ),
        stale,
    )


def _begun(log: Log, day: date) -> str:
    return "; ".join(mark.name for mark in log.marks if mark.first_day == day)


def _counts(log: Log, days: pd.DataFrame, day_start: time) -> pd.DataFrame:
    cramps = cramp_table(log, day_start=day_start)
    massages = massage_table(log, day_start=day_start)
    woken = cramps["woke_me"].fillna(False).astype(bool)
    events = {
        "woke": cramps.loc[woken, DAY],
        "massages": massages.loc[massages["planned"], DAY],
        "relief": massages.loc[~massages["planned"], DAY],
        "workouts": workout_table(log, day_start=day_start)[DAY],
    }
    per_day = {name: moments.value_counts() for name, moments in events.items()}
    return days[[TRACKED, CRAMPS]].assign(**{n: c.reindex(days.index) for n, c in per_day.items()})
