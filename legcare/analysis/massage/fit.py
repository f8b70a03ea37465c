"""The fit of the massage question: a Poisson regression, its error by leaving stretches out.

The variance is the jackknife over clusters of whole days (CR3): each cluster is left out in turn,
and how far the log ratio moves says how unsure it is, whatever makes cramps come in spells. p and
interval come from the profile likelihood, scaled to that variance: with few cramps on one side the
likelihood is lopsided, and an even interval would miss on one side and reach too far on the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, sqrt

import numpy as np

from legcare.analysis.massage.rows import Rows, design
from legcare.analysis.timeline import Floats

CLUSTER_DAYS = 4
ROUNDS = 40
CLOSE = 1e-9
LARGEST = 30.0
NEAR = 1.0
APART = 2.0
MOST_BENT = 0.1


@dataclass(frozen=True)
class Fit:
    """A log ratio, its error, and how lopsided its likelihood is.

    ``se`` is the jackknife's error, never below ``own``, the likelihood's. Of a value w of the
    latter's errors away the likelihood says w (1 + ``bend`` w).
    """

    slope: float
    se: float
    own: float
    df: float
    bend: float = 0.0

    @property
    def p(self) -> float:
        """Two-sided p of no difference."""
        from scipy import special

        away = self.slope / self.own
        return float(2 * special.stdtr(self.df, -abs(away * (1 + self.bend * away)) / self.wider))

    @property
    def wider(self) -> float:
        """By how much the jackknife's error exceeds the likelihood's."""
        return self.se / self.own

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Limits of the log ratio, the values that the same test would not reject."""
        from scipy import special

        half = float(special.stdtrit(self.df, 0.5 + level / 2)) * self.wider
        low, high = (self.slope - self.own * self._away(side * half) for side in (1.0, -1.0))
        return low, high

    def _away(self, root: float) -> float:
        """How many errors away a value is whose likelihood says ``root``."""
        inside = 1 + 4 * self.bend * root
        if abs(self.bend) < CLOSE or inside <= 0:
            return root
        return (sqrt(inside) - 1) / (2 * self.bend)


@dataclass(frozen=True)
class Model:
    """A penalised Poisson regression: cramps, design, log hours and the ridge of each column."""

    y: Floats
    x: Floats
    offset: Floats
    ridge: Floats

    def held(self, slope: float) -> Model:
        """The same with the last column's coefficient held."""
        fixed = self.offset + slope * self.x[:, -1]
        return Model(self.y, self.x[:, :-1], fixed, self.ridge[:-1])


def fit(rows: Rows, first_weekday: int, *, hold: float = 0.0) -> Fit:
    """The log ratio of cramps within 24 h after a massage against the same hours without one.

    ``hold`` is a ridge on the log ratio, for logs too small to be let run free.
    """
    z, ridge = design(rows, first_weekday)
    model = Model(rows.y, np.column_stack([z, rows.x]), np.log(rows.hours), np.append(ridge, hold))
    beta, mu, gain = _poisson(model, None)
    information = _ridged((model.x.T * mu) @ model.x, model.ridge)
    own = sqrt(float(np.linalg.inv(information)[-1, -1]))
    se, df = _left_out(rows, model, mu)
    slope = float(beta[-1])
    bend = 0.0 if hold else _bend(model, beta, (own, gain))
    return Fit(slope, max(se, own), own, df, bend)


def _bend(model: Model, beta: Floats, at_best: tuple[float, float]) -> float:
    """How lopsided the profile likelihood is, from one more fit with the ratio held.

    Held at no difference, so that p is exact; or two errors away where the best is near that.
    """
    own, gain = at_best
    slope = float(beta[-1])
    value = 0.0 if abs(slope) >= NEAR * own else slope + copysign(APART * own, -slope or 1.0)
    away = (slope - value) / own
    there = _poisson(model.held(value), beta[:-1])[2]
    root = sqrt(max(2 * (gain - there), 0.0))
    return float(np.clip((root / abs(away) - 1) / away, -MOST_BENT, MOST_BENT))


def _poisson(model: Model, start: Floats | None) -> tuple[Floats, Floats, float]:
    """Coefficients, fitted means and log likelihood, by Newton steps halved until it rises."""
    y, x, offset, ridge = model.y, model.x, model.offset, model.ridge
    if start is None:
        start = np.zeros(x.shape[1])
        start[0] = np.log(max(float(y.sum()), 0.5) / float(np.exp(offset).sum()))
    beta, mu, gain = start, np.exp(x @ start + offset), -np.inf
    for _ in range(ROUNDS):
        step = np.linalg.solve(_ridged((x.T * mu) @ x, ridge), x.T @ (y - mu) - ridge * beta)
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
    return beta, mu, gain


def _ridged(information: Floats, ridge: Floats) -> Floats:
    return np.asarray(information + np.diag(ridge + 1e-9), dtype=float)


def _left_out(rows: Rows, model: Model, mu: Floats) -> tuple[float, float]:
    """Standard error of the last coefficient and its degrees of freedom.

    One step from the fit to the fit without each cluster, all clusters at once.
    """
    x = model.x
    cluster = rows.day // CLUSTER_DAYS
    begins = np.flatnonzero(np.diff(cluster, prepend=-1))
    held = begins.size
    gradient = np.add.reduceat(x * (rows.y - mu)[:, None], begins)
    inside = _information(x * np.sqrt(mu)[:, None], begins)
    whole = _ridged(inside.sum(axis=0), model.ridge)
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
