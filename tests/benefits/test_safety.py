"""Safety rules, one by one: each fires on what it is for and stays silent just below."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from legcare.analysis.safety import Level, Notice, Replied, Reply, due, notices, safety_text
from legcare.days import cramp_table, day_table
from legcare.records import Cramp, Log, TrackedSpan

LAST = date(2025, 6, 30)
START = time(6, 0)


def cramp(days_ago: int, **fields: object) -> Cramp:
    day = LAST - timedelta(days=days_ago)
    return Cramp(at=datetime(day.year, day.month, day.day, 23, 0, tzinfo=UTC), **fields)


def found(*cramps: Cramp, tracked: int = 60) -> dict[str, Notice]:
    span = TrackedSpan(first_day=LAST - timedelta(days=tracked - 1), last_day=LAST)
    log = Log((*cramps, span))
    raised = notices(day_table(log, day_start=START), cramp_table(log, day_start=START))
    return {notice.rule: notice for notice in raised}


def test_long_cramps_that_come_again() -> None:
    notice = found(cramp(3, minutes=12), cramp(9, minutes=15))["long_cramp"]
    assert notice.sentence == "In the last 28 days 2 cramps lasted more than 10 minutes."
    assert notice.line.level is Level.APPOINTMENT


@pytest.mark.parametrize(("days_ago", "minutes"), [(3, 10), (3, None), (40, 15)])
def test_ten_minutes_unknown_or_long_ago_are_silent(days_ago: int, minutes: float | None) -> None:
    assert "long_cramp" not in found(cramp(2, minutes=15), cramp(days_ago, minutes=minutes))


def test_a_strong_cramp_is_no_urgency() -> None:
    assert found(*[cramp(days, severity=9) for days in (2, 9, 16)]) == {}


def test_a_log_that_ended_says_nothing_of_the_last_weeks() -> None:
    span = TrackedSpan(first_day=LAST - timedelta(days=59), last_day=LAST)
    log = Log((*[cramp(days, woke_me=True) for days in range(0, 20, 2)], span))
    days, cramps = day_table(log, day_start=START), cramp_table(log, day_start=START)
    assert notices(days, cramps, today=LAST)
    assert notices(days, cramps, today=LAST + timedelta(days=40)) == ()


def test_a_notice_is_raised_once_and_again_when_clearly_worse_or_asked_to() -> None:
    met = tuple(found(*[cramp(days, woke_me=True) for days in (2, 6, 9, 20)]).values())
    (notice,) = met
    said = Replied(Reply.APPOINTMENT, LAST, notice.measure)
    later = Replied(Reply.LATER, LAST, notice.measure)
    month = LAST + timedelta(days=28)
    assert due(met, {}, LAST) == met
    assert due(met, {"sleep": said}, month) == ()
    assert due(met, {"sleep": later}, month - timedelta(days=1)) == ()
    assert due(met, {"sleep": later}, month) == met
    worse = (replace(notice, measure=2 * notice.measure),)
    assert due(worse, {"sleep": said}, month) == worse


def test_nights_lost() -> None:
    nights = [
        cramp(2, woke_me=True),
        cramp(6, woke_me=True),
        cramp(9, sleep_disturbance=7),
        cramp(20, woke_me=True),
    ]
    assert found(*nights)["sleep"].sentence == (
        "In the last 28 days cramps woke you 3 nights and badly disturbed 1 night."
    )
    assert found(*nights)["sleep"].line.level is Level.APPOINTMENT
    assert "sleep" not in found(*nights[:3], cramp(11, woke_me=False, sleep_disturbance=6))


def test_cramps_on_half_of_the_days() -> None:
    every_other = [cramp(days) for days in range(0, 28, 2)]
    assert "14 of 28 logged days" in found(*every_other)["frequent"].sentence
    assert "frequent" not in found(*every_other[1:])


def test_frequency_rising_fast() -> None:
    rising = [cramp(days) for days in (0, 1, 3, 5, 7, 9, 12)] + [cramp(20), cramp(30)]
    assert found(*rising)["rising"].sentence == (
        "Cramps rose from 0.5 a week to 3.5 in the last 14 days."
    )


def test_a_rise_that_is_small_or_not_comparable_is_silent() -> None:
    few = [cramp(days) for days in (0, 3, 5, 7, 9)]
    assert "rising" not in found(*few)
    even = [cramp(days) for days in range(0, 42, 2)]
    assert "rising" not in found(*even)
    rising = [cramp(days) for days in (0, 1, 3, 5, 7, 9, 12)]
    assert "rising" not in found(*rising, tracked=20)


def test_an_empty_or_quiet_log_is_silent() -> None:
    assert notices(day_table(Log(), day_start=START), cramp_table(Log(), day_start=START)) == ()
    assert found(cramp(2, minutes=2, severity=4)) == {}


def test_the_text_holds_every_level_in_order_of_urgency() -> None:
    text = safety_text()
    levels = [line.level for line in text.red_flags]
    order = [Level.EMERGENCY, Level.SAME_DAY, Level.APPOINTMENT]
    assert levels == sorted(levels, key=order.index)
    assert {line.level for line in text.cautions} == {Level.AVOID, Level.ASK_FIRST}
    assert "could be a clot" in text.banner
    assert Level.EMERGENCY.heading == "Emergency: call the local emergency number"
