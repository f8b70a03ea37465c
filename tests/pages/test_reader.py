"""What is typed and shown in a reader's own units and signs, and kept in the log's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from legcare.records import Cramp, DecimalSign, Preferences, Reading, Units
from legcare.storage.logbook import Logbook
from tests.pages.conftest import Opener

COMMA = Preferences(decimal=DecimalSign.COMMA, checkin=("hydration_ml", "sleep_h", "weight_kg"))
TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(("typed", "kept"), [("7,5", 7.5), ("7.5", 7.5), ("8", 8.0)])
def test_a_comma_and_a_point_are_both_kept_as_typed(
    open_page: Opener, logbook: Logbook, typed: str, kept: float
) -> None:
    logbook.set_preferences(COMMA)
    page = open_page("today")
    page.text_input(key="checkin-sleep_h-text").set_value(typed)
    page.text_input(key="checkin-hydration_ml-text").set_value("1.250")
    next(b for b in page.button if b.label == "Save check-in").click().run()
    assert {r.factor: r.value for r in logbook.log().readings} == {
        "sleep_h": kept,
        "hydration_ml": 1250.0,
    }


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("seven", "Sleep (h): 'seven' is not a number"),
        ("75", "Sleep (h): 75 was entered, it must be at most 24"),
    ],
)
def test_a_number_that_cannot_be_is_said_and_nothing_is_lost(
    open_page: Opener, logbook: Logbook, typed: str, said: str
) -> None:
    logbook.set_preferences(COMMA)
    page = open_page("today")
    page.text_input(key="checkin-sleep_h-text").set_value(typed)
    page.text_input(key="checkin-weight_kg-text").set_value("70,5")
    next(b for b in page.button if b.label == "Save check-in").click().run()
    assert said in page.error[0].value
    assert len(logbook.log()) == 0
    assert page.text_input(key="checkin-weight_kg-text").value == "70,5"


def test_an_untouched_value_is_not_rounded_by_its_display(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep(
        [Reading(day=TODAY, factor="hydration_ml", value=1000.0, source="entered")], label="one"
    )
    logbook.set_preferences(Preferences(units=Units.US, checkin=("hydration_ml",)))
    page = open_page("today")
    assert page.number_input(key="checkin-hydration_ml").value == 34
    next(b for b in page.button if b.label == "Save check-in").click().run()
    assert [r.value for r in logbook.log().readings] == [1000.0]
    page.number_input(key="checkin-hydration_ml").set_value(16.0)
    next(b for b in page.button if b.label == "Save check-in").click().run()
    assert [r.value for r in logbook.log().readings] == [pytest.approx(473.176473)]


def test_minutes_of_a_cramp_take_a_comma(open_page: Opener, logbook: Logbook) -> None:
    logbook.set_preferences(COMMA)
    cramp = Cramp(at=datetime(2026, 3, 10, 2, 0, tzinfo=UTC))
    logbook.keep([cramp], label="one")
    page = open_page("today")
    field = next(f for f in page.text_input if str(f.key).endswith("-minutes-text"))
    field.set_value("2,5")
    next(
        b for b in page.button if str(b.key).startswith("submit-") or b.label == "Save"
    ).click().run()
    assert [c.minutes for c in logbook.log().cramps] == [2.5]
