"""Frequency.

The rate with its interval on every log, and what is missing where there is too little.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from legcare.analysis.frequency import cramp_rate
from legcare.days import day_table
from legcare.storage.logbook import Logbook
from tests.pages import logs
from tests.pages.conftest import Opener


def test_an_empty_log_says_what_will_stand_here(open_page: Opener) -> None:
    page = open_page("frequency")
    assert "Your log is empty" in logs.said(page)
    assert "begins to fill with your first cramp" in logs.said(page)
    assert not page.exception


def test_one_record_says_how_many_days_are_missing(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.ONE, label="one")
    page = open_page("frequency")
    assert "6 more tracked days" in logs.said(page)
    assert not page.exception


def test_the_rate_on_the_page_is_the_rate_of_the_log(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.sample(), label="sample")
    log = logbook.log()
    rate = cramp_rate(day_table(log, day_start=logbook.preferences().day_start))
    text = logs.said(open_page("frequency"))
    assert f"In {rate.n_days} tracked days you had {rate.value:.1f} cramps a week" in text
    assert f"95 % interval {rate.low:.1f} to {rate.high:.1f}" in text


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("Where and how bad", "severe cramps came"),
        ("Before and after", "what doing nothing can look like"),
        ("Unlogged days", "of the days are logged"),
    ],
)
@pytest.mark.parametrize("log", [logs.sample, logs.only_cramps])
def test_each_part_says_its_sentence(
    open_page: Opener, logbook: Logbook, log, part: str, words: str
) -> None:
    logbook.keep(log(), label="log")
    page = opened(open_page, "frequency", part)
    assert words in logs.said(page)
    assert not page.exception


def test_before_and_after_never_says_what_made_the_difference(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep(logs.sample(), label="log")
    text = logs.said(opened(open_page, "frequency", "Before and after")).lower()
    assert not any(
        word in text for word in ("prevents", "treats", "reduces", "because of the massage")
    )


def opened(open_page: Opener, name: str, part: str) -> AppTest:
    page = open_page(name)
    page.session_state[f"{name}-part"] = part
    return page.run()
