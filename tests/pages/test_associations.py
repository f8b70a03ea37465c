"""Associations: no verdict without interval, days and comparisons.

"not clear" never reads as "no effect".
"""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from legcare.analysis.findings import main_questions
from legcare.charts.sentences import reach_words
from legcare.days import day_table
from legcare.storage.logbook import Logbook
from tests.pages import logs
from tests.pages.conftest import Opener
from tests.pages.test_frequency import opened

TODAY = date(2026, 3, 9)  # 03:10 on the 10th still belongs to it


def test_an_empty_log_says_what_will_stand_here(open_page: Opener) -> None:
    assert "begins to fill with your first cramp" in logs.said(open_page("associations"))


def test_one_record_says_what_to_log(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.ONE, label="one")
    page = open_page("associations")
    assert "Not in your log yet: stretching, hydration, exercise, sleep" in logs.said(page)
    assert not page.exception


def test_only_cramps_leads_to_the_factors(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.only_cramps(), label="cramps")
    page = opened(open_page, "associations", "One question closely")
    assert "There is no factor in your log yet" in logs.said(page)


def test_the_sample_shows_figures_comparisons_and_reach(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep(logs.sample(), label="sample")
    days = day_table(logbook.log(), day_start=logbook.preferences().day_start)
    found = main_questions(days, today=TODAY)
    text = logs.said(open_page("associations"))
    shown = [one for one in found.answers if one.shown]
    assert shown
    assert found.line in text
    assert "Massage is your first question and has its own answer." in text
    assert "planned massage" not in text.lower()
    for one in shown:
        if one.verdict != "no clear association":
            assert f"95 % interval {one.low:.2f} to {one.high:.2f}" in text
    for one in shown:
        assert reach_words(one) in text
    assert "What goes together need not cause one another" in text


def test_not_clear_is_never_no_effect(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.sample(), label="sample")
    page = opened(open_page, "associations", "One question closely")
    page.selectbox(key="closer-factor").set_value("stress").run()
    text = logs.said(page)
    assert "No clear association between stress" in text
    assert "That is not the same as no effect: anything from" in text
    assert "Does the answer hold?" in text
    assert "A naive tool would print" not in text


def test_the_naive_answer_comes_on_request_only(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.sample(), label="sample")
    page = opened(open_page, "associations", "One question closely")
    page.toggle(key="naive").set_value(True).run()
    assert "A naive tool would print r = " in logs.said(page)


def test_massage_is_never_offered_for_the_same_day(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.sample(), label="sample")
    page = opened(open_page, "associations", "One question closely")
    page.selectbox(key="closer-factor").set_value("massage_min").run()
    assert "Same day and night" not in page.selectbox(key="closer-lag-massage_min").options
    page.selectbox(key="closer-factor").set_value("stress").run()
    assert "Same day and night" in page.selectbox(key="closer-lag-stress").options


def test_exploring_counts_every_comparison(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.sample(), label="sample")
    page = opened(open_page, "associations", "Explore")
    page.multiselect(key="explore-factors").set_value(["stress", "sleep_h"]).run()
    assert "6 comparisons" in logs.said(page)
    assert not page.exception


def test_a_confounder_is_taken_out_when_it_is_chosen(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(logs.sample(), label="sample")
    page = open_page("associations")
    before = logs.said(page)
    page.multiselect(key="confounders").set_value(["exercise_min"]).run()
    assert logs.said(page) != before
    assert not page.exception


def pictures(page: AppTest) -> list[str]:
    """The figure of each card, in order."""
    return [str(chart.proto.spec) for chart in page.get("plotly_chart")]


def test_what_is_allowed_for_is_allowed_for_on_every_card(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep(logs.sample(), label="sample")
    for part in ("One question closely", "Explore"):
        page = opened(open_page, "associations", part)
        before = pictures(page)
        page.multiselect(key="confounders").set_value(["exercise_min"]).run()
        after = pictures(page)
        assert len(before) == len(after) >= 1
        assert all(one != other for one, other in zip(before, after, strict=True))
