"""Paired blocks, and how plans of the first kind (``rules`` 1) are read, many at once.

The last axis is always the pair.

Counts: the log of the ratio of two rates with half an event added to each, standard error the
larger of the one from the pairs' own scatter (linearised residuals) and the one that chance alone
(Poisson) gives, t with pairs - 1. Scores: the mean of the pairs' differences, standard error from
their scatter, t with pairs - 1. Both: the randomisation test flips the sign of each pair's
contrast, all 2^K ways up to ten pairs, above that 9,999 drawn ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ALL_SIGNS_UP_TO = 10
DRAWS = 9_999
LEVEL = 0.95


@dataclass(frozen=True)
class Pairs:
    """Totals and counted days of the A and the B block of every pair.

    Arrays of shape (..., pairs).
    """

    a_total: Array
    a_days: Array
    b_total: Array
    b_days: Array

    @property
    def contrast(self) -> Array:
        """A minus B of each pair as a difference of daily means.

        Weighted by how much the pair can tell.
        """
        weight = self.a_days * self.b_days / (self.a_days + self.b_days)
        return weight * self.difference

    @property
    def difference(self) -> Array:
        """A minus B of each pair, as a difference of daily means."""
        return np.asarray(self.a_total / self.a_days - self.b_total / self.b_days)


@dataclass(frozen=True)
class Reading:
    """Estimate, standard error and interval on the additive scale, and the sign-flip p.

    The scale is the log ratio for counts and points for scores.
    """

    value: Array
    se: Array
    low: Array
    high: Array
    p: Array


@lru_cache(maxsize=32)
def signs(pairs: int, seed: int, draws: int = DRAWS) -> Array:
    """Sign patterns, one column each.

    Every one of them up to ten pairs, otherwise ``draws`` drawn by ``seed``.
    """
    if pairs <= ALL_SIGNS_UP_TO:
        patterns = (np.arange(2**pairs)[None, :] >> np.arange(pairs)[:, None]) & 1
    else:
        patterns = np.random.default_rng(seed).integers(0, 2, size=(pairs, draws))
    flips = (1.0 - 2.0 * patterns).astype(np.float64)
    flips.setflags(write=False)
    return flips


def sign_flip_p(contrast: Array, *, seed: int = 0, draws: int = DRAWS) -> Array:
    """Two-sided p of the randomisation test on per-pair contrasts of shape (..., pairs).

    The share of sign patterns whose sum is at least as far from zero as the one seen. Drawn
    patterns count the observed one as a further draw, so p is never zero (Phipson and Smyth 2010).
    """
    pairs = contrast.shape[-1]
    seen = np.abs(contrast.sum(axis=-1))
    scale = np.abs(contrast).sum(axis=-1)
    sums = np.abs(contrast @ signs(pairs, seed, draws))
    as_far = (sums >= (seen - 1e-9 * scale)[..., None]).sum(axis=-1)
    if pairs <= ALL_SIGNS_UP_TO:
        return np.asarray(as_far / 2**pairs)
    return np.asarray((as_far + 1) / (draws + 1))


def t_quantile(pairs: int, level: float = LEVEL) -> float:
    """Two-sided t quantile with pairs - 1 degrees of freedom."""
    from scipy import special

    return float(special.stdtrit(pairs - 1, 0.5 + level / 2))


def log_ratio(pairs: Pairs) -> tuple[Array, Array]:
    """Log of the rate ratio A to B and its standard error, for counts; needs at least two pairs."""
    count = pairs.a_days.shape[-1]
    a_sum, b_sum = pairs.a_total.sum(axis=-1), pairs.b_total.sum(axis=-1)
    a_days, b_days = pairs.a_days.sum(axis=-1), pairs.b_days.sum(axis=-1)
    value = np.log((a_sum + 0.5) / a_days) - np.log((b_sum + 0.5) / b_days)
    expected_a = (a_sum / a_days)[..., None] * pairs.a_days
    expected_b = (b_sum / b_days)[..., None] * pairs.b_days
    residual = (pairs.a_total - expected_a) / (a_sum + 0.5)[..., None]
    residual = residual - (pairs.b_total - expected_b) / (b_sum + 0.5)[..., None]
    sandwich = (residual**2).sum(axis=-1) * count / (count - 1)
    chance = 1 / (a_sum + 0.5) + 1 / (b_sum + 0.5)
    return value, np.sqrt(np.maximum(sandwich, chance))


def mean_difference(pairs: Pairs) -> tuple[Array, Array]:
    """Mean difference A minus B and its standard error, for scores; needs at least two pairs."""
    difference = pairs.difference
    spread = difference.std(axis=-1, ddof=1) / np.sqrt(difference.shape[-1])
    return difference.mean(axis=-1), np.asarray(spread)


def read(pairs: Pairs, *, counts: bool, seed: int = 0, draws: int = DRAWS) -> Reading:
    """Estimate, interval and p of paired blocks.

    Interval and test can never disagree: where the randomisation test does not speak against "no
    difference" at 5 %, the interval is drawn out to hold it.
    """
    number = pairs.a_days.shape[-1]
    value, se = log_ratio(pairs) if counts else mean_difference(pairs)
    p = sign_flip_p(pairs.contrast if counts else pairs.difference, seed=seed, draws=draws)
    reach = t_quantile(number) * se
    open_question = p > 1 - LEVEL
    low = np.where(open_question, np.minimum(value - reach, 0.0), value - reach)
    high = np.where(open_question, np.maximum(value + reach, 0.0), value + reach)
    return Reading(value=np.asarray(value), se=np.asarray(se), low=low, high=high, p=p)
