"""The shapes in which people lay out a sheet, brought to one row per entry under one row of names.

Several tables on one sheet (under or beside each other), dates across, a calendar of marks, dates
as headings between the rows, two rows of names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from legcare.importers.cells.cell import Cell, missing, plain_words
from legcare.importers.cells.dates import Order, moment_in, month_of
from legcare.importers.cells.words import known_name

Rows = Sequence[tuple[int, Sequence[Cell]]]
LOOK = 400
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?!\d)")


class Block(NamedTuple):
    """One table of a sheet: its rows with their lines, and the title that stood above it."""

    rows: Rows
    title: str = ""
    notes: tuple[str, ...] = ()
    above: Rows = ()


def blocks(rows: Rows, title: str = "") -> list[Block]:
    """The tables of a sheet; one where it holds only one."""
    found: list[Block] = []
    for lower in _under(rows):
        for part in _beside(lower):
            found.append(_reshaped(part, part.title or title))
    return found


def dated(cell: Cell) -> bool:
    """Whether a cell is a date, or begins with one."""
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or not any(sign.isdigit() for sign in cell[:20]):
        return False
    if cell.strip().isdecimal():
        return len(cell.strip()) == 8 and not isinstance(moment_in(cell, Order.DMY), str)
    if cell.replace(".", "", 1).replace(",", "", 1).strip().isdecimal():
        return False
    return any(not isinstance(moment_in(cell, order), str) for order in Order)


def filled(cells: Sequence[Cell]) -> int:
    """How many cells say something."""
    return sum(not missing(cell) for cell in cells)


def named(cells: Sequence[Cell], widest: int = 0) -> bool:
    """Whether a row reads like names: words without a date, most of them different."""
    held = [cell for cell in cells if not missing(cell)]
    if len(held) < max(1, 0.5 * widest) or any(dated(cell) for cell in held):
        return False
    wordy = sum(isinstance(cell, str) and any(s.isalpha() for s in cell) for cell in held)
    different = len({str(cell) for cell in held})
    return wordy >= 0.6 * len(held) and different >= 0.6 * len(held)


def _data(cells: Sequence[Cell]) -> bool:
    return any(dated(cell) or isinstance(cell, (int, float)) for cell in cells) or any(
        isinstance(cell, str) and cell.strip().replace(",", "").replace(".", "").isdecimal()
        for cell in cells
    )


def _under(rows: Rows) -> list[Block]:
    """Tables one under another: each begins with names behind a blank row or a title."""
    starts: list[tuple[int, str]] = []
    held = False
    for place, (_, cells) in enumerate(rows):
        count = filled(cells)
        following = rows[place + 1][1] if place + 1 < len(rows) else ()
        fresh = (
            count >= 2
            and (not held or _apart(rows, place))
            and named(cells)
            and filled(following) >= 2
            and _data(following)
        )
        if fresh:
            lone = rows[place - 1][1] if place else ()
            title = next((str(c) for c in lone if not missing(c)), "") if filled(lone) == 1 else ""
            starts.append((place, title[:80]))
            held = True
    if len(starts) < 2:
        return [_lower(rows, starts[0][0])] if starts else [Block(rows)]
    ends = [place - bool(title) for place, title in starts[1:]] + [len(rows)]
    first = starts[0][0] - bool(starts[0][1])
    begins = [0 if first <= 3 else starts[0][0], *(place for place, _ in starts[1:])]
    found = [
        Block(rows[begin:end], title)
        for begin, end, (_, title) in zip(begins, ends, starts, strict=True)
    ]
    if found[0].title:
        found[0] = Block(rows[starts[0][0] : ends[0]], found[0].title)
    return found


def _lower(rows: Rows, place: int) -> Block:
    """The one table of a sheet; what stands above it, apart, is no part of it."""
    if place == 0 or not _apart(rows, place) or not any(filled(c) > 1 for _, c in rows[:place]):
        return Block(rows)
    return Block(rows[place:], above=rows[:place])


def _apart(rows: Rows, place: int) -> bool:
    """Whether a blank row, or one with a title alone, stands above: in lines or in the file."""
    before = rows[place - 1]
    return rows[place][0] - before[0] > 1 or filled(before[1]) <= 1


def _beside(block: Block) -> list[Block]:
    """Tables side by side: parted by an empty column, each with dates of its own."""
    width = max((len(cells) for _, cells in block.rows), default=0)
    full = [any(k < len(c) and not missing(c[k]) for _, c in block.rows) for k in range(width)]
    spans: list[tuple[int, int]] = []
    for column, is_full in enumerate(full):
        if is_full and spans and spans[-1][1] == column:
            spans[-1] = (spans[-1][0], column + 1)
        elif is_full:
            spans.append((column, column + 1))
    joined: list[tuple[int, int]] = []
    for begin, end in spans:
        own = end - begin >= 2 and _own_dates(block.rows, begin, end)
        if joined and not own:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    if len(joined) < 2 or not _own_dates(block.rows, *joined[0]):
        return [block]
    return [_cut(block, begin, end) for begin, end in joined]


def _own_dates(rows: Rows, begin: int, end: int) -> bool:
    for column in range(begin, end):
        held = [c[column] for _, c in rows[:LOOK] if column < len(c) and not missing(c[column])]
        dates = sum(dated(cell) for cell in held)
        if dates and dates >= 0.6 * (len(held) - 1) and not dated(held[0]):
            return True
    return False


def _cut(block: Block, begin: int, end: int) -> Block:
    rows = [(line, cells[begin:end]) for line, cells in block.rows if filled(cells[begin:end])]
    title = block.title
    if len(rows) > 1 and filled(rows[0][1]) == 1 and named(rows[1][1]):
        title = next(str(cell) for cell in rows[0][1] if not missing(cell))[:80]
        rows = rows[1:]
    return Block(rows, title, ("Several tables stand side by side: each is read by itself.",))


def _reshaped(block: Block, title: str) -> Block:
    shapes: tuple[Callable[[Rows, str], Rows | None], ...] = (_across, _calendar, _headings)
    notes = (
        "The dates stand in a row across: each is read as a row.",
        "The sheet is a calendar: each marked day is read as a row.",
        "Dates stand as headings between the rows: each row has the date above it.",
    )
    for shape, note in zip(shapes, notes, strict=True):
        if (rows := shape(block.rows, title)) is not None:
            return Block(rows, title, (*block.notes, note), block.above)
    return block._replace(title=title)


def _across(rows: Rows, title: str) -> Rows | None:
    """Dates in the first row, what was noted in the first column."""
    place = next((n for n, (_, cells) in enumerate(rows[:10]) if filled(cells) >= 3), None)
    if place is None or len(rows) < place + 2:
        return None
    head = rows[place][1]
    dates = [k for k, cell in enumerate(head) if k and dated(cell)]
    below = [cells for _, cells in rows[place + 1 :] if filled(cells)]
    firsts = [cells[0] for cells in below if cells and not missing(cells[0])]
    if dated(head[0]) or len(dates) < 3 or len(dates) < 0.8 * (filled(head[1:]) or 1):
        return None
    if not firsts or any(dated(cell) for cell in firsts):
        return None
    names: list[Cell] = ["Date", *(cells[0] if cells else "" for cells in below)]
    line = rows[place][0]
    turned = [
        (line, [head[k], *(cells[k] if k < len(cells) else None for cells in below)]) for k in dates
    ]
    return [(line, names), *((n, row) for n, row in turned if filled(row) > 1)]


def _calendar(rows: Rows, title: str) -> Rows | None:
    """Months by days: one side counts 1 to 31, the other names months."""
    for place, (line, cells) in enumerate(rows[:6]):
        days = {k: day for k, cell in enumerate(cells) if (day := _day_number(cell))}
        if len(days) >= 28 and sorted(days.values()) == list(range(1, len(days) + 1)):
            marks = _by_month(rows[place + 1 :], days)
            return _marked(marks, title, line)
        months = {k: cell for k, cell in enumerate(cells) if k and _month_cell(cell)}
        if len(months) >= 2 and len(months) == filled(cells[1:]):
            marks = _by_day(rows[place + 1 :], months)
            return _marked(marks, title, line) if marks else None
    return None


Mark = tuple[int, str, int, Cell]


def _by_month(rows: Rows, days: dict[int, int]) -> list[Mark]:
    found: list[Mark] = []
    for line, cells in rows:
        month = next((str(c) for c in cells[:2] if not missing(c) and _month_cell(c)), "")
        if month:
            found += [
                (line, month, day, cells[k])
                for k, day in days.items()
                if k < len(cells) and not missing(cells[k])
            ]
    return found


def _by_day(rows: Rows, months: dict[int, Cell]) -> list[Mark]:
    found: list[Mark] = []
    for line, cells in rows:
        day = _day_number(cells[0]) if cells else None
        if day is None:
            return [] if filled(cells) > 1 else found
        found += [
            (line, str(month), day, cells[k])
            for k, month in months.items()
            if k < len(cells) and not missing(cells[k])
        ]
    return found


def _marked(marks: list[Mark], title: str, line: int) -> Rows | None:
    """Rows of date and mark; where no year is written, the day stays as it is written."""
    year = next(iter(_YEAR.findall(title)), "")
    name = "Massage" if "massage" in title.casefold() else "Cramps"
    rows: list[tuple[int, Sequence[Cell]]] = [(line, ["Date", name])]
    for at, month, day, mark in marks:
        said = next(iter(_YEAR.findall(month)), year)
        number = month_of(re.sub(r"[\d./-]", " ", month).split()[0])
        rows.append((at, [f"{said}-{number:02}-{day:02}" if said else f"{day} {month}", mark]))
    return rows if len(rows) > 1 else None


def _day_number(cell: Cell) -> int | None:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    text = text.removesuffix(".")
    return int(text) if text.isdecimal() and len(text) < 3 and 1 <= int(text) <= 31 else None


def _month_cell(cell: Cell) -> bool:
    if not isinstance(cell, str) or len(cell) > 20 or not cell.strip()[:1].isalpha():
        return False
    words = re.sub(r"[\d./-]", " ", cell).split()
    return len(words) == 1 and len(words[0]) >= 3 and month_of(words[0]) is not None


def _headings(rows: Rows, title: str) -> Rows | None:
    """Rows that hold a date alone are the date of the rows under them."""
    alone = [n for n, (_, cells) in enumerate(rows) if filled(cells) == 1 and _lone_date(cells)]
    if not alone or len(alone) == sum(filled(cells) > 0 for _, cells in rows):
        return None
    others = [cells for n, (_, cells) in enumerate(rows) if n not in set(alone)]
    if any(dated(cell) for cells in others for cell in cells):
        return None
    head = next((n for n, (_, cells) in enumerate(rows[:25]) if filled(cells) > 1), None)
    if head is None:
        return None
    return list(_carried(rows, head, named(rows[head][1]), set(alone)))


def _carried(
    rows: Rows, head: int, has_names: bool, alone: set[int]
) -> Iterator[tuple[int, Sequence[Cell]]]:
    day: Cell = None
    if has_names:
        yield rows[head][0], ["Date", *rows[head][1]]
    for place, (line, cells) in enumerate(rows):
        if place in alone:
            day = next(cell for cell in cells if not missing(cell))
        elif not (has_names and place == head):
            yield line, [day, *cells]


def _lone_date(cells: Sequence[Cell]) -> bool:
    cell = next(cell for cell in cells if not missing(cell))
    if isinstance(cell, datetime):
        return True
    return dated(cell) and ":" not in str(cell)


def joined_names(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    """Names of two rows: the lower where it is known by itself, else both; an upper one spans."""
    spread: list[str] = []
    for cell in upper:
        spread.append(
            spread[-1] if missing(cell) and spread else "" if missing(cell) else str(cell)
        )
    spread += [spread[-1] if spread else ""] * (len(lower) - len(spread))
    found: list[Cell] = []
    for above, cell in zip(spread, lower, strict=False):
        name = "" if missing(cell) else str(cell).strip()
        found.append(name if known_name(name) else f"{above} {name}".strip())
    return found


def two_rows(rows: Rows, place: int) -> bool:
    """Whether the row under the names is a second row of names."""
    if place + 2 >= len(rows):
        return False
    upper, lower, body = (rows[place + n][1] for n in range(3))
    known = sum(known_name(plain_words(str(cell))) for cell in lower if not missing(cell))
    return (
        named(lower)
        and filled(upper) < filled(lower)
        and known >= 2
        and any(dated(cell) for cell in body)
    )
