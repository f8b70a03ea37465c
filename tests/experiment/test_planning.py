"""What to expect before starting: formula, the person's own figures, and the curve."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.experiment.pairs import Pairs, read
from legcare.analysis.experiment.planning import (
    REPEATS,
    REPEATS_OF_SCORES,
    TYPICAL_COUNT,
    TYPICAL_SCORE,
    filled,
    inflation,
    nature_of,
    outlook,
    weeks_needed,
)
from legcare.analysis.experiment.simulate import Nature, Shape, diaries, drifting, faded

RNG = np.random.default_rng


def test_weeks_needed_gives_the_worked_example_of_the_method_notes() -> None:
    # .3 a day, ratio .6, psi 1.2: 641 usable days = 92 weeks, 102 at 90 % logged
    assert weeks_needed(Nature(0.3, 0.8, 0.4), 0.6, psi=1.2) * 7 == pytest.approx(641, abs=0.5)
    assert weeks_needed(Nature(0.3, 0.8, 0.4, logged=0.9), 0.6, psi=1.2) == pytest.approx(
        102, abs=0.5
    )
    assert weeks_needed(Nature(0.3, 0.8, 0.4), 0.4, psi=1.2) * 7 == pytest.approx(261, abs=7)


def test_inflation_is_the_variance_that_invented_diaries_show() -> None:
    nature = Nature(0.6, 0.8, 0.6)
    data = diaries(nature, Shape(1, 7), 0.0, RNG(1), repeats=20_000).pairs()
    seen = np.var(data.a_total - data.b_total) / (14 * nature.level)
    assert inflation(nature) == pytest.approx(seen, rel=0.06)
    assert inflation(Nature(0.6, 0.0, 0.0)) == 1.0


def test_invented_diaries_have_the_rate_and_the_effect_they_were_given() -> None:
    nature = Nature(0.5, 0.8, 0.4, logged=0.8)
    data = diaries(nature, Shape(20, 7), np.log(0.6), RNG(2), repeats=600).pairs()
    assert data.b_total.sum() / data.b_days.sum() == pytest.approx(0.5, rel=0.03)
    assert data.a_total.sum() / data.a_days.sum() == pytest.approx(0.3, rel=0.03)
    assert data.a_days.mean() == pytest.approx(5.6, rel=0.02)


def test_drift_remembers_and_carry_over_fades() -> None:
    series = drifting(0.7, (4000, 10), RNG(3))
    assert np.corrcoef(series[:, 4], series[:, 5])[0, 1] == pytest.approx(0.7, abs=0.03)
    assert series.std() == pytest.approx(1.0, abs=0.02)
    assert faded(np.array([[1.0, 0.0, 0.0, 1.0]]), 1.0)[0] == pytest.approx([1.0, 0.5, 0.25, 1.0])


def test_own_days_give_back_the_nature_that_made_them() -> None:
    nature = Nature(0.6, 0.9, 0.6)
    made = [
        diaries(nature, Shape(60, 7), 0.0, RNG(seed), repeats=1).value.ravel() for seed in range(12)
    ]
    found = [nature_of(pd.Series(values), counts=True)[0] for values in made]
    assert np.mean([one.level for one in found]) == pytest.approx(0.6, rel=0.08)
    assert np.mean([one.spread for one in found]) == pytest.approx(0.9, abs=0.12)
    assert np.mean([one.memory for one in found]) == pytest.approx(0.6, abs=0.15)


def test_missing_days_lower_the_share_logged_not_the_rate() -> None:
    values = pd.Series([1.0, 0.0, np.nan, 1.0] * 30)
    nature, days = nature_of(values, counts=True)
    assert days == 90
    assert nature.level == pytest.approx(2 / 3, rel=0.03)
    assert nature.logged == pytest.approx(0.75)


def test_without_a_log_the_typical_figures_are_used_and_said_so() -> None:
    assert nature_of(pd.Series(dtype=float), counts=True) == (TYPICAL_COUNT, 0)
    assert nature_of(pd.Series([1.0] * 10), counts=False) == (TYPICAL_SCORE, 0)
    assert nature_of(pd.Series([0.0] * 60), counts=True) == (TYPICAL_COUNT, 0)


def test_the_curve_rises_with_weeks_with_rate_and_with_effect() -> None:
    seldom = outlook(Nature(0.15, 0.8, 0.4), worthwhile=0.6, block_days=7)
    often = outlook(Nature(1.0, 0.8, 0.4), worthwhile=0.6, block_days=7)
    strong = outlook(Nature(1.0, 0.8, 0.4), worthwhile=0.4, block_days=7)
    assert seldom.weeks[0] == 12
    assert seldom.weeks[-1] == 52
    assert often.if_works[-1] > often.if_works[0] + 0.3
    assert seldom.at(52)[0] < 0.4 < often.at(52)[0]
    assert strong.weeks_for_good_chance < often.weeks_for_good_chance or np.isnan(
        often.weeks_for_good_chance
    )
    assert np.isnan(seldom.weeks_for_good_chance)
    assert often.at(4) == (0.0, 0.0)
    assert outlook(Nature(1.0, 0.8, 0.4), worthwhile=0.4, block_days=7) == strong


def test_the_predicted_chance_is_near_the_published_power() -> None:
    # method notes: 7-day blocks, 336 days, RR .6, memory .4, 10 % missing: .59 at .6 a day, .76 at
    # 1.2 a day
    for rate, power in ((0.6, 0.59), (1.2, 0.76)):
        curve = outlook(Nature(rate, 0.8, 0.4, logged=0.9), worthwhile=0.6, block_days=7)
        assert curve.at(48)[0] == pytest.approx(power, abs=0.08)


def test_scores_need_fewer_weeks_and_have_no_formula() -> None:
    curve = outlook(TYPICAL_SCORE, worthwhile=1.0, block_days=3)
    assert curve.weeks_for_good_chance < 40
    assert np.isnan(curve.formula_weeks)


def test_a_pair_without_known_days_is_made_neutral() -> None:
    a, days = np.array([[2.0, 0.0, 3.0, 1.0]]), np.array([[7.0, 0.0, 7.0, 7.0]])
    b = np.array([[4.0, 5.0, 6.0, 2.0]])
    seven = np.full((1, 4), 7.0)
    whole = np.array([0, 2, 3])
    gap = read(filled(Pairs(a, days, b, seven)), counts=True)
    without = read(Pairs(a[:, whole], days[:, whole], b[:, whole], seven[:, whole]), counts=True)
    assert gap.value == pytest.approx(without.value, abs=0.01)


def test_the_docs_say_how_many_experiments_are_invented() -> None:
    said = f"{REPEATS:,} experiments like yours ({REPEATS_OF_SCORES:,} for scores) are invented"
    assert said in (Path(__file__).parents[2] / "docs/experiment.md").read_text(encoding="utf-8")
