"""From the unit or scale in which a column is written to the one in which it is stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from legcare.importers.cells.cell import Cell, bracketed, missing, plain_words, sample
from legcare.importers.cells.numbers import SHORT, Scale, number_in
from legcare.importers.cells.units import conversion, unit_named
from legcare.importers.cells.words import words_in
from legcare.importers.tables.mapping import EVENTS, RATINGS, Kind, Use
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Factor

_RANGE = re.compile(r"(?:^|[^\d])([01]) ?(?:-|–|to|bis|a|\.\.) ?(\d{1,3})(?!\d)")
_OUT_OF = re.compile(r"(?:/|out of|of|von|sur|de) ?(\d{1,3})$")
_TAILS = frozenset(
    words_in(
        "oz, floz, ml, cl, dl, l, liters, liter, litres, litre, mg, g, kg, lb, lbs, h, "
        "hr, hrs, hours, min, mins, minutes, sec, s, cm, mm, in, inch, inches, cups, "
        "cup, glasses, km, mi, miles, m, ms"
    )
)
_SALT = frozenset(words_in("salt, salz, sel, sal, sale"))
UNCLEAR = "?"
SLOWEST, FASTEST = 25.0, 0.8  # minutes for a kilometre, from a stroll to a fast ride
_PARTS = re.compile(r"(\d{1,5}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?")


def without_unit(name: str) -> str:
    """A column's name without the unit behind it."""
    words = name.strip().replace("_", " ").split()
    if len(words) > 2 and " ".join(words[-2:]).casefold() == "fl oz":
        return " ".join(words[:-2])
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].casefold() in _TAILS else name


def target_of(field: str, factors: Sequence[Factor] = BUILT_IN) -> str:
    """The unit in which a field is stored; nothing for words and dates."""
    fixed = {
        "minutes": "min",
        "massage_minutes": "min",
        "distance_km": "km",
        "temperature_c": "°C",
        "sore_hours": "h",
    }
    if field in fixed:
        return fixed[field]
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


def scaled(
    use: Use,
    table: Table,
    factors: Sequence[Factor] = BUILT_IN,
    *,
    kind: Kind | None = None,
    uses: Sequence[Use] = (),
) -> Use:
    """The use with the conversion that the column's name asks for, stated in words.

    Where the name says no unit, the values may; where they leave it open too, it is asked.
    """
    target = target_of(use.field, factors)
    if not target or use.unit:
        return use
    name, cells = table.names[use.column], table.columns[use.column]
    if target == "0-10":
        return _rated(use, name)
    tail = name.replace("_", " ").split()
    unit = unit_named(bracketed(name), target) or (unit_named(tail[-1], target) if tail else "")
    if len(tail) > 1 and " ".join(tail[-2:]).casefold() == "fl oz":
        unit = "fl oz"
    if set(plain_words(name).split()) & _SALT and target == "mg":
        unit = f"{unit} of salt" if unit in ("g", "mg") else UNCLEAR
    if unit == UNCLEAR:
        return _asked(use)
    if (unit and conversion(unit, target) is not None) or (unit and bracketed(name)):
        return in_unit(use, unit, factors)
    if use.field == "minutes" and kind is not None and kind in EVENTS:
        return _length(use, table, kind, uses)
    if use.field == "distance_km":
        return _distance(use, table)
    return _by_values(use, cells, factors)


def in_unit(use: Use, unit: str, factors: Sequence[Factor] = BUILT_IN) -> Use:
    """The use with its column written in ``unit``."""
    target = target_of(use.field, factors)
    if unit in (SHORT, "h:m"):
        said = "minutes and seconds" if unit == SHORT else "hours and minutes"
        why = f"{use.why}; two parts such as 22:10 are {said}"
        return use.model_copy(update={"unit": "min" if unit == SHORT else "h:m", "why": why})
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


def is_length(cells: Sequence[Cell], distances: Sequence[Cell] | None) -> bool:
    """Whether a column called Time holds how long something took, not when it was."""
    texts = [_text(cell) for cell in sample(cells)]
    found = [match for text in texts if (match := _PARTS.fullmatch(text))]
    if not found or len(found) < 0.8 * len(texts):
        return False
    if any(int(match[1]) > 23 for match in found):
        return True
    if distances is None:
        return False
    return bool(_by_pace(cells, distances))


def is_early(cells: Sequence[Cell]) -> bool:
    """Whether all times are before five in the morning: for exercise more likely lengths."""
    found = [_PARTS.fullmatch(_text(cell)) for cell in sample(cells)]
    return bool(found) and all(match is not None and int(match[1]) < 5 for match in found)


def is_share(cell: Cell) -> bool:
    """Whether a cell is a share such as 0.4512: a strength of a habit, and no count."""
    number = _plain(cell)
    return number is not None and 0 < number < 1 and len(str(cell)) > 3


def _asked(use: Use) -> Use:
    return use.model_copy(update={"unit": UNCLEAR, "why": f"{use.why}; its unit is not said"})


def _rated(use: Use, name: str) -> Use:
    inside = " ".join((bracketed(name) or name.casefold()).split())
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
    target, highest = target_of(use.field, factors), max(numbers)
    if use.field == "factor:hydration_ml" and highest < 200:
        if highest <= 6 and any(number != int(number) for number in numbers):
            return _because(use, "l", factors, f"values up to {highest:g} can only be litres")
        return _asked(use)
    if use.field == "factor:sleep_h" and highest > 24:
        unit = "min" if highest <= 1440 else "s" if highest < 100_000 else "ms"
        return _because(use, unit, factors, f"no night has {highest:g} hours")
    if target == "kg" or (target == "mg" and highest < 20):
        return _asked(use)
    if target == "°C" and highest > 50:
        return _because(use, "°f", factors, f"no day has {highest:g} °C")
    return use


def _because(use: Use, unit: str, factors: Sequence[Factor], reason: str) -> Use:
    read = in_unit(use, unit, factors)
    return read.model_copy(update={"why": f"{read.why}: {reason}"})


def _distance(use: Use, table: Table) -> Use:
    numbers = [n for cell in table.columns[use.column] if (n := _plain(cell)) is not None]
    if numbers and max(numbers) > 300:
        return _because(use, "m", (), f"nobody goes {max(numbers):g} km")
    paces = " ".join(name.casefold() for name in table.names if "pace" in name.casefold())
    for unit, sign in (("km", "/km"), ("mi", "/mi")):
        if sign in paces.replace(" ", ""):
            return _because(use, unit, (), "the pace says so")
    return _asked(use) if numbers else use


def _length(use: Use, table: Table, kind: Kind, uses: Sequence[Use]) -> Use:
    """How long a massage or workout was: by the pace, by what can be, or asked."""
    cells = table.columns[use.column]
    distance = next((one.column for one in uses if one.field == "distance_km"), None)
    if kind is Kind.CRAMPS:
        numbers = [n for cell in cells if (n := _plain(cell)) is not None]
        return _asked(use) if numbers and max(numbers) > 20 else use
    if distance is not None and (unit := _by_pace(cells, table.columns[distance])):
        return _because(use, unit, (), "only so it fits the distance")
    found = [match for cell in sample(cells) if (match := _PARTS.fullmatch(_text(cell)))]
    two = [int(match[1]) for match in found if match[3] is None]
    if two:
        return _two_parts(use, two, three=len(two) < len(found), workouts=kind is Kind.WORKOUTS)
    numbers = sorted(n for cell in cells if (n := _plain(cell)) is not None)
    if not numbers or use.unit:
        return use
    middle = numbers[len(numbers) // 2]
    hours = kind is Kind.WORKOUTS and numbers[-1] <= 5 and any(n != int(n) for n in numbers)
    return _asked(use) if middle > 300 or hours else use


def _two_parts(use: Use, firsts: Sequence[int], *, three: bool, workouts: bool) -> Use:
    """What ``22:10`` means, from all cells of the column together."""
    if max(firsts) > 23 or (min(firsts) > 4 and workouts):
        return _because(use, SHORT, (), f"nothing lasts {max(firsts)} hours")
    if 0 in firsts:
        return in_unit(use, "h:m")
    if three:
        return _because(use, SHORT, (), "others have three parts")
    return in_unit(use, "h:m") if workouts and max(firsts) <= 4 else _asked(use)


def _by_pace(cells: Sequence[Cell], distances: Sequence[Cell]) -> str:
    """The one unit in which the lengths make a possible pace, or nothing."""
    pairs = [
        (cell, km)
        for cell, far in zip(cells, distances, strict=True)
        if not missing(cell) and (km := _plain(far)) and km > 0
    ]
    if not pairs:
        return ""
    metres = max(km for _, km in pairs) > 300
    fits = [
        unit
        for unit in (SHORT, "h:m", "min", "s", "h")
        if all(_possible(cell, km / 1000 if metres else km, unit) for cell, km in pairs)
    ]
    return fits[0] if len(fits) == 1 else ""


def _possible(cell: Cell, km: float, unit: str) -> bool:
    text = _text(cell)
    if (":" in text) != (unit in (SHORT, "h:m")):
        return False
    scale = Scale(unit="min" if unit == SHORT else unit, target="min")
    if how := conversion(unit, "min"):
        scale = Scale(how[0], how[1], unit, "min")
    minutes = number_in(text if ":" in text else cell, ".", scale)
    return isinstance(minutes, float) and FASTEST <= minutes / km <= SLOWEST


def _text(cell: Cell) -> str:
    """A cell as it looks: a spreadsheet's time of 22:10 may be meant as minutes and seconds."""
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return f"{cell.hour}:{cell.minute:02}" + (f":{cell.second:02}" if cell.second else "")
    if isinstance(cell, timedelta):
        minutes = cell.total_seconds() / 60
        return f"{int(minutes // 60)}:{int(minutes % 60):02}:{int(cell.total_seconds() % 60):02}"
    return str(cell).strip()


def _plain(cell: Cell) -> float | None:
    if missing(cell) or isinstance(cell, bool):
        return None
    try:
        if isinstance(cell, (int, float)):
            return float(cell)
        return float(str(cell)[:40].strip().replace(",", "."))
    except (ValueError, OverflowError):
        return None
