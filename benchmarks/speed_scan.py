"""Speed of a scan.

20 factors x 8 lags on ten years of days, beside a bare NumPy pass and SciPy's permutation test.

The bare pass does the arithmetic that any score test with gaps needs and nothing else, one test
after the other, from matrices that are already there: take the factor's known days out of the
nuisance matrix, weighted least squares on them, score and information, and the autocorrelation of
both residuals by FFT. It has no frames, no lags to lay out, no null model to fit, no refusal rules,
no p-values, no table. ``ratio_to_bare_pass`` is our whole ``scan`` over it. SciPy's
``permutation_test`` (10,000 draws of a correlation) is timed on one test and multiplied by 160; it
would also be wrong here, because days are not exchangeable. Prints one JSON object. For one core
set OPENBLAS_NUM_THREADS=1.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import stats

from benchmarks.simulated_logs import Floats, persistent
from legcare.analysis.associations import scan
from legcare.analysis.quasi_poisson import longest_lag
from legcare.analysis.question import Question
from legcare.analysis.score_tests import Null, null_model
from legcare.analysis.timeline import Timeline, timeline

DAYS, FACTORS, LAGS, LOST = 3650, 20, range(8), 0.2
DRAWS, ROUNDS = 10_000, 7


def a_log(rng: np.random.Generator) -> tuple[pd.DataFrame, list[str]]:
    """Ten years of days with a fifth of outcome and factors lost."""
    risk = persistent(rng, DAYS, 0.4)[:, 0]
    tracked = rng.random(DAYS) >= LOST
    cramps = np.where(tracked, rng.poisson(0.3 * np.exp(0.8 * risk - 0.32)), np.nan)
    names = [f"own_{number}" for number in range(FACTORS)]
    values = np.where(
        rng.random((DAYS, FACTORS)) >= LOST, persistent(rng, DAYS, 0.4, FACTORS), np.nan
    )
    return pd.DataFrame(values, columns=names).assign(tracked=tracked, cramps=cramps), names


def bare_pass(null: Null, x: Floats, lags: int, size: int) -> Floats:
    """The arithmetic alone: score and variance of every row of ``x``, from ready matrices."""
    found = np.empty((x.shape[0], 2))
    root, taper = np.sqrt(null.weight), 1 - np.arange(1, lags + 1) / (lags + 1)
    dense = np.zeros((3, null.held.size))
    for place, values in enumerate(x):
        known = np.isfinite(values)
        z, weight, residual, one = (
            null.q[known],
            null.weight[known],
            null.residual[known],
            values[known],
        )
        left = one - z @ np.linalg.solve((z.T * weight) @ z, z.T @ (weight * one))
        dense[:] = 0.0
        days = np.flatnonzero(null.held)[known]
        dense[0, days], dense[1, days], dense[2, days] = residual, left, 1.0
        spectrum = np.fft.rfft(dense, size, axis=1)
        sums = np.fft.irfft(np.abs(spectrum) ** 2, size, axis=1)[:, : lags + 1]
        of_both = (sums[:2, 1:] / sums[2, 1:]) / (sums[:2, :1] / sums[2, :1])
        inflation = 1 + 2 * np.sum(taper * of_both[0] * of_both[1])
        found[place] = left @ (root[known] * residual), inflation * (weight @ left**2)
    return found


def matrices(days: pd.DataFrame, names: list[str]) -> tuple[Null, Floats, Timeline]:
    """What the bare pass starts from: the null model and one row per factor and lag."""
    line = timeline(days, ["cramps", *names])
    null = null_model(line, Question("cramps", names[0], 1))
    x = np.array([line.before(name, lag)[null.held] for name in names for lag in LAGS])
    return null, x, line


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several rounds.

    The one that other work on this machine disturbed least.
    """
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def permutation_seconds(null: Null, x: Floats) -> float:
    """SciPy's permutation test of one correlation, times the number of tests."""
    known = np.isfinite(x[0])
    y, one = null.y[known], x[0][known]

    def correlation(first: Floats, axis: int = -1) -> Floats:
        return np.asarray((first - first.mean(axis=axis, keepdims=True)) @ (y - y.mean()))

    started = time.perf_counter()
    stats.permutation_test(
        (one,),
        correlation,
        permutation_type="pairings",
        n_resamples=DRAWS,
        vectorized=True,
        batch=500,
        rng=1,
    )
    return (time.perf_counter() - started) * x.shape[0]


def main() -> None:
    """Time all three and print one JSON object."""
    days, names = a_log(np.random.default_rng(20240517))
    null, x, _ = matrices(days, names)
    lags = longest_lag(DAYS)
    ours = fastest(lambda: scan(days, outcome="cramps", factors=names, lags=LAGS))
    bare = fastest(lambda: bare_pass(null, x, lags, 4096))
    theirs = permutation_seconds(null, x)
    found = {
        "tests": x.shape[0],
        "days": DAYS,
        "scan_seconds": round(ours, 4),
        "bare_pass_seconds": round(bare, 4),
        "ratio_to_bare_pass": round(ours / bare, 3),
        "scipy_permutation_test_seconds_extrapolated": round(theirs, 1),
        "permutation_draws": DRAWS,
        "rounds": ROUNDS,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "numpy": np.__version__,
        "openblas_threads": os.environ.get("OPENBLAS_NUM_THREADS", "default"),
    }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
