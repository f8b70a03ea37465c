"""Verdicts at set dates: when they may change, and what the error is spent on."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from legcare.analysis.changes import against_before, trend_so_far
from legcare.analysis.estimate import Verdict
from legcare.analysis.set_dates import Look, SetDates, afresh, alpha, standing
from tests.analysis.logs import a_log

FIRST = date(2024, 1, 1)


def on_day(number: int) -> SetDates:
    """The set dates of a log seen on its day with this number."""
    return SetDates(FIRST, FIRST + timedelta(days=number))


def test_dates_come_every_90_days_from_the_first_logged_day():
    assert on_day(89).passed == 0
    assert on_day(90).passed == 1
    assert on_day(90).following == FIRST + timedelta(days=180)
    assert [alpha(number) for number in (1, 2, 3, 4, 5, 40)] == [
        0.00005,
        0.0042,
        0.0194,
        0.0429,
        0.01,
        0.01,
    ]


def test_no_verdict_before_the_first_date():
    assert standing(on_day(89), lambda on: Look(0.0, -1.0)) == (Verdict.NOT_ENOUGH, None)


def test_each_date_asks_for_its_own_p():
    for number, p in ((1, 0.0001), (2, 0.005), (3, 0.02), (4, 0.043)):
        verdict, given_on = standing(on_day(90 * number), lambda on, p=p: Look(p, -1.0))
        assert (verdict, given_on) == (Verdict.NO_CLEAR, on_day(90 * number).today)
    assert standing(on_day(360), lambda on: Look(0.0428, -1.0))[0] is Verdict.LOWER
    assert standing(on_day(360), lambda on: Look(0.0428, 1.0))[0] is Verdict.HIGHER


def test_too_few_cramps_give_no_verdict_however_small_p_is():
    assert standing(on_day(360), lambda on: Look(0.0, -1.0, enough=False))[0] is Verdict.NOT_ENOUGH
    assert standing(on_day(360), lambda on: None)[0] is Verdict.NOT_ENOUGH


@pytest.mark.parametrize(
    ("later", "verdict"),
    [(Look(0.08, -0.4), Verdict.LOWER), (Look(0.2, -0.2), Verdict.NO_CLEAR)],
)
def test_a_clear_verdict_stands_while_the_log_still_points_its_way(later: Look, verdict: Verdict):
    third = on_day(270).today
    seen = standing(on_day(450), lambda on: Look(0.001, -1.0) if on <= third else later)
    assert seen == (verdict, third if verdict is Verdict.LOWER else on_day(450).today)


def test_a_verdict_of_the_other_side_does_not_stand():
    first = on_day(360).today
    seen = standing(on_day(450), lambda on: Look(0.001, 1.0) if on == first else Look(0.05, -1.0))
    assert seen[0] is Verdict.NO_CLEAR


def test_a_question_that_reads_other_days_each_time_does_not_remember():
    earlier = on_day(90).today
    look = lambda on: Look(0.001, -1.0) if on == earlier else Look(0.05, -1.0)  # noqa: E731
    assert standing(on_day(180), look, afresh)[0] is Verdict.NO_CLEAR
    assert standing(on_day(90), look, afresh)[0] is Verdict.LOWER


def test_weekly_looks_at_trend_and_change_change_their_verdict_at_set_dates_only():
    days = a_log(7, 365, base=0.8)
    for estimate in (against_before, trend_so_far):
        seen = [
            estimate(days, today=FIRST + timedelta(days=number)) for number in range(60, 366, 7)
        ]
        assert {one.next_date for one in seen} == {on_day(90 * k).today for k in (1, 2, 3, 4, 5)}
        for earlier, later in pairwise(seen):
            if earlier.next_date == later.next_date and later.shown and earlier.shown:
                assert (earlier.verdict, earlier.given_on) == (later.verdict, later.given_on)
        assert any(one.value != two.value for one, two in pairwise(seen))


def test_a_real_change_is_called_one_at_the_next_date():
    days = a_log(3, 180, base=1.0)
    days.loc[days.index[-28:], "cramps"] = days["cramps"].where(days["cramps"].isna(), 4.0)
    found = against_before(days, today=FIRST + timedelta(days=180))
    assert found.verdict is Verdict.HIGHER
    assert found.given_on == found.next_date - timedelta(days=90) == FIRST + timedelta(days=180)
