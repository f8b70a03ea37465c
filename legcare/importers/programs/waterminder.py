"""WaterMinder: its log of drinks.

The unit stands in the column's name; what counts is what was drunk.
"""

from __future__ import annotations

import re

from legcare.errors import BadFile
from legcare.importers.cells.instants import printed_time
from legcare.importers.cells.numbers import decimal_comma, number
from legcare.importers.cells.units import conversion, unit_named
from legcare.importers.columns import plain_name, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source

KEY, LABEL = "waterminder", "WaterMinder"
_COLUMN = re.compile(r"hydration value\s*\((?P<unit>[^)]*)\)")


def recognise(peek: Peek) -> str | None:
    """By the drink's type beside a hydration value with its unit."""
    if "drink type" in peek.header and any(_COLUMN.match(cell) for cell in peek.header):
        return "Its columns “Drink Type” and “Hydration Value” are WaterMinder's."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """What was drunk per day."""
    found = Harvest(source.name, KEY, LABEL)
    name = next(plain_name(cell) for cell in source.peek.rows[0] if _COLUMN.match(plain_name(cell)))
    unit = (_COLUMN.match(name) or [""])[1]
    how = conversion(unit_named(unit), "ml")
    if how is None:
        raise BadFile(f"{source.name} gives drinks in “{unit[:20]}”; legcare knows oz, ml and l.")
    comma = decimal_comma(cell for row in source.peek.rows[1:] for cell in row)
    order = found.order((row("date") for row in rows_of(source)), asked)
    for row in rows_of(source):
        with found.row(row.line, row("date")):
            day = printed_time(row("date"), order).date()
            amount = number(row(name), comma=comma)
            found.value("hydration_ml", day, None if amount is None else amount * how[0])
    return found.extract()


FORMATS = (Format(KEY, LABEL, recognise, extract),)
