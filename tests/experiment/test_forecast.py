"""What is promised before the start: from paired sums, with a range, against what comes about."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.experiment import forecast
from legcare.analysis.experiment.forecast import Shape, model_of, power_curve, weeks_with_looks
from legcare.records.experiment import Outcome, OutcomeKind
from tests.experiment.made import CRAMPS, SORENESS

WEEK = Shape(7)


def cramps(days: int, rate: float = 0.6, seed: int = 1) -> pd.Series:
    return pd.Series(np.random.default_rng(seed).poisson(rate, days).astype(float))


def test_cramps_that_come_by_chance_vary_as_chance_does() -> None:
    models = [model_of(cramps(700, seed=seed), CRAMPS, WEEK) for seed in range(20)]
    assert np.mean([model.psi for model in models]) == pytest.approx(1.0, abs=0.05)
    assert np.mean([model.level for model in models]) == pytest.approx(0.6, abs=0.03)


def test_spells_of_months_cancel_and_bouts_of_days_do_not() -> None:
    rng = np.random.default_rng(2)
    spells = np.repeat(rng.choice([0.1, 1.1], 12), 60)
    bouts = np.repeat(rng.choice([0.0, 3.0], 240, p=[0.8, 0.2]), 3)
    slow = model_of(pd.Series(rng.poisson(spells).astype(float)), CRAMPS, WEEK)
    quick = model_of(pd.Series(rng.poisson(bouts).astype(float)), CRAMPS, WEEK)
    assert slow.psi < 1.6 < 3 < quick.psi
    assert slow.level_error > model_of(cramps(720), CRAMPS, WEEK).level_error


def test_a_short_log_leaves_more_open_and_none_at_all_is_typical() -> None:
    short, long = (
        power_curve(model_of(cramps(days), CRAMPS, WEEK), CRAMPS, 0.6, WEEK) for days in (30, 700)
    )
    width = [np.subtract(*reversed(curve.between(36))) for curve in (short, long)]
    assert width[0] > 1.5 * width[1]
    typical = model_of(pd.Series(dtype=float), CRAMPS, WEEK)
    assert typical.own_days == 0
    assert typical.level == pytest.approx(2.6 / 7)
    assert model_of(cramps(30, rate=0.0), CRAMPS, WEEK).own_days == 0


def test_the_curve_rises_and_its_range_holds_it() -> None:
    curve = power_curve(model_of(cramps(180), CRAMPS, WEEK), CRAMPS, 0.6, WEEK)
    assert curve.pairs[0] == 6
    assert curve.weeks[-1] == 52
    assert curve.if_works[-1] > curve.if_works[0] + 0.2
    assert (np.array(curve.low) <= curve.if_works).all()
    assert (np.array(curve.high) >= curve.if_works).all()
    assert curve.at(11) == (0.0, 0.0)
    assert curve == power_curve(curve.model, CRAMPS, 0.6, WEEK), "the curve stays put"


@pytest.mark.parametrize("family", [forecast.gamma_blocks, forecast.bouts])
def test_invented_blocks_have_the_mean_and_the_variance_that_was_read(family: object) -> None:
    for psi in (0.6, 1.0, 2.5):
        blocks = family(5.0, psi, (4000, 5), np.random.default_rng(3))  # type: ignore[operator]
        assert blocks.mean() == pytest.approx(5.0, rel=0.03)
        assert blocks.var() == pytest.approx(5.0 * psi, rel=0.1)


def test_more_arms_and_wash_out_take_longer_and_share_the_error() -> None:
    model = model_of(cramps(180), CRAMPS, WEEK)
    two, three = (power_curve(model, CRAMPS, 0.6, Shape(7, 0, arms)) for arms in (2, 3))
    assert three.weeks[0] == 18
    assert three.at(52)[0] < two.at(52)[0]


def test_scores_and_minutes_are_forecast_too() -> None:
    rng = np.random.default_rng(4)
    score = pd.Series(5 + rng.normal(0, 1.5, 120))
    shape = Shape(3)
    model = model_of(score, SORENESS, shape)
    assert model.psi == pytest.approx(2 * 1.5**2 / 3, rel=0.35)
    assert power_curve(model, SORENESS, 1.0, shape).at(24)[0] > 0.8
    minutes = Outcome(column="minutes", label="Minutes", kind=OutcomeKind.AMOUNT)
    amounts = cramps(180) * pd.Series(rng.gamma(2.0, 3.0, 180))
    assert model_of(amounts, minutes, WEEK).psi > 1.2


def test_looks_end_it_earlier_for_the_same_chance() -> None:
    model = model_of(cramps(180, rate=1.2), CRAMPS, WEEK)
    chance, weeks = weeks_with_looks(model, CRAMPS, 0.4, WEEK, (8, 12, 16, 20, 24))
    assert chance > 0.9
    assert weeks < 39


def test_what_logs_promise_comes_about() -> None:
    promises = []
    for seed in range(15):
        rng = np.random.default_rng(seed)
        days = pd.Series(rng.poisson(rng.gamma(0.6 / 0.54, 0.54, 60)).astype(float))
        model = model_of(days, CRAMPS, WEEK)
        promises.append(power_curve(model, CRAMPS, 0.6, WEEK).at(24)[0])
    model = forecast.OutcomeModel(0.6, 1.54, 1.0, True, 0.0, 0.0, 999)
    whole = forecast.simulate(model, CRAMPS, 0.6, (WEEK, 12), (0.0,))
    truth = float(forecast.chances(whole, 0.6, WEEK, [12])[0].mean())
    assert abs(np.mean(promises) - truth) < 0.08
