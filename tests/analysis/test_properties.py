"""What must hold for any log: properties, over logs that nobody chose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.analysis.associations import associate, scan
from legcare.analysis.estimate import Association
from legcare.analysis.frequency import cramp_rate, rate_change, trend
from legcare.analysis.missing import as_zero, missing_days
from legcare.analysis.naive import naive
from legcare.analysis.response import response
from legcare.analysis.sensitivity import sensitivity
from legcare.analysis.timing import night_share, preferred_hour, weekday_pattern
from tests.analysis.logs import a_log, cramps_at
from tests.profile import examples

LOGS = st.builds(
    a_log,
    st.integers(0, 10_000),
    st.integers(60, 150),
    base=st.sampled_from([0.4, 0.9]),
    effect=st.sampled_from([0.5, 1.0, 1.6]),
)
FACTORS = st.sampled_from(["factor", "other", "massage_min"])
FEW = examples(8)


def same(one: Association, other: Association, rel: float = 1e-6) -> bool:
    numbers = [
        (one.value, other.value),
        (one.low, other.low),
        (one.high, other.high),
        (one.p, other.p),
    ]
    close = all(a == pytest.approx(b, rel=rel, nan_ok=True) for a, b in numbers)
    return close and (one.verdict, one.refusal, one.n_days) == (
        other.verdict,
        other.refusal,
        other.n_days,
    )


@given(LOGS, FACTORS, st.integers(1, 40))
@FEW
def test_adding_untracked_days_changes_only_the_logged_share(
    days: pd.DataFrame, factor: str, more: int
):
    later = pd.date_range(days.index[-1] + pd.Timedelta(days=1), periods=more, name="day")
    sooner = pd.date_range(end=days.index[0] - pd.Timedelta(days=1), periods=more, name="day")
    blank = [
        pd.DataFrame({"tracked": False, "cramps": np.nan}, index=index) for index in (sooner, later)
    ]
    longer = pd.concat([blank[0], days, blank[1]])
    asked = {"outcome": "cramps", "factor": factor, "lag": 1}
    one, two = (replace(associate(log, **asked), caveats=()) for log in (longer, days))
    assert same(one, two)
    found, expected = cramp_rate(longer), cramp_rate(days)
    assert (found.value, found.low, found.high) == pytest.approx(
        (expected.value, expected.low, expected.high)
    )
    assert found.n_days == expected.n_days
    assert cramp_rate(longer.iloc[:-more]).logged_share == expected.logged_share
    assert found.logged_share < expected.logged_share


@given(LOGS, FACTORS)
@FEW
def test_what_an_untracked_day_holds_as_count_changes_nothing(days: pd.DataFrame, factor: str):
    filled = days.assign(cramps=days["cramps"].where(days["tracked"], 0.0))
    asked = {"outcome": "cramps", "factor": factor}
    assert associate(filled, **asked) == associate(days, **asked)
    assert cramp_rate(filled) == cramp_rate(days)


@given(LOGS, st.sampled_from([0.001, 0.5, 1000.0]))
@FEW
def test_other_units_change_only_the_units(days: pd.DataFrame, times: float):
    one = associate(days, outcome="cramps", factor="other")
    other = associate(days.assign(other=days["other"] * times), outcome="cramps", factor="other")
    assert other.p == pytest.approx(one.p, rel=1e-5, nan_ok=True)
    assert np.log(other.value) * times == pytest.approx(
        np.log(one.value), rel=1e-4, abs=1e-9, nan_ok=True
    )
    assert other.refusal == one.refusal


@given(LOGS, FACTORS, st.randoms(use_true_random=False))
@FEW
def test_shuffling_rows_changes_nothing(days: pd.DataFrame, factor: str, random):
    order = list(range(len(days)))
    random.shuffle(order)
    for table in (days, days.reset_index(drop=True)):
        mixed = table.iloc[order]
        assert associate(mixed, outcome="cramps", factor=factor) == associate(
            table, outcome="cramps", factor=factor
        )
        assert cramp_rate(mixed) == cramp_rate(table)
        assert trend(mixed) == trend(table)


@given(LOGS, st.sampled_from(["factor", "other"]))
@FEW
def test_turning_the_sign_of_a_factor_mirrors_the_estimate(days: pd.DataFrame, factor: str):
    one = associate(days, outcome="cramps", factor=factor)
    turned = associate(days.assign(**{factor: -days[factor]}), outcome="cramps", factor=factor)
    assert turned.value == pytest.approx(1 / one.value, rel=1e-6, nan_ok=True)
    assert (turned.low, turned.high) == pytest.approx(
        (1 / one.high, 1 / one.low), rel=1e-6, nan_ok=True
    )
    assert turned.p == pytest.approx(one.p, rel=1e-6, nan_ok=True)


@given(LOGS, st.floats(-5, 5))
@FEW
def test_a_constant_factor_is_refused(days: pd.DataFrame, value: float):
    found = associate(days.assign(factor=value), outcome="cramps", factor="factor")
    assert not found.shown
    assert "same on all" in found.refusal
    assert any(sign.isdigit() for sign in found.still_needed)


@given(LOGS)
@FEW
def test_p_and_interval_never_contradict_each_other(days: pd.DataFrame):
    for factor in ("factor", "other", "massage_min"):
        found = associate(days, outcome="cramps", factor=factor)
        if found.shown:
            assert (found.p < 0.05) == (found.low > 1 or found.high < 1)
            assert found.low <= found.value <= found.high


def test_no_analysis_alters_its_days():
    days = a_log(n=200)
    kept = days.copy(deep=True)
    cramp_rate(days)
    rate_change(days, days.index[100])
    trend(days)
    weekday_pattern(days)
    missing_days(days)
    as_zero(days)
    scan(days, outcome="cramps", factors=["factor", "other"], lags=[0, 1])
    response(days, outcome="cramps", factor="other")
    sensitivity(days, outcome="cramps", factor="massage_min")
    naive(days, outcome="cramps", factor="factor")
    pd.testing.assert_frame_equal(days, kept)


def test_no_analysis_alters_its_cramps():
    cramps = cramps_at(
        [f"2024-01-{day:02d}T{hour:02d}:15" for day in range(1, 21) for hour in (3, 23)]
    )
    kept = cramps.copy(deep=True)
    preferred_hour(cramps)
    night_share(cramps)
    pd.testing.assert_frame_equal(cramps, kept)


@pytest.mark.parametrize("index", ["range", "dates", "python dates", "column"])
def test_any_sensible_index_gives_the_same_answer(index: str):
    days = a_log()
    expected = associate(days, outcome="cramps", factor="factor")
    tables = {
        "range": days.reset_index(drop=True),
        "dates": days,
        "python dates": days.set_axis(pd.Index(days.index.date)),
        "column": days.reset_index(),
    }
    found = associate(tables[index], outcome="cramps", factor="factor")
    assert found.value == pytest.approx(expected.value, rel=1e-9)
    assert found.p == pytest.approx(expected.p, rel=1e-7)
