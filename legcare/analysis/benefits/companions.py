"""Companions of massage.

Hydration, diet, exercise, stretching, sleep, stress, each as a curve against cramps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.associations import adjusted
from legcare.analysis.benefits.comparison import asked
from legcare.analysis.benefits.material import Material
from legcare.analysis.estimate import Association
from legcare.analysis.response import Response, response
from legcare.analysis.units import FACTORS, implied_lag, label, per
from legcare.days import CRAMPS, DAY, TRACKED
from legcare.records import WorkoutKind

COMPANIONS: dict[str, tuple[str, ...]] = {
    "Hydration": ("hydration_ml", "electrolyte_drinks"),
    "Diet": (
        "diet_quality",
        "magnesium_mg",
        "potassium_mg",
        "sodium_mg",
        "alcohol_units",
        "caffeine_mg",
    ),
    "Exercise": ("exercise_min", "exercise_load", "unusual_load", "steps"),
    "Stretching": ("stretch_min",),
    "Sleep": ("sleep_h", "sleep_quality"),
    "Stress": ("stress",),
}
NOTES = {
    "Hydration": "hydration",
    "Exercise": "exercise",
    "Stretching": "stretching",
    "Stress": "stress",
}
DIET_NOTES = {"magnesium_mg": "magnesium"}
WEEKS_OF_LOAD = 28
FEWEST_LOAD_DAYS = 14
UNUSUAL = "unusual_load"
KIND = "workout_"
KINDS = {
    WorkoutKind.RUN: "a run",
    WorkoutKind.RIDE: "a ride",
    WorkoutKind.WALK: "a walk as exercise",
    WorkoutKind.SWIM: "a swim",
    WorkoutKind.STRENGTH: "strength training",
    WorkoutKind.OTHER: "other exercise",
}
NAMES = {
    UNUSUAL: "exercise load above the past four weeks",
    **{f"{KIND}{kind}": name for kind, name in KINDS.items()},
}


@dataclass(frozen=True)
class Companion:
    """One companion: its straight-line estimate and its curve or bins, so that a bend can show.

    ``on_days`` is how many tracked days it was above zero on.
    """

    group: str
    factor: str
    label: str
    line: Association
    curve: Response
    on_days: int

    @property
    def is_kind(self) -> bool:
        """Whether it is a kind of workout: on some days done, on the others not."""
        return self.factor.startswith(KIND)

    @property
    def note(self) -> str:
        """Key of the evidence note, "" where nothing was found to cite."""
        return DIET_NOTES.get(self.factor, NOTES.get(self.group, ""))


def companions(material: Material, *, own: tuple[str, ...] = ()) -> tuple[Companion, ...]:
    """Every companion that the log holds, own factors last; q runs over all of them."""
    days = with_kinds(with_unusual_load(material.days), material.workouts)
    groups = {**COMPANIONS, "Own factors": own}
    groups["Exercise"] = (
        *groups["Exercise"],
        *(name for name in map(str, days) if name.startswith(KIND)),
    )
    found = [
        _companion(days, group, factor)
        for group, factors in groups.items()
        for factor in factors
        if factor in days.columns and days[factor].notna().any()
    ]
    judged = adjusted([one.line for one in found])
    return tuple(replace(one, line=line) for one, line in zip(found, judged, strict=True))


def compared(found: tuple[Companion, ...]) -> str:
    """How many comparisons were run over the companions."""
    return rules.compared(sum(one.line.shown for one in found))


def with_unusual_load(days: pd.DataFrame) -> pd.DataFrame:
    """The day table with ``unusual_load``.

    Hundreds by which a day's load exceeds the mean of the four weeks before.
    """
    load = days["exercise_load"]
    usual = load.shift(1).rolling(WEEKS_OF_LOAD, min_periods=FEWEST_LOAD_DAYS).mean()
    return days.assign(unusual_load=(load - usual) / 100)


def with_kinds(days: pd.DataFrame, workouts: pd.DataFrame) -> pd.DataFrame:
    """The day table with one column for each kind of workout.

    1 on days with it, 0 on days known to be without.

    A day is known where its minutes of exercise are or a workout is, and no workout of it leaves
    its kind unsaid.
    """
    unsaid = days.index.isin(workouts.loc[workouts["kind"].isna(), DAY])
    known = (days["exercise_min"].notna() | days.index.isin(workouts[DAY])) & ~unsaid
    added = {}
    for kind in KINDS:
        on = days.index.isin(workouts.loc[workouts["kind"] == str(kind.value), DAY])
        if on.any():
            added[f"{KIND}{kind}"] = pd.Series(on, index=days.index).astype(float).where(known | on)
    return days.assign(**added)


def _companion(days: pd.DataFrame, group: str, factor: str) -> Companion:
    derived = factor in NAMES
    lag = 0 if derived else implied_lag(factor)
    curve = response(days, outcome=CRAMPS, factor=factor, lag=lag)
    line = asked(days, CRAMPS, factor, lag=lag)
    if factor == UNUSUAL:
        line = replace(line, per=per(100.0, FACTORS["exercise_load"].unit))
    on_days = int((days[factor] > 0)[days[TRACKED]].sum())
    return Companion(group, factor, NAMES.get(factor) or label(factor), line, curve, on_days)
