from datetime import date

import numpy as np
import pandas as pd
import pytest

from legcare.charts.calendar import _month_ticks, calendar_chart
from legcare.days import day_table
from legcare.records import Log, TrackedSpan
from tests.charts.logs import DAYS, GAP, LOG, NO_DAYS, NO_LOG, ONE, START


def test_every_day_stands_in_its_place_and_state():
    chart = calendar_chart(LOG, DAYS, day_start=START)
    cells = chart.figure.data[0]
    drawn = np.asarray(cells.z, dtype=float)
    assert drawn.shape == (7, len(DAYS) // 7)
    assert np.nansum(drawn) == DAYS["cramps"].gt(0).sum()
    assert np.isnan(drawn).sum() == len(GAP)
    assert np.isnan(drawn[:, 6:8]).all()


def test_what_is_not_tracked_has_a_dot_of_its_own_and_says_so():
    chart = calendar_chart(LOG, DAYS, day_start=START)
    dots = next(trace for trace in chart.figure.data if trace.name == "Not tracked")
    assert len(dots.x) == len(GAP)
    assert dots.customdata[0][0] == "13 April 2026: not tracked: cramps unknown."
    assert "not tracked, so unknown" in chart.sentence


def test_pointing_at_a_cell_reads_a_sentence():
    cells = calendar_chart(LOG, DAYS, day_start=START).figure.data[0]
    words = {str(each).split(": ")[-1] for row in cells.customdata for each in row if each}
    assert {"no cramps.", "1 cramp."} <= words


def test_days_from_a_file_are_marked_where_others_were_typed():
    filed = TrackedSpan(first_day=date(2026, 3, 5), last_day=date(2026, 3, 6), source="diary.csv")
    log = Log.of([*ONE.records, filed])
    chart = calendar_chart(log, day_table(log, day_start=START), day_start=START)
    dashes = next(trace for trace in chart.figure.data if trace.name == "From a file")
    assert [str(day)[:10] for day in dashes.y] == ["3", "4"]
    assert chart.data["imported"].tolist() == [False, False, False, True, True]


def test_a_long_log_is_drawn_in_part_and_says_so():
    chart = calendar_chart(LOG, DAYS, day_start=START, weeks=10)
    assert len(chart.data) == len(DAYS)
    assert chart.caveats == ("The last 70 of 140 days; the table and the CSV hold all of them.",)


def test_month_names_do_not_run_into_each_other():
    weeks = pd.Series(pd.date_range("2026-08-24", periods=12, freq="7D"))
    assert [f"{week:%b}" for week in _month_ticks(weeks)] == ["Sep", "Oct", "Nov"]
    assert len(_month_ticks(pd.Series(pd.date_range("2025-01-06", periods=53, freq="7D")))) <= 4


def test_a_single_day_is_one_cell_among_weeks():
    cells = calendar_chart(ONE, day_table(ONE, day_start=START), day_start=START).figure.data[0]
    assert np.asarray(cells.z).shape == (7, 13)
    assert np.nansum(np.asarray(cells.z, dtype=float)) == 1


@pytest.mark.parametrize("days", [NO_DAYS])
def test_an_empty_calendar_has_no_cells(days):
    chart = calendar_chart(NO_LOG, days, day_start=START)
    assert chart.data.empty
    assert all(trace.type != "heatmap" for trace in chart.figure.data)
