"""The shapes in which people lay out a sheet, brought to one row per entry under one row of names.

Several tables on one sheet (under or beside each other), dates across, a calendar of marks, dates
as headings between the rows, two rows of names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from legcare.importers.cells.cell import Cell, missing, plain_words
from legcare.importers.cells.dates import Order, moment_in
from legcare.importers.cells.words import known_name
from legcare.importers.tables.calendars import calendar_rows

Rows = Sequence[tuple[int, Sequence[Cell]]]
LOOK = 400


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


def is_date(cell: Cell) -> bool:
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


def _sparse(cells: Sequence[Cell]) -> bool:
    """Whether at most one cell says something: asked of every row, so it stops at the second."""
    held = 0
    for cell in cells:
        if cell is not None and cell != "" and not missing(cell):
            held += 1
            if held > 1:
                return False
    return True


def filled_in(cells: Sequence[Cell]) -> int:
    """How many cells say something."""
    return sum(not missing(cell) for cell in cells)


def is_header(cells: Sequence[Cell], widest: int = 0) -> bool:
    """Whether a row reads like names: words without a date, most of them different."""
    held = [cell for cell in cells if not missing(cell)]
    if len(held) < max(1, 0.5 * widest) or any(is_date(cell) for cell in held):
        return False
    wordy = sum(isinstance(cell, str) and any(s.isalpha() for s in cell) for cell in held)
    different = len({str(cell) for cell in held})
    return wordy >= 0.6 * len(held) and different >= 0.6 * len(held)


def _data(cells: Sequence[Cell]) -> bool:
    return any(is_date(cell) or isinstance(cell, (int, float)) for cell in cells) or any(
        isinstance(cell, str) and cell.strip().replace(",", "").replace(".", "").isdecimal()
        for cell in cells
    )


def _under(rows: Rows) -> list[Block]:
    """Tables one under another: each begins with names behind a blank row or a title."""
    starts: list[tuple[int, str]] = []
    held = False
    for place, (_, cells) in enumerate(rows):
        if held and not _apart(rows, place):
            continue
        following = rows[place + 1][1] if place + 1 < len(rows) else ()
        fresh = (
            filled_in(cells) >= 2
            and is_header(cells)
            and filled_in(following) >= 2
            and _data(following)
        )
        if fresh:
            lone = rows[place - 1][1] if place else ()
            title = (
                next((str(c) for c in lone if not missing(c)), "") if filled_in(lone) == 1 else ""
            )
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
    if place == 0 or not _apart(rows, place) or not any(filled_in(c) > 1 for _, c in rows[:place]):
        return Block(rows)
    return Block(rows[place:], above=rows[:place])


def _apart(rows: Rows, place: int) -> bool:
    """Whether a blank row, or one with a title alone, stands above: in lines or in the file."""
    before = rows[place - 1]
    return rows[place][0] - before[0] > 1 or _sparse(before[1])


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
        dates = sum(is_date(cell) for cell in held)
        if dates and dates >= 0.6 * (len(held) - 1) and not is_date(held[0]):
            return True
    return False


def _cut(block: Block, begin: int, end: int) -> Block:
    rows = [(line, cells[begin:end]) for line, cells in block.rows if filled_in(cells[begin:end])]
    title = block.title
    if len(rows) > 1 and filled_in(rows[0][1]) == 1 and is_header(rows[1][1]):
        title = next(str(cell) for cell in rows[0][1] if not missing(cell))[:80]
        rows = rows[1:]
    return Block(rows, title, ("Several tables stand side by side: each is read by itself.",))


def _reshaped(block: Block, title: str) -> Block:
    shapes: tuple[Callable[[Rows, str], Rows | None], ...] = (_across, calendar_rows, _headings)
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
    place = next((n for n, (_, cells) in enumerate(rows[:10]) if filled_in(cells) >= 3), None)
    if place is None or len(rows) < place + 2:
        return None
    head = rows[place][1]
    dates = [k for k, cell in enumerate(head) if k and is_date(cell)]
    if is_date(head[0]) or len(dates) < 3 or len(dates) < 0.8 * (filled_in(head[1:]) or 1):
        return None
    below = [cells for _, cells in rows[place + 1 :] if filled_in(cells)]
    firsts = [cells[0] for cells in below if cells and not missing(cells[0])]
    if not firsts or any(is_date(cell) for cell in firsts):
        return None
    names: list[Cell] = ["Date", *(cells[0] if cells else "" for cells in below)]
    line = rows[place][0]
    turned = [
        (line, [head[k], *(cells[k] if k < len(cells) else None for cells in below)]) for k in dates
    ]
    return [(line, names), *((n, row) for n, row in turned if filled_in(row) > 1)]


def _headings(rows: Rows, title: str) -> Rows | None:
    """Rows that hold a date alone are the date of the rows under them."""
    sparse = [(n, cells) for n, (_, cells) in enumerate(rows) if _sparse(cells)]
    alone = [n for n, cells in sparse if filled_in(cells) == 1 and _lone_date(cells)]
    if not alone or len(alone) == sum(filled_in(cells) > 0 for _, cells in rows):
        return None
    lone = set(alone)
    others = [cells for n, (_, cells) in enumerate(rows) if n not in lone]
    if any(is_date(cell) for cells in others for cell in cells):
        return None
    head = next((n for n, (_, cells) in enumerate(rows[:25]) if filled_in(cells) > 1), None)
    if head is None:
        return None
    return list(_carried(rows, head, is_header(rows[head][1]), set(alone)))


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
    return is_date(cell) and ":" not in str(cell)


def join_names(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
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


def has_two_headers(rows: Rows, place: int) -> bool:
    """Whether the row under the names is a second row of names."""
    if place + 2 >= len(rows):
        return False
    upper, lower, body = (rows[place + n][1] for n in range(3))
    known = sum(known_name(plain_words(str(cell))) for cell in lower if not missing(cell))
    return (
        is_header(lower)
        and filled_in(upper) < filled_in(lower)
        and known >= 2
        and any(is_date(cell) for cell in body)
    )
