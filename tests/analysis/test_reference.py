"""Agreement with R 4.2.2: every block of the reference file that concerns these analyses.

tests/reference/README.md says where the numbers and series come from; each test names its R call.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import special, stats

from legcare.analysis.associations import benjamini_hochberg
from legcare.analysis.frequency import garwood
from legcare.analysis.quasi_poisson import Rows, autocorrelation, fit
from legcare.analysis.timing import (
    WEEKDAYS,
    bout_vectors,
    circular_mean,
    night_ratio,
    rotation_p,
    weekday_chi_square,
)

FOLDER = Path(__file__).parents[1] / "reference"
CLOSE = 1e-6


def block(name: str) -> Any:
    return json.loads((FOLDER / "r.json").read_text())["refs"][name]["value"]


def data(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / name)


def hours(name: str, column: str, full_turn: float) -> np.ndarray:
    return data(name)[column].to_numpy(dtype=float) / full_turn * 24


def test_exact_poisson_interval():
    """R stats: poisson.test(x, T)."""
    for row in block("poisson_exact"):
        low, high = garwood(row["x"], row["T"])
        assert low == pytest.approx(row["lo"], rel=CLOSE, abs=1e-12)
        assert high == pytest.approx(row["hi"], rel=CLOSE)


def epil() -> tuple[np.ndarray, pd.DataFrame]:
    rows = data("epil.csv")
    treated = (rows["trt"] == "progabide").astype(float)
    design = pd.DataFrame(
        {
            "(Intercept)": 1.0,
            "lbase": rows["lbase"],
            "trtprogabide": treated,
            "lage": rows["lage"],
            "V4": rows["V4"],
            "lbase:trtprogabide": rows["lbase"] * treated,
        }
    )
    return rows["y"].to_numpy(dtype=float), design


def alone(y: np.ndarray, design: pd.DataFrame, name: str) -> Any:
    """The engine asked for one column with Q = 1, all others as nuisance."""
    others = design.drop(columns=name).to_numpy()
    rows = Rows(y, design[name].to_numpy(), others, np.ones(y.size, dtype=bool))
    return fit(rows, counts=True, ridge=0.0, persistent=False)


def test_the_engine_without_persistence_is_quasi_poisson():
    """R MASS example(epil): glm(y ~ lbase * trt + lage + V4, quasipoisson)."""
    expected, (y, design) = block("epil_glm"), epil()
    for name in design.columns[1:]:
        found = alone(y, design, name)
        assert found.inflation == 1.0
        assert found.slope == pytest.approx(expected["coef"][name], rel=CLOSE)
        assert found.se == pytest.approx(expected["se_quasi"][name], rel=CLOSE)
        assert found.phi == pytest.approx(expected["quasi_dispersion"], rel=CLOSE)
        assert found.df == expected["df"]


def test_the_engine_without_persistence_is_statsmodels_quasi_poisson():
    """Statsmodels GLM(Poisson).fit(scale="X2") on the same rows.

    Coefficient, standard error and t-test.
    """
    y, design = epil()
    model = sm.GLM(y, design, family=sm.families.Poisson()).fit(scale="X2", tol=1e-13)
    found = alone(y, design, "V4")
    assert found.slope == pytest.approx(model.params["V4"], rel=CLOSE)
    assert found.se == pytest.approx(model.bse["V4"], rel=CLOSE)
    expected = 2 * stats.t.sf(abs(model.params["V4"] / model.bse["V4"]), 230)
    assert found.p == pytest.approx(expected, rel=1e-5)


def test_scores_without_persistence_are_least_squares():
    """R MASS anorexia: lm(Postwt ~ Prewt + Treat)."""
    expected, rows = block("anorexia_ancova"), data("anorexia.csv")
    design = pd.DataFrame(
        {
            "(Intercept)": 1.0,
            "Prewt": rows["Prewt"],
            "TreatCont": (rows["Treat"] == "Cont").astype(float),
            "TreatFT": (rows["Treat"] == "FT").astype(float),
        }
    )
    for name in design.columns[1:]:
        others = design.drop(columns=name).to_numpy()
        asked = Rows(
            rows["Postwt"].to_numpy(),
            design[name].to_numpy(),
            others,
            np.ones(len(rows), dtype=bool),
        )
        found = fit(asked, counts=False, persistent=False)
        assert found.slope == pytest.approx(expected["coef"][name], rel=CLOSE)
        assert found.se == pytest.approx(expected["se"][name], rel=CLOSE)


def test_poisson_trend_and_dispersion():
    """R datasets discoveries.

    Glm(count ~ t, poisson), its model standard error and Pearson dispersion.
    """
    expected, rows = block("discoveries_hac"), data("discoveries.csv")
    year = rows["year"].to_numpy(dtype=float)
    time = (year - 1860) / 100
    y = rows["count"].to_numpy(dtype=float)
    rows = Rows(y, time, np.ones((y.size, 1)), np.ones(y.size, dtype=bool))
    found = fit(rows, counts=True, persistent=False)
    assert found.slope == pytest.approx(expected["coef"]["t"], rel=CLOSE)
    assert found.se / np.sqrt(found.phi) == pytest.approx(expected["se_model"]["t"], rel=CLOSE)
    assert found.phi == pytest.approx(expected["pearson_dispersion"], rel=CLOSE)


def test_autocorrelation():
    """R stats.

    Acf(discoveries) and acf(lh), which divide by n where the engine divides by the pairs of days.
    """
    for name, column, expected in (
        ("discoveries.csv", "count", block("discoveries_hac")["acf"]),
        ("lh.csv", "lh", block("lh_ar1")["acf"]),
    ):
        values = data(name)[column].to_numpy(dtype=float)
        n, lags = values.size, len(expected) - 1
        found = autocorrelation(values - values.mean(), np.ones(n, dtype=bool), lags)
        assert found * (n - np.arange(1, lags + 1)) / n == pytest.approx(
            expected[1:], rel=1e-6, abs=1e-9
        )


def test_mean_hour_and_concentration():
    """R circular: mean(fisherB1), rho.circular(fisherB1), 254 arrivals on a 24-hour clock."""
    expected, clock = block("circular_fisherB1"), hours("fisherB1_hours.csv", "hour", 24)
    vectors = bout_vectors(clock, np.arange(clock.size))
    assert circular_mean(vectors) == pytest.approx(expected["mean_hour"], rel=CLOSE)
    assert abs(vectors.sum()) / clock.size == pytest.approx(expected["rbar"], rel=CLOSE)


def test_turtles_and_the_small_rayleigh_example():
    """R circular: rayleigh.test on turtles (10 of 76) and on 52, 88, 56, 60, 75, 24 degrees."""
    turtles = block("circular_turtles")
    clock = hours("turtles.csv", "arrival", 360)
    vectors = bout_vectors(clock, np.arange(clock.size))
    assert abs(vectors.mean()) == pytest.approx(turtles["rayleigh"], rel=CLOSE)
    small = block("circular_small")
    degrees = np.array([52, 88, 56, 60, 75, 24]) / 360 * 24
    vectors = bout_vectors(degrees, np.arange(6))
    assert abs(vectors.mean()) == pytest.approx(small["rbar"], rel=CLOSE)
    assert circular_mean(vectors) * 15 == pytest.approx(small["mean_deg"], rel=CLOSE)


def test_bout_rotation_of_single_cramps_is_the_rayleigh_test():
    """astropy.stats.rayleightest on every ninth arrival.

    One cramp per bout makes rotation its Monte Carlo version.
    """
    from astropy.stats import rayleightest

    clock = hours("fisherB1_hours.csv", "hour", 24)[2::9]
    vectors = bout_vectors(clock, np.arange(clock.size))
    expected = float(rayleightest(clock / 24 * 2 * np.pi))
    assert 0.005 < expected < 0.5
    assert rotation_p(vectors, draws=49_999) == pytest.approx(expected, rel=0.1)


def test_weekday_chi_square():
    """R stats: chisq.test(c(12, 9, 10, 8, 14, 22, 25)).

    Its p, and the null that shuffling converges to.
    """
    expected, counts = block("chisq_weekday"), [12, 9, 10, 8, 14, 22, 25]
    weekday = np.tile(np.arange(7), 60)
    y = np.zeros(weekday.size)
    for day, count in enumerate(counts):
        y[np.flatnonzero(weekday == day)[:count]] = 1.0
    assert len(WEEKDAYS) == 7
    found = weekday_chi_square(weekday, y)
    assert found == pytest.approx(expected["stat"], rel=CLOSE)
    assert special.chdtrc(6, found) == pytest.approx(expected["p"], rel=CLOSE)


def test_night_against_day_is_the_exact_binomial():
    """R stats: binom.test(x, n); with 12 hours of sleep the ratio is the odds of its interval."""
    for row in block("binom_exact"):
        middle, low, high, p = night_ratio(row["x"], row["n"], 12.0)
        assert low == pytest.approx(row["lo"] / (1 - row["lo"]), rel=CLOSE, abs=1e-12)
        assert high == pytest.approx(row["hi"] / (1 - row["hi"]), rel=CLOSE)
        assert p == pytest.approx(row["p"], rel=CLOSE)
        assert middle == pytest.approx(row["x"] / (row["n"] - row["x"]))


def test_benjamini_hochberg():
    """R stats: p.adjust(p, "BH") on the 15 p-values of Benjamini and Hochberg (1995)."""
    expected = block("bh1995")
    assert benjamini_hochberg(expected["p"]) == pytest.approx(expected["BH"], rel=CLOSE)
    shuffled = np.random.default_rng(1).permutation(15)
    found = benjamini_hochberg(list(np.array(expected["p"])[shuffled]))
    assert found == pytest.approx(list(np.array(expected["BH"])[shuffled]), rel=CLOSE)
    assert benjamini_hochberg([]) == []
