"""A database that is busy, gone or damaged: the page stays or says every way on; taps are kept."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from legcare.errors import Unreachable
from legcare.records import Cramp
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell import saving, server
from legcare.ui.shell.server_state import close_databases
from tests.pages.conftest import Opener
from tests.pages.test_today import AT, texts


@pytest.fixture
def file(database_url: str) -> Path:
    return Path(database_url.removeprefix("sqlite:///"))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Busy is busy at once, and trying again needs no waiting."""
    monkeypatch.setattr("legcare.storage.engine.PRAGMAS", ("PRAGMA journal_mode = WAL",))
    monkeypatch.setattr(saving, "PAUSE_S", 0)


@contextmanager
def busy(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def drawn(page: AppTest) -> str:
    assert [error.value for error in page.exception] == []
    return texts(page)


def test_a_tap_while_the_log_is_busy_is_kept_and_sent_again(
    impatient: None, open_page: Opener, logbook: Logbook, file: Path
) -> None:
    page = open_page("today")
    with busy(file):
        page.button(key="night-cramp").click().run()
        assert "waits: Cramp at 03:10 saved" in drawn(page)
        assert [button.key for button in page.button if button.key == "night-massage"]
        assert len(logbook.log()) == 0
    page.button(key="try-again").click().run()
    assert "waits" not in drawn(page)
    assert [record.type for record in logbook.log().records] == ["cramp"]
    assert "Cramp at 03:10 saved" in drawn(page)


def test_the_page_stays_while_the_database_is_down(
    impatient: None,
    open_page: Opener,
    logbook: Logbook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page("today")

    def down(*_: object, **__: object) -> Iterator[None]:
        raise Unreachable("The database cannot be reached for now.")

    with monkeypatch.context() as patched:
        patched.setattr(Database, "_rows", down)
        page.button(key="night-cramp").click().run()
        assert "The database cannot be reached for now." in drawn(page)
        assert "waits: Cramp at 03:10 saved" in drawn(page)
        assert page.button(key="night-massage")
        first = open_page("overview")
        assert "The database cannot be reached for now." in drawn(first)
        assert first.button(key="try-again")
    page.run()
    assert [record.type for record in logbook.log().records] == ["cramp"]


def test_a_tap_that_arrived_after_all_is_not_a_second_one(
    impatient: None, open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page("today")
    keep = Logbook.keep

    def lost_answer(self: Logbook, records: tuple[Cramp, ...], **rest: str) -> object:
        keep(self, records, **rest)
        raise Unreachable("no answer")

    with monkeypatch.context() as patched:
        patched.setattr(Logbook, "keep", lost_answer)
        page.button(key="night-cramp").click().run()
    page.run()
    assert "waits" not in drawn(page)
    assert len(logbook.log()) == 1


def test_health_asks_the_database(
    database_url: str, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asyncio.run(server.health(None)).status_code == 200  # type: ignore[arg-type]

    def down(self: Database) -> None:
        raise Unreachable("down")

    monkeypatch.setattr(Database, "answers", down)
    assert asyncio.run(server.health(None)).status_code == 503  # type: ignore[arg-type]


def test_a_vanished_log_asks_and_a_backup_brings_it_back(
    open_page: Opener, logbook: Logbook, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGCARE_BACKUP_MB", "10")
    logbook.keep([Cramp(at=AT)], label="one")
    logbook._database.close()
    database = Database.open(f"sqlite:///{file}", backup_mb=10)
    assert database.backups is not None
    database.backups.make()
    database.close()
    file.unlink()
    page = open_page("overview")
    assert "There was a log at" in drawn(page)
    assert not file.exists()
    assert page.button(key="begin-anew")
    next(button for button in page.button if button.label == "Restore this").click().run()
    assert "Your log is back as it was." in drawn(page) or len(logbook.log()) == 1
    assert len(logbook.log()) == 1


def test_a_new_log_begins_only_where_the_person_says_so(
    open_page: Opener, logbook: Logbook, file: Path
) -> None:
    logbook.keep([Cramp(at=AT)], label="one")
    logbook._database.close()
    Database.open(f"sqlite:///{file}").close()
    file.unlink()
    page = open_page("overview")
    page.button(key="begin-anew").click().run()
    assert "There was a log" not in drawn(page)
    assert len(logbook.log()) == 0


def test_a_damaged_log_offers_a_repair(open_page: Opener, logbook: Logbook, file: Path) -> None:
    logbook.keep([Cramp(at=AT, note="good"), Cramp(at=AT, note="bad")], label="two")
    logbook._database.close()
    with closing(sqlite3.connect(file)) as held, held:
        held.execute("UPDATE record SET body = '{}' WHERE body LIKE '%bad%'")
    page = open_page("overview")
    assert "cannot read" in drawn(page)
    page.button(key="repair").click().run()
    assert [cramp.note for cramp in logbook.log().cramps] == ["good"]
    assert list(file.parent.glob("legcare.before-*"))


def test_settings_list_and_restore_the_backups(
    open_page: Opener, logbook: Logbook, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGCARE_BACKUP_MB", "10")
    logbook.keep([Cramp(at=AT)], label="one")
    database = Database.open(f"sqlite:///{file}", backup_mb=10)
    assert database.backups is not None
    database.backups.make()
    database.close()
    logbook.keep([Cramp(at=AT)], label="two")
    logbook._database.close()
    page = open_page("settings")
    assert "1 entry" in drawn(page)
    next(button for button in page.button if button.label == "Restore this").click().run()
    assert "Your log is back as it was." in drawn(page)
    close_databases()
    assert len(logbook.log()) == 1
