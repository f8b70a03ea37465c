from __future__ import annotations

import numpy as np
import pytest

from legcare.analysis.missing import as_zero, missing_days
from tests.analysis.logs import a_log


def test_the_range_runs_from_all_days_to_logged_days():
    days = a_log(n=400).assign(cramps=1.0, tracked=lambda d: np.arange(400) % 2 == 0)
    found = missing_days(days)
    assert found.high == found.logged.value
    assert found.low == pytest.approx(found.logged.n_events / 400 * 7)
    assert found.as_zero.value == pytest.approx(found.low)
    assert found.drawn
    assert found.sentence.startswith("50 % of the days are logged.")


def test_a_well_logged_log_needs_no_range():
    days = a_log(n=200).assign(tracked=True).fillna({"cramps": 0.0})
    found = missing_days(days)
    assert not found.drawn
    assert found.low == found.high == found.logged.value
    assert found.sentence == "100 % of the days are logged: unlogged days change little."


def test_calling_unlogged_days_zero_leaves_the_days_before_and_after_alone():
    days = a_log(n=60)
    days.loc[days.index[:5], "tracked"] = False
    days.loc[days.index[55:], "tracked"] = False
    filled = as_zero(days)
    assert list(filled.index) == list(days.index)
    assert not filled["tracked"].iloc[:5].any()
    assert filled["cramps"].iloc[:5].isna().all()
    assert filled["cramps"].sum() == days["cramps"].where(days["tracked"]).sum()
    inside = filled.loc[filled["tracked"], "cramps"]
    assert inside.notna().all()


def test_a_missing_row_is_an_unlogged_day():
    days = a_log(n=60).drop(index=a_log(n=60).index[30:33])
    filled = as_zero(days)
    assert len(filled) == 60
    assert list(filled["cramps"].iloc[30:33]) == [0.0, 0.0, 0.0]
