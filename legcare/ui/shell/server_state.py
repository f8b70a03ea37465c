"""What a server process holds for all its visitors: the open database."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from legcare.storage.database import Database

SHARE_COOKIE = "legcare_share"
LOCAL_PERSON = ("local", "owner")
_OPENING = Lock()


def open_database(url: str | None) -> Database:
    """The database at that address, opened (and brought up to date) once per process."""
    with _OPENING:
        return _opened(url)


@lru_cache(maxsize=8)
def _opened(url: str | None) -> Database:
    return Database.open(url)
