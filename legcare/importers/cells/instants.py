"""Times as programs write them: instants moved to the person's zone, naive times read in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from legcare.errors import BadTime
from legcare.importers.cells.clocks import clock_in
from legcare.importers.cells.dates import Order, moment_in, order_of
from legcare.records import fixed, happened_twice, in_zone

NO_TIME = "The file gives no time of day: it is kept as unknown."
TWICE = "The clocks went back over this time, so it happened twice; the first of the two is kept."
SKIPPED = "The clocks went forward over this time: it is kept an hour later."
T = TypeVar("T", date, datetime)
_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 30)


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    """An instant as read on a clock in ``zone``. Raises ``BadTime`` for one outside all reason."""
    try:
        moved = fixed(instant.astimezone(zone).replace(microsecond=0))
    except (OverflowError, ValueError) as error:
        raise BadTime(f"{instant.isoformat()} lies outside the years 1900 to 2200.") from error
    return _plausible(moved)


def wall(naive: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """A naive time as read in ``zone``, with what had to be assumed.

    In the hour that the clocks skipped, an hour later, as a phone would show; of one that happened
    twice, the first.
    """
    naive = _plausible(naive.replace(microsecond=0))
    try:
        return in_zone(naive, zone), TWICE if happened_twice(naive, zone) else ""
    except BadTime:
        return in_zone(naive + timedelta(hours=1), zone), SKIPPED


def from_millis(millis: float, zone: ZoneInfo) -> datetime:
    """Milliseconds since 1970 in UTC as read on a clock in ``zone``."""
    try:
        return local(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=float(millis)), zone)
    except (OverflowError, ValueError) as error:
        raise BadTime(f"{millis} is no time in milliseconds since 1970.") from error


def iso_parts(text: str) -> datetime:
    """An ISO 8601 time to the second, with a fixed offset where it names one."""
    try:
        read = datetime.fromisoformat(text.strip()).replace(microsecond=0)
    except ValueError as error:
        raise BadTime(f"{text[:60]!r} is no date and time like 2026-05-14T07:30:00.") from error
    return _plausible(read if read.tzinfo is None else fixed(read))


def iso_day(text: str) -> date:
    """A day written year-month-day, perhaps with a time behind it."""
    try:
        return _plausible(date.fromisoformat(text.strip()[:10]))
    except ValueError as error:
        raise BadTime(f"{text[:60]!r} is no date like 2026-05-14.") from error


def printed_time(text: str, order: Order | None = None) -> datetime:
    """A naive time as a program prints it in any language; midnight where it gives only the day.

    Raises ``BadTime`` for anything else, and for 12/05/2024 where nobody knows the order.
    """
    settled = order_of([text])
    if order is None and settled.needed and settled.order is None:
        raise BadTime(f"{text.strip()[:60]!r} is no date of which the day is known.")
    found = moment_in(text.strip(), order or settled.order or Order.DMY)
    if isinstance(found, str):
        raise BadTime(found)
    at = (found.instant or datetime.combine(found.day, found.clock or time())).replace(tzinfo=None)
    return _plausible(at)


def clock(text: str) -> time:
    """A time of day that a program writes: ``18:52``, ``6:50 pm``, ``10:04AM``."""
    found = clock_in(text)
    if isinstance(found, str):
        raise BadTime(found)
    return found.at


def _plausible(moment: T) -> T:
    day = moment.date() if isinstance(moment, datetime) else moment
    if not _FIRST <= day <= _LAST:
        raise BadTime(f"{day} lies outside the years 1900 to 2200.")
    return moment
