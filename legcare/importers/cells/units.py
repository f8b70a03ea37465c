"""Units as people name them, and what one is worth in another."""

from __future__ import annotations

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
    "mg": ("mg", "milligram", "milligrams", "milligramm"),
    "mcg": ("mcg", "µg", "ug"),
    "kg": ("kg", "kgs"),
    "lb": ("lb", "lbs", "pounds"),
    "st": ("st", "stone"),
    "h": ("h", "hr", "hrs", "hour", "hours", "std", "stunden", "heures", "horas"),
    "min": ("min", "mins", "minutes", "minuten", "minutos"),
    "s": ("s", "sec", "secs", "seconds", "sek", "sekunden"),
    "in": ("in", "inch", "inches", '"', "zoll"),
    "cm": ("cm",),
    "mm": ("mm", "millimetre", "millimeter"),
    "°f": ("°f", "f", "fahrenheit"),
    "°c": ("°c", "c", "celsius"),
    "bpm": ("bpm",),
    "km": ("km", "kilometer", "kilometre", "kilometers", "kilometres", "kms"),
    "mi": ("mi", "mile", "miles"),
    "m": ("m", "meter", "metre", "meters", "metres"),
    "yd": ("yd", "yds", "yard", "yards"),
    "ms": ("ms", "milliseconds", "millis"),
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
    ("mcg", "mg"): (0.001, 0),
    ("kg", "mg"): (1e6, 0),
    ("coffee cup", "mg"): (95, 0),
    ("espresso", "mg"): (63, 0),
    ("ms", "h"): (1 / 3_600_000, 0),
    ("ms", "min"): (1 / 60_000, 0),
    ("mi", "km"): (1.609344, 0),
    ("m", "km"): (0.001, 0),
    ("yd", "km"): (0.0009144, 0),
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
# A tablet holds what its label says; a gram of salt holds 393 mg of sodium.
CONVERSIONS |= {
    (f"tablet of {strength} mg", "mg"): (strength, 0)
    for strength in (50, 100, 150, 200, 250, 300, 400, 500)
}
CONVERSIONS |= {("g of salt", "mg"): (393.4, 0), ("mg of salt", "mg"): (0.3934, 0)}


def unit_named(word: str, target: str = "") -> str:
    """The unit that a word means where values are stored in ``target``, or nothing."""
    said = word.strip().casefold().rstrip(".")
    if said in ("m", "mm", "mm:ss", "m:ss") and target in ("min", "h"):
        return "min"
    return UNITS.get(said, "")


def conversion(unit: str, target: str) -> tuple[float, float] | None:
    """How to turn ``unit`` into ``target``; None where that cannot be."""
    target = _CANONICAL.get(target, target)
    return (1.0, 0.0) if unit == target else CONVERSIONS.get((unit, target))


def units_for(target: str) -> list[str]:
    """Every unit that can be turned into a stored one, itself first."""
    stored = _CANONICAL.get(target, target)
    return [stored, *(unit for unit, into in CONVERSIONS if into == stored)]
