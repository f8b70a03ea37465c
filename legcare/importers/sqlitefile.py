"""SQLite files from a phone, opened for reading only.

The bytes stand in a temporary file that is gone afterwards.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from legcare.errors import BadFile
from legcare.importers.source import Source

MAGIC = b"SQLite format 3\0"
MOST_BYTES = 2 * 1024**3
MOST_STEPS = 200_000_000
CHUNK = 1024 * 1024


@contextmanager
def opened(source: Source) -> Iterator[sqlite3.Connection]:
    """The file as a database that cannot be written to. Raises ``BadFile`` for a damaged one."""
    with tempfile.TemporaryDirectory(prefix="legcare-") as folder:
        path = Path(folder) / "upload.db"
        _copy(source, path)
        try:
            with closing(
                sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
            ) as database:
                database.row_factory = sqlite3.Row
                database.execute("PRAGMA trusted_schema=OFF")
                _limited(database)
                yield database
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            raise BadFile(
                f"{source.name} is a damaged database ({error}): copy or export it again."
            ) from error


def _copy(source: Source, path: Path) -> None:
    written = 0
    with source.open() as stream, path.open("wb") as out:
        while chunk := stream.read(CHUNK):
            written += len(chunk)
            if written > MOST_BYTES:
                raise BadFile(
                    f"{source.name} is larger than 2 GB, more than a phone's health database."
                )
            out.write(chunk)


def _limited(database: sqlite3.Connection) -> None:
    """A database may define views that compute without end: stop them."""
    left = [MOST_STEPS // 100_000]

    def tick() -> int:
        left[0] -= 1
        return int(left[0] < 0)

    database.set_progress_handler(tick, 100_000)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10_000_000)


def tables(database: sqlite3.Connection) -> frozenset[str]:
    """The names of its tables; views are not asked."""
    return frozenset(
        row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    )


def rows(database: sqlite3.Connection, table: str) -> Iterator[Mapping[str, object]]:
    """The rows of a table as mappings, by column name."""
    for row in database.execute(f'SELECT * FROM "{table}"'):
        yield dict(row)
