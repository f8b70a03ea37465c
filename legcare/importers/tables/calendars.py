"""Sheets that are calendars: months by days, with a mark where something happened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from legcare.importers.cells.cell import Cell, missing
from legcare.importers.cells.dates import month_of

Rows = Sequence[tuple[int, Sequence[Cell]]]

_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?!\d)")


def calendar_rows(rows: Rows, title: str) -> Rows | None:
    """Months by days: one side counts 1 to 31, the other names months."""
    for place, (line, cells) in enumerate(rows[:6]):
        days = {k: day for k, cell in enumerate(cells) if (day := _day_number(cell))}
        if len(days) >= 28 and sorted(days.values()) == list(range(1, len(days) + 1)):
            marks = _by_month(rows[place + 1 :], days)
            return _marked(marks, f"{title} {cells[0]}", line)
        months = {k: cell for k, cell in enumerate(cells) if k and _month_cell(cell)}
        if len(months) >= 2 and len(months) == sum(not missing(cell) for cell in cells[1:]):
            marks = _by_day(rows[place + 1 :], months)
            return _marked(marks, f"{title} {cells[0]}", line) if marks else None
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
            return [] if sum(not missing(cell) for cell in cells) > 1 else found
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
