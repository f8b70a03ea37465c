"""A page as a person meets it: own database, own clock, the frame around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from legcare.storage.database import Database
from legcare.storage.logbook import Logbook

ROOT = Path(__file__).parents[2]
FRAME = ROOT / "legcare" / "ui" / "shell" / "frame.py"
NOW = "2026-03-10T03:10:00+00:00"

Opener = Callable[..., AppTest]


@pytest.fixture
def database_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of this test's own, and a clock that stands still.

    It stands at 03:10 on Tuesday 10 March 2026 (UTC).
    """
    url = f"sqlite:///{tmp_path / 'legcare.db'}"
    monkeypatch.setenv("LEGCARE_DATABASE_URL", url)
    monkeypatch.setenv("LEGCARE_CLOCK", NOW)
    monkeypatch.setenv("LEGCARE_BACKUP_MB", "0")
    return url


@pytest.fixture
def logbook(database_url: str) -> Logbook:
    """The logbook that the pages of this test show."""
    database = Database.open(database_url)
    return Logbook(database, database.person("local", "owner"))


@pytest.fixture
def open_page(database_url: str) -> Opener:
    """Open a page by name, inside the frame: ``open_page("timing", period="Last 90 days")``."""

    def opened(name: str, **query: str) -> AppTest:
        page = AppTest.from_file(str(FRAME), default_timeout=60)
        for key, value in query.items():
            page.query_params[key] = value
        page.run()
        return page if name == "overview" else page.switch_page(f"../../../pages/{name}.py").run()

    return opened
