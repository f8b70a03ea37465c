"""Which factor a diary's own name for a measurement means, and what its unit is worth."""

from __future__ import annotations

from legcare.importers.cells.diary import plain
from legcare.records import BUILT_IN

_NAMES = {
    plain(name): factor.key for factor in BUILT_IN for name in (factor.label, *factor.synonyms)
}
_PER = {
    "hydration_ml": {
        "ml": 1.0,
        "milliliter": 1.0,
        "millilitre": 1.0,
        "l": 1000.0,
        "litre": 1000.0,
        "liter": 1000.0,
        "litres": 1000.0,
        "liters": 1000.0,
        "oz": 29.5735295625,
        "fl oz": 29.5735295625,
    },
    "magnesium_mg": {"mg": 1.0, "g": 1000.0},
    "potassium_mg": {"mg": 1.0, "g": 1000.0},
    "sodium_mg": {"mg": 1.0, "g": 1000.0},
    "caffeine_mg": {"mg": 1.0},
    "sleep_h": {
        "h": 1.0,
        "hr": 1.0,
        "hours": 1.0,
        "hour": 1.0,
        "hrs": 1.0,
        "min": 1 / 60,
        "minutes": 1 / 60,
    },
    "stretch_min": {"min": 1.0, "minutes": 1.0, "mins": 1.0, "h": 60.0},
    "exercise_min": {"min": 1.0, "minutes": 1.0, "mins": 1.0, "h": 60.0, "hours": 60.0},
    "steps": {"steps": 1.0, "": 1.0},
    "weight_kg": {"kg": 1.0, "lb": 0.45359237, "lbs": 0.45359237},
}


def factor_of(name: str) -> str | None:
    """The factor's key, where the name is its label or one of its synonyms."""
    return _NAMES.get(plain(name))


def in_unit(name: str, unit: str) -> tuple[str, float] | None:
    """Factor and what one unit is worth in it; None where the name or the unit is not known.

    No guess is made.
    """
    factor = factor_of(name)
    per = _PER.get(factor or "", {}).get(plain(unit))
    return None if factor is None or per is None else (factor, per)
