"""Safety rules, one by one: each fires on what it is for and stays silent just below."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from legcare.analysis.safety import Level, Notice, notices, safety_text
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


def test_a_cramp_over_ten_minutes() -> None:
    notice = found(cramp(3, minutes=12))["long_cramp"]
    assert "a cramp of more than 10 minutes (the longest 12)" in notice.sentence
    assert notice.line.level is Level.SAME_DAY
    assert "does not ease with stretching" in notice.line.text


@pytest.mark.parametrize(("days_ago", "minutes"), [(3, 10), (3, None), (40, 15)])
def test_ten_minutes_unknown_or_long_ago_are_silent(days_ago: int, minutes: float | None) -> None:
    assert "long_cramp" not in found(cramp(days_ago, minutes=minutes))


def test_severe_cramps_again_and_again() -> None:
    severe = [cramp(days, severity=8) for days in (2, 9, 16)]
    assert "rated 3 cramps 8 or more" in found(*severe)["severity"].sentence
    assert "severity" not in found(*severe[:2], cramp(5, severity=7.9))


def test_nights_lost() -> None:
    nights = [
        cramp(2, woke_me=True),
        cramp(6, woke_me=True),
        cramp(9, sleep_disturbance=7),
        cramp(20, woke_me=True),
    ]
    assert "4 nights" in found(*nights)["sleep"].sentence
    assert found(*nights)["sleep"].line.level is Level.APPOINTMENT
    assert "sleep" not in found(*nights[:3], cramp(11, woke_me=False, sleep_disturbance=6))


def test_cramps_on_half_of_the_days() -> None:
    every_other = [cramp(days) for days in range(0, 28, 2)]
    assert "14 of 28 tracked days" in found(*every_other)["frequent"].sentence
    assert "frequent" not in found(*every_other[1:])


def test_frequency_rising_fast() -> None:
    rising = [cramp(days) for days in (0, 1, 3, 5, 7, 9, 12)] + [cramp(20), cramp(30)]
    assert "from 0.5 a week to 3.5 a week" in found(*rising)["rising"].sentence
    assert "(14 tracked)" in found(*rising)["rising"].sentence


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
