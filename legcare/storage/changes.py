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
from legcare.storage.documents import ImportSettings, restore_settings, write_settings
from legcare.storage.people import bump_revision, without_nul
from legcare.storage.person_rows import PersonRows
from legcare.storage.rows import CONTENT, row_of

_CHANGE = ("id", "at", "label", "kind", "size", "undone_at")
_MANY = 500
REMOVED = "removed"
RecordRows = Mapping[UUID, Row[tuple[object, ...]]]


@dataclass(frozen=True)
class Change:
    """One write of a person: ``count`` entries were saved, edited or removed at ``at`` (UTC).

    An import that brought only settings counts as one entry.
    """

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


def new_change(label: str, kind: str) -> Change:
    """A change that has not touched anything yet."""
    return Change(new_id(), _now().replace(tzinfo=UTC), without_nul(label), kind, 0)


def latest_changes(rows: PersonRows, limit: int) -> tuple[Change, ...]:
    """The latest changes, newest first."""
    return tuple(
        Change(
            row.id,
            row.at.replace(tzinfo=UTC),
            row.label,
            row.kind,
            row.size,
            row.undone_at is not None,
        )
        for row in rows.select(tables.change, _CHANGE, newest_by="number", limit=limit)
    )


def write_records(
    rows: PersonRows,
    records: Iterable[Record],
    change: Change,
    *,
    replace: bool,
    settings: ImportSettings | None = None,
) -> Change:
    """Add the records that are new and, if asked to, replace those that are known and differ.

    With ``settings`` the documents that an import brings too, as part of the same change.
    """
    number = bump_revision(rows)
    wanted = {record.id: record for record in records}
    known = _known(rows, wanted.keys())
    fresh = [
        {**row_of(record), "change_id": change.id}
        for id_, record in wanted.items()
        if id_ not in known
    ]
    other = _differing(rows, [wanted[id_] for id_ in known]) if replace else []
    documents = write_settings(rows, change.id, settings) if settings is not None else 0
    count = len(fresh) + len(other) or min(documents, 1)
    done = _insert_change(rows, change, number, count=count)
    rows.insert(tables.record, fresh)
    _save_previous(rows, change.id, [old for old, _ in other])
    for old, row in other:
        rows.update(tables.record, {**row, "change_id": change.id}, tables.record.c.id == old.id)
    return done


def remove_records(rows: PersonRows, ids: Collection[UUID], change: Change) -> Change:
    """Delete the records with these ids; an id that is not there is no error."""
    number = bump_revision(rows)
    known = record_rows(rows, ids)
    done = _insert_change(rows, change, number, count=len(known))
    _save_previous(rows, change.id, known.values())
    for part in _parts(list(known)):
        rows.delete(tables.record, tables.record.c.id.in_(part))
    return done


def undo(rows: PersonRows, change_id: UUID) -> Undone:
    """Put everything that a change touched back as it was, except what was changed since."""
    bump_revision(rows)
    this = tables.change.c.id == change_id
    change = rows.select(tables.change, ["size", "kind", "undone_at"], this)
    if not change or change[0].undone_at is not None:
        return Undone(0, 0)
    earlier = rows.select(
        tables.previous_version,
        ["record_id", "change_before", *CONTENT],
        tables.previous_version.c.change_id == change_id,
    )
    if change[0].kind == REMOVED:
        restored = _insert_again(rows, earlier)
    else:
        restored = sum(_restore_version(rows, change_id, row) for row in earlier)
        restored += rows.delete(tables.record, tables.record.c.change_id == change_id)
    documents = restore_settings(rows, change_id)
    restored = restored or min(documents, 1)
    if restored:
        rows.update(tables.change, {"undone_at": _now()}, this)
    return Undone(restored, int(str(change[0].size)) - restored)


def record_rows(rows: PersonRows, ids: Collection[UUID]) -> RecordRows:
    """The rows that are there now, of the given ids."""
    columns = ("id", "change_id", *CONTENT)
    return {
        row.id: row
        for part in _parts(list(ids))
        for row in rows.select(tables.record, columns, tables.record.c.id.in_(part))
    }


def _insert_again(rows: PersonRows, earlier: Sequence[Row[tuple[object, ...]]]) -> int:
    there = _known(rows, [row.record_id for row in earlier])
    gone = [{"id": row.record_id, **_content(row)} for row in earlier if row.record_id not in there]
    rows.insert(tables.record, gone)
    return len(gone)


def _restore_version(rows: PersonRows, change_id: UUID, row: Row[tuple[object, ...]]) -> int:
    record = tables.record.c
    untouched = record.change_id == change_id
    return rows.update(tables.record, _content(row), record.id == row.record_id, untouched)


def _content(row: Row[tuple[object, ...]]) -> dict[str, object]:
    return {name: getattr(row, name) for name in CONTENT} | {"change_id": row.change_before}


def _known(rows: PersonRows, ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that are there now; of very many, found by reading all ids at once."""
    if len(ids) > 4 * _MANY:
        return {row.id for row in rows.select(tables.record, ["id"])} & set(ids)
    return {
        row.id
        for part in _parts(list(ids))
        for row in rows.select(tables.record, ["id"], tables.record.c.id.in_(part))
    }


def _differing(
    rows: PersonRows, records: Sequence[Record]
) -> list[tuple[Row[tuple[object, ...]], dict[str, object]]]:
    """The rows that are not as the records say, each with the row it should be."""
    known = record_rows(rows, [record.id for record in records])
    pairs = ((known[record.id], row_of(record)) for record in records)
    return [
        (old, new) for old, new in pairs if any(getattr(old, name) != new[name] for name in CONTENT)
    ]


def _insert_change(rows: PersonRows, change: Change, number: int, *, count: int) -> Change:
    """The change with its count, kept in the list of changes unless it touched nothing."""
    done = dataclasses.replace(change, count=count)
    if count:
        row = {"id": done.id, "label": done.label, "kind": done.kind, "size": count}
        rows.insert(tables.change, [{**row, "number": number, "at": done.at.replace(tzinfo=None)}])
    return done


def _save_previous(
    rows: PersonRows, change_id: UUID, earlier: Iterable[Row[tuple[object, ...]]]
) -> None:
    rows.insert(
        tables.previous_version,
        [
            {"change_id": change_id, "record_id": row.id, "change_before": row.change_id}
            | {name: getattr(row, name) for name in CONTENT}
            for row in earlier
        ],
    )


def _parts(ids: list[UUID]) -> Iterator[list[UUID]]:
    """Slices short enough for one statement of any database."""
    for start in range(0, len(ids), _MANY):
        yield ids[start : start + _MANY]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
