"""Engines.

One SQLite file, SQLite in memory, or PostgreSQL, each with the settings that keep a log safe.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from legcare.errors import BadSetting, StorageError
from legcare.storage.log_file import LogFile

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn

FILE = "legcare.sqlite3"
WRITES = "legcare_writes"
READ_S, WRITE_S = 15, 60
# PostgreSQL: a lost network, a lock, a statement without end are each given up after a while.
PATIENCE = {
    "connect_timeout": 5,
    "tcp_user_timeout": READ_S * 1000,
    "options": f"-c lock_timeout={READ_S}s -c statement_timeout={WRITE_S}s",
}
PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA foreign_keys = ON",
    # FULL, not NORMAL: with NORMAL a power cut may take back the last committed entries.
    "PRAGMA synchronous = FULL",
    # What a person deletes is overwritten in the file, not only unlinked.
    "PRAGMA secure_delete = ON",
)


def default_url() -> URL:
    """The one file of local mode, in the platform's folder for data of programs."""
    return URL.create("sqlite", database=str(user_data_path("legcare", appauthor=False) / FILE))


def url_of(text: str | None) -> URL:
    """The address of a database; None means the default file.

    Raises ``BadSetting`` for one that cannot be used.
    """
    if text is None:
        return default_url()
    try:
        url = make_url(text)
        if url.get_backend_name() in ("sqlite", "postgresql"):
            return (
                url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url
            )
    except (ArgumentError, NoSuchModuleError):
        pass
    raise BadSetting(
        "The database address cannot be used: it must begin with sqlite:/// or"
        " postgresql+psycopg://. Correct LEGCARE_DATABASE_URL."
    )


def in_memory(url: URL) -> bool:
    """Whether the database lives only as long as its connection."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def log_file(url: URL) -> LogFile | None:
    """The one file of a SQLite log; None for a database in memory and for PostgreSQL."""
    if url.get_backend_name() != "sqlite" or in_memory(url):
        return None
    return LogFile(Path(url.database or ""))


def make_engine(url: URL) -> Engine:
    """An engine whose errors never quote what a person entered."""
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url, hide_parameters=True, pool_size=10, max_overflow=20, connect_args=PATIENCE
        )
    if in_memory(url):
        engine = create_engine(
            "sqlite://",
            hide_parameters=True,
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
        )
    else:
        _make_file(Path(url.database or ""))
        engine = create_engine(url, hide_parameters=True, pool_size=10, max_overflow=40)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _make_file(path: Path) -> None:
    """Make the folder and the file so that only their owner may read them.

    A file that others could read is closed to them, where it is this user's own.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _close_to_others(file)
        finally:
            os.close(file)
    except OSError as error:
        raise StorageError(
            f"The file of the log, {path}, cannot be opened for writing ({error.strerror}). Allow"
            " writing there, or set LEGCARE_DATABASE_URL to another place, such as"
            " sqlite:////home/you/legcare.sqlite3."
        ) from None


def _close_to_others(file: int) -> None:
    status = os.fstat(file)
    if os.name == "posix" and status.st_mode & 0o077 and status.st_uid == os.geteuid():
        os.fchmod(file, 0o600)


def _on_connect(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin too late (at the first write) and never for a table's
    # creation.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # A writer takes the lock before it reads: otherwise two that read first and write later refuse
    # each other.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def hung_up(connection: Connection, seconds: float) -> Iterator[None]:
    """Close the line to a PostgreSQL that gives no answer for so long, as a stopped one does.

    Whoever waits for it then gets an error. SQLite answers by itself.
    """
    raw = connection.connection.driver_connection
    if raw is None or connection.dialect.name != "postgresql":
        yield
        return
    timer = Timer(seconds, _shut, [raw.pgconn])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(line: PGconn) -> None:
    with suppress(OSError, ValueError), socket.socket(fileno=os.dup(line.socket)) as copy:
        copy.shutdown(socket.SHUT_RDWR)
