"""legcare records as JSON.

A list of objects that each say their ``type``, as the sample logs are written.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date

from pydantic import ValidationError

from legcare.errors import BadFile
from legcare.importers.result import Import, Problem, Summary
from legcare.records import ANY_RECORD, RECORD_TYPES, Event, Log, Reading, Record

WHY = "each entry says which type of legcare record it is"


def is_records(data: bytes) -> bool:
    """Whether the bytes are JSON of legcare records."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{") or b'"type"' not in data:
        return False
    try:
        found = _listed(json.loads(data))
    except (ValueError, RecursionError):
        return False
    return bool(found) and all(
        isinstance(one, dict) and one.get("type") in RECORD_TYPES for one in found
    )


def read_records(name: str, data: bytes, *, known: Log | None = None) -> Import:
    """Every record of the file; one that cannot be kept is a problem with its place in the list."""
    try:
        listed = _listed(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{name} is not valid JSON. Export it again.") from error
    problems: list[Problem] = []
    records = {record.id: record for record in _valid(name, listed, problems)}
    held = {record.id for record in known.records} if known else set()
    days = sorted(_day(record) for record in records.values())
    first, last = (days[0], days[-1]) if days else (None, None)
    counts = Counter(str(record.type) for record in records.values())
    summary = Summary("records", "legcare records", WHY, first, last, dict(counts))
    return Import(
        tuple(records.values()), tuple(problems), summary, frozenset(held & records.keys())
    )


def _listed(content: object) -> list[object]:
    if isinstance(content, dict):
        content = content.get("records")
    return content if isinstance(content, list) else []


def _valid(name: str, listed: list[object], problems: list[Problem]) -> Iterator[Record]:
    for number, one in enumerate(listed, start=1):
        try:
            yield ANY_RECORD.validate_json(json.dumps(one))
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            column = str(first["loc"][-1]) if first["loc"] else ""
            reason = f"{first['msg']}. Correct this entry and upload the file again."
            problems.append(Problem(name, reason, number, column, str(first["input"])[:80]))


def _day(record: Record) -> date:
    if isinstance(record, Event):
        return record.at.date()
    return record.day if isinstance(record, Reading) else record.first_day
