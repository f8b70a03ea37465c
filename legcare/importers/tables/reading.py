"""What one reading of a table works with, and where it writes down what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from legcare.importers.cells.cell import Bad, Cell, Rough, plain_words
from legcare.importers.cells.numbers import Scale
from legcare.importers.cells.quoting import unguarded
from legcare.importers.result import Problem
from legcare.importers.source import Progress
from legcare.importers.tables.build import Names
from legcare.importers.tables.mapping import TableMapping, Use
from legcare.importers.tables.scales import scale_of
from legcare.importers.tables.table import Table
from legcare.importers.tables.values import Read, by_value
from legcare.records import Factor, now

ROWS_BETWEEN = 500


@dataclass
class Reading:
    """One pass over a table."""

    table: Table
    mapping: TableMapping
    zone: ZoneInfo
    factors: Mapping[str, Factor]
    problems: list[Problem] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    made: datetime = field(default_factory=now)
    own: list[Factor] = field(default_factory=list)
    progress: Progress | None = None

    def rows(self) -> Iterator[int]:
        """The number of every row, saying now and then how far reading has come."""
        many = len(self.table)
        for row in range(many):
            if self.progress is not None and row % ROWS_BETWEEN == 0:
                self.progress(row / many, f"Reading {self.table.place}")
            yield row

    @property
    def source(self) -> str:
        """What the records say they come from."""
        return f"file: {self.table.file}"[:200]

    def of(self, table: Table, mapping: TableMapping | None = None) -> Reading:
        """The same pass over other rows, writing into the same list of problems."""
        return replace(self, table=table, mapping=mapping or self.mapping)

    def with_words(self, use: Use, read: Read) -> Read:
        """A reader that knows the person's own words first; one without a meaning says nothing."""
        own = self.mapping.words
        if not own:
            return read

        def known(cell: Cell) -> object:
            word = f"{use.field}:{plain_words(str(cell))}"
            return read(own[word]) if own.get(word) else None if word in own else read(cell)

        return known

    def values(self, use: Use, read: Read) -> list[Any]:
        """A column read cell by cell; bad cells are told (their rows are kept) and give None."""
        found = by_value(self.table.columns[use.column], read)
        for row, value in enumerate(found):
            if isinstance(value, Bad):
                self.tell(row, value.reason, use, kept=True)
                found[row] = None
            elif isinstance(value, Rough):
                self.tell(row, value.remark, use, kept=True)
                found[row] = value.value
        return found

    def tell(
        self,
        row: int,
        reason: str,
        use: Use | None = None,
        *,
        kept: bool = False,
        value: Cell = None,
    ) -> None:
        """Write down what is wrong with a row, or with one of its cells."""
        if use is not None:
            value = self.table.columns[use.column][row]
        said = "" if value is None else str(value)[:80]
        column = self.table.title(use.column) if use is not None else ""
        self.problems.append(
            Problem(self.table.place, reason, self.table.lines[row], column, said, kept)
        )

    def scale(self, use: Use) -> Scale:
        """How the numbers of a column become stored ones."""
        return scale_of(use, tuple(self.factors.values()))

    def ids(self) -> dict[int, UUID]:
        """The records' own names, where the table has them (legcare's export)."""
        use = self.mapping.column_of("id")
        if use is None:
            return {}
        first: dict[UUID, int] = {}
        for row, cell in enumerate(self.table.columns[use.column]):
            if _named(
                cell
            ):  # a row that was copied in a spreadsheet to write a new one is a new record
                first.setdefault(UUID(str(cell)), row)
        return {row: name for name, row in first.items()}

    def origins(self, ids: Mapping[int, UUID]) -> dict[int, dict[str, Any]]:
        """Where the rows with their own names came from, and when they were made."""
        source, made = self.mapping.column_of("source"), self.mapping.column_of("created_at")
        if not ids or source is None or made is None:
            return {}
        sources, times = self.table.columns[source.column], self.table.columns[made.column]
        return {row: _origin(unguarded(str(sources[row])), str(times[row])) for row in ids}


def _origin(source: str, made: str) -> dict[str, Any]:
    try:
        at = datetime.fromisoformat(made)
    except ValueError:
        return {}
    return (
        {"source": source[:200], "created_at": at.astimezone(UTC)} if source and at.tzinfo else {}
    )


def _named(cell: Cell) -> bool:
    try:
        return bool(UUID(str(cell)))
    except ValueError:
        return False
