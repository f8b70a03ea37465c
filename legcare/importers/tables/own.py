"""A column that measures what the registry does not know becomes a factor of one's own."""

from __future__ import annotations

import math

from legcare.importers.cells.cell import bracketed, letter, missing, plain_words
from legcare.importers.cells.numbers import Scale, number_in
from legcare.importers.tables.mapping import Use
from legcare.importers.tables.table import Table
from legcare.records import Factor

OWN = "own"


def own_factor(table: Table, use: Use, decimal: str) -> Factor:
    """The factor for a column: named like it, with a range wide enough for every value in it."""
    name = table.names[use.column].strip() or f"Column {letter(use.column)}"
    words = plain_words(name).replace("%", " percent ").replace("/", " per ")
    key = "own_" + "_".join(words.split())[:50]
    cells = (cell for cell in dict.fromkeys(table.columns[use.column]) if not missing(cell))
    numbers = [
        value for cell in cells if isinstance(value := number_in(cell, decimal, Scale()), float)
    ]
    high = max(10.0, float(math.ceil(max(numbers, default=0.0))))
    low = min(0.0, float(math.floor(min(numbers, default=0.0))))
    return Factor(key=key, label=name[:80], unit=bracketed(name)[:40], low=low, high=high, own=True)
