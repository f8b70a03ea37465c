"""Many tests on one outcome: the null model is fitted once, each factor then costs one projection.

The score test asks the null model's residuals whether they line up with what is left of a factor after drift and week
are taken out. Factors with gaps share the null model: the projection is done on each factor's own days, which makes
the score blind, to first order, to the null model having seen a few days more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from legcare.analysis.psi_t import RIDGE, Fit, Rows, longest_lag
from legcare.analysis.question import Question, design
from legcare.analysis.regression import orthonormal, poisson_fit
from legcare.analysis.timeline import Flags, Floats, Timeline, record_time


@dataclass(frozen=True)
class Null:
    """The outcome without any factor, on all days it was logged: means, Pearson residuals and shared products."""

    y: Floats
    q: Floats
    weight: Floats
    residual: Floats
    gram: Floats
    held: Flags
    counts: bool


def score_fits(line: Timeline, asked: Sequence[Question]) -> Iterator[tuple[Rows, Fit | None]]:
    """For each question its usable days and its one-step fit (None where the factor leaves nothing to test)."""
    nulls: dict[tuple[str, bool, bool], Null] = {}
    for one in asked:
        key = (one.outcome, one.recent, one.adjust)
        if key not in nulls:
            nulls[key] = null_model(line, one)
        yield _score(line, one, nulls[key])


def null_model(line: Timeline, asked: Question) -> Null:
    """Fit the outcome on drift, week and (for massage) recent cramps alone."""
    y = line.outcome(asked.outcome)
    held = np.isfinite(y)
    q = orthonormal(design(line, asked, held))
    logged = y[held]
    if asked.counts:
        penalty = np.full(q.shape[1], RIDGE)
        penalty[0] = 0.0
        mu = poisson_fit(logged, q, penalty)[1]
        weight, residual = mu, (logged - mu) / np.sqrt(mu)
    else:
        weight, residual = np.ones(logged.size), logged - q @ (q.T @ logged) / max(logged.size, 1)
    return Null(logged, q, weight, residual, (q.T * weight) @ q, held, asked.counts)


def _score(line: Timeline, asked: Question, null: Null) -> tuple[Rows, Fit | None]:
    x = line.before(asked.factor, asked.lag)
    known = np.isfinite(x[null.held])
    usable = null.held & np.isfinite(x)
    values = x[usable]
    rows = Rows(null.y[known], values, np.empty((values.size, 0)), usable)
    p = null.q.shape[1] + 1
    if values.size <= p or np.ptp(values) == 0:
        return rows, None
    return rows, _one_step(null, known, (values - values.mean()) / values.std(), usable, float(values.std()))


def _one_step(null: Null, known: Flags, x: Floats, usable: Flags, spread: float) -> Fit:
    weight, residual = null.weight[known], null.residual[known]
    left = x - null.q[known] @ _coefficients(null, known, x)
    information = float(np.sum(weight * left**2))
    score = float(np.sum(np.sqrt(weight) * left * residual))
    n, p = x.size, null.q.shape[1] + 1
    phi = float(np.sum(residual**2) / max(n - p, 1))
    inflation, persistence = _inflation(residual, left, usable)
    return Fit(
        slope=score / information / spread,
        se=float(np.sqrt((max(1.0, phi) if null.counts else phi) * inflation / information)) / spread,
        df=max(n / inflation - p, 3.0),
        phi=phi,
        inflation=inflation,
        persistence=persistence,
        n=n,
    )


def _coefficients(null: Null, known: Flags, x: Floats) -> Floats:
    """Weighted projection of x: the gram matrix of the known days is the whole one less that of the unknown days."""
    few = null.q[~known]
    gram = null.gram - (few.T * null.weight[~known]) @ few
    tiny = 1e-10 * null.weight.sum()
    return np.linalg.solve(gram + tiny * np.eye(gram.shape[0]), null.q[known].T @ (null.weight[known] * x))


def _inflation(residual: Floats, left: Floats, usable: Flags) -> tuple[float, float]:
    lags = longest_lag(record_time(usable)[1])
    dense = np.zeros((3, usable.size))
    dense[0, usable], dense[1, usable], dense[2, usable] = residual, left, 1.0
    found = _lagged_sums(dense, lags)
    pairs = np.maximum(np.round(found[2, 1:]), 1.0)
    n = residual.size
    correlation = found[:2, 1:] / pairs / (found[:2, :1] / n)
    corrected = np.clip(correlation + 2 / n * (1 + correlation), -1, 1)
    taper = 1 - np.arange(1, lags + 1) / (lags + 1)
    return max(1.0, float(1 + 2 * np.sum(taper * corrected[0] * corrected[1]))), float(correlation[1, 0])


def _lagged_sums(dense: Floats, lags: int) -> Floats:
    """Sums of products of days 0 to ``lags`` apart, for every row at once (by fast Fourier transform)."""
    size = 1 << int(dense.shape[1] + lags).bit_length()
    spectrum = np.fft.rfft(dense, size, axis=1)
    sums = np.fft.irfft(spectrum * np.conj(spectrum), size, axis=1)[:, : lags + 1]
    return np.asarray(sums, dtype=float)
