"""Timing: an hour is named only where there is one; waits are a description."""

from __future__ import annotations

import re

import pytest

from legcare.storage.logbook import Logbook
from tests.pages import logs
from tests.pages.conftest import Opener
from tests.pages.test_frequency import opened


def test_an_empty_log_says_what_will_stand_here(open_page: Opener) -> None:
    assert "begins to fill with your first cramp" in logs.said(open_page("timing"))


def test_one_record_names_no_hour(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.ONE, label="one")
    page = open_page("timing")
    assert "14 more separate bouts of cramps" in logs.said(page)
    assert not page.exception


def test_the_sample_names_its_hour_and_sets_night_against_day(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep(logs.sample(), label="sample")
    text = logs.said(open_page("timing"))
    assert (
        re.search("Your cramps (gather around|have busy)", text)
        or "no preferred hour" in text.lower()
    )
    assert "per hour of night as per hour of day" in text


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("Week and year", "Weekdays differ by more than chance explains"),
        ("How bad and when", "is known for"),
        ("After massage or exercise", "A description, not evidence"),
    ],
)
def test_each_part_says_its_sentence(
    open_page: Opener, logbook: Logbook, part: str, words: str
) -> None:
    logbook.keep(logs.sample(), label="sample")
    page = opened(open_page, "timing", part)
    assert words in logs.said(page)
    assert not page.exception


def test_without_massages_it_says_what_to_log(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.only_cramps(), label="cramps")
    page = opened(open_page, "timing", "After massage or exercise")
    assert "No massage is logged in this period" in logs.said(page)
    assert "No workout is logged in this period" in logs.said(page)
