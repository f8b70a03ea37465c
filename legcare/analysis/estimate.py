"""What an analysis answers with: a value, its interval, how many days it rests on, and a verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """The only four things an estimate may say."""

    NOT_ENOUGH = "not enough data"
    NO_CLEAR = "no clear association"
    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True)
class Estimate:
    """One number with its uncertainty.

    ``value``, ``low`` and ``high`` are in ``unit`` and NaN where the estimate is refused; ``level`` is the confidence
    level (0.95); ``n_days`` counts the tracked days used; ``method`` names how it was computed, as in
    ``docs/methods.md``; ``caveats`` are whole sentences. A refused estimate has the verdict ``NOT_ENOUGH``, says why
    in ``refusal`` and what is missing in ``still_needed`` ("4 more tracked days").
    """

    value: float
    low: float
    high: float
    n_days: int
    unit: str
    method: str
    verdict: Verdict
    level: float = 0.95
    caveats: tuple[str, ...] = ()
    refusal: str = ""
    still_needed: str = ""
    n_events: int = 0

    @property
    def shown(self) -> bool:
        """Whether there is a number to show."""
        return not self.refusal


@dataclass(frozen=True)
class Association(Estimate):
    """How an outcome goes with a factor: a ratio per unit for counts, a difference for scores.

    ``value``/``low``/``high`` are the adjusted figure, ``raw`` the same without adjustment. ``per`` is what one unit
    of the factor is ("per 500 ml", "with against without"). ``p`` belongs to the same t as the interval; ``q`` is p
    after Benjamini-Hochberg over the ``comparisons`` that were run together. ``mde`` is the smallest ratio (below 1)
    or difference that this log would have shown with 80 % power.
    """

    outcome: str = ""
    factor: str = ""
    lag: int = 0
    per: str = ""
    raw: float = float("nan")
    p: float = float("nan")
    q: float = float("nan")
    comparisons: int = 1
    mde: float = float("nan")
    adjusted_for: tuple[str, ...] = field(default=())
