"""What can be read of a damaged file goes into a new one; the damaged one is kept beside it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from legcare.records import ANY_RECORD
from legcare.storage.backup import set_aside, stamp
from legcare.storage.database import Database
from legcare.storage.log_file import remove

# Persons before what is theirs; what is found by a key goes with it.
TABLES = (
    "person",
    "record",
    "change",
    "change_item",
    "change_document",
    "document",
    "share",
    "door",
    "comment",
)
_FARTHEST = 2**40


@dataclass(frozen=True)
class Repaired:
    """Entries kept, entries that could not be read (None: how many is unknown), the old file."""

    kept: int
    lost: int | None
    aside: Path


def repair(place: Path) -> Repaired:
    """Put what can be read of a damaged log in its place.

    The damaged file is kept. Raises ``StorageError`` where nothing of it can be read.
    """
    fresh = place.with_name(f"{place.name}.repairing")
    remove(fresh)
    Database.open(f"sqlite:///{fresh}").close()
    with closing(sqlite3.connect(place)) as old, closing(sqlite3.connect(fresh)) as new, new:
        for table in TABLES:
            _copy(old, new, table)
        kept = int(new.execute("SELECT count(*) FROM record").fetchone()[0])
        lost = _entries_by_index(old)
        new.execute(
            "INSERT OR IGNORE INTO person SELECT DISTINCT person_id, '', ? FROM record",
            [time.time_ns() // 1000],
        )
        new.execute("UPDATE person SET revision = ?", [time.time_ns() // 1000])
    aside = place.with_name(f"{place.stem}.before-{stamp()}{place.suffix}")
    set_aside(place, aside)
    fresh.replace(place)
    return Repaired(kept, None if lost is None else max(lost - kept, 0), aside)


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> None:
    columns = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
    body = columns.index("body") if table == "record" else None
    marks = ", ".join("?" for _ in columns)
    insert = f"INSERT OR IGNORE INTO {table} VALUES ({marks})"
    for row in _readable(old, table, columns):
        if body is None or _is_record(row[body]):
            new.execute(insert, row)


def _readable(
    old: sqlite3.Connection, table: str, columns: list[str]
) -> Iterator[tuple[object, ...]]:
    """Every row that can be read: where a stretch of them cannot, its halves are tried."""
    names = ", ".join(columns)
    query = f"SELECT {names} FROM {table} WHERE rowid BETWEEN ? AND ?"
    stretches = [(1, _FARTHEST)]
    while stretches:
        first, last = stretches.pop()
        try:
            yield from old.execute(query, (first, last)).fetchall()
        except sqlite3.OperationalError:
            return  # an older file without this table
        except sqlite3.DatabaseError:
            middle = (first + last) // 2
            if first < last and len(stretches) < 200:
                stretches += [(middle + 1, last), (first, middle)]


def _entries_by_index(old: sqlite3.Connection) -> int | None:
    """How many entries the file had, by an index that does not touch their pages."""
    try:
        by_index = "SELECT count(*) FROM record INDEXED BY record_by_change"
        return int(old.execute(by_index).fetchone()[0])
    except sqlite3.DatabaseError:
        return None


def _is_record(body: object) -> bool:
    try:
        ANY_RECORD.validate_json(str(body))
    except ValidationError:
        return False
    return True
