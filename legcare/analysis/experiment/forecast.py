"""What to expect before starting: the chance of a clear answer for this person, by length.

What an experiment can show hangs on how unlike two neighbouring blocks are when nothing is changed.
That is read from the person's own days, every two neighbouring blocks of them (moving pairs), and
drawn towards what is usual where there are few; slow drift and long spells cancel in it as they
will in the experiment. Then blocks are invented, of two families that have this variance, and read
as a real experiment is. What the log leaves open is carried along: the chance is the mean over the
middle half of it, the range holds 9 in 10 of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from legcare.analysis.experiment.inversion import (
    Contrast,
    contrast,
    quota,
    quotas_at,
    spending,
)
from legcare.analysis.experiment.pairs import Array, Pairs
from legcare.records.experiment import ALPHA, Outcome, OutcomeKind

TYPICAL_LEVEL = 2.6 / 7
"""Cramps a day of the volunteers of a cramp trial."""
LEVEL_SPREAD = 1.2
"""Standard deviation of the log level between people."""
TYPICAL_SPREAD = 2.0
"""Standard deviation of a daily score from 0 to 10."""
CLUSTERING = 0.9
"""Cramps that come in bouts: by how much the excess over chance grows with the daily level."""
PRIOR_PAIRS = 4.0
TYPICAL_LOGGED = 0.9
FEWEST_DAYS = 14
REPEATS = 200
LENGTHS = 9
ORDERS = 399
MEAN_AT = (-0.7, -0.3, 0.0, 0.3, 0.7)
ENDS_AT = (-1.645, 1.645)
ENOUGH_PAIRS, LONGEST_WEEKS, GOOD_CHANCE = 6, 52, 0.8
SEED = 20_261_125
TIE = 1e-4
"""Sums in single precision that differ by less are equal."""


@dataclass(frozen=True)
class OutcomeModel:
    """How an outcome behaves in neighbouring blocks when nothing is done about it.

    Ratios: ``level`` a day (events, or amounts in units of the usual one) and ``psi``, how many
    times more than chance alone the contrast of two blocks varies. Scores: ``psi`` is the variance
    of the difference of two block means. ``level_error`` and ``psi_error``: standard errors of
    their logarithms. ``own_days``: on how many known days it rests; 0 means typical figures.
    """

    level: float
    psi: float
    logged: float
    ratio: bool
    level_error: float
    psi_error: float
    own_days: int

    def at(self, z: float) -> OutcomeModel:
        """What the days leave open, ``z`` standard errors easier (harder if below zero)."""
        whole = float(np.hypot(self.level_error, self.psi_error)) or 1.0
        return OutcomeModel(
            level=self.level * float(np.exp(z * self.level_error**2 / whole)),
            psi=self.psi * float(np.exp(-z * self.psi_error**2 / whole)),
            logged=self.logged,
            ratio=self.ratio,
            level_error=0.0,
            psi_error=0.0,
            own_days=self.own_days,
        )


@dataclass(frozen=True)
class Shape:
    """The size of an experiment: days of a block, wash-out days before them, arms, error."""

    block_days: int
    washout_days: int = 0
    arms: int = 2
    alpha: float = ALPHA

    @property
    def weeks(self) -> float:
        """How long one pair (or round) lasts."""
        return self.arms * (self.block_days + self.washout_days) / 7


@dataclass(frozen=True)
class PowerCurve:
    """The chance of a clear answer, at each length in ``weeks``.

    ``if_works``: A brings the smallest worthwhile change and the verdict is "helps", between
    ``low`` and ``high`` by what the log leaves open (9 in 10). ``if_nothing``: A does nothing and
    the verdict is "does not help enough". ``repeats`` experiments were invented for each.
    """

    weeks: tuple[float, ...]
    pairs: tuple[int, ...]
    if_works: tuple[float, ...]
    if_nothing: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    model: OutcomeModel
    repeats: int

    @property
    def weeks_for_good_chance(self) -> float:
        """The shortest length on the curve with a chance of 80 % where A works, or NaN."""
        lengths = zip(self.weeks, self.if_works, strict=True)
        return next((weeks for weeks, chance in lengths if chance >= GOOD_CHANCE), float("nan"))

    def at(self, weeks: float) -> tuple[float, float]:
        """Both chances at this length, read between the points; (0, 0) where no plan fits."""
        return self._read(self.if_works, weeks), self._read(self.if_nothing, weeks)

    def between(self, weeks: float) -> tuple[float, float]:
        """The range of the chance where A works, at this length."""
        return self._read(self.low, weeks), self._read(self.high, weeks)

    def _read(self, chances_by_length: tuple[float, ...], weeks: float) -> float:
        if weeks < self.weeks[0] - 1e-9:
            return 0.0
        return float(np.interp(weeks, self.weeks, chances_by_length))


def model_of(values: pd.Series, outcome: Outcome, shape: Shape) -> OutcomeModel:
    """How an outcome behaves in the person's own days (missing: not known)."""
    days = values.to_numpy(dtype=float)
    known = int(np.isfinite(days).sum())
    enough = known >= FEWEST_DAYS and not (outcome.is_ratio and np.nansum(days) == 0)
    days, known = (days, known) if enough else (np.full(0, np.nan), 0)
    logged = float(np.clip(known / max(len(days), 1), 0.05, 1.0)) if known else TYPICAL_LOGGED
    if outcome.kind is OutcomeKind.AMOUNT and known:
        days = days / days[days > 0].mean()
    return (_ratio_model if outcome.is_ratio else _score_model)(days, known, logged, shape)


def _ratio_model(days: Array, known: int, logged: float, shape: Shape) -> OutcomeModel:
    events = float(np.nansum(days))
    typical, wide = np.log(TYPICAL_LEVEL), LEVEL_SPREAD**-2
    mean = events / known if known else TYPICAL_LEVEL
    usual = 1 + CLUSTERING * min(mean, 2.0)
    psi, pairs = _paired_variance(days, mean, shape) if known else (usual, 0.0)
    chance = 2 / (2 + 1 / (2 * mean * shape.block_days * logged))
    weight = PRIOR_PAIRS + pairs * chance
    psi = float(np.clip((PRIOR_PAIRS * usual + pairs * chance * psi) / weight, 0.3, 20.0))
    own = events / _fortnights(days, mean, psi) if known else 0.0
    level = (own * np.log(mean) + wide * typical) / (own + wide)
    return OutcomeModel(
        float(np.exp(level)), psi, logged, True, (own + wide) ** -0.5, weight**-0.5, known
    )


def _score_model(days: Array, known: int, logged: float, shape: Shape) -> OutcomeModel:
    usual = 2 * TYPICAL_SPREAD**2 / (shape.block_days * logged) ** 0.7
    variance, pairs = _paired_variance(days, float("nan"), shape) if known else (usual, 0.0)
    weight = PRIOR_PAIRS + pairs
    psi = max((PRIOR_PAIRS * usual + pairs * variance) / weight, 1e-4)
    return OutcomeModel(1.0, psi, logged, False, 0.0, weight**-0.5, known)


def _paired_variance(days: Array, mean: float, shape: Shape) -> tuple[float, float]:
    """How much neighbouring blocks of the log differ, and on how many pairs of them that rests.

    Over what chance alone gives (Poisson), or, without a ``mean``, as a variance of block means.
    """
    length, skip = shape.block_days, shape.washout_days
    places = np.arange(len(days) - 2 * (length + skip) + 1)
    if len(places) == 0:
        return 1.0, 0.0
    block = places[:, None] + skip + np.arange(length)
    first, second = days[block], days[block + length + skip]
    a_days, b_days = (np.isfinite(part).sum(axis=1) for part in (first, second))
    whole = (a_days > 0) & (b_days > 0)
    pairs = Pairs(
        *(
            np.asarray(part[whole], dtype=float)
            for part in (np.nansum(first, axis=1), a_days, np.nansum(second, axis=1), b_days)
        )
    )
    if not whole.any():
        return 1.0, 0.0
    effective = 1.5 * whole.sum() / (2 * (length + skip)) + 0.5
    if np.isnan(mean):
        return float((pairs.difference**2).mean()), effective
    by_chance = mean * pairs.a_days * pairs.b_days / (pairs.a_days + pairs.b_days)
    return float((pairs.contrast**2).sum() / by_chance.sum()), effective


def _fortnights(days: Array, mean: float, psi: float) -> float:
    """How many times more than chance alone totals of fortnights vary: how sure the level is."""
    number = len(days) // 14
    parts = days[: number * 14].reshape(number, 14)
    known = np.isfinite(parts).sum(axis=1)
    excess = np.nansum(parts, axis=1) - mean * known
    seen = float((excess**2).sum() / max(mean * known.sum(), 1e-9)) * number / max(number - 1, 1)
    usual = 1 + 2.5 * (psi - 1) if psi > 1 else psi
    return max((4 * usual + max(number - 1, 0) * seen) / (4 + max(number - 1, 0)), 0.5)


def power_curve(
    model: OutcomeModel, outcome: Outcome, worthwhile: float, shape: Shape
) -> PowerCurve:
    """Invent experiments of every length up to a year and count the clear answers.

    Seeded, so that the curve stays put.
    """
    most = max(ENOUGH_PAIRS, int(LONGEST_WEEKS // shape.weeks))
    steps = min(LENGTHS, most - ENOUGH_PAIRS + 1)
    numbers = sorted({round(n) for n in np.linspace(ENOUGH_PAIRS, most, steps)})
    hoped = worthwhile if outcome.is_ratio else -worthwhile
    nodes = (*MEAN_AT, *ENDS_AT)
    works = chances(
        simulate(model, outcome, worthwhile, (shape, most), nodes), hoped, shape, numbers
    )
    none = chances(simulate(model, outcome, None, (shape, most), MEAN_AT), hoped, shape, numbers)
    mean = works[0][:, : len(MEAN_AT)].mean(axis=1)
    ends = np.sort(np.column_stack([works[0][:, len(MEAN_AT) :], mean]), axis=1)
    return PowerCurve(
        weeks=tuple(n * shape.weeks for n in numbers),
        pairs=tuple(numbers),
        if_works=tuple(map(float, mean)),
        if_nothing=tuple(map(float, none[1].mean(axis=1))),
        low=tuple(map(float, ends[:, 0])),
        high=tuple(map(float, ends[:, -1])),
        model=model,
        repeats=2 * len(MEAN_AT) * REPEATS,
    )


def chances(
    whole: Contrast, hoped: float, shape: Shape, numbers: Sequence[int]
) -> tuple[Array, Array]:
    """Shares of "helps" and of "does not help enough" by number of pairs (rows) and node."""
    helps, short = [], []
    for number in numbers:
        flips, parts = _orders(number).astype(np.float32), whole.first(number)
        allowed = quota(shape.alpha / (shape.arms - 1), flips.shape[1])
        short_of = (parts.top - hoped * parts.bottom).astype(np.float32)
        worse = np.count_nonzero(short_of @ flips <= TIE, axis=-1) < allowed
        excess = parts.excess.astype(np.float32)
        lower = np.count_nonzero(excess @ flips >= -TIE, axis=-1) < allowed
        helps.append((lower & ~worse).reshape(-1, 2 * REPEATS).mean(axis=1))
        short.append(worse.reshape(-1, 2 * REPEATS).mean(axis=1))
    return np.array(helps), np.array(short)


def weeks_with_looks(
    model: OutcomeModel,
    outcome: Outcome,
    worthwhile: float,
    shape: Shape,
    stages: tuple[int, ...],
) -> tuple[float, float]:
    """The chance of "helps" and the mean weeks to the end, where A works and looks are planned."""
    whole = simulate(model, outcome, worthwhile, (shape, stages[-1]), MEAN_AT)
    error = [(n, spending(n / stages[-1], shape.alpha)) for n in stages]
    flips = _orders(stages[-1])
    going, weeks = np.ones(whole.top.shape[0], dtype=bool), 0.0
    for (number, _), count in zip(error, quotas_at(whole, flips > 0, error), strict=True):
        parts = whole.first(number)
        as_far = (parts.excess @ flips[:number] >= -TIE).sum(axis=-1) + 1
        stop = going & (as_far <= count)
        weeks += number * shape.weeks * float(stop.sum())
        going &= ~stop
    weeks += stages[-1] * shape.weeks * float(going.sum())
    return float(1 - going.mean()), weeks / len(going)


def _orders(number: int) -> Array:
    if number <= 9:
        return ((np.arange(1, 2**number)[None, :] >> np.arange(number)[:, None]) & 1).astype(float)
    draws = np.random.default_rng(SEED).random((60, ORDERS)) < 0.5
    return draws[:number].astype(float)


def simulate(
    model: OutcomeModel,
    outcome: Outcome,
    worthwhile: float | None,
    size_and_pairs: tuple[Shape, int],
    at: Sequence[float],
) -> Contrast:
    """Invented experiments in which A brings the worthwhile change (or none), of two families.

    For each node of ``at`` one after the other: 200 of the one family and 200 of the other.
    """
    (shape, pairs), rng = size_and_pairs, np.random.default_rng(SEED)
    size = (REPEATS, pairs)
    if not outcome.is_ratio:
        change = 0.0 if worthwhile is None else -worthwhile
        noise = [
            family * model.at(z).psi ** 0.5
            for z in at
            for family in (rng.standard_normal(size), rng.standard_t(5, size) * 0.6**0.5)
        ]
        top = change + np.concatenate(noise)
        return Contrast(top, np.ones_like(top), 0.0)
    ratio = 1.0 if worthwhile is None else worthwhile
    totals = [
        [
            family(_mean(model.at(z), shape) * arm, model.at(z).psi, size, rng)
            for arm in (ratio, 1.0)
        ]
        for z in at
        for family in (gamma_blocks, bouts)
    ]
    a, b = (np.concatenate([each[arm] for each in totals]) for arm in (0, 1))
    days = np.ones_like(a)
    return contrast(Pairs(a, days, b, days), ratio=True)


def _mean(model: OutcomeModel, shape: Shape) -> float:
    return model.level * model.logged * shape.block_days


def gamma_blocks(mean: float, psi: float, size: tuple[int, int], rng: np.random.Generator) -> Array:
    """Blocks whose rate varies from block to block (gamma); more even than chance if psi < 1."""
    if psi < 1:
        tries = max(round(mean / (1 - psi)), int(np.ceil(mean)), 1)
        return rng.binomial(tries, min(mean / tries, 1.0), size).astype(float)
    excess = max(psi - 1, 1e-6)
    return rng.poisson(rng.gamma(mean / excess, excess, size)).astype(float)


def bouts(mean: float, psi: float, size: tuple[int, int], rng: np.random.Generator) -> Array:
    """Blocks whose cramps come in bouts of geometric length."""
    if psi <= 1:
        return gamma_blocks(mean, psi, size, rng)
    alone = 2 / (1 + psi)
    number = rng.poisson(mean * alone, size)
    more = rng.negative_binomial(np.maximum(number, 1), alone)
    return np.where(number > 0, number + more, 0).astype(float)
