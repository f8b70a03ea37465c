"""One empty database for each test, of either kind, and one empty logbook in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests import postgres as server


@pytest.fixture
def postgres() -> server.Postgres:
    """The running server, with tables up to date and no row in them."""
    reason = server.missing()
    if reason:
        pytest.skip(reason)
    running = server.shared()
    Database.open(running.url).close()
    running.empty()
    return running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without a row."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'log.sqlite3'}"
    running: server.Postgres = request.getfixturevalue("postgres")
    return running.url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database.open(url)
    yield opened
    opened.close()


@pytest.fixture
def logbook(database: Database) -> Logbook:
    return Logbook(database, database.person("local", "owner"))
