"""The arithmetic of pairs against programs we did not write."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from legcare.analysis.experiment import pairs as arithmetic
from legcare.analysis.experiment.pairs import Pairs, log_ratio, mean_difference, read, sign_flip_p

REFERENCE = Path(__file__).parents[1] / "reference"
SLEEP_A = np.array(
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
)  # R datasets::sleep, group 1
SLEEP_B = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])  # group 2


def scores(a: np.ndarray, b: np.ndarray) -> Pairs:
    return Pairs(a_total=a, a_days=np.ones_like(a), b_total=b, b_days=np.ones_like(b))


def counts(a: list[float], b: list[float], days: float = 7.0) -> Pairs:
    return Pairs(np.array(a), np.full(len(a), days), np.array(b), np.full(len(b), days))


def test_sleep_agrees_with_coin_and_with_the_paired_t_test_of_r() -> None:
    # coin::independence_test(extra ~ group | ID, distribution = "exact"): p = 0.00390625
    # R t.test(paired = TRUE): -1.58, interval -2.4598857633 to -0.70011423672
    found = read(scores(SLEEP_A, SLEEP_B), counts=False)
    assert float(found.p) == pytest.approx(0.00390625, abs=1e-12)
    assert float(found.value) == pytest.approx(-1.58, abs=1e-12)
    assert (float(found.low), float(found.high)) == pytest.approx(
        (-2.4598857633, -0.70011423672), abs=1e-9
    )


def test_sleep_agrees_with_the_reference_file() -> None:
    value = json.loads((REFERENCE / "r.json").read_text())["refs"]["sleep_paired"]["value"]
    rows = list(csv.DictReader((REFERENCE / "sleep.csv").read_text().splitlines()))
    a, b = (
        np.array([float(row["extra"]) for row in rows if row["group"] == group]) for group in "12"
    )
    found = read(scores(a, b), counts=False)
    assert float(found.p) == pytest.approx(value["p_exact"], abs=1e-12)
    assert (float(found.low), float(found.high)) == pytest.approx(tuple(value["ci"]), abs=1e-9)


@pytest.mark.parametrize("number", [3, 6, 9])
def test_exact_p_agrees_with_scipy_permutation_test(number: int) -> None:
    # scipy.stats.permutation_test((d,), np.sum, permutation_type="samples"), all 2^K ways
    contrast = np.random.default_rng(number).normal(0.6, 1.0, number)
    theirs = stats.permutation_test(
        (contrast, -contrast),
        lambda x, y: np.sum(x - y),
        permutation_type="samples",
        n_resamples=np.inf,
    )
    assert float(sign_flip_p(contrast)) == pytest.approx(theirs.pvalue, abs=1e-12)


def test_drawn_p_lies_where_the_exact_one_is_and_stays_put() -> None:
    contrast = np.random.default_rng(4).normal(0.5, 1.0, 13)
    patterns = 1.0 - 2.0 * ((np.arange(2**13)[None, :] >> np.arange(13)[:, None]) & 1)
    exact = np.mean(np.abs(contrast @ patterns) >= abs(contrast.sum()) - 1e-9)
    drawn = float(sign_flip_p(contrast, seed=1))
    assert drawn == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 9999))
    assert drawn == float(sign_flip_p(contrast, seed=1))
    assert drawn != float(sign_flip_p(contrast, seed=2))


def test_fewer_than_six_pairs_cannot_reach_five_percent() -> None:
    assert float(sign_flip_p(np.ones(5))) == 2 / 2**5
    assert float(sign_flip_p(np.ones(6))) == 2 / 2**6


def test_the_log_ratio_by_hand() -> None:
    # totals 6 and 18 cramps in 42 days each: log(6.5 / 42) - log(18.5 / 42)
    value, se = log_ratio(counts([1, 1, 1, 1, 1, 1], [3, 3, 3, 3, 3, 3]))
    assert float(value) == pytest.approx(np.log(6.5 / 18.5))
    assert float(se) == pytest.approx(
        np.sqrt(1 / 6.5 + 1 / 18.5)
    )  # pairs that agree: chance alone sets the error


def test_pairs_that_scatter_set_the_error_of_the_log_ratio() -> None:
    a, b = np.array([0.0, 12, 0, 9, 1, 14]), np.array([9.0, 2, 11, 1, 8, 0])
    _value, se = log_ratio(counts(list(a), list(b)))
    residual = (a - a.mean()) / (a.sum() + 0.5) - (b - b.mean()) / (b.sum() + 0.5)
    assert float(se) == pytest.approx(np.sqrt((residual**2).sum() * 6 / 5))
    assert float(se) > np.sqrt(1 / (a.sum() + 0.5) + 1 / (b.sum() + 0.5))


def test_unequal_days_are_rates_not_totals() -> None:
    data = Pairs(
        np.array([2.0, 2.0]), np.array([7.0, 7.0]), np.array([1.0, 1.0]), np.array([3.5, 3.5])
    )
    assert data.difference == pytest.approx([0.0, 0.0])
    assert float(log_ratio(data)[0]) == pytest.approx(np.log((4.5 / 14) / (2.5 / 7)))


def test_interval_and_test_never_disagree() -> None:
    rng = np.random.default_rng(12)
    data = Pairs(
        rng.poisson(2.0, (400, 6)).astype(float),
        np.full((400, 6), 7.0),
        rng.poisson(6.0, (400, 6)).astype(float),
        np.full((400, 6), 7.0),
    )
    for found in (read(data, counts=True), read(data, counts=False)):
        holds = (found.low <= 0) & (found.high >= 0)
        assert holds[found.p > 0.05].all()
        assert (found.low <= found.value).all()
        assert (found.value <= found.high).all()
    plain = log_ratio(data)[0] + arithmetic.t_quantile(6) * log_ratio(data)[1]
    assert (plain[read(data, counts=True).p > 0.05] < 0).any(), "the rule has cases to act on"


def test_many_experiments_at_once_equal_one_at_a_time() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.poisson(3.0, (5, 8)).astype(float), rng.poisson(4.0, (5, 8)).astype(float)
    days = np.full((5, 8), 7.0)
    together = read(Pairs(a, days, b, days), counts=True)
    for row in range(5):
        alone = read(Pairs(a[row], days[row], b[row], days[row]), counts=True)
        assert float(together.p[row]) == float(alone.p)
        assert float(together.low[row]) == pytest.approx(float(alone.low))


def test_mean_difference_is_the_paired_t_test() -> None:
    value, se = mean_difference(scores(SLEEP_A, SLEEP_B))
    theirs = stats.ttest_rel(SLEEP_A, SLEEP_B)
    assert float(value / se) == pytest.approx(theirs.statistic)
