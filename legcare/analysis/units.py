"""In what steps a factor is talked about: per 500 ml, per hour, with against without."""

from __future__ import annotations

import numpy as np

from legcare.analysis.timeline import Floats
from legcare.records import Factor, written

COUNTS = frozenset({"cramps", "night_cramps", "woke"})
MASSAGE = frozenset({"massages", "massage_min", "massages_relief", "massage_relief_min"})
AGAINST = "with against without"


def step(factor: Factor, values: Floats) -> tuple[float, str]:
    """The step one estimate is for, in the factor's own unit, and how to say it.

    A factor of zeros and ones is "with against without".
    """
    if bool(np.all((values == 0) | (values == 1))):
        return 1.0, AGAINST
    size = factor.step_within(float(values.max() - values.min()))
    return size, per(size, factor.unit)


def per(size: float, unit: str) -> str:
    """A step in words: per 500 ml, per point."""
    return f"per {written.brief(size)} {_unit(unit, size)}".rstrip()


def _unit(unit: str, size: float) -> str:
    if unit == "0-10":
        return "point" if size == 1 else "points"
    if unit in ("drinks", "units") and size == 1:
        return unit[:-1]
    return unit
