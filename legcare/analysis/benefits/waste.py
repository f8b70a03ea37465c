"""Claim 4: "toxins".

Not measurable from any log; the nearest thing is soreness in the days after a workout.
"""

from __future__ import annotations

import pandas as pd

from legcare.analysis.benefits.benefit import Benefit, Progress
from legcare.analysis.benefits.comparison import Words, compare
from legcare.analysis.benefits.exercise import CURVE_DAYS, before_workout, on_days, workout_days
from legcare.analysis.benefits.material import Material
from legcare.analysis.benefits.scores import spread
from legcare.analysis.estimate import Association
from legcare.analysis.verdict import FEWEST_DAYS_SCORE

WITHIN = "a planned massage within 6 h after the workout"


def waste(material: Material) -> Benefit:
    """Soreness 24 and 48 hours after workouts, with against without a massage within six hours."""
    workouts = workout_days(material)
    found = {after: soreness_after(material, workouts, after) for after in CURVE_DAYS[1:]}
    usable = int((workouts["sore_1"].notna() & workouts["massaged"].notna()).sum())
    return Benefit(
        key="waste",
        claim="Massage helps in removing toxins",
        short="“Toxins”, by soreness after workouts",
        measurable=False,
        measured="soreness the day after a workout that was massaged within 6 hours",
        headline=found[1],
        sign=-1,
        progress=Progress(usable, FEWEST_DAYS_SCORE, "workouts with soreness rated the next day"),
        to_log=(
            "Log workouts with effort, massages with their time, and soreness (0 to 10) each"
            " evening."
        ),
        pitfall=(
            "Soreness is not waste products leaving the muscle; it is shown under its own name."
            " Harder workouts are massaged more often; their load is taken out, what you did not"
            " log is not."
        ),
        would_change=(
            "Nothing in a log could show waste products. More workouts with and without massage"
            " would show soreness more sharply."
        ),
        spread=spread(material, "soreness"),
        estimates={"Soreness 48 h after, with massage against without": found[2]},
        details={"curve": _curve(workouts, found)},
    )


def soreness_after(material: Material, workouts: pd.DataFrame, after: int) -> Association:
    """Soreness so many days after a workout, with against without massage.

    Load and earlier soreness taken out.
    """
    words = Words(
        f"soreness {24 * after} h after",
        WITHIN,
        "with against without",
        ("load", "soreness before"),
    )
    return compare(
        on_days(workouts, f"sore_{after}"),
        on_days(workouts, "massaged"),
        words,
        counts=False,
        others=before_workout(material, workouts),
    )


def _curve(workouts: pd.DataFrame, found: dict[int, Association]) -> pd.DataFrame:
    """Mean soreness by days after a workout without massage, and with.

    That mean plus the adjusted difference.
    """
    rows: list[dict[str, str | float]] = []
    for after in CURVE_DAYS:
        score, given = workouts[f"sore_{after}"], workouts["massaged"]
        without = float(score[given == 0].mean())
        held = [int((score.notna() & (given == group)).sum()) for group in (0, 1)]
        rows.append(_point(after, "without", held[0], (without, float("nan"), float("nan"))))
        if after in found and found[after].shown:
            one = found[after]
            spot = (without + one.value, without + one.low, without + one.high)
            rows.append(_point(after, "with", held[1], spot))
    return pd.DataFrame(rows)


def _point(
    after: int, group: str, n: int, spot: tuple[float, float, float]
) -> dict[str, str | float]:
    return {
        "days_after": after,
        "massage": group,
        "n": n,
        "soreness": spot[0],
        "low": spot[1],
        "high": spot[2],
    }
