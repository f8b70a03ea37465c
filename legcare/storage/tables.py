"""The tables. Every one carries ``person_id``, so that every statement can be bound to one person.

A record is kept as the JSON text of its pydantic model, which makes record -> row -> record exact.
Beside it stand the moment in UTC, the UTC offset in seconds and the wall-clock date, for whoever
reads the database with another program.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)

metadata = MetaData()


def _owner() -> Column[object]:
    return Column(
        "person_id", Uuid, ForeignKey("person.person_id", ondelete="CASCADE"), primary_key=True
    )


def _content() -> list[Column[object]]:
    return [
        Column("type", String(20), nullable=False),
        Column("at_utc", DateTime),
        Column("utc_offset_s", Integer),
        Column("day", Date, nullable=False),
        Column("body", Text, nullable=False),
    ]


person = Table(
    "person",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("label", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
)

record = Table(
    "record",
    metadata,
    _owner(),
    Column("id", Uuid, primary_key=True),
    *_content(),
    Column("change_id", Uuid, nullable=False),
    Index("record_by_time", "person_id", "type", "at_utc"),
    Index("record_by_change", "person_id", "change_id"),
)

change = Table(
    "change",
    metadata,
    _owner(),
    Column("id", Uuid, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("label", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("size", Integer, nullable=False),
    Column("undone_at", DateTime),
    Index("change_by_number", "person_id", "number"),
)

# What a record was before a change touched it; a record that the change made has no row here.
previous_version = Table(
    "change_item",
    metadata,
    _owner(),
    Column("change_id", Uuid, primary_key=True),
    Column("record_id", Uuid, primary_key=True),
    Column("change_before", Uuid, nullable=False),
    *_content(),
)

document = Table(
    "document",
    metadata,
    _owner(),
    Column("key", String(200), primary_key=True),
    Column("body", Text, nullable=False),
)

share = Table(
    "share",
    metadata,
    _owner(),
    Column("id", Uuid, primary_key=True),
    Column("body", Text, nullable=False),
    Column("revoked_at", DateTime),
    Column("opened_at", DateTime),
)

# What a link or a coach's address opens. Only hashes of them are kept.
share_key = Table(
    "door",
    metadata,
    Column("door_key", String(64), primary_key=True),
    _owner(),
    Column("share_id", Uuid, primary_key=True),
    Index("door_by_person", "person_id"),
)

# What a document was before and after an import wrote it; no ``body_before`` where it made it.
previous_document = Table(
    "change_document",
    metadata,
    _owner(),
    Column("change_id", Uuid, primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("body_before", Text),
    Column("body_after", Text, nullable=False),
)

comment = Table(
    "comment",
    metadata,
    _owner(),
    Column("id", Uuid, primary_key=True),
    Column("share_id", Uuid, nullable=False),
    Column("body", Text, nullable=False),
    Column("read_at", DateTime),
)

opening = Table(
    "opening",
    metadata,
    _owner(),
    Column("share_id", Uuid, primary_key=True),
    Column("at", DateTime, primary_key=True),
)

# A phone or program that may add entries. Its key stands as a hash among the keys above.
device = Table(
    "device",
    metadata,
    _owner(),
    Column("id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("expires_at", DateTime),
    Column("paired_at", DateTime),
    Column("used_at", DateTime),
    Column("revoked_at", DateTime),
)
