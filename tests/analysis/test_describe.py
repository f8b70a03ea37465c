from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest

from legcare.analysis import describe
from legcare.analysis.frequency import cramp_rate
from legcare.days import cramp_table, day_table, massage_table
from legcare.records import Cramp, Log, Massage, Muscle, Side, TrackedSpan

START = time(6)
MONDAY = datetime(2026, 3, 2, 23, tzinfo=UTC)


def log_of(*cramps: int, tracked: int = 28, **fields: object) -> Log:
    """Cramps at 23:00, so many days after Monday 2 March 2026.

    The first ``tracked`` days are settled.
    """
    held = [Cramp(at=MONDAY + timedelta(days=day), **fields) for day in cramps]
    return Log.of(
        [
            *held,
            TrackedSpan(
                first_day=date(2026, 3, 2), last_day=date(2026, 3, 2) + timedelta(tracked - 1)
            ),
        ]
    )


def test_the_rolling_rate_of_four_whole_weeks_is_the_rate_of_the_period():
    days = day_table(log_of(0, 5, 9, 20), day_start=START)
    table = describe.weekly_rates(days)
    rate = cramp_rate(days)
    assert list(table["cramps_in_week"]) == [2.0, 1.0, 1.0, 0.0]
    last = table.iloc[-1]
    assert (last["per_week"], last["low"], last["high"]) == pytest.approx(
        (rate.value, rate.low, rate.high)
    )


def test_a_week_without_tracked_days_is_missing_not_zero():
    log = Log.of([*log_of(1, tracked=7).records, *log_of(22, tracked=0 + 1).records])
    table = describe.weekly_rates(day_table(log, day_start=START))
    assert np.isnan(table["cramps_in_week"].iloc[1])
    assert np.isnan(table["per_week"].iloc[1])
    assert table["tracked_in_week"].tolist() == [7, 0, 0, 1]


def test_severity_bands_add_up_and_keep_what_was_not_said():
    records = [
        *log_of(0, 1, severity=2).records,
        *log_of(2, severity=7).records,
        *log_of(3).records,
    ]
    log = Log.of(records)
    table = describe.severity_rates(
        day_table(log, day_start=START), cramp_table(log, day_start=START)
    )
    assert dict(zip(table["severity"], table["cramps"], strict=True)) == {
        "Mild (1 to 3)": 2,
        "Moderate (4 to 6)": 0,
        "Severe (7 to 10)": 1,
        "Not said": 1,
    }
    assert table["per_week"].sum() == pytest.approx(4 / 28 * 7)
    assert (table["low"] <= table["per_week"]).all()
    assert (table["per_week"] <= table["high"]).all()


def test_places_come_with_the_most_frequent_first():
    records = [
        *log_of(0, 1, muscle=Muscle.CALF, side=Side.LEFT).records,
        *log_of(2, muscle=Muscle.FOOT, side=Side.RIGHT).records,
    ]
    log = Log.of(records)
    table = describe.place_rates(day_table(log, day_start=START), cramp_table(log, day_start=START))
    assert table[["muscle", "side", "cramps"]].to_numpy().tolist() == [
        ["calf", "left", 2.0],
        ["foot", "right", 1.0],
    ]


def test_the_calendar_knows_cramp_none_and_not_tracked_and_what_came_from_a_file():
    filed = TrackedSpan(first_day=date(2026, 3, 10), last_day=date(2026, 3, 10), source="file.csv")
    log = Log.of([*log_of(1, tracked=3).records, filed])
    table = describe.calendar(log, day_table(log, day_start=START), day_start=START)
    assert table["state"].tolist() == ["none", "cramp", "none", *["not tracked"] * 5, "none"]
    assert table["imported"].tolist() == [*[False] * 8, True]


def test_a_mean_by_the_hour_needs_three_cramps():
    records = [*log_of(0, 1, 2, minutes=2.0).records, *log_of(3, minutes=8.0).records]
    cramps = cramp_table(Log.of(records), day_start=START)
    row = describe.hourly(cramps, column="minutes").iloc[-1]
    assert (row["from_hour"], row["cramps"], row["mean"]) == (21, 4, 3.5)
    assert (row["low"], row["high"]) == pytest.approx(
        (0.0, 3.5 + 3.182446305284263 * 3 / 2)
    )  # R: qt(0.975, 3)
    assert np.isnan(describe.hourly(cramps.head(2), column="minutes")["mean"].iloc[-1])


def test_waits_stand_beside_what_ordinary_moments_would_show():
    log = Log.of([*log_of(1, 3).records, Massage(at=MONDAY + timedelta(hours=12), minutes=10)])
    table = describe.waits(
        cramp_table(log, day_start=START),
        massage_table(log, day_start=START),
        day_table(log, day_start=START),
    )
    counted = dict(zip(table["since"], table["cramps"], strict=True))
    assert counted == {
        "under 6 h": 0,
        "6 to 12 h": 0,
        "12 to 24 h": 1,
        "1 to 2 days": 0,
        "2 to 3 days": 1,
        "over 3 days": 0,
    }
    assert table["share_of_ordinary_moments"].sum() == pytest.approx(1)
    assert table["share_of_ordinary_moments"].iloc[-1] == pytest.approx(24 / 27)


def test_months_and_seasons_count_only_tracked_days():
    days = day_table(log_of(0, 30, tracked=40), day_start=START)
    months = describe.monthly_rates(days)
    assert months["month"].tolist() == [pd.Timestamp("2026-03-01"), pd.Timestamp("2026-04-01")]
    assert months["tracked_days"].tolist() == [30, 10]
    seasons = describe.season_rates(days)
    assert seasons["tracked_days"].tolist() == [0, 0, 30, 10, *[0] * 8]
    assert np.isnan(seasons["per_week"].iloc[0])


def test_a_rate_needs_seven_tracked_days():
    months = describe.monthly_rates(day_table(log_of(0, 33, tracked=36), day_start=START))
    assert months["tracked_days"].tolist() == [30, 6]
    assert months["per_week"].notna().tolist() == [True, False]
    assert months["cramps"].tolist() == [1.0, 1.0]


def test_nothing_is_described_without_days():
    empty = day_table(Log(), day_start=START)
    assert describe.spread(empty) == 1.0
    assert describe.weekly_rates(empty).empty
