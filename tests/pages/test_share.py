"""Share and export.

The report to hand over, with finished experiments, for the period that is looked at.
"""

from __future__ import annotations

import html
import io
import zipfile
from datetime import date, timedelta

import pytest

from legcare.charts import sentences as say
from legcare.records.experiment import Experiment
from legcare.reports.first_page import Cover
from legcare.storage.logbook import Logbook
from legcare.ui.share.report import finished, report_of
from legcare.ui.shell.session import View
from legcare.ui.shell.visitor import Mode, Visitor
from tests.pages.conftest import Opener
from tests.pages.logs import ONE, said, sample
from tests.pages.test_experiment import begun, lived

AFTER = date(2026, 6, 10)


def view_of(logbook: Logbook, today: date = AFTER, period: str = "Everything") -> View:
    visitor = Visitor(Mode.LOCAL, logbook.state(), logbook.log, "me", logbook)
    return View(visitor, logbook.log, period, today)


@pytest.fixture
def done(logbook: Logbook) -> Experiment:
    """An experiment that is over, with more cramps in B."""
    experiment = begun(logbook)
    lived(logbook, experiment, AFTER)
    return experiment


def test_the_page_offers_parts_name_and_two_files(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(ONE, label="one")
    page = open_page("share", period="Last 28 days")
    assert not page.exception
    assert "It covers the period chosen in the sidebar (last 28 days)." in said(page)
    assert [button.label for button in page.get("download_button")][:2] == [
        "Report (HTML)",
        "Its numbers (CSV in a ZIP)",
    ]
    assert page.button_group(key="report-parts").value == [
        "frequency",
        "calendar",
        "timing",
        "cramps",
        "experiments",
    ]
    assert page.text_input(key="report-name").label == "Your name and age (may stay empty)"


def test_a_finished_experiment_stands_in_the_report(logbook: Logbook, done: Experiment) -> None:
    made = report_of(view_of(logbook), ("experiments",), Cover(AFTER, "Ann"))
    assert [chart.name for chart in made.charts] == ["experiment-1-answer", "experiment-1-blocks"]
    assert made.charts[0].title == f"Experiment 1: {done.plan.a}, against {done.plan.b}"
    assert made.charts[0].sentence in html.unescape(made.html)
    assert "Leg cramps: Ann" in made.html
    names = zipfile.ZipFile(io.BytesIO(made.csv_zip())).namelist()
    assert names == ["experiment-1-answer.csv", "experiment-1-blocks.csv"]


def test_an_experiment_that_still_runs_stays_out(logbook: Logbook, done: Experiment) -> None:
    assert finished(view_of(logbook, done.plan.first_day + timedelta(days=3))) == ([], [])


def test_a_changed_experiment_is_said_to_be_left_out(logbook: Logbook, done: Experiment) -> None:
    changed = done.model_copy(update={"plan": done.plan.model_copy(update={"a": "another thing"})})
    logbook.remember(changed.document, changed.model_dump(mode="json"))
    made = report_of(view_of(logbook), ("experiments",), Cover(AFTER))
    assert made.charts == ()
    assert "Experiment 1 is left out. " in made.html


def test_an_unreadable_experiment_is_said_to_be_left_out(
    logbook: Logbook, done: Experiment
) -> None:
    logbook.remember(done.document, {**done.model_dump(mode="json"), "seal": 7})
    charts, broken = finished(view_of(logbook))
    assert charts == []
    assert "can no longer be read" in broken[0]


def test_the_report_covers_the_chosen_period(logbook: Logbook) -> None:
    logbook.keep(sample(), label="sample")
    last = logbook.log().cramps[-1].at.date()
    every = report_of(view_of(logbook, last), ("timing",), Cover(last))
    month = report_of(view_of(logbook, last, "Last 28 days"), ("timing",), Cover(last))
    assert f"{say.day_words(last - timedelta(days=27))} to {say.day_words(last)}" in month.html
    assert month.charts[0].sentence != every.charts[0].sentence


def test_massages_are_planned_for_the_calendar(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("share")
    assert (
        "36 massages of 10 minutes: every Monday, Wednesday and Friday, from 11 March 2026"
        in said(page)
    )
    page.number_input(key="massages-weeks").set_value(2).run()
    page.button_group(key="massages-days").set_value([1]).run()
    assert "2 massages of 10 minutes: every Tuesday, from 10 March 2026 to 17 March 2026." in said(
        page
    )
    assert [
        each for each in page.get("download_button") if each.proto.label == "Calendar file (.ics)"
    ]
    page.button_group(key="massages-days").set_value([]).run()
    assert "No weekday is chosen. Choose at least one day of the week." in said(page)
    assert not page.exception
