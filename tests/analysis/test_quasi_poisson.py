from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.interpolate import CubicSpline

from legcare.analysis.associations import associate
from legcare.analysis.quasi_poisson import (
    Rows,
    autocorrelation,
    fit,
    influence,
    longest_lag,
    natural_spline,
    nuisance,
    score_fit,
    spline_freedom,
    stricter,
    variance_inflation,
)
from tests.analysis.logs import a_log, persistent


def some_rows(n: int = 240, seed: int = 3, rho: float = 0.5) -> Rows:
    rng = np.random.default_rng(seed)
    usable = rng.random(n) > 0.2
    x = persistent(rng, n, rho)
    y = rng.poisson(0.7 * np.exp(0.6 * persistent(rng, n, rho) + 0.3 * x)).astype(float)
    return Rows(y[usable], x[usable], nuisance(usable, np.arange(n, dtype=float)), usable)


def test_without_persistence_it_is_quasi_poisson():
    """Statsmodels GLM(Poisson).fit(scale="X2")."""
    rows = some_rows()
    model = sm.GLM(rows.y, np.column_stack([rows.z, rows.x]), family=sm.families.Poisson()).fit(
        scale="X2", tol=1e-13
    )
    found = fit(rows, counts=True, ridge=0.0, persistent=False)
    assert found.slope == pytest.approx(model.params[-1], rel=1e-6)
    assert found.phi == pytest.approx(model.scale, rel=1e-6)
    assert found.se == pytest.approx(model.bse[-1], rel=1e-6)
    assert found.df == model.df_resid


def test_the_tiny_ridge_hardly_moves_the_answer():
    rows = some_rows()
    with_ridge, without = fit(rows, counts=True), fit(rows, counts=True, ridge=0.0)
    assert with_ridge.slope == pytest.approx(without.slope, abs=0.003)
    assert with_ridge.se == pytest.approx(without.se, rel=0.01)


def test_without_adjustment_an_association_is_plain_quasi_poisson_where_nothing_persists():
    """Statsmodels GLM(Poisson).fit(scale="X2") on the pairs of days.

    Seeds whose Q is 1 are taken.
    """
    compared = 0
    for seed in range(12):
        days = a_log(seed, n=150)
        found = associate(days, outcome="cramps", factor="factor", lag=1, adjust=False)
        if found.inflation > 1:
            continue
        pairs = days.assign(x=days["factor"].shift(1)).dropna(subset=["cramps", "x"])
        model = sm.GLM(
            pairs["cramps"], sm.add_constant(pairs["x"]), family=sm.families.Poisson()
        ).fit(scale="X2")
        assert np.log(found.value) == pytest.approx(model.params["x"], rel=1e-6)
        if model.scale >= 1:
            compared += 1
            half = (np.log(found.high) - np.log(found.low)) / 2
            assert half == pytest.approx(model.bse["x"] * 1.9765, rel=2e-3)
    assert compared > 0


def test_a_stretch_without_any_cramp_does_not_run_away():
    rows = some_rows()
    quiet = Rows(np.where(np.arange(rows.y.size) < 90, 0.0, rows.y), rows.x, rows.z, rows.usable)
    found = fit(quiet, counts=True)
    assert abs(found.slope) < 2
    assert 0 < found.se < 2


@pytest.mark.parametrize("freedom", [2, 3, 7, 62])
def test_the_drift_is_scipys_natural_spline(freedom: int):
    """scipy.interpolate.CubicSpline(knots, eye, bc_type="natural")."""
    time = np.linspace(0, 1, 301)
    expected = CubicSpline(np.linspace(0, 1, freedom + 1), np.eye(freedom + 1), bc_type="natural")(
        time
    )[:, 1:]
    assert natural_spline(time, freedom) == pytest.approx(expected, abs=1e-12)


def test_freedom_of_drift_and_reach_of_persistence_follow_the_record():
    assert [spline_freedom(n) for n in (30, 45, 60, 90, 365, 3650)] == [1, 1, 2, 3, 7, 62]
    assert [longest_lag(n) for n in (6, 9, 30, 90, 365)] == [2, 3, 10, 19, 38]


def test_correlation_is_counted_over_days_and_not_over_rows():
    usable = np.array([True, True, False, True, True])
    found = autocorrelation(np.array([1.0, -1.0, 1.0, -1.0]), usable, 4)
    assert found == pytest.approx([-1.0, -1.0, 1.0, -1.0])
    assert np.isnan(
        autocorrelation(np.array([1.0, -1.0]), np.array([True, False, False, True]), 2)
    ).all()


def test_inflation_follows_its_formula_and_is_never_below_one():
    residual, factor = np.array([0.5, 0.2]), np.array([0.4, 0.1])
    expected = 1 + 2 * (
        2 / 3 * (0.5 + 0.015) * (0.4 + 0.014) + 1 / 3 * (0.2 + 0.012) * (0.1 + 0.011)
    )
    assert variance_inflation(residual, factor, 200) == pytest.approx(expected)
    assert variance_inflation(-residual, factor, 200) == 1.0


def test_what_persists_in_both_widens_the_interval():
    rows = some_rows(n=500, seed=9, rho=0.85)
    independent = fit(rows, counts=True, persistent=False)
    allowed = fit(rows, counts=True)
    assert allowed.inflation > 1
    assert allowed.se == pytest.approx(independent.se * np.sqrt(allowed.inflation))
    assert allowed.df == pytest.approx(
        rows.y.size / allowed.inflation - (independent.n - independent.df)
    )


def test_influences_are_the_days_pulls_and_sum_to_nothing():
    rows = some_rows()
    pull = influence(rows, counts=True)
    assert pull.size == rows.y.size
    assert pull.sum() == pytest.approx(0, abs=1e-4)
    heavy = int(np.argmax(pull))
    kept = np.arange(rows.y.size) != heavy
    usable = rows.usable.copy()
    usable[np.flatnonzero(usable)[heavy]] = False
    without = fit(Rows(rows.y[kept], rows.x[kept], rows.z[kept], usable), counts=True)
    assert without.slope < fit(rows, counts=True).slope


def test_the_stricter_of_two_tests_keeps_the_slope_and_takes_the_larger_p():
    tried = [
        (fit(rows, counts=True), score_fit(rows, counts=True))
        for rows in map(some_rows, [200] * 12, range(12))
    ]
    wider = [(full, score) for full, score in tried if full.p < 0.2 and score.p > full.p]
    assert wider
    for full, score in wider:
        held = stricter(full, score)
        assert held.slope == full.slope
        assert held.p == pytest.approx(score.p)
    assert all(stricter(full, score) == full for full, score in tried if full.p >= 0.2)
