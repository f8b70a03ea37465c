"""How far a reading of a short log is off.

Taking it off brings the promise nearer to what comes about.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from legcare.analysis.experiment.likelihood import centrals, plausible
from legcare.analysis.experiment.planning import verdict_shares
from legcare.analysis.experiment.reread import Reread, blocks_vary, foreseen, invented, reread
from legcare.analysis.experiment.result import Finding
from legcare.analysis.experiment.simulate import Nature, Shape, diaries, drifting

EFFECT = float(np.log(0.6))
RNG = np.random.default_rng


def figures(*rows: tuple[float, float, float]) -> np.ndarray:
    return np.array(rows)


def test_many_logs_at_once_are_read_as_each_by_itself() -> None:
    logs = invented(
        figures((0.6, 0.8, 0.4), (1.2, 0.5, 0.0), (0.3, 1.0, 0.8)), np.arange(40) % 7 != 3, RNG(1)
    )
    assert np.isnan(logs).sum() == 3 * 6
    alone = np.array([plausible(log).central for log in logs])
    assert centrals(logs) == pytest.approx(alone, rel=1e-4)


def test_an_invented_log_without_events_is_still_read() -> None:
    level, spread, memory = centrals(np.zeros((1, 30)))[0]
    assert 0 < level < 0.1
    assert np.isfinite([spread, memory]).all()


def test_every_series_drifts_with_its_own_memory() -> None:
    memory = np.repeat([[0.0], [0.8]], 4000, axis=0)
    series = drifting(memory, (8000, 6), RNG(2))
    beside = [np.corrcoef(half[:, 3], half[:, 4])[0, 1] for half in (series[:4000], series[4000:])]
    assert beside == pytest.approx([0.0, 0.8], abs=0.04)
    assert series.std() == pytest.approx(1.0, abs=0.02)


def test_blocks_vary_as_invented_diaries_with_wash_out_do() -> None:
    shape = Shape(1, 5, washout_days=2)
    data = diaries(Nature(0.9, 0.8, 0.7), shape, 0.0, RNG(3), repeats=20_000).pairs()
    seen = np.var(data.a_total - data.b_total) / (10 * 0.9)
    assert blocks_vary(figures((0.9, 0.8, 0.7)), shape)[0] == pytest.approx(seen, rel=0.06)


@pytest.mark.parametrize(
    "nature", [Nature(0.3, 0.8, 0.4, 0.9), Nature(0.6, 0.5, 0.0, 0.9), Nature(1.2, 0.8, 0.8, 0.9)]
)
@pytest.mark.parametrize("truth", [EFFECT, 0.0])
def test_the_formula_foresees_what_invented_experiments_say(nature: Nature, truth: float) -> None:
    shape = Shape(24, 7)
    said = Finding.HELPS if truth else Finding.NOT_ENOUGH_TO_MATTER
    shares = verdict_shares(
        diaries(nature, shape, truth, RNG(4), repeats=1500).pairs(), counts=True, least=-EFFECT
    )
    row = figures((nature.level, nature.spread, nature.memory))
    assert foreseen(row, 0.9, shape, truth=truth, least=-EFFECT)[0] == pytest.approx(
        shares[said], abs=0.12
    )


def test_a_short_log_of_independent_days_is_read_as_if_they_hung_together() -> None:
    known = np.ones(37, dtype=bool)
    found = reread(invented(figures((1.2, 0.8, 0.0)), known, RNG(5))[0], Nature(1.2, 0.8, 0.0))
    assert found.once[:, 2].mean() > 0.1
    assert found.righted(0.7, Shape(24, 7), EFFECT, -EFFECT) > 0.72, (
        "the chance read from such logs is too low"
    )


def test_nothing_is_taken_off_where_reading_returns_what_was_put_in() -> None:
    own = figures((0.6, 0.8, 0.4))
    exact = Reread(own=own, once=own, logged=0.9)
    assert exact.righted(0.55, Shape(24, 7), EFFECT, -EFFECT) == pytest.approx(0.55)
    longer = figures((0.6, 0.8, 0.8))
    read, put_in = (
        foreseen(rows, 0.9, Shape(24, 7), truth=EFFECT, least=-EFFECT)[0] for rows in (longer, own)
    )
    found = replace(exact, once=longer)
    assert found.righted(0.55, Shape(24, 7), EFFECT, -EFFECT) == pytest.approx(0.55 + put_in - read)


def test_no_chance_is_raised_above_that_of_independent_cramps() -> None:
    own, wild = figures((1.0, 0.0, 0.0)), figures((1.0, 1.4, 0.6))
    found = Reread(own=own, once=wild, logged=1.0)
    independent = foreseen(own, 1.0, Shape(24, 7), truth=EFFECT, least=-EFFECT)[0]
    assert found.righted(0.8, Shape(24, 7), EFFECT, -EFFECT) == pytest.approx(independent)
    assert found.righted(0.999, Shape(24, 7), EFFECT, -EFFECT) == 0.999
