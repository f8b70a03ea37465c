from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from legcare.analysis.naive import naive, stars
from tests.analysis.logs import a_log, persistent


def test_on_a_full_log_r_is_scipys():
    days = a_log(n=200).assign(tracked=True).fillna({"cramps": 0.0})
    found = naive(days, outcome="cramps", factor="factor", lag=1)
    reference = stats.pearsonr(days["factor"].iloc[:-1], days["cramps"].iloc[1:])
    assert (found.r, found.p) == pytest.approx((reference.statistic, reference.pvalue))
    assert found.n == 199


def test_drift_of_both_is_named_as_the_reason():
    days = a_log(n=400)
    slope = np.linspace(0, 3, 400)
    rng = np.random.default_rng(6)
    days["cramps"] = np.where(days["tracked"], rng.poisson(np.exp(-1.5 + slope / 2)), np.nan)
    days["drifting"] = slope + rng.normal(0, 0.6, 400)
    found = naive(days, outcome="cramps", factor="drifting")
    assert found.stars == "***"
    assert found.ours.low < 1 < found.ours.high
    assert "slow drift over time" in found.sentence


def test_persistence_is_named_as_the_reason():
    said = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        days = a_log(n=150).assign(tracked=True)
        days["cramps"] = rng.poisson(np.exp(persistent(rng, 150, 0.92) - 1)).astype(float)
        days["factor"] = (persistent(rng, 150, 0.9) > 0).astype(float)
        said.append(naive(days, outcome="cramps", factor="factor").sentence)
    assert any("days resemble the day before" in one for one in said)


def test_unlogged_days_as_zero_are_named_as_the_reason():
    days = a_log(n=300).assign(tracked=True).fillna({"cramps": 0.0})
    earlier = days["factor"].shift(1) == 1
    days["tracked"] = ~(earlier & (np.random.default_rng(3).random(300) < 0.6))
    found = naive(days, outcome="cramps", factor="factor")
    assert found.r < 0
    assert found.stars
    assert "counting unlogged days" in found.sentence


def test_both_can_agree():
    found = naive(a_log(n=700, effect=0.4), outcome="cramps", factor="factor")
    assert found.sentence.startswith("Both find an association")


def test_a_refusal_is_explained():
    assert naive(a_log(n=12), outcome="cramps", factor="factor").sentence.startswith(
        "The correlation is printed"
    )


def test_stars_as_such_tools_print_them():
    assert [stars(p) for p in (0.0001, 0.005, 0.03, 0.2)] == ["***", "**", "*", ""]
