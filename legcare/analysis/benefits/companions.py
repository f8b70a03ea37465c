"""Companions of massage: hydration, diet, exercise, stretching, sleep, stress, each as a curve against cramps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.associations import adjusted
from legcare.analysis.benefits.comparison import Words, asked, compare
from legcare.analysis.benefits.material import Material
from legcare.analysis.estimate import Association
from legcare.analysis.units import implied_lag, label
from legcare.days import CRAMPS, TRACKED

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
FEWEST_BINS = 3


@dataclass(frozen=True)
class Companion:
    """One companion: its straight-line estimate and its curve, so that a bend can show.

    ``curve`` has three rows (low, middle, high third of the person's own values; for a factor that is mostly zero:
    none, some, more): ``third``, ``from``, ``to``, ``middle``, ``n`` days, ``cramps`` per day, ``ratio`` to the lowest
    third with ``low`` and ``high``; the lowest third's ratio is 1.
    """

    group: str
    factor: str
    label: str
    line: Association
    curve: pd.DataFrame

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
    """The day table with ``unusual_load``: a day's load less the mean of the four weeks before it."""
    load = days["exercise_load"]
    usual = load.shift(1).rolling(WEEKS_OF_LOAD, min_periods=FEWEST_LOAD_DAYS).mean()
    return days.assign(unusual_load=load - usual)


def _companion(days: pd.DataFrame, group: str, factor: str) -> Companion:
    lag = 0 if factor == "unusual_load" else implied_lag(factor)
    words = "unusual load" if factor == "unusual_load" else label(factor)
    return Companion(group, factor, words, asked(days, CRAMPS, factor, lag=lag), _curve(days, factor, lag))


def _curve(days: pd.DataFrame, factor: str, lag: int) -> pd.DataFrame:
    value = days[factor].shift(lag)
    counts = days[CRAMPS].where(days[TRACKED].astype(bool))
    known = value[value.notna() & counts.notna()]
    edges = _edges(known)
    rows = [_bin(counts, value, edges, place) for place in range(len(edges) - 1)]
    columns = ["third", "from", "to", "middle", "n", "cramps", "ratio", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _edges(known: pd.Series) -> list[float]:
    """Cut points settled by the factor's own values alone, never by the cramps; empty where it hardly differs."""
    if known.nunique() < FEWEST_BINS:
        return []
    low, high = float(known.min()), float(known.max())
    if (known == low).mean() >= 1 / 3:
        rest = known[known > low]
        return [-np.inf, low, float(rest.median()), high]
    first, second = (float(known.quantile(share)) for share in (1 / 3, 2 / 3))
    return [-np.inf, first, second, high] if low <= first < second < high else []


def _bin(counts: pd.Series, value: pd.Series, edges: list[float], place: int) -> tuple[object, ...]:
    names = ("low", "middle", "high")
    inside = (value > edges[place]) & (value <= edges[place + 1])
    held = value[inside & counts.notna()]
    row = (names[place], float(held.min()), float(held.max()), float(held.mean()), len(held))
    rate = float(counts[inside].mean())
    if place == 0:
        return (*row, rate, 1.0, float("nan"), float("nan"))
    lowest = value <= edges[1]
    exposure = inside.astype(float).where(inside | lowest)
    found = compare(counts, exposure, Words("cramps", str(value.name), "against the lowest third"), counts=True)
    return (*row, rate, found.value, found.low, found.high)
