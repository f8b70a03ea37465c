"""A log as hours: when cramps and planned massages came, and on which days either was logged.

Hours run by the wall clock from the start of the first legcare day, so that 30.5 is half past six
hours into the second one. A change of the clocks or a journey moves a window by its hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.timeline import Flags, Floats
from legcare.days import NIGHT_FROM, NIGHT_UNTIL, is_night, tracked_days
from legcare.records import Event, Log, legcare_day

Whole = NDArray[np.int64]
HOURS = 24


@dataclass(frozen=True)
class Diary:
    """What the massage question reads.

    ``first`` is the legcare day of hour 0 and ``days`` how many there are. ``cramps`` and
    ``massages`` (planned ones) are hours in order, of events whose time is known. ``night_cramps``
    and ``loose_cramps`` are the days (counted from 0) of cramps known only to the night or to the
    day, ``night_massages`` and ``loose_massages`` the same of planned massages. ``tracked`` are
    days on which no cramp means no cramp, ``asked`` those on which no massage means no massage.
    ``start`` is the hour of the clock at which a day begins.
    """

    first: date
    days: int
    start: float
    cramps: Floats
    massages: Floats
    night_cramps: Whole
    loose_cramps: Whole
    night_massages: Whole
    loose_massages: Whole
    tracked: Flags
    asked: Flags
    relief: int = 0

    def until(self, days: int) -> Diary:
        """The same log as it stood when only its first ``days`` legcare days were over."""
        if days >= self.days:
            return self
        hours = days * HOURS
        return replace(
            self,
            days=days,
            cramps=self.cramps[: int(np.searchsorted(self.cramps, hours))],
            massages=self.massages[: int(np.searchsorted(self.massages, hours))],
            night_cramps=self.night_cramps[self.night_cramps < days],
            loose_cramps=self.loose_cramps[self.loose_cramps < days],
            night_massages=self.night_massages[self.night_massages < days],
            loose_massages=self.loose_massages[self.loose_massages < days],
            tracked=self.tracked[:days],
            asked=self.asked[:days],
        )

    @property
    def events(self) -> int:
        """Every cramp, whatever is known of its time."""
        return self.cramps.size + self.night_cramps.size + self.loose_cramps.size

    @property
    def exposures(self) -> int:
        """Every planned massage, whatever is known of its time."""
        return self.massages.size + self.night_massages.size + self.loose_massages.size

    @property
    def night(self) -> tuple[float, float]:
        """Where the night (22 to 6 o'clock) begins and ends, in hours after the start of a day."""
        begins = (NIGHT_FROM - self.start) % HOURS
        return begins, min(begins + (NIGHT_UNTIL - NIGHT_FROM) % HOURS, HOURS)


class _Split(NamedTuple):
    """Events by what is known of their time: hours, days of night ones, days of the rest."""

    timed: Floats
    night: Whole
    loose: Whole


def diary_of(log: Log, *, day_start: time, today: date | None = None) -> Diary:
    """The diary of a log up to ``today``, whose half-lived day does not count.

    Without ``today`` the log's last day is its last whole one. An empty log has no days.
    """
    tracked = tracked_days(log, day_start=day_start)
    planned = [massage for massage in log.massages if massage.planned]
    held = tracked | {legcare_day(event.at, day_start) for event in planned}
    if today is not None:
        held = {day for day in held if day < today}
    first = min(held, default=date(2000, 1, 1))
    last = max(held, default=first - timedelta(days=1)) if today is None else today - _DAY
    days = max((last - first).days + 1, 0) if held else 0
    origin = datetime.combine(first, day_start)
    cramps, massages = _split(log.cramps, origin), _split(planned, origin)
    flags = np.zeros(days, dtype=bool)
    flags[[number for day in tracked if 0 <= (number := (day - first).days) < days]] = True
    whole = Diary(
        first=first,
        days=1 << 30,  # cut to its length below, with everything that lies past it
        start=day_start.hour + day_start.minute / 60,
        cramps=cramps.timed,
        massages=massages.timed,
        night_cramps=cramps.night,
        loose_cramps=cramps.loose,
        night_massages=massages.night,
        loose_massages=massages.loose,
        tracked=flags,
        asked=_asked(log, day_start, first, days),
        relief=len(log.massages) - len(planned),
    )
    return whole.until(days)


_DAY = timedelta(days=1)


def _split(events: Sequence[Event], origin: datetime) -> _Split:
    hours: tuple[list[float], list[float], list[float]] = ([], [], [])
    for event in events:
        hour = (event.at.replace(tzinfo=None) - origin).total_seconds() / 3600
        hours[_knowledge(event)].append(hour)
    timed, night, loose = (np.sort(np.array(some, dtype=float)) for some in hours)
    return _Split(timed, (night // HOURS).astype(np.int64), (loose // HOURS).astype(np.int64))


def _knowledge(event: Event) -> int:
    """0: the time is known; 1: the night is known; 2: only the day is."""
    clock = getattr(event, "clock", None)
    if clock is None or clock.timed:
        return 0
    return 1 if clock.value == "night" else 2


def _asked(log: Log, day_start: time, first: date, days: int) -> Flags:
    """Days on which a massage would have been logged.

    From the day of the first massage ever logged. A day that holds nothing but a cramp of the night
    was settled by a tap in the dark: it says nothing about the evening before, unless the days on
    both sides of it were logged too.
    """
    asked = np.zeros(days, dtype=bool)
    if not log.massages or not days:
        return asked
    begin = (legcare_day(log.massages[0].at, day_start) - first).days
    awake = {legcare_day(cramp.at, day_start) for cramp in log.cramps if not is_night(cramp)}
    awake |= {legcare_day(massage.at, day_start) for massage in log.massages}
    for span in log.spans:
        low, high = (span.first_day - first).days, (span.last_day - first).days + 1
        asked[max(low, 0) : max(high, 0)] = True
    asked[[number for day in awake if 0 <= (number := (day - first).days) < days]] = True
    nights = {legcare_day(cramp.at, day_start) for cramp in log.cramps}
    either = asked.copy()
    either[[number for day in nights if 0 <= (number := (day - first).days) < days]] = True
    asked[1:-1] |= either[:-2] & either[1:-1] & either[2:]
    asked[: max(begin, 0)] = False
    return asked


def since(moments: Floats, hours: Floats) -> Floats:
    """Hours since the last of ``moments`` strictly before each of ``hours`` (infinite: none yet)."""
    place = np.searchsorted(moments, hours, side="left")
    padded = np.concatenate([[-np.inf], moments])
    return np.asarray(hours - padded[place], dtype=float)
