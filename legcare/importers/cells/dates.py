"""Dates and moments as people and programs write them, in one place for every kind of file.

The order of day and month is a decision per column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from legcare.importers.cells.cell import Cell, plain_words, tidy
from legcare.importers.cells.clocks import LARGEST, clock_in
from legcare.records import Clock


class Order(StrEnum):
    """Which part of ``03/04/2026`` is the day."""

    DMY = "dmy"
    MDY = "mdy"

    @property
    def label(self) -> str:
        """How the question offers it."""
        return (
            "day first: 03/04 is 3 April" if self is Order.DMY else "month first: 03/04 is March 4"
        )


@dataclass(frozen=True)
class Settled:
    """What a column says about the order: None where it does not settle it, and why."""

    order: Order | None
    why: str
    needed: bool = True


class Moment(NamedTuple):
    """A day, its time of day if said, and the instant where the cell names a UTC offset.

    ``end`` is the end of an interval; ``remark`` says what was made of a rough time.
    """

    day: date
    clock: time | None = None
    instant: datetime | None = None
    known: Clock = Clock.EXACT
    end: time | datetime | None = None
    remark: str = ""


NO_DATE = "This is no date that can be read. Write it as 2026-05-14."
LONGEST = 100
# English, German, French, Spanish, Italian, Dutch, Portuguese, Scandinavian.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen",
            "feb fev",
            "mar maer mrz mrt maa",
            "apr avr abr",
            "may mai mag mei maj",
            "jun juin giu",
            "jul juil lug",
            "aug aou ago",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dez dic des",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = frozenset(("mardi", "martes", "sett"))
_PARTS = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})(?!\d)\.?")
_ISO = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º)?[. -]{0,3}(?:de |of )?([^\W\d_]{3,12})\.?,?[ -]{0,3}"
    r"(?:de )?(\d{4}|\d{2})(?!\d)"
)
_NAMED_US = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_WEEKDAY = re.compile(r"^[^\W\d]{2,10}[.,]{0,2} (?=\d|[^\W\d])")
_SERIAL = (20_000.0, 80_000.0)
_EPOCH = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_OFFSET = re.compile(r"^(.*\d.*?) ?\(?\b(?:GMT|UTC) ?([+-]\d{1,2})(?::?(\d{2}))?\)?(?: \(.*\))?$")
_NAME = re.compile(r"^(.*\d.*?) ?\[?\(?([A-Z]{3,4}|[A-Z][a-z]+/[A-Za-z_]+(?:/[A-Za-z_]+)?)\)?\]?$")
_HOURS = {
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_US_SCRIPT = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2}) (\d{4}) (.*)$")


def order_of(cells: Iterable[Cell]) -> Settled:
    """Whether the day or the month stands first, from every date of the column."""
    first = second = 0
    signs: set[str] = set()
    for text in dict.fromkeys(cell.strip()[:30] for cell in cells if isinstance(cell, str)):
        said = tidy(text)
        found = None if _ISO.match(said) else _PARTS.match(_WEEKDAY.sub("", said))
        if found:
            first, second = max(first, int(found[1])), max(second, int(found[3]))
            signs.add(found[2])
    if not signs:
        return Settled(None, "the dates name the month or stand year first", needed=False)
    if first > 12 >= second:
        return Settled(Order.DMY, f"the first part goes up to {first}, so it is the day")
    if second > 12 >= first:
        return Settled(Order.MDY, f"the second part goes up to {second}, so it is the day")
    if signs == {"."}:
        return Settled(Order.DMY, "dates with dots are written day first")
    if first > 12:
        return Settled(None, "some rows can only be day first and others only month first")
    return Settled(None, "no date of the file has a part above 12")


@lru_cache(maxsize=4096)
def day_in(text: str, order: Order) -> tuple[date, str] | str:
    """The date at the beginning of a text and what follows it; a sentence where there is none."""
    text = text.strip()
    if text[:1].isalpha() and not month_of(text.split()[0]):
        text = _WEEKDAY.sub("", text)
    if found := _ISO.match(text):
        parts = (int(found[1]), int(found[3]), int(found[4]))
    elif found := _PARTS.match(text):
        one, two = int(found[1]), int(found[3])
        month, day = (two, one) if order is Order.DMY else (one, two)
        parts = (_year(found[4]), month, day)
    elif found := _COMPACT.match(text):
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif (found := _NAMED.match(text)) and (named := month_of(found[2])):
        parts = (_year(found[3]), named, int(found[1]))
    elif (found := _NAMED_US.match(text)) and (named := month_of(found[1])):
        parts = (int(found[3]), named, int(found[2]))
    else:
        return NO_DATE
    try:
        return date(*parts), text[found.end() :].strip(" ,T")
    except ValueError:
        return "There is no such day in the calendar. Write it as 2026-05-14."


def month_of(word: str) -> int | None:
    """The month that a word or its short form names, or nothing."""
    word = plain_words(word)
    if word in _WEEKDAYS:
        return None
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def moment_in(cell: Cell, order: Order, *, epoch_1904: bool = False) -> Moment | str:
    """Day, time of day (if said) and, where the cell names its UTC offset, the instant.

    Else a sentence.
    """
    if isinstance(cell, str):
        return _moment_in_text(cell, order, epoch_1904)
    if isinstance(cell, datetime):
        return Moment(cell.date(), cell.time(), cell if cell.tzinfo else None)
    if isinstance(cell, date):
        return Moment(cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) < LARGEST:
        return _counted(float(cell), epoch_1904)
    return "This is no date. Write it as 2026-05-14 03:10."


def _moment_in_text(text: str, order: Order, epoch_1904: bool) -> Moment | str:
    if text[4:5] == "-" and 16 <= len(text) < 40:
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return Moment(at.date(), at.time(), _instant(at, text))
    text = tidy(text)
    if len(text) > LONGEST:
        return NO_DATE
    begin, arrow, end = text.partition("→")
    if arrow and not isinstance(first := _moment_in_text(begin.strip(), order, epoch_1904), str):
        return first._replace(end=_end_of(end.strip(), order))
    zoned, offset = _zone_of(text)
    found = _worded(zoned, order, epoch_1904)
    if offset is None or isinstance(found, str) or found.clock is None or found.instant is not None:
        return found
    wall = datetime.combine(found.day, found.clock)
    at = wall.replace(tzinfo=offset)
    return found._replace(instant=at if offset is UTC else at.replace(tzinfo=_fixed(at)))


def _worded(text: str, order: Order, epoch_1904: bool) -> Moment | str:
    if script := _US_SCRIPT.match(text):
        text = f"{script[1]}, {script[2]} {script[3]}"
    head, _, clocked = text.partition(" ")
    if clocked and not isinstance(first := day_in(head, order), str) and not first[1]:
        found: tuple[date, str] | str = (first[0], clocked.strip())
    else:
        found = day_in(text, order)
    if isinstance(found, str):
        number = text.replace(",", ".")
        plain = number.replace(".", "", 1).isdecimal() and len(number) < 20
        counted = _counted(float(number), epoch_1904) if plain else found
        return found if isinstance(counted, str) else counted
    return _clocked(*found)


def _clocked(day: date, rest: str) -> Moment | str:
    """A day with what stands behind it: nothing, a time of day, or a time with its offset."""
    if not rest:
        return Moment(day)
    clock = clock_in(rest)
    if not isinstance(clock, str):
        moved = day + timedelta(days=clock.days)
        timed = clock.at if clock.known.timed else None
        return Moment(moved, timed, None, clock.known, clock.end, clock.remark)
    try:
        at = datetime.fromisoformat(f"{day.isoformat()}T{rest.replace(' ', '')}")
    except ValueError:
        return clock
    return Moment(at.date(), at.time(), _instant(at, rest))


def _end_of(text: str, order: Order) -> time | datetime | None:
    clock = clock_in(_zone_of(text)[0])
    if not isinstance(clock, str):
        return clock.at
    moment = _moment_in_text(text, order, False)
    if isinstance(moment, str) or moment.clock is None:
        return None
    return moment.instant or datetime.combine(moment.day, moment.clock)


def _zone_of(text: str) -> tuple[str, timezone | ZoneInfo | None]:
    """A text without the zone that is named behind it, and that zone."""
    if found := _OFFSET.match(text):
        hours, minutes = int(found[2]), int(found[3] or 0)
        if abs(hours) <= 14:
            offset = timedelta(hours=hours, minutes=-minutes if found[2][0] == "-" else minutes)
            return found[1].strip(" ("), timezone(offset, "said")
    if found := _NAME.match(text):
        if found[2] in _HOURS:
            hours = _HOURS[found[2]]
            return found[1].strip(), timezone(timedelta(hours=hours), "said") if hours else UTC
        if "/" in found[2]:
            try:
                return found[1].strip(" ["), ZoneInfo(found[2])
            except (KeyError, ValueError, OSError):
                pass
    return text, None


def _fixed(at: datetime) -> timezone:
    return timezone(at.utcoffset() or timedelta(), "said")


def _instant(at: datetime, text: str) -> datetime | None:
    """The instant.

    "Z" stays UTC, for programs write it wherever they are, and "+00:00" is an offset that was
    meant.
    """
    offset = at.utcoffset()
    if offset is None:
        return None
    return at if text.rstrip()[-1:] in "Zz" else at.replace(tzinfo=timezone(offset, "said"))


def _counted(number: float, epoch_1904: bool) -> Moment | str:
    """The moment that a spreadsheet's day count or a count of seconds since 1970 means."""
    if _SERIAL[0] <= number <= _SERIAL[1]:
        at = _EPOCH[epoch_1904] + timedelta(seconds=round(number * 86400))
        return Moment(at.date(), None if number == int(number) else at.time())
    for scale in (1, 1000):
        if 6e8 <= number / scale <= 4.2e9:
            at = datetime.fromtimestamp(number // scale, UTC)
            return Moment(at.date(), at.time(), at)
    return (
        "This number is no date that a spreadsheet counts. Format the column as a date and save it"
        " again."
    )
