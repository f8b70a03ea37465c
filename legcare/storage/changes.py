"""Changes: every write is one, remembers what was there before, and can be taken back whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Row

from legcare.records import Record, new_id
from legcare.storage import tables
from legcare.storage.bound import Bound
from legcare.storage.people import plain, written
from legcare.storage.rows import CONTENT, row_of

_CHANGE = ("id", "at", "label", "kind", "size", "undone_at")
_MANY = 500
REMOVED = "removed"
Held = Mapping[UUID, Row[tuple[object, ...]]]


@dataclass(frozen=True)
class Change:
    """One write of a person: ``count`` entries were saved, edited or removed at ``at`` (UTC)."""

    id: UUID
    at: datetime
    label: str
    kind: str
    count: int
    undone: bool = False


@dataclass(frozen=True)
class Undone:
    """What taking a change back did.

    Entries put back as they were, and entries changed since and left alone.
    """

    restored: int
    left_alone: int


def listed(mine: Bound, limit: int) -> tuple[Change, ...]:
    """The latest changes, newest first."""
    rows = mine.rows(tables.change, _CHANGE, newest_by="number", limit=limit)
    return tuple(
        Change(
            row.id,
            row.at.replace(tzinfo=UTC),
            row.label,
            row.kind,
            row.size,
            row.undone_at is not None,
        )
        for row in rows
    )


def written_records(
    mine: Bound, records: Iterable[Record], change: Change, *, replace: bool
) -> Change:
    """Add the records that are new and, if asked to, replace those that are known and differ."""
    number = written(mine)
    wanted = {record.id: record for record in records}
    known = _known(mine, wanted.keys())
    fresh = [
        {**row_of(record), "change_id": change.id}
        for id_, record in wanted.items()
        if id_ not in known
    ]
    other = _differing(mine, [wanted[id_] for id_ in known]) if replace else []
    done = _noted(mine, change, number, count=len(fresh) + len(other))
    mine.insert(tables.record, fresh)
    _remembered(mine, change.id, [old for old, _ in other])
    for old, row in other:
        mine.change(tables.record, {**row, "change_id": change.id}, tables.record.c.id == old.id)
    return done


def removed_records(mine: Bound, ids: Collection[UUID], change: Change) -> Change:
    """Delete the records with these ids; an id that is not there is no error."""
    number = written(mine)
    known = _held(mine, ids)
    done = _noted(mine, change, number, count=len(known))
    _remembered(mine, change.id, known.values())
    for part in _parts(list(known)):
        mine.delete(tables.record, tables.record.c.id.in_(part))
    return done


def taken_back(mine: Bound, change_id: UUID) -> Undone:
    """Put everything that a change touched back as it was, except what was changed since."""
    written(mine)
    this = tables.change.c.id == change_id
    found = mine.rows(tables.change, ["size", "kind", "undone_at"], this)
    if not found or found[0].undone_at is not None:
        return Undone(0, 0)
    earlier = mine.rows(
        tables.before,
        ["record_id", "change_before", *CONTENT],
        tables.before.c.change_id == change_id,
    )
    if found[0].kind == REMOVED:
        restored = _put_back(mine, earlier)
    else:
        restored = sum(_as_before(mine, change_id, row) for row in earlier)
        restored += mine.delete(tables.record, tables.record.c.change_id == change_id)
    if restored:
        mine.change(tables.change, {"undone_at": _now()}, this)
    return Undone(restored, int(str(found[0].size)) - restored)


def begun(label: str, kind: str) -> Change:
    """A change that has not touched anything yet."""
    return Change(new_id(), _now().replace(tzinfo=UTC), plain(label), kind, 0)


def _put_back(mine: Bound, earlier: Sequence[Row[tuple[object, ...]]]) -> int:
    there = _known(mine, [row.record_id for row in earlier])
    gone = [{"id": row.record_id, **_before(row)} for row in earlier if row.record_id not in there]
    mine.insert(tables.record, gone)
    return len(gone)


def _as_before(mine: Bound, change_id: UUID, row: Row[tuple[object, ...]]) -> int:
    untouched = tables.record.c.change_id == change_id
    return mine.change(tables.record, _before(row), tables.record.c.id == row.record_id, untouched)


def _before(row: Row[tuple[object, ...]]) -> dict[str, object]:
    return {name: getattr(row, name) for name in CONTENT} | {"change_id": row.change_before}


def _held(mine: Bound, ids: Collection[UUID]) -> Held:
    """The rows that are there now, of the given ids."""
    columns = ("id", "change_id", *CONTENT)
    rows = [
        row
        for part in _parts(list(ids))
        for row in mine.rows(tables.record, columns, tables.record.c.id.in_(part))
    ]
    return {row.id: row for row in rows}


def _known(mine: Bound, ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that are there now; of very many, found by reading all ids at once."""
    if len(ids) > 4 * _MANY:
        return {row.id for row in mine.rows(tables.record, ["id"])} & set(ids)
    found = (
        mine.rows(tables.record, ["id"], tables.record.c.id.in_(part)) for part in _parts(list(ids))
    )
    return {row.id for rows in found for row in rows}


def _differing(
    mine: Bound, records: Sequence[Record]
) -> list[tuple[Row[tuple[object, ...]], dict[str, object]]]:
    """The rows that are not as the records say, each with the row it should be."""
    held = _held(mine, [record.id for record in records])
    pairs = ((held[record.id], row_of(record)) for record in records)
    return [
        (old, new) for old, new in pairs if any(getattr(old, name) != new[name] for name in CONTENT)
    ]


def _noted(mine: Bound, change: Change, number: int, *, count: int) -> Change:
    """The change with its count, kept in the list of changes unless it touched nothing."""
    done = dataclasses.replace(change, count=count)
    if count:
        row = {"id": done.id, "label": done.label, "kind": done.kind, "size": count}
        mine.insert(tables.change, [{**row, "number": number, "at": done.at.replace(tzinfo=None)}])
    return done


def _remembered(mine: Bound, change_id: UUID, rows: Iterable[Row[tuple[object, ...]]]) -> None:
    mine.insert(
        tables.before,
        [
            {"change_id": change_id, "record_id": row.id, "change_before": row.change_id}
            | {name: getattr(row, name) for name in CONTENT}
            for row in rows
        ],
    )


def _parts(ids: list[UUID]) -> Iterator[list[UUID]]:
    """Slices short enough for one statement of any database."""
    for start in range(0, len(ids), _MANY):
        yield ids[start : start + _MANY]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
