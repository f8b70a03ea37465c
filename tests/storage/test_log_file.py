"""What is saved is on the disk under that path; backups, and a damaged file as no end."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from legcare.errors import StorageError
from legcare.records import Cramp, Preferences, now
from legcare.storage import log_file, rotation
from legcare.storage.backup import backup, restore
from legcare.storage.database import Database
from legcare.storage.log_file import LogDamaged, LogGone, entries_of
from legcare.storage.logbook import Logbook
from legcare.storage.repair import repair
from legcare.storage.rotation import Backup, Backups


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "log.sqlite3"


def opened(file: Path, backup_mb: int | None = None) -> tuple[Database, Logbook]:
    database = Database.open(f"sqlite:///{file}", backup_mb=backup_mb)
    return database, Logbook(database, database.person("local", "owner"))


def notes(logbook: Logbook) -> list[str]:
    return [cramp.note for cramp in logbook.log().cramps]


def cramp(note: str) -> Cramp:
    return Cramp(at=now(), note=note)


def stop_here(file: Path, folder: Path) -> Path:
    """The files as a killed process leaves them."""
    folder.mkdir()
    for path in file.parent.glob(f"{file.name}*"):
        shutil.copy2(path, folder / path.name)
    return folder / file.name


def test_an_entry_lands_in_the_file_that_stands_there_after_a_replacement(file: Path) -> None:
    database, logbook = opened(file)
    logbook.keep([cramp("old")], label="old")
    other, others = opened(file.with_name("other.sqlite3"))
    others.keep([cramp("restored")], label="restored")
    other.close()
    file.with_name("other.sqlite3").replace(file)
    for tail in ("-wal", "-shm"):
        file.with_name(file.name + tail).unlink()
    logbook.keep([cramp("new")], label="new")
    assert notes(logbook) == ["restored", "new"]
    database.close()
    database, logbook = opened(file)
    assert notes(logbook) == ["restored", "new"]
    database.close()
    (rescued,) = file.parent.glob("log.rescued-*")
    assert entries_of(rescued) == 1


def test_a_file_that_is_replaced_during_a_write_is_noticed_before_it_is_saved(file: Path) -> None:
    database, logbook = opened(file)
    logbook.keep([cramp("old")], label="old")

    def replaced_meanwhile() -> None:
        with database.writing(logbook.person_id):
            shutil.copy2(file, file.with_name("copy"))
            file.with_name("copy").replace(file)

    with pytest.raises(StorageError, match="replaced or removed just now"):
        replaced_meanwhile()
    database.close()


def test_a_lost_write_ahead_log_loses_nothing(file: Path) -> None:
    database, logbook = opened(file)
    logbook.keep([cramp("one"), cramp("two")], label="two")
    file.with_name(f"{file.name}-wal").unlink()
    logbook.keep([cramp("three")], label="one more")
    killed = stop_here(file, file.parent / "killed")
    database.close()
    database, logbook = opened(killed)
    assert sorted(notes(logbook)) == ["one", "three", "two"]
    database.close()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_vanished_or_emptied_log_is_asked_about(file: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    database, logbook = opened(file)
    logbook.keep([cramp("one")], label="one")
    database.close()
    opened(file)[0].close()
    spoil(file)
    with pytest.raises(LogGone, match=r"There was a log at .* with 1 entry") as gone:
        opened(file)
    assert (gone.value.path, gone.value.seen.entries) == (file, 1)
    assert not file.exists() or not file.stat().st_size
    log_file.LogFile(file).forget()
    database, logbook = opened(file)
    assert notes(logbook) == []
    database.close()


def test_a_log_that_vanishes_from_a_running_server_is_asked_about_and_rescued(file: Path) -> None:
    database, logbook = opened(file)
    logbook.keep([cramp("one")], label="one")
    database.close()
    database, logbook = opened(file)
    assert notes(logbook) == ["one"]
    logbook.keep([cramp("two")], label="two")
    for path in file.parent.glob(f"{file.name}*"):
        if not path.name.endswith(".seen"):
            path.unlink()
    with pytest.raises(LogGone):
        logbook.keep([cramp("three")], label="three")
    (rescued,) = file.parent.glob("log.rescued-*")
    assert entries_of(rescued) == 2
    database.close()


def test_a_log_whose_entries_the_person_deleted_is_not_asked_about(file: Path) -> None:
    database, logbook = opened(file)
    one = cramp("one")
    logbook.keep([one], label="one")
    database.close()
    database, logbook = opened(file)
    logbook.remove([one.id])
    database.close()
    database, logbook = opened(file)
    logbook.erase()
    database.close()
    opened(file)[0].close()


def test_nothing_is_restored_while_a_program_has_the_log_open(file: Path) -> None:
    database, logbook = opened(file)
    logbook.keep([cramp("one")], label="one")
    copy = file.with_name("copy.sqlite3")
    backup(copy, f"sqlite:///{file}")
    with pytest.raises(StorageError, match="open in a program"):
        restore(copy, f"sqlite:///{file}")
    logbook.keep([cramp("two")], label="two")
    database.close()
    database, logbook = opened(file)
    assert sorted(notes(logbook)) == ["one", "two"]
    database.close()


def damaged(file: Path, entries: int = 400) -> None:
    """A log with one page of its entries overwritten."""
    database, logbook = opened(file)
    logbook.keep([cramp(f"{number} {'x' * 50}") for number in range(entries)], label="many")
    logbook.set_preferences(Preferences(units="us"))
    database.close()
    with closing(sqlite3.connect(file)) as held:
        size = held.execute("PRAGMA page_size").fetchone()[0]
        root = held.execute("SELECT rootpage FROM sqlite_master WHERE name = 'record'").fetchone()[
            0
        ]
    content = bytearray(file.read_bytes())
    leaves = [page for page in range(root, len(content) // size) if content[page * size] == 13]
    middle = leaves[len(leaves) // 2]
    content[middle * size : (middle + 1) * size] = b"\xff" * size
    file.write_bytes(bytes(content))


def test_a_damaged_file_is_never_called_a_backup(file: Path) -> None:
    damaged(file)
    with pytest.raises(StorageError, match="would be no backup"):
        backup(file.with_name("copy.sqlite3"), f"sqlite:///{file}")
    assert not list(file.parent.glob("copy*"))


def test_a_repair_keeps_what_can_be_read_and_the_damaged_file(file: Path) -> None:
    damaged(file)
    before = file.read_bytes()
    database, logbook = opened(file)
    with pytest.raises(LogDamaged):
        logbook.log()
    database.close()
    done = repair(file)
    assert done.lost is not None
    assert 300 < done.kept < 400
    assert done.kept + done.lost == 400
    assert done.aside.read_bytes() == before
    database, logbook = opened(file)
    assert len(logbook.log()) == done.kept
    assert logbook.preferences() == Preferences(units="us")
    assert logbook.keep([cramp("new")], label="new").count == 1
    database.close()


def test_a_repair_leaves_out_an_entry_that_nobody_can_read(file: Path) -> None:
    database, logbook = opened(file)
    logbook.keep([cramp("good"), cramp("bad")], label="two")
    database.close()
    with closing(sqlite3.connect(file)) as held, held:
        held.execute("UPDATE record SET body = '{}' WHERE body LIKE '%bad%'")
    done = repair(file)
    assert (done.kept, done.lost) == (1, 1)
    database, logbook = opened(file)
    assert notes(logbook) == ["good"]
    database.close()


def test_a_log_is_backed_up_by_itself_at_most_every_half_hour(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation.Thread, "start", lambda thread: thread._target())  # type: ignore[attr-defined]
    database, logbook = opened(file, backup_mb=10)
    assert database.backups is not None
    logbook.keep([cramp("one")], label="one")
    logbook.keep([cramp("two")], label="two")
    assert [each.entries for each in database.backups.all()] == [1]
    database.backups._last = datetime.now(UTC) - rotation.EVERY
    logbook.keep([cramp("three")], label="three")
    assert [each.entries for each in database.backups.all()] in ([3, 1], [3])
    newest = database.backups.all()[0].path
    assert newest.stat().st_mode & 0o077 == 0
    assert database.backups.folder.stat().st_mode & 0o077 == 0
    database.close()
    restore(newest, f"sqlite:///{file}")
    database, logbook = opened(file)
    assert sorted(notes(logbook)) == ["one", "three", "two"]
    database.close()


def test_an_import_and_an_update_are_preceded_by_a_backup(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from legcare.storage.logbook import ImportSettings

    monkeypatch.setattr(rotation.Backups, "after_write", lambda self: None)
    database, logbook = opened(file, backup_mb=10)
    logbook.keep([cramp("one")], label="one")
    logbook.keep_import([cramp("two")], ImportSettings(), label="file", kind="import")
    assert database.backups is not None
    assert [(each.reason, each.entries) for each in database.backups.all()] == [("import", 1)]
    database.close()


def test_a_damaged_log_pushes_no_sound_backup_out(file: Path) -> None:
    damaged(file)
    backups = Backups(log_file.LogFile(file), 10)
    backups.make_quietly()
    assert backups.all() == ()
    assert [path.name for path in backups.folder.iterdir()] == []


def test_old_backups_thin_out_to_days_weeks_and_months(tmp_path: Path) -> None:
    end = datetime(2026, 11, 25, 12, tzinfo=UTC)
    every = [
        Backup(tmp_path / f"{hours}", end - timedelta(hours=hours), 1, "")
        for hours in range(0, 24 * 800, 6)
    ]
    kept = sorted(int(path.name) for path in rotation._worth_keeping(every, end))
    days = {(end - timedelta(hours=hours)).date() for hours in kept}
    months = {(end - timedelta(hours=hours)).strftime("%Y-%m") for hours in kept}
    assert [hours for hours in kept if hours < 24] == [0, 6, 12, 18]
    assert {end.date() - timedelta(days=number) for number in range(7)} <= days
    assert len(months) == 12
    assert len(kept) < 30
    erased = [Backup(tmp_path / "a", end - timedelta(days=29), 1, "erase")]
    assert rotation._worth_keeping(erased, end) == {tmp_path / "a"}
    assert rotation._worth_keeping(erased, end + timedelta(days=2)) == set()


def test_backups_stay_within_their_megabytes(file: Path) -> None:
    database, logbook = opened(file)
    logbook.keep([cramp("x" * 1000) for _ in range(300)], label="many")
    backups = Backups(log_file.LogFile(file), 1)
    for _ in range(6):
        made = backups.make()
        assert made is not None
        made.path.rename(made.path.with_name(f"legcare-2026010{_ + 1}-000000-300.sqlite3"))
    backups._thin(datetime(2026, 1, 6, tzinfo=UTC))
    every = backups.all()
    assert len(every) >= rotation.FEWEST
    assert len(every) == rotation.FEWEST or sum(each.size for each in every) <= 1_000_000
    database.close()


def test_deleting_everything_leaves_no_byte_and_says_where_one_is_held(file: Path) -> None:
    secret = "very private note"
    database, logbook = opened(file, backup_mb=10)
    logbook.keep([cramp(secret)], label="one")
    assert database.backups is not None
    database.backups.make()
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM record").fetchone()
        with database._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 100")
        with pytest.raises(StorageError, match="another program is reading"):
            logbook.erase()
    database.person("local", "owner")
    logbook.erase()
    database.close()
    left = [path for path in file.parent.rglob("*") if path.is_file()]
    assert [path for path in left if secret.encode() in path.read_bytes()] == []


def test_deleting_everything_can_be_taken_back_where_the_person_wishes(file: Path) -> None:
    database, logbook = opened(file, backup_mb=0)
    logbook.keep([cramp("one")], label="one")
    logbook.erase(keep_backup=True)
    assert database.backups is not None
    (kept,) = database.backups.all()
    database.close()
    restore(kept.path, f"sqlite:///{file}")
    database, logbook = opened(file)
    assert notes(logbook) == ["one"]
    database.close()


def test_a_file_that_others_may_read_is_made_private(file: Path) -> None:
    opened(file)[0].close()
    file.chmod(0o644)
    opened(file)[0].close()
    assert file.stat().st_mode & 0o077 == 0
