"""What others would compute on the same days: naive Pearson, Newey-West and circular shift."""

from __future__ import annotations

import numpy as np
from scipy import stats

from benchmarks.simulated_logs import Floats
from legcare.analysis.quasi_poisson import Rows, fit, influence


def pearson_p(y: Floats, x: Floats) -> float:
    """Pearson's p over days on which both are known, as if days were independent."""
    both = np.isfinite(y) & np.isfinite(x)
    if both.sum() < 4 or np.ptp(y[both]) == 0 or np.ptp(x[both]) == 0:
        return 1.0
    return float(stats.pearsonr(x[both], y[both]).pvalue)


def newey_west_p(rows: Rows, *, counts: bool) -> float:
    """The same regression with a Newey-West (Bartlett) variance and the normal distribution."""
    pull = np.zeros(rows.usable.size)
    pull[rows.usable] = influence(rows, counts=counts)
    lags = int(4 * (rows.y.size / 100) ** (2 / 9))
    variance = pull @ pull
    for lag in range(1, lags + 1):
        variance += 2 * (1 - lag / (lags + 1)) * (pull[lag:] @ pull[:-lag])
    slope = fit(rows, counts=counts).slope
    return float(2 * stats.norm.sf(abs(slope) / np.sqrt(max(variance, 1e-300))))


def circular_shift_p(y: Floats, x: Floats) -> float:
    """How often turning the factor round the record gives as strong a correlation.

    Gaps filled with the mean.
    """
    a = np.where(np.isfinite(y), y - np.nanmean(y), 0.0)
    b = np.where(np.isfinite(x), x - np.nanmean(x), 0.0)
    strength = np.abs(np.fft.irfft(np.fft.rfft(a) * np.conj(np.fft.rfft(b)), a.size))
    return float(np.mean(strength >= strength[0] * (1 - 1e-9)))
