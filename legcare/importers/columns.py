"""Rows of a delimited text by the names of their columns, where a name may stand more than once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legcare.importers.source import Source

MOST_COLUMNS = 5_000


def plain_name(cell: str) -> str:
    """A column's name without tags, in lower case."""
    return " ".join(re.sub(r"<[^>]*>", "", cell).replace("\ufeff", "").casefold().split())


@dataclass(frozen=True)
class Row:
    """One row.

    ``row("elapsed time", 2)`` is the second column of that name; empty where there is none.
    """

    line: int
    cells: Sequence[str]
    places: dict[str, list[int]]

    def __call__(self, name: str, nth: int = 1) -> str:
        """The cell in the nth column of a name."""
        places = self.places.get(name, ())
        return self.at(places[nth - 1]) if len(places) >= nth else ""

    def at(self, place: int) -> str:
        """The cell at a place counted from 0; empty where the row is shorter."""
        return self.cells[place].strip() if place < len(self.cells) else ""

    def __contains__(self, name: str) -> bool:
        """Whether there is such a column."""
        return name in self.places


def places_of(header: Sequence[str]) -> dict[str, list[int]]:
    """Where each column name stands."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, cell in enumerate(header[:MOST_COLUMNS]):
        places[plain_name(cell)].append(place)
    return dict(places)


def rows_of(source: Source, *, skip: int = 0) -> Iterator[Row]:
    """The rows under the header; ``skip`` rows stand above it."""
    rows = source.rows()
    for _ in range(skip):
        next(rows, None)
    header = next(rows, None)
    if header is None:
        return
    places = places_of(header[1])
    for line, cells in rows:
        yield Row(line, cells, places)
