from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.frequency import garwood, psi
from legcare.analysis.periods import days_since, rate_by, rate_by_period, rolling_rate, severity_band


def days_of(cramps: list[float], **columns: list[float]) -> pd.DataFrame:
    index = pd.date_range("2024-01-01", periods=len(cramps), name="day")
    return pd.DataFrame({"tracked": [count >= 0 for count in cramps], "cramps": cramps, **columns}, index=index)


def log_psi(days: pd.DataFrame) -> float:
    y = days["cramps"].to_numpy()
    return psi(y, np.full(y.size, y.mean()), np.ones(y.size, dtype=bool), 1)


def test_the_rolling_rate_looks_back_only():
    days = days_of([0.0] * 20 + [1.0, 0.0] * 5)
    table = rolling_rate(days, window=10)
    assert np.isnan(table["rate"].iloc[5])
    assert table["rate"].iloc[19] == 0
    assert table["rate"].iloc[29] == pytest.approx(3.5)
    assert table["n"].iloc[29] == 10
    low, high = garwood(5, 10, log_psi(days))
    assert (table["low"].iloc[29], table["high"].iloc[29]) == pytest.approx((7 * low, 7 * high))


def test_months_without_enough_days_keep_their_row():
    days = days_of([1.0] * 31 + [0.0] * 3)
    table = rate_by_period(days)
    assert list(table["start"]) == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-02-01")]
    assert table["rate"].iloc[0] == pytest.approx(7.0)
    assert np.isnan(table["rate"].iloc[1])
    assert table["n"].iloc[1] == 3


def test_unlogged_days_do_not_thin_a_month():
    days = days_of([1.0, -1.0, -1.0] * 10).assign(cramps=lambda d: d["cramps"].where(d["tracked"]))
    assert rate_by_period(days)["rate"].iloc[0] == pytest.approx(7.0)


def test_unknown_places_are_a_group_and_not_dropped():
    days = days_of([1.0] * 14)
    cramps = pd.DataFrame({"day": days.index, "muscle": pd.array(["calf"] * 9 + [None] * 5, dtype="str")})
    table = rate_by(cramps, days, ["muscle"])
    assert list(table["muscle"]) == ["calf", "not recorded"]
    assert list(table["events"]) == [9, 5]
    assert table["rate"].iloc[0] == pytest.approx(4.5)


def test_severity_comes_in_three_bands():
    bands = severity_band(pd.Series([0.0, 3.0, 3.5, 6.0, 9.0, np.nan]))
    assert [band.split(" ")[0] for band in bands] == ["mild", "mild", "moderate", "moderate", "severe", "not"]


def test_days_since_a_massage_start_at_one():
    minutes = [10.0, 0.0, 0.0] * 10
    table = days_since(days_of([0.0, 1.0, 0.0] * 10, massage_min=minutes), "massage_min", longest=3)
    assert list(table["since"]) == [1, 2, 3]
    assert list(table["n"]) == [10, 10, 9]
    assert list(table["events"]) == [10, 0, 0]


def test_days_since_a_workout_start_on_its_day():
    table = days_since(days_of([1.0, 0.0] * 10, exercise_min=[30.0, 0.0] * 10), "exercise_min", longest=2)
    assert list(table["since"]) == [0, 1, 2]
    assert list(table["events"]) == [10, 0, 0]


def test_after_an_unlogged_day_the_wait_is_unknown_until_the_next_massage():
    minutes = [10.0, 0.0, np.nan, 0.0, 0.0, 10.0, 0.0, 0.0]
    table = days_since(days_of([0.0] * 8, massage_min=minutes), "massage_min", longest=3)
    assert table["n"].sum() == 4
