"""A copy of a SQLite log while it is in use, and the way back. PostgreSQL has ``pg_dump`` and ``pg_restore``.

From a shell: ``python -m legcare.storage.backup FILE`` and ``python -m legcare.storage.backup --restore FILE``.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from legcare.config import config
from legcare.errors import LegcareError, StorageError
from legcare.storage.database import Database
from legcare.storage.engine import in_memory, url_of


def backup(target: Path, url: str | None = None) -> None:
    """Copy the whole log to a new file, as of one moment, also while others write to it.

    Raises ``StorageError`` where the file is there already (a backup is never written over) or is no SQLite file.
    """
    source = _file(url)
    if not source.exists():
        raise StorageError(f"There is no log at {source} yet, so there is nothing to back up.")
    _copy(source, target)


def restore(source: Path, url: str | None = None) -> Path | None:
    """Put a backup in the place of the log; the log that was there is kept beside it, and its new name returned.

    No server may be running on it meanwhile. The backup is checked first: raises ``StorageError`` where it is damaged
    or no log of legcare, and then nothing was changed.
    """
    place = _file(url)
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
    if address.get_backend_name() != "sqlite" or in_memory(address):
        raise StorageError("Only a log in a SQLite file is copied so; for PostgreSQL use pg_dump and pg_restore.")
    return Path(address.database or "")


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        raise StorageError(f"{target} is there already. Name another file, so that no backup is lost.")
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _check(source: Path) -> None:
    if not source.exists():
        raise StorageError(f"There is no file {source}.")
    try:
        with closing(sqlite3.connect(source)) as held:
            sound = held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            known = held.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('record', 'alembic_version')")
            if sound and known.fetchone() == (2,):
                return
    except sqlite3.DatabaseError:
        pass
    raise StorageError(f"{source} is damaged or not a backup of a legcare log. Nothing was changed.")


def _set_aside(place: Path) -> Path | None:
    """Move the old log away, with its write-ahead log: that would otherwise be played into the backup."""
    if not place.exists():
        return None
    with closing(sqlite3.connect(place)) as held:
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = place.with_name(f"{place.stem}.before-{datetime.now():%Y%m%d-%H%M%S-%f}{place.suffix}")
    place.replace(aside)
    for tail in ("-wal", "-shm"):
        place.with_name(place.name + tail).unlink(missing_ok=True)
    return aside


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; prints what it did or why not."""
    parser = argparse.ArgumentParser(prog="python -m legcare.storage.backup", description=__doc__)
    parser.add_argument("file", type=Path, help="the backup to write, or to read with --restore")
    parser.add_argument("--restore", action="store_true", help="put the backup in the place of the log")
    chosen = parser.parse_args(arguments)
    try:
        url = config().database_url
        if chosen.restore:
            aside = restore(chosen.file, url)
            said = f"Restored {chosen.file}." + (f" The log that was there is now {aside}." if aside else "")
        else:
            backup(chosen.file, url)
            said = f"Backed up to {chosen.file}."
    except LegcareError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
