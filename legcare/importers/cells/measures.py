"""Which factor a diary's own name for a measurement means, and what its unit is worth."""

from __future__ import annotations

from legcare.importers.cells.diary import plain
from legcare.records import BUILT_IN

_FACTORS = {plain(name): factor for factor in reversed(BUILT_IN) for name in factor.words}


def factor_of(name: str) -> str | None:
    """The factor's key, where the name is its label or one of its names in some language."""
    factor = _FACTORS.get(plain(name))
    return factor.key if factor else None


def in_unit(name: str, unit: str) -> tuple[str, float] | None:
    """Factor and what one unit is worth in it; None where the name or the unit is not known.

    No guess is made.
    """
    factor = _FACTORS.get(plain(name))
    worth = factor.worth(unit) if factor else None
    return None if factor is None or worth is None else (factor.key, worth)
