"""Whether the experiment's verdicts, intervals and promises hold: prints one JSON object.

Invented experiments with a known truth.

    python benchmarks/experiment_calibration.py --repeats 1000

Grid: 0.1 to 1.2 cramps a day, day-to-day memory 0 to 0.8, 6, 12 and 24 pairs of 7-day blocks, 10 %
of days unlogged, carry-over with a half-life of 0 and 1 day, and a person who skips the massage
more often on bad days.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np
import pandas as pd

from legcare.analysis.experiment import pairs as arithmetic
from legcare.analysis.experiment.pairs import Array, Pairs
from legcare.analysis.experiment.planning import (
    REPEATS,
    filled,
    nature_of,
    verdict_curve,
    verdict_shares,
)
from legcare.analysis.experiment.reread import reread
from legcare.analysis.experiment.result import Finding
from legcare.analysis.experiment.simulate import Diary, Nature, Shape, diaries, faded

RATES, MEMORIES, PAIRS = (0.1, 0.3, 0.6, 1.2), (0.0, 0.4, 0.8), (6, 12, 24)
RATIO, LOGGED, SPREAD = 0.6, 0.9, 0.8
DRAWS = 999


def cells() -> Iterator[tuple[float, float, int]]:
    """Every rate, memory and number of pairs."""
    yield from product(RATES, MEMORIES, PAIRS)


def marked(pairs: Pairs, truth: float) -> dict[str, float]:
    """How often the verdict was each of three, and how often the interval held the truth."""
    reading = arithmetic.read(filled(pairs), counts=True, draws=DRAWS)
    shares = verdict_shares(pairs, counts=True, least=-np.log(RATIO))
    holds = (reading.low <= truth) & (truth <= reading.high)
    return {
        "coverage": float(holds.mean()),
        **{finding.name.lower(): share for finding, share in shares.items()},
    }


def nothing(rng: np.random.Generator, repeats: int) -> list[dict[str, float]]:
    """A does nothing: how often "helps" is said all the same."""
    return [
        {"rate": rate, "memory": memory, "pairs": number}
        | marked(
            diaries(
                Nature(rate, SPREAD, memory, LOGGED), Shape(number, 7), 0.0, rng, repeats=repeats
            ).pairs(),
            0.0,
        )
        for rate, memory, number in cells()
    ]


def works(rng: np.random.Generator, repeats: int, half_life: float) -> list[dict[str, float]]:
    """A brings the ratio 0.6.

    With carry-over the contrast that the blocks can show is smaller, and given beside it.
    """
    rows = []
    for rate, memory, number in cells():
        nature = Nature(rate, SPREAD, memory, LOGGED, carry_half_life=half_life)
        diary = diaries(nature, Shape(number, 7), np.log(RATIO), rng, repeats=repeats)
        contrast = shown_by_blocks(diary, half_life)
        row = {"rate": rate, "memory": memory, "pairs": number, "contrast": float(np.exp(contrast))}
        at_full = marked(diary.pairs(), np.log(RATIO))
        rows.append(
            row | marked(diary.pairs(), contrast) | {"coverage_of_0.6": at_full["coverage"]}
        )
    return rows


def shown_by_blocks(diary: Diary, half_life: float) -> float:
    """The log ratio of expected cramps on A days to those on B days, carry-over included."""
    on = np.repeat(diary.is_a.reshape(len(diary.is_a), -1), diary.value.shape[-1], axis=1)
    acting = np.exp(np.log(RATIO) * faded(on.astype(float), half_life))
    return float(np.log(acting[on].mean() / acting[~on].mean()))


def skips(rng: np.random.Generator, repeats: int) -> list[dict[str, float]]:
    """A does nothing, and on bad days it is skipped more often (60 % against 10 %).

    As planned against as done.
    """
    rows = []
    for rate, memory, number in product(RATES[1:], MEMORIES, PAIRS[:2]):
        diary = diaries(
            Nature(rate, SPREAD, memory, LOGGED), Shape(number, 7), 0.0, rng, repeats=repeats
        )
        planned = marked(diary.pairs(), 0.0)
        done = marked(as_done(diary, rng), 0.0)
        row = {"rate": rate, "memory": memory, "pairs": number, "as_done_helps": done["helps"]}
        rows.append(row | planned)
    return rows


def as_done(diary: Diary, rng: np.random.Generator) -> Pairs:
    """Pairs by what was done.

    An A day is skipped with a chance of 0.6 where the day is bad, else 0.1.
    """
    skip = rng.random(diary.value.shape) < np.where(diary.drift > 0.5, 0.6, 0.1)
    done = diary.is_a[..., None] & ~skip
    parts = [
        np.where(diary.known & arm, what, 0.0).sum(axis=(-1, -2))
        for arm in (done, ~done)
        for what in (diary.value, 1.0)
    ]
    return Pairs(*(np.asarray(part, dtype=float) for part in parts))


def promises(
    rng: np.random.Generator,
    repeats: int,
    logs: int,
    spread: float,
    rates: Iterable[float] = RATES[1:],
) -> list[dict[str, float]]:
    """The chance promised from a person's own log against what such experiments achieve.

    The log holds 30 cramps or more.

    A cell is scored by its gap: the mean promise over the logs less the share of experiments under
    the true figures that said "helps". ``gap_se`` is what the luck of this run adds to it; 10 of
    100 logs lie below ``tenth`` and 10 above ``ninetieth``.
    """
    rows = []
    for rate, memory in product(rates, MEMORIES):
        nature = Nature(rate, spread, memory, LOGGED)
        told = np.array([promise(nature, rng) for _ in range(logs)])
        for place, weeks in enumerate((22, 48)):
            whole = diaries(nature, Shape(weeks // 2, 7), np.log(RATIO), rng, repeats=repeats)
            achieved = marked(whole.pairs(), np.log(RATIO))["helps"]
            rows.append(
                {"rate": rate, "memory": memory, "weeks": weeks}
                | scored(told[:, place], achieved, repeats)
            )
    return rows


def scored(told: Array, achieved: float, repeats: int) -> dict[str, float]:
    """One cell.

    Mean promise less achieved, its standard error, and how far single logs lie apart.
    """
    return {
        "achieved": achieved,
        "promised": float(told.mean()),
        "gap": float(told.mean() - achieved),
        "gap_se": float(
            np.sqrt(told.var(ddof=1) / len(told) + achieved * (1 - achieved) / repeats)
        ),
        "tenth": float(np.quantile(told, 0.1)),
        "ninetieth": float(np.quantile(told, 0.9)),
        "typical_miss_of_one_log": float(np.median(np.abs(told - achieved))),
    }


def promise(nature: Nature, rng: np.random.Generator) -> Array:
    """What the page would promise for 22 and 48 weeks from a log of 40 expected cramps."""
    pairs = int(np.ceil(40 / nature.level / nature.logged / 14))
    while True:
        diary = diaries(nature, Shape(pairs, 7), 0.0, rng, repeats=1)
        values = np.where(diary.known, diary.value, np.nan).ravel()
        if np.nansum(values) >= 30:
            return promised(values, (11, 24))


def promised(values: Array, pairs: tuple[int, ...]) -> Array:
    """The page's own chances at these numbers of pairs only, which saves half of the time."""
    own, _ = nature_of(pd.Series(values), counts=True)
    whole, effect = Shape(26, 7), float(np.log(RATIO))
    plain = verdict_curve(own, whole, effect, -effect, pairs, repeats=REPEATS)[Finding.HELPS]
    found = reread(values, own)
    told = zip(pairs, plain, strict=True)
    return np.array(
        [found.righted(chance, Shape(number, 7), effect, -effect) for number, chance in told]
    )


def summary(found: dict[str, list[dict[str, float]]]) -> dict[str, float]:
    """The figures that the goals are about."""
    gaps = [abs(row["gap"]) for row in found["promises"]]
    promised = {
        "largest_gap_of_promise": max(gaps),
        "cells_within_6_points": sum(gap <= 0.06 for gap in gaps),
    }
    if len(found) == 1:
        return promised
    false = [row["helps"] for name in ("nothing", "skips") for row in found[name]]
    cover = [
        row["coverage"] for name in ("nothing", "works", "works_carry_over") for row in found[name]
    ]
    return {
        "worst_false_helps": max(false),
        "worst_false_not_enough_where_it_works": max(
            row["not_enough_to_matter"] for row in found["works"]
        ),
        "worst_as_done_false_helps": max(row["as_done_helps"] for row in found["skips"]),
        "coverage_least": min(cover),
        "coverage_most": max(cover),
        "coverage_mean": float(np.mean(cover)),
        "coverage_of_0.6_with_carry_over_least": min(
            row["coverage_of_0.6"] for row in found["works_carry_over"]
        ),
    } | promised


def verdicts(rng: np.random.Generator, repeats: int) -> dict[str, list[dict[str, float]]]:
    """Everything about verdicts and intervals."""
    return {
        "nothing": nothing(rng, repeats),
        "works": works(rng, repeats, 0.0),
        "works_carry_over": works(rng, repeats, 1.0),
        "skips": skips(rng, repeats),
    }


def main() -> None:
    """Run the grid and print one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=1000, help="invented experiments per cell")
    parser.add_argument(
        "--logs", type=int, default=100, help="invented logs per cell for the promises"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--spread", type=float, default=SPREAD, help="spread of the log rate, for the promises"
    )
    parser.add_argument(
        "--rates", type=float, nargs="+", default=RATES[1:], help="cramps a day, for the promises"
    )
    parser.add_argument(
        "--only-promises", action="store_true", help="leave verdicts and intervals out"
    )
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    found = {} if given.only_promises else verdicts(rng, given.repeats)
    found["promises"] = promises(rng, given.repeats, given.logs, given.spread, given.rates)
    print(
        json.dumps(
            {
                "repeats": given.repeats,
                "seed": given.seed,
                "summary": summary(found),
                "cells": found,
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
