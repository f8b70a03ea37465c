"""Days picked on the calendar of the Log page by one drag, and settled with one click."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from legcare.records import TrackedSpan
from legcare.storage.database import Database
from tests.browser.conftest import Visit
from tests.browser.server import Server, settled

pytestmark = pytest.mark.browser


def test_one_drag_settles_a_stretch_of_days(visit: Visit, server: Server) -> None:
    server.stop()
    server.environment["LEGCARE_CLOCK"] = "2026-03-10T12:00:00+00:00"
    server.start()
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    logbook = database.logbook(database.person("local", "owner"))
    spans = [
        TrackedSpan(first_day=date(2026, 2, 1), last_day=date(2026, 2, 8)),
        TrackedSpan(first_day=date(2026, 3, 2), last_day=date(2026, 3, 9)),
    ]
    logbook.keep(spans, label="both ends")
    page = visit("/log", heading="Log")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    settled(page)
    grid = page.locator(".js-plotly-plot .hm").first.bounding_box()
    assert grid is not None
    # Thirteen weeks up to that of 2 March stand side by side; the gap is the weeks of 9, 16 and 23 February.
    week = page.evaluate(
        """() => { const at = document.querySelector('.js-plotly-plot')._fullLayout, box =
           document.querySelector('.js-plotly-plot').getBoundingClientRect();
           const x = day => box.x + at._size.l + at.xaxis.d2p(day);
           return {left: x('2026-02-09'), right: x('2026-02-23'), top: box.y + at._size.t,
                   bottom: box.y + at._size.t + at._size.h, wide: x('2026-02-16') - x('2026-02-09')}; }"""
    )
    page.mouse.move(week["left"] - week["wide"] / 3, week["top"] + 2)
    page.mouse.down()
    page.mouse.move(week["right"], week["bottom"] - 20, steps=5)
    page.mouse.move(week["right"] + week["wide"] / 3, week["bottom"] - 2, steps=5)
    page.mouse.up()
    button = page.get_by_role("button", name="I logged every cramp: 9 February 2026 to 1 March 2026")
    expect(button).to_be_visible()
    button.click()
    expect(page.get_by_text("Days settled as logged").first).to_be_visible()
    settled(page)
    found = {(span.first_day, span.last_day) for span in logbook.log().spans}
    database.close()
    assert (date(2026, 2, 9), date(2026, 3, 1)) in found
