"""In what steps a factor is talked about: per 500 ml, per hour, with against without."""

from __future__ import annotations

from math import floor, log10

import numpy as np

from legcare.analysis.timeline import Floats
from legcare.records import BUILT_IN, written

COUNTS = frozenset({"cramps", "night_cramps", "woke"})
MASSAGE = frozenset({"massages", "massage_min", "massages_relief", "massage_relief_min"})
AGAINST = "with against without"

FACTORS = {factor.key: factor for factor in BUILT_IN}
STEPS = {
    "hydration_ml": 500.0,
    "magnesium_mg": 100.0,
    "potassium_mg": 500.0,
    "sodium_mg": 500.0,
    "caffeine_mg": 100.0,
    "ankle_cm": 1.0,
    "stretch_min": 10.0,
    "steps": 2000.0,
    "exercise_min": 30.0,
    "exercise_load": 100.0,
    "massage_min": 10.0,
    "massage_relief_min": 10.0,
    "minutes": 5.0,
    "resting_hr": 5.0,
    "temperature_c": 5.0,
}
LABELS = {
    "cramps": "cramps",
    "night_cramps": "night cramps",
    "woke": "cramps that woke you",
    "minutes": "minutes of cramp",
    "severity": "severity",
    "massages": "planned massages",
    "massage_min": "planned massage",
    "massages_relief": "relief massages",
    "massage_relief_min": "relief massage",
}
UNITS = {
    "massage_min": "min",
    "massage_relief_min": "min",
    "massages": "massage",
    "massages_relief": "massage",
}


def label(name: str) -> str:
    """A column's name as a sentence says it."""
    if name in LABELS:
        return LABELS[name]
    return FACTORS[name].label.lower() if name in FACTORS else name.replace("_", " ")


def implied_lag(factor: str) -> int:
    """Days back that the clock implies: the registry's.

    1 for massage and for what the registry does not know.

    A massage and a cramp of the same day may stand in either order, so massage never has lag 0.
    """
    return FACTORS[factor].lag if factor in FACTORS else 1


def step(factor: str, values: Floats) -> tuple[float, str]:
    """The step one estimate is for, in the factor's own unit, and how to say it.

    A factor of zeros and ones is "with against without". Where the values seen span less than the
    usual step, the step is the power of ten that fits: no estimate speaks of more change than was
    seen.
    """
    low, high = float(values.min()), float(values.max())
    if bool(np.all((values == 0) | (values == 1))):
        return 1.0, AGAINST
    size = STEPS.get(factor, 1.0)
    if factor in STEPS and 0 < high - low < size:
        size = 10.0 ** floor(log10(high - low))
    unit = UNITS.get(factor, FACTORS[factor].unit if factor in FACTORS else "")
    return size, per(size, unit)


def per(size: float, unit: str) -> str:
    """A step in words: per 500 ml, per point."""
    return f"per {written.brief(size)} {_unit(unit, size)}".rstrip()


def _unit(unit: str, size: float) -> str:
    if unit == "0-10":
        return "point" if size == 1 else "points"
    if unit in ("drinks", "units") and size == 1:
        return unit[:-1]
    return unit
