"""Companions of massage: hydration, diet, exercise, stretching, sleep, stress, each as a curve against cramps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.associations import adjusted
from legcare.analysis.benefits.comparison import asked
from legcare.analysis.benefits.material import Material
from legcare.analysis.estimate import Association
from legcare.analysis.response import Response, response
from legcare.analysis.units import implied_lag, label
from legcare.days import CRAMPS

COMPANIONS: dict[str, tuple[str, ...]] = {
    "Hydration": ("hydration_ml", "electrolyte_drinks"),
    "Diet": ("diet_quality", "magnesium_mg", "potassium_mg", "sodium_mg", "alcohol_units", "caffeine_mg"),
    "Exercise": ("exercise_min", "exercise_load", "unusual_load", "steps"),
    "Stretching": ("stretch_min",),
    "Sleep": ("sleep_h", "sleep_quality"),
    "Stress": ("stress",),
}
NOTES = {"Hydration": "hydration", "Exercise": "exercise", "Stretching": "stretching", "Stress": "stress"}
DIET_NOTES = {"magnesium_mg": "magnesium"}
WEEKS_OF_LOAD = 28
FEWEST_LOAD_DAYS = 14
UNUSUAL = "unusual_load"


@dataclass(frozen=True)
class Companion:
    """One companion: its straight-line estimate and its curve or bins, so that a bend can show."""

    group: str
    factor: str
    label: str
    line: Association
    curve: Response

    @property
    def note(self) -> str:
        """Key of the evidence note, "" where nothing was found to cite."""
        return DIET_NOTES.get(self.factor, NOTES.get(self.group, ""))


def companions(material: Material, *, own: tuple[str, ...] = ()) -> tuple[Companion, ...]:
    """Every companion that the log holds, own factors last; q runs over all of them."""
    days = with_unusual_load(material.days)
    groups = {**COMPANIONS, "Own factors": own}
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
    """The day table with ``unusual_load``: hundreds by which a day's load exceeds the mean of the four weeks before."""
    load = days["exercise_load"]
    usual = load.shift(1).rolling(WEEKS_OF_LOAD, min_periods=FEWEST_LOAD_DAYS).mean()
    return days.assign(unusual_load=(load - usual) / 100)


def _companion(days: pd.DataFrame, group: str, factor: str) -> Companion:
    lag = 0 if factor == UNUSUAL else implied_lag(factor)
    curve = response(days, outcome=CRAMPS, factor=factor, lag=lag)
    words = "exercise load above the past four weeks" if factor == UNUSUAL else label(factor)
    line = asked(days, CRAMPS, factor, lag=lag)
    return Companion(group, factor, words, replace(line, per="per 100") if factor == UNUSUAL else line, curve)
