"""What a server process holds for all its visitors: the open database."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import TypeVar
from weakref import WeakSet

from legcare.config import config
from legcare.storage.database import Database
from legcare.ui.shell import sign_in

SHARE_COOKIE = "legcare_share"
Answer = TypeVar("Answer")
_OPENING = Lock()
_OPEN: WeakSet[Database] = WeakSet()


def open_database(url: str | None) -> Database:
    """The database at that address, opened (and brought up to date) once per process.

    A file of this machine's own person is backed up by itself.
    """
    with _OPENING:
        return _opened(url)


def close_databases() -> None:
    """Let go of every file, so that each is whole in one piece."""
    with _OPENING:
        for database in _OPEN:
            database.close()


def change_file(work: Callable[[], Answer]) -> Answer:
    """Do something with the file of the log, such as a restore, while this server lets go of it."""
    with _OPENING:
        for database in _OPEN:
            database.close()
        return work()


@lru_cache(maxsize=8)
def _opened(url: str | None) -> Database:
    database = Database.open(url, backup_mb=None if sign_in.configured() else config().backup_mb)
    _OPEN.add(database)
    return database
