"""The night page beside the Streamlit bookmark and an empty Streamlit page, on an emulated phone.

Chromium at the size of a phone, processor slowed 4 times, 10 megabits and 40 ms. Each page is
loaded with an empty cache and then once more; the three take turns. A page can be used when its
button can be tapped (the empty page: when its heading stands and nothing runs). The log is that of
ten years. Prints one JSON object; the aims are 0.15 times the empty page and 30 kB in all.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page_weight import EMPTY, NIGHT, Floor, _full, _usable, _weighed
from tests.browser.chromium import FLAGS, found
from tests.browser.server import PHONE

TAPPABLE = """() => {
  const button = document.getElementById('cramp');
  return button && button.onclick && performance.now();
}"""
TO_WORDS = """() => new Promise((done) => {
  const start = performance.now(), status = document.getElementById('status');
  new MutationObserver(() => requestAnimationFrame(() => done(performance.now() - start)))
    .observe(status, {childList: true});
  document.getElementById('cramp').click();
})"""


def main() -> int:
    """Measure the three, and print one object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, floor = _full(Path(folder)), Floor(Path(folder) / "floor")
        browser = playwright.chromium.launch(executable_path=found(), args=list(FLAGS))
        try:
            server.start()
            floor.start()
            pages = {EMPTY: floor.url}
            pages |= {name: f"{server.url}/{name}" for name in (NIGHT, "night")}
            visits_by_page: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
            for turn in range(rounds + 1):  # the first visitor after a start waits for imports
                for name, address in pages.items():
                    visit = _visit(browser, address, is_night=name == "night")
                    visits_by_page[name] += [visit] if turn else []
        finally:
            server.stop()
            floor.stop()
            browser.close()
    medians = {
        name: {key: round(statistics.median(v[key] for v in visits), 3) for key in visits[0]}
        for name, visits in visits_by_page.items()
    }
    ratios = {
        f"night_x_{name}": round(medians["night"]["cold_s"] / medians[name]["cold_s"], 3)
        for name in (EMPTY, NIGHT)
    }
    print(json.dumps({"rounds": rounds, "by_page": medians, **ratios}, indent=2))
    return 0


def _visit(browser: Browser, address: str, *, is_night: bool) -> dict[str, float]:
    """Seconds with an empty cache and the second time, kilobytes, and from the tap to the words."""
    context = browser.new_context(viewport=PHONE, timezone_id="Europe/Berlin", has_touch=True)
    page = context.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    bytes_of = _weighed(page, slow=True)
    figures = {}
    for name in ("cold_s", "second_s"):
        page.goto(address, wait_until="commit")
        figures[name] = (_tappable(page) if is_night else _usable(page)) / 1000
        if name == "cold_s":
            page.wait_for_timeout(1000)  # what still comes belongs to the page as well
            figures["kB"] = sum(bytes_of) / 1000
    if is_night:
        figures["tap_to_words_ms"] = float(page.evaluate(TO_WORDS))
    context.close()
    return figures


def _tappable(page: Page) -> float:
    return float(page.wait_for_function(TAPPABLE, polling="raf").json_value())


if __name__ == "__main__":
    sys.exit(main())
