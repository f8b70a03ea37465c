"""Backup and restore, tried: a SQLite file by legcare itself, PostgreSQL by its own programs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from legcare.commands.backup import main
from legcare.errors import StorageError
from legcare.records import Cramp, Preferences, now
from legcare.storage.backup import backup, restore
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests import postgres as server


def opened(url: str) -> tuple[Database, Logbook]:
    database = Database.open(url)
    return database, Logbook(database, database.person("local", "owner"))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'log.sqlite3'}"


def test_a_backup_taken_while_the_log_is_open_brings_it_back(url: str, tmp_path: Path) -> None:
    database, logbook = opened(url)
    kept, later = Cramp(at=now(), note="kept"), Cramp(at=now(), note="later")
    logbook.keep([kept], label="kept")
    logbook.set_preferences(Preferences(units="us"))
    backup(tmp_path / "copy.sqlite3", url)
    logbook.keep([later], label="later")
    database.close()
    aside = restore(tmp_path / "copy.sqlite3", url)
    database, logbook = opened(url)
    assert logbook.log().records == (kept,)
    assert logbook.preferences() == Preferences(units="us")
    database.close()
    database, logbook = opened(f"sqlite:///{aside}")
    assert set(logbook.log().records) == {kept, later}
    database.close()


def test_a_log_is_restored_where_there_was_none(url: str, tmp_path: Path) -> None:
    database, logbook = opened(url)
    logbook.keep([Cramp(at=now())], label="kept")
    backup(tmp_path / "copy.sqlite3", url)
    database.close()
    moved = f"sqlite:///{tmp_path / 'new' / 'log.sqlite3'}"
    assert restore(tmp_path / "copy.sqlite3", moved) is None
    database, logbook = opened(moved)
    assert len(logbook.log()) == 1
    database.close()


def test_a_backup_is_never_written_over(url: str, tmp_path: Path) -> None:
    opened(url)[0].close()
    backup(tmp_path / "copy.sqlite3", url)
    with pytest.raises(StorageError, match="there already"):
        backup(tmp_path / "copy.sqlite3", url)


@pytest.mark.parametrize("content", [b"date;severity\n" * 200, b""])
def test_what_is_no_backup_changes_nothing(url: str, tmp_path: Path, content: bytes) -> None:
    database, logbook = opened(url)
    logbook.keep([Cramp(at=now())], label="kept")
    database.close()
    wrong = tmp_path / "wrong"
    wrong.write_bytes(content)
    with pytest.raises(StorageError, match="not a backup"):
        restore(wrong, url)
    database, logbook = opened(url)
    assert len(logbook.log()) == 1
    database.close()


def test_without_a_log_there_is_nothing_to_back_up(url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nothing to back up"):
        backup(tmp_path / "copy.sqlite3", url)
    with pytest.raises(StorageError, match="in memory"):
        backup(tmp_path / "copy.sqlite3", "sqlite://")
    assert not (tmp_path / "copy.sqlite3").exists()


def test_from_a_shell(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LEGCARE_DATABASE_URL", url)
    copy = str(tmp_path / "copy.sqlite3")
    assert main(["backup", copy]) == 1
    assert "nothing to back up" in capsys.readouterr().err
    opened(url)[0].close()
    assert main(["backup", copy]) == 0
    assert main(["restore", copy]) == 0
    said = capsys.readouterr().out
    assert f"Backed up to {copy}.\nRestored {copy}. What was there before is now in " in said


@pytest.fixture
def admin(postgres: server.Postgres, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same server's address for a role that may read every row.

    Its programs are on the path.
    """
    monkeypatch.setenv("PATH", str(server.program("pg_dump").parent), prepend=os.pathsep)
    return postgres.url.replace(f"//{server.ROLE}@", "//postgres@")


@pytest.mark.postgres
def test_postgresql_comes_back_from_its_own_dump(
    postgres: server.Postgres, admin: str, tmp_path: Path
) -> None:
    database, logbook = opened(postgres.url)
    kept, later = Cramp(at=now(), note="kept"), Cramp(at=now(), note="later")
    logbook.keep([kept], label="kept")
    copy = tmp_path / "copy.backup"
    backup(copy, admin)
    assert copy.stat().st_mode & 0o077 == 0
    logbook.keep([later], label="later")
    database.close()
    aside = restore(copy, admin)
    database, logbook = opened(postgres.url)
    assert logbook.log().records == (kept,)
    assert aside is not None
    restore(aside, admin)
    assert set(logbook.log().records) == {kept, later}
    database.close()


@pytest.mark.postgres
def test_the_role_of_the_server_cannot_dump_everybody(
    postgres: server.Postgres, admin: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(postgres.url)[0].close()
    assert main(["backup", str(tmp_path / "copy.backup"), "--database", postgres.url]) == 1
    assert "BYPASSRLS" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_what_is_no_dump_leaves_postgresql_as_it_is(
    postgres: server.Postgres, admin: str, tmp_path: Path
) -> None:
    database, logbook = opened(postgres.url)
    logbook.keep([Cramp(at=now())], label="kept")
    (tmp_path / "wrong").write_bytes(b"date;severity\n" * 200)
    with pytest.raises(StorageError, match="not a backup"):
        restore(tmp_path / "wrong", admin)
    assert len(logbook.log()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["wrong"]
    database.close()
