"""Signs that a log looks like one of the cases in which even a careful estimate can mislead.

Each case was simulated (``docs/methods.md``, "Where these methods reach their limits"); each
sentence says what was seen in this log and what that does to the answer.
"""

from __future__ import annotations

import numpy as np

from legcare.analysis.quasi_poisson import Fit, Rows
from legcare.analysis.question import Question
from legcare.analysis.regression import orthonormal
from legcare.analysis.timeline import Floats, Timeline, shifted
from legcare.analysis.verdict import WELL_LOGGED, early_caveat, logging_caveat
from legcare.records import written

MOSTLY_SLOW = 0.3
MORE_OFTEN = 1.5
FEWEST_OF_EACH = 7
NEARLY_ALL = 0.8
HALF_WORTH = 2.0


def of_association(line: Timeline, asked: Question, rows: Rows, found: Fit) -> tuple[str, ...]:
    """All sentences that must stand beside an association in this log."""
    share = line.logged_share
    sentences = logging_caveat(share)
    if asked.counts:
        sentences += early_caveat(int(rows.y.sum())) + quiet_days(rows.y, share)
    if asked.massage:
        sentences += because_of_cramps(line.outcome(asked.outcome), line.columns[asked.factor])
    if asked.adjust:
        sentences += slow_factor(rows)
    return sentences + worth(found)


def quiet_days(y: Floats, share: float) -> tuple[str, ...]:
    """Nearly every logged day has a cramp and many days are unlogged.

    Quiet days are probably the unlogged ones.
    """
    busy = float(np.mean(y > 0)) if y.size else 0.0
    if share >= WELL_LOGGED or busy < NEARLY_ALL:
        return ()
    return (
        (
            f"{written.percent(busy)} of the logged days hold a cramp: days without one may have"
            " been left unlogged, which makes the rate too high and can hide or bend what goes"
            " with it. Tick quiet days too."
        ),
    )


def because_of_cramps(y: Floats, massage: Floats) -> tuple[str, ...]:
    """Massage is much commoner on and right after days with cramps.

    The cramps may be the reason for it.
    """
    lately = (np.nan_to_num(y) > 0) | (np.nan_to_num(shifted(y, 1)) > 0)
    known = np.isfinite(y) & np.isfinite(massage)
    with_cramps, quiet = massage[known & lately] > 0, massage[known & ~lately] > 0
    if min(with_cramps.size, quiet.size) < FEWEST_OF_EACH:
        return ()
    often, seldom = float(with_cramps.mean()), float(quiet.mean())
    if often < MORE_OFTEN * seldom or often - seldom < 0.1:
        return ()
    return (
        (
            f"You massage on {written.percent(often)} of days with or right after cramps and on"
            f" {written.percent(seldom)} of other days: the cramps may be the reason for the"
            " massage. Recent cramps are taken out, but only an experiment can settle it."
        ),
    )


def slow_factor(rows: Rows) -> tuple[str, ...]:
    """Much of the factor's change is slow.

    What follows the season or a trend cannot be told apart from it.
    """
    total = float(np.var(rows.x))
    q = orthonormal(rows.z)
    rest = rows.x - q @ (q.T @ rows.x) / rows.x.size
    share = 1 - float(np.mean(rest**2)) / total if total > 0 else 0.0
    expected = (q.shape[1] - 1) / rows.x.size
    if share - expected < MOSTLY_SLOW:
        return ()
    return (
        (
            f"{written.percent(share)} of this factor's change is season, trend, weekday or recent"
            " cramps, which are taken out: only the rest is compared, and what truly follows the"
            " season cannot be told apart from it."
        ),
    )


def worth(found: Fit) -> tuple[str, ...]:
    """Outcome and factor persist so long that the days are worth less than half their number."""
    if found.inflation < HALF_WORTH:
        return ()
    return (
        (
            f"Days resemble the days before: these {found.n} days are worth about "
            f"{written.whole(found.n / found.inflation)} "
            "independent ones. The interval allows for it."
        ),
    )
