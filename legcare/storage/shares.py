"""Shares of one person's log, as rows.

What was granted (JSON of ``sharing``), when revoked, when last opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Row

from legcare.records import Log, Preferences
from legcare.storage import people, tables
from legcare.storage.database import Database
from legcare.storage.documents import PREFERENCES, LogState, read_state
from legcare.storage.person_rows import PersonRows
from legcare.storage.rows import COLUMNS, records_of, rows_since

_SHARE = ("id", "body", "revoked_at", "opened_at")
OPENING_NOTED_EVERY = timedelta(minutes=5)
OPENINGS_KEPT = timedelta(days=366)


@dataclass(frozen=True)
class KeptShare:
    """A share as it is kept: ``body`` is the grant's JSON; moments are in UTC."""

    id: UUID
    body: str
    revoked_at: datetime | None
    opened_at: datetime | None


@dataclass(frozen=True)
class KeptComment:
    """A comment as it is kept: ``body`` is its JSON."""

    id: UUID
    share_id: UUID
    body: str
    read_at: datetime | None = None


def key_hash(secret: str) -> str:
    """What is kept of a secret: enough to recognise it, too little to open anything."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Shares:
    """The shares of one person's log. The owner's side and, once a link was opened, the coach's."""

    def __init__(self, database: Database, person_id: UUID) -> None:
        self._database = database
        self.person_id = person_id

    def add(self, share_id: UUID, body: str, keys: Iterable[str]) -> None:
        """Keep a share and the hashes of the keys that open it."""
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)
            rows.insert(tables.share, [{"id": share_id, "body": body}])
            rows.insert(tables.share_key, [{"door_key": key, "share_id": share_id} for key in keys])

    def all(self) -> tuple[KeptShare, ...]:
        """Every share, also revoked and expired ones."""
        with self._database.reading(self.person_id) as rows:
            return _all(rows)

    def with_comments(self) -> tuple[tuple[KeptShare, ...], tuple[KeptComment, ...]]:
        """Every share and every comment on this log, as of one moment."""
        with self._database.reading(self.person_id) as rows:
            return _all(rows), _comments(rows)

    def one(self, share_id: UUID) -> KeptShare | None:
        """The share with this id."""
        with self._database.reading(self.person_id) as rows:
            return _one(rows, share_id)

    def revoke(self, share_id: UUID) -> bool:
        """End a share for good; False where there is none or it had ended so."""
        still_open = (tables.share.c.id == share_id, tables.share.c.revoked_at.is_(None))
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)
            return bool(rows.update(tables.share, {"revoked_at": _now()}, *still_open))

    def note_opening(self, share_id: UUID, last: datetime | None) -> None:
        """Note that a share was opened just now; ``last`` is when it was opened before.

        At most every five minutes, because each click opens it.
        """
        if last is None or datetime.now(UTC) - last > OPENING_NOTED_EVERY:
            at = _now()
            with self._database.writing(self.person_id) as rows:
                rows.update(tables.share, {"opened_at": at}, tables.share.c.id == share_id)
                rows.insert(tables.opening, [{"share_id": share_id, "at": at}])
                rows.delete(tables.opening, tables.opening.c.at < at - OPENINGS_KEPT)

    def openings(self) -> tuple[tuple[UUID, datetime], ...]:
        """Share and moment of each opening of the last year, newest first."""
        with self._database.reading(self.person_id) as rows:
            every = rows.select(tables.opening, ("share_id", "at"), newest_by="at")
        return tuple((row.share_id, row.at.replace(tzinfo=UTC)) for row in every)

    def replace(self, share_id: UUID, body: str) -> bool:
        """Put another grant under the same link; False where it was revoked."""
        still_open = (tables.share.c.id == share_id, tables.share.c.revoked_at.is_(None))
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)
            return bool(rows.update(tables.share, {"body": body}, *still_open))

    def replace_keys(self, share_id: UUID, keys: Iterable[str]) -> None:
        """From now on these keys lead to the share, and no other."""
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)
            rows.delete(tables.share_key, tables.share_key.c.share_id == share_id)
            rows.insert(tables.share_key, [{"door_key": key, "share_id": share_id} for key in keys])

    def state(self, share_id: UUID) -> tuple[KeptShare | None, LogState]:
        """A share, with revision and preferences of the log it is cut from, as of one moment."""
        with self._database.reading(self.person_id) as rows:
            return _one(rows, share_id), read_state(rows, share_id, only=PREFERENCES)

    def with_log(
        self, share_id: UUID, *, since: date | None = None
    ) -> tuple[KeptShare | None, Log, Preferences]:
        """A share with the log and preferences it is cut from, as of one moment.

        ``since`` leaves out older days.
        """
        with self._database.reading(self.person_id) as rows:
            records = records_of(rows.select(tables.record, COLUMNS, *rows_since(since)))
            preferences = read_state(rows, share_id, only=PREFERENCES).preferences
            log = Log(records, preferences.own_factors, preferences.preferred_sources)
            return _one(rows, share_id), log, preferences

    def add_comment(self, comment: KeptComment) -> None:
        """Keep a comment beside the owner's log."""
        row = {"id": comment.id, "share_id": comment.share_id, "body": comment.body}
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)
            rows.insert(tables.comment, [row])

    def comments(self) -> tuple[KeptComment, ...]:
        """Every comment on this log."""
        with self._database.reading(self.person_id) as rows:
            return _comments(rows)

    def mark_read(self) -> None:
        """The owner has read every comment there is."""
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)
            rows.update(tables.comment, {"read_at": _now()}, tables.comment.c.read_at.is_(None))

    def remove_comment(self, comment_id: UUID) -> bool:
        """Delete a comment; False where there is none."""
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)
            return bool(rows.delete(tables.comment, tables.comment.c.id == comment_id))


def _all(rows: PersonRows) -> tuple[KeptShare, ...]:
    return tuple(_share(row) for row in rows.select(tables.share, _SHARE))


def _one(rows: PersonRows, share_id: UUID) -> KeptShare | None:
    shares = rows.select(tables.share, _SHARE, tables.share.c.id == share_id)
    return _share(shares[0]) if shares else None


def _comments(rows: PersonRows) -> tuple[KeptComment, ...]:
    comments = rows.select(tables.comment, ("id", "share_id", "body", "read_at"))
    return tuple(KeptComment(row.id, row.share_id, row.body, row.read_at) for row in comments)


def _share(row: Row[tuple[object, ...]]) -> KeptShare:
    moments = (at and at.replace(tzinfo=UTC) for at in (row.revoked_at, row.opened_at))
    return KeptShare(row.id, row.body, *moments)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
