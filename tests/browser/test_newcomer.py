"""The first five minutes: from an empty log to a first own chart, with the clicks counted.

And a tour to leave.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell.menu import title_of
from tests.browser.conftest import Visit
from tests.browser.server import ROOT, Server, ready, settled

pytestmark = pytest.mark.browser
MOST = 5
CRAMPS = ROOT / "sample_data" / "runner-cramps.csv"


class Clicks:
    """Clicks and counts.

    Choosing a file is one click here; what the system's own dialog asks is not ours to count.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, place: Locator) -> None:
        """Click once and wait until the page has been drawn."""
        place.click()
        self.count += 1
        settled(self.page)

    def choose(self, place: Locator, path: object) -> None:
        """Choose a file."""
        place.set_input_files(str(path))
        self.count += 1
        settled(self.page)


@pytest.fixture
def erased(server: Server) -> Iterator[Server]:
    """The server with an empty log, before and after."""
    _erase(server)
    yield server
    _erase(server)


def _erase(server: Server) -> None:
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    Logbook(database, database.person("local", "owner")).erase()
    database.close()


def drawn(page: Page) -> Locator:
    """The strip of the last nights on the first screen."""
    return page.get_by_role("img", name=re.compile(r"logged day"))


def test_a_sample_shows_a_chart_after_one_click(visit: Visit, erased: Server) -> None:
    page = visit("/", heading="Today")
    click = Clicks(page)
    click.on(page.get_by_role("button", name="The runner, 35"))
    expect(drawn(page)).to_be_visible()
    expect(page.get_by_text("nothing you see or enter here is kept")).to_be_visible()
    assert click.count <= MOST


def test_a_spreadsheet_becomes_a_chart(visit: Visit, erased: Server) -> None:
    page = visit("/", heading="Today")
    click = Clicks(page)
    click.on(page.get_by_test_id("stMain").get_by_role("link", name="Upload a file"))
    click.choose(page.get_by_test_id("stFileUploader").locator("input[type=file]"), CRAMPS)
    click.on(page.get_by_text("Yes, I logged every cramp"))
    click.on(page.get_by_role("button", name="Keep all"))
    expect(page.get_by_text("Imported 142 cramps").first).to_be_visible()
    click.on(page.get_by_test_id("stSidebar").get_by_role("link", name="Today"))
    expect(drawn(page)).to_be_visible()
    expect(page.get_by_text(re.compile(r"^\d+ cramps in \d+ logged days"))).to_be_visible()
    assert click.count <= MOST


def test_a_first_cramp_gives_a_picture_and_says_what_is_still_needed(
    visit: Visit, erased: Server
) -> None:
    page = visit("/", heading="Today")
    click = Clicks(page)
    click.on(page.get_by_test_id("stMain").get_by_role("link", name="Log a cramp"))
    ready(page, "Day and night")
    click.on(page.get_by_role("button", name="Cramp now"))
    click.on(page.get_by_role("link", name="How often", exact=True))
    ready(page, "How often")
    expect(page.get_by_text(re.compile(r"\d more (tracked|logged) days")).first).to_be_visible()
    click.on(page.get_by_test_id("stSidebar").get_by_role("link", name="Today"))
    expect(drawn(page)).to_be_visible()
    expect(page.get_by_text("1 cramp in your first logged day.").first).to_be_visible()
    assert click.count <= MOST


@pytest.mark.parametrize("name", ["frequency", "timing", "associations", "benefits"])
def test_every_empty_page_says_what_will_stand_there_and_leads_on(
    visit: Visit, erased: Server, name: str
) -> None:
    page = visit(f"/{name}", heading=title_of(name))
    main = page.get_by_test_id("stMain")
    expect(
        main.get_by_text("Your log is empty").or_(main.get_by_text("Nothing")).first
    ).to_be_visible()
    for way in ("Log a cramp", "Upload a file", "Explore a sample"):
        expect(main.get_by_role("link", name=way)).to_be_visible()


def test_the_tour_can_be_left_and_found_again(visit: Visit, erased: Server) -> None:
    page = visit("/", heading="Today")
    page.get_by_test_id("stMain").get_by_role("button", name="Short tour").click()
    expect(page.get_by_text("1 of 4: Log")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("2 of 4: Say when there was none")).to_be_visible()
    page.get_by_role("button", name="Leave the tour").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    settled(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Today").click()
    ready(page, "Today")
    page.get_by_test_id("stSidebar").get_by_role("button", name="Short tour").click()
    for step in ("1 of 4", "2 of 4", "3 of 4"):
        expect(page.get_by_text(step)).to_be_visible()
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("4 of 4: Take it with you")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_text("3 of 4")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
