"""What a log says about a day before anything is counted: tracked, logged by day, at night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from legcare.records.clock import legcare_day
from legcare.records.enums import Clock, Context
from legcare.records.log import Log
from legcare.records.models import Cramp, TrackedSpan

NIGHT_FROM, NIGHT_UNTIL = 22, 6


def is_night(cramp: Cramp) -> bool | None:
    """Whether a cramp was a night cramp; None where nothing tells.

    In bed, or it woke the person, or, where neither is known, by the clock: a time that was read,
    or "at night". A part of the day is no night, an unknown time is neither.

    By the clock, night is 22:00 to 06:00 whatever the day start: a person who starts their day at
    noon to keep long nights whole does not cramp "at night" at eleven in the morning.
    """
    if cramp.context is not None:
        return cramp.context is Context.IN_BED
    if cramp.woke_me is not None:
        return cramp.woke_me
    if not cramp.clock.timed:
        return None if cramp.clock is Clock.UNKNOWN else cramp.clock is Clock.NIGHT
    return cramp.at.hour >= NIGHT_FROM or cramp.at.hour < NIGHT_UNTIL


def tracked_days(log: Log, *, day_start: time) -> set[date]:
    """Days on which no cramp means no cramp.

    In a tracked span, ticked "no cramps", or holding a cramp.
    """
    days = {legcare_day(cramp.at, day_start) for cramp in log.cramps}
    for span in log.spans:
        days.update(days_of(span))
    return days


def logging_days(log: Log, *, day_start: time) -> set[date]:
    """Days on which the person was logging more than a cramp at night.

    In a tracked span, or with a cramp by day, a planned massage, a workout or a reading typed in. A
    lone tap at night says nothing about massages.
    """
    by_day = [cramp for cramp in log.cramps if not is_night(cramp)]
    planned = [massage for massage in log.massages if massage.planned]
    held = {legcare_day(event.at, day_start) for event in (*by_day, *planned, *log.workouts)}
    held |= {reading.day for reading in log.readings if reading.source == "entered"}
    return held | {day for span in log.spans for day in days_of(span)}


def days_of(span: TrackedSpan) -> Iterator[date]:
    """Every day of a span, both ends included."""
    for step in range((span.last_day - span.first_day).days + 1):
        yield span.first_day + timedelta(days=step)


def because_of_cramps(log: Log) -> dict[str, list[datetime]]:
    """By factor, the days (at midnight) on which the person did it because they had cramped."""
    held: dict[str, list[datetime]] = defaultdict(list)
    for reading in log.readings:
        if reading.because_of_cramp:
            held[reading.factor].append(datetime.combine(reading.day, time()))
    return held
