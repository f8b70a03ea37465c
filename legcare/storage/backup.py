"""A copy of the whole database as of one moment, while it is in use, and the way back.

A SQLite file is copied by SQLite's own online backup, PostgreSQL by its own programs (``dump.py``).
From a shell: ``python -m legcare.storage backup FILE`` and ``python -m legcare.storage restore
FILE``.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from legcare.errors import StorageError
from legcare.storage import dump
from legcare.storage.database import Database
from legcare.storage.engine import in_memory, url_of


def backup(target: Path, url: str | None = None) -> None:
    """Copy the whole database to a new file, as of one moment, also while others write to it.

    Raises ``StorageError`` where the file is there already (a backup is never written over) or the
    copy failed.
    """
    if target.exists():
        raise StorageError(
            f"{target} is there already. Name another file, so that no backup is lost."
        )
    address = url_of(url)
    if address.get_backend_name() == "postgresql":
        dump.write(address, target)
        return
    source = _file(url)
    if not source.exists():
        raise StorageError(f"There is no log at {source} yet, so there is nothing to back up.")
    _copy(source, target)


def restore(source: Path, url: str | None = None) -> Path | None:
    """Put a backup in the place of the database.

    What was there is kept in a file beside it, whose name is returned.

    No server may be running on it meanwhile. The backup is checked first: raises ``StorageError``
    where it is damaged or no log of legcare, and then nothing was changed.
    """
    if not source.exists():
        raise StorageError(f"There is no file {source}.")
    address = url_of(url)
    if address.get_backend_name() == "postgresql":
        aside = source.with_name(f"{source.stem}.before-{_stamp()}{source.suffix}")
        return dump.read(address, source, aside)
    return _restored(source, _file(url), url)


def _restored(source: Path, place: Path, url: str | None) -> Path | None:
    _check(source)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_name(f"{place.name}.restoring")
    fresh.unlink(missing_ok=True)
    _copy(source, fresh)
    aside = _set_aside(place)
    fresh.replace(place)
    Database.open(url).close()
    return aside


def _file(url: str | None) -> Path:
    address = url_of(url)
    if in_memory(address):
        raise StorageError(
            "A database in memory ends with the program, so there is nothing to back up or restore."
        )
    return Path(address.database or "")


def _copy(source: Path, target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _check(source: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as held:
            sound = held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            known = held.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('record', 'alembic_version')"
            )
            if sound and known.fetchone() == (2,):
                return
    except sqlite3.DatabaseError:
        pass
    raise StorageError(
        f"{source} is damaged or not a backup of a legcare log. Nothing was changed."
    )


def _set_aside(place: Path) -> Path | None:
    """Move the old log away, with its write-ahead log.

    That would otherwise be played into the backup.
    """
    if not place.exists():
        return None
    with closing(sqlite3.connect(place)) as held:
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = place.with_name(f"{place.stem}.before-{_stamp()}{place.suffix}")
    place.replace(aside)
    for tail in ("-wal", "-shm"):
        place.with_name(place.name + tail).unlink(missing_ok=True)
    return aside


def _stamp() -> str:
    return f"{datetime.now():%Y%m%d-%H%M%S-%f}"
