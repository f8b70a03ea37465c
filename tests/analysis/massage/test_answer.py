"""The massage answer on logs whose truth is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.massage_worlds import World, batch
from legcare.analysis.estimate import Verdict
from legcare.analysis.massage import Scale, massage_answer
from legcare.records import Clock, Cramp, Log, Massage, Reason, TrackedSpan

SIX = time(6)
FIRST = date(2024, 3, 1)


def moment(day: int, hour: float) -> datetime:
    """So many hours after midnight of the given day of March 2024."""
    return datetime(2024, 3, 1, tzinfo=UTC) + timedelta(days=day - 1, hours=hour)


def spanned(*records: Cramp | Massage, days: int = 60) -> Log:
    """A log in which every day from 1 March is tracked."""
    last = FIRST + timedelta(days=days - 1)
    return Log((*records, TrackedSpan(first_day=FIRST, last_day=last)))


def every_other_evening(days: int = 60, **fields: object) -> list[Massage]:
    """A massage at 21:00 on every other day from the first."""
    return [Massage(at=moment(day, 21), minutes=10, **fields) for day in range(1, days + 1, 2)]


def test_an_empty_log_says_what_it_needs():
    answer = massage_answer(Log(()), day_start=SIX)
    assert answer.verdict is Verdict.NOT_ENOUGH
    assert answer.refusal == "No planned massage is logged yet."
    assert answer.still_needed == "5 more planned massages"
    assert answer.next_date is None


def test_the_night_right_after_an_evening_massage_is_after_it():
    cramps = [Cramp(at=moment(day, 26)) for day in range(2, 61, 2)]  # nights without, at 02:00
    cramps += [Cramp(at=moment(day, 26)) for day in (9, 21, 33)]
    answer = massage_answer(spanned(*cramps, *every_other_evening()), day_start=SIX)
    assert answer.after.n == 30
    assert answer.after.cramps == 3
    assert (answer.others.n, answer.others.cramps) == (30, 30)
    assert answer.value == pytest.approx(0.1, abs=0.05)
    assert answer.with_massage == pytest.approx(answer.value * answer.without)
    mean = answer.share * answer.with_massage + (1 - answer.share) * answer.without
    assert mean == pytest.approx(answer.base)
    assert answer.base == pytest.approx(28 * 33 / 60)


def test_a_true_effect_is_found_by_the_clock_at_the_end_of_a_year():
    world = World(weekly=4, ratio=0.5)
    lives = batch(world, 6, np.random.default_rng(3))
    answers = [massage_answer(lives.log(one), day_start=SIX) for one in range(6)]
    assert sum(answer.verdict is Verdict.LOWER for answer in answers) >= 5
    for answer in answers:
        assert answer.low < answer.value < answer.high
        assert answer.given_on is not None
        assert answer.next_date == answer.given_on + timedelta(days=90)


def test_between_set_dates_counts_move_and_the_verdict_stands():
    lives = batch(World(weekly=4, ratio=0.4), 1, np.random.default_rng(5))
    log = lives.log(0)
    seen = [
        massage_answer(log, day_start=SIX, today=date(2025, 1, 6) + timedelta(days=number))
        for number in range(30, 366, 7)
    ]
    assert [one.n_days for one in seen] == sorted({one.n_days for one in seen})
    for before, after in pairwise(seen):
        if before.next_date == after.next_date:
            assert before.verdict is after.verdict
    assert all(one.verdict is Verdict.NOT_ENOUGH for one in seen if one.given_on is None)
    assert seen[-1].verdict is Verdict.LOWER


def test_relief_massages_are_never_exposure():
    cramps = [Cramp(at=moment(day, 26)) for day in range(2, 61, 2)]
    relief = [Massage(at=moment(day, 26.1), reason=Reason.RELIEF) for day in range(2, 61, 2)]
    cramps += [Cramp(at=moment(day, 26)) for day in (9, 21, 33)]
    plain = massage_answer(spanned(*cramps, *every_other_evening()), day_start=SIX)
    eased = massage_answer(spanned(*cramps, *relief, *every_other_evening()), day_start=SIX)
    assert eased.value == plain.value
    assert eased.n_massages == plain.n_massages == 30


def test_days_before_the_first_massage_ever_logged_are_not_days_without_massage():
    cramps = [Cramp(at=moment(day, 26)) for day in range(1, 61, 3)]
    late = [Massage(at=moment(day, 21), minutes=10) for day in range(31, 61, 2)]
    answer = massage_answer(spanned(*cramps, *late), day_start=SIX)
    assert answer.n_days == 30
    assert answer.others.n == 15


def test_a_day_settled_by_a_tap_in_the_night_says_nothing_about_massage():
    held = spanned(*every_other_evening(19), days=20).records
    alone = Log((*held, Cramp(at=moment(23, 26))))
    answer = massage_answer(alone, day_start=SIX)
    assert answer.n_days == 20
    assert answer.n_events == 0


def test_today_is_not_read_before_it_is_over():
    cramps = [Cramp(at=moment(day, 26)) for day in range(2, 61, 2)]
    log = spanned(*cramps, *every_other_evening())
    whole = massage_answer(log, day_start=SIX, today=FIRST + timedelta(days=60))
    assert whole == massage_answer(log, day_start=SIX)
    short = massage_answer(log, day_start=SIX, today=FIRST + timedelta(days=59))
    assert (whole.n_days, short.n_days) == (60, 59)
    assert (whole.n_events, short.n_events) == (30, 29)


def test_cramps_known_only_to_the_night_are_read_by_nights():
    cramps = [Cramp(at=moment(day, 26), clock=Clock.NIGHT) for day in range(2, 61, 2)]
    cramps += [Cramp(at=moment(day, 26), clock=Clock.NIGHT) for day in (9, 21, 33)]
    answer = massage_answer(spanned(*cramps, *every_other_evening()), day_start=SIX)
    assert answer.scale is Scale.NIGHTS
    assert answer.value == pytest.approx(0.1, abs=0.05)
    assert any("nights are compared with nights" in caveat for caveat in answer.caveats)


def test_cramps_known_only_to_the_day_are_read_by_the_day_after():
    cramps = [Cramp(at=moment(day, 12), clock=Clock.UNKNOWN) for day in range(3, 61, 2)]
    cramps += [Cramp(at=moment(day, 12), clock=Clock.UNKNOWN) for day in (8, 20, 32)]
    answer = massage_answer(spanned(*cramps, *every_other_evening()), day_start=SIX)
    assert answer.scale is Scale.DAYS
    assert answer.value == pytest.approx(0.1, abs=0.05)
    assert any("neither a time nor a night" in caveat for caveat in answer.caveats)


def test_massage_that_follows_cramps_is_said_beside_the_guess():
    cramps = [Cramp(at=moment(day, 15)) for day in range(1, 61, 3)]
    because = [Massage(at=moment(day, 20), minutes=10) for day in range(1, 61, 3)]
    answer = massage_answer(spanned(*cramps, *because), day_start=SIX)
    assert answer.direction.startswith("100 % of your 20 planned massages come within 24 hours")
    assert answer.direction in answer.caveats


def test_the_best_guess_opens_before_the_ratio_and_is_pulled_towards_no_effect():
    cramps = [Cramp(at=moment(day, 26)) for day in (2, 4, 6, 8, 10, 12)]
    answer = massage_answer(spanned(*cramps, *every_other_evening(14), days=14), day_start=SIX)
    assert answer.refusal == "Too little to compare: 14 usable days and 6 cramps so far."
    assert answer.still_needed == (
        "7 more usable days and 4 more cramps and 3 more cramps after a massage"
    )
    assert np.isnan(answer.value)
    assert 0.5 < answer.best < 1
    assert answer.best_low < answer.best < answer.best_high
    assert answer.without > answer.with_massage
