"""The best guess so far: pulled towards no effect, with a range that holds in 8 of 10 people."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

from legcare.analysis.estimate import NAN, Verdict
from legcare.analysis.massage.fit import fit
from legcare.analysis.massage.rows import Rows

PRIOR = 0.35
EIGHT_IN_TEN = 1.2816
PROBABLY = 0.8416


@dataclass(frozen=True)
class Guess:
    """A ratio, its 80 % range, and which way it leans: fewer or more only where 8 in 10 say so."""

    value: float
    low: float
    high: float
    leaning: Verdict


SILENT = Guess(NAN, NAN, NAN, Verdict.NOT_ENOUGH)


def guess_of(rows: Rows, first_weekday: int) -> Guess:
    """The log ratio shrunk by a normal prior around no effect, standard deviation 0.35.

    Its error is never below that of the cramps' plain number, half a cramp added on either side.
    """
    found = fit(rows, first_weekday, hold=0.25)
    sides = [float(rows.y[rows.x == side].sum()) + 0.5 for side in (0.0, 1.0)]
    variance = max(found.se**2, 1 / sides[0] + 1 / sides[1])
    weight = PRIOR**2 / (PRIOR**2 + variance)
    middle, spread = weight * found.slope, PRIOR * sqrt(1 - weight)
    leaning = Verdict.NO_CLEAR
    if abs(middle) >= PROBABLY * spread:
        leaning = Verdict.LOWER if middle < 0 else Verdict.HIGHER
    half = EIGHT_IN_TEN * spread
    return Guess(exp(middle), exp(middle - half), exp(middle + half), leaning)
