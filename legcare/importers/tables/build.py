"""From columns of checked values to records.

Named by their content, so that the same file read twice adds nothing.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha1
from typing import Any, TypeVar
from uuid import UUID

from legcare.records import (
    Cramp,
    Event,
    Log,
    Massage,
    Reading,
    Record,
    TrackedSpan,
    Workout,
    imported_id,
)

NAMESPACE = imported_id("table")
_VERSION_5 = (5 << 76) | (2 << 62)
_FREE = ~((0xF << 76) | (0x3 << 62))
Built = TypeVar("Built", bound=Cramp | Massage | Workout | Reading | TrackedSpan)


def maker(
    record: type[Built], source: str, made: datetime
) -> Callable[[dict[str, Any], UUID], Built]:
    """A function that makes records from fields that were already checked one by one.

    Checking each record whole again would cost more than reading the file; a test compares the
    result with that.
    """
    blank = {
        name: field.get_default()
        for name, field in record.model_fields.items()
        if name not in ("id", "created_at")
    }
    order = tuple(record.model_fields)
    begun = {name: blank.get(name) for name in order} | {"source": source, "created_at": made}

    def make(fields: dict[str, Any], name: UUID) -> Built:
        new = record.__new__(record)
        object.__setattr__(new, "__dict__", {**begun, "id": name, **fields})
        object.__setattr__(new, "__pydantic_fields_set__", {"id", "source", "created_at", *fields})
        object.__setattr__(new, "__pydantic_extra__", None)
        object.__setattr__(new, "__pydantic_private__", None)
        return new

    return make


@contextmanager
def without_collecting() -> Iterator[None]:
    """No search for garbage meanwhile.

    Making a hundred thousand records makes none, and the search costs more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Names:
    """Names of records by their content; the second of two equal rows has its own."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, content: str) -> UUID:
        """The name of the next record with this content.

        ``uuid5(NAMESPACE, content)``, written out for its speed.
        """
        seen = self._seen.get(content, 0) + 1
        self._seen[content] = seen
        told = content if seen == 1 else f"{content}\x1f{seen}"
        digest = sha1(NAMESPACE.bytes + told.encode(), usedforsecurity=False).digest()
        number = int.from_bytes(digest[:16], "big") & _FREE
        return UUID(int=number | _VERSION_5)


def duplicates(records: Sequence[Record], known: Log | None) -> frozenset[object]:
    """Ids among ``records`` that the log holds.

    The same id, or as many of the same kind and minute as it holds.

    Readings count as held where the log has the same day and factor from the same source, or with
    the same value.
    """
    if known is None or not known.records:
        return frozenset()
    held = {record.id: record for record in known.records}
    found: set[object] = {record.id for record in records if record.id in held}
    left = Counter(
        mark for record in known.records if record.id not in found for mark in _marks(record)
    )
    for record in records:
        if record.id in found:
            continue
        marks = [mark for mark in _marks(record) if left[mark] > 0]
        if marks:
            found.add(record.id)
            left.subtract(marks)
    return frozenset(found)


def _marks(record: Record) -> Iterable[tuple[object, ...]]:
    if isinstance(record, Event):
        yield type(record).__name__, record.at.astimezone(UTC).replace(second=0, microsecond=0)
    elif isinstance(record, Reading):
        yield "source", record.day, record.factor, record.source
        yield "value", record.day, record.factor, round(record.value, 6)
    elif isinstance(record, TrackedSpan):
        yield "span", record.first_day, record.last_day
    else:
        yield "mark", record.first_day, record.kind, record.name
