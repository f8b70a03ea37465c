"""The row of a person: their label, and the revision that counts their writes."""

from __future__ import annotations

import time

from legcare.errors import StorageError
from legcare.storage import tables
from legcare.storage.bound import Bound

GONE = "This log was deleted. Reload the page to begin a new one."


def known(mine: Bound) -> bool:
    """Whether this person has a log."""
    return bool(mine.rows(tables.person, ["revision"]))


def made(mine: Bound, label: str) -> None:
    """Begin an empty log.

    The first revision is the clock's: a log that is deleted and begun anew never shows a revision
    it had before.
    """
    mine.insert(tables.person, [{"label": plain(label), "revision": time.time_ns() // 1000}])


def revision(mine: Bound) -> int:
    """How often the log was written, counted from an arbitrary number; 0 where there is no log."""
    rows = mine.rows(tables.person, ["revision"])
    return int(str(rows[0].revision)) if rows else 0


def written(mine: Bound) -> int:
    """Count one more write and return the new revision.

    Called first in every writing transaction: on PostgreSQL it makes the writers of one log wait
    for each other. Raises ``StorageError`` where the log was deleted meanwhile.
    """
    if not mine.change(tables.person, {"revision": tables.person.c.revision + 1}):
        raise StorageError(GONE)
    return revision(mine)


def plain(text: str) -> str:
    """Text that every database can hold: PostgreSQL has no NUL, UTF-8 no lone surrogates."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
