"""Days picked on the calendar of the Log page by two taps, and settled with one.

With the mouse and with a finger.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from legcare.records import TrackedSpan
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests.browser.conftest import Visit
from tests.browser.server import DESKTOP, PHONE, Server, settled

pytestmark = pytest.mark.browser
CLOCK = "2026-03-10T12:00:00+00:00"
# The gap is the weeks of 9, 16 and 23 February; weeks begin on Monday, in the row on top.
ENDS = {"2026-02-09": 0, "2026-02-23": 6}
SPANS = [
    TrackedSpan(first_day=date(2026, 2, 1), last_day=date(2026, 2, 8)),
    TrackedSpan(first_day=date(2026, 3, 2), last_day=date(2026, 3, 9)),
]


def place(page: Page, week: str, weekday: int) -> tuple[float, float]:
    """Where a day stands on the screen."""
    page.locator(".js-plotly-plot").first.scroll_into_view_if_needed()
    found = page.evaluate(
        """([week, weekday]) => {
           const plot = document.querySelector('.js-plotly-plot'), at = plot._fullLayout,
           box = plot.getBoundingClientRect(), y = plot._fullData.at(-1).y;
           const rows = [...new Set(y)].sort((a, b) => a - b);
           return [box.x + at._size.l + at.xaxis.d2p(week),
                   box.y + at._size.t + at.yaxis.d2p(rows[weekday])]; }""",
        [week, weekday],
    )
    return found[0], found[1]


@pytest.fixture
def logbook(server: Server) -> Any:
    """A log with a gap of three weeks, on a day soon after."""
    server.stop()
    server.environment["LEGCARE_CLOCK"] = CLOCK
    server.start()
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    logbook = Logbook(database, database.person("local", "owner"))
    logbook.remove([span.id for span in logbook.log().spans], label="begin anew")
    logbook.keep([span.model_copy() for span in SPANS], label="both ends")
    yield logbook
    database.close()


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "finger"])
def test_two_taps_and_one_more_settle_a_stretch_of_days(
    visit: Visit, logbook: Logbook, touch: bool
) -> None:
    page = visit("/log", heading="Diary", viewport=PHONE if touch else DESKTOP, has_touch=touch)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    settled(page)
    for week, weekday in ENDS.items():
        where = place(page, week, weekday)
        page.touchscreen.tap(*where) if touch else page.mouse.click(*where)
        settled(page)
        page.wait_for_timeout(300)
    button = page.get_by_role(
        "button", name="I logged every cramp: 9 February 2026 to 1 March 2026"
    )
    expect(button).to_be_visible()
    button.click()
    expect(page.get_by_text("Days settled as logged").first).to_be_visible()
    settled(page)
    assert (date(2026, 2, 9), date(2026, 3, 1)) in {
        (span.first_day, span.last_day) for span in logbook.log().spans
    }
