"""Claim 6: recovery.

Cramps in the 24 hours after workouts, and days until soreness is back to usual.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from legcare.analysis.benefits.benefit import Benefit, Progress
from legcare.analysis.benefits.comparison import Words, compare
from legcare.analysis.benefits.exercise import on_days, workout_days
from legcare.analysis.benefits.material import Material, before_moment
from legcare.analysis.benefits.survival import kaplan_meier, median_wait
from legcare.analysis.benefits.waste import WITHIN
from legcare.analysis.estimate import Association, Estimate, Verdict
from legcare.analysis.timeline import Floats
from legcare.analysis.verdict import FEWEST_DAYS
from legcare.days import DAY

LONGEST_WAIT = 10
FEWEST_WAITS = 10
FEWEST_QUIET = 14


def recovery(material: Material) -> Benefit:
    """Cramps 6 to 24 hours after workouts, with massage in the first six hours against without."""
    workouts = workout_days(material)
    usable = int((workouts["late"].notna() & workouts["massaged"].notna()).sum())
    groups = waits_by_group(material, workouts)
    curves = recovery_curves(groups)
    return Benefit(
        key="recovery",
        claim="Massage enhances muscle recovery",
        short="Recovery, by cramps after workouts",
        measurable=True,
        measured="cramps in the 24 hours after a workout, from the sixth hour on",
        headline=_headline(material, workouts),
        sign=-1,
        progress=Progress(usable, FEWEST_DAYS, "workouts with the next 24 hours tracked"),
        to_log=(
            "Log workouts with minutes and effort, massages with their time, and soreness each"
            " evening."
        ),
        pitfall=(
            "Cramps in the first six hours are left out, because a cramp may be the reason for the"
            " massage. Harder workouts are massaged more often; their load is taken out."
        ),
        would_change="Drawing lots after each workout whether to massage.",
        estimates={
            f"Median days until soreness is usual again, {group} massage": _median(waits, curves)
            for group, waits in groups.items()
        },
        details={"curves": curves},
    )


def _headline(material: Material, workouts: pd.DataFrame) -> Association:
    others = before_moment(material, workouts)
    others["early"] = workouts["early"].to_numpy(dtype=float)
    others["load"] = workouts["load"].to_numpy(dtype=float)
    words = Words(
        "cramps 6 to 24 h after a workout",
        WITHIN,
        "with against without",
        ("load", "cramps before the massage"),
    )
    return compare(
        on_days(workouts, "late"),
        on_days(workouts, "massaged"),
        words,
        counts=True,
        others=others.fillna(others.mean()).fillna(0.0),
    )


def waits(material: Material, workouts: pd.DataFrame) -> pd.DataFrame:
    """Per workout the days until soreness was back.

    ``massaged``, ``wait`` (days), ``ended`` (seen, or still sore).

    Usual is the median soreness of days two days or more away from any workout (of all days, where
    those are fewer than 14). A wait runs until the first rated day at or below usual; the next
    workout cuts it short. Days without a rating are passed over.
    """
    if "soreness" not in material.days or workouts.empty:
        return pd.DataFrame({"massaged": [], "wait": [], "ended": []}, dtype="float64")
    first = material.days.index[0]
    exercised = np.unique((material.workouts[DAY] - first).dt.days.to_numpy())
    soreness, usual = material.days["soreness"].to_numpy(dtype=float), usual_soreness(material)
    rows = [_wait(soreness, usual, int(day), exercised) for day in (workouts[DAY] - first).dt.days]
    frame = pd.DataFrame(rows, columns=["wait", "ended"]).assign(
        massaged=workouts["massaged"].to_numpy()
    )
    return frame.dropna().reset_index(drop=True)


def usual_soreness(material: Material) -> float:
    """The person's own usual soreness.

    Median of days without recent exercise, of all days where those are few.
    """
    soreness = material.days["soreness"]
    worked = soreness.index.isin(material.workouts[DAY])
    near = pd.Series(worked, index=soreness.index).rolling(3, min_periods=1).max() > 0
    quiet = soreness[~near].dropna()
    return float((quiet if len(quiet) >= FEWEST_QUIET else soreness).median())


def _wait(soreness: Floats, usual: float, day: int, exercised: np.ndarray) -> tuple[float, float]:
    place = int(np.searchsorted(exercised, day, side="right"))
    last = min(
        day + LONGEST_WAIT, int(exercised[place]) - 1 if place < len(exercised) else len(soreness)
    )
    later = soreness[day + 1 : last + 1]
    seen = np.flatnonzero(np.isfinite(later))
    if not len(seen):
        return float("nan"), float("nan")
    back = seen[later[seen] <= usual]
    return (float(back[0] + 1), 1.0) if len(back) else (float(seen[-1] + 1), 0.0)


def waits_by_group(material: Material, workouts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The waits of workouts with and without massage."""
    table = waits(material, workouts)
    return {"with": table[table["massaged"] == 1], "without": table[table["massaged"] == 0]}


def recovery_curves(groups: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Kaplan-Meier curves of both groups, ``massage`` naming the group.

    Empty where either has under ten waits.
    """
    if min(len(group) for group in groups.values()) < FEWEST_WAITS:
        return pd.DataFrame(
            columns=["massage", "time", "at_risk", "events", "share", "low", "high"]
        )
    curves = [
        kaplan_meier(group["wait"].to_numpy(), group["ended"].to_numpy(dtype=bool)).assign(
            massage=name
        )
        for name, group in groups.items()
    ]
    return pd.concat(curves, ignore_index=True)


def _median(group: pd.DataFrame, curves: pd.DataFrame) -> Estimate:
    n = len(group)
    nan = float("nan")
    if curves.empty:
        need = (
            f"{max(FEWEST_WAITS - n, 0)} more workouts of this kind with soreness rated on the days"
            " after"
        )
        reason = f"{n} of {FEWEST_WAITS} workouts of this kind have soreness rated after them."
        return Estimate(
            nan,
            nan,
            nan,
            n,
            "days",
            "Kaplan-Meier",
            Verdict.NOT_ENOUGH,
            refusal=reason,
            still_needed=need,
        )
    curve = kaplan_meier(group["wait"].to_numpy(), group["ended"].to_numpy(dtype=bool))
    value, low, high = median_wait(curve)
    if not np.isfinite(value):
        reason = (
            "In more than half of these workouts the next one came before soreness was back to"
            " usual."
        )
        return Estimate(
            nan,
            nan,
            nan,
            n,
            "days",
            "Kaplan-Meier",
            Verdict.NOT_ENOUGH,
            refusal=reason,
            still_needed="longer pauses between workouts",
        )
    return Estimate(value, low, high, n, "days", "Kaplan-Meier", Verdict.NO_CLEAR)
