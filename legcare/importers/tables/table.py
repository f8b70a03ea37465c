"""A table as it stood in a file: names, cells and the line that each row came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from legcare.importers.result import Problem
from legcare.records import imported_id

Cell = str | float | int | bool | datetime | date | time | timedelta | None
MISSING = frozenset(
    (
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "?",
        "na",
        "n/a",
        "#n/a",
        "nan",
        "null",
        "none given",
        "unknown value",
        "no_data",
        "skip",
        ".",
        "k.a.",
        "k. a.",
    )
)
MOST_COLUMNS = 1_000
SAMPLE = 400
MOST_ROWS = 1_000_000
_BRACKET = re.compile(r"[(\[].*?[)\]]")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_WORD = re.compile(r"[^a-z0-9%/ ]+")


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


def letter(column: int) -> str:
    """The letters above a spreadsheet's column: A, B ... Z, AA."""
    column, rest = divmod(column, 26)
    return (letter(column - 1) if column else "") + chr(65 + rest)


def missing(cell: Cell) -> bool:
    """Whether a cell says nothing.

    Empty, a dash, or one of the words that programs write for "no value".
    """
    if cell is None:
        return True
    return isinstance(cell, str) and (not cell or cell.strip().casefold() in MISSING)


def sample(cells: Sequence[Cell]) -> list[Cell]:
    """Some cells from all over a column that say something."""
    step = max(1, len(cells) // (2 * SAMPLE))
    return [cell for cell in cells[::step] if not missing(cell)][:SAMPLE]


def plain_words(text: str) -> str:
    """Lower case, no accents, no brackets, single spaces: how names and words are compared."""
    text = _BRACKET.sub(" ", text.replace("_", " ").replace(".", " ").replace("-", " "))
    text = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(_WORD.sub(" ", text).split())


def bracketed(name: str) -> str:
    """What stands in brackets in a name, lower case: its unit or scale."""
    found = _BRACKET.findall(name)
    return found[-1][1:-1].strip().casefold() if found else ""


def fingerprint(table: Table) -> UUID:
    """The same for every table with the same column names in the same order.

    What a mapping is remembered under.
    """
    return imported_id("columns", *(name.strip().casefold() for name in table.names))


def from_rows(file: str, rows: Sequence[tuple[int, Sequence[Cell]]], **rest: object) -> Table:
    """A table of numbered rows under the row that reads like names.

    Without such a row all rows are values.
    """
    place = header_row(rows)
    body = rows if place is None else rows[place + 1 :]
    names = () if place is None else tuple(_name(cell) for cell in rows[place][1])
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


def header_row(rows: Sequence[tuple[int, Sequence[Cell]]], *, within: int = 25) -> int | None:
    """The place of the row that names the columns.

    Words without a date, nearly as wide as the table.
    """
    beginning = rows[:within]
    widest = max((_filled(cells) for _, cells in beginning), default=0)
    for place, (_, cells) in enumerate(beginning):
        filled = [cell for cell in cells if not missing(cell)]
        if len(filled) < max(1, 0.5 * widest):
            continue
        if any(_dated(cell) for cell in filled):
            return None
        wordy = sum(
            isinstance(cell, str) and any(sign.isalpha() for sign in cell) for cell in filled
        )
        if wordy >= 0.6 * len(filled) and len({str(cell) for cell in filled}) >= 0.6 * len(filled):
            return place
    return None


def _dated(cell: Cell) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and bool(_DATE.match(cell.strip())))


def _filled(cells: Sequence[Cell]) -> int:
    return sum(not missing(cell) for cell in cells)
