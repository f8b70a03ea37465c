"""One comparison by the psi-t engine for outcomes laid out per claim.

For example after a workout, after a session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.associations import METHOD, admission, after_fit, associate, refused, worded
from legcare.analysis.estimate import Association
from legcare.analysis.quasi_poisson import Rows, fit, nuisance
from legcare.analysis.question import DRIFT, WEEK, Question, scaled
from legcare.analysis.timeline import Floats
from legcare.days import factors_of

COUNT, SCORE = "cramps", "score"


@dataclass(frozen=True)
class Words:
    """How a comparison is spoken of: its outcome, its exposure, and what is compared with what."""

    outcome: str
    factor: str
    per: str
    adjusted_for: tuple[str, ...] = ()


def compare(
    outcome: pd.Series,
    exposure: pd.Series,
    words: Words,
    *,
    counts: bool,
    others: pd.DataFrame | None = None,
) -> Association:
    """How an outcome goes with an exposure on the same row, both indexed by legcare day.

    Days without both are left out. ``others`` are columns taken out besides slow drift and week.
    The value is a rate ratio where ``counts``, otherwise a difference, per unit of the exposure.
    """
    asked = Question(COUNT if counts else SCORE, words.factor, 0)
    rows = _rows(outcome, exposure, others)
    refusal = admission(asked, rows)
    if refusal:
        return _spoken(refused(asked, refusal, rows), words)
    found = fit(rows, counts=counts)
    refusal = after_fit(asked, found)
    if refusal:
        return _spoken(refused(asked, refusal, rows), words)
    return _spoken(worded(asked, rows, found, 1.0), words)


def _rows(outcome: pd.Series, exposure: pd.Series, others: pd.DataFrame | None) -> Rows:
    known = outcome.dropna().index.union(exposure.dropna().index)
    if known.empty:
        return Rows(np.empty(0), np.empty(0), np.empty((0, 1)), np.zeros(0, dtype=bool))
    calendar = pd.date_range(known.min(), known.max(), freq="D")
    y, x = (series.reindex(calendar).to_numpy(dtype=float) for series in (outcome, exposure))
    extra: Floats = np.empty((len(calendar), 0))
    if others is not None:
        extra = others.reindex(calendar).to_numpy(dtype=float)
    usable = np.isfinite(y) & np.isfinite(x) & np.isfinite(extra).all(axis=1)
    if not usable.any():
        return Rows(np.empty(0), np.empty(0), np.empty((0, 1)), np.zeros(0, dtype=bool))
    z = np.column_stack(
        [
            nuisance(usable, calendar.day_of_week.to_numpy(dtype=np.int64)),
            *(scaled(column) for column in extra[usable].T),
        ]
    )
    return Rows(y[usable], x[usable], z, usable)


def _spoken(found: Association, words: Words) -> Association:
    return replace(
        found,
        outcome=words.outcome,
        factor=words.factor,
        per=words.per,
        adjusted_for=(DRIFT, WEEK, *words.adjusted_for),
    )


def asked(days: pd.DataFrame, outcome: str, factor: str, **options: Any) -> Association:
    """The day engine's answer, or its refusal where the log has no such column at all."""
    if outcome not in days.columns or factor not in days.columns:
        name = outcome if outcome not in days.columns else factor
        missing = rules.Refusal(
            f"Nothing is logged yet under {name.replace('_', ' ')}.", "28 tracked days with it"
        )
        return refused(Question(outcome, factor, 1, factors=factors_of(days)), missing)
    return associate(days, outcome=outcome, factor=factor, **options)


def not_shown(
    words: Words, reason: str, needed: str, *, counts: bool, n: Sequence[int] = (0, 0)
) -> Association:
    """An association that is refused for a reason of the claim's own.

    ``n`` is days and events so far.
    """
    found = refused(
        Question(COUNT if counts else SCORE, words.factor, 0), rules.Refusal(reason, needed)
    )
    return replace(
        found,
        outcome=words.outcome,
        factor=words.factor,
        per=words.per,
        n_days=n[0],
        n_events=n[1],
        method=METHOD,
    )
