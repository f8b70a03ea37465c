"""How far a reading of a short log is off on average.

Measured by reading invented logs in the same way.

A log of a few weeks says little about how cramps hang together, so its central figures lie between
what is true and what was thought likely beforehand, and a chance computed from them is too low for
some people and too high for others. Logs like the person's own are invented from the central
figures and read as the person's was; what comes out differs from what was put in, and that
difference is taken off the chance (bootstrap correction of bias: Efron and Tibshirani 1993, An
Introduction to the Bootstrap, section 10.6). One round: a second takes off more, but makes a single
log's chance scatter more (docs/experiment.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.experiment.likelihood import centrals
from legcare.analysis.experiment.pairs import Array, t_quantile
from legcare.analysis.experiment.simulate import Nature, Shape, drifting

DAYS_READ = 12_000
FEWEST, MOST = 32, 240
SEED = 20_260_721


@dataclass(frozen=True)
class Reread:
    """Level, spread and memory (columns) as read from the ``own`` log and from invented ones.

    ``once`` more readings, from logs invented at those values.
    """

    own: Array
    once: Array
    logged: float

    def righted(self, chance: float, shape: Shape, truth: float, least: float) -> float:
        """The chance of a clear answer with what such a reading gets wrong on average taken off.

        ``chance`` is that of the own figures, for an experiment of ``shape`` where A brings the log
        ratio ``truth``. It is never raised above what cramps that come independently of each other,
        as many as in the log, would give.
        """
        own, once, independent = (
            float(foreseen(figures, self.logged, shape, truth=truth, least=least).mean())
            for figures in (self.own, self.once, self.own * np.array([1.0, 0.0, 0.0]))
        )
        most = max(chance, independent)
        return float(np.clip(chance + own - once, 0.0, most))


def reread(days: Array, nature: Nature) -> Reread:
    """Read logs invented from ``nature``, each known on the days that are.

    Seeded, so that the same log always gets the same answer.
    """
    rng = np.random.default_rng(SEED)
    number = int(np.clip(DAYS_READ // len(days), FEWEST, MOST))
    known = np.isfinite(days)
    own = np.array([[nature.level, nature.spread, nature.memory]])
    once = centrals(invented(np.repeat(own, number, axis=0), known, rng))
    return Reread(own=own, once=once, logged=nature.logged)


def invented(figures: Array, known: NDArray[np.bool_], rng: np.random.Generator) -> Array:
    """One log of daily counts for each row of level, spread and memory.

    NaN where a day is not ``known``.
    """
    level, spread, memory = (figures[:, place, None] for place in range(3))
    drift = drifting(memory, (len(figures), len(known)), rng)
    counts = rng.poisson(level * np.exp(spread * drift - spread**2 / 2)).astype(np.float64)
    counts[:, ~known] = np.nan
    return counts


def foreseen(figures: Array, logged: float, shape: Shape, *, truth: float, least: float) -> Array:
    """The chance of a clear answer by formula, for each row of level, spread and memory (counts).

    "Helps" where A brings ``truth`` = -``least``; "does not help enough" where ``truth`` is 0. The
    log ratio is taken as normal, its standard error from the exact variance of paired blocks. Good
    to a few points; what is shown comes from invented experiments, and only differences are taken
    from here.
    """
    from scipy import special

    known = figures * np.array([logged, 1.0, 1.0])
    events = known[:, 0] * shape.pairs * shape.block_days
    se = np.sqrt(blocks_vary(known, shape) * (np.exp(-truth) + 1) / events)
    return np.asarray(special.ndtr(least / se - t_quantile(shape.pairs)))


def blocks_vary(figures: Array, shape: Shape) -> Array:
    """How many times more than chance the contrast of a pair of blocks varies in bouts.

    For each row of level, spread and memory: the exact variance of (block one - block two) for a
    log-normal autoregressive rate, over its Poisson part. This is the psi of the method notes for
    paired blocks, in which slow drift cancels and bouts within a block do not.
    """
    level, spread, memory = (figures[:, place] for place in range(3))
    sign = np.repeat([1.0, -1.0], shape.block_days)
    within = shape.washout_days + np.arange(shape.block_days)
    place = np.concatenate([within, within + shape.block_days + shape.washout_days])
    apart = np.abs(np.subtract.outer(place, place))
    shared = np.exp(spread[:, None, None] ** 2 * np.power(memory[:, None, None], apart)) - 1
    return np.asarray(
        1 + level * np.einsum("i,nij,j->n", sign, shared, sign) / (2 * shape.block_days)
    )
