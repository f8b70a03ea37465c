"""Quasi-Poisson (scores: linear) regression with HAC variance and a t on the effective days.

HAC: consistent under unequal variance and autocorrelation. The uncertainty knows about clusters
and about persistence from day to day; ``docs/methods.md`` calls it psi-t for short.

Model for a day's outcome y and a factor x some days earlier: log E y = Z g + b x (scores: E y = Z g
+ b x), where Z holds slow drift (natural cubic spline of time) and the week. The variance of b is
the model's, times the dispersion phi of the residuals (days vary more than Poisson), times Q
(residuals and factor both persist). Test and interval come from the same t with N/Q - p degrees of
freedom, so they can never contradict each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.regression import orthonormal, poisson_fit, weighted_residual
from legcare.analysis.timeline import Flags, Floats, record_time

RIDGE = 1e-3  # keeps a stretch without any cramp from sending the drift to minus infinity
SHORT_RECORD = 45
SHRINKAGE = 2.0  # residuals of n days show about 2/n too little persistence
SHRINKAGE_OF_TREND = (
    4.0  # and twice that where a trend or step was fitted without a spline (measured)
)
LEVEL = 0.95
SATURDAY = 5  # Monday is 0
EXPECTED_PAIRS = 2.0  # days with two events that chance would give before none means "at most one"
MOST_CHANCE = 0.95
NEAR_CLEAR = 0.2  # only fits nearer to clear than this are held to the stricter test
# a factor of which drift and week leave less than this share of its spread is drift or week
NOTHING_LEFT = 1e-4


@dataclass(frozen=True)
class Rows:
    """The usable days of one question.

    ``y`` and ``x`` without gaps, ``z`` (N x p) their nuisance columns.

    ``usable`` marks these N days on the calendar, so that persistence is measured over days and not
    over rows.
    """

    y: Floats
    x: Floats
    z: Floats
    usable: Flags


def at_most_one(y: Floats) -> bool:
    """Whether a day can hold one event at most (yes or no, one a night), by its counts.

    No day holds two where chance would have given three such days or more.
    """
    if not y.size or y.max() > 1:
        return False
    rate = float(y.mean())
    return bool(y.size * (1 - (1 + rate) * np.exp(-rate)) >= EXPECTED_PAIRS)


def floor_of(y: Floats, mu: Floats, left: Floats) -> float:
    """The least dispersion that is believed: 1 for counts, less where a day holds at most one.

    Then a day varies by mu (1 - mu) and the residuals say how much; half of that, weighted as the
    factor weighs the days, only keeps an interval from closing.
    """
    if not at_most_one(y):
        return 1.0
    weight = mu * left**2
    return float(np.sum(weight * (1 - np.minimum(mu, MOST_CHANCE))) / np.sum(weight) / 2)


@dataclass(frozen=True)
class Fit:
    """A fitted slope per unit of the factor, on the log scale for counts.

    ``se`` is sqrt(phi Q / information) and ``df`` its degrees of freedom; ``inflation`` is Q;
    ``persistence`` is the lag-1 correlation of the factor after drift and week are taken out; ``n``
    is the number of usable days.
    """

    slope: float
    se: float
    df: float
    phi: float
    inflation: float
    persistence: float
    n: int

    @property
    def p(self) -> float:
        """Two-sided p of no association."""
        from scipy import special

        return float(2 * special.stdtr(self.df, -abs(self.slope / self.se)))

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """Lower and upper limit of the slope, from the same t as ``p``."""
        from scipy import special

        half = float(special.stdtrit(self.df, 0.5 + level / 2)) * self.se
        return self.slope - half, self.slope + half


def spline_freedom(length: int) -> int:
    """Degrees of freedom of drift for a record of so many days.

    1 up to 45 days, then one more per 60 days.
    """
    return 1 if length <= SHORT_RECORD else 1 + round(length / 60)


def longest_lag(length: int) -> int:
    """Over how many days persistence is looked at, for a record of so many days."""
    return max(1, min(max(3, round(2 * sqrt(length))), length // 3))


def nuisance(usable: Flags, weekday: NDArray[np.int64]) -> Floats:
    """Z on the usable days.

    Intercept, natural cubic spline of record time, first harmonic of the week, the weekend.
    """
    time, length = record_time(usable)
    week = 2 * np.pi * weekday[usable] / 7
    weekend = (weekday[usable] % 7 >= SATURDAY).astype(float)
    freedom = spline_freedom(length)
    drift = time[:, None] if freedom == 1 else natural_spline(time, freedom)
    return np.column_stack([np.ones(time.size), drift, np.cos(week), np.sin(week), weekend])


def natural_spline(time: Floats, freedom: int) -> Floats:
    """Natural cubic spline columns on equal knots from 0 to 1.

    Without the intercept that they span together.

    Each column is the spline that is 1 at one knot and 0 at the others: SciPy's ``CubicSpline``
    with natural ends, but without the quarter of a second that importing it costs the first page.
    """
    step, unit = 1 / freedom, np.eye(freedom + 1)
    inner = 2 / 3 * np.eye(freedom - 1) + (np.eye(freedom - 1, k=1) + np.eye(freedom - 1, k=-1)) / 6
    bend = np.zeros_like(unit)
    bend[1:-1] = np.linalg.solve(inner, np.diff(unit, 2, axis=0)) / step**2
    left = np.minimum((time / step).astype(int), freedom - 1)
    on = (time / step - left)[:, None]
    straight = (1 - on) * unit[left] + on * unit[left + 1]
    curved = ((1 - on) ** 3 - (1 - on)) * bend[left] + (on**3 - on) * bend[left + 1]
    return np.asarray((straight + step**2 / 6 * curved)[:, 1:], dtype=float)


def fit(
    rows: Rows,
    *,
    counts: bool,
    ridge: float = RIDGE,
    persistent: bool = True,
    shrinkage: float = SHRINKAGE,
) -> Fit:
    """Fit the full model: Poisson where ``counts`` (phi at least 1), otherwise least squares.

    Without ``persistent`` Q is 1; with ``ridge=0`` slope and standard error then are those of R
    ``glm(..., quasipoisson)`` wherever phi >= 1.
    """
    q = orthonormal(rows.z)
    rest = rows.x - q @ (q.T @ rows.x) / rows.x.size
    scale = float(np.sqrt(np.mean(rest**2)))
    if scale <= NOTHING_LEFT * float(np.std(rows.x)):
        return nothing_left(rows.x.size)
    design = np.column_stack([q, rest / scale])
    beta, mu, residual = _fitted(rows.y, design, counts, ridge)
    left = weighted_residual(rows.x, q, mu) if counts else rest
    weight = mu if counts else np.ones(mu.size)
    phi = float(np.sum(residual**2) / max(residual.size - design.shape[1], 1))
    inflation, persistence = inflated(residual, left, rows.usable, shrinkage)
    inflation = inflation if persistent else 1.0
    spread = max(floor_of(rows.y, mu, left), phi) if counts else phi
    return Fit(
        slope=float(beta[-1] / scale),
        se=float(np.sqrt(spread * inflation / np.sum(weight * left**2))),
        df=max(residual.size / inflation - design.shape[1], 3.0),
        phi=phi,
        inflation=inflation,
        persistence=persistence,
        n=residual.size,
    )


def score_fit(rows: Rows, *, counts: bool) -> Fit:
    """One step from "no association".

    The same test from the null model, which errs less often far out.
    """
    q = orthonormal(rows.z)
    _, mu, residual = _fitted(rows.y, q, counts, RIDGE)
    weight = mu if counts else np.ones(mu.size)
    left = weighted_residual(rows.x, q, weight)
    information, n, p = float(np.sum(weight * left**2)), residual.size, q.shape[1] + 1
    phi = float(np.sum(residual**2) / max(n - p, 1))
    inflation, persistence = inflated(residual, left, rows.usable)
    spread = max(floor_of(rows.y, mu, left), phi) if counts else phi
    return Fit(
        slope=float(np.sum(left * np.sqrt(weight) * residual)) / information,
        se=float(np.sqrt(spread * inflation / information)),
        df=max(n / inflation - p, 3.0),
        phi=phi,
        inflation=inflation,
        persistence=persistence,
        n=n,
    )


def shift_p(rows: Rows) -> float:
    """How often the factor, moved round the record by every number of days, goes as far with it.

    For a rare factor or cramps in bursts, where t promises too much: each shift keeps the bursts,
    the gaps and how the factor's days lie. Never below 1 / days.
    """
    from scipy import fft

    q = orthonormal(rows.z)
    _, mu, residual = _fitted(rows.y, q, True, RIDGE)
    left = weighted_residual(rows.x, q, mu)
    score, weight, factor = (np.zeros(rows.usable.size) for _ in range(3))
    score[rows.usable], weight[rows.usable] = np.sqrt(mu) * residual, mu
    factor[rows.usable] = left
    spectra = [np.conj(fft.rfft(factor)), np.conj(fft.rfft(factor**2))]
    met = np.abs(fft.irfft(fft.rfft(score) * spectra[0], rows.usable.size))
    spread = fft.irfft(fft.rfft(weight) * spectra[1], rows.usable.size)
    far = met / np.sqrt(np.maximum(spread, 1e-12))
    return float(np.mean(far >= far[0] * (1 - 1e-9)))


def stricter(full: Fit, score: Fit) -> Fit:
    """The full fit held to the larger p of the two.

    Its interval is widened until it says the same as that p.

    Several questions put together are read far out in the tail (0.05/6), where full fits of counts
    err half again as often as they promise (measured; fits of scores do not). Fits nowhere near
    clear are left as they are.
    """
    if not full.p < NEAR_CLEAR or score.p <= full.p:
        return full
    return replace(full, se=abs(full.slope / score.slope) * score.se, df=score.df)


def nothing_left(n: int) -> Fit:
    """The fit of a factor that is nothing but drift, week or recent cramps.

    As persistent as can be, so refused.
    """
    return Fit(float("nan"), float("nan"), 3.0, 1.0, 1.0, 1.0, n)


def _fitted(y: Floats, design: Floats, counts: bool, ridge: float) -> tuple[Floats, Floats, Floats]:
    if not counts:
        beta = np.asarray(design.T @ y / y.size)
        mu = design @ beta
        return beta, mu, y - mu
    penalty = np.full(design.shape[1], ridge)
    penalty[[0, -1]] = 0.0  # neither the level nor the factor is pulled
    beta, mu = poisson_fit(y, design, penalty)
    return beta, mu, (y - mu) / np.sqrt(mu)


def inflated(
    residual: Floats, left: Floats, usable: Flags, shrinkage: float = SHRINKAGE
) -> tuple[float, float]:
    """Q and the factor's lag-1 correlation, from residuals on the usable days.

    Residuals of outcome and of factor.
    """
    lags = longest_lag(record_time(usable)[1])
    of_residual = autocorrelation(residual, usable, lags)
    of_factor = autocorrelation(left, usable, lags)
    return variance_inflation(of_residual, of_factor, residual.size, shrinkage), float(
        np.nan_to_num(of_factor[0])
    )


def autocorrelation(values: Floats, usable: Flags, lags: int) -> Floats:
    """Correlation of days 1 to ``lags`` apart, over the pairs of days that were both usable (NaN.

    None).
    """
    dense = np.zeros(usable.size)
    dense[usable] = values
    mean_square = np.mean(values**2)
    found = np.full(lags, np.nan)
    for lag in range(1, min(lags, usable.size - 1) + 1):
        pairs = np.count_nonzero(usable[lag:] & usable[:-lag])
        if pairs and mean_square > 0:
            found[lag - 1] = (dense[lag:] @ dense[:-lag]) / pairs / mean_square
    return found


def variance_inflation(
    of_residual: Floats, of_factor: Floats | float, n: int, shrinkage: float = SHRINKAGE
) -> float:
    """Q = 1 + 2 sum (1 - k/(L+1)) r_e(k) r_x(k), at least 1.

    Correlations corrected for their small-sample bias.
    """
    lags = of_residual.size
    taper = 1 - np.arange(1, lags + 1) / (lags + 1)
    factor = _unbiased(np.asarray(of_factor), n, shrinkage) if np.ndim(of_factor) else of_factor
    product = _unbiased(of_residual, n, shrinkage) * factor
    return max(1.0, float(1 + 2 * np.nansum(taper * product)))


def _unbiased(correlation: Floats, n: int, shrinkage: float) -> Floats:
    return np.clip(correlation + shrinkage / n * (1 + correlation), -1, 1)


def influence(rows: Rows, *, counts: bool) -> Floats:
    """By how much each usable day moves the slope, roughly.

    Positive days push it up, and they sum to nothing.
    """
    q = orthonormal(rows.z)
    rest = rows.x - q @ (q.T @ rows.x) / rows.x.size
    scale = float(np.sqrt(np.mean(rest**2)))
    _, mu, residual = _fitted(rows.y, np.column_stack([q, rest / scale]), counts, RIDGE)
    weight = mu if counts else np.ones(mu.size)
    left = weighted_residual(rows.x, q, weight)
    return np.asarray(left * np.sqrt(weight) * residual / np.sum(weight * left**2), dtype=float)
