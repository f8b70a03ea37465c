"""Redaction, as properties.

Nothing outside the period, no notes, no factor and no clock that was not granted.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.days import day_table, is_night, tracked_days
from legcare.records import (
    Cramp,
    Event,
    Factor,
    Log,
    Massage,
    Preferences,
    Reading,
    TrackedSpan,
    Workout,
    legcare_day,
)
from legcare.sharing.grant import KINDS, Grant
from legcare.sharing.redaction import part_of_day, redacted, redacted_preferences
from tests.strategies import DAYS, LOGS, MOMENTS

STARTS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
FACTORS = ("hydration_ml", "stress", "sleep_h", "soreness", "heaviness", "steps")


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    first = draw(st.none() | DAYS)
    length = draw(st.integers(0, 400))
    return Grant(
        first_day=first,
        last_day=draw(st.sampled_from([None, first and first + timedelta(days=length)])),
        kinds=draw(st.lists(st.sampled_from(KINDS), unique=True).map(tuple)),
        factors=draw(st.lists(st.sampled_from(FACTORS), unique=True).map(tuple)),
        notes=draw(st.booleans()),
        exact_times=draw(st.booleans()),
    )


@given(LOGS, grants(), STARTS)
def test_nothing_is_shown_that_was_not_granted(log: Log, grant: Grant, start: time) -> None:
    shown = redacted(log, Preferences(day_start=start), grant)
    first, last = grant.first_day or date.min, grant.last_day or date.max
    for record in shown.records:
        if isinstance(record, Event):
            assert record.type in grant.kinds
            assert first <= legcare_day(record.at, start) <= last
            assert grant.notes or (record.note, getattr(record, "kind_text", "")) == ("", "")
        elif isinstance(record, Reading):
            assert record.factor in grant.factors
            assert first <= record.day <= last
        else:
            assert first <= record.first_day <= record.last_day <= last
        if isinstance(record, Massage) and "stress" not in grant.factors:
            assert (record.stress_before, record.stress_after) == (None, None)
    assert {record.id for record in log.records}.isdisjoint(record.id for record in shown.records)
    assert {record.source for record in shown.records} <= {"entered"} | {
        f"import {n:03}" for n in range(1, 4)
    }
    assert all(record.created_at < datetime(2000, 1, 2, tzinfo=UTC) for record in shown.records)


@given(LOGS, grants(), STARTS)
def test_everything_that_was_granted_is_shown(log: Log, grant: Grant, start: time) -> None:
    shown = redacted(log, Preferences(day_start=start), grant)
    first, last = grant.first_day or date.min, grant.last_day or date.max
    for kind, mine, theirs in (
        ("cramp", log.cramps, shown.cramps),
        ("workout", log.workouts, shown.workouts),
    ):
        wanted = [
            r for r in mine if kind in grant.kinds and first <= legcare_day(r.at, start) <= last
        ]
        assert sorted(str(r.minutes) for r in theirs) == sorted(str(r.minutes) for r in wanted)
    readings = [r for r in log.readings if r.factor in grant.factors and first <= r.day <= last]
    assert sorted((r.factor, r.day, r.value) for r in shown.readings) == sorted(
        (r.factor, r.day, r.value) for r in readings
    )
    spans = Log(tuple(log.spans))
    wanted_days = {day for day in tracked_days(spans, day_start=start) if first <= day <= last}
    assert tracked_days(Log(shown.spans), day_start=start) == wanted_days


@given(MOMENTS, STARTS)
def test_a_part_of_the_day_keeps_the_day_and_the_night_and_tells_no_more(
    at: datetime, start: time
) -> None:
    stands = part_of_day(at, start)
    assert legcare_day(stands, start) == legcare_day(at, start)
    assert is_night(Cramp(at=stands)) == is_night(Cramp(at=at))
    assert part_of_day(stands, start) == stands
    assert stands.utcoffset() == at.utcoffset()
    assert abs(stands - at) < timedelta(hours=8)


@given(STARTS)
def test_four_clock_times_are_left_and_one_more_where_the_day_start_cuts_a_part(
    start: time,
) -> None:
    round_the_clock = [
        datetime(2026, 5, 4, tzinfo=UTC) + timedelta(minutes=7 * step) for step in range(206)
    ]
    left = {part_of_day(at, start).time() for at in round_the_clock}
    assert 3 <= len(left) <= 5
    assert {part_of_day(at, time(6)).time() for at in round_the_clock} == {
        time(2),
        time(9),
        time(15),
        time(20),
    }


@pytest.mark.parametrize(
    ("clock", "stands"),
    [
        ("05:59", "02:00"),
        ("06:00", "09:00"),
        ("11:59", "09:00"),
        ("12:00", "15:00"),
        ("17:59", "15:00"),
        ("18:00", "20:00"),
        ("21:59", "20:00"),
        ("22:00", "02:00"),
        ("00:00", "02:00"),
    ],
)
def test_the_four_parts_of_a_usual_day(clock: str, stands: str) -> None:
    at = datetime.combine(date(2026, 5, 4), time.fromisoformat(clock), UTC)
    assert f"{part_of_day(at, time(6)):%H:%M}" == stands


def test_the_last_of_two_readings_stays_the_last() -> None:
    early, late = (
        Reading(
            day="2026-05-04",
            factor="weight_kg",
            value=value,
            created_at=datetime(2026, 5, 4, hour, tzinfo=UTC),
        )
        for value, hour in ((70, 8), (71, 20))
    )
    shown = redacted(Log((late, early)), Preferences(), Grant(factors=("weight_kg",)))
    assert day_table(shown, day_start=time(6))["weight_kg"].tolist() == [71]


def test_sources_lose_their_names_and_keep_their_rank() -> None:
    readings = tuple(
        Reading(day="2026-05-04", factor="steps", value=value, source=source)
        for source, value in (("anna.csv", 1), ("watch of anna", 2))
    )
    log = Log(
        readings, preferred={"steps": ("watch of anna", "anna.csv"), "sleep_h": ("watch of anna",)}
    )
    shown = redacted(log, Preferences(), Grant(factors=("steps",)))
    assert shown.preferred == {"steps": ("import 002", "import 001")}
    assert day_table(shown, day_start=time(6))["steps"].tolist() == [2]
    assert "anna" not in repr(shown)


def test_only_shared_own_factors_are_named() -> None:
    own = tuple(Factor(key=key, label=key, unit="", own=True) for key in ("tea", "secret"))
    chosen = Preferences(
        own_factors=own, zone="Europe/Berlin", confounders=("secret", "tea"), checkin=("secret",)
    )
    shown = redacted_preferences(chosen, Grant(factors=("tea",)))
    assert "secret" not in repr(shown)
    assert (shown.own_factors, shown.confounders, shown.zone) == (own[:1], ("tea",), "")
    assert redacted_preferences(chosen, Grant(exact_times=True)).zone == "Europe/Berlin"


def test_a_span_is_cut_to_the_period() -> None:
    span = TrackedSpan(first_day="2026-01-01", last_day="2026-12-31")
    grant = Grant(first_day="2026-05-01", last_day="2026-05-31")
    (shown,) = redacted(Log((span,)), Preferences(), grant).spans
    assert (shown.first_day, shown.last_day) == (date(2026, 5, 1), date(2026, 5, 31))


def test_the_log_itself_is_not_changed() -> None:
    workout = Workout(at=datetime(2026, 5, 4, 7, 13, tzinfo=UTC), note="mine", kind_text="mine")
    log = Log((workout,))
    redacted(log, Preferences(), Grant())
    assert log.records == (workout,)
    assert workout.note == "mine"
