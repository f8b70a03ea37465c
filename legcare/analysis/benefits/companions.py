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
from legcare.analysis.units import per
from legcare.days import CRAMPS, DAY, TRACKED, Days, described, factors_of
from legcare.records import COMPANIONS, DESCRIBED, Column, Factor, Group, Phase, WorkoutKind

NOTES = {
    Group.HYDRATION: "hydration",
    Group.EXERCISE: "exercise",
    Group.STRETCHING: "stretching",
    Group.STRESS: "stress",
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
# Columns that are made here, with the cramps of the same day.
DERIVED = (
    Column(
        key=UNUSUAL,
        label="exercise load above the past four weeks",
        unit="hundreds of min x effort",
        phase=Phase.DAY,
        group=Group.EXERCISE,
    ),
    *(
        Column(key=f"{KIND}{kind}", label=name, unit="", phase=Phase.DAY, group=Group.EXERCISE)
        for kind, name in KINDS.items()
    ),
)


@dataclass(frozen=True)
class Companion:
    """One companion: its straight-line estimate and its curve or bins, so that a bend can show.

    ``on_days`` is how many tracked days it was above zero on.
    """

    group: Group
    factor: str
    line: Association
    curve: Response
    on_days: int

    @property
    def label(self) -> str:
        """Its name inside a sentence."""
        return self.line.factor_name

    @property
    def is_kind(self) -> bool:
        """Whether it is a kind of workout: on some days done, on the others not."""
        return self.factor.startswith(KIND)

    @property
    def note(self) -> str:
        """Key of the evidence note, "" where nothing was found to cite."""
        return DIET_NOTES.get(self.factor, NOTES.get(self.group, ""))


def companions(material: Material) -> tuple[Companion, ...]:
    """Every companion that the log holds, own factors last; q runs over all of them."""
    days = with_kinds(with_unusual_load(material.days), material.workouts)
    factors = factors_of(material.days).with_more(DERIVED)
    days = described(days, factors)
    found = [
        _companion(days, group, factor)
        for group in COMPANIONS
        for factor in factors.of_group(group)
        if factor.key in days.columns and days[factor.key].notna().any()
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


def _companion(days: Days, group: Group, factor: Factor) -> Companion:
    curve = response(days, outcome=CRAMPS, factor=factor.key)
    line = asked(days, CRAMPS, factor.key)
    if factor.key == UNUSUAL:
        line = replace(line, per=per(100.0, DESCRIBED["exercise_load"].unit))
    on_days = int((days[factor.key] > 0)[days[TRACKED]].sum())
    return Companion(group, factor.key, line, curve, on_days)
