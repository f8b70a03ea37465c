"""Weight of each page and time until it can be used, in Chromium.

Beside an empty Streamlit page of the same run.

A log of ten years (3,650 days, 10,000 events) in SQLite. A page can be used when its heading
stands, no script runs and every chart is drawn. Weight is every byte that the browser received with
an empty cache, web socket included. Floors: an empty ``st.App`` page, and the same page with one
bare Plotly figure, because Plotly's script alone is 4.7 MB unpacked and no page with a chart can do
without it. Pages and floors take turns, so neighbours on the machine slow all of them alike.
``--slow`` measures the seconds a second time over 10 megabits and 40 ms, about what a phone has.
Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.bench import DAYS, EVENTS, LAST, ten_years
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.benefits.visit import BELIEFS
from legcare.ui.shell.menu import ENTRIES
from tests.browser.chromium import FLAGS, found
from tests.browser.server import DESKTOP, PHONE, Server

EMPTY, FIGURE = "floor: empty page", "floor: one bare figure"
CHARTS = frozenset({"overview", "log", "frequency", "timing", "associations", "benefits"})
NIGHT = "today?do=cramp"
TODAY_TARGET, ANALYSIS_TARGET = 1.5, 2.0
PHONE_NETWORK = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 1.25e6,
    "uploadThroughput": 1.25e6,
}
# Milliseconds since the navigation once the page can be used, else false; asked at every frame.
USABLE = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const idle = app && app.dataset.testScriptState === 'notRunning' && document.querySelector('h1')
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  return idle && charts.every(chart => chart.querySelector('.main-svg')) && performance.now();
}"""
FLOOR = """import streamlit as st
st.set_page_config(layout="wide")
st.title("Floor")
if "figure" in st.query_params:
    import plotly.graph_objects as go
    st.plotly_chart(go.Figure(go.Scatter(x=[0, 1], y=[0, 1])))
"""


class Floor(Server):
    """The smallest application of the same kind.

    One page with a title, and one bare figure where it is asked for.
    """

    def __init__(self, home: Path) -> None:
        home.mkdir()
        super().__init__(home)
        (home / "page.py").write_text(FLOOR, encoding="utf-8")
        app = (
            "from pathlib import Path\nimport streamlit as st\napp = st.App(Path(__file__).parent /"
            ' "page.py")\n'
        )
        (home / "app.py").write_text(app, encoding="utf-8")
        self.script = str(home / "app.py")


def main() -> int:
    """Measure every page and its floors, and print one object."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page, floor = _full(Path(folder)), Floor(Path(folder) / "floor")
        browser = playwright.chromium.launch(executable_path=found(), args=list(FLAGS))
        try:
            page.start()
            floor.start()
            told = _measured(browser, _addresses(page, floor, asked.page), asked)
        finally:
            page.stop()
            floor.stop()
            browser.close()
    print(json.dumps({**_where(), **told}, indent=2))
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--rounds", type=int, default=3, help="loads of each page; the medians are told"
    )
    parser.add_argument(
        "--page", nargs="*", default=[NIGHT, *(name for name in ENTRIES if name != "people")]
    )
    parser.add_argument(
        "--slow", action="store_true", help="the seconds over a phone's connection as well"
    )
    parser.add_argument("--phone", action="store_true", help="at the width of a phone")
    return parser.parse_args()


def _where() -> dict[str, object]:
    machine = (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python"
        f" {platform.python_version()}"
    )
    targets = {
        "today_at_most_times_empty": TODAY_TARGET,
        "analysis_at_most_times_empty": ANALYSIS_TARGET,
    }
    return {"machine": machine, "log": {"days": DAYS, "events": EVENTS}, "targets": targets}


def _full(home: Path) -> Server:
    server = Server(home, LEGCARE_CLOCK=LAST.isoformat())
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    logbook = Logbook(database, database.person("local", "owner"))
    logbook.keep(ten_years(), label="bench")
    logbook.remember(BELIEFS, {})  # otherwise the Benefits page asks before it shows
    database.close()
    return server


def _addresses(server: Server, floor: Server, pages: list[str]) -> dict[str, str]:
    ours = {name: f"{server.url}/{'' if name == 'overview' else name}" for name in pages}
    return {EMPTY: floor.url, FIGURE: f"{floor.url}/?figure=1", **ours}


def _measured(
    browser: Browser, addresses: dict[str, str], asked: argparse.Namespace
) -> dict[str, object]:
    size = PHONE if asked.phone else DESKTOP
    for address in addresses.values():
        _visit(
            browser, address, size, slow=False
        )  # the first visitor after a start waits for imports and packing
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in addresses}
    for _ in range(asked.rounds):
        for name, address in addresses.items():
            taken[name].append(_visit(browser, address, size, slow=False))
            if asked.slow:
                taken[name][-1]["slow_s"] = _visit(browser, address, size, slow=True)["seconds"]
    medians = {name: _medians(loads) for name, loads in taken.items()}
    return {"rounds": asked.rounds, "by_page": {name: _beside(name, medians) for name in medians}}


def _medians(loads: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(load[key] for load in loads) for key in loads[0]}


def _beside(name: str, medians: dict[str, dict[str, float]]) -> dict[str, float]:
    held = medians[name]
    told = {key: round(value, 2) for key, value in held.items()}
    for label, floor in (("empty", medians[EMPTY]), ("figure", medians[FIGURE])):
        if name not in (EMPTY, FIGURE) and (label == "empty" or name in CHARTS):
            told |= {f"{key}_x_{label}": round(held[key] / floor[key], 2) for key in held}
    return told


def _visit(browser: Browser, address: str, size: Any, *, slow: bool) -> dict[str, float]:
    """Megabytes and seconds of one load with an empty cache; the session ends with it."""
    context = browser.new_context(viewport=size, timezone_id="Europe/Berlin", locale="en-GB")
    page = context.new_page()
    bytes_of = _weighed(page, slow=slow)
    page.goto(address, wait_until="commit")
    milliseconds = _usable(page)
    page.wait_for_timeout(500)  # what still comes belongs to the page as well
    context.close()
    return {"megabytes": sum(bytes_of) / 1e6, "seconds": milliseconds / 1e3}


def _usable(page: Page) -> float:
    """The moment after which it stayed usable.

    One run may follow another, so it must hold for half a second.
    """
    while True:
        at = float(page.wait_for_function(USABLE, timeout=180_000).json_value())
        page.wait_for_timeout(500)
        if page.evaluate(USABLE):
            return at


def _weighed(page: Page, *, slow: bool) -> list[float]:
    told: list[float] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", PHONE_NETWORK)
    session.on("Network.loadingFinished", lambda event: told.append(event["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived", lambda event: told.append(_frame(event["response"]))
    )
    return told


def _frame(response: dict[str, Any]) -> float:
    """Bytes of a message; a binary one is told in base64."""
    length = len(response["payloadData"])
    return length * 3 / 4 if response["opcode"] == 2 else length


if __name__ == "__main__":
    sys.exit(main())
