"""Dates and times as people and programs write them.

The order of day and month is a decision per column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache

from legcare.importers.cells.cell import Cell, missing, plain_words


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


_MONTHS = {
    name[:3]: number
    for number, names in enumerate(
        (
            "january januar janvier enero",
            "february februar fevrier feb",
            "march mars mar maerz marz marzo",
            "april avril abril",
            "may mai mayo",
            "june juin jun",
            "july juli juil jul",
            "august aout agosto",
            "september septembre septiembre",
            "october oktober octobre",
            "november novembre noviembre",
            "december dezember decembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTHS |= {
    "juin": 6,
    "juil": 7,
    "ene": 1,
    "mrz": 3,
    "mae": 3,
    "fev": 2,
    "avr": 4,
    "abr": 4,
    "ago": 8,
    "dic": 12,
}
_PARTS = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})(?!\d)\.?")
_ISO = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)?[.\s-]*(?:de |of )?([^\W\d_]{3,})\.?,?[\s-]*(?:de"
    r" )?(\d{4}|\d{2})(?!\d)"
)
_NAMED_US = re.compile(r"([^\W\d_]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_WEEKDAY = re.compile(r"^[^\W\d]{2,10}[.,]*,? +(?=\d)")
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h"
    r" ](\d{2}))?(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(?:h|uhr|hrs?|o'clock)?\s*([ap])?\.?\s?m?\.?$",
    re.IGNORECASE,
)
LARGEST = 1e15
_AT = re.compile(r"^(?:at|um|à|a las?) ", re.IGNORECASE)
_SERIAL = (20_000.0, 80_000.0)
_EPOCH = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


def order_of(cells: Iterable[Cell]) -> Settled:
    """Whether the day or the month stands first, from every date of the column."""
    first = second = 0
    signs: set[str] = set()
    for text in dict.fromkeys(cell.strip()[:24] for cell in cells if isinstance(cell, str)):
        found = None if _ISO.match(text) else _PARTS.match(_WEEKDAY.sub("", text))
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
    if text[:1].isalpha() and not _month(text.split()[0]):
        text = _WEEKDAY.sub("", text)
    if found := _ISO.match(text):
        parts = (int(found[1]), int(found[3]), int(found[4]))
    elif found := _PARTS.match(text):
        one, two = int(found[1]), int(found[3])
        month, day = (two, one) if order is Order.DMY else (one, two)
        parts = (_year(found[4]), month, day)
    elif found := _COMPACT.match(text):
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif (found := _NAMED.match(text)) and (named := _month(found[2])):
        parts = (_year(found[3]), named, int(found[1]))
    elif (found := _NAMED_US.match(text)) and (named := _month(found[1])):
        parts = (int(found[3]), named, int(found[2]))
    else:
        return "This is no date that can be read. Write it as 2026-05-14."
    try:
        return date(*parts), text[found.end() :].strip(" ,T")
    except ValueError:
        return "There is no such day in the calendar. Write it as 2026-05-14."


def _month(word: str) -> int | None:
    word = plain_words(word)
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


@lru_cache(maxsize=4096)
def clock_in(text: str) -> time | str:
    """A time of day in 24 or 12 hours; a sentence where it is none."""
    text = _AT.sub("", text.strip())
    if len(text) in (3, 4) and text.isdecimal():
        text = f"{text[:-2]}:{text[-2:]}"
    found = _CLOCK.match(text)
    if not found:
        return "This is no time of day that can be read. Write it as 03:10 or 3:10 am."
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    half = (found[4] or "").casefold()
    if half and not 1 <= hour <= 12:
        return "A time with am or pm has an hour from 1 to 12. Write it as 03:10."
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return "There is no such time of day. Write it as 03:10."


Moment = tuple[date, time | None, datetime | None]


def moment_in(cell: Cell, order: Order, *, epoch_1904: bool = False) -> Moment | str:
    """Day, time of day (if said) and, where the cell names its UTC offset, the instant.

    Else a sentence.
    """
    if isinstance(cell, str):
        return _moment_in_text(cell, order, epoch_1904)
    if isinstance(cell, datetime):
        return (cell.date(), cell.time(), cell if cell.tzinfo else None)
    if isinstance(cell, date):
        return cell, None, None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) < LARGEST:
        return _counted(float(cell), epoch_1904)
    return "This is no date. Write it as 2026-05-14 03:10."


def _moment_in_text(text: str, order: Order, epoch_1904: bool) -> Moment | str:
    if text[4:5] == "-" and len(text) >= 16:
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return at.date(), at.time(), _said(at, text)
    head, _, clocked = text.partition(" ")
    if clocked and not isinstance(first := day_in(head, order), str) and not first[1]:
        found: tuple[date, str] | str = (first[0], clocked.strip())
    else:
        found = day_in(text, order)
    if isinstance(found, str):
        number = text.strip().replace(",", ".")
        counted = (
            _counted(float(number), epoch_1904) if number.replace(".", "", 1).isdecimal() else found
        )
        return found if isinstance(counted, str) else counted
    day, rest = found
    if not rest:
        return day, None, None
    clock = clock_in(rest)
    if isinstance(clock, time):
        return day, clock, None
    try:
        at = datetime.fromisoformat(f"{day.isoformat()}T{rest.replace(' ', '')}")
    except ValueError:
        return clock
    return at.date(), at.time(), _said(at, rest)


def _said(at: datetime, text: str) -> datetime | None:
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
        return at.date(), None if number == int(number) else at.time(), None
    for scale in (1, 1000):
        if 6e8 <= number / scale <= 4.2e9:
            at = datetime.fromtimestamp(number // scale, UTC)
            return at.date(), at.time(), at
    return (
        "This number is no date that a spreadsheet counts. Format the column as a date and save it"
        " again."
    )


def clock_of(cell: Cell) -> time | str | None:
    """A cell of a column of times; None where it is empty."""
    if missing(cell):
        return None
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, timedelta):
        return (
            (datetime.min + cell).time()
            if timedelta() <= cell < timedelta(days=1)
            else "There is no such time."
        )
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if 0 <= cell < 1 and cell != 0:
            return (datetime.min + timedelta(seconds=round(cell * 86400))).time()
        return clock_in(str(int(cell)) if 0 <= cell < LARGEST else "")
    return clock_in(str(cell))
