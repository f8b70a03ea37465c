"""Numbers as they stand in files: decimal sign per file, units, durations, scales."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from legcare.importers.cells.cell import Cell

_COMMA = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})")
_POINT = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})")
_THREE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_NUMBER = re.compile(r"([-+−]?)(\d[\d.,'’\u00a0\u202f ]*|[.,]\d+)\s*(?:/\s*(\d{1,4})(?!\d)|(.*))$")
_SPANS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*"
    r"(hours?|hrs?|std|stunden?|h|minutes?|minuten|mins?|m|seconds?|secs?|sek|s)(?![a-z])"
)
_COLONS = re.compile(r"(\d{1,5}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?")
_NONE = frozenset(("none", "keine", "nada", "unknown", "unbekannt"))
SHORT = "m:s"  # a cramp lasts minutes, so 2:30 is two and a half of them and not of hours
SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0}
_NAMES = {
    "l": ("l", "liter", "liters", "litre", "litres", "litros", "lt"),
    "dl": ("dl",),
    "cl": ("cl",),
    "ml": ("ml", "cc"),
    "fl oz": ("oz", "fl oz", "fl. oz", "ounces", "floz", "fl.oz"),
    "cup": ("cup", "cups"),
    "pint": ("pt", "pint", "pints"),
    "glass": ("glass", "glasses", "glaser", "glas", "glas(er)", "verres", "vasos"),
    "g": ("g", "gram", "grams", "gramm"),
    "mg": ("mg",),
    "kg": ("kg", "kgs"),
    "lb": ("lb", "lbs", "pounds"),
    "st": ("st", "stone"),
    "h": ("h", "hr", "hrs", "hour", "hours", "std", "stunden", "heures", "horas"),
    "min": ("min", "mins", "minutes", "minuten", "minutos", "m", "mm"),
    "s": ("s", "sec", "secs", "seconds", "sek", "sekunden"),
    "in": ("in", "inch", "inches", '"', "zoll"),
    "cm": ("cm",),
    "mm": ("millimetre", "millimeter"),
    "°f": ("°f", "f", "fahrenheit"),
    "°c": ("°c", "c", "celsius"),
    "bpm": ("bpm",),
}
UNITS = {spelling: unit for unit, spellings in _NAMES.items() for spelling in spellings}
CONVERSIONS: dict[tuple[str, str], tuple[float, float]] = {
    ("l", "ml"): (1000, 0),
    ("dl", "ml"): (100, 0),
    ("cl", "ml"): (10, 0),
    ("fl oz", "ml"): (29.5735295625, 0),
    ("cup", "ml"): (236.5882365, 0),
    ("pint", "ml"): (473.176473, 0),
    ("glass", "ml"): (250, 0),
    ("g", "mg"): (1000, 0),
    ("lb", "kg"): (0.45359237, 0),
    ("st", "kg"): (6.35029318, 0),
    ("h", "min"): (60, 0),
    ("s", "min"): (1 / 60, 0),
    ("min", "h"): (1 / 60, 0),
    ("s", "h"): (1 / 3600, 0),
    ("in", "cm"): (2.54, 0),
    ("mm", "cm"): (0.1, 0),
    ("°f", "°c"): (5 / 9, -160 / 9),
}
_CANONICAL = {"°C": "°c"}


@dataclass(frozen=True)
class Scale:
    """File value x ``per`` + ``plus`` is the stored value.

    ``unit`` is the file's, ``target`` the stored one.
    """

    per: float = 1.0
    plus: float = 0.0
    unit: str = ""
    target: str = ""


def unit_named(word: str) -> str:
    """The unit that a word means, or nothing."""
    return UNITS.get(word.strip().casefold().rstrip("."), "")


def conversion(unit: str, target: str) -> tuple[float, float] | None:
    """How to turn ``unit`` into ``target``; None where that cannot be."""
    target = _CANONICAL.get(target, target)
    return (1.0, 0.0) if unit == target else CONVERSIONS.get((unit, target))


def decimal_sign(cells: Iterable[Cell]) -> tuple[str | None, str]:
    """The decimal sign of a whole file and why.

    None where only numbers like 1,250 could tell and do not.
    """
    comma = point = three = 0
    for cell in cells:
        if not isinstance(cell, str) or not (found := _NUMBER.match(cell.strip())):
            continue
        digits = found[2].strip().rstrip(".,")
        comma += bool(_COMMA.fullmatch(digits))
        point += bool(_POINT.fullmatch(digits))
        three += bool(_THREE.fullmatch(digits))
    if comma > point:
        return ",", "numbers such as 6,5 stand in the file, so the comma is the decimal sign"
    if point:
        return ".", "numbers such as 6.5 stand in the file, so the point is the decimal sign"
    if three:
        return (
            None,
            (
                "numbers such as 1,250 could be one and a quarter or one thousand two hundred and"
                " fifty"
            ),
        )
    return ".", "no number of the file has decimals"


def number_in(cell: Cell, decimal: str, scale: Scale) -> float | str | None:
    """A cell as a number in the stored unit.

    None where it says nothing, a sentence where it cannot be read.
    """
    if isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, (int, float)):
        return _finite(cell, scale)
    if isinstance(cell, (time, timedelta, datetime)):
        whole = _seconds(cell)
        short = scale.unit == SHORT and whole >= 3600 and whole % 60 == 0
        return _duration(whole / 60 if short else whole, scale)
    text = str(cell).strip()
    if text.casefold() in _NONE:
        return None
    if scale.target in ("min", "h") and (seconds := _spelled(text, scale)) is not None:
        return _duration(seconds, scale)
    found = _NUMBER.match(text)
    if not found:
        return "This is no number. Write digits only, with the unit in the column's name."
    value = _digits(found[2], decimal)
    if value is None:
        return "It is not clear what number this is. Write it without thousands signs."
    value = -value if found[1] in ("-", "−") else value
    if found[3]:
        return value / float(found[3]) * 10 if scale.target == "0-10" and float(found[3]) else value
    return _in_unit(value, found[4] or "", scale)


def _in_unit(value: float, word: str, scale: Scale) -> float | str:
    word = word.strip(" .")
    if not word or word == "%" or not scale.target:
        return value * scale.per + scale.plus
    unit = unit_named(word)
    how = conversion(unit, scale.target) if unit else None
    if how is None:
        if unit or scale.target not in ("steps", "drinks", "units", "0-10"):
            return (
                f"The unit {word[:20]!r} cannot be turned into {scale.target}. Write the value in"
                f" {scale.target}."
            )
        return value * scale.per + scale.plus
    return value * how[0] + how[1]


def _digits(text: str, decimal: str) -> float | None:
    text = re.sub(r"[\s'’\u00a0\u202f]", "", text).rstrip(".,")
    other = "," if decimal == "." else "."
    whole, _, rest = text.partition(decimal)
    groups = whole.split(other)
    if other in rest or decimal in rest or any(len(group) != 3 for group in groups[1:]):
        return None
    try:
        value = float("".join(groups) + "." + rest) if rest else float("".join(groups))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _finite(cell: float, scale: Scale) -> float | str | None:
    try:
        value = float(cell) * scale.per + scale.plus
    except OverflowError:
        return "This number is too large. Correct it."
    if math.isinf(value):
        return "This number is too large. Correct it."
    return None if math.isnan(value) else value


def _seconds(cell: time | timedelta | datetime) -> float:
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    return cell.hour * 3600 + cell.minute * 60 + cell.second


def _duration(seconds: float, scale: Scale) -> float:
    return seconds / (60 if scale.target == "min" else 3600)


def _spelled(text: str, scale: Scale) -> float | None:
    """Seconds of "4h 15m", "7:30" or "0:07:30".

    Two parts are minutes and seconds only where the unit says minutes.
    """
    if found := _COLONS.fullmatch(text):
        one, two, three = int(found[1]), int(found[2]), int(found[3] or 0)
        if found[3] is None and scale.unit in ("min", SHORT):
            return one * 60 + two
        return one * 3600 + two * 60 + three
    parts = _SPANS.findall(text.casefold())
    if not parts or _SPANS.sub("", text.casefold()).strip(" ,.&und") != "":
        short = re.fullmatch(r"(\d+)\s?h\s?(\d{1,2})", text.casefold())
        return int(short[1]) * 3600 + int(short[2]) * 60 if short else None
    return sum(
        float(count.replace(",", ".")) * SECONDS[unit[0] if unit[:2] != "st" else "h"]
        for count, unit in parts
    )
