"""Shares of one person's log, as rows.

What was granted (JSON of ``sharing``), when revoked, when last opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Row, or_

from legcare.records import Log, Preferences
from legcare.storage import people, tables
from legcare.storage.bound import Bound
from legcare.storage.logbook import preferences_of
from legcare.storage.rows import COLUMNS, records_of, rows_since

if TYPE_CHECKING:
    from legcare.storage.database import Database

_SHARE = ("id", "body", "revoked_at", "opened_at")
_OPENED_EVERY = timedelta(minutes=5)


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


def door_key(secret: str) -> str:
    """What is kept of a secret: enough to recognise it, too little to open anything."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Shares:
    """The shares of one person's log. The owner's side and, once a door was opened, the coach's."""

    def __init__(self, database: Database, person_id: UUID) -> None:
        self._database = database
        self.person_id = person_id

    def add(self, share_id: UUID, body: str, keys: Iterable[str]) -> None:
        """Keep a share and the doors that lead to it."""
        with self._database.writing(self.person_id) as mine:
            people.written(mine)
            mine.insert(tables.share, [{"id": share_id, "body": body}])
            mine.insert(tables.door, [{"door_key": key, "share_id": share_id} for key in keys])

    def all(self) -> tuple[KeptShare, ...]:
        """Every share, also revoked and expired ones."""
        with self._database.reading(self.person_id) as mine:
            return tuple(_share(row) for row in mine.rows(tables.share, _SHARE))

    def one(self, share_id: UUID) -> KeptShare | None:
        """The share with this id."""
        with self._database.reading(self.person_id) as mine:
            return _one(mine, share_id)

    def revoke(self, share_id: UUID) -> bool:
        """End a share for good; False where there is none or it had ended so."""
        open_ = tables.share.c.revoked_at.is_(None)
        with self._database.writing(self.person_id) as mine:
            people.written(mine)
            return bool(
                mine.change(
                    tables.share, {"revoked_at": _now()}, tables.share.c.id == share_id, open_
                )
            )

    def opened(self, share_id: UUID) -> None:
        """Note that a share was opened just now.

        At most every five minutes, because each click asks.
        """
        due = or_(
            tables.share.c.opened_at.is_(None), tables.share.c.opened_at < _now() - _OPENED_EVERY
        )
        with self._database.reading(self.person_id) as mine:
            waiting = mine.rows(tables.share, ["id"], tables.share.c.id == share_id, due)
        if waiting:
            with self._database.writing(self.person_id) as mine:
                mine.change(tables.share, {"opened_at": _now()}, tables.share.c.id == share_id)

    def whole(
        self, share_id: UUID, *, since: date | None = None
    ) -> tuple[KeptShare | None, Log, Preferences]:
        """A share with the log and preferences it is cut from, as of one moment.

        ``since`` leaves out older days.
        """
        with self._database.reading(self.person_id) as mine:
            records = records_of(mine.rows(tables.record, COLUMNS, *rows_since(since)))
            chosen = preferences_of(mine)
            return (
                _one(mine, share_id),
                Log(records, chosen.own_factors, chosen.preferred_sources),
                chosen,
            )

    def preferences(self) -> Preferences:
        """How the owner wants the log read."""
        with self._database.reading(self.person_id) as mine:
            return preferences_of(mine)

    def revision(self) -> int:
        """The revision of the log behind the shares."""
        with self._database.reading(self.person_id) as mine:
            return people.revision(mine)

    def add_comment(self, comment: KeptComment) -> None:
        """Keep a comment beside the owner's log."""
        with self._database.writing(self.person_id) as mine:
            people.written(mine)
            mine.insert(
                tables.comment,
                [{"id": comment.id, "share_id": comment.share_id, "body": comment.body}],
            )

    def comments(self) -> tuple[KeptComment, ...]:
        """Every comment on this log."""
        with self._database.reading(self.person_id) as mine:
            rows = mine.rows(tables.comment, ("id", "share_id", "body"))
        return tuple(KeptComment(row.id, row.share_id, row.body) for row in rows)

    def remove_comment(self, comment_id: UUID) -> bool:
        """Delete a comment; False where there is none."""
        with self._database.writing(self.person_id) as mine:
            people.written(mine)
            return bool(mine.delete(tables.comment, tables.comment.c.id == comment_id))


def _one(mine: Bound, share_id: UUID) -> KeptShare | None:
    rows = mine.rows(tables.share, _SHARE, tables.share.c.id == share_id)
    return _share(rows[0]) if rows else None


def _share(row: Row[tuple[object, ...]]) -> KeptShare:
    return KeptShare(row.id, row.body, _utc(row.revoked_at), _utc(row.opened_at))


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
