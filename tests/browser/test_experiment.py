"""Twelve weeks of an experiment in a real browser.

The clock is moved by restarting the server.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from legcare.analysis.experiment.schedule import schedule
from legcare.records import Cramp, TrackedSpan
from legcare.records.experiment import Arm, Experiment
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests.browser.conftest import Visit
from tests.browser.server import PATIENCE_MS, PHONE, Server, settled

pytestmark = pytest.mark.browser
START = date(2026, 3, 10)


def at(server: Server, day: date) -> None:
    """Move the clock to noon of a day."""
    server.environment["LEGCARE_CLOCK"] = datetime(
        day.year, day.month, day.day, 11, tzinfo=UTC
    ).isoformat()
    server.restart()


def opened(visit: Visit, query: str = "") -> Page:
    return visit(f"/experiment{query}", heading="Test it", viewport=PHONE)


def logbook(server: Server) -> Logbook:
    database = Database.open(f"sqlite:///{server.database}")
    return Logbook(database, database.person("local", "owner"))


def stored(server: Server) -> list[Experiment]:
    found = [
        Experiment.model_validate(value)
        for value in logbook(server).documents("experiment/").values()
    ]
    return sorted(found, key=lambda experiment: experiment.plan.first_day)


def lived(server: Server, experiment: Experiment, today: date) -> None:
    """One cramp in every A block, five in every B block, each day tracked."""
    days = schedule(experiment, today)
    cramped = [d.day for d in days if d.day_in_block <= (1 if d.arm is Arm.A else 5)]
    cramps = [Cramp(at=datetime(day.year, day.month, day.day, 21, tzinfo=UTC)) for day in cramped]
    logbook(server).keep(
        [*cramps, TrackedSpan(first_day=days[0].day, last_day=days[-1].day)], label="a life"
    )


def planned(page: Page) -> None:
    """Through the safety check to the seal."""
    page.get_by_text("I have read this").click()
    settled(page)
    expect(page.get_by_label("A: what you want to test")).to_have_value(
        "calf massage with a foam roller"
    )
    page.get_by_role("button", name="Draw and seal").click()
    settled(page)


def test_an_experiment_from_the_question_to_the_answer(server: Server, visit: Visit) -> None:
    at(server, START)
    page = opened(visit, "?test=tool")
    planned(page)
    (experiment,) = stored(server)
    expect(page.get_by_text(experiment.seal)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("It begins on Wednesday 11 March")).to_be_visible(timeout=PATIENCE_MS)

    first = experiment.plan.first_day
    at(server, first)
    page = opened(visit)
    # the tap is the first thing that the restarted server hears of this page, and counts
    server.restart()
    page.get_by_role("button", name="Did it").click()
    expect(page.get_by_text("Marked: done as planned.")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Marked: done as planned.")).to_have_count(0, timeout=PATIENCE_MS)
    assert stored(server)[0].marks == ()
    page.get_by_role("button", name="Did it").click()
    expect(page.get_by_text("Marked: done as planned.")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_text("Calendar, sheet and data").click()
    settled(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Calendar file").click()
    text = taken.value.path().read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 12
    assert experiment.seal[:30] in text.replace("\n ", "").replace("\r", "")

    at(server, first + timedelta(days=20))
    page = opened(visit)
    page.get_by_text("Pause or travel").click()
    settled(page)
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_text("It is paused")).to_be_visible(timeout=PATIENCE_MS)
    at(server, first + timedelta(days=27))
    page = opened(visit)
    page.get_by_role("button", name="Go on from today").click()
    expect(page.get_by_text("Today is")).to_be_visible(timeout=PATIENCE_MS)

    (experiment,) = stored(server)
    lived(server, experiment, first + timedelta(days=27))
    at(server, first + timedelta(days=91))
    page = opened(visit)
    expect(
        page.get_by_text("A helps. In your data so far, A goes with 79 % fewer cramps than B")
    ).to_be_visible(timeout=PATIENCE_MS)
    expect(
        page.get_by_text("You marked 1: 1 as planned, 0 the other way round, 0 neither.")
    ).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=PATIENCE_MS)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "no sideways scrolling on a phone"
    )


def test_a_second_plan_is_tampered_with_refused_and_set_aside(server: Server, visit: Visit) -> None:
    at(server, START + timedelta(days=120))
    page = opened(visit, "?test=tool")
    planned(page)
    experiment = stored(server)[-1]
    forged = experiment.model_copy(
        update={"plan": experiment.plan.model_copy(update={"worthwhile": 0.9})}
    )
    logbook(server).remember(forged.document, forged.model_dump(mode="json"))
    page = opened(visit)
    expect(page.get_by_text("it was changed afterwards").first).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Set this plan aside").click()
    expect(page.get_by_text("First, is it safe for you?")).to_be_visible(timeout=PATIENCE_MS)


def test_a_third_one_is_ended_early_and_says_so(server: Server, visit: Visit) -> None:
    begun = START + timedelta(days=140)
    at(server, begun)
    page = opened(visit, "?test=tool")
    planned(page)
    experiment = stored(server)[-1]
    lived(server, experiment, begun)
    at(server, experiment.plan.first_day + timedelta(days=34))
    page = opened(visit)
    page.get_by_text("End early").click()
    page.get_by_text("Yes, end it today").click()
    settled(page)
    page.get_by_role("button", name="End this experiment").click()
    expect(page.get_by_text("This experiment was ended early.").first).to_be_visible(
        timeout=PATIENCE_MS
    )
    expect(page.get_by_text("2 pairs can never show a difference").first).to_be_visible(
        timeout=PATIENCE_MS
    )
