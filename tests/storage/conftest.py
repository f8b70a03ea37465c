"""One empty logbook, on a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from legcare.storage.database import Database
from legcare.storage.logbook import Logbook


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'log.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def logbook(database: Database) -> Logbook:
    return database.logbook(database.person("local", "owner"))
