"""Logs as lives are lived: both legs, late mornings, habits that begin, days not over yet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.benefits.exercise import workout_days
from legcare.analysis.benefits.material import material_of
from legcare.analysis.benefits.places import place_table, repeat_design_effect
from legcare.analysis.benefits.ways import four_ways
from legcare.analysis.bouts import bouts
from legcare.analysis.estimate import Verdict
from legcare.analysis.frequency import cramp_rate
from legcare.analysis.missing import as_zero, missing_days
from legcare.analysis.timing import night_share, preferred_hour
from legcare.days import cramp_table, day_table, tender_table
from legcare.records import (
    Clock,
    Context,
    Cramp,
    Log,
    Massage,
    Method,
    Muscle,
    Reading,
    Reason,
    Record,
    Side,
    TrackedSpan,
    Workout,
)

START = time(6)
FIRST = datetime(2024, 1, 1, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in March 2024."""
    return datetime(2024, 3, day, hour, minute, tzinfo=UTC)


def tracked(first: int, last: int) -> TrackedSpan:
    return TrackedSpan(first_day=date(2024, 3, first), last_day=date(2024, 3, last))


def days_of(*records: Record, **options: object) -> pd.DataFrame:
    return day_table(Log(records), day_start=START, **options)


def spells(side: Side) -> pd.DataFrame:
    """Ten cramps in one muscle, then ten in another, three times over, two days apart."""
    muscles = ([Muscle.CALF] * 10 + [Muscle.FOOT] * 10) * 3
    cramps = [
        Cramp(at=FIRST + timedelta(days=2 * n), muscle=muscle, side=side)
        for n, muscle in enumerate(muscles)
    ]
    return cramp_table(Log(tuple(cramps)), day_start=START)


def test_spells_in_both_legs_stand_out_no_more_than_the_same_spells_in_one() -> None:
    both, one = (
        place_table(spells(side), tender_table(Log(), day_start=START))
        for side in (Side.BOTH, Side.LEFT)
    )
    assert both["bouts"].sum() == 2 * one["bouts"].sum()
    assert not one["stands_out"].any()
    assert not both["stands_out"].any()


def test_a_cramp_in_both_legs_is_one_bout_in_two_places() -> None:
    from legcare.analysis.benefits.places import place_bouts

    one, both = (repeat_design_effect(place_bouts(spells(side))) for side in (Side.LEFT, Side.BOTH))
    assert one == pytest.approx(10.8, abs=0.3)
    assert both == pytest.approx(2 * one)


def test_a_cramp_on_waking_and_one_in_the_next_night_are_two_bouts() -> None:
    log = Log(
        (
            Cramp(at=at(5, 7), context=Context.IN_BED),
            Cramp(at=at(6, 2), context=Context.IN_BED),
            Cramp(at=at(6, 5), context=Context.IN_BED),
        )
    )
    assert bouts(cramp_table(log, day_start=START))["bout"].tolist() == [0, 1, 1]


def test_an_even_clock_gives_no_verdict_on_the_night() -> None:
    log = Log(tuple(Cramp(at=FIRST + timedelta(hours=31.3 * n)) for n in range(300)))
    found = night_share(cramp_table(log, day_start=START))
    assert found.verdict is Verdict.NO_CLEAR
    assert found.value == pytest.approx(1, abs=0.1)


def test_a_person_who_stopped_logging_has_logged_fewer_days() -> None:
    days = pd.DataFrame(
        {
            "tracked": [True] * 8 + [False] * 20,
            "cramps": [1, 0, 1, 1, 0, 1, 1, 1] + [np.nan] * 20,
        },
        index=pd.date_range("2024-03-01", periods=28),
    )
    found = cramp_rate(days)
    assert found.logged_share == pytest.approx(8 / 28)
    assert (found.possible_low, found.possible_high) == pytest.approx((1.5, 5.25))
    assert "29 % of the days" in found.caveats[0]
    assert missing_days(days).as_zero.value == pytest.approx(1.5)
    assert as_zero(days)["tracked"].all()


def test_a_window_of_a_longer_log_counts_its_unlogged_first_days() -> None:
    days = pd.DataFrame(
        {"tracked": [False] * 14 + [True] * 14, "cramps": [np.nan] * 14 + [1.0] * 14},
        index=pd.date_range("2024-03-01", periods=28),
    )
    assert cramp_rate(days).logged_share == 1
    assert cramp_rate(days, whole=True).logged_share == 0.5


def test_before_the_first_massage_or_workout_nobody_recorded_any() -> None:
    days = days_of(
        tracked(1, 30),
        Massage(at=at(20, 21), minutes=10),
        Workout(at=at(18, 17), minutes=30),
        Reading(day=date(2024, 3, 20), factor="magnesium_mg", value=300),
    )
    assert days.loc["2024-03-05", ["massage_min", "exercise_min", "magnesium_mg"]].isna().all()
    assert days.loc["2024-03-19", ["massage_min", "exercise_min"]].isna().tolist() == [True, False]
    assert days.loc["2024-03-25", ["massage_min", "exercise_min"]].tolist() == [0, 0]


def test_a_lone_tap_at_night_says_nothing_about_massages() -> None:
    tap, fields = Cramp(at=at(6, 2)), ["tracked", "cramps", "massage_min"]
    days = days_of(Massage(at=at(1, 21), minutes=10), tap, tracked(10, 10))
    assert days.loc["2024-03-05", fields].tolist()[:2] == [True, 1]
    assert np.isnan(days.loc["2024-03-05", "massage_min"])
    within = days_of(Massage(at=at(1, 21), minutes=10), tap, tracked(4, 4), tracked(6, 6))
    assert within.loc["2024-03-05", fields].tolist() == [True, 1, 0]


def test_the_load_taken_out_is_that_of_all_the_days_workouts() -> None:
    log = Log(
        (
            tracked(1, 9),
            Massage(at=at(5, 19), minutes=10),
            Workout(at=at(5, 8), minutes=120, effort=9),
            Workout(at=at(5, 18), minutes=15, effort=2),
        )
    )
    material = material_of(log, day_start=START)
    assert workout_days(material)["load"].tolist() == [1110]
    assert material.days.loc["2024-03-05", "exercise_load"] == 1110


def test_massages_round_midnight_are_compared_with_nights_and_not_with_noons() -> None:
    from legcare.analysis.benefits.ways import _middle_hour

    material = material_of(Log(), day_start=START)
    assert _middle_hour(material, pd.Series([23.2, 0.3] * 6)) == pytest.approx(23.75)


def test_a_cramp_earlier_today_can_be_the_reason_for_the_massage() -> None:
    """Every massage follows a cramp of the same day, cramps come in pairs of days."""
    rng = np.random.default_rng(5)
    records: list[Record] = [tracked(1, 1)]
    first = date(2024, 3, 1)
    bad = rng.random(400) < 0.5
    for n, is_bad in enumerate(np.repeat(bad, 2)[:400]):
        morning = datetime.combine(first, time(10), UTC) + timedelta(days=n)
        if is_bad and rng.random() < 0.7:
            records.append(Cramp(at=morning))
            if rng.random() < 0.8:
                records.append(Massage(at=morning + timedelta(hours=9), method=Method.HANDS))
        elif rng.random() < 0.2:
            records.append(Massage(at=morning + timedelta(hours=9), method=Method.HANDS))
    records.append(TrackedSpan(first_day=first, last_day=first + timedelta(days=401)))
    found = four_ways(material_of(Log(tuple(records)), day_start=START))
    way = next(way for way in found.ways if way.way == "hands")
    assert way.within_24.verdict is Verdict.NO_CLEAR


def test_the_day_that_still_runs_is_no_whole_day() -> None:
    log = (
        tracked(1, 9),
        Massage(at=at(5, 20)),
        Massage(at=at(5, 3), reason=Reason.RELIEF),
        Cramp(at=at(10, 8)),
    )
    assert str(days_of(*log).index[-1].date()) == "2024-03-10"
    assert str(days_of(*log, today=date(2024, 3, 10)).index[-1].date()) == "2024-03-09"
    assert days_of(Cramp(at=at(10, 8)), today=date(2024, 3, 10)).empty


def cramps_of(moments: list[datetime], clock: Clock = Clock.EXACT) -> pd.DataFrame:
    log = Log(tuple(Cramp(at=moment, clock=clock) for moment in moments))
    return cramp_table(log, day_start=START)


def spread_out(count: int, seed: int = 3) -> list[datetime]:
    """Moments at every hour of the day, written in half hours."""
    rng = np.random.default_rng(seed)
    return [
        FIRST + timedelta(days=2 * n, minutes=30 * int(rng.integers(0, 48))) for n in range(count)
    ]


def test_everything_logged_next_morning_names_no_hour() -> None:
    moments = [FIRST + timedelta(days=2 * n, hours=7) for n in range(40)]
    for found in (preferred_hour(cramps_of(moments)), night_share(cramps_of(moments))):
        assert found.verdict is not Verdict.HIGHER
        assert found.verdict is not Verdict.LOWER
        assert "100 % of the times are exactly 07:00" in found.refusal


def test_a_default_of_three_in_the_morning_is_no_busy_time() -> None:
    defaults = [FIRST + timedelta(days=2 * n + 1, hours=3) for n in range(30)]
    found = preferred_hour(cramps_of([*spread_out(70), *defaults]))
    assert "exactly 03:00" in found.refusal
    assert not np.isfinite(found.value)


def test_a_true_busy_time_in_full_hours_is_named() -> None:
    rng = np.random.default_rng(4)
    moments = [
        FIRST + timedelta(days=2 * n, hours=round(float(rng.normal(26, 1.5)))) for n in range(80)
    ]
    found = preferred_hour(cramps_of(moments))
    assert found.verdict is Verdict.HIGHER
    assert min(found.value, 24 - found.value) < 3
    held = found.table.iloc[0]
    assert held["kind"] == "held"
    assert held["share"] > 0.9


def test_two_busy_times_have_no_mean_hour_between_them() -> None:
    rng = np.random.default_rng(6)
    moments = [
        FIRST + timedelta(days=2 * n, hours=(3, 16)[n % 2] + float(rng.normal(0, 0.7)))
        for n in range(80)
    ]
    found = preferred_hour(cramps_of(moments))
    assert found.verdict is Verdict.HIGHER
    assert np.isnan(found.value)
    busy = found.table[found.table["kind"] == "busy"]
    assert sorted(busy["first"]) == [pytest.approx(2, abs=1), pytest.approx(15, abs=1)]


def test_cramps_of_unknown_time_count_by_day_and_not_by_hour() -> None:
    log = Log(
        (
            tracked(1, 9),
            Cramp(at=at(5, 12), clock=Clock.UNKNOWN),
            Cramp(at=at(6, 23), clock=Clock.NIGHT),
        )
    )
    days = day_table(log, day_start=START)
    assert days.loc["2024-03-05":"2024-03-06", "cramps"].tolist() == [1, 1]
    assert np.isnan(days.loc["2024-03-05", "night_cramps"])
    assert days.loc["2024-03-06", "night_cramps"] == 1
    assert night_share(cramps_of(spread_out(40), Clock.UNKNOWN)).n_bouts == 0
