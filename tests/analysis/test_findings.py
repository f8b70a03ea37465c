"""The ledger holds every question once, with the verdict that its page may show."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from benchmarks.massage_worlds import World, batch
from legcare.analysis.estimate import Verdict
from legcare.analysis.findings import PAGES, findings, main_questions
from legcare.analysis.massage import massage_answer
from legcare.days import day_table
from legcare.records import Log, Reading, TrackedSpan

SIX = time(6)


@pytest.fixture(scope="module")
def log() -> Log:
    """Half a year with an effect of massage, and water that means nothing."""
    rng = np.random.default_rng(8)
    made = batch(World(weekly=5, ratio=0.35, days=200), 1, rng).log(0)
    readings = [
        Reading(day=date(2025, 1, 6) + timedelta(days=n), factor="hydration_ml", value=float(ml))
        for n, ml in enumerate(rng.normal(1800, 300, 200))
    ]
    return Log((*made.records, *readings))


def test_every_question_stands_once_on_a_known_page(log: Log):
    ledger = findings(log, day_start=SIX)
    keys = [(one.page, one.key) for one in ledger]
    assert len(set(keys)) == len(keys)
    assert {one.page for one in ledger} == set(PAGES) - {"experiment"}
    held = set(keys)
    assert {
        ("overview", "against_before"),
        ("frequency", "trend"),
        ("timing", "hour"),
        ("associations", "main:hydration_ml"),
        ("associations", "explore:hydration_ml:1"),
        ("benefits", "massage"),
        ("benefits", "recovery"),
        ("benefits", "companion:hydration_ml"),
        ("benefits", "place:calf:left"),
    } <= held
    assert not any("massage" in one.key for one in ledger if one.page == "associations")


def test_clear_is_fewer_or_more_and_nothing_else(log: Log):
    for one in findings(log, day_start=SIX):
        assert one.clear == (one.verdict in (Verdict.LOWER, Verdict.HIGHER))
        if one.estimate.refusal:
            assert not one.clear


def test_the_ledger_quotes_the_massage_answer(log: Log):
    today = date(2025, 7, 20)
    (quoted,) = [
        one
        for one in findings(log, day_start=SIX, today=today, pages=["benefits"])
        if one.key == "massage"
    ]
    assert quoted.estimate == massage_answer(log, day_start=SIX, today=today)
    assert quoted.verdict is Verdict.LOWER
    assert quoted.clear


def test_main_questions_wait_for_a_set_date_and_leave_massage_to_its_own_answer(log: Log):
    days = day_table(log, day_start=SIX)
    early = main_questions(days, today=date(2025, 4, 1))
    assert [one.factor for one in early.answers] == ["hydration_ml"]
    assert early.answers[0].verdict is Verdict.NOT_ENOUGH
    assert early.answers[0].shown
    late = main_questions(days, today=date(2025, 7, 24))
    assert late.answers[0].verdict is Verdict.NO_CLEAR


def test_an_empty_log_has_questions_without_answers():
    ledger = findings(Log(()), day_start=SIX)
    assert not any(one.clear for one in ledger)
    assert ("benefits", "massage") in {(one.page, one.key) for one in ledger}


def test_one_day_is_no_error():
    day = TrackedSpan(
        first_day=date(2025, 1, 6),
        last_day=date(2025, 1, 6),
        created_at=datetime(2025, 1, 7, tzinfo=UTC),
    )
    for today in (None, date(2025, 1, 6), date(2025, 1, 7)):
        assert not any(one.clear for one in findings(Log((day,)), day_start=SIX, today=today))
