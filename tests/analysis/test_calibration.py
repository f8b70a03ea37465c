"""Error rates on simulated logs, small and seeded.

A change that breaks calibration must not pass unseen.

The full grids are in ``benchmarks/calibrate.py``. The bounds here are what 200 or so logs can tell:
a true 5 % lies within them in more than 999 of 1000 seeds.
"""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.other_methods import pearson_p
from benchmarks.simulated_logs import Cell, because_of_cramps, log_of
from legcare.analysis.associations import associate, scan
from legcare.analysis.frequency import cramp_rate
from legcare.analysis.timeline import timeline

LOGS = 200


@pytest.mark.parametrize("cell", [Cell(180, 0.4), Cell(120, 0.8, True), Cell(120, 0.8, True, True)])
def test_false_findings_are_as_rare_as_promised(cell: Cell):
    rng = np.random.default_rng(11)
    found = [
        associate(log_of(rng, cell), outcome=cell.outcome, factor="f0", lag=1) for _ in range(LOGS)
    ]
    shown = [one for one in found if one.shown]
    assert len(shown) > 0.7 * LOGS
    assert sum(one.p < 0.05 for one in shown) / len(shown) < 0.11


@pytest.mark.parametrize("cell", [Cell(200, 0.4, base=0.6), Cell(150, 0.6, True, True)])
def test_the_interval_holds_the_truth_as_often_as_it_says(cell: Cell):
    rng = np.random.default_rng(12)
    effect, truth = (-0.5, -0.5 / 0.8) if cell.score else (np.log(0.6), 0.6)
    found = [
        associate(log_of(rng, cell, effect=effect), outcome=cell.outcome, factor="f0", lag=1)
        for _ in range(LOGS)
    ]
    shown = [one for one in found if one.shown]
    covered = sum(one.low <= truth <= one.high for one in shown) / len(shown)
    assert 0.895 < covered < 0.995


def test_a_real_effect_is_found_where_there_are_days_enough():
    rng = np.random.default_rng(13)
    found = [
        associate(
            log_of(rng, Cell(500, 0.4, base=0.8), effect=np.log(0.5)),
            outcome="cramps",
            factor="f0",
            lag=1,
        )
        for _ in range(40)
    ]
    assert sum(one.verdict == "lower" for one in found) >= 34


def test_a_scan_of_nothing_finds_nothing_where_pearson_finds_plenty():
    rng, names = np.random.default_rng(14), [f"f{number}" for number in range(10)]
    ours, naive = 0, 0
    for _ in range(25):
        days = log_of(rng, Cell(200, 0.8, True, True), factors=10)
        found = scan(days, outcome="score", factors=names, lags=range(4))
        ours += bool((found["q"] < 0.05).any())
        line = timeline(days, ["score", *names])
        naive += sum(
            pearson_p(line.outcome("score"), line.before(name, lag)) < 0.05
            for name in names
            for lag in range(4)
        )
    assert ours <= 4
    assert naive / 25 > 5


def test_massage_given_because_of_cramps_looks_like_nothing():
    rng = np.random.default_rng(15)
    found = [
        associate(
            because_of_cramps(rng, Cell(250, 0.8, base=0.5)), outcome="cramps", factor="massage_min"
        )
        for _ in range(100)
    ]
    shown = [one for one in found if one.shown]
    assert sum(one.p < 0.05 for one in shown) / len(shown) < 0.14
    assert abs(np.median([np.log(one.value) for one in shown])) < 0.1
    assert (
        np.mean(
            [any("reason for the massage" in caveat for caveat in one.caveats) for one in shown]
        )
        > 0.8
    )


def test_the_rate_interval_holds_the_long_run_rate():
    rng = np.random.default_rng(16)
    found = [cramp_rate(log_of(rng, Cell(120, 0.6))) for _ in range(LOGS)]
    covered = sum(one.low <= 2.1 <= one.high for one in found) / LOGS
    assert 0.88 < covered < 0.995
