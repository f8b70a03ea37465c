"""The body map by mouse and by keyboard: a place chosen either way filters the cramps below it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import ready, settled

pytestmark = pytest.mark.browser


@pytest.fixture
def body(visit: Visit) -> Page:
    """The problem areas of the sample with night cramps."""
    page = visit("/")
    page.get_by_role("button", name="Night cramps, 68").click()
    expect(page.get_by_text("nothing you see or enter here is kept").first).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Benefits", exact=True).first.click()
    ready(page, "Benefits")
    page.get_by_role("button", name="Problem areas", exact=True).or_(
        page.get_by_role("radio", name="Problem areas", exact=True)
    ).first.click()
    ready(page, "Massage identifies problem areas")
    return page


def test_a_section_has_an_address_of_its_own(body: Page) -> None:
    assert re.search(r"/benefits\?claim=Problem(\+|%20)areas$", body.url)


def test_a_click_on_the_calf_and_the_keyboard_choose_a_place(body: Page) -> None:
    said = body.get_by_text("most often the left calf, with").first.inner_text()
    share = re.search(r"with (\d+%)", said)
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
