"""Without a mouse.

A cramp with details, a file, a chart's numbers and the export, by Tab, Space, Enter and arrows.
"""

from __future__ import annotations

import csv
import pathlib
import zipfile

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import ROOT, Server, kept, ready, settled

pytestmark = pytest.mark.browser
MOST_TABS = 120
CRAMPS = ROOT / "sample_data" / "runner-cramps.csv"


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
    page = visit("/today", heading="Day and night")
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


def test_a_file_from_the_chooser_to_the_csv_of_a_chart_by_keyboard(
    visit: Visit, server: Server
) -> None:
    before = len(kept(server).cramps)
    page = visit("/upload", heading="Add files")
    page.on("filechooser", lambda chooser: chooser.set_files(CRAMPS))
    tab_to(
        page,
        page.get_by_test_id("stFileUploader").get_by_role("button", name="Upload", exact=True).last,
    )
    page.keyboard.press("Enter")
    tracked = (
        page.get_by_role("radiogroup", name="Were you logging every cramp")
        .get_by_role("radio")
        .first
    )
    press(page, tracked, "Space")
    press(page, page.get_by_role("button", name="Keep all"))
    expect(page.get_by_text("Imported 142 cramps").first).to_be_visible()
    assert len(kept(server).cramps) == before + 142
    press(page, page.get_by_test_id("stMain").get_by_role("link", name="See how often"))
    ready(page, "How often")
    tab_to(page, page.get_by_role("button", name="CSV").first)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "legcare-cramps-per-week.csv"
    with pathlib.Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        weeks = list(csv.DictReader(file))
    # The cramp of today is not among them: the day is not over.
    assert sum(float(week["cramps_in_week"] or 0) for week in weeks) == 142


def test_the_export_by_keyboard(visit: Visit, server: Server) -> None:
    page = visit("/share", heading="For your doctor or coach")
    ready(page, "For your doctor or coach")
    tab_to(page, page.get_by_role("button", name="Download all"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    with zipfile.ZipFile(download.value.path()) as archive:
        rows = archive.read("cramps.csv").decode("utf-8-sig").strip().splitlines()
    assert len(rows) == 1 + len(kept(server).cramps)
