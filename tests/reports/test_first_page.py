"""The first page for a doctor: every fact on it equals the log."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest

from legcare import days as tables
from legcare.analysis.doctor import QUESTIONS, DoctorFacts, doctor_facts
from legcare.charts import sentences as say
from legcare.records import (
    Clock,
    Cramp,
    Log,
    Mark,
    MarkKind,
    Muscle,
    Preferences,
    Relief,
    Side,
    TrackedSpan,
    Workout,
    legcare_day,
)
from legcare.reports.first_page import Cover, asked_rows, cramp_line, fact_rows, stretch_table
from legcare.reports.html import report
from legcare.samples import load

START = Preferences().day_start
MADE_ON = date(2026, 3, 10)


def facts_of(log: Log) -> DoctorFacts:
    facts = doctor_facts(log, tables.day_table(log, day_start=START), day_start=START)
    assert facts is not None
    return facts


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


@pytest.mark.parametrize("person", ["older", "runner", "desk"])
def test_every_fact_equals_the_log(person: str) -> None:
    log = Log(load(person).records)
    facts = facts_of(log)
    cramps = log.cramps
    bad = [cramp.severity for cramp in cramps if cramp.severity is not None]
    long = [cramp.minutes for cramp in cramps if cramp.minutes is not None]
    sore = [cramp.sore_after for cramp in cramps if cramp.sore_after is not None]
    assert facts.severity is not None
    assert facts.minutes is not None
    assert (facts.severity.median, facts.severity.n) == (median(bad), len(bad))
    assert (facts.minutes.median, facts.minutes.n) == (median(long), len(long))
    assert facts.long is not None
    assert facts.long.n == sum(minutes > 10 for minutes in long)
    assert facts.sore is not None
    assert (facts.sore.n, facts.sore.of) == (sum(sore), len(sore))
    muscle = facts.muscles[0]
    assert muscle.n == sum(c.muscle is not None and c.muscle.label == muscle.what for c in cramps)
    assert muscle.of == sum(cramp.muscle is not None for cramp in cramps)
    for one in facts.relief:
        assert one.cramps == sum(one.relief in cramp.relief for cramp in cramps)


@pytest.mark.parametrize("person", ["older", "runner", "desk"])
def test_both_stretches_equal_the_log(person: str) -> None:
    log = Log(load(person).records)
    facts = facts_of(log)
    for part in (facts.recent, facts.whole):
        inside = [c for c in log.cramps if part.first <= legcare_day(c.at, START) <= part.last]
        assert part.cramps == len(inside)
        assert part.woken == len({legcare_day(c.at, START) for c in inside if c.woke_me})
        done = [w for w in log.workouts if part.first <= legcare_day(w.at, START) <= part.last]
        assert part.exercise.sessions == len(done)
        assert part.exercise.load == pytest.approx(
            sum((w.minutes or 0) * (w.effort or 0) for w in done)
        )
    assert (facts.recent.last - facts.recent.first).days == 27
    assert facts.whole.cramps == len(log.cramps)


@pytest.mark.parametrize("person", ["older", "runner", "desk"])
def test_the_page_holds_every_row(person: str) -> None:
    log = Log(load(person).records)
    page = plain(report(log, Preferences(), Cover(MADE_ON)).html)
    facts = facts_of(log)
    for row in fact_rows(facts):
        assert row.text in page
    for _, recent, whole in stretch_table(facts):
        assert recent in page
        assert whole in page


def at(day: int, hour: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, 5, tzinfo=UTC)


def test_a_first_week_says_what_is_missing() -> None:
    log = Log.of([Cramp(at=at(2)), TrackedSpan(first_day=at(1).date(), last_day=at(3).date())])
    facts = facts_of(log)
    assert {row.label: row.text for row in fact_rows(facts)} == {
        "Where": "not logged",
        "When": "100 in 100 from 00 to 06 (of 1 cramp with a time)",
        "Doing": "not logged",
        "How bad": "not logged",
        "How long": "not logged",
        "Sore after": "not logged",
    }
    rows = {label: whole for label, _, whole in stretch_table(facts)}
    assert rows["Cramps a week"] == "too few days logged"
    assert rows["Nights woken"] == "0 (1 cramp without an answer)"
    assert doctor_facts(Log(), tables.day_table(Log(), day_start=START), day_start=START) is None


def test_a_clock_that_nobody_read_makes_no_hour() -> None:
    cramp = Cramp(at=at(2), clock=Clock.NIGHT, muscle=Muscle.HAMSTRING, side=Side.LEFT)
    facts = facts_of(Log.of([cramp]))
    assert facts.quarter is None
    assert "02:05" not in cramp_line(cramp)
    assert "at night" in cramp_line(cramp)


def test_near_cramps_relief_distance_and_marks_stand_there() -> None:
    log = Log.of(
        [
            Cramp(
                at=at(day),
                near=day == 3,
                minutes=float(day),
                relief=(Relief.PICKLE_JUICE, Relief.STAND),
                sore_hours=6,
            )
            for day in (2, 3, 4)
        ]
        + [Workout(at=at(4, 9), minutes=30, effort=5, distance_km=5.5)]
        + [Mark(first_day=at(2).date(), kind=MarkKind.MEDICINE, name="Water tablet", dose="1")]
    )
    page = plain(report(log, Preferences(), Cover(MADE_ON)).html)
    assert "3, 1 of them near-cramps" in page
    assert "1 session, 30 min, load 150, 5.5 km" in page
    assert "3 cramps, gone after 3 min (median of 3)" in page
    assert "usually 6 h, one in ten above 6 h (of 3)" in page
    assert "Medicine: Water tablet" in page
    assert f"1, since {say.day_words(at(2))}" in page


def test_questions_are_answered_or_not_asked() -> None:
    rows = {row.label: row.text for row in asked_rows({"urine": False, "swelling": True})}
    assert rows[QUESTIONS["urine"]] == "no"
    assert rows[QUESTIONS["swelling"]] == "yes"
    assert rows[QUESTIONS["numbness"]] == "not asked"
    page = plain(report(Log(), Preferences(), Cover(MADE_ON, question="Why <me>?")).html)
    assert "Why &lt;me&gt;?" in page
    assert page.count("not asked") == len(QUESTIONS)


def test_the_last_four_weeks_end_with_the_log() -> None:
    log = Log.of([Cramp(at=at(1) + timedelta(days=n), woke_me=True) for n in range(60)])
    recent = facts_of(log).recent
    assert (recent.days, recent.cramps, recent.woken) == (28, 28, 28)
    assert recent.last == date(2026, 4, 28), "the night belongs to the day before"
