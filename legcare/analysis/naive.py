"""What a naive tool would say, beside ours, and why the two differ.

It teaches, so it must be right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan, nan

import numpy as np
import pandas as pd

from legcare.analysis.associations import answer, question
from legcare.analysis.estimate import Association, Verdict
from legcare.analysis.missing import as_zero
from legcare.analysis.timeline import Floats, timeline
from legcare.analysis.verdict import ALPHA, CLEAR_EVENTS, plural
from legcare.days import factors_of


@dataclass(frozen=True)
class Naive:
    """Pearson's r over days with unlogged days as zero: ``r``, ``p``, ``stars``, ``n``; ours.

    Why they differ.
    """

    r: float
    p: float
    stars: str
    n: int
    ours: Association
    sentence: str


def naive(
    days: pd.DataFrame,
    *,
    outcome: str,
    factor: str,
    lag: int | None = None,
    confounders: Sequence[str] = (),
) -> Naive:
    """The Pearson correlation with its star, as most programs show it, beside the honest answer.

    Days without a log count as zero, every day counts as if it knew nothing of the day before, and
    slow drift stays in. The sentence names the first of these that makes the difference in this
    log.
    """
    known = factors_of(days)
    asked = question(outcome, factor, lag=lag, confounders=confounders, factors=known)
    line = timeline(days, [outcome, factor, *confounders])
    zero = timeline(as_zero(days, outcome), [outcome, factor])
    ours = answer(line, asked)
    r, p, n = pearson(zero.outcome(outcome), zero.before(factor, asked.lag))
    logged = pearson(line.outcome(outcome), line.before(factor, asked.lag))[1]
    plain = answer(line, replace(asked, adjust=False))
    sentence = why(ours, p, logged, plain)
    return Naive(r, p, stars(p), n, ours, sentence)


def pearson(y: Floats, x: Floats) -> tuple[float, float, int]:
    """Pearson's r, its p as if days were independent, and the number of days.

    NaN where nothing varies.
    """
    from scipy import stats

    both = np.isfinite(y) & np.isfinite(x)
    if both.sum() < 3 or np.ptp(y[both]) == 0 or np.ptp(x[both]) == 0:
        return nan, nan, int(both.sum())
    found = stats.pearsonr(x[both], y[both])
    return float(found.statistic), float(found.pvalue), int(both.sum())


def stars(p: float) -> str:
    """The stars such tools print: *** below 0.001, ** below 0.01, * below 0.05."""
    return "***" if p < 0.001 else "**" if p < 0.01 else "*" if p < ALPHA else ""


def why(ours: Association, naive_p: float, logged_p: float, plain: Association) -> str:
    """One sentence: which step between the star and our answer makes the difference."""
    if isnan(naive_p):
        return "A correlation cannot be computed either: outcome or factor never changes."
    if not ours.shown:
        return (
            f"The correlation is printed whatever the log holds; we wait, because: {ours.refusal}"
        )
    starred, found = naive_p < ALPHA, ours.verdict in (Verdict.LOWER, Verdict.HIGHER)
    if starred and found:
        return "Both find an association; ours also says how large it is and how sure one can be."
    if not starred and not found:
        return (
            "Both see no clear association; ours also says how small an effect it could have seen."
        )
    return _lost(ours, logged_p, plain) if starred else _gained(ours, logged_p, plain)


def _lost(ours: Association, logged_p: float, plain: Association) -> str:
    if not logged_p < ALPHA:
        return (
            "The star comes from counting unlogged days as days without a cramp: on logged days"
            " alone it is gone."
        )
    if plain.shown and not plain.p < ALPHA:
        worth = round(plain.n_days / plain.inflation)
        return (
            f"The star takes {plural(plain.n_days, 'day')} as so many separate proofs; cramps come"
            f" in clusters and days resemble the day before, so they are worth about {worth}"
            " independent ones at most."
        )
    if not ours.p < ALPHA:
        return (
            f"The star is gone once {_and(ours.adjusted_for)} are taken out: both sides moved with"
            " those."
        )
    return (
        f"The association rests on {ours.n_events} cramps; we call nothing clear below"
        f" {CLEAR_EVENTS}."
    )


def _gained(ours: Association, logged_p: float, plain: Association) -> str:
    if logged_p < ALPHA:
        return (
            "Counting unlogged days as days without a cramp hides an association that the logged"
            " days show."
        )
    if plain.shown and plain.p < ALPHA:
        return (
            "A straight-line correlation is blunt for counts of cramps; a model made for counts"
            " sees more here."
        )
    return f"Taking out {_and(ours.adjusted_for)} uncovers an association that they hid."


def _and(parts: tuple[str, ...]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
