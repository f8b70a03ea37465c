"""What a table's own cells settle, and what only the person can say.

The order of day and month, and the decimal sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from legcare.importers.cells.cell import Cell, sample
from legcare.importers.cells.dates import Order, moment_in, order_of
from legcare.importers.cells.numbers import decimal_sign
from legcare.importers.cells.words import NIGHT, choices
from legcare.importers.tables import scales
from legcare.importers.tables.mapping import EVENTS, Doubt, Kind, TableMapping
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Factor

DATED = ("at", "date", "first_day", "last_day", *NIGHT)
WORDED = frozenset({*DATED, "time", "note", "id", "source", "created_at", "factor", *choices()})


def settled(
    table: Table,
    mapping: TableMapping,
    *,
    known: TableMapping | None = None,
    factors: Sequence[Factor] = BUILT_IN,
) -> TableMapping:
    """The mapping with what the cells say.

    ``undecided`` names what they leave open and ``known`` does not answer.
    """
    doubts = set(mapping.undecided)
    changed: dict[str, object] = {}
    dates = [table.columns[use.column] for use in mapping.uses if use.field in DATED]
    order = order_of(cell for cells in dates for cell in cells)
    if order.order is not None or not order.needed:
        changed |= {"order": order.order or mapping.order, "order_why": order.why}
        doubts.discard(Doubt.ORDER)
    elif known is None:
        changed["order_why"] = order.why
        doubts.add(Doubt.ORDER)
    decimal, why = decimal_sign(
        cell for cells in _numeric(table, mapping) for cell in dict.fromkeys(cells)
    )
    if decimal is not None:
        changed |= {"decimal": decimal, "decimal_why": why}
        doubts.discard(Doubt.DECIMAL)
    elif known is None:
        changed |= {"decimal": "," if table.separator == ";" else ".", "decimal_why": why}
        doubts.add(Doubt.DECIMAL)
    settled = mapping.model_copy(update=changed)
    if known is None and _lacks_time(table, settled):
        doubts.add(Doubt.TIME)
    if known is None and any(scales.unclear(use, factors) for use in mapping.uses):
        doubts.add(Doubt.UNIT)
    return settled.model_copy(update={"undecided": frozenset(doubts)})


def _numeric(table: Table, mapping: TableMapping) -> Iterable[Sequence[Cell]]:
    return (
        table.columns[use.column] for use in mapping.uses if use.field and use.field not in WORDED
    )


def _lacks_time(table: Table, mapping: TableMapping) -> bool:
    if mapping.kind is Kind.DAYS:
        return any(
            use.field in ("cramp_count", "massage_minutes") for use in mapping.uses
        ) and not mapping.column_of("time")
    if mapping.kind not in EVENTS or mapping.column_of("time"):
        return False
    use = mapping.column_of("at") or mapping.column_of("date")
    if use is None:
        return False
    return any(_dateonly(cell, mapping.order) for cell in sample(table.columns[use.column]))


def _dateonly(cell: Cell, order: Order) -> bool:
    if isinstance(cell, date):
        return not isinstance(cell, datetime)
    moment = moment_in(cell, order)
    return not isinstance(moment, str) and moment[1] is None
