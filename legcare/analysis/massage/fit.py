"""The fit of the massage question: a Poisson regression, its error by leaving stretches out.

The variance is the jackknife over clusters of whole days (CR3): each cluster is left out in turn,
and how far the log ratio moves says how unsure it is, whatever makes cramps come in spells.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from legcare.analysis.massage.rows import Rows, design
from legcare.analysis.timeline import Floats

CLUSTER_DAYS = 4
ROUNDS = 40
CLOSE = 1e-9
LARGEST = 30.0


@dataclass(frozen=True)
class Fit:
    """A log ratio, its standard error, and the clusters it rests on."""

    slope: float
    se: float
    df: float

    @property
    def p(self) -> float:
        """Two-sided p of no difference."""
        from scipy import special

        return float(2 * special.stdtr(self.df, -abs(self.slope / self.se)))

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Limits of the log ratio, from the same t as ``p``."""
        from scipy import special

        half = float(special.stdtrit(self.df, 0.5 + level / 2)) * self.se
        return self.slope - half, self.slope + half


def fit(rows: Rows, first_weekday: int, *, hold: float = 0.0) -> Fit:
    """The log ratio of cramps within 24 h after a massage against the same hours without one.

    ``hold`` is a ridge on the log ratio, for logs too small to be let run free.
    """
    z, ridge = design(rows, first_weekday)
    ridge = np.append(ridge, hold)
    x = np.column_stack([z, rows.x])
    mu, slope = _poisson(rows.y, x, np.log(rows.hours), ridge)
    return Fit(slope, *_left_out(rows, x, (mu, ridge)))


def _poisson(y: Floats, x: Floats, offset: Floats, ridge: Floats) -> tuple[Floats, float]:
    """Fitted means and the last coefficient, by Newton steps halved until the likelihood rises."""
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(max(float(y.sum()), 0.5) / float(np.exp(offset).sum()))
    eta = x @ beta + offset
    mu, gain = np.exp(eta), -np.inf
    for _ in range(ROUNDS):
        step = np.linalg.solve(
            (x.T * mu) @ x + np.diag(ridge + 1e-9), x.T @ (y - mu) - ridge * beta
        )
        for _ in range(ROUNDS):
            tried = np.minimum(x @ (beta + step) + offset, LARGEST)
            means = np.exp(tried)
            better = float(y @ tried - means.sum() - 0.5 * ridge @ (beta + step) ** 2)
            if better >= gain:
                break
            step = step / 2
        beta, mu, change, gain = beta + step, means, better - gain, better
        if change <= CLOSE * (abs(better) + 1.0):
            break
    return mu, float(beta[-1])


def _left_out(rows: Rows, x: Floats, fitted: tuple[Floats, Floats]) -> tuple[float, float]:
    """Standard error of the last coefficient and its degrees of freedom.

    One step from the fit to the fit without each cluster, all clusters at once.
    """
    mu, ridge = fitted
    cluster = rows.day // CLUSTER_DAYS
    begins = np.flatnonzero(np.diff(cluster, prepend=-1))
    held = begins.size
    gradient = np.add.reduceat(x * (rows.y - mu)[:, None], begins)
    inside = _information(x * np.sqrt(mu)[:, None], begins)
    whole = inside.sum(axis=0) + np.diag(ridge + 1e-9)
    moved = np.linalg.solve(whole - inside + 1e-9 * np.eye(x.shape[1]), gradient[:, :, None])
    variance = (held - 1) / held * float(np.sum(moved[:, -1, 0] ** 2))
    return sqrt(variance), float(max(held - 1, 1))


def _information(weighted: Floats, begins: np.ndarray) -> Floats:
    """Information (x'Wx) of every cluster: rows padded with zeros, then one product."""
    lengths = np.diff(np.append(begins, weighted.shape[0]))
    padded = np.zeros((begins.size, int(lengths.max()), weighted.shape[1]))
    place = np.arange(weighted.shape[0]) - np.repeat(begins, lengths)
    padded[np.repeat(np.arange(begins.size), lengths), place] = weighted
    return np.asarray(padded.transpose(0, 2, 1) @ padded)
