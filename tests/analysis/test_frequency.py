from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.estimate import Verdict
from legcare.analysis.frequency import cramp_rate, garwood, rate_change, trend
from tests.analysis.logs import a_log


def hand_made(cramps: list[float], start: str = "2024-01-01") -> pd.DataFrame:
    index = pd.date_range(start, periods=len(cramps), name="day")
    return pd.DataFrame(
        {"tracked": [count >= 0 for count in cramps], "cramps": cramps}, index=index
    )


def test_the_rate_counts_tracked_days_only():
    days = hand_made([1, 0, 0, 1, 0, 0, 0, 1, 0, 0]).assign(tracked=[True] * 7 + [False] * 3)
    found = cramp_rate(days)
    assert found.value == pytest.approx(2.0)
    assert (found.n_days, found.n_events) == (7, 2)


def test_steady_days_have_the_exact_poisson_interval():
    days = hand_made([1.0, 0.0] * 15)
    found = cramp_rate(days)
    low, high = garwood(15, 30)
    assert (found.low, found.high) == pytest.approx((7 * low, 7 * high))
    assert (found.low, found.high) == pytest.approx((7 * 0.279842, 7 * 0.824673), abs=1e-4)


def test_clustered_days_have_a_wider_interval_than_scattered_ones():
    clustered = cramp_rate(hand_made([2.0] * 10 + [0.0] * 30))
    scattered = cramp_rate(hand_made(([2.0] + [0.0] * 3) * 10))
    assert clustered.value == scattered.value
    assert clustered.high - clustered.low > 1.5 * (scattered.high - scattered.low)


def test_a_log_without_cramps_has_a_rate_of_zero_with_an_upper_limit():
    found = cramp_rate(hand_made([0.0] * 30))
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(7 * 0.12296264847)


def test_too_few_days_are_refused_with_what_is_missing():
    found = cramp_rate(hand_made([1.0, 0.0, 0.0]))
    assert found.verdict is Verdict.NOT_ENOUGH
    assert found.still_needed == "4 more tracked days"
    assert np.isnan(found.value)


def test_unlogged_days_leave_a_range():
    days = hand_made([1, 0, 0, 1, 0, 0, 0, 1, 0, 0] * 3).assign(
        tracked=lambda d: np.arange(30) % 3 != 1
    )
    found = cramp_rate(days)
    assert found.logged_share == pytest.approx(20 / 30)
    assert found.possible_low == pytest.approx(found.n_events / 30 * 7)
    assert found.possible_high == found.value
    assert found.caveats[0].startswith("Only 67 % of the days")


def test_before_and_after_a_date():
    days = hand_made([1.0] * 60 + [0.0, 0.0, 1.0] * 20)
    found = rate_change(days, date(2024, 3, 1))
    assert found.value == pytest.approx((20.5 / 60) / (60.5 / 60))
    assert found.low < found.value < found.high < 1
    assert found.verdict is Verdict.LOWER


def test_before_and_after_needs_both_sides():
    found = rate_change(hand_made([1.0] * 30), pd.Timestamp("2024-01-28"))
    assert found.still_needed == "4 more tracked days after the date"


def test_a_halving_every_four_weeks_is_inside_the_interval():
    rng = np.random.default_rng(4)
    days = hand_made(list(rng.poisson(2 * 0.5 ** (np.arange(112) / 28)).astype(float)))
    found = trend(days)
    assert found.low < 0.5 < found.high < 1
    assert found.unit == "ratio per 4 weeks"


def test_no_trend_is_claimed_where_there_is_none():
    found = trend(a_log())
    assert found.low < 1 < found.high
    assert found.verdict is Verdict.NO_CLEAR
