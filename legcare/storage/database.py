"""A database of logs: opened once per server, shared by all its threads."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import RLock
from uuid import UUID

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from legcare.storage import people
from legcare.storage.engine import WRITES, in_memory, make_engine, url_of
from legcare.storage.failures import storage_error
from legcare.storage.person_rows import PersonRows, ShareKey
from legcare.storage.schema import is_current, passes_by_policies, upgrade

SUPERUSER = (
    "The role in LEGCARE_DATABASE_URL is a superuser of PostgreSQL, so row-level security, the"
    " second wall between the logs, does not hold. Give legcare a role of its own: CREATE ROLE"
    " legcare LOGIN."
)


class Database:
    """Logs of many people, each reached only through the rows of one of them.

    Thread-safe.
    """

    def __init__(self, engine: Engine, *, shared_connection: bool = False) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        # A database in memory is one connection; its transactions wait for each other.
        self._turn: AbstractContextManager[object] = RLock() if shared_connection else nullcontext()
        weakref.finalize(self, engine.dispose)

    @staticmethod
    def open(url: str | None = None) -> Database:
        """Open a database and bring it up to date.

        ``url`` None means one SQLite file in the platform's data folder (which is made);
        ``sqlite://`` a database in memory that nobody else sees. Raises ``BadSetting`` for an
        address that cannot be used and ``StorageError`` where the database cannot be opened.
        """
        address = url_of(url)
        database = Database(make_engine(address), shared_connection=in_memory(address))
        database._ready()
        return database

    def _ready(self) -> None:
        try:
            with self._transaction(writing=False) as connection:
                ready = is_current(connection)
                if passes_by_policies(connection):
                    logging.getLogger(__name__).warning(SUPERUSER)
            if not ready:
                with self._transaction(writing=True) as connection:
                    upgrade(connection)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

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

    def tidy(self) -> None:
        """After something was deleted for good: leave no copy of it in SQLite's write-ahead log."""
        if self._engine.dialect.name == "sqlite":
            with (
                self._turn,
                self._engine.connect().execution_options(
                    isolation_level="AUTOCOMMIT"
                ) as connection,
            ):
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

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
        try:
            with (
                self._turn,
                _connected(engine, name, value) as connection,
                connection.get_transaction() or connection.begin(),
            ):
                yield connection
        except SQLAlchemyError as error:
            raise storage_error(error) from None


def _connected(engine: Engine, name: str, value: str) -> Connection:
    """A connection that lives, found by its first statement: a question of its own costs a message.

    The statement is PostgreSQL's second wall: until the transaction ends, its policies let through
    the rows of this value only.
    """
    connection = engine.connect()
    if not name or engine.dialect.name != "postgresql":
        return connection
    setting = text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value}
    try:
        connection.execute(*setting)
    except DBAPIError as error:
        connection.close()
        if not error.connection_invalidated:
            raise
        connection = engine.connect()
        connection.execute(*setting)
    return connection
