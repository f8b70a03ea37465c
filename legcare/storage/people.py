"""The row of a person: their label, and the revision that counts their writes."""

from __future__ import annotations

import time
from uuid import UUID, uuid5

from legcare.errors import StorageError
from legcare.storage import tables
from legcare.storage.person_rows import PersonRows

LOCAL_PERSON = ("local", "owner")
GONE = "This log was deleted. Reload the page to begin a new one."
_PEOPLE = UUID("6c656763-6172-5e00-8000-0000706572ff")


def person_id(issuer: str, subject: str) -> UUID:
    """The id of the person whom ``issuer`` knows as ``subject``.

    It follows from both names, so that finding a person needs no search among others.
    """
    return uuid5(_PEOPLE, f"{len(issuer)} {issuer} {subject}")


def begin_log(rows: PersonRows, label: str) -> None:
    """Begin an empty log where there is none.

    The first revision is the clock's: a log that is deleted and begun anew never shows a revision
    it had before.
    """
    if not revision(rows):
        first = time.time_ns() // 1000
        rows.insert(tables.person, [{"label": without_nul(label), "revision": first}])


def revision(rows: PersonRows) -> int:
    """How often the log was written, counted from an arbitrary number; 0 where there is no log."""
    person = rows.select(tables.person, ["revision"])
    return int(str(person[0].revision)) if person else 0


def bump_revision(rows: PersonRows) -> int:
    """Count one more write and return the new revision.

    Called first in every writing transaction: on PostgreSQL it makes the writers of one log wait
    for each other. Raises ``StorageError`` where the log was deleted meanwhile.
    """
    if not rows.update(tables.person, {"revision": tables.person.c.revision + 1}):
        raise StorageError(GONE)
    return revision(rows)


def without_nul(text: str) -> str:
    """Text that every database can hold: PostgreSQL has no NUL, UTF-8 no lone surrogates."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
