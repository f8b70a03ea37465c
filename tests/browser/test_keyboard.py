"""Without a mouse: a cramp with details, a spreadsheet and the export, by Tab, Space, Enter, arrows and typing."""

from __future__ import annotations

import zipfile

import pytest
from playwright.sync_api import Locator, Page, expect

from legcare.records import Log, Side
from legcare.storage.database import Database
from tests.browser.conftest import Visit
from tests.browser.server import Server, ready, settled

pytestmark = pytest.mark.browser
SHEET = b"Date,Time,Severity\n2026-03-01,02:10,4\n2026-03-04,03:20,6\n"
MOST_TABS = 120


def kept(server: Server) -> Log:
    """What stands in the server's database."""
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    try:
        return database.logbook(database.person("local", "owner")).log()
    finally:
        database.close()


def tab_to(page: Page, place: Locator) -> None:
    """Press Tab until the focus stands there, and see that it can be seen."""
    expect(place).to_be_visible()
    for _ in range(MOST_TABS):
        if place.evaluate("element => element === document.activeElement"):
            assert place.evaluate("element => element.matches(':focus-visible')")
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The focus never came to {place}")


def press(page: Page, place: Locator, key: str = "Enter") -> None:
    """Go there by Tab and press a key."""
    tab_to(page, place)
    page.keyboard.press(key)
    settled(page)


def test_a_cramp_with_details_by_keyboard(visit: Visit, server: Server) -> None:
    page = visit("/today", heading="Today")
    press(page, page.get_by_role("button", name="Cramp now"))
    assert len(kept(server).cramps) == 1
    summary = page.get_by_test_id("stExpander").locator("summary").first
    press(page, summary)
    form = page.get_by_test_id("stForm").first
    tab_to(page, form.get_by_role("radio", name="0", exact=True).first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    press(page, form.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("changed").first).to_be_visible()
    (cramp,) = kept(server).cramps
    assert cramp.severity in (0.0, 1.0)
    assert cramp.side is None
    assert Side.LEFT


def test_a_spreadsheet_by_keyboard(visit: Visit, server: Server) -> None:
    before = len(kept(server).cramps)
    page = visit("/upload", heading="Upload")
    button = page.get_by_test_id("stFileUploader").get_by_role("button").first
    tab_to(page, button)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": "cramps.csv", "mimeType": "text/csv", "buffer": SHEET})
    settled(page)
    answers = page.get_by_role("radiogroup").filter(has_text="Yes, in the days below").last
    yes = answers.get_by_role("radio").first
    tab_to(page, yes)
    page.keyboard.press("Space")
    settled(page)
    press(page, page.get_by_role("button", name="Keep all"))
    expect(page.get_by_text("Imported 2 cramps").first).to_be_visible()
    assert len(kept(server).cramps) == before + 2


def test_the_export_by_keyboard(visit: Visit, server: Server) -> None:
    page = visit("/share", heading="Share and export")
    ready(page, "Share and export")
    tab_to(page, page.get_by_role("button", name="Download all"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    with zipfile.ZipFile(download.value.path()) as archive:
        rows = archive.read("cramps.csv").decode("utf-8-sig").strip().splitlines()
    assert len(rows) == 1 + len(kept(server).cramps)
