"""Paired changes, workouts and what followed them, ways, companions, direction, visits."""

from datetime import UTC, date, datetime, timedelta
from math import isnan

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from benchmarks.simulated_people import Person, Scenario, simulated
from legcare.analysis.benefits import Material, material_of, seven_benefits
from legcare.analysis.benefits.companions import companions, compared, with_kinds, with_unusual_load
from legcare.analysis.benefits.exercise import workout_days
from legcare.analysis.benefits.material import cramps_between
from legcare.analysis.benefits.paired import paired_change
from legcare.analysis.benefits.recovery import waits
from legcare.analysis.benefits.visits import changes, snapshot
from legcare.analysis.benefits.ways import four_ways
from legcare.records import (
    DAY_START,
    Cramp,
    Factor,
    Log,
    Massage,
    Method,
    Oil,
    Reading,
    Reason,
    Record,
    TrackedSpan,
    Workout,
    WorkoutKind,
)

AT = datetime(2025, 1, 1, 20, tzinfo=UTC)
OPEN = "cannot say"
SPAN = TrackedSpan(
    first_day=AT.date() - timedelta(days=2), last_day=AT.date() + timedelta(days=120)
)


def made(*records: Record) -> Material:
    return material_of(Log((SPAN, *records)), day_start=DAY_START)


def later(**step: float) -> datetime:
    return AT + timedelta(**step)


def rated(n: int, before: float, after: float) -> Massage:
    return Massage(at=later(days=n), stress_before=before, stress_after=after)


def test_change_over_sessions_is_the_paired_t_interval() -> None:
    random = np.random.default_rng(3)
    before, after = random.integers(3, 9, 20), random.integers(1, 7, 20)
    material = made(
        *(rated(n, float(b), float(a)) for n, (b, a) in enumerate(zip(before, after, strict=True)))
    )
    found = paired_change(material, "stress").change
    theirs = stats.ttest_rel(after, before).confidence_interval()
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))
    assert found.value == pytest.approx(np.mean(after - before))
    assert isnan(found.p)
    assert "not an effect" in found.caveats[0]


def test_falling_back_to_usual_is_told_beside_the_change() -> None:
    sessions = [rated(n, 8, 5) for n in range(0, 60, 5)]
    random = np.random.default_rng(4)
    daily = [
        Reading(
            day=AT.date() + timedelta(days=n), factor="stress", value=float(random.integers(3, 6))
        )
        for n in range(60)
    ]
    change = paired_change(made(*sessions, *daily), "stress")
    assert change.usual == pytest.approx(np.mean([r.value for r in daily]))
    assert -(8 - change.usual) <= change.towards_usual < -2
    assert change.ordinary == pytest.approx(np.std(np.diff([r.value for r in daily])))


def test_without_daily_ratings_the_part_is_unknown_and_said_so() -> None:
    change = paired_change(made(*(rated(n, 6, 5) for n in range(12))), "stress")
    assert isnan(change.towards_usual)
    assert "cannot be told" in change.note


def test_nine_sessions_are_too_few_and_relief_does_not_count() -> None:
    relief = Massage(at=later(days=20), reason=Reason.RELIEF, stress_before=9, stress_after=1)
    change = paired_change(made(*(rated(n, 6, 5) for n in range(9)), relief), "stress")
    assert change.change.refusal == "9 of 10 planned massages have a rating before and after."
    assert change.change.still_needed == "1 more massage with both ratings"


def test_a_window_counts_its_start_and_not_its_end_and_needs_tracked_days() -> None:
    massage = Massage(at=AT)
    cramps = (Cramp(at=AT), Cramp(at=later(hours=23.9)), Cramp(at=later(hours=24)))
    material = made(massage, *cramps)
    assert cramps_between(material, material.massages, first_h=0, last_h=24).tolist() == [2.0]
    untracked = material_of(Log((massage, *cramps[:1])), day_start=DAY_START)
    assert np.isnan(cramps_between(untracked, untracked.massages, first_h=0, last_h=24)).all()


def test_what_followed_a_workout() -> None:
    day = timedelta(days=1)
    material = made(
        Workout(at=AT, minutes=60, effort=5),
        Massage(at=later(hours=2), minutes=10),
        Cramp(at=later(hours=4)),
        Cramp(at=later(hours=9)),
        Workout(at=AT + 3 * day, minutes=30),
        Massage(at=later(days=3, hours=8)),
        Workout(at=AT + 6 * day, minutes=30),
        Massage(at=later(days=6, hours=1), reason=Reason.RELIEF),
        Reading(day=AT.date(), factor="soreness", value=1),
        Reading(day=AT.date() + day, factor="soreness", value=6),
    )
    found = workout_days(material)
    assert found["massaged"].tolist()[:2] == [1.0, 0.0]
    assert isnan(found["massaged"].iloc[2])
    assert (found["early"].iloc[0], found["late"].iloc[0]) == (1.0, 1.0)
    assert found["load"].tolist() == [300.0, 30.0, 30.0]
    assert (found["sore_0"].iloc[0], found["sore_1"].iloc[0]) == (1.0, 6.0)


def test_waits_until_usual_end_are_cut_or_seen() -> None:
    first = AT.date()
    scores = [2, 6, 5, 2] + [2] * 20 + [2, 7, 7] + [2] * 10
    sore = [
        Reading(day=first + timedelta(days=n), factor="soreness", value=value)
        for n, value in enumerate(scores)
    ]
    workouts = [Workout(at=later(days=n), minutes=40) for n in (0, 24, 27)]
    massages = (Massage(at=later(days=-1)), Massage(at=later(days=24, hours=1)))
    material = made(*sore, *workouts, *massages)
    found = waits(material, workout_days(material))
    assert found["wait"].tolist() == [3.0, 2.0, 1.0]
    assert found["ended"].tolist() == [1.0, 0.0, 1.0]
    assert found["massaged"].tolist() == [0.0, 1.0, 0.0]


def test_ways_say_how_few_there_are_and_how_many_do_not_say() -> None:
    rolled = [
        Massage(at=later(days=4 * n), method=Method.FOAM_ROLLER, oil=Oil.NONE) for n in range(20)
    ]
    plain = [Massage(at=later(days=4 * n + 2, hours=-10)) for n in range(5)]
    cramps = [Cramp(at=later(days=1.3 * n)) for n in range(80)]
    found = four_ways(made(*rolled, *plain, *cramps))
    held = {(way.aspect, way.way): way for way in found.ways}
    assert held["method", "foam_roller"].massages == 20
    assert held["method", "foam_roller"].label == "Foam roller"
    assert held["method", "foam_roller"].note == "foam_roller"
    assert (held["oil", "none"].label, held["oil", "none"].note) == ("No oil", "")
    assert held["part_of_day", "morning"].massages == 5
    assert found.unsaid == {"method": 5, "reason": 25, "oil": 5, "part_of_day": 0}
    assert held["method", "foam_roller"].within_24.shown
    assert (
        held["part_of_day", "morning"].within_24.still_needed
        == "5 more planned massages of this kind"
    )


def test_a_way_that_truly_helps_is_seen() -> None:
    found = four_ways(material_of(simulated(Scenario.EFFECT, 1), day_start=DAY_START))
    routine = next(way for way in found.ways if way.way == "routine")
    assert routine.within_24.low <= np.exp(-0.8) <= routine.within_24.high < 1


def test_companions_bend_and_count() -> None:
    random = np.random.default_rng(5)
    drunk = random.uniform(1000, 3000, 120)
    rate = np.where(np.abs(drunk - 2000) < 400, 0.2, 1.0)
    days = [AT.date() + timedelta(days=n) for n in range(120)]
    water = [
        Reading(day=day, factor="hydration_ml", value=float(v))
        for day, v in zip(days, drunk, strict=True)
    ]
    cramps = [
        Cramp(at=later(days=n, hours=6))
        for n, k in enumerate(random.poisson(rate))
        for _ in range(k)
    ]
    tea = Factor(key="tea", label="Tea", unit="cups", own=True)
    cups = [Reading(day=day, factor="tea", value=float(n % 4)) for n, day in enumerate(days)]
    log = Log((SPAN, *water, *cramps, *cups), own_factors=(tea,))
    found = companions(material_of(log, day_start=DAY_START))
    assert [one.factor for one in found] == ["hydration_ml", "tea"]
    assert found[0].note == "hydration"
    curve = found[0].curve.table
    middle = curve.iloc[(curve["x"] - 2000).abs().argmin()]
    assert curve["value"].iloc[0] > middle["value"]
    assert curve["value"].iloc[-1] > middle["value"]
    assert compared(found) == "2 comparisons, fewer than one expected by chance."


def test_unusual_load_is_against_the_four_weeks_before() -> None:
    days = made(
        *(Workout(at=later(days=n), minutes=50, effort=4 if n < 40 else 8) for n in range(60))
    ).days
    load = with_unusual_load(days)["unusual_load"]
    assert load[load.index.date == AT.date() + timedelta(days=39)].iloc[0] == pytest.approx(0.0)
    assert load[load.index.date == AT.date() + timedelta(days=40)].iloc[0] == pytest.approx(2.0)
    assert "unusual_load" not in days


def test_a_kind_of_exercise_is_on_off_or_unknown() -> None:
    run, swim = (
        Workout(at=later(days=n), minutes=50, kind=kind)
        for n, kind in ((1, WorkoutKind.RUN), (2, WorkoutKind.SWIM))
    )
    silent = Workout(at=later(days=4), kind=WorkoutKind.RUN)
    some = Workout(at=later(days=5), minutes=20)
    material = made(run, swim, silent, some)
    found = with_kinds(material.days, material.workouts)
    assert "workout_walk" not in found
    runs = found["workout_run"].loc[pd.Timestamp(AT.date() + timedelta(days=1)) :].iloc[:5]
    assert runs.tolist()[:4] == [1.0, 0.0, 0.0, 1.0]
    assert isnan(runs.iloc[4])  # a workout of unknown kind may have been a run


def test_what_changed_since_the_last_visit() -> None:
    log = simulated(Scenario.EFFECT, 4, Person(days=200))
    whole = seven_benefits(material_of(log, day_start=DAY_START))
    half = Log(tuple(r for r in log.records if _day(r) < date(2025, 4, 10)))
    short = seven_benefits(material_of(half, day_start=DAY_START))
    kinds = {change.key: change.kind for change in changes(snapshot(short, OPEN), whole, OPEN)}
    assert kinds["flexibility"] == "appeared"
    back = {change.key: change.kind for change in changes(snapshot(whole, OPEN), short, OPEN)}
    assert back["flexibility"] == "withdrawn"
    assert set(kinds.values()) <= {"appeared", "moved", "sharpened", "weakened"}
    assert len(kinds) >= 3
    assert changes(snapshot(whole, OPEN), whole, OPEN) == ()
    assert changes(None, whole, OPEN) == ()
    (massage,) = changes(snapshot(whole, OPEN), whole, "clear fewer")
    assert massage.sentence == 'Does massage help you: was "cannot say", is now "clear fewer".'
    kept_by_an_older_version = {k: v for k, v in snapshot(whole, OPEN).items() if k != "massage"}
    assert changes(kept_by_an_older_version, whole, "clear fewer") == ()


@pytest.mark.parametrize(("width", "kind"), [(0.5, "weakened"), (2.0, "sharpened")])
def test_wider_and_narrower_intervals(width: float, kind: str) -> None:
    seven = seven_benefits(
        material_of(simulated(Scenario.NONE, 5, Person(days=150)), day_start=DAY_START)
    )
    then = snapshot(seven, OPEN)
    stress = then["stress"]
    middle, half = (stress["high"] + stress["low"]) / 2, (stress["high"] - stress["low"]) / 2
    then["stress"] = {**stress, "low": middle - half * width, "high": middle + half * width}
    assert [(change.key, change.kind) for change in changes(then, seven, OPEN)] == [
        ("stress", kind)
    ]


def _day(record: Record) -> date:
    if isinstance(record, Reading):
        return record.day
    return record.first_day if isinstance(record, TrackedSpan) else record.at.date()
