"""From the unit or scale in which a column is written to the one in which it is stored."""

from __future__ import annotations

import re
from collections.abc import Sequence

from legcare.importers.cells.cell import Cell, bracketed, missing
from legcare.importers.cells.numbers import Scale, conversion, unit_named
from legcare.importers.tables.mapping import RATINGS, Use
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Factor

_RANGE = re.compile(r"(?:^|[^\d])([01])\s*(?:-|–|to|bis|a|\.\.)\s*(\d{1,3})(?!\d)")
_OUT_OF = re.compile(r"(?:/|out of|of|von|sur|de)\s*(\d{1,3})$")
TAIL = re.compile(
    r"[\s_](fl"
    r" oz|floz|oz|ml|cl|dl|l|liters?|litres?|liter|mg|g|kg|lbs?|h|hrs?|hours|min|mins|minutes|"
    r"sec|s|cm|mm|in|inch|inches|cups?|glasses)$",
    re.IGNORECASE,
)
UNCLEAR = "?"


def target_of(field: str, factors: Sequence[Factor] = BUILT_IN) -> str:
    """The unit in which a field is stored; nothing for words and dates."""
    if field in ("minutes", "massage_minutes"):
        return "min"
    if field in RATINGS:
        return "0-10"
    if field.startswith("factor:"):
        return next((factor.unit for factor in factors if factor.key == field[7:]), "")
    return ""


def scale_of(use: Use, factors: Sequence[Factor] = BUILT_IN) -> Scale:
    """How the numbers of a column become the stored ones."""
    return Scale(
        use.per, use.plus, "" if use.unit == UNCLEAR else use.unit, target_of(use.field, factors)
    )


def scaled(use: Use, table: Table, factors: Sequence[Factor] = BUILT_IN) -> Use:
    """The use with the conversion that the column's name asks for, stated in words.

    For a volume, the values may ask for it.
    """
    target = target_of(use.field, factors)
    if not target:
        return use
    name = table.names[use.column]
    if target == "0-10":
        return _rated(use, name)
    tail = TAIL.search(name.strip())
    unit = unit_named(bracketed(name)) or (unit_named(tail[1]) if tail else "")
    if unit:
        return in_unit(use, unit, factors)
    return _by_values(use, table.columns[use.column], factors) if target in ("ml", "h") else use


def in_unit(use: Use, unit: str, factors: Sequence[Factor] = BUILT_IN) -> Use:
    """The use with its column written in ``unit``."""
    target = target_of(use.field, factors)
    how = conversion(unit, target)
    if how is None:
        return use.model_copy(
            update={
                "why": f"{use.why}; its unit {unit} cannot be turned into {target}",
                "unit": UNCLEAR,
            }
        )
    stated = "" if how == (1.0, 0.0) else f", and 1 {unit} becomes {how[0] + how[1]:.6g} {target}"
    return use.model_copy(
        update={
            "unit": unit,
            "per": how[0],
            "plus": how[1],
            "why": f"{use.why}; it is in {unit}{stated}",
        }
    )


def unclear(use: Use, factors: Sequence[Factor] = BUILT_IN) -> bool:
    """Whether the person must say in which unit a column is written."""
    return use.unit == UNCLEAR and bool(target_of(use.field, factors))


def _rated(use: Use, name: str) -> Use:
    inside = bracketed(name) or name.casefold()
    found = _RANGE.search(inside)
    top = int(found[2]) if found else int(out[1]) if (out := _OUT_OF.search(inside)) else 10
    if top in (0, 1, 10):
        return use
    why = f"{use.why}; its scale ends at {top}, so values are multiplied by {10 / top:g}"
    return use.model_copy(update={"per": 10 / top, "unit": f"0-{top}", "why": why})


def _by_values(use: Use, cells: Sequence[Cell], factors: Sequence[Factor]) -> Use:
    numbers = [number for cell in dict.fromkeys(cells) if (number := _plain(cell)) is not None]
    if not numbers:
        return use
    highest = max(numbers)
    if use.field == "factor:hydration_ml" and highest < 200:
        if highest <= 6 and any(number != int(number) for number in numbers):
            litres = in_unit(use, "l", factors)
            return litres.model_copy(
                update={"why": f"{litres.why}: values up to {highest:g} can only be litres"}
            )
        return use.model_copy(update={"unit": UNCLEAR, "why": f"{use.why}; its unit is not said"})
    if use.field == "factor:sleep_h" and highest > 24:
        minutes = in_unit(use, "min", factors)
        return minutes.model_copy(update={"why": f"{minutes.why}: no night has {highest:g} hours"})
    return use


def _plain(cell: Cell) -> float | None:
    if missing(cell) or isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return float(cell)
    try:
        return float(str(cell).strip().replace(",", "."))
    except ValueError:
        return None
