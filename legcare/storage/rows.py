"""Records as rows and back, exactly: also odd UTC offsets, any text and every float."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, Row, or_

from legcare.records import Event, Reading, Record, restored
from legcare.storage import tables
from legcare.storage.log_file import LogDamaged

CONTENT = ("type", "at_utc", "utc_offset_s", "day", "body")
COLUMNS = ("body", "at_utc", "utc_offset_s")
_MANY: TypeAdapter[list[Record]] = TypeAdapter(list[Annotated[Record, Field(discriminator="type")]])


def row_of(record: Record) -> dict[str, object]:
    """The row of a record: its id and ``CONTENT``."""
    row: dict[str, object] = {
        "id": record.id,
        "type": record.type,
        "at_utc": None,
        "utc_offset_s": None,
        "body": record.model_dump_json(),
    }
    if isinstance(record, Event):
        offset = record.at.utcoffset()
        row["at_utc"] = record.at.astimezone(UTC).replace(tzinfo=None)
        row["utc_offset_s"] = round(offset.total_seconds()) if offset is not None else 0
        row["day"] = record.at.date()
    else:
        row["day"] = record.day if isinstance(record, Reading) else record.first_day
    return row


def rows_since(day: date | None) -> list[ColumnElement[bool]]:
    """Which rows to read for the time from ``day`` on.

    Tracked spans all, because an old one may reach into it.
    """
    return (
        []
        if day is None
        else [or_(tables.record.c.day >= day, tables.record.c.type == "tracked_span")]
    )


def records_of(rows: Sequence[Row[tuple[object, ...]]]) -> tuple[Record, ...]:
    """The records of rows with ``COLUMNS``; raises ``StorageError`` where a row is not a record."""
    try:
        records = _MANY.validate_json("[" + ",".join(str(row.body) for row in rows) + "]")
    except ValidationError:
        raise LogDamaged(
            "The log holds an entry that this version of legcare cannot read. Update legcare, or"
            " put a backup in place."
        ) from None
    for place, row in enumerate(rows):
        # ISO 8601 text ends at minutes of offset; local mean times, a hundred years ago, had
        # seconds.
        if row.utc_offset_s and row.utc_offset_s % 60:
            at = restored(_moment(row.at_utc), row.utc_offset_s)
            records[place] = records[place].model_copy(update={"at": at})
    return tuple(records)


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise LogDamaged("The log holds an entry without its time. Put a backup in place.")
    return value
