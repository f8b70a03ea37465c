"""The field for one factor's value, in the unit that the reader uses.

What is kept stays in the factor's own unit.
"""

from __future__ import annotations

from legcare.errors import BadNumber
from legcare.records import Factor, Units
from legcare.ui.forms.numbers import Number, Scale, number


def measured(factor: Factor, stored: float | None, key: str, units: Units) -> Number:
    """Ask for the value of a factor; an untouched field gives back exactly what was stored."""
    unit = factor.display(units)
    before = None if stored is None else round(unit.shown(stored), unit.decimals)
    said = number(
        factor.titled(units),
        before,
        key,
        scale=Scale(
            unit.shown(factor.low), unit.shown(factor.high), factor.step if unit.per == 1.0 else 1.0
        ),
    )
    if said is None or isinstance(said, BadNumber):
        return said
    return stored if said == before else unit.stored(said)
