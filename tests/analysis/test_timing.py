from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.bouts import bouts
from legcare.analysis.estimate import Verdict
from legcare.analysis.timing import night_share, preferred_hour, weekday_pattern
from tests.analysis.logs import a_log, cramps_at


def nightly(count: int, hour: float, spread: float, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2024-01-01")
    moments = [
        start + pd.Timedelta(hours=24 * 2 * n + hour + rng.normal(0, spread)) for n in range(count)
    ]
    return cramps_at([moment.isoformat() for moment in moments])


def test_cramps_less_than_three_hours_apart_are_one_bout():
    numbered = bouts(
        cramps_at(["2024-01-01T12:00", "2024-01-01T14:30", "2024-01-01T17:31", "2024-01-03T12:00"])
    )
    assert list(numbered["bout"]) == [0, 0, 1, 2]


def test_cramps_of_one_night_are_one_bout():
    numbered = bouts(cramps_at(["2024-01-01T22:30", "2024-01-02T04:45", "2024-01-02T22:15"]))
    assert list(numbered["bout"]) == [0, 0, 1]


def test_the_hour_of_night_cramps_passes_midnight():
    found = preferred_hour(nightly(40, 24.2, 2.0))
    assert found.verdict is Verdict.HIGHER
    assert min(found.value, 24 - found.value) < 1.5
    assert found.low > 20
    assert found.high < 4
    assert found.p == pytest.approx(0.001)


def test_no_hour_is_named_where_cramps_are_spread_round_the_clock():
    found = preferred_hour(nightly(40, 0, 30))
    assert found.verdict is Verdict.NO_CLEAR
    assert np.isnan(found.value)
    assert found.refusal.startswith("No preferred hour")


def test_an_hour_needs_fifteen_bouts():
    found = preferred_hour(nightly(11, 3, 1))
    assert found.still_needed == "4 more separate bouts of cramps"
    assert found.verdict is Verdict.NOT_ENOUGH


def test_three_bad_nights_are_three_and_not_thirty():
    one_night = [
        f"2024-01-{day:02d}T{hour}"
        for day in (1, 8, 15)
        for hour in ("02:00", "02:30", "03:00", "03:30")
    ]
    assert preferred_hour(cramps_at(one_night)).n_bouts == 3


def test_a_weekday_with_more_cramps_is_seen():
    days = a_log(n=210, base=0.2)
    monday = days.index.day_of_week == 0
    days["cramps"] = days["cramps"] + 2.0 * monday
    found = weekday_pattern(days)
    assert found.p == pytest.approx(0.001)
    assert found.verdict is Verdict.HIGHER
    assert found.table.loc[0, "weekday"] == "Monday"
    assert found.table["rate"].idxmax() == 0
    assert found.value > found.high


def test_weekends_that_are_logged_less_are_no_pattern():
    days = a_log(n=210)
    days["tracked"] = days["tracked"] & ((days.index.day_of_week < 5) | (np.arange(210) % 4 == 0))
    found = weekday_pattern(days)
    assert found.p > 0.05
    assert found.table["days"].sum() == found.n_days == days["tracked"].sum()


def test_night_is_set_against_the_hours_of_the_same_night():
    cramps = pd.concat([nightly(24, 26, 0.5), nightly(8, 24 * 101 + 15, 0.5)])
    found = night_share(cramps)
    assert found.value == pytest.approx((24 / 8) / (8 / 16))
    assert found.low > 1
    assert found.concentration == 0.75


@pytest.mark.parametrize("analysis", [preferred_hour, night_share])
def test_a_log_without_cramps_is_refused_in_words(analysis):
    found = analysis(cramps_at([]))
    assert found.verdict is Verdict.NOT_ENOUGH
    assert "separate bouts" in found.still_needed
