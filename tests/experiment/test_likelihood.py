"""What a person's own days make plausible, against integrals we did not write.

And against distributions of other programs.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats

from legcare.analysis.experiment.likelihood import MEMORIES, NO_MEMORY, SHIFTS, SPREADS, plausible
from legcare.analysis.experiment.planning import own_outlook
from legcare.analysis.experiment.simulate import Nature, Shape, diaries
from legcare.analysis.experiment.words import outlook_sentence

LEVEL = 5  # the place in SHIFTS of the observed mean itself


def two_days(first: int, second: int, level: float, spread: float, memory: float) -> float:
    """Chance of two counts on neighbouring days, by adaptive integration over both days' drift."""

    def chance(later: float, earlier: float) -> float:
        rates = [level * np.exp(spread * drift - spread**2 / 2) for drift in (earlier, later)]
        known = stats.poisson.pmf(first, rates[0]) * stats.poisson.pmf(second, rates[1])
        onward = stats.norm.pdf(later, memory * earlier, np.sqrt(1 - memory**2))
        return float(known * onward * stats.norm.pdf(earlier))

    return float(integrate.dblquad(chance, -6, 6, -6, 6, epsabs=1e-6)[0])


def test_two_days_weigh_as_the_double_integral_says() -> None:
    weight = plausible(np.array([3.0, 1.0])).weight
    expected = two_days(3, 1, 2.0, 0.8, 0.6) / two_days(3, 1, 2.0, 0.8, 0.3)
    assert (MEMORIES[4], MEMORIES[2], SPREADS[4], SHIFTS[LEVEL]) == pytest.approx(
        (0.6, 0.3, 0.8, 0.0)
    )
    assert weight[4, LEVEL, 4] / weight[2, LEVEL, 4] == pytest.approx(expected, rel=0.01)


def test_without_spread_the_days_are_poisson() -> None:
    counts = np.array([0.0, 2.0, 1.0, np.nan, 0.0, 1.0, 2.0])
    weight = plausible(counts).weight
    known = counts[np.isfinite(counts)]
    expected = (
        stats.poisson.pmf(known, np.exp(SHIFTS[8])).prod() / stats.poisson.pmf(known, 1.0).prod()
    )
    assert weight[0, 8, 0] / weight[0, LEVEL, 0] == pytest.approx(
        expected, rel=1e-5
    )  # single precision


def test_a_day_that_was_not_logged_still_parts_its_neighbours() -> None:
    beside, apart = (
        plausible(np.array(days)).weight for days in ([6.0, 6.0, 0.0], [6.0, np.nan, 6.0, 0.0])
    )
    assert beside[6, LEVEL, 6] / beside[0, LEVEL, 6] != pytest.approx(
        apart[6, LEVEL, 6] / apart[0, LEVEL, 6], rel=0.05
    )


def test_one_event_says_next_to_nothing_of_memory() -> None:
    weight = plausible(np.array([0.0] * 15 + [1.0])).weight
    assert weight.sum() == pytest.approx(1.0)
    assert weight[0].sum() == pytest.approx(NO_MEMORY, abs=0.03)


def test_bursts_that_no_nature_explains_stay_numbers() -> None:
    level, spread, memory = plausible(np.array([0.0, 400.0] * 10)).central
    assert np.isfinite([level, spread, memory]).all()
    assert spread > 1.4


def test_the_range_is_said_and_narrows_with_more_days() -> None:
    values = diaries(
        Nature(1.0, 0.8, 0.4), Shape(13, 7), 0.0, np.random.default_rng(8), repeats=1
    ).value.ravel()
    short, long = (
        own_outlook(pd.Series(values[:days]), counts=True, worthwhile=0.6, block_days=7)
        for days in (28, 182)
    )
    assert all(
        low <= middle <= high
        for low, middle, high in zip(long.low, long.if_works, long.high, strict=True)
    )
    ends = [curve.between(24) for curve in (short, long)]
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[1][1] - ends[1][0] < ends[0][1] - ends[0][0]
    assert (
        f"(your log leaves {100 * ends[1][0]:.0f} % to {100 * ends[1][1]:.0f} % open)"
        in outlook_sentence(long, 24)
    )


def test_typical_figures_and_scores_carry_no_range() -> None:
    for curve in (
        own_outlook(pd.Series(dtype=float), counts=True, worthwhile=0.6, block_days=7),
        own_outlook(pd.Series([4.0, 5.0, 6.0] * 20), counts=False, worthwhile=1.0, block_days=3),
    ):
        assert curve.between(24) is None
        assert "open)" not in outlook_sentence(curve, 24)
    assert (
        own_outlook(pd.Series([1.0] * 30), counts=True, worthwhile=0.6, block_days=7).between(2)
        is None
    )
