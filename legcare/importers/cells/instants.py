"""Times as files write them: instants moved to the person's zone, naive times read in it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from legcare.errors import BadTime
from legcare.records import fixed, in_zone

NOON = time(12, 0)
NO_TIME = "The file gives no time of day; 12:00 stands for it."
T = TypeVar("T", date, datetime)
_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 30)


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    """An instant as read on a clock in ``zone``. Raises ``BadTime`` for one outside all reason."""
    try:
        moved = fixed(instant.astimezone(zone).replace(microsecond=0))
    except (OverflowError, ValueError) as error:
        raise BadTime(f"{instant.isoformat()} lies outside the years 1900 to 2200.") from error
    return _plausible(moved)


def wall(naive: datetime, zone: ZoneInfo) -> datetime:
    """A naive time as read in ``zone``.

    In the hour that the clocks skipped, an hour later, as a phone would show.
    """
    naive = _plausible(naive.replace(microsecond=0))
    try:
        return in_zone(naive, zone)
    except BadTime:
        return in_zone(naive + timedelta(hours=1), zone)


def from_millis(millis: float, zone: ZoneInfo) -> datetime:
    """Milliseconds since 1970 in UTC as read on a clock in ``zone``."""
    try:
        return local(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=float(millis)), zone)
    except (OverflowError, ValueError) as error:
        raise BadTime(f"{millis} is no time in milliseconds since 1970.") from error


def iso(text: str, zone: ZoneInfo) -> datetime:
    """An ISO 8601 time.

    With an offset an instant as it was printed, without one read in ``zone``.
    """
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadTime(f"{text[:60]!r} is no date and time like 2026-05-14T07:30:00.") from error
    return (
        wall(read, zone) if read.tzinfo is None else fixed(_plausible(read.replace(microsecond=0)))
    )


def iso_day(text: str) -> date:
    """A day written year-month-day, perhaps with a time behind it."""
    try:
        return _plausible(date.fromisoformat(text.strip()[:10]))
    except ValueError as error:
        raise BadTime(f"{text[:60]!r} is no date like 2026-05-14.") from error


def by_pattern(text: str, *patterns: str) -> datetime:
    """A naive time by the first of ``strptime``'s patterns that fits.

    Raises ``BadTime`` where none does.
    """
    said = re.sub(r"[\s\u202f\u00a0]+", " ", text).strip()
    for pattern in patterns:
        try:
            return _plausible(datetime.strptime(said, pattern))
        except ValueError:
            continue
    raise BadTime(f"{said[:60]!r} is no date that this format writes.")


def clock(text: str) -> time:
    """A time of day: ``18:52``, ``6:50 pm``, ``10:04AM``."""
    patterns = ("%I:%M %p", "%I:%M%p", "%H:%M", "%H:%M:%S", "%I:%M:%S %p")
    return by_pattern("2000-01-01 " + text, *(f"%Y-%m-%d {pattern}" for pattern in patterns)).time()


def hours(text: str) -> float | None:
    """A duration ``H:MM`` or ``H:MM:SS`` in hours; None where it is none."""
    found = re.fullmatch(r"\s*(\d{1,3}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*", text)
    if found is None:
        return None
    whole, minutes, seconds = (int(part or 0) for part in found.groups())
    return whole + minutes / 60 + seconds / 3600


def _plausible(moment: T) -> T:
    day = moment.date() if isinstance(moment, datetime) else moment
    if not _FIRST <= day <= _LAST:
        raise BadTime(f"{day} lies outside the years 1900 to 2200.")
    return moment


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen",
            "feb fev fév",
            "mar mär mrt mär maa",
            "apr avr abr",
            "may mai mag mei maj",
            "jun juin giu",
            "jul juil lug",
            "aug aoû aou ago",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec déc dez dic",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMED = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|\.|º)?\s+(?:de\s+)?)?"
    r"(?P<month>[^\W\d_]{3,})\.?,?\s+(?:de\s+)?"
    r"(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?,\s*)?(?P<year>\d{4})(?P<rest>.*)"
)
_DOTTED = re.compile(r"(?P<d1>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?P<rest>.*)")
_CLOCK = re.compile(
    r"[,\s]*(?:um |à |at )?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE
)


def in_words(text: str) -> datetime:
    """A naive time as people write it in many languages.

    ``Sep 12, 2018, 3:02:23 PM``, ``24 août 2024, 10:47:26``.

    Also ``09.12.2022, 15:24:49`` (day first) and ``2018-09-12 15:02:23``. Raises ``BadTime`` for
    anything else.
    """
    said = re.sub(r"[\s\u202f\u00a0]+", " ", text).strip()
    if re.match(r"\d{4}-\d{2}-\d{2}", said):
        try:
            return _plausible(datetime.fromisoformat(said).replace(tzinfo=None))
        except ValueError as error:
            raise BadTime(f"{said[:60]!r} is no date and time.") from error
    found = _DOTTED.fullmatch(said) or _NAMED.fullmatch(said)
    if found is None:
        raise BadTime(f"{said[:60]!r} is no date and time that this format writes.")
    parts = found.groupdict()
    day, year = parts["d1"] or parts.get("d2"), parts["year"]
    try:
        naive = datetime(int(year), _month(parts["month"]), int(day or 0))
        return _plausible(naive + _since_midnight(parts["rest"]))
    except ValueError as error:
        raise BadTime(f"{said[:60]!r} is no date and time that this format writes.") from error


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    name = text.casefold()
    found = _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
    if found is None:
        raise ValueError(text)
    return found


def _since_midnight(rest: str) -> timedelta:
    if not rest.strip(" ,"):
        return timedelta()
    found = _CLOCK.fullmatch(rest.strip())
    if found is None:
        raise ValueError(rest)
    hour, minute, second, half = (
        int(found[1]),
        int(found[2]),
        int(found[3] or 0),
        (found[4] or "").casefold(),
    )
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return timedelta(hours=time(hour, minute, second).hour, minutes=minute, seconds=second)
