"""From columns of checked values to records.

Named by their content, so that the same file read twice adds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha1
from typing import Any, TypeVar
from uuid import UUID

from legcare.records import (
    Record,
    imported_id,
)

NAMESPACE = imported_id("table")
_VERSION_5 = (5 << 76) | (2 << 62)
_FREE = ~((0xF << 76) | (0x3 << 62))
Built = TypeVar("Built", bound=Record)


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
