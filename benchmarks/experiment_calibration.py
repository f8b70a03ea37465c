"""Do the experiment's verdicts, intervals, looks, reruns and promises hold? Prints one JSON.

    python benchmarks/experiment_calibration.py verdicts --repeats 2000

Three families of diaries with a known truth, a tenth of the days unlogged: log-normal with a memory
of 0, 0.4 and 0.8 from day to day (AR), self-exciting with spells of weeks (SPELLS), and stretches
of the real diaries in ``--real FILE`` (REAL: columns ``id``, ``time``, ``headache``), thinned to
the rate. Every reading is the page's own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.experiment.pairs import Array, Pairs
from legcare.analysis.experiment.random_order import random_order
from legcare.records.experiment import INVERSION, Arm, Outcome, Plan

RATES, PAIRS, LOGGED, SPREAD, BLOCK = (0.1, 0.3, 0.6, 1.2), (6, 8, 12, 24), 0.9, 0.8, 7
LEAST = float(-np.log(0.6))
BATCH = 100
CRAMPS = Outcome(column="cramps", label="Cramps")


@dataclass(frozen=True)
class Family:
    """A kind of diary: its name and, for AR, the memory."""

    name: str
    memory: float = 0.0
    real: tuple[NDArray[np.float64], ...] = ()

    def counts(self, rate: float, on: Array, ratio: float, rng: np.random.Generator) -> Array:
        """Daily counts of experiments whose days ``on`` (repeats, days) carry A."""
        effect = np.where(on, ratio, 1.0)
        if self.name == "AR":
            return self._ar(rate, effect, rng)
        if self.name == "SPELLS":
            return self._spells(rate, effect, rng)
        return self._real(rate, effect, rng)

    def _ar(self, rate: float, effect: Array, rng: np.random.Generator) -> Array:
        drift = rng.standard_normal(effect.shape)
        for day in range(1, effect.shape[1]):
            drift[:, day] *= np.sqrt(1 - self.memory**2)
            drift[:, day] += self.memory * drift[:, day - 1]
        rates = rate * effect * np.exp(SPREAD * drift - SPREAD**2 / 2)
        return rng.poisson(rates).astype(float)

    @staticmethod
    def _spells(rate: float, effect: Array, rng: np.random.Generator) -> Array:
        """Bad spells (14 days) of four times the rate of good ones (28); each cramp breeds 0.3."""
        repeats, days = effect.shape
        bad = rng.random(repeats) < 1 / 3
        counts = np.zeros((repeats, days))
        base, before, older = rate * 0.7 / 2.0, np.zeros(repeats), np.zeros(repeats)
        for day in range(days):
            moved = rng.random(repeats) < np.where(bad, 1 / 14, 1 / 28)
            bad = bad ^ moved
            hazard = base * np.where(bad, 4.0, 1.0) + 0.2 * before + 0.1 * older
            counts[:, day] = rng.poisson(hazard * effect[:, day])
            before, older = counts[:, day], before
        return counts

    def _real(self, rate: float, effect: Array, rng: np.random.Generator) -> Array:
        """Fortnights of one person's diary after each other, thinned to the rate."""
        repeats, days = effect.shape
        often = [diary for diary in self.real if np.nanmean(diary) >= min(rate, 0.9)]
        counts = np.empty((repeats, days))
        for row in range(repeats):
            diary = often[rng.integers(len(often))]
            starts = rng.integers(0, len(diary), size=-(-days // 14))
            place = (starts[:, None] + np.arange(14)).ravel()[:days] % len(diary)
            kept = min(1.0, rate / float(np.nanmean(diary))) * effect[row]
            counts[row] = np.where(
                np.isnan(diary[place]), np.nan, diary[place] * (rng.random(days) < kept)
            )
        return counts


def diaries_of(path: str) -> tuple[NDArray[np.float64], ...]:
    """Every real diary of three weeks or more, a value a day, missing where nothing was noted."""
    people: dict[str, dict[int, float]] = {}
    for row in csv.DictReader(Path(path).read_text(encoding="utf-8").splitlines()):
        people.setdefault(row["id"], {})[int(row["time"])] = float(row["headache"] == "yes")
    whole = (
        np.array([days.get(day, np.nan) for day in range(min(days), max(days) + 1)])
        for days in people.values()
    )
    return tuple(each for each in whole if np.isfinite(each).sum() >= 21 and np.nansum(each) > 2)


def plan_of(pairs: int, seed: int) -> Plan:
    """A plan as the page draws it."""
    return Plan(
        a="A", b="B", outcome=CRAMPS, worthwhile=0.6, pairs=pairs, block_days=BLOCK,
        first_day=date(2026, 1, 5), seed=seed, salt=f"{seed:032x}", rules=INVERSION,
    )  # fmt: skip


def invented(
    family: Family, rate: float, ratio: float, plan: Plan, rng: np.random.Generator, repeats: int
) -> Pairs:
    """Experiments with this plan."""
    is_a = np.array([arm is Arm.A for arm in random_order(plan)])
    on = np.broadcast_to(np.repeat(is_a, BLOCK), (repeats, len(is_a) * BLOCK))
    counts = family.counts(rate, on, ratio, rng)
    known = np.isfinite(counts)
    if family.name != "REAL":
        known &= rng.random(counts.shape) < LOGGED
    grid = (repeats, plan.pairs, 2, BLOCK)
    total = np.where(known, counts, 0.0).reshape(grid).sum(axis=-1)
    days = known.reshape(grid).sum(axis=-1).astype(float)
    first = is_a.reshape(plan.pairs, 2)[:, 0]
    return Pairs(
        *(
            np.where(first, part[..., here], part[..., 1 - here])
            for here in (0, 1)
            for part in (total, days)
        )
    )


def filled(pairs: Pairs) -> Pairs:
    """As the reading of version 72e79f3 wants it: pairs that lack a block made neutral."""
    lacking = (pairs.a_days == 0) | (pairs.b_days == 0)
    mean = (pairs.a_total + pairs.b_total).sum(-1) / (pairs.a_days + pairs.b_days).sum(-1)
    tiny = 1e-3
    totals = [np.where(lacking, mean[:, None] * tiny, t) for t in (pairs.a_total, pairs.b_total)]
    days = [np.where(lacking, tiny, d) for d in (pairs.a_days, pairs.b_days)]
    return Pairs(totals[0], days[0], totals[1], days[1])
