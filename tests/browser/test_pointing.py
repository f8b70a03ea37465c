"""Pointing at the legs to enter places.

By mouse, by finger and by keyboard, without losing what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from legcare.records import Cramp, Massage, Muscle, Place, Record, Side
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests.browser.conftest import Visit
from tests.browser.server import PHONE, Server, settled
from tests.browser.server import kept as log
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser
CALF, SHIN = Place(muscle=Muscle.CALF, side=Side.LEFT), Place(muscle=Muscle.SHIN, side=Side.RIGHT)


@pytest.fixture
def kept(server: Server) -> Iterator[list[Record]]:
    """A fresh massage and a fresh cramp in the log; taken out again."""
    at = datetime.now(UTC)
    records = [Massage(at=at - timedelta(minutes=40)), Cramp(at=at - timedelta(minutes=20))]
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    logbook = Logbook(database, database.person("local", "owner"))
    logbook.keep(records, label="two")
    yield records
    logbook.remove([record.id for record in records], label="gone")
    database.close()


def opened(page: Page, kind: str) -> Locator:
    """The form of the entry of that kind, unfolded."""
    entry = page.get_by_test_id("stExpander").filter(has=page.get_by_text(f"{kind} at")).first
    entry.get_by_text(f"{kind} at").first.click()
    entry.get_by_text("More about it").click()
    return entry


def pointed(page: Page, place: str) -> None:
    """Choose a region of the picture with the mouse, well away from its middle."""
    region = page.get_by_role("dialog").get_by_role("option", name=place).first
    box = region.bounding_box()
    assert box is not None
    region.click(position={"x": box["width"] / 2, "y": box["height"] * 0.2})
    settled(page)
    expect(region).to_have_attribute("aria-selected", "true")


def test_a_massage_by_mouse_keeps_what_was_typed(
    visit: Visit, server: Server, kept: list[Record]
) -> None:
    page = visit("/today", heading="Day and night")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    entry = opened(page, "Massage")
    entry.get_by_label("Note").fill("after the hill run")
    entry.get_by_label("How long, in minutes").fill("12")
    entry.get_by_role("button", name="Point at the places").click()
    dialog = page.get_by_role("dialog")
    pointed(page, "Left calf")
    pointed(page, "Right shin")
    dialog.get_by_text("Sore under the hand", exact=True).click()
    settled(page)
    pointed(page, "Left calf")
    expect(dialog.get_by_text("Massaged: left calf, right shin. Sore: left calf.")).to_be_visible()
    dialog.get_by_role("button", name="Use these places").click()
    expect(dialog).to_be_hidden()
    settled(page)
    expect(entry.get_by_label("Note")).to_have_value("after the hill run")
    entry.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("changed").first).to_be_visible()
    (massage,) = log(server).massages
    assert (massage.areas, massage.tender) == ((CALF, SHIN), (CALF,))
    assert (massage.note, massage.minutes) == ("after the hill run", 12)
    assert [url for url in asked if "plotly" in url.lower()] == []


def test_a_cramp_by_keyboard_alone(visit: Visit, server: Server, kept: list[Record]) -> None:
    page = visit("/today", heading="Day and night")
    entry = opened(page, "Cramp")
    entry.get_by_role("button", name="Point at the place").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    legs = dialog.get_by_role("listbox", name="Both legs, front and back")
    expect(legs).to_be_visible()
    settled(page)
    for _ in range(8):
        if page.evaluate("document.activeElement?.getAttribute('role')") == "option":
            break
        page.keyboard.press("Tab")
    for _ in range(24):
        if dialog.locator(".region:focus").get_attribute("aria-label") == "Left calf":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    settled(page)
    expect(dialog.get_by_role("option", name="Left calf, cramp")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(dialog.locator(".region:focus")).to_have_attribute("aria-label", "Left calf, cramp")
    dialog.get_by_role("button", name="Use this place").focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    settled(page)
    entry.get_by_label("How long, in minutes").fill("3")
    page.keyboard.press("Enter")  # saves, and does not open the dialog
    expect(page.get_by_text("changed").first).to_be_visible()
    expect(dialog).to_be_hidden()
    (cramp,) = log(server).cramps
    assert (cramp.muscle, cramp.side, cramp.minutes) == (Muscle.CALF, Side.LEFT, 3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_finger_chooses_what_it_touches(visit: Visit, kept: list[Record], scheme: str) -> None:
    page = visit(
        "/today", heading="Day and night", viewport=PHONE, has_touch=True, color_scheme=scheme
    )
    entry = opened(page, "Cramp")
    entry.get_by_role("button", name="Point at the place").tap()
    dialog = page.get_by_role("dialog")
    chosen = dialog.get_by_role("option", selected=True)
    for place, names in (("Right toes", 1), ("Left calf", 1), ("Right calf", 2), ("Right calf", 1)):
        dialog.get_by_role("option", name=place).first.tap()
        expect(chosen).to_have_count(names)
        settled(page)
    expect(chosen).to_have_attribute("aria-label", "Left calf, cramp")
    for region in dialog.get_by_role("option").all():
        box = region.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    entry.get_by_role("button", name="Point at the place").tap()
    expect(dialog).to_be_visible()
    settled(page)
    expect(chosen).to_have_count(0)  # closed without using it, so nothing is chosen


def test_the_log_page_has_the_same(visit: Visit, server: Server, kept: list[Record]) -> None:
    page = visit("/log", heading="Diary")
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.locator("canvas").first.bounding_box()
    assert box is not None
    page.wait_for_timeout(
        400
    )  # the table is a drawing of its own and takes a moment until it listens
    page.mouse.click(box["x"] + 15, box["y"] + 35 + 17)
    page.get_by_role("button", name="Point at the place").click()
    pointed(page, "Left calf")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Use this place").click()
    expect(dialog).to_be_hidden()
    settled(page)
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("one entry changed").first).to_be_visible()
    (cramp,) = log(server).cramps
    assert (cramp.muscle, cramp.side) == (Muscle.CALF, Side.LEFT)
