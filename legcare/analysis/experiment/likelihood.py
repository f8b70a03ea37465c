"""What a person's own days make likely about their cramps: the rate, how much it drifts and how long it remembers.

The drift of the invented diaries (log-normal, autoregressive) is hidden behind the counts; summing over it on a grid of
15 values gives the exact likelihood of that grid (forward pass of a hidden Markov model; Zucchini, MacDonald and
Langrock 2016), unlogged days included as days of unknown count. Moments of a few weeks cannot do this without bias: a
short log's own mean drifts along with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from legcare.analysis.experiment.pairs import Array
from legcare.analysis.experiment.simulate import Nature

SHIFTS = np.linspace(-1.0, 1.0, 11)
SPREADS = np.arange(9) * 0.2
MEMORIES = np.arange(7) * 0.15
NO_MEMORY = 1 / 3
"""Chance, before any day is seen, that days do not hang together at all; the rest is shared by the longer memories."""
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
        """Level, spread and memory: the means of log level, spread and memory over what is plausible."""
        shift = float(self.weight.sum(axis=(0, 2)) @ SHIFTS)
        spread = float(self.weight.sum(axis=(0, 1)) @ SPREADS)
        return self.mean * float(np.exp(shift)), spread, float(self.weight.sum(axis=(1, 2)) @ MEMORIES)

    def drawn(self, number: int, rng: np.random.Generator, logged: float) -> list[Nature]:
        """Natures drawn as often as they are plausible."""
        places = rng.choice(self.weight.size, number, p=self.weight.ravel())
        memory, shift, spread = np.unravel_index(places, self.weight.shape)
        drawn = zip(self.mean * np.exp(SHIFTS[shift]), SPREADS[spread], MEMORIES[memory], strict=True)
        return [Nature(float(level), float(spread), float(memory), logged) for level, spread, memory in drawn]


def plausible(counts: Array) -> Plausible:
    """Weigh every nature by how well it explains daily counts (NaN: not known; at least one event).

    Even weight beforehand for log level within a factor e of the observed mean, for spread up to 1.6 and for memory up
    to 0.9, but for one chance in three that there is none.
    """
    mean = float(np.nanmean(counts))
    beforehand = np.full(len(MEMORIES), (1 - NO_MEMORY) / (len(MEMORIES) - 1))
    beforehand[0] = NO_MEMORY
    log_weight = _log_likelihood(counts, mean) + np.log(beforehand)[:, None, None]
    weight = np.exp(log_weight - log_weight.max())
    return Plausible(mean=mean, weight=weight / weight.sum())


def _log_likelihood(counts: Array, mean: float) -> Array:
    """Log likelihood by memory, shift and spread; one step a day, the drift's chances carried along."""
    seen = _chances(counts, mean)
    onward = np.stack([_onward(float(memory)) for memory in MEMORIES])
    state = np.broadcast_to(_EVEN, (len(MEMORIES), len(SHIFTS) * len(SPREADS), len(_DRIFT)))
    total = np.zeros(state.shape[:2])
    for count in counts:
        if np.isfinite(count):
            state = state * seen[float(count)]
            whole = state.sum(axis=-1, keepdims=True)
            total += np.log(whole[..., 0])
            state = state / whole
        state = state @ onward
    return total.reshape(len(MEMORIES), len(SHIFTS), len(SPREADS))


def _chances(counts: Array, mean: float) -> dict[float, Array]:
    """Poisson chance of every count that occurs, by nature (shift and spread) and drift, up to a common factor."""
    spread = SPREADS[:, None]
    log_rate = np.log(mean) + SHIFTS[:, None, None] + spread * _DRIFT - spread**2 / 2
    found: dict[float, Array] = {}
    for count in np.unique(counts[np.isfinite(counts)]):
        log_chance = count * log_rate - np.exp(log_rate)
        chance = np.exp(np.maximum(log_chance - log_chance.max(), -300.0))  # never zero: 0 / 0 is no number
        found[float(count)] = chance.reshape(-1, len(_DRIFT))
    return found


def _onward(memory: float) -> Array:
    """Chances of tomorrow's drift (columns) given today's (rows)."""
    chance = np.exp(-((_DRIFT[None, :] - memory * _DRIFT[:, None]) ** 2) / (2 * (1 - memory**2)))
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))
