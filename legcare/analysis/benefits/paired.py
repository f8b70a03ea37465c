"""Ratings before and after a session.

The change, and how much of it is falling back to the usual level.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from legcare.analysis.benefits.benefit import PairedChange
from legcare.analysis.benefits.material import Material
from legcare.analysis.estimate import Estimate, Verdict
from legcare.analysis.quasi_poisson import autocorrelation
from legcare.analysis.verdict import more
from legcare.days import DAY

FEWEST_SESSIONS = 10
FEWEST_USUAL = 14
NAN = float("nan")
NOT_AN_EFFECT = (
    "A change, not an effect: you knew you were being massaged, and if you massage when it feels"
    " bad, part of this is falling back to your usual level."
)


def paired_change(material: Material, rating: str) -> PairedChange:
    """Change of a 0-10 rating over planned massages that have it before and after.

    ``pairs`` has one row per session: ``day``, ``before``, ``after``. The usual level and the
    fall-back part come from the daily reading of the same name, if at least 14 days hold one; the
    day-to-day correlation stands in for the short-term one, so the part is an upper estimate.
    """
    planned = material.planned
    pairs = planned[[DAY, f"{rating}_before", f"{rating}_after"]].dropna().reset_index(drop=True)
    pairs.columns = pd.Index([DAY, "before", "after"])
    daily = material.days[rating] if rating in material.days else pd.Series(dtype="float64")
    before = float(pairs["before"].mean()) if len(pairs) else NAN
    usual, fall, ordinary, note = _by_itself(daily, before, pairs["before"])
    return PairedChange(rating, _change(pairs), before, usual, fall, ordinary, pairs, note)


def _change(pairs: pd.DataFrame) -> Estimate:
    from scipy import stats

    n = len(pairs)
    change = (pairs["after"] - pairs["before"]).to_numpy(dtype=float)
    if n < FEWEST_SESSIONS:
        return Estimate(
            NAN,
            NAN,
            NAN,
            n,
            "points",
            "mean change",
            Verdict.NOT_ENOUGH,
            refusal=f"{n} of {FEWEST_SESSIONS} planned massages have a rating before and after.",
            still_needed=more(FEWEST_SESSIONS - n, "massage") + " with both ratings",
        )
    half = float(stats.t.ppf(0.975, n - 1) * change.std(ddof=1) / np.sqrt(n))
    mean = float(change.mean())
    return Estimate(
        mean,
        mean - half,
        mean + half,
        n,
        "points",
        "mean change",
        Verdict.NO_CLEAR,
        caveats=(NOT_AN_EFFECT,),
    )


def _by_itself(
    daily: pd.Series, before: float, sessions: pd.Series
) -> tuple[float, float, float, str]:
    """Usual level, fall-back part, ordinary fluctuation, and why where they cannot be known."""
    known = daily.notna().to_numpy()
    if known.sum() < FEWEST_USUAL:
        spread = float(sessions.std(ddof=1)) if len(sessions) > 1 else NAN
        return (
            NAN,
            NAN,
            spread,
            (
                "How much of this is falling back to your usual level cannot be told: rate it on"
                f" {FEWEST_USUAL} days without regard to massage."
            ),
        )
    values = daily.to_numpy(dtype=float)
    usual, steps = float(np.nanmean(values)), np.diff(values)
    rho = float(np.clip(autocorrelation(values[known] - usual, known, 1)[0], 0, 1))
    ordinary = float(np.nanstd(steps)) if np.isfinite(steps).any() else float(np.nanstd(values))
    return usual, -(1 - rho) * (before - usual), ordinary, ""
