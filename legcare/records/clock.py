"""Wall-clock time.

The time the person saw, kept exactly across daylight-saving changes and journeys.

An instant is kept as UTC plus the UTC offset at that place and time. A fixed offset is enough to
give the wall-clock time back; the zone's name is needed only when a naive time is read for the
first time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from legcare.errors import BadTime

DAY_START = time(6, 0)


def fixed(at: datetime) -> datetime:
    """The same instant and wall-clock time, carried by a fixed UTC offset instead of a zone.

    Raises ``BadTime`` for a naive datetime: without an offset it is not an instant.
    """
    offset = at.utcoffset()
    if offset is None:
        raise BadTime(
            f"The time {at:%Y-%m-%d %H:%M} has no time zone; say in which zone it was written."
        )
    return at.replace(tzinfo=_carrier(offset), fold=0)


@lru_cache(maxsize=1000)
def _carrier(offset: timedelta) -> timezone:
    """One object for each offset, not one for each of a log's moments."""
    return timezone(offset)


def in_zone(wall: datetime, zone: ZoneInfo, *, second: bool = False) -> datetime:
    """A naive wall-clock time as read on a clock in ``zone``.

    Where the clocks went back and the hour happened twice, ``second`` picks the later one. Raises
    ``BadTime`` where the clocks went forward over it, because such a time was on no clock.
    """
    aware = wall.replace(tzinfo=zone, fold=int(second))
    if aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != wall.replace(fold=0):
        raise BadTime(
            f"{wall:%Y-%m-%d %H:%M} did not exist in {zone.key}: the clocks went forward over it. "
            "Enter the time an hour later."
        )
    return fixed(aware)


def happened_twice(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks went back over this wall-clock time, so that it names two instants."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def restored(utc: datetime, offset_s: int) -> datetime:
    """The datetime that was stored as a UTC instant and an offset in seconds."""
    return utc.replace(tzinfo=UTC).astimezone(_carrier(timedelta(seconds=offset_s)))


def legcare_day(at: datetime, day_start: time = DAY_START) -> date:
    """The day a moment counts for.

    From ``day_start`` to the next, by the wall clock the person saw.

    A cramp at 03:10 on Tuesday belongs to Monday; one at 09:30 to the day it happened on.
    """
    return (at.replace(tzinfo=None) - _after_midnight(day_start)).date()


@lru_cache(maxsize=100)
def _after_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)


def now() -> datetime:
    """This moment in UTC, to the second: finer is noise in a diary."""
    return datetime.now(UTC).replace(microsecond=0)
