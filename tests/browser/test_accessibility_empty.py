"""The same of an empty log.

No violation on any page, and the focus can be seen wherever the keyboard leads.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from legcare.ui.shell.menu import ENTRIES
from tests.browser.conftest import Visit
from tests.browser.server import Server, settled
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser
# How the focused element, and what stands closely around it, looks with and without the focus.
SEEN = """async () => {
  const focused = document.activeElement;
  const around = [focused];
  while (around.length < 5) around.push(around[around.length - 1].parentElement);
  const look = () => around.map(each => getComputedStyle(each)).map(style =>
    [style.outline, style.boxShadow, style.borderColor, style.backgroundColor,
     style.textDecoration].join()).join();
  const held = look();
  focused.blur();
  await new Promise(done => setTimeout(done, 400));  // a ring fades
  const bare = look();
  focused.focus();
  return held !== bare;
}"""
# Streamlit makes the whole page reachable by Tab, so that the arrows scroll it, and draws no ring
# around it.
WHOLE_PAGE = '<main id="stMain"'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_an_empty_log_is_accessible(
    visit: Visit, server: Server, scheme: str
) -> None:
    page = visit("/", heading="Today", color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for name in ENTRIES:
        page.goto(f"{server.url}/{'' if name == 'overview' else name}")
        page.wait_for_selector("h1")
        settled(page)
        found[name] = violations(page)
    assert {name: held for name, held in found.items() if held} == {}


def focused(page: Page) -> str:
    """The beginning of the element that has the focus; nothing where the page has it."""
    return str(
        page.evaluate(
            "() => document.activeElement === document.body ? '' : document.activeElement.outerHTML"
        )
    )


def test_the_focus_can_be_seen_on_everything_that_tab_reaches(visit: Visit) -> None:
    page = visit("/today", heading="Day and night", reduced_motion="reduce")
    seen: dict[str, bool] = {}
    for _ in range(60):
        page.keyboard.press("Tab")
        place = focused(page)
        if place and not place.startswith(WHOLE_PAGE):
            page.wait_for_timeout(400)
            seen[place[:300]] = bool(page.evaluate(SEEN))
    assert len(seen) > 25
    assert [place for place, visible in seen.items() if not visible] == []
