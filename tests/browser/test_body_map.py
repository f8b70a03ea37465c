"""The body map by mouse and by keyboard: a place chosen either way filters the cramps below it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from legcare.samples import load
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.benefits.visit import BELIEFS
from tests.browser.conftest import Visit
from tests.browser.server import PHONE, Server, ready, settled

pytestmark = pytest.mark.browser
SCROLLED = "document.querySelector('[data-testid=\"stMain\"]').scrollTop"
# Where the middle of a point of the picture stands on the screen, by the words that pointing at it
# says.
STANDS = """(chart, words) => {
  const plot = chart.querySelector('.js-plotly-plot') || chart, box = plot.getBoundingClientRect();
  const { xaxis: x, yaxis: y } = plot._fullLayout, spots = plot.data.at(-1);
  const n = spots.customdata.findIndex(row => row[0].startsWith(words));
  return [box.left + x._offset + x.d2p(spots.x[n]), box.top + y._offset + y.d2p(spots.y[n])];
}"""


@pytest.fixture
def body(visit: Visit) -> Page:
    """The problem areas of the sample with night cramps."""
    page = visit("/")
    page.get_by_role("button", name="Night cramps, 68").click()
    expect(page.get_by_text("nothing you see or enter here is kept").first).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Does massage help?", exact=True).first.click()
    ready(page, "Does massage help?")
    page.get_by_text("Show on the legs where your cramps are").click()
    expect(page.locator(".st-key-body").get_by_test_id("stPlotlyChart")).to_be_visible()
    settled(page)
    return page


def test_a_section_has_an_address_of_its_own(body: Page) -> None:
    body.get_by_role("button", name="Heavy legs", exact=True).or_(
        body.get_by_role("radio", name="Heavy legs", exact=True)
    ).first.click()
    ready(body, "Massage improves circulation")
    assert re.search(r"/benefits\?.*claim=Heavy(\+|%20)legs", body.url)


def test_a_click_on_the_calf_and_the_keyboard_choose_a_place(body: Page) -> None:
    said = body.get_by_text("most often the left calf, with").first.inner_text()
    share = re.search(r"with (\d+ %)", said)
    assert share is not None
    calf = body.locator(
        '[data-testid="stPlotlyChart"] .textpoint text', has_text=re.compile(f"^{share.group(1)}$")
    ).first
    calf.scroll_into_view_if_needed()
    box = calf.bounding_box()
    assert box is not None
    body.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    body.wait_for_timeout(300)
    body.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(body.get_by_text(re.compile(r"Left calf: [1-9]\d* cramps\."))).to_be_visible()
    settled(body)
    place = body.get_by_role("combobox", name=re.compile("Place"))
    place.focus()
    body.keyboard.type("Right shin")
    body.keyboard.press("Enter")
    expect(body.get_by_text("Right shin: 0 cramps.")).to_be_visible()


def test_a_finger_chooses_what_it_touches_and_scrolls_past(visit: Visit, server: Server) -> None:
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    logbook = Logbook(database, database.person("local", "owner"))
    logbook.keep(load("older").records, label="sample")
    logbook.remember(BELIEFS, {})
    database.close()
    page = visit(
        "/benefits?where=true",
        heading="Does massage help?",
        viewport=PHONE,
        has_touch=True,
    )
    chart = page.locator(".st-key-body").get_by_test_id("stPlotlyChart")
    chart.scroll_into_view_if_needed()
    expect(chart.locator(".main-svg").first).to_be_visible()
    for place in ("Right quadriceps", "Left calf", "Right hamstring"):
        chart.scroll_into_view_if_needed()
        x, y = chart.evaluate(STANDS, place)
        page.touchscreen.tap(x, y)
        expect(page.get_by_text(re.compile(rf"{place}: \d+ cramps\."))).to_be_visible()
        settled(page)
    before = page.evaluate(SCROLLED)
    touch = page.context.new_cdp_session(page)
    for step in range(12):
        kind, points = ("touchMove" if step else "touchStart"), [{"x": x, "y": y + 15 * step}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(16)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)
    assert page.evaluate(SCROLLED) < before - 100
