"""WCAG 2.2 AA by axe on every page, light and dark, full and empty.

Nothing beyond what Streamlit itself brings.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from legcare.samples import load
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell.menu import ENTRIES
from tests.browser.conftest import Visit
from tests.browser.server import PHONE, Server, settled

pytestmark = pytest.mark.browser

# What Streamlit 1.67 brings to a page with the same element and nothing else, by rule.
STREAMLITS_OWN = {
    "list": "a menu with sections puts its items in a second list",
    "listitem": "the same, seen from the item",
    "empty-table-header": "st.dataframe and st.data_editor",
    "presentation-role-conflict": "st.file_uploader",
    "aria-dialog-name": "st.toast",
}
# Streamlit writes white on the primary colour in a button and the primary colour on a tenth of
# itself in a chosen segment. On a dark page no colour gives 4.5:1 both ways; the button has it, the
# segment 4.3:1 and a border besides.
CHOSEN = '[aria-checked="true"], [aria-pressed="true"], [aria-selected="true"]'
SIDEWAYS = """() => { const main = document.querySelector('[data-testid="stMain"]');
  return main.scrollWidth - main.clientWidth; }"""
# A narrow phone, and an ordinary window at 200 %.
NARROW = {
    "320 px": {"width": 320, "height": PHONE["height"]},
    "200 %": {"width": 640, "height": 400},
}
# What still moves on a page that stands, for somebody who asked for less motion.
MOVING = """() => document.getAnimations().filter(each => each.playState === 'running')
  .map(each => each.effect.target.outerHTML.slice(0, 150))"""
# The hour, minute, day and month fields inside st.time_input and st.date_input are 21 px high.
FIELDS = 'role="spinbutton"'
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture(scope="module")
def full(server: Server) -> Server:
    """The server with a sample log in its database."""
    database = Database.open(f"sqlite:///{server.database}")
    logbook = Logbook(database, database.person("local", "owner"))
    logbook.keep(load("runner").records, label="sample")
    return server


def violations(page: Page) -> list[str]:
    """Rule, message and element of everything axe finds that is not Streamlit's own."""
    found = Axe().run(page, options=RULES).response["violations"]
    nodes = [
        (rule["id"], node)
        for rule in found
        if rule["id"] not in STREAMLITS_OWN
        for node in rule["nodes"]
    ]
    found = [
        (rule, node)
        for rule, node in nodes
        if not (_chosen(page, rule, node) or _field(rule, node))
    ]
    return [f"{rule}: {node['html'][:150]}: {_message(node)}" for rule, node in found]


def _field(rule: str, node: dict[str, Any]) -> bool:
    return rule == "target-size" and FIELDS in node["html"]


def _message(node: dict[str, Any]) -> str:
    return "; ".join(check["message"][:120] for check in node["any"])


def _chosen(page: Page, rule: str, node: dict[str, Any]) -> bool:
    if rule != "color-contrast":
        return False
    place = page.locator(node["target"][0]).first
    ratio = float(node["any"][0]["data"]["contrastRatio"])
    dark = bool(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
    return (
        dark
        and ratio >= 4.3
        and bool(place.evaluate("(element, chosen) => element.closest(chosen) !== null", CHOSEN))
    )


@pytest.mark.parametrize("name", ENTRIES)
def test_a_full_page_is_accessible_light_and_dark_and_fits_a_narrow_phone(
    full: Server, visit: Visit, name: str
) -> None:
    page = visit(
        "/" if name == "overview" else f"/{name}", color_scheme="light", reduced_motion="reduce"
    )
    page.wait_for_selector("h1")
    settled(page)
    found = {"light": violations(page)}
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.reload()
    page.wait_for_selector("h1")
    settled(page)
    found["dark"] = violations(page)
    moving = page.evaluate(MOVING)
    sideways = {}
    for screen, size in NARROW.items():
        page.set_viewport_size(size)
        settled(page)
        sideways[screen] = page.evaluate(SIDEWAYS)
    assert found == {"light": [], "dark": []}
    assert moving == []
    assert {screen: by for screen, by in sideways.items() if by > 0} == {}


@pytest.mark.parametrize("name", ["frequency", "timing", "associations"])
def test_every_chart_has_its_sentence_for_a_screen_reader(
    full: Server, visit: Visit, name: str
) -> None:
    page = visit(f"/{name}")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    settled(page)
    charts = page.get_by_test_id("stPlotlyChart").all()
    assert charts
    for chart in charts:
        assert chart.get_attribute("role") == "figure"
        assert len(chart.get_attribute("aria-label") or "") > 30
