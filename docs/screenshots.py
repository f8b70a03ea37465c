"""Pictures of every page: ``make screenshots``.

All go to ``build/screenshots``, the guide's own to ``docs/pictures``.

Every page with a sample log, an empty log and a single record, on a desktop and a phone, light and
dark; ``--page timing --log sample --long`` makes fewer, as long as the page is.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from legcare import samples as sample
from legcare.records import Cramp, Log
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.benefits.visit import BELIEFS
from legcare.ui.shell.menu import ENTRIES
from tests.browser.chromium import FLAGS, found
from tests.browser.server import DESKTOP, PHONE, Server, settled

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "screenshots"
PICTURES = ROOT / "docs" / "pictures"
CLOCK = "2026-11-15T21:30:00+00:00"
LOGS = {
    "sample": lambda: sample.load("runner"),
    "empty": Log,
    "one": lambda: Log((Cramp(at=datetime(2026, 11, 15, 2, 10, tzinfo=UTC)),)),
}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
GUIDE = {
    "overview-sample-desktop-light": "overview",
    "today-sample-phone-dark": "today-at-night",
    "timing-sample-desktop-light": "timing",
    "benefits-sample-desktop-light": "benefits",
    "associations-sample-desktop-light": "associations",
}
COLD = (
    "() => [...document.querySelectorAll('[data-testid=\"stPlotlyChart\"]')].every(c =>"
    " c.querySelector('.main-svg'))"
)


def main() -> int:
    """Take the pictures asked for."""
    asked = _asked()
    path = found()
    if path is None:
        print("There is no Chromium: run python tests/browser/chromium.py.")
        return 1
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for log in asked.log:
            _pictures_of(log, browser, asked)
        browser.close()
    if asked.out == BUILD and not asked.long:
        _guide(asked)
    return 0


def _guide(asked: argparse.Namespace) -> None:
    """Copy the pictures that the guide shows."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for taken, name in GUIDE.items():
        page, log, size, scheme = taken.split("-")
        if (
            page in asked.page
            and log in asked.log
            and size in asked.size
            and scheme in asked.scheme
        ):
            shutil.copyfile(BUILD / f"{taken}.png", PICTURES / f"{name}.png")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", nargs="*", default=[name for name in ENTRIES if name != "people"])
    parser.add_argument("--log", nargs="*", choices=LOGS, default=list(LOGS))
    parser.add_argument("--size", nargs="*", choices=SIZES, default=list(SIZES))
    parser.add_argument("--scheme", nargs="*", choices=["light", "dark"], default=["light", "dark"])
    parser.add_argument(
        "--out",
        type=Path,
        default=BUILD,
        help="another folder; the guide's pictures stay as they are",
    )
    parser.add_argument(
        "--long", action="store_true", help="the whole page instead of what fits the screen"
    )
    return parser.parse_args()


def _pictures_of(log: str, browser: Browser, asked: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), LEGCARE_CLOCK=CLOCK)
        database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
        records = LOGS[log]().records
        if records:
            logbook = Logbook(database, database.person("local", "owner"))
            logbook.keep(records, label="Pictures")
            logbook.remember(BELIEFS, {})  # otherwise the Benefits page asks before it shows
        server.start()
        for size, scheme in itertools.product(asked.size, asked.scheme):
            context = browser.new_context(
                viewport=SIZES[size],
                color_scheme=scheme,
                timezone_id="Europe/Berlin",
                locale="en-GB",
            )
            page = context.new_page()
            for name in asked.page:
                _picture(page, server.url, name)
                if asked.long:
                    _stretch(page, SIZES[size])
                page.screenshot(
                    path=asked.out
                    / f"{name}-{log}-{size}-{scheme}{'-long' if asked.long else ''}.png"
                )
                page.set_viewport_size(SIZES[size])
            context.close()
        server.stop()


def _picture(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/{'' if name == 'overview' else name}")
    page.get_by_role("heading").first.wait_for(timeout=60_000)
    settled(page)
    page.wait_for_function(COLD, timeout=60_000)
    page.wait_for_timeout(300)


def _stretch(page: Page, size: dict[str, int]) -> None:
    height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(int(height) + 40, 12_000)})
    settled(page)


if __name__ == "__main__":
    sys.exit(main())
