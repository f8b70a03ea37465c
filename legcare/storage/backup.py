"""A copy of the whole database as of one moment, while it is in use, and the way back.

A SQLite file is copied by SQLite's own online backup, PostgreSQL by its own programs (``dump.py``).
From a shell: ``python -m legcare.storage backup FILE`` and ``python -m legcare.storage restore
FILE``.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from legcare.errors import StorageError
from legcare.storage import dump
from legcare.storage.database import Database
from legcare.storage.engine import in_memory, url_of
from legcare.storage.log_file import copy_file, in_use, remove, sound


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
    copy_file(source, target)


def restore(source: Path, url: str | None = None) -> Path | None:
    """Put a backup in the place of the database.

    What was there is kept in a file beside it, whose name is returned.

    The backup is checked first: raises ``StorageError`` where it is damaged or no log of legcare,
    or where a program has the log open; then nothing was changed.
    """
    if not source.exists():
        raise StorageError(f"There is no file {source}.")
    address = url_of(url)
    if address.get_backend_name() == "postgresql":
        aside = source.with_name(f"{source.stem}.before-{stamp()}{source.suffix}")
        return dump.read(address, source, aside)
    return _restored(source, _file(url), url)


def _restored(source: Path, place: Path, url: str | None) -> Path | None:
    if not sound(source):
        raise StorageError(
            f"{source} is damaged or not a backup of a legcare log. Nothing was changed."
        )
    if in_use(place):
        raise StorageError(
            f"{place} is open in a program, such as a running legcare server. Nothing was changed."
            " Stop it, then restore again."
        )
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_name(f"{place.name}.restoring")
    remove(fresh)
    copy_file(source, fresh)
    aside = place.with_name(f"{place.stem}.before-{stamp()}{place.suffix}")
    there = set_aside(place, aside)
    fresh.replace(place)
    Database.open(url).close()
    return aside if there else None


def _file(url: str | None) -> Path:
    address = url_of(url)
    if in_memory(address):
        raise StorageError(
            "A database in memory ends with the program, so there is nothing to back up or restore."
        )
    return Path(address.database or "")


def set_aside(place: Path, aside: Path) -> bool:
    """Move the log away with its write-ahead log, which would be played into another file.

    Returns whether there was one.
    """
    if not place.exists():
        return False
    with closing(sqlite3.connect(place)) as held, suppress(sqlite3.DatabaseError):
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    place.replace(aside)
    for tail in ("-wal", "-shm"):
        beside = place.with_name(place.name + tail)
        if beside.exists():  # what a damaged log could not take in stays with it
            beside.replace(aside.with_name(aside.name + tail))
    return True


def stamp() -> str:
    """This moment, as it stands in the name of a file."""
    return f"{datetime.now():%Y%m%d-%H%M%S-%f}"
