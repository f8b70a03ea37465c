"""The best guess so far: pulled towards no effect, with a range that holds in 8 of 10 people."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

from legcare.analysis.estimate import NAN, Verdict
from legcare.analysis.massage.fit import fit
from legcare.analysis.massage.rows import Rows

PRIOR = 0.35
LEFT_OUT = 0.2
PROBABLY = 0.8416
SURE_ENOUGH = 1.75
HALVINGS = 50


@dataclass(frozen=True)
class Guess:
    """A ratio, its 80 % range, and which way it leans (no clear way unless 8 in 10 say so)."""

    value: float
    low: float
    high: float
    leaning: Verdict


SILENT = Guess(NAN, NAN, NAN, Verdict.NOT_ENOUGH)


def guess_of(rows: Rows, first_weekday: int) -> Guess:
    """The log ratio shrunk by a normal prior around no effect, standard deviation 0.35.

    Its error is never below that of the cramps' plain number, half a cramp added on either side. It
    leans where 8 in 10 chances lie on one side and the log alone points there (1.75 errors).
    """
    found = fit(rows, first_weekday, hold=0.25)
    sides = [float(rows.y[rows.x == side].sum()) + 0.5 for side in (0.0, 1.0)]
    error = max(found.se, sqrt(1 / sides[0] + 1 / sides[1]))
    weight = PRIOR**2 / (PRIOR**2 + error**2)
    middle, spread = weight * found.slope, PRIOR * sqrt(1 - weight)
    low, high = holding(found.slope, error)
    leaning = Verdict.NO_CLEAR
    if abs(middle) >= PROBABLY * spread and abs(found.slope) >= SURE_ENOUGH * error:
        leaning = Verdict.LOWER if middle < 0 else Verdict.HIGHER
    return Guess(exp(middle), exp(min(low, middle)), exp(max(high, middle)), leaning)


def holding(slope: float, error: float) -> tuple[float, float]:
    """The 80 % range that holds whatever the true effects, shortest where the prior is right.

    After Yu and Hoff (2018, Biometrika 105:319). A range cut from the shrunken distribution itself
    would hold in 9 of 10 people where effects are small and in 6 of 10 where they are large. Each
    possible truth leaves out ``share`` of the 20 % on the far side of no effect; a limit is the
    truth that just fits the log.
    """
    from scipy.special import expit, ndtri

    def truth(share: float) -> float:
        bend = ndtri(LEFT_OUT * share) - ndtri(LEFT_OUT * (1 - share))
        return float(PRIOR**2 * bend / (2 * error))

    def limit(upper: bool) -> float:
        least, most = -30.0, 30.0
        for _ in range(HALVINGS):
            middle = (least + most) / 2
            share = float(expit(middle))
            tail = -ndtri(LEFT_OUT * share) if upper else ndtri(LEFT_OUT * (1 - share))
            if truth(share) - error * float(tail) < slope:
                least = middle
            else:
                most = middle
        share = float(expit(least))
        tail = -ndtri(LEFT_OUT * share) if upper else ndtri(LEFT_OUT * (1 - share))
        return slope + error * float(tail)

    return limit(upper=False), limit(upper=True)
