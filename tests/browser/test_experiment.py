"""Twelve weeks of an experiment in a real browser.

The clock is moved by restarting the server.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from legcare.analysis.experiment.schedule import schedule
from legcare.records import Cramp, TrackedSpan
from legcare.records.experiment import Arm, Experiment
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests.browser.conftest import Visit
from tests.browser.server import PATIENCE_MS, PHONE, Server, settled
from tests.experiment.made import an_experiment

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


def lived(server: Server, experiment: Experiment, today: date, *, a: int = 1, b: int = 5) -> None:
    """``a`` cramps in every A block, ``b`` in every other one, each day tracked."""
    days = schedule(experiment, today)
    cramped = [d.day for d in days if d.day_in_block <= (a if d.arm is Arm.A else b)]
    cramps = [Cramp(at=datetime(day.year, day.month, day.day, 21, tzinfo=UTC)) for day in cramped]
    logbook(server).keep(
        [*cramps, TrackedSpan(first_day=days[0].day, last_day=days[-1].day)], label="a life"
    )


def planned(page: Page, a: str = "", *, c: str = "") -> None:
    """Through the safety check to the locked plan."""
    page.get_by_text("I have read this").click()
    settled(page)
    field = page.get_by_label("A: what you want to test")
    expect(field).to_have_value("calf massage with a foam roller")
    if a:
        field.fill(a)
        field.press("Enter")
        settled(page)
    if c:
        page.get_by_text("More than two things, or packets").click()
        settled(page)
        page.get_by_label("C (optional)").fill(c)
        page.get_by_label("C (optional)").press("Enter")
        settled(page)
    lock(page)


def lock(page: Page) -> None:
    """Lock the plan, whatever its chance."""
    anyway = page.get_by_text("Start anyway, with a chance of")
    if anyway.count():
        anyway.click()
        settled(page)
    page.get_by_role("button", name="Toss and lock").click()
    settled(page)


def begun(server: Server, first: date, **changes: object) -> Experiment:
    """A plan of the second kind, locked the day before."""
    experiment = an_experiment(**({"rules": 2, "first_day": first} | changes))
    logbook(server).remember(experiment.document, experiment.model_dump(mode="json"))
    return experiment


def test_an_experiment_from_the_question_to_an_early_answer(server: Server, visit: Visit) -> None:
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
    assert text.count("BEGIN:VEVENT") == 48
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
    at(server, first + timedelta(days=12 * 14 + 7))
    page = opened(visit)
    expect(page.get_by_text("after 12 of 24 pairs of blocks: the answer was there.")).to_be_visible(
        timeout=PATIENCE_MS
    )
    expect(page.get_by_text("“calf massage with a foam roller” helps.")).to_be_visible(
        timeout=PATIENCE_MS
    )
    expect(
        page.get_by_text("You marked 1: 1 as planned, 0 the other way round, 0 neither.")
    ).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=PATIENCE_MS)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "no sideways scrolling on a phone"
    )


def test_the_folder_taken_away_checks_itself_and_a_tampered_one_is_refused(
    server: Server, visit: Visit, tmp_path: Path
) -> None:
    page = opened(visit)
    with page.expect_download() as taken:
        page.get_by_role("button", name="The whole experiment, to check").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "legcare-experiment"
    assert [line.endswith(" matches") for line in checked(folder)] == [True, True, False, True]
    plan = (folder / "plan.json").read_text(encoding="utf-8")
    (folder / "plan.json").write_text(plan.replace("foam", "stone"), encoding="utf-8")
    assert checked(folder)[0] == "seal DOES NOT MATCH"


def checked(folder: Path) -> list[str]:
    """What the script in the folder says of it."""
    done = subprocess.run(
        [sys.executable, "check.py"], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_a_second_plan_is_tampered_with_refused_and_set_aside(server: Server, visit: Visit) -> None:
    begin = START + timedelta(days=200)
    at(server, begin)
    page = opened(visit, "?test=tool")
    planned(page, "a cork roller")
    experiment = stored(server)[-1]
    forged = experiment.model_copy(
        update={"plan": experiment.plan.model_copy(update={"worthwhile": 0.9})}
    )
    logbook(server).remember(forged.document, forged.model_dump(mode="json"))
    page = opened(visit)
    expect(page.get_by_text("it was changed afterwards").first).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Set this plan aside").click()
    expect(page.get_by_text("First, is it safe for you?")).to_be_visible(timeout=PATIENCE_MS)


def test_one_without_hope_is_stopped_at_its_first_look(server: Server, visit: Visit) -> None:
    begin = START + timedelta(days=360)
    experiment = begun(server, begin, a="hot socks", pairs=24, looks=(8, 12, 16, 20))
    lived(server, experiment, begin, a=6, b=2)
    at(server, begin + timedelta(days=8 * 14))
    page = opened(visit)
    expect(page.get_by_text("It ended at the planned look after 8 of 24 pairs")).to_be_visible(
        timeout=PATIENCE_MS
    )


def test_three_things_at_once_and_a_run_that_is_run_again(server: Server, visit: Visit) -> None:
    begin = START + timedelta(days=720)
    at(server, begin)
    page = opened(visit, "?test=tool")
    planned(page, "a tennis ball", c="magnesium")
    experiment = stored(server)[-1]
    assert experiment.plan.more == ("magnesium",)
    lived(server, experiment, begin)
    over = experiment.plan.first_day + timedelta(days=experiment.plan.days)
    at(server, over)
    page = opened(visit)
    expect(page.get_by_text("“a tennis ball” helps.").first).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("“magnesium” does not help enough to matter").first).to_be_visible(
        timeout=PATIENCE_MS
    )

    unclear = begun(server, over, a="a wooden roller", alpha=0.0225)
    lived(server, unclear, over, a=1, b=1)
    at(server, over + timedelta(days=84))
    page = opened(visit)
    page.get_by_role("button", name="Run it again").click()
    settled(page)
    page.get_by_text("I have read this").click()
    settled(page)
    lock(page)
    again = stored(server)[-1]
    assert again.plan.previous == (unclear.seal,)
    lived(server, again, again.plan.first_day, a=1, b=5)
    at(server, again.plan.first_day + timedelta(days=again.plan.days))
    page = opened(visit)
    expect(page.get_by_text("2 runs on this question are read as one.").first).to_be_visible(
        timeout=PATIENCE_MS
    )


def test_a_third_one_is_ended_early_and_says_so(server: Server, visit: Visit) -> None:
    begun = START + timedelta(days=2000)
    at(server, begun)
    page = opened(visit, "?test=tool")
    planned(page, "a bottle")
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
