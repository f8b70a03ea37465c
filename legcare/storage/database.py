"""A database of logs: opened once per server, shared by all its threads."""

from __future__ import annotations

import logging
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import RLock
from uuid import UUID

from sqlalchemy import Connection, Engine, Transaction, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from legcare.errors import StorageError
from legcare.storage import people
from legcare.storage.engine import (
    READ_S,
    WRITE_S,
    WRITES,
    hung_up,
    in_memory,
    log_file,
    make_engine,
    url_of,
)
from legcare.storage.failures import storage_error
from legcare.storage.log_file import LogFile, entries_of
from legcare.storage.person_rows import PersonRows, ShareKey
from legcare.storage.rotation import ERASED, Backups
from legcare.storage.schema import is_current, passes_by_policies, upgrade

SUPERUSER = (
    "The role in LEGCARE_DATABASE_URL is a superuser of PostgreSQL, so row-level security, the"
    " second wall between the logs, does not hold. Give legcare a role of its own: CREATE ROLE"
    " legcare LOGIN."
)

MOVED = (
    "The file of the log was replaced or removed just now. Nothing was saved; reload the page to"
    " see the log that is there, and enter it again."
)
HELD_COPY = (
    "Everything was deleted from the log, but another program is reading its file, so a copy may"
    " remain beside it in the file whose name ends in -wal. Stop that program, then delete again."
)


class Database:
    """Logs of many people, each reached only through the rows of one of them.

    Thread-safe.
    """

    def __init__(
        self, engine: Engine, file: LogFile | None = None, *, shared_connection: bool = False
    ) -> None:
        self._engine = engine
        self._file = file
        self._moving = RLock()
        self.backups: Backups | None = None
        self._writer = engine.execution_options(**{WRITES: True})
        # A database in memory is one connection; its transactions wait for each other.
        self._turn: AbstractContextManager[object] = RLock() if shared_connection else nullcontext()
        weakref.finalize(self, engine.dispose)

    @staticmethod
    def open(url: str | None = None, *, backup_mb: int | None = None) -> Database:
        """Open a database and bring it up to date.

        ``url`` None means one SQLite file in the platform's data folder (which is made);
        ``sqlite://`` a database in memory that nobody else sees. Raises ``BadSetting`` for an
        address that cannot be used, ``StorageError`` where the database cannot be opened, and
        ``LogGone`` where a log stood in the file and now there is none. ``backup_mb`` is how much
        the automatic backups of a file may take; with 0 none are made, and with None it has none.
        """
        address = url_of(url)
        file = log_file(address)
        if file is not None:
            file.check_there()
        database = Database(make_engine(address), file, shared_connection=in_memory(address))
        if file is not None and backup_mb is not None:
            database.backups = Backups(file, backup_mb)
        database._ready()
        return database

    def _ready(self) -> None:
        if self._file is not None:
            self._file.make_private()
            self._file.note_opened()
        try:
            with self._transaction(writing=False) as connection:
                ready = is_current(connection)
                if passes_by_policies(connection):
                    logging.getLogger(__name__).warning(SUPERUSER)
            if not ready:
                self.back_up("update")
                with self._transaction(writing=True) as connection:
                    upgrade(connection)
        except BaseException:
            self.close()
            raise
        self._note_entries()

    def close(self) -> None:
        """Let go of all connections; a file is then whole in one piece."""
        self._engine.dispose()
        self._note_entries()

    def _note_entries(self) -> None:
        if self._file is not None and (entries := entries_of(self._file.path)):
            self._file.note(entries)

    def person(self, issuer: str, subject: str, label: str = "") -> UUID:
        """The id of the person whom ``issuer`` knows as ``subject``; made at the first visit."""
        person_id = people.person_id(issuer, subject)
        with self.reading(person_id) as rows:
            if people.revision(rows):
                return person_id
        with self.writing(person_id) as rows:
            people.begin_log(rows, label)
        return person_id

    def reading(self, person_id: UUID) -> AbstractContextManager[PersonRows]:
        """One person's rows as of one moment."""
        return self._rows(person_id, writing=False)

    def writing(self, person_id: UUID) -> AbstractContextManager[PersonRows]:
        """One person's rows, changed whole or not at all."""
        return self._rows(person_id, writing=True)

    def shares_of_key(self, key: str) -> tuple[tuple[UUID, UUID], ...]:
        """Person and share of each link that a key (see ``shares.share_key``) opens.

        Empty where it opens none.
        """
        with self._transaction("legcare.door", key, writing=False) as connection:
            return ShareKey(connection, key).shares()

    def answers(self) -> None:
        """Ask the database for a sign of life; raises ``StorageError`` where it gives none."""
        with self._transaction(writing=False) as connection:
            is_current(connection)

    def back_up(self, reason: str) -> None:
        """Make an automatic backup now, before something large; nothing where they are off."""
        if self.backups is not None:
            self.backups.make_quietly(reason)

    def drop_backups(self, *, keep_one: bool) -> None:
        """Delete the automatic backups, but for one that is made now with ``keep_one``."""
        if self.backups is not None:
            self.backups.remove_all()
            if keep_one:
                self.backups.make(ERASED)

    def tidy(self) -> None:
        """After something was deleted for good: leave no copy of it in SQLite's write-ahead log.

        Raises ``StorageError`` where another program holds on to one.
        """
        if self._file is not None:
            if not self._checkpointed():
                raise StorageError(HELD_COPY)
            self._file.forget()

    def _checkpointed(self) -> bool:
        """Whether everything that stood in the write-ahead log stands in the file now."""
        with (
            self._turn,
            self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
        return not busy

    def _find_again(self) -> None:
        """Open what stands under the path now, where that is no longer the file that was opened.

        What only the open file still holds is saved first.
        """
        file = self._file
        if file is None or file.in_place():
            return
        with self._moving:
            if not file.in_place() and self._engine.pool.checkedin():  # type: ignore[attr-defined]
                if file.same_file():
                    self._checkpointed()
                else:
                    self._rescue(file)
            self._engine.dispose()
            file.check_there()
            self._ready()

    def _rescue(self, file: LogFile) -> None:
        with self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            if isinstance(raw, sqlite3.Connection):
                file.rescue(raw)

    @contextmanager
    def _rows(self, person_id: UUID, *, writing: bool) -> Iterator[PersonRows]:
        setting = ("legcare.person", str(person_id))
        with self._transaction(*setting, writing=writing) as connection:
            yield PersonRows(connection, person_id)

    @contextmanager
    def _transaction(
        self, name: str = "", value: str = "", *, writing: bool
    ) -> Iterator[Connection]:
        """One transaction, in which PostgreSQL's setting ``name`` has that ``value``."""
        engine = self._writer if writing else self._engine
        self._find_again()
        try:
            with (
                self._turn,
                engine.connect() as connection,
                hung_up(connection, WRITE_S if writing else READ_S),
                _begun(connection, name, value),
            ):
                yield connection
                if writing and self._file is not None and not self._file.in_place():
                    raise StorageError(MOVED)
        except SQLAlchemyError as error:
            raise storage_error(error) from None
        if writing and self.backups is not None:
            self.backups.after_write()


def _begun(connection: Connection, name: str, value: str) -> Transaction:
    """A transaction on a connection that lives, found by its first statement.

    A question of its own would cost a message. The statement is PostgreSQL's second wall: until the
    transaction ends, its policies let through the rows of this value only.
    """
    transaction = connection.begin()
    if not name or connection.dialect.name != "postgresql":
        return transaction
    setting = text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value}
    try:
        connection.execute(*setting)
    except DBAPIError as error:
        transaction.close()
        if not error.connection_invalidated:
            raise
        transaction = connection.begin()  # on a new line: the pool has let go of the dead ones
        connection.execute(*setting)
    return transaction
