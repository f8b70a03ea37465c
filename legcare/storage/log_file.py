"""The one file of a SQLite log, watched: "saved" means on the disk under that path.

Beside it stands a note, ``<file>.seen``, of when the log was last opened or backed up and how many
entries it had: an emptied or vanished file is asked about and never begun anew in silence.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from legcare.errors import StorageError

PRIVATE = 0o600
TAILS = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Seen:
    """A log as it was last seen: on which day (UTC), and how many entries it had."""

    day: date
    entries: int


class LogGone(StorageError):
    """There was a log at this place, and now there is none."""

    def __init__(self, path: Path, seen: Seen) -> None:
        super().__init__(
            f"There was a log at {path} on {seen.day:%d %B %Y} with {seen.entries:,}"
            f" {'entry' if seen.entries == 1 else 'entries'}, and now the"
            " file is gone or empty. Put the file or a backup in its place, or begin a new log by"
            f" deleting {path.name}.seen beside it."
        )
        self.path = path
        self.seen = seen


class LogDamaged(StorageError):
    """The file of the log cannot be read in part or whole."""


class LogFile:
    """Path and identity of an open file, and of its write-ahead log."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: tuple[object, object] = (None, None)

    def check_there(self) -> None:
        """Raise ``LogGone`` where a log was seen here and the file is gone or empty."""
        seen = self.seen()
        if seen is not None and seen.entries and not _has_history(self.path):
            raise LogGone(self.path, seen)

    def note_opened(self) -> None:
        """From now on the file that stands there is the one that is open."""
        self._opened = (_identity(self.path), _identity(self._wal))

    def in_place(self) -> bool:
        """Whether the open file still stands under its path, with its write-ahead log."""
        now = (_identity(self.path), _identity(self._wal))
        if self._opened[1] is None and now[0] == self._opened[0]:
            self._opened = now
        return now == self._opened

    def same_file(self) -> bool:
        """Whether the open file stands under its path, whatever became of its write-ahead log."""
        return _identity(self.path) == self._opened[0]

    def rescue(self, connection: sqlite3.Connection) -> Path:
        """Save what an open connection still reads of a file that is gone from its path."""
        now = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        target = self.path.with_name(f"{self.path.stem}.rescued-{now}{self.path.suffix}")
        target.touch(PRIVATE)
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        return target

    def seen(self) -> Seen | None:
        """What is noted of the log; None where nothing is."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return Seen(date.fromisoformat(note["day"]), int(note["entries"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def note(self, entries: int) -> None:
        """Note that the log is there and how many entries it has."""
        with suppress(OSError):
            self._note.write_text(
                json.dumps({"day": datetime.now(UTC).date().isoformat(), "entries": entries})
            )
            self._note.chmod(PRIVATE)

    def forget(self) -> None:
        """Begin anew: nothing is noted of a log here."""
        self._note.unlink(missing_ok=True)

    def make_private(self) -> None:
        """Take from others what they may do with the file and its tails."""
        for tail in TAILS:
            with suppress(OSError):
                self.path.with_name(self.path.name + tail).chmod(PRIVATE)

    @property
    def _note(self) -> Path:
        return self.path.with_name(f"{self.path.name}.seen")

    @property
    def _wal(self) -> Path:
        return self.path.with_name(f"{self.path.name}-wal")


def entries_of(path: Path) -> int:
    """How many records of everybody stand in a file; 0 where it is no log or cannot be read."""
    return _count(path, "SELECT count(*) FROM record")


def _has_history(path: Path) -> bool:
    """Whether anything was ever written: a log whose entries the person deleted has its changes."""
    return bool(_count(path, "SELECT count(*) FROM change"))


def _count(path: Path, query: str) -> int:
    if not path.exists() or not path.stat().st_size:
        return 0
    try:
        with closing(sqlite3.connect(path)) as file:
            return int(file.execute(query).fetchone()[0])
    except sqlite3.DatabaseError as error:
        return 1 if "malformed" in str(error) else 0  # damaged is not empty


def in_use(path: Path) -> bool:
    """Whether any program has the file open: an open log holds a shared lock all the time."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as file:
        try:
            file.execute("PRAGMA locking_mode = EXCLUSIVE")
            file.execute("BEGIN EXCLUSIVE")
            file.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            return "locked" in str(error) or "busy" in str(error)
        except sqlite3.DatabaseError:
            return False  # a damaged file is in nobody's use
    return False


def sound(path: Path) -> bool:
    """Whether a file is a whole log of legcare, every page of it."""
    try:
        with closing(sqlite3.connect(path)) as file:
            whole: bool = file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = file.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('record', 'alembic_version')"
            )
            return whole and bool(tables.fetchone() == (2,))
    except sqlite3.DatabaseError:
        return False


def copy_file(source: Path, target: Path) -> None:
    """Copy a log as of one moment to a new private file of one piece.

    Also while others write to it. Raises ``StorageError``, and leaves no file, where the copy is
    not sound: then the log is damaged.
    """
    target.touch(PRIVATE, exist_ok=False)
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
        whole = sound(target)
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        remove(target)
        raise StorageError(
            f"{source} is damaged, so a copy of it would be no backup. Nothing was written. Keep"
            " the file, and repair it or restore an earlier backup."
        )


def remove(path: Path) -> None:
    """Delete a database file with its tails."""
    for tail in TAILS:
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino
