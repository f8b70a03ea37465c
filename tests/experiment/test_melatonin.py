"""Seventy days of one person, melatonin or not by lot, beside what was published about them.

Data: haomeng797-ship-it/n-of-1-melatonin-study, CC BY 4.0 (commit bd9a9c7; mood rounded to four
digits, other columns left out). Published there: melatonin less control 0.92 points of mood
(Welch, p = 0.489; 90 % interval -1.29 to 3.12), equivalent within 5 points.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.experiment.inversion import contrast, invert, quota
from legcare.analysis.experiment.pairs import Pairs
from legcare.analysis.experiment.result import Finding, finding_of

FILE = Path(__file__).parents[1] / "reference/melatonin_n1.csv"


def pairs_of_runs() -> Pairs:
    """Runs of one or two days of the same condition, two neighbouring ones a pair."""
    days = pd.read_csv(FILE)
    runs = [
        (name, [float(mood) for _, mood in group])
        for name, group in itertools.groupby(
            zip(days["condition"], days["mood"], strict=True), key=lambda day: day[0]
        )
    ]
    pairs = [dict(two) for two in zip(runs[::2], runs[1::2], strict=False)]
    parts = [
        [function(pair[arm]) for pair in pairs]
        for arm in ("melatonin", "control")
        for function in (sum, len)
    ]
    return Pairs(*(np.array(part, dtype=float) for part in parts))


def test_seventy_days_of_melatonin_say_what_was_published() -> None:
    pairs = pairs_of_runs()
    orders = np.random.default_rng(1).random((pairs.a_days.size, 9_999)) < 0.5
    read = invert(contrast(pairs, ratio=False), orders, quota(0.025, 9_999))
    assert pairs.a_days.sum() + pairs.b_days.sum() >= 68
    assert float(read.value) == pytest.approx(0.92, abs=0.5)
    assert float(read.p) > 0.3
    assert -2.6 < float(read.low) < 0 < float(read.high) < 4.5, "no effect of five points"
    finding = finding_of(float(read.low), float(read.high), 5.0, better=-1.0)
    assert finding is Finding.NOT_ENOUGH_TO_MATTER
