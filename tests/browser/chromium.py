"""Find a Chromium for the browser tests, or install one.

``python tests/browser/chromium.py`` says what it did.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb")


def found() -> str | None:
    """The browser to use.

    ``LEGCARE_CHROMIUM``, one on the path, one in its usual place, or Playwright's own.
    """
    told = os.environ.get("LEGCARE_CHROMIUM")
    if told:
        return told
    named = next((path for name in NAMES if (path := shutil.which(name))), None)
    return named or next(
        (path for path in (*PLACES, _playwrights_own()) if path and Path(path).exists()), None
    )


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    command = [path, *FLAGS, "--headless", "--dump-dom", "about:blank"]
    try:
        return (
            subprocess.run(command, capture_output=True, timeout=120, check=False).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def _from_debian() -> bool:
    """Debian's package brings every library it needs."""
    return debian.install("chromium", "fonts-liberation")


def _from_playwright() -> bool:
    libraries = ["--with-deps"] if os.name != "nt" and os.geteuid() == 0 else []
    environment = {**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "20000"}
    command = [sys.executable, "-m", "playwright", "install", *libraries, "chromium"]
    try:
        return (
            subprocess.run(
                command, env=environment, capture_output=True, timeout=900, check=False
            ).returncode
            == 0
        )
    except subprocess.TimeoutExpired:
        return False


def main() -> int:
    """Say in one line which browser the tests will use and how it came here."""
    path = found()
    if path:
        print(f"Browser tests use {path}, found on this machine.")
        return 0
    for install, whence in (
        (_from_debian, "Debian's package"),
        (_from_playwright, "Playwright's own"),
    ):
        if install() and (path := found()) and _starts(path):
            print(f"Browser tests use {path}, installed just now: {whence}.")
            return 0
    print(
        "There is no Chromium or Chrome and none could be installed: install one, or set"
        " LEGCARE_CHROMIUM to its path."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
