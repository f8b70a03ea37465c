"""Claim 7: problem areas.

Where cramps happen, and whether a tender spot foretells a cramp there.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.benefits.benefit import Benefit, Progress
from legcare.analysis.benefits.comparison import Words, not_shown
from legcare.analysis.benefits.material import Material
from legcare.analysis.benefits.places import (
    PLACES,
    place_bouts,
    place_table,
    placed,
    repeat_design_effect,
)
from legcare.analysis.estimate import Association
from legcare.analysis.timeline import Flags

WITHIN_DAYS = 7
METHOD = "Mantel-Haenszel ratio by place"
WORDS = Words(
    "cramps in the same place",
    "a tender spot found there in the 7 days before",
    "against your other places",
    ("how often each place cramps anyway", "a cramp there in the week before"),
)


def problem_areas(material: Material) -> Benefit:
    """Whether a place cramps more in the week after it was tender than otherwise.

    Against the other places of the same person.
    """
    found = place_bouts(material.cramps)
    headline, exposed = foretelling(found, placed(material.tender))
    return Benefit(
        key="problem_areas",
        claim="Massage identifies problem areas",
        short="Problem areas, by cramps after tender spots",
        measurable=True,
        measured="cramps in a place within 7 days after it was found tender",
        headline=headline,
        sign=1,
        progress=Progress(
            exposed, rules.FEWEST_EVENTS, "cramps with a place, within 7 days after a tender spot"
        ),
        to_log="Note muscle and side of each cramp, and the tender spots you find in a massage.",
        pitfall=(
            "A cramp leaves its muscle tender, so a cramp in that place in the week before is taken"
            " out. You search most where you cramp most, so each place is compared with itself."
        ),
        would_change="Feeling the same places every time, including those that never cramp.",
        details={"places": place_table(material.cramps, material.tender)},
    )


def foretelling(found: pd.DataFrame, tender: pd.DataFrame) -> tuple[Association, int]:
    """Rate of cramps in a place against the others, with a tender finding there against without.

    ``found`` is ``place_bouts``, ``tender`` the placed tender finds. Strata are place x whether it
    cramped in the 7 days before. Given that a cramp came, the odds of this place against all others
    are the ratio of its rate to theirs, so the pooled odds ratio is the rate ratio against other
    places; its variance is widened by the repeat design effect. Also gives the number of bouts that
    have any tender find in the 7 days before.
    """
    tender_before, cramp_before, hit = _histories(found, tender)
    exposed = int(tender_before.any(axis=1).sum())
    a, b = (hit & tender_before).sum(), (hit & ~tender_before).sum()
    if min(a, b) < rules.FEWEST_EVENTS_EACH or exposed < rules.FEWEST_EVENTS:
        return _too_few(int(a), int(b), exposed), exposed
    ratio, variance = mantel_haenszel(_strata(tender_before, cramp_before, hit))
    effect = repeat_design_effect(found)
    return _association(ratio, variance * effect, len(hit), int(a + b)), exposed


def _histories(found: pd.DataFrame, tender: pd.DataFrame) -> tuple[Flags, Flags, Flags]:
    """Per bout and place.

    Tender find in the 7 days before, cramp in the 7 days before, cramp in this bout.
    """
    starts = found.groupby("bout")["utc"].min().to_numpy("datetime64[us]")
    if len(starts) and len(tender):
        starts = starts[starts >= tender["utc"].min().to_datetime64()]
    shape = (len(starts), len(PLACES))
    tender_before, cramp_before, hit = (np.zeros(shape, dtype=bool) for _ in range(3))
    began = found.groupby("bout")["utc"].transform("min").to_numpy("datetime64[us]")
    for place in range(len(PLACES)):
        tender_before[:, place] = _within(
            tender.loc[tender["place"] == place, "utc"].to_numpy("datetime64[us]"), starts
        )
        own = began[found["place"].to_numpy() == place]
        cramp_before[:, place] = _within(own, starts)
        hit[:, place] = np.isin(starts, own)
    return tender_before, cramp_before, hit


def _within(moments: np.ndarray, starts: np.ndarray) -> Flags:
    """Whether any moment lies in the 7 days before each start (the start itself not counted)."""
    ordered = np.sort(moments)
    week = np.timedelta64(WITHIN_DAYS, "D")
    return np.asarray(
        np.searchsorted(ordered, starts) > np.searchsorted(ordered, starts - week), dtype=bool
    )


def _strata(tender_before: Flags, cramp_before: Flags, hit: Flags) -> np.ndarray:
    """One row per stratum: hits and bouts with a tender find, hits and bouts without."""
    rows = []
    for place in range(hit.shape[1]):
        for recent in (False, True):
            chosen = cramp_before[:, place] == recent
            with_, without = chosen & tender_before[:, place], chosen & ~tender_before[:, place]
            rows.append(
                (hit[with_, place].sum(), with_.sum(), hit[without, place].sum(), without.sum())
            )
    return np.array(rows, dtype=float)


def mantel_haenszel(strata: np.ndarray) -> tuple[float, float]:
    """Pooled odds ratio and the variance of its logarithm, with against without a finding.

    Each row is (hits, n, hits, n).

    Mantel and Haenszel (1959); variance of Robins, Breslow and Greenland (1986).
    """
    a, n1, c, n0 = strata[(strata[:, 1] > 0) & (strata[:, 3] > 0)].T
    b, d, total = n1 - a, n0 - c, n1 + n0
    r, s = a * d / total, b * c / total
    if r.sum() == 0 or s.sum() == 0:
        return float("nan"), float("nan")
    p, q = (a + d) / total, (b + c) / total
    parts = (
        np.sum(p * r) / (2 * r.sum() ** 2),
        np.sum(p * s + q * r) / (2 * r.sum() * s.sum()),
        np.sum(q * s) / (2 * s.sum() ** 2),
    )
    return float(r.sum() / s.sum()), float(sum(parts))


def _too_few(a: int, b: int, exposed: int) -> Association:
    lacking = []
    if exposed < rules.FEWEST_EVENTS:
        lacking.append(
            f"{rules.more(rules.FEWEST_EVENTS - exposed, 'cramp')} within 7 days after a tender"
            " spot"
        )
    if a < rules.FEWEST_EVENTS_EACH:
        lacking.append(
            f"{rules.more(rules.FEWEST_EVENTS_EACH - a, 'cramp')} in a place that was tender"
        )
    if b < rules.FEWEST_EVENTS_EACH:
        lacking.append(
            f"{rules.more(rules.FEWEST_EVENTS_EACH - b, 'cramp')} in a place that was not"
        )
    reason = (
        f"Too little to compare: {exposed} cramps so far came within 7 days after a tender spot."
    )
    return not_shown(WORDS, reason, " and ".join(lacking), counts=True, n=(exposed, a + b))


def _association(ratio: float, variance: float, bouts: int, events: int) -> Association:
    from scipy import special

    if not np.isfinite(ratio):
        reason = (
            "No place was found tender at some times and not at others, so no place can be compared"
            " with itself."
        )
        return not_shown(
            WORDS,
            reason,
            "weeks in which the usual place is not tender",
            counts=True,
            n=(bouts, events),
        )
    se = float(np.sqrt(variance))
    middle = float(np.log(ratio))
    low, high = (float(np.exp(middle + sign * 1.959964 * se)) for sign in (-1, 1))
    p = 2 * float(special.ndtr(-abs(middle) / se))
    base = not_shown(WORDS, "-", "", counts=True, n=(bouts, events))
    return replace(
        base,
        value=ratio,
        low=low,
        high=high,
        p=p,
        q=p,
        verdict_p=p,
        refusal="",
        method=METHOD,
        adjusted_for=WORDS.adjusted_for,
        verdict=rules.of_interval(low, high, null=1.0, events=events),
        caveats=rules.early_caveat(events),
        mde=float(np.exp(-rules.CHANCE * se)),
    )
