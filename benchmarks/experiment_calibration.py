"""Do the experiment's verdicts, intervals, looks, reruns and promises hold? Prints one JSON.

    python benchmarks/experiment_calibration.py verdicts --repeats 2000

Three families of diaries with a known truth, a tenth of the days unlogged: log-normal with a memory
of 0, 0.4 and 0.8 from day to day (AR), self-exciting with spells of weeks (SPELLS), and stretches
of the real diaries in ``--real FILE`` (REAL: columns ``id``, ``time``, ``headache``), thinned to
the rate. Every reading is the page's own.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from legcare.analysis.experiment import pairs as arithmetic
from legcare.analysis.experiment.forecast import ENDS_AT, MEAN_AT, Shape, chances, model_of
from legcare.analysis.experiment.forecast import simulate as experiments
from legcare.analysis.experiment.inversion import (
    Contrast,
    Inversion,
    contrast,
    invert,
    quota,
    quotas_at,
    spending,
)
from legcare.analysis.experiment.looks import FUTILE, chance_to_the_end, usual_looks
from legcare.analysis.experiment.pairs import Array, Pairs
from legcare.analysis.experiment.random_order import exchanges, joint_exchanges, random_order
from legcare.records.experiment import INVERSION, Arm, Outcome, Plan

RATES, PAIRS, LOGGED, SPREAD, BLOCK = (0.1, 0.3, 0.6, 1.2), (6, 8, 12, 24), 0.9, 0.8, 7
LEAST = float(-np.log(0.6))
BATCH = 100
ORDERS = 1300
"""So many of the drawn orders, for speed, where there are too many to take all."""
Row = dict[str, float | str]
CRAMPS = Outcome(column="cramps", label="Cramps")


@dataclass(frozen=True)
class Family:
    """A kind of diary: its name and, for AR, the memory."""

    name: str
    memory: float = 0.0
    real: tuple[NDArray[np.float64], ...] = ()

    def reaches(self, rate: float) -> bool:
        """Whether diaries of this kind can hold so many cramps: the real ones say yes or no."""
        return self.name != "REAL" or rate < 1

    def row(self, rate: float) -> Row:
        """The head of a row of the tables."""
        return {"family": self.name, "memory": self.memory, "rate": rate}

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
        """Bad spells (14 days) of four times the rate of good ones (28); each cramp breeds 0.3.

        A works on what starts cramps, just so much that the blocks show its ratio.
        """
        effect = effect**0.82
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
        a="A",
        b="B",
        outcome=CRAMPS,
        worthwhile=0.6,
        pairs=pairs,
        block_days=BLOCK,
        first_day=date(2026, 1, 5),
        seed=seed,
        salt=f"{seed:032x}",
        rules=INVERSION,
    )


def simulate(
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


def orders_of(plan: Plan) -> NDArray[np.bool_]:
    """What the plan is compared with: all orders up to twelve pairs."""
    return exchanges(plan) if plan.pairs <= 12 else exchanges(plan)[:, :ORDERS]


def filled(pairs: Pairs) -> Pairs:
    """As plans of the first kind want it: pairs that lack a block made neutral."""
    lacking = (pairs.a_days == 0) | (pairs.b_days == 0)
    days = np.maximum((pairs.a_days + pairs.b_days).sum(axis=-1), 1.0)
    mean = ((pairs.a_total + pairs.b_total).sum(axis=-1) / days)[:, None]
    tiny = 1e-3
    totals = [np.where(lacking, mean * tiny, t) for t in (pairs.a_total, pairs.b_total)]
    known = [np.where(lacking, tiny, d) for d in (pairs.a_days, pairs.b_days)]
    return Pairs(totals[0], known[0], totals[1], known[1])


def logs(read: Inversion) -> tuple[Array, Array]:
    """Both ends of the interval as log ratios."""
    with np.errstate(divide="ignore"):
        return np.log(read.low), np.log(read.high)


def verdicts_of(low: Array, high: Array, truth: float) -> dict[str, float]:
    """How often each verdict fell (%), and how often the interval held the truth."""
    short = -low < LEAST
    helps = (high < 0) & ~short
    holds = (low <= truth + 1e-9) & (truth <= high + 1e-9)
    return {
        "helps": 100 * float(helps.mean()),
        "not_enough": 100 * float(short.mean()),
        "holds": float(holds.mean()),
    }


def true_ratio(pairs: Sequence[Pairs], ratio: float) -> float:
    """The log ratio of the two rates over all experiments: what the blocks can show."""
    if ratio == 1:
        return 0.0
    sums = [
        sum(float(getattr(each, name).sum()) for each in pairs)
        for name in ("a_total", "a_days", "b_total", "b_days")
    ]
    return float(np.log(sums[0] / sums[1]) - np.log(sums[2] / sums[3]))


def verdicts(families: Sequence[Family], repeats: int) -> list[Row]:
    """One reading at the end, beside that of plans of the first kind (``before_``)."""
    rows: list[Row] = []
    for family, rate, number, ratio in product(families, RATES, PAIRS, (1.0, 0.6)):
        if not family.reaches(rate):
            continue
        rng = np.random.default_rng([int(100 * rate), number, int(10 * ratio)])
        batches, ends, before = [], [], []
        for batch in range(repeats // BATCH):
            plan = plan_of(number, batch + 1)
            pairs = simulate(family, rate, ratio, plan, rng, BATCH)
            orders = orders_of(plan)
            allowed = quota(0.025, orders.shape[1])
            ends.append(logs(invert(contrast(pairs, ratio=True), orders, allowed)))
            first = arithmetic.read(filled(pairs), counts=True, draws=499)
            before.append((first.low, first.high))
            batches.append(pairs)
        truth = true_ratio(batches, ratio)
        now = verdicts_of(*map(np.concatenate, zip(*ends, strict=True)), truth)
        then = verdicts_of(*map(np.concatenate, zip(*before, strict=True)), truth)
        row = {**family.row(rate), "pairs": number, "ratio": ratio, **now}
        rows.append(row | {f"before_{name}": value for name, value in then.items()})
    return rows


def with_looks(families: Sequence[Family], repeats: int) -> list[Row]:
    """24 pairs at most with looks at 8, 12, 16 and 20, for help and for futility."""
    rows: list[Row] = []
    for family, rate, ratio in product(families, RATES, (1.0, 0.6, 0.4)):
        if not family.reaches(rate):
            continue
        rng = np.random.default_rng([int(100 * rate), 24, int(10 * ratio)])
        batches, ends = [], []
        for batch in range(repeats // BATCH):
            plan = plan_of(24, batch + 1)
            pairs = simulate(family, rate, ratio, plan, rng, BATCH)
            ends.append(looked(pairs, plan))
            batches.append(pairs)
        low, high, weeks, futile = map(np.concatenate, zip(*ends, strict=True))
        row = {**family.row(rate), "ratio": ratio, "weeks": float(weeks.mean())}
        row |= verdicts_of(low, high, true_ratio(batches, ratio))
        rows.append(row | {"futile": 100 * float(futile.mean())})
    return rows


def looked(pairs: Pairs, plan: Plan) -> tuple[Array, Array, Array, Array]:
    """Ends of the interval where each experiment stopped, after how many weeks, and how."""
    looks = usual_looks(plan.pairs)
    stages = [(n, spending(n / plan.pairs, 0.025)) for n in (*looks, plan.pairs)]
    parts, orders = contrast(pairs, ratio=True), orders_of(plan)
    allowed = quotas_at(parts, orders, stages)
    shape = parts.top.shape[0]
    low, high, weeks = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape)
    going, futile = np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for (number, _), count in zip(stages, allowed, strict=True):
        now = logs(invert(parts.first(number), orders[:number], count))
        stop = (now[1] < 0) | (-now[0] < LEAST) | (number == plan.pairs)
        if number < plan.pairs:
            some = filled(
                Pairs(
                    *(
                        p[:, :number]
                        for p in (pairs.a_total, pairs.a_days, pairs.b_total, pairs.b_days)
                    )
                )
            )
            value, se = arithmetic.log_ratio(some)
            share = number / plan.pairs
            hopeless = chance_to_the_end(-value / se, se, share, LEAST, 0.025) < FUTILE
            futile |= going & ~stop & hopeless
            stop |= hopeless
        ends_here = going & stop
        low[ends_here], high[ends_here] = now[0][ends_here], now[1][ends_here]
        weeks[ends_here] = 2 * number * BLOCK / 7
        going &= ~stop
    return low, high, weeks, futile


def reruns(families: Sequence[Family], repeats: int) -> list[Row]:
    """Up to four runs on one question, a tenth of what is left kept aside each time."""
    rows: list[Row] = []
    spend = [0.025 * (1 - 0.1**run) for run in (1, 2, 3, 4)]
    for family, rate, number, ratio in product(families, RATES[:3], (6, 12), (1.0, 0.6)):
        if not family.reaches(rate):
            continue
        rng = np.random.default_rng([int(100 * rate), number, int(10 * ratio), 4])
        helped = np.zeros((repeats, 4), dtype=bool)
        for batch in range(repeats // BATCH):
            plans = [plan_of(number, 4 * batch + run) for run in (1, 2, 3, 4)]
            whole = [
                contrast(simulate(family, rate, ratio, plan, rng, BATCH), ratio=True)
                for plan in plans
            ]
            parts = Contrast(
                *(
                    np.concatenate([getattr(c, name) for c in whole], axis=-1)
                    for name in ("top", "bottom")
                ),
                1.0,
            )
            orders = joint_exchanges(plans, [number] * 4)[:, :ORDERS]
            stages = [(number * run, alpha) for run, alpha in enumerate(spend, start=1)]
            allowed = quotas_at(parts, orders, stages)
            for run, ((n, _), count) in enumerate(zip(stages, allowed, strict=True)):
                high = logs(invert(parts.first(n), orders[:n], count))[1]
                helped[batch * BATCH : (batch + 1) * BATCH, run] = high < 0
        any_of = np.maximum.accumulate(helped, axis=1).mean(axis=0)
        shares = {f"helps_by_run_{run}": 100 * float(any_of[run - 1]) for run in (1, 2, 3, 4)}
        rows.append({**family.row(rate), "pairs": number, "ratio": ratio, **shares})
    return rows


def promises(families: Sequence[Family], repeats: int) -> list[Row]:
    """The chance promised from logs of about 40 cramps (30 or more) against what is achieved.

    ``gap``: mean promise less achieved, ``gap_se`` what luck adds to it; ``holds``: how often (%)
    the range beside the promise holds the achieved chance.
    """
    rows: list[Row] = []
    for family, rate in product(families, RATES[1:]):
        if not family.reaches(rate):
            continue
        rng = np.random.default_rng([int(100 * rate), int(10 * family.memory), 7])
        promised = np.array([promise(family, rate, rng) for _ in range(max(repeats // 20, 10))])
        for place, number in enumerate((11, 24)):
            helped = []
            for batch in range(repeats // BATCH):
                plan = plan_of(number, batch + 900)
                pairs = simulate(family, rate, 0.6, plan, rng, BATCH)
                orders = orders_of(plan)
                allowed = quota(0.025, orders.shape[1])
                low, high = logs(invert(contrast(pairs, ratio=True), orders, allowed))
                helped.append((high < 0) & ~(-low < LEAST))
            achieved = float(np.concatenate(helped).mean())
            mean, low, high = promised[:, :, place].T
            luck = np.hypot(
                mean.std() / len(mean) ** 0.5, (achieved * (1 - achieved) / repeats) ** 0.5
            )
            rows.append(
                family.row(rate)
                | {
                    "weeks": 2 * number,
                    "achieved": 100 * achieved,
                    "gap": 100 * float(mean.mean() - achieved),
                    "gap_se": 100 * float(luck),
                    "holds": 100 * float(((low <= achieved) & (achieved <= high)).mean()),
                    "width": 100 * float((high - low).mean()),
                }
            )
    return rows


def promise(family: Family, rate: float, rng: np.random.Generator) -> list[Array]:
    """Chance, low and high end that the page promises for 22 and 48 weeks to one person."""
    days = 14 * int(np.ceil(40 / rate / LOGGED / 14))
    shape = Shape(BLOCK)
    while True:
        values = family.counts(rate, np.zeros((1, days), dtype=bool), 1.0, rng)[0]
        if family.name != "REAL":
            values = np.where(rng.random(days) < LOGGED, values, np.nan)
        if np.nansum(values) >= 30:
            break
    model = model_of(pd.Series(values), CRAMPS, shape)
    whole = experiments(model, CRAMPS, 0.6, (shape, 24), (*MEAN_AT, *ENDS_AT))
    helps = chances(whole, 0.6, shape, (11, 24))[0]
    mean = helps[:, : len(MEAN_AT)].mean(axis=1)
    ends = np.sort(np.column_stack([helps[:, len(MEAN_AT) :], mean]), axis=1)
    return [mean, ends[:, 0], ends[:, -1]]


def main() -> None:
    """Run one part and print it as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = {"verdicts": verdicts, "looks": with_looks, "reruns": reruns, "promises": promises}
    parser.add_argument("part", choices=parts)
    parser.add_argument("--repeats", type=int, default=2000, help="invented experiments per cell")
    parser.add_argument("--real", help="a file of real diaries")
    chosen = parser.parse_args()
    families = [Family("AR", memory) for memory in (0.0, 0.4, 0.8)] + [Family("SPELLS")]
    if chosen.real:
        families.append(Family("REAL", real=diaries_of(chosen.real)))
    print(json.dumps(parts[chosen.part](families, chosen.repeats), indent=1))


if __name__ == "__main__":
    main()
