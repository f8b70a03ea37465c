"""The forecast comes from the days before it and is scored by the days after it."""

from __future__ import annotations

from datetime import date, time, timedelta

import numpy as np

from benchmarks.massage_worlds import World, batch
from legcare.analysis.massage.forecast import forecast, forecast_of
from legcare.records import Cramp, Log, TrackedSpan
from tests.analysis.massage.test_answer import FIRST, SIX, moment, spanned

NOON = time(12)


def test_two_weeks_of_nights_are_needed():
    log = spanned(Cramp(at=moment(2, 26)), days=13)
    assert forecast(log, day_start=SIX).coming is None
    coming = forecast(spanned(Cramp(at=moment(2, 26)), days=14), day_start=SIX).coming
    assert coming is not None
    assert (coming.first, coming.n, coming.seen) == (FIRST + timedelta(days=14), 14, None)
    assert 1 < coming.expected < 2
    assert (coming.low, coming.high) == (0, 2)


def test_every_third_night_is_expected_to_go_on():
    log = spanned(*(Cramp(at=moment(day, 26)) for day in range(1, 85, 3)), days=84)
    found = forecast(log, day_start=SIX)
    assert found.nights
    assert found.coming is not None
    assert 4 <= found.coming.expected <= 5
    assert [one.seen for one in found.past] == [5, 4, 5, 5, 4]
    assert found.held == 5


def test_a_past_forecast_does_not_know_what_came_later():
    lives = batch(World(weekly=3, days=200), 1, np.random.default_rng(4))
    whole, half = lives.diary(0), lives.diary(0).until(100)
    assert forecast_of(whole).past[: len(forecast_of(half).past)] == forecast_of(half).past


def test_cramps_of_the_day_are_forecast_by_days():
    log = spanned(*(Cramp(at=moment(day, 15)) for day in range(1, 31, 2)), days=30)
    found = forecast(log, day_start=NOON)
    assert not found.nights
    assert found.coming is not None
    assert 6 <= found.coming.expected <= 7


def test_weeks_that_were_not_logged_are_not_scored():
    spans = [
        TrackedSpan(first_day=date(2024, 3, 1), last_day=date(2024, 3, 28)),
        TrackedSpan(first_day=date(2024, 4, 20), last_day=date(2024, 4, 30)),
    ]
    found = forecast(Log((Cramp(at=moment(3, 26)), *spans)), day_start=SIX)
    assert [one.first for one in found.past] == [date(2024, 3, 15)]


def test_eight_in_ten_hold():
    lives = batch(World(weekly=2.5, days=250), 40, np.random.default_rng(6))
    past = [one for diary in lives.diaries() for one in forecast_of(diary).past]
    assert len(past) > 500
    assert 0.74 < np.mean([one.held for one in past]) < 0.87
