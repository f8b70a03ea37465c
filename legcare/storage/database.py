"""A database of logs: opened once per server, shared by all its threads."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import RLock
from uuid import UUID, uuid5

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from legcare.storage.bound import Bound, Key
from legcare.storage.engine import WRITES, in_memory, make_engine, url_of
from legcare.storage.failures import storage_error
from legcare.storage.logbook import Logbook
from legcare.storage.people import known, made
from legcare.storage.schema import is_current, passes_by_policies, upgrade
from legcare.storage.shares import Shares

SUPERUSER = (
    "The role in LEGCARE_DATABASE_URL is a superuser of PostgreSQL, so row-level security, the"
    " second wall between the logs, does not hold. Give legcare a role of its own: CREATE ROLE"
    " legcare LOGIN."
)
_PEOPLE = UUID("6c656763-6172-5e00-8000-0000706572ff")


class Database:
    """Logs of many people, each reached only through a ``Logbook`` bound to one of them.

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
        """The id of the person whom ``issuer`` knows as ``subject``; made at the first visit.

        The id follows from both names, so that finding a person needs no search among others.
        """
        person_id = uuid5(_PEOPLE, f"{len(issuer)} {issuer} {subject}")
        with self.reading(person_id) as mine:
            if known(mine):
                return person_id
        with self.writing(person_id) as mine:
            if not known(mine):
                made(mine, label)
        return person_id

    def logbook(self, person_id: UUID) -> Logbook:
        """The log of one person, to read and write."""
        return Logbook(self, person_id)

    @contextmanager
    def reading(self, person_id: UUID) -> Iterator[Bound]:
        """One person's rows as of one moment."""
        with self._transaction(writing=False) as connection:
            yield _bound(connection, person_id)

    @contextmanager
    def writing(self, person_id: UUID) -> Iterator[Bound]:
        """One person's rows, changed whole or not at all."""
        with self._transaction(writing=True) as connection:
            yield _bound(connection, person_id)

    def shares(self, person_id: UUID) -> Shares:
        """The shares of one person's log."""
        return Shares(self, person_id)

    def doors(self, key: str) -> tuple[tuple[UUID, UUID], ...]:
        """Person and share of each door that a key (see ``shares.door_key``) opens.

        Empty where it opens none.
        """
        with self._transaction(writing=False) as connection:
            _set(connection, "legcare.door", key)
            return Key(connection, key).doors()

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
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        try:
            with self._turn, (self._writer if writing else self._engine).begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise storage_error(error) from None


def _bound(connection: Connection, person_id: UUID) -> Bound:
    _set(connection, "legcare.person", str(person_id))
    return Bound(connection, person_id)


def _set(connection: Connection, name: str, value: str) -> None:
    """PostgreSQL's second wall.

    Its policies let through the rows of this value only, until the transaction ends.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value}
        )
