"""A short, seeded run of what ``benchmarks/experiment_calibration.py`` does at length."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.experiment import planning, reread
from legcare.analysis.experiment.pairs import Pairs, read
from legcare.analysis.experiment.planning import filled, own_outlook, verdict_shares
from legcare.analysis.experiment.result import Finding
from legcare.analysis.experiment.simulate import Nature, Shape, diaries

REPEATS = 600
SLACK = 3 * np.sqrt(0.05 * 0.95 / REPEATS)  # three Monte-Carlo standard errors


@pytest.mark.parametrize("rate", [0.3, 1.2])
@pytest.mark.parametrize("memory", [0.0, 0.8])
def test_where_a_does_nothing_helps_is_said_rarely(rate: float, memory: float) -> None:
    made = diaries(
        Nature(rate, 0.8, memory, 0.9), Shape(10, 7), 0.0, np.random.default_rng(1), repeats=REPEATS
    ).pairs()
    assert verdict_shares(made, counts=True, least=-np.log(0.6))[Finding.HELPS] <= 0.057


@pytest.mark.parametrize("memory", [0.0, 0.8])
@pytest.mark.parametrize("half_life", [0.0, 1.0])
def test_the_interval_holds_the_truth(memory: float, half_life: float) -> None:
    nature = Nature(0.6, 0.8, memory, 0.9, carry_half_life=half_life)
    made = diaries(
        nature, Shape(10, 7), np.log(0.6), np.random.default_rng(2), repeats=REPEATS
    ).pairs()
    shown = np.log(0.6) if half_life == 0 else np.log(0.63)  # what seven-day blocks can show of it
    found = read(filled(made), counts=True)
    assert 0.95 - SLACK <= ((found.low <= shown) & (shown <= found.high)).mean() <= 1.0


def test_scores_hold_their_level_and_find_a_point() -> None:
    nature = Nature(5.0, 2.0, 0.3, 0.9, counts=False)
    nothing = diaries(nature, Shape(10, 3), 0.0, np.random.default_rng(3), repeats=REPEATS).pairs()
    works = diaries(nature, Shape(28, 3), -1.0, np.random.default_rng(4), repeats=REPEATS).pairs()
    assert verdict_shares(nothing, counts=False, least=1.0)[Finding.HELPS] <= 0.057
    assert verdict_shares(works, counts=False, least=1.0)[Finding.HELPS] > 0.6


def test_skipping_on_bad_days_fools_the_reading_as_done_and_not_as_planned() -> None:
    rng = np.random.default_rng(5)
    diary = diaries(Nature(1.2, 0.8, 0.4, 0.9), Shape(10, 7), 0.0, rng, repeats=REPEATS)
    skipped = rng.random(diary.value.shape) < np.where(diary.drift > 0.5, 0.6, 0.1)
    done = diary.is_a[..., None] & ~skipped
    parts = [
        np.where(diary.known & arm, what, 0.0).sum(axis=(-1, -2))
        for arm in (done, ~done)
        for what in (diary.value, 1.0)
    ]
    as_done = verdict_shares(Pairs(*parts), counts=True, least=-np.log(0.6))[Finding.HELPS]
    as_planned = verdict_shares(diary.pairs(), counts=True, least=-np.log(0.6))[Finding.HELPS]
    assert as_planned <= 0.057 < 0.12 < as_done


@pytest.mark.parametrize("memory", [0.0, 0.8])
def test_what_short_logs_promise_comes_about(
    memory: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, fewer in (
        (planning, "REPEATS", 500),
        (planning, "REPEATS_OF_ENDS", 50),
        (reread, "MOST", 60),
    ):
        monkeypatch.setattr(module, name, fewer)
    nature, rng = Nature(1.2, 0.8, memory, 0.9), np.random.default_rng(6)
    logs = diaries(nature, Shape(3, 7), 0.0, rng, repeats=24)  # six weeks, about 45 cramps
    told = []
    for known, value in zip(logs.known, logs.value, strict=True):
        own = pd.Series(np.where(known, value, np.nan).ravel())
        told.append(own_outlook(own, counts=True, worthwhile=0.6, block_days=7).at(22)[0])
    made = diaries(nature, Shape(11, 7), np.log(0.6), rng, repeats=REPEATS).pairs()
    came = verdict_shares(made, counts=True, least=-np.log(0.6))[Finding.HELPS]
    luck = np.std(told) / np.sqrt(len(told)) + np.sqrt(came * (1 - came) / REPEATS)
    assert abs(np.mean(told) - came) < 0.06 + 2 * luck
