"""Invented diaries with a known truth, for planning and for calibrating afterwards.

A day's cramps are Poisson around a rate that drifts from day to day (log-normal, autoregressive),
so that they come in bouts as real ones do; a day's score is normal with the same drift. What A does
is known, so a verdict can be marked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.experiment.pairs import Array, Pairs


@dataclass(frozen=True)
class Nature:
    """How an outcome behaves from day to day when nothing is done about it.

    ``level`` is the daily mean; ``spread`` the standard deviation of the log rate (counts) or of
    the score itself; ``memory`` the day-to-day correlation of what drifts (0 to below 1);
    ``logged`` the share of days with a value. ``counts`` says events; ``carry_half_life`` (days)
    lets the effect of A fade in and out instead of switching.
    """

    level: float
    spread: float
    memory: float
    logged: float = 1.0
    counts: bool = True
    carry_half_life: float = 0.0


@dataclass(frozen=True)
class Shape:
    """The size of an experiment.

    Pairs of blocks, days per block, wash-out days that are lived but not counted.
    """

    pairs: int
    block_days: int
    washout_days: int = 0


@dataclass(frozen=True)
class Diary:
    """Invented experiments: arrays of shape (repeats, pairs, 2 blocks, days).

    ``is_a`` of shape (repeats, pairs, 2).
    """

    value: Array
    known: NDArray[np.bool_]
    is_a: NDArray[np.bool_]
    drift: Array

    def pairs(self) -> Pairs:
        """Totals and days by arm; a block without any known day has zero days."""
        total = np.where(self.known, self.value, 0.0).sum(axis=-1)
        days = self.known.sum(axis=-1).astype(np.float64)
        first = self.is_a[..., 0]
        a_total, b_total = (np.where(first, total[..., i], total[..., 1 - i]) for i in (0, 1))
        a_days, b_days = (np.where(first, days[..., i], days[..., 1 - i]) for i in (0, 1))
        return Pairs(a_total=a_total, a_days=a_days, b_total=b_total, b_days=b_days)


def diaries(
    nature: Nature, shape: Shape, effect: float, rng: np.random.Generator, *, repeats: int
) -> Diary:
    """Invent ``repeats`` experiments.

    ``effect`` is the log ratio (counts) or the points (scores) that A adds.
    """
    length = shape.block_days + shape.washout_days
    grid = (repeats, shape.pairs, 2, length)
    first = rng.integers(0, 2, size=(repeats, shape.pairs)).astype(bool)
    is_a = np.stack([first, ~first], axis=-1)
    on = np.repeat(is_a.reshape(repeats, -1), length, axis=1).astype(np.float64)
    drift = drifting(nature.memory, (repeats, on.shape[1]), rng)
    acting = faded(on, nature.carry_half_life)
    value = _outcome(nature, drift, effect * acting, rng).reshape(grid)
    known = rng.random(grid) < nature.logged
    known[..., : shape.washout_days] = False
    return Diary(value=value, known=known, is_a=is_a, drift=drift.reshape(grid))


def _outcome(nature: Nature, drift: Array, added: Array, rng: np.random.Generator) -> Array:
    if not nature.counts:
        return np.asarray(nature.level + nature.spread * drift + added)
    rate = nature.level * np.exp(nature.spread * drift - nature.spread**2 / 2 + added)
    return rng.poisson(rate).astype(np.float64)


def drifting(memory: float | Array, shape: tuple[int, int], rng: np.random.Generator) -> Array:
    """Standard normal series of shape (repeats, days).

    Neighbouring days correlate by ``memory``.

    One memory for all, or one per repeat as an array of shape (repeats, 1).
    """
    noise = rng.standard_normal(shape)
    if np.all(np.equal(memory, 0)):
        return noise
    kept = np.broadcast_to(memory, (shape[0], 1))[:, 0]
    fresh = np.sqrt(1 - kept**2)
    series = np.empty(shape)
    series[:, 0] = noise[:, 0]
    for day in range(1, shape[1]):
        series[:, day] = kept * series[:, day - 1] + fresh * noise[:, day]
    return series


def faded(on: Array, half_life: float) -> Array:
    """How much of A's effect acts on each day.

    At once where the half-life is 0, else fading in and out.
    """
    if half_life <= 0:
        return on
    keep = 0.5 ** (1 / half_life)
    acting = np.empty_like(on)
    acting[:, 0] = on[:, 0]
    for day in range(1, on.shape[1]):
        acting[:, day] = np.maximum(on[:, day], keep * acting[:, day - 1])
    return acting
