"""At night.

One tap with one thumb, nothing that moves under it, no chart library, and a connection that is
lost.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from legcare.records import Cramp
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests.browser.conftest import Visit
from tests.browser.server import PHONE, Server, kept, settled

pytestmark = pytest.mark.browser
NIGHT = {"viewport": PHONE, "color_scheme": "dark", "has_touch": True}
# How far the page reaches below the screen: nobody scrolls at night.
BELOW = """() => { const main = document.querySelector('[data-testid="stMain"]');
  return main.scrollHeight - main.clientHeight; }"""
LARGE = ("Cramp now", "Massage now")


def places(page: Page) -> dict[str, tuple[int, int, int, int]]:
    """Where each button that is tapped at night stands on the screen."""
    found = {}
    for name in LARGE:
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        found[name] = (round(box["x"]), round(box["y"]), round(box["width"]), round(box["height"]))
    return found


def test_the_night_button_is_large_in_sight_and_comes_without_the_chart_library(
    visit: Visit,
) -> None:
    page = visit(heading="Today", **NIGHT)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{page.url.rstrip('/')}/today?do=cramp")
    button = page.get_by_role("button", name="Cramp now")
    expect(button).to_be_visible()
    settled(page)
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 64
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= PHONE["height"]
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollTop") == 0
    assert len(asked) > 5
    assert [url for url in asked if "plotly" in url.lower()] == []
    dark = page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"
    )
    assert dark == "rgb(0, 0, 0)"


def test_one_tap_saves_and_nothing_moves_under_the_thumb(visit: Visit, server: Server) -> None:
    before = len(kept(server).cramps)
    page = visit("/today?do=cramp", heading="Day and night", **NIGHT)
    stood = places(page)
    page.get_by_role("button", name="Cramp now").tap()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    settled(page)
    after = places(page)
    for name in LARGE:
        assert after[name] == stood[name]
    undo = page.get_by_role("button", name="Undo").bounding_box()
    assert undo is not None
    assert undo["y"] > after["Massage now"][1] + after["Massage now"][3]
    assert undo["y"] + undo["height"] <= PHONE["height"]
    x, y, width, height = stood["Cramp now"]
    page.touchscreen.tap(
        x + width / 2, y + height / 2
    )  # the thumb comes down again on the same spot
    settled(page)
    assert len(kept(server).cramps) == before + 1


def test_the_bookmark_fits_the_screen_saves_once_and_leads_to_the_rest(
    visit: Visit, server: Server
) -> None:
    before = len(kept(server).cramps)
    page = visit("/today?do=cramp", heading="Day and night", **NIGHT)
    assert page.evaluate(BELOW) <= 0
    page.get_by_role("button", name="Cramp now").tap()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    settled(page)
    assert page.evaluate(BELOW) <= 0
    page.reload()
    expect(page.get_by_role("button", name="Cramp now")).to_be_visible()
    settled(page)
    assert len(kept(server).cramps) == before + 1
    expect(page.get_by_role("heading", name="Check-in")).to_have_count(0)
    page.get_by_role("button", name="Everything else for today").tap()
    expect(page.get_by_role("heading", name="Check-in")).to_be_visible()
    assert page.url.endswith("/today")


def test_a_second_tap_on_no_cramps_settles_no_other_day(visit: Visit, server: Server) -> None:
    page = visit("/today", heading="Day and night", **NIGHT)
    button = page.get_by_role("button", name="No cramps in the night to")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    spans = len(kept(server).spans)
    for _ in range(2):
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        settled(page)
    expect(button).to_be_disabled()
    assert len(kept(server).spans) == spans + 1


def test_a_lost_connection_says_so_and_keeps_what_was_typed(visit: Visit, server: Server) -> None:
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    Logbook(database, database.person("local", "owner")).keep(
        [Cramp(at=datetime.now(UTC))], label="one"
    )
    database.close()
    page = visit("/today", heading="Day and night", **NIGHT)
    entry = page.get_by_test_id("stExpander").filter(has=page.get_by_text("Cramp at")).first
    entry.get_by_text("Cramp at").first.tap()
    entry.get_by_text("More about it").tap()
    note = entry.get_by_label("Note")
    note.fill("calf, after the hill run")
    server.stop(kill=True)
    expect(page.get_by_text("Connection error")).to_be_visible()
    expect(note).to_have_value("calf, after the hill run")
    server.start()
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-connection-state", "CONNECTED"
    )
    settled(page)
    expect(note).to_have_value("calf, after the hill run")
    entry.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("changed").first).to_be_visible()
    assert "calf, after the hill run" in {cramp.note for cramp in kept(server).cramps}
