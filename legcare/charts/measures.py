"""Answers in the units of the reader: per 16 fl oz instead of per 500 ml.

What is taken away stays in the log's units.

A ratio per step is raised to the power by which the step changes, a difference is multiplied by it,
and so are the interval and the smallest visible effect: the same fit, read at another step. The new
step is a round number near the old one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import isfinite, log, log10

from legcare.analysis.associations import Family
from legcare.analysis.estimate import Association
from legcare.analysis.response import MIDDLE, Response
from legcare.analysis.units import AGAINST, per
from legcare.records import INCH, DisplayUnit, Factor, Formats, Units, written

# Ounces are poured in halves and doubles: 8 to a cup, 16 to a pint.
DOUBLES = {"fl oz": tuple(2.0**power for power in range(-4, 9))}


def unit_of(factor: Factor) -> DisplayUnit:
    """The unit that this reader sees a factor in."""
    return factor.display(written.formats().units)


def in_units(found: Association) -> Association:
    """The same association per step of the reader's unit.

    Unchanged where that is the factor's own.
    """
    unit = unit_of(found.factors[found.factor])
    if unit.per == 1.0 or not isfinite(found.step) or found.per in ("", AGAINST):
        return found
    shown = _round(found.step * unit.per, unit.unit)
    times = shown / unit.per / found.step
    read: Callable[[float], float] = (
        (lambda x: x**times) if found.unit == "ratio" else (lambda x: x * times)
    )
    value, low, high, raw, mde = (
        read(each) for each in (found.value, found.low, found.high, found.raw, found.mde)
    )
    words, step = per(shown, unit.unit), found.step * times
    return replace(found, value=value, low=low, high=high, raw=raw, mde=mde, per=words, step=step)


def lengths_in_units(found: Association) -> Association:
    """A difference in centimetres in the reader's unit of length; anything else unchanged."""
    unit = length_unit(found.unit)
    if unit.per == 1.0:
        return found
    value, low, high, raw, mde = (
        unit.per * each for each in (found.value, found.low, found.high, found.raw, found.mde)
    )
    return replace(found, value=value, low=low, high=high, raw=raw, mde=mde, unit=unit.unit)


def length_unit(unit: str) -> DisplayUnit:
    """The reader's unit of length for centimetres; every other unit is itself."""
    return (
        INCH
        if unit == "cm" and written.formats().units is Units.US
        else DisplayUnit(unit=unit, per=1.0)
    )


def plain_per(found: Association) -> str:
    """The step as a file says it: in the log's own unit, whoever reads."""
    unit = found.factors[found.factor].unit
    with written.used(Formats()):
        return (
            per(found.step, unit)
            if unit and isfinite(found.step) and found.per != AGAINST
            else found.per
        )


def all_in_units(found: Family) -> Family:
    """Every answer of a family per step of the reader's unit."""
    return replace(found, answers=tuple(in_units(one) for one in found.answers))


def shape_in_units(found: Response) -> Response:
    """The same curve or bins along the reader's unit.

    Borders and reference are written as the reader writes them.
    """
    unit = unit_of(found.measure)

    def number(stored: float) -> str:
        return written.brief(round(unit.shown(stored), 2 if unit.per == 1.0 else unit.decimals))

    if not found.shown:
        return found
    table = found.table.assign(x=found.table["x"] * unit.per + unit.plus)
    if found.kind == "bins":
        names = [each.words(number) for each in found.bins]
        return replace(found, table=table.assign(label=names), reference=names[0])
    return replace(found, table=table, reference=MIDDLE.format(number(found.middle)))


def _round(size: float, unit: str) -> float:
    decade = 10.0 ** round(log10(size))
    rounds = DOUBLES.get(unit) or tuple(
        decade * each for each in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
    )
    return min(rounds, key=lambda each: abs(log(each / size)))
