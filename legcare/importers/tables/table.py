"""A table as it stood in a file: names, cells and the line that each row came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from legcare.importers.cells.cell import Cell, letter, missing
from legcare.importers.result import Problem
from legcare.importers.tables.shapes import (
    Rows,
    blocks,
    filled_in,
    has_two_headers,
    is_date,
    is_header,
    join_names,
)
from legcare.records import imported_id

MOST_COLUMNS = 1_000
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Table:
    """One table of a file.

    ``columns[k][i]`` is the cell of row ``i`` under ``names[k]``; ``lines[i]`` its line.

    Names may repeat. ``problems`` tells what of the file is outside the table; ``epoch_1904`` says
    from where a workbook counts its days; ``separator`` is what parted the cells of a text file.
    """

    file: str
    names: tuple[str, ...]
    columns: tuple[tuple[Cell, ...], ...]
    lines: Sequence[int]
    sheet: str = ""
    problems: tuple[Problem, ...] = ()
    epoch_1904: bool = False
    separator: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def place(self) -> str:
        """File and sheet, as problems name it."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.lines)

    def picked(self, rows: Sequence[int]) -> Table:
        """The table with only these rows, some perhaps more than once."""
        columns = tuple(tuple(cells[row] for row in rows) for cells in self.columns)
        return replace(self, columns=columns, lines=[self.lines[row] for row in rows])

    def with_column(self, column: int, cells: Sequence[Cell]) -> Table:
        """The table with other cells in one column."""
        columns = tuple(tuple(cells) if k == column else old for k, old in enumerate(self.columns))
        return replace(self, columns=columns)

    def title(self, column: int) -> str:
        """The column's name.

        With its number where names repeat, and its letter where there is none.
        """
        name = self.names[column].strip()
        if not name:
            return f"column {letter(column)}"
        if self.names.count(self.names[column]) == 1:
            return name
        return f"{name} (no. {self.names[: column + 1].count(self.names[column])})"


def tables_of(file: str, rows: Rows, **rest: object) -> list[Table]:
    """Every table of a sheet or of a text; what is wrong with all of it stands with the first."""
    sheet = str(rest.pop("sheet", ""))
    problems: tuple[Problem, ...] = rest.pop("problems", ())  # type: ignore[assignment]
    notes: tuple[str, ...] = rest.pop("notes", ())  # type: ignore[assignment]
    found: list[Table] = []
    parts = blocks(rows, sheet or file)
    for block in parts:
        title = block.title if len(parts) > 1 and block.title not in ("", file) else ""
        name = ", ".join(dict.fromkeys(part for part in (sheet, title) if part))
        above = tuple(_above(file, *row) for row in block.above if not _empty(row[1]))
        problems = (*above, *problems)
        more = {"sheet": name, "notes": (*notes, *block.notes), "problems": problems, **rest}
        found.append(from_rows(file, block.rows, **more))
        problems = ()
    return [table for table in found if table.names] or found[:1]


def fingerprint(table: Table) -> UUID:
    """The same for every table with the same column names in the same order.

    What a mapping is remembered under.
    """
    return imported_id("columns", *(name.strip().casefold() for name in table.names))


def from_rows(file: str, rows: Rows, **rest: object) -> Table:
    """A table of numbered rows under the row that reads like names.

    Without such a row all rows are values.
    """
    place = header_row(rows)
    head = () if place is None else rows[place][1]
    body = rows if place is None else rows[place + 1 :]
    if place is not None and has_two_headers(rows, place):
        head, body = join_names(head, rows[place + 1][1]), rows[place + 2 :]
    names = tuple(_name(cell) for cell in head)
    first = head[:1]
    body = [row for row in body if row[1][:1] != first or tuple(map(_name, row[1])) != names]
    width = max(len(names), max((len(cells) for _, cells in body), default=0))
    names += ("",) * (width - len(names))
    full = [(line, cells) for line, cells in body if not _empty(cells)]
    padded = [
        cells if len(cells) == width else (*cells, *(None,) * (width - len(cells)))
        for _, cells in full
    ]
    columns: tuple[tuple[Cell, ...], ...] = (
        tuple(zip(*padded, strict=True)) if padded else ((),) * width
    )
    used = [
        k for k in range(width) if names[k].strip() or not all(missing(cell) for cell in columns[k])
    ]
    above = tuple(
        _above(file, line, cells) for line, cells in rows[: place or 0] if not _empty(cells)
    )
    problems = (*above, *rest.pop("problems", ()))  # type: ignore[misc]
    return Table(
        file,
        tuple(names[k] for k in used),
        tuple(columns[k] for k in used),
        [line for line, _ in full],
        problems=problems,
        **rest,  # type: ignore[arg-type]
    )


def _above(file: str, line: int, cells: Sequence[Cell]) -> Problem:
    said = "; ".join(str(cell) for cell in cells if not missing(cell))[:80]
    return Problem(
        file,
        "This stands above the row of column names and is no part of the table.",
        line,
        value=said,
    )


def _empty(cells: Sequence[Cell]) -> bool:
    for cell in cells:  # a plain loop, for it runs once per row of a large file
        if cell is not None and not (isinstance(cell, str) and not cell.strip()):
            return False
    return True


def _name(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def header_row(rows: Rows, *, within: int = 25) -> int | None:
    """The place of the row that names the columns.

    Words without a date, nearly as wide as the table.
    """
    beginning = rows[:within]
    widest = max((filled_in(cells) for _, cells in beginning), default=0)
    for place, (_, cells) in enumerate(beginning):
        if filled_in(cells) < max(1, 0.5 * widest):
            continue
        if any(is_date(cell) for cell in cells):
            return None
        if is_header(cells, widest):
            return place
    return None
