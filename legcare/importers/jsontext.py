"""JSON files: a list of objects, read with limits so that a hostile file cannot fill the memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from legcare.errors import BadFile
from legcare.importers.source import Peek, Source

MOST_BYTES = 32 * 1024 * 1024
MOST_PARTS = 3_000_000


def starts_with_key(peek: Peek, name: str) -> bool:
    """Whether a JSON file's beginning has a field of this name."""
    text = peek.text.lstrip()
    return text[:1] in "[{" and bool(re.search(rf'"{re.escape(name)}"\s*:', text))


def loaded(source: Source) -> Any:
    """The whole file.

    Raises ``BadFile`` for what is no JSON, cut off, too large or nested without end.
    """
    data = source.whole(MOST_BYTES)
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MOST_PARTS:
        raise BadFile(
            f"{source.name} has more than {MOST_PARTS:,} parts, more than any export of this kind."
        )
    try:
        return json.loads(data.decode("utf-8-sig", "replace"))
    except RecursionError as error:
        raise BadFile(f"{source.name} is nested without end: no export is.") from error
    except ValueError as error:
        raise BadFile(
            f"{source.name} is no whole JSON file ({error}): export or copy it again."
        ) from error


def items(source: Source) -> Iterator[dict[str, Any]]:
    """The objects of a list; a file of one object is a list of one."""
    data = loaded(source)
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
