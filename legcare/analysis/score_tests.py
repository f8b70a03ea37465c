"""Many tests on one outcome: the null model is fitted once, each factor then costs one projection.

The score test asks the null model's residuals whether they line up with what is left of a factor
after drift and week are taken out. Factors with gaps share the null model: the projection is done
on each factor's own days, which makes the score blind, to first order, to the null model having
seen a few days more. All factors go through the matrix products and the Fourier transforms
together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from legcare.analysis.quasi_poisson import (
    MOST_CHANCE,
    NOTHING_LEFT,
    RIDGE,
    SHRINKAGE,
    Fit,
    Rows,
    at_most_one,
    autocorrelation,
    longest_lag,
    nothing_left,
)
from legcare.analysis.question import Question, confounders_of, design
from legcare.analysis.regression import orthonormal, poisson_fit
from legcare.analysis.timeline import Flags, Floats, Timeline, record_time

Scored = tuple[Rows, Fit | None]


@dataclass(frozen=True)
class Null:
    """The outcome without any factor, on all days it was logged.

    Means, Pearson residuals and shared products.
    """

    y: Floats
    q: Floats
    weight: Floats
    residual: Floats
    gram: Floats
    persistence: Floats
    held: Flags
    counts: bool


def score_fits(line: Timeline, asked: Sequence[Question]) -> list[Scored]:
    """For each question its usable days and its one-step fit.

    None where the factor leaves nothing to test.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, one in enumerate(asked):
        groups.setdefault((one.outcome, one.recent, one.adjust, one.confounders), []).append(place)
    found: dict[int, Scored] = {}
    for places in groups.values():
        together = [asked[place] for place in places]
        found.update(
            zip(places, _scored(line, null_model(line, together[0]), together), strict=True)
        )
    return [found[place] for place in range(len(asked))]


def null_model(line: Timeline, asked: Question) -> Null:
    """Fit the outcome on all that is taken out, without the factor."""
    y = line.outcome(asked.outcome)
    held = np.isfinite(y)
    for other in confounders_of(line, asked):
        held = held & np.isfinite(other)
    logged, q = y[held], orthonormal(design(line, asked, held))
    if asked.counts and logged.sum() > 0:
        penalty = np.full(q.shape[1], RIDGE)
        penalty[0] = 0.0
        weight = poisson_fit(logged, q, penalty)[1]
        residual = (logged - weight) / np.sqrt(weight)
    else:
        weight, residual = np.ones(logged.size), logged - q @ (q.T @ logged) / max(logged.size, 1)
    persistence = (
        autocorrelation(residual, held, longest_lag(record_time(held)[1]))
        if logged.size
        else np.zeros(1)
    )
    return Null(logged, q, weight, residual, (q.T * weight) @ q, persistence, held, asked.counts)


def _scored(line: Timeline, null: Null, asked: Sequence[Question]) -> list[Scored]:
    """All questions of one null model.

    X becomes a matrix with one centred, scaled column per question.
    """
    before = np.array([line.before(one.factor, one.lag) for one in asked])
    usable = np.isfinite(before) & null.held
    x = before[:, null.held]
    known = np.isfinite(x)
    rows = [
        Rows(null.y[kept], values[kept], np.empty((0, 0)), days)
        for kept, values, days in zip(known, x, usable, strict=True)
    ]
    spread = np.array([one.x.std() if one.x.size else 0.0 for one in rows])
    testable = (spread > 0) & (known.sum(axis=1) > null.q.shape[1] + 1)
    if not testable.any():
        return [(one, None) for one in rows]
    middle = np.array([one.x.mean() if one.x.size else 0.0 for one in rows])[:, None]
    scaled = np.where(known, (x - middle) / np.where(testable, spread, 1.0)[:, None], 0.0)
    fits = iter(_fits(null, scaled[testable], known[testable], usable[testable], spread[testable]))
    return [(one, next(fits) if test else None) for one, test in zip(rows, testable, strict=True)]


def _fits(null: Null, x: Floats, known: Flags, usable: Flags, spread: Floats) -> list[Fit]:
    left = _left(null, x, known)
    information = np.maximum((left**2) @ null.weight, 1e-300)
    score = left @ (np.sqrt(null.weight) * null.residual)
    n, p = known.sum(axis=1), null.q.shape[1] + 1
    phi = (known @ null.residual**2) / np.maximum(n - p, 1)
    of_factor = _autocorrelations(left, usable, null)
    inflation = _inflations(null, of_factor, n)
    least = _floors(null, left, information) if null.counts else 0.0
    se = np.sqrt(np.maximum(phi, least) * inflation / information) / spread
    blank = information <= NOTHING_LEFT**2 * (known @ null.weight)
    columns = (
        score / information / spread,
        se,
        np.maximum(n / inflation - p, 3.0),
        phi,
        inflation,
        of_factor[:, 0],
    )
    table = np.column_stack(columns)
    return [
        nothing_left(int(days)) if none else _as_fit(numbers, int(days))
        for numbers, days, none in zip(table, n, blank, strict=True)
    ]


def _floors(null: Null, left: Floats, information: Floats) -> Floats | float:
    """The least dispersion that is believed, as ``psi_t.floor_of`` says it for one factor."""
    if not at_most_one(null.y):
        return 1.0
    weight = null.weight * (1 - np.minimum(null.weight, MOST_CHANCE))
    return np.asarray((left**2) @ weight / information / 2, dtype=float)


def _as_fit(numbers: Floats, days: int) -> Fit:
    slope, se, df, phi, inflation, persistence = (float(one) for one in np.nan_to_num(numbers))
    return Fit(slope, se, df, phi, inflation, persistence, days)


def _left(null: Null, x: Floats, known: Flags) -> Floats:
    """What is left of each factor, zero where unknown, projecting on its own days.

    The gram matrix of the known days is the whole one less that of the unknown days.
    """
    right = (x * null.weight) @ null.q
    tiny = 1e-10 * null.weight.sum() * np.eye(null.gram.shape[0])
    coefficients = np.empty_like(right)
    for place, kept in enumerate(known):
        lost = null.q[~kept]
        gram = null.gram - (lost.T * null.weight[~kept]) @ lost + tiny
        coefficients[place] = np.linalg.solve(gram, right[place])
    return np.where(known, x - coefficients @ null.q.T, 0.0)


def _autocorrelations(left: Floats, usable: Flags, null: Null) -> Floats:
    """Each factor's correlation of days 1 to L apart over its own pairs of days.

    By fast Fourier transform.
    """
    lags = null.persistence.size
    dense = np.zeros(usable.shape)
    dense[:, null.held] = left
    sums, pairs = _lagged_sums(dense, lags), np.round(_lagged_sums(usable.astype(float), lags))
    pairs[pairs < 1] = np.nan
    return np.asarray(sums[:, 1:] / pairs[:, 1:] / (sums[:, :1] / pairs[:, :1]), dtype=float)


def _lagged_sums(dense: Floats, lags: int) -> Floats:
    from scipy import fft

    size = fft.next_fast_len(dense.shape[1] + lags, real=True)
    spectrum = fft.rfft(dense, size, axis=1)
    return np.asarray(
        fft.irfft(spectrum.real**2 + spectrum.imag**2, size, axis=1)[:, : lags + 1], dtype=float
    )


def _inflations(null: Null, of_factor: Floats, n: Floats) -> Floats:
    lags, few = null.persistence.size, SHRINKAGE / n[:, None]
    taper = 1 - np.arange(1, lags + 1) / (lags + 1)
    outcome = np.clip(null.persistence + few * (1 + null.persistence), -1, 1)
    factor = np.clip(of_factor + few * (1 + of_factor), -1, 1)
    return np.asarray(
        np.maximum(1.0, 1 + 2 * np.nansum(taper * outcome * factor, axis=1)), dtype=float
    )
