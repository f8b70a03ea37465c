"""A log as hours: when cramps and planned massages came, and on which days either was logged.

Hours run by the wall clock from the start of the first legcare day, so that 30.5 is half past six
hours into the second one. A change of the clocks or a journey moves a window by its hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.timeline import Flags, Floats
from legcare.records import (
    NIGHT_FROM,
    NIGHT_UNTIL,
    Clock,
    Event,
    Log,
    is_night,
    legcare_day,
    tracked_days,
)

Whole = NDArray[np.int64]
HOURS = 24
TIMED = (Clock.EXACT, Clock.ABOUT)
EARLY = (Clock.MORNING, Clock.AFTERNOON)


@dataclass(frozen=True)
class Diary:
    """What the massage question reads.

    ``first`` is the legcare day of hour 0 and ``days`` how many there are. ``cramps`` and
    ``massages`` (planned ones) are hours in order, of events whose time is known. ``night_cramps``
    and ``loose_cramps`` are the days (counted from 0) of cramps known only to the night or to the
    day; ``bed_massages`` those of planned massages known to the evening or the night,
    ``early_massages`` to the morning or afternoon, ``loose_massages`` to the day. ``tracked`` are
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
    bed_massages: Whole
    early_massages: Whole
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
            bed_massages=self.bed_massages[self.bed_massages < days],
            early_massages=self.early_massages[self.early_massages < days],
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
        untimed = (self.bed_massages, self.early_massages, self.loose_massages)
        return self.massages.size + sum(days.size for days in untimed)

    @property
    def night(self) -> tuple[float, float]:
        """Where the night (22 to 6 o'clock) begins and ends, in hours after the start of a day."""
        begins = (NIGHT_FROM - self.start) % HOURS
        return begins, min(begins + (NIGHT_UNTIL - NIGHT_FROM) % HOURS, HOURS)


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
    flags = np.zeros(days, dtype=bool)
    flags[[number for day in tracked if 0 <= (number := (day - first).days) < days]] = True
    whole = Diary(
        first=first,
        days=1 << 30,  # cut to its length below, with everything that lies past it
        start=day_start.hour + day_start.minute / 60,
        cramps=_hours(log.cramps, origin, TIMED),
        massages=_hours(planned, origin, TIMED),
        night_cramps=_days(log.cramps, origin, (Clock.NIGHT,)),
        loose_cramps=_days(log.cramps, origin, (*EARLY, Clock.EVENING, Clock.UNKNOWN)),
        bed_massages=_days(planned, origin, (Clock.EVENING, Clock.NIGHT)),
        early_massages=_days(planned, origin, EARLY),
        loose_massages=_days(planned, origin, (Clock.UNKNOWN,)),
        tracked=flags,
        asked=_asked(log, day_start, first, days),
        relief=len(log.massages) - len(planned),
    )
    return whole.until(days)


_DAY = timedelta(days=1)


def _hours(events: Sequence[Event], origin: datetime, clocks: tuple[Clock, ...]) -> Floats:
    """Wall-clock hours from ``origin`` of the events whose time is known in one of these ways."""
    hours = [
        (event.at.replace(tzinfo=None) - origin).total_seconds() / 3600
        for event in events
        if event.clock in clocks
    ]
    return np.sort(np.array(hours, dtype=float))


def _days(events: Sequence[Event], origin: datetime, clocks: tuple[Clock, ...]) -> Whole:
    return (_hours(events, origin, clocks) // HOURS).astype(np.int64)


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
    """Hours since the last of ``moments`` before each of ``hours`` (infinite: none yet)."""
    place = np.searchsorted(moments, hours, side="left")
    padded = np.concatenate([[-np.inf], moments])
    return np.asarray(hours - padded[place], dtype=float)
