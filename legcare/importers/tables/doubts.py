"""What a table's own cells settle, and what only the person can say.

The order of day and month, and the decimal sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from legcare.importers.cells.cell import Cell, missing
from legcare.importers.cells.dates import moment_in, order_of
from legcare.importers.cells.numbers import decimal_sign
from legcare.importers.cells.words import NIGHT, choices, factor_words
from legcare.importers.tables import scales
from legcare.importers.tables.mapping import Doubt, Kind, TableMapping
from legcare.importers.tables.mixed import meaning_of
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Factor

DATED = ("at", "date", "first_day", "last_day", *NIGHT)
WORDED = frozenset({*DATED, "time", "note", "id", "source", "created_at", "factor", *choices()})


def _date_order(
    table: Table, mapping: TableMapping, doubts: set[Doubt], *, known: TableMapping | None
) -> dict[str, object]:
    """What the dates say of their order; ``doubts`` gains or loses the question."""
    dates = [table.columns[use.column] for use in mapping.uses if use.field in DATED]
    order = order_of(cell for cells in dates for cell in cells)
    if order.order is not None or not order.needed:
        doubts.discard(Doubt.ORDER)
        return {"order": order.order or mapping.order, "order_why": order.why}
    if known is not None:
        return {}
    doubts.add(Doubt.ORDER)
    return {"order_why": order.why}


def _decimal(
    table: Table, mapping: TableMapping, doubts: set[Doubt], *, known: TableMapping | None
) -> dict[str, object]:
    """What the numbers say of their decimal sign; ``doubts`` gains or loses the question."""
    decimal, why = decimal_sign(
        cell for cells in _numeric(table, mapping) for cell in dict.fromkeys(cells)
    )
    if decimal is not None:
        doubts.discard(Doubt.DECIMAL)
        return {"decimal": decimal, "decimal_why": why}
    if known is not None:
        return {}
    doubts.add(Doubt.DECIMAL)
    return {"decimal": "," if table.separator == ";" else ".", "decimal_why": why}


def settled(
    table: Table,
    mapping: TableMapping,
    *,
    known: TableMapping | None = None,
    factors: Sequence[Factor] = BUILT_IN,
    today: date | None = None,
) -> TableMapping:
    """The mapping with what the cells say.

    ``undecided`` names what they leave open and ``known`` does not answer.
    """
    doubts = set(mapping.undecided)
    changed = {
        **_date_order(table, mapping, doubts, known=known),
        **_decimal(table, mapping, doubts, known=known),
    }
    settled = mapping.model_copy(update=changed)
    if known is None and any(scales.unclear(use, factors) for use in mapping.uses):
        doubts.add(Doubt.UNIT)
    if any(use.open for use in mapping.uses):
        doubts.add(Doubt.COLUMN)
    doubts.discard(Doubt.WORDS)
    if words_left(table, settled, factors):
        doubts.add(Doubt.WORDS)
    if today is not None and settled.latest is None and later(table, settled, today):
        doubts.add(Doubt.FUTURE)
    return settled.model_copy(update={"undecided": frozenset(doubts)})


def _numeric(table: Table, mapping: TableMapping) -> Iterable[Sequence[Cell]]:
    return (
        table.columns[use.column] for use in mapping.uses if use.field and use.field not in WORDED
    )


def words_left(
    table: Table, mapping: TableMapping, factors: Sequence[Factor] = BUILT_IN
) -> dict[str, int]:
    """Words of the column that says what a row is which nobody knows, with their counts."""
    use = mapping.column_of("what")
    if use is None or mapping.kind is not Kind.EVENTS:
        return {}
    own, said = mapping.words, factor_words(tuple(factors))
    counts = Counter(str(cell)[:100] for cell in table.columns[use.column] if not missing(cell))
    return {word: n for word, n in counts.most_common() if not meaning_of(word, own, said)}


def later(table: Table, mapping: TableMapping, today: date) -> list[date]:
    """The days of a table that lie behind tomorrow: a slip of the pen, or a plan."""
    use = mapping.column_of("at") or mapping.column_of("date")
    if use is None or mapping.kind in (Kind.SPANS, Kind.MARKS):
        return []
    moments = (
        moment_in(cell, mapping.order, epoch_1904=table.epoch_1904)
        for cell in dict.fromkeys(table.columns[use.column])
        if not missing(cell)
    )
    last = today + timedelta(days=1)
    return sorted(one.day for one in moments if not isinstance(one, str) and one.day > last)
