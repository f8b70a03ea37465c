"""Calibration of the statistics.

False findings, coverage and power on simulated logs whose truth is known.

Prints one JSON object; ``--quick`` takes minutes, the full run hours; ``--table`` writes its tables
into docs/methods.md. Every cell has its own seed, so a cell gives the same numbers whatever else is
run.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import calibrate_massage
from benchmarks.calibration_table import between_marks, written
from benchmarks.other_methods import circular_shift_p, newey_west_p, pearson_p
from benchmarks.simulated_logs import Cell, because_of_cramps, log_of, quiet_days_unlogged, seasonal
from legcare.analysis.associations import admission, after_fit, associate, question, scan
from legcare.analysis.frequency import cramp_rate
from legcare.analysis.quasi_poisson import Fit, fit
from legcare.analysis.question import rows_of
from legcare.analysis.timeline import timeline

RATIO = 0.6
DIFFERENCE = -0.5
ALPHA = 0.05
METHODS = Path(__file__).parents[1] / "docs" / "methods.md"
GRID = [
    Cell(days, rho, drift, score)
    for score in (False, True)
    for days in (90, 180, 365)
    for rho in (0.0, 0.4, 0.8)
    for drift in (False, True)
]
FAMILIES = [
    Cell(days, rho, drift, score)
    for score in (False, True)
    for days in (90, 365)
    for rho, drift in ((0.4, False), (0.8, False), (0.4, True))
]
Numbers = dict[str, Any]


def generator(*parts: object) -> np.random.Generator:
    """A generator whose seed is what it is used for."""
    return np.random.default_rng([ord(sign) for sign in repr(parts)])


def named(cell: Cell) -> Numbers:
    """A cell's description."""
    outcome = "score" if cell.score else "counts"
    return {"outcome": outcome, "days": cell.days, "rho": cell.rho, "drift": cell.drift}


def one_fit(days: pd.DataFrame, outcome: str, factor: str, lag: int) -> tuple[Fit, bool, Numbers]:
    """The engine's fit, whether the minimum rules show it, and the other methods' p-values."""
    asked = question(outcome, factor, lag=lag)
    line = timeline(days, [outcome, factor])
    rows = rows_of(line, asked)
    found = fit(rows, counts=asked.counts)
    shown = not admission(asked, rows) and not after_fit(asked, found)
    y, x = line.outcome(outcome), line.before(factor, lag)
    others = {
        "pearson": pearson_p(y, x),
        "newey_west": newey_west_p(rows, counts=asked.counts),
        "circular_shift": circular_shift_p(y, x),
    }
    return found, shown, others


def null_cell(cell: Cell, repeats: int) -> Numbers:
    """Type I error of the engine, with and without the minimum rules, and of the other methods."""
    rng, hits = (
        generator("null", cell),
        {"psi_t": 0, "pearson": 0, "newey_west": 0, "circular_shift": 0},
    )
    shown = shown_hits = 0
    for _ in range(repeats):
        found, allowed, others = one_fit(log_of(rng, cell), cell.outcome, "f0", 1)
        for name, p in {"psi_t": found.p, **others}.items():
            hits[name] += p < ALPHA
        shown += allowed
        shown_hits += allowed and found.p < ALPHA
    rates = {name: count / repeats for name, count in hits.items()}
    return {**rates, "shown": shown / repeats, "psi_t_when_shown": shown_hits / max(shown, 1)}


def effect_cell(cell: Cell, repeats: int) -> Numbers:
    """Coverage of the true effect and power, among logs that the minimum rules show."""
    rng, truth = generator("effect", cell), DIFFERENCE / 0.8 if cell.score else float(np.log(RATIO))
    covered = found_it = shown = 0
    for _ in range(repeats):
        days = log_of(rng, cell, effect=DIFFERENCE if cell.score else truth)
        one = associate(days, outcome=cell.outcome, factor="f0", lag=1)
        if one.shown:
            limits = (one.low, one.high) if cell.score else (np.log(one.low), np.log(one.high))
            covered += limits[0] <= truth <= limits[1]
            found_it += one.p < ALPHA
            shown += 1
    return {"coverage": covered / max(shown, 1), "power": found_it / repeats}


def family_cell(cell: Cell, repeats: int) -> Numbers:
    """Six questions at once: any false finding without an effect.

    Found and false share with one true factor.
    """
    names = [f"f{number}" for number in range(6)]
    rng, any_false, naive_false, naive_hits = generator("family", cell), 0, 0, 0
    for _ in range(repeats):
        days = log_of(rng, cell, factors=6)
        table = scan(days, outcome=cell.outcome, factors=names, lags=[1])
        any_false += bool((table["q"] < ALPHA).any())
        line = timeline(days, [cell.outcome, *names])
        stars = sum(
            pearson_p(line.outcome(cell.outcome), line.before(name, 1)) < ALPHA for name in names
        )
        naive_false, naive_hits = naive_false + (stars > 0), naive_hits + stars
    power, share = one_true(cell, names, repeats)
    return {
        "any_false": any_false / repeats,
        "pearson_any_false": naive_false / repeats,
        "pearson_mean_false": naive_hits / repeats,
        "found_the_true_one": power,
        "false_share": share,
    }


def one_true(cell: Cell, names: list[str], repeats: int) -> tuple[float, float]:
    """How often one true factor of six is detected, and the mean share of false detections."""
    rng, found, false_share = generator("one true", cell), 0, 0.0
    for _ in range(repeats):
        days = log_of(
            rng, cell, effect=DIFFERENCE if cell.score else float(np.log(RATIO)), factors=6
        )
        table = scan(days, outcome=cell.outcome, factors=names, lags=[1])
        hits = list(table.loc[table["q"] < ALPHA, "factor"])
        found += "f0" in hits
        false_share += sum(name != "f0" for name in hits) / max(len(hits), 1)
    return found / repeats, false_share / repeats


def scenario(
    name: str, cell: Cell, repeats: int, make: Callable[..., pd.DataFrame], factor: str
) -> Numbers:
    """Type I error, mean ratio and coverage of no effect where an assumption is bent.

    Beside the other methods.
    """
    rng, hits = (
        generator(name, cell),
        {"psi_t": 0, "pearson": 0, "newey_west": 0, "circular_shift": 0},
    )
    slopes, lag = [], question("cramps", factor).lag
    for _ in range(repeats):
        found, _, others = one_fit(make(rng, cell), "cramps", factor, lag)
        slopes.append(
            found.slope * (10 if factor == "massage_min" else 30 if factor == "exercise_min" else 1)
        )
        for method, p in {"psi_t": found.p, **others}.items():
            hits[method] += p < ALPHA
    rates = {method: count / repeats for method, count in hits.items()}
    return {
        "scenario": name,
        **named(cell),
        "median_ratio": float(np.exp(np.median(slopes))),
        **rates,
    }


def quiet_cell(cell: Cell, repeats: int) -> Numbers:
    """Quiet days logged less often.

    Coverage of a true ratio, and of the true rate by interval and by range.
    """
    rng, covered, shown, ratios = generator("quiet", cell), 0, 0, []
    in_interval = in_range = 0
    for _ in range(repeats):
        days = quiet_days_unlogged(rng, cell, effect=float(np.log(RATIO)))
        one = associate(days, outcome="cramps", factor="f0", lag=1)
        if one.shown:
            covered, shown = covered + (one.low <= RATIO <= one.high), shown + 1
            ratios.append(one.value)
        rate = cramp_rate(quiet_days_unlogged(rng, cell))
        in_interval += rate.low <= cell.base * 7 <= rate.high
        spread = (
            (rate.possible_low * rate.low / rate.value, rate.high)
            if rate.value
            else (0.0, rate.high)
        )
        in_range += spread[0] <= cell.base * 7 <= spread[1]
    return {
        **named(cell),
        "coverage_of_ratio": covered / max(shown, 1),
        "median_ratio": float(np.median(ratios)) if ratios else None,
        "rate_in_interval": in_interval / repeats,
        "rate_in_range": in_range / repeats,
    }


def run(repeats: int, family_repeats: int, cells: list[Cell]) -> Numbers:
    """All tables."""
    grid = [
        {**named(cell), **null_cell(cell, repeats), **effect_cell(cell, repeats)} for cell in cells
    ]
    bent = [Cell(days, 0.8) for days in (90, 365)]
    scenarios = [
        scenario(name, cell, repeats, make, factor)
        for name, make, factor in (
            ("massage given because of cramps", because_of_cramps, "massage_min"),
            ("quiet days less often logged", quiet_days_unlogged, "f0"),
            ("season drives exercise and cramps", seasonal, "exercise_min"),
        )
        for cell in bent
    ]
    families = [{**named(cell), **family_cell(cell, family_repeats)} for cell in FAMILIES]
    return {
        "repeats": repeats,
        "family_repeats": family_repeats,
        "summary": summary(grid, families),
        "grid": grid,
        "families": families,
        "scenarios": scenarios,
        "quiet_days": [quiet_cell(cell, repeats) for cell in bent],
    }


def summary(grid: list[Numbers], families: list[Numbers]) -> Numbers:
    """Worst and mean over the cells."""
    table, six = pd.DataFrame(grid), pd.DataFrame(families)
    worst = {
        f"type_1_worst_{name}": float(table[name].max())
        for name in ("psi_t", "pearson", "newey_west", "circular_shift")
    }
    return {
        "type_1_mean_psi_t": float(table["psi_t"].mean()),
        "type_1_lowest_psi_t": float(table["psi_t"].min()),
        **worst,
        "coverage_mean": float(table["coverage"].mean()),
        "coverage_worst": float(table["coverage"].min()),
        "family_any_false_worst": float(six["any_false"].max()),
        "family_false_share_worst": float(six["false_share"].max()),
    }


def main() -> None:
    """Run and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="minutes instead of hours: 100 logs per cell"
    )
    parser.add_argument("--repeats", type=int, help="logs per cell (default 1000, quick 100)")
    parser.add_argument("--families", type=int, help="logs per family cell (default 500, quick 50)")
    parser.add_argument(
        "--table", action="store_true", help="write the tables into docs/methods.md"
    )
    asked = parser.parse_args()
    repeats = asked.repeats or (100 if asked.quick else 1000)
    started = time.perf_counter()
    numbers = run(repeats, asked.families or (50 if asked.quick else 500), GRID)
    numbers["massage"] = calibrate_massage.run(max(repeats // 2, 20), [])
    numbers["seconds"] = round(time.perf_counter() - started, 1)
    if asked.table:
        page = written(METHODS.read_text(), numbers)
        fresh = calibrate_massage.tables(numbers["massage"])
        METHODS.write_text(between_marks(page, "massage", fresh))
    print(json.dumps(numbers, indent=1))


if __name__ == "__main__":
    main()
