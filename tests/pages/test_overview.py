"""The overview: what the log says now, and the welcome screen when it is empty."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from streamlit.testing.v1 import AppTest

from legcare.records import Cramp, Massage, TrackedSpan
from legcare.samples import people
from legcare.storage.logbook import Logbook
from tests.pages.conftest import Opener

AT = datetime(2026, 3, 8, 2, 30, tzinfo=UTC)


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in page.markdown)


def test_an_empty_log_offers_three_ways_in(open_page: Opener) -> None:
    page = open_page("overview")
    assert [heading.value for heading in page.header] == [
        "Explore a sample",
        "Upload what you have",
        "Log a first cramp",
    ]
    assert "stays in one file on this machine" in texts(page)
    assert [b.label for b in page.button if str(b.key).startswith("sample-")] == [
        person.name for person in people()
    ]


def test_a_sample_is_explored_without_touching_the_own_log(
    open_page: Opener, logbook: Logbook
) -> None:
    page = open_page("overview")
    page.button(key="sample-older").click().run()
    assert "nothing you see or enter here is kept" in texts(page)
    assert "Your last nights" in [heading.value for heading in page.header]
    assert len(logbook.log()) == 0
    page.button(key="stop-exploring").click().run()
    assert "Explore a sample" in [heading.value for heading in page.header]


def test_the_last_nights_are_counted_in_words(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep([Cramp(at=AT - timedelta(days=3 * day)) for day in range(8)], label="cramps")
    logbook.keep(
        [TrackedSpan(first_day=date(2026, 2, 1), last_day=date(2026, 3, 8))], label="settled"
    )
    assert "8 cramps in 28 logged days." in texts(open_page("overview"))


def test_one_record_is_said_as_a_first_day(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep([Cramp(at=AT)], label="one")
    assert "1 cramp in" in texts(open_page("overview"))


def test_a_log_that_ended_long_ago_is_shown_and_dated(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep([Cramp(at=AT - timedelta(days=400 + day)) for day in range(8)], label="old")
    said = texts(open_page("overview"))
    assert "8 cramps in 8 logged days." in said
    assert "The log ends on 31 January 2025." in said


def test_a_period_in_the_address_is_the_period_of_the_page(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep([Cramp(at=AT - timedelta(days=200)), Cramp(at=AT)], label="two")
    page = open_page("overview", period="Last 90 days")
    assert page.selectbox(key="period").value == "Last 90 days"
    assert "1 cramp in" in texts(page)


def test_the_massage_answer_stands_on_the_first_screen_and_on_its_own_page(
    open_page: Opener, logbook: Logbook
) -> None:
    evenings = [Massage(at=AT - timedelta(days=2 * day, hours=5)) for day in range(1, 6)]
    logbook.keep([*evenings, Cramp(at=AT - timedelta(days=4))], label="a first fortnight")
    span = TrackedSpan(first_day=date(2026, 2, 24), last_day=date(2026, 3, 8))
    logbook.keep([span], label="settled")
    for name in ("overview", "benefits"):
        page = open_page(name)
        assert "Does massage help you?" in [heading.value for heading in page.header]
        assert "After 5 massage evenings: 1 night with a cramp" in texts(page)


def test_a_sample_ended_yesterday_tells_a_story_and_turns_over_the_truth_after_a_guess(
    open_page: Opener,
) -> None:
    page = open_page("overview")
    page.button(key="sample-older").click().run()
    assert "The log ends" not in texts(page)
    assert "Woken by calf cramps every third night" in texts(page)
    assert "changes nothing" not in texts(page)
    page.get_by_key("sample-guess").select("It does nothing").run()
    assert "**The truth that was put in:** Massage follows the cramps" in texts(page)
    assert "**The log:** rightly claims nothing." in texts(page)


def test_a_reload_keeps_exploring_and_leaving_does_not(open_page: Opener) -> None:
    page = open_page("overview", sample="desk")
    assert page.selectbox(key="sample").value == "desk"
    assert "Sits all day" in texts(page)
    page.button(key="stop-exploring").click().run()
    assert "Explore a sample" in [heading.value for heading in page.header]
