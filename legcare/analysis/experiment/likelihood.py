"""What a person's own days make likely about their cramps.

The rate, how much it drifts and how long it remembers.

The drift of the invented diaries (log-normal, autoregressive) is hidden behind the counts; summing
over it on a grid of 15 values gives the exact likelihood of that grid (forward pass of a hidden
Markov model; Zucchini, MacDonald and Langrock 2016), unlogged days included as days of unknown
count. Moments of a few weeks cannot do this without bias: a short log's own mean drifts along with
it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.experiment.pairs import Array
from legcare.analysis.experiment.simulate import Nature

Single = NDArray[np.float32]
"""Single precision.

Twice as fast over hundreds of invented logs, and far finer than what a log can tell.
"""
SHIFTS = np.linspace(-1.0, 1.0, 11)
SPREADS = np.arange(9) * 0.2
MEMORIES = np.arange(7) * 0.15
AT_ONCE = 32  # logs whose sums fit into a processor's cache together
NO_MEMORY = 1 / 3
"""Chance, before any day is seen, that days do not hang together at all.

The rest is shared by the longer memories.
"""
_DRIFT = np.linspace(-3.0, 3.0, 15)
_EVEN = np.exp(-(_DRIFT**2) / 2) / np.exp(-(_DRIFT**2) / 2).sum()


@dataclass(frozen=True)
class Plausible:
    """How plausible each nature is: ``weight`` of shape (memories, shifts, spreads), summing to 1.

    ``mean`` is the observed daily mean; the level of a nature is ``mean * exp(shift)``.
    """

    mean: float
    weight: Array

    @property
    def central(self) -> tuple[float, float, float]:
        """Level, spread and memory.

        The means of log level, spread and memory over what is plausible.
        """
        shift = float(self.weight.sum(axis=(0, 2)) @ SHIFTS)
        spread = float(self.weight.sum(axis=(0, 1)) @ SPREADS)
        return (
            self.mean * float(np.exp(shift)),
            spread,
            float(self.weight.sum(axis=(1, 2)) @ MEMORIES),
        )

    def drawn(self, number: int, rng: np.random.Generator, logged: float) -> list[Nature]:
        """Natures drawn as often as they are plausible."""
        places = rng.choice(self.weight.size, number, p=self.weight.ravel())
        memory, shift, spread = np.unravel_index(places, self.weight.shape)
        drawn = zip(
            self.mean * np.exp(SHIFTS[shift]), SPREADS[spread], MEMORIES[memory], strict=True
        )
        return [
            Nature(float(level), float(spread), float(memory), logged)
            for level, spread, memory in drawn
        ]


def plausible(counts: Array) -> Plausible:
    """Weigh every nature by how well it explains daily counts (NaN: not known; at least one event).

    Even weight beforehand for log level within a factor e of the observed mean, for spread up to
    1.6 and for memory up to 0.9, but for one chance in three that there is none.
    """
    mean = np.array([np.nanmean(counts)])
    return Plausible(mean=float(mean[0]), weight=_weights(counts[None, :], mean)[0])


def centrals(counts: Array) -> Array:
    """Level, spread and memory read from each of many logs at once.

    From shape (logs, days) to (logs, 3).

    A log without any event is read as if it had half a one.
    """
    known = np.isfinite(counts).sum(axis=1)
    mean = np.maximum(np.nansum(counts, axis=1), 0.5) / np.maximum(known, 1)
    parts = [slice(first, first + AT_ONCE) for first in range(0, len(counts), AT_ONCE)]
    weights = (weight for part in parts for weight in _weights(counts[part], mean[part]))
    return np.array(
        [Plausible(float(each), weight).central for each, weight in zip(mean, weights, strict=True)]
    )


def _weights(counts: Array, mean: Array) -> Array:
    """How plausible each nature is for each log, of shape (logs, memories, shifts, spreads)."""
    beforehand = np.full(len(MEMORIES), (1 - NO_MEMORY) / (len(MEMORIES) - 1))
    beforehand[0] = NO_MEMORY
    log_weight = _log_likelihood(counts, mean) + np.log(beforehand)[:, None, None]
    weight = np.exp(log_weight - log_weight.max(axis=(1, 2, 3), keepdims=True))
    return np.asarray(weight / weight.sum(axis=(1, 2, 3), keepdims=True))


def _log_likelihood(counts: Array, mean: Array) -> Array:
    """Log likelihood by log, memory, shift and spread.

    One step a day, the drift's chances carried along.
    """
    log_rate = _log_rates(mean)
    rate = np.exp(log_rate)
    onward = np.stack([_onward(float(memory)) for memory in MEMORIES]).astype(np.float32)
    rows = len(counts) * len(SHIFTS) * len(SPREADS)
    state = np.tile(_EVEN.astype(np.float32), (len(MEMORIES), rows, 1))
    total, every = np.zeros((len(MEMORIES), rows)), np.ones(len(_DRIFT), dtype=np.float32)
    for day in counts.T:
        if np.isfinite(day).any():
            state *= _chances(day, log_rate, rate).reshape(rows, -1)
            whole = state @ every  # a sum over so short an axis is several times slower
            total += np.log(whole)
            state /= whole[..., None]
        state = state @ onward
    return np.moveaxis(total.reshape(len(MEMORIES), len(counts), len(SHIFTS), len(SPREADS)), 1, 0)


def _log_rates(mean: Array) -> Single:
    """Log rate of every log by nature (shift and spread) and drift."""
    spread = SPREADS[:, None]
    by_nature = SHIFTS[:, None, None] + spread * _DRIFT - spread**2 / 2
    return np.asarray(
        np.log(mean)[:, None, None] + by_nature.reshape(1, -1, len(_DRIFT)), dtype=np.float32
    )


def _chances(day: Array, log_rate: Single, rate: Single) -> Single:
    """Poisson chance of one day's count in every log, up to a factor per log.

    1 where the day is not known.
    """
    known = np.isfinite(day)
    count = np.where(known, day, 0.0).astype(np.float32)[:, None, None]
    log_chance = np.where(known[:, None, None], count * log_rate - rate, 0.0)
    log_chance = log_chance - log_chance.max(axis=(1, 2), keepdims=True)
    return np.asarray(
        np.exp(np.maximum(log_chance, -60.0)), dtype=np.float32
    )  # never zero: 0 / 0 is no number


def _onward(memory: float) -> Array:
    """Chances of tomorrow's drift (columns) given today's (rows)."""
    chance = np.exp(-((_DRIFT[None, :] - memory * _DRIFT[:, None]) ** 2) / (2 * (1 - memory**2)))
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))
