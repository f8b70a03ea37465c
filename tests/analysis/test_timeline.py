from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.timeline import record_time, share_of, shifted, timeline
from legcare.errors import BadFactor


@pytest.mark.parametrize(
    ("lag", "expected"),
    [
        (0, [1, 2, 3]),
        (1, [np.nan, 1, 2]),
        (-1, [2, 3, np.nan]),
        (3, [np.nan] * 3),
        (9, [np.nan] * 3),
    ],
)
def test_a_lag_looks_back_and_never_round_the_end(lag: int, expected: list[float]):
    assert shifted(np.array([1.0, 2.0, 3.0]), lag) == pytest.approx(expected, nan_ok=True)


def test_days_without_a_row_are_missing_and_untracked():
    days = pd.DataFrame(
        {"tracked": True, "cramps": [1.0, 2.0]}, index=pd.to_datetime(["2024-03-04", "2024-03-01"])
    )
    line = timeline(days)
    assert line.columns["cramps"] == pytest.approx([2, np.nan, np.nan, 1], nan_ok=True)
    assert list(line.tracked) == [True, False, False, True]
    assert line.logged_share == 0.5


def test_what_an_untracked_day_holds_is_not_an_outcome():
    line = timeline(pd.DataFrame({"tracked": [True, False, None], "cramps": [1.0, 0.0, 4.0]}))
    assert line.outcome("cramps") == pytest.approx([1, np.nan, np.nan], nan_ok=True)


def test_a_long_break_counts_as_a_fortnight():
    usable = np.zeros(400, dtype=bool)
    usable[:10] = usable[390:] = True
    time, length = record_time(usable)
    assert length == 33
    assert (time[0], time[9], time[10], time[-1]) == pytest.approx((0, 9 / 32, 23 / 32, 1))


def test_the_share_is_counted_from_the_first_known_day_on():
    assert share_of(np.array([False, True, False, True, True, False])) == 0.6
    assert np.isnan(share_of(np.zeros(3, dtype=bool)))


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(BadFactor, match=r'no column "water"\. Columns there: tracked, cramps'):
        timeline(pd.DataFrame({"tracked": [True], "cramps": [0.0]}), ["water"])
