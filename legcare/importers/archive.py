"""The legcare ZIP, back in: every record, own factor and preference as it was written out."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Union, get_args, get_origin

from pydantic import ValidationError

from legcare.errors import BadFile
from legcare.importers.cells.quoting import guarded, unguarded
from legcare.importers.result import Import, Problem, Summary
from legcare.records import (
    RECORD_TYPES,
    Log,
    Place,
    Preferences,
    Record,
    calendar_days,
)

VERSION = 1
MANIFEST, PREFERENCES, DICTIONARY = "legcare.json", "preferences.json", "data-dictionary.csv"
FILES = {
    "cramp": "cramps.csv",
    "massage": "massages.csv",
    "workout": "workouts.csv",
    "reading": "readings.csv",
    "tracked_span": "tracked-spans.csv",
    "mark": "marks.csv",
}
# Files that exports of earlier versions do not hold.
_LATER = frozenset({"mark"})
MOST_BYTES = 400 * 1024**2
_FIRST = ("at", "day", "first_day", "last_day")
_LAST = ("note", "id", "source", "created_at")


def field_names(kind: str) -> tuple[str, ...]:
    """The columns of a kind of record.

    When, what, and last its note, id, source and when it was entered.
    """
    fields = [name for name in RECORD_TYPES[kind].model_fields if name != "type"]
    middle = [name for name in fields if name not in (*_FIRST, *_LAST)]
    return tuple(name for name in (*_FIRST, *middle, *_LAST) if name in fields)


def cell_of(value: object) -> str:
    """One field of a record as a cell of its CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Place):
        return f"{value.muscle.value}:{value.side.value}"
    if isinstance(value, tuple):
        return "; ".join(cell_of(one) for one in value)
    if isinstance(value, float):
        return repr(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return guarded(str(value))


def is_archive(names: Sequence[str]) -> bool:
    """Whether the names in a zip are those of a legcare export."""
    return MANIFEST in names and PREFERENCES in names


def read_archive(name: str, data: bytes, *, known: Log | None = None) -> Import:
    """Everything in an exported ZIP.

    A bad row is a problem, not the end; raises ``BadFile`` where it is no export.
    """
    members = _members(name, data)
    records: dict[object, Record] = {}
    problems: list[Problem] = []
    for kind, file in FILES.items():
        for found in _read_kind(kind, file, members.get(file)):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                records[found.id] = found
    held = {record.id for record in known.records} if known else set()
    preferences, trouble = _preferences(members)
    kept = tuple(records.values())
    return Import(
        kept,
        (*problems, *trouble),
        _summary(kept, preferences),
        frozenset(held & records.keys()),
        preferences.own_factors if preferences else (),
    )


def archived_preferences(name: str, data: bytes) -> Preferences | None:
    """The preferences that were exported with a log; None where they cannot be read."""
    return _preferences(_members(name, data))[0]


def _members(name: str, data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = [
                info
                for info in archive.infolist()
                if info.filename in (*FILES.values(), MANIFEST, PREFERENCES)
            ]
            if sum(info.file_size for info in wanted) > MOST_BYTES:
                raise BadFile(
                    f"{name} would expand to more than {MOST_BYTES >> 20} MB: such a ZIP is not"
                    " opened."
                )
            members = {info.filename: archive.read(info) for info in wanted}
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise BadFile(
            f"{name} cannot be opened as a ZIP: it is cut off or damaged. Export it again."
        ) from error
    if not is_archive(tuple(members)):
        raise BadFile(
            f"{name} is not a legcare export: it holds no {MANIFEST}. Upload the spreadsheets in it"
            " one by one."
        )
    try:
        version = json.loads(members[MANIFEST])["version"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadFile(f"{name}: its {MANIFEST} cannot be read. Export the log again.") from error
    if not isinstance(version, int) or version > VERSION:
        raise BadFile(
            f"{name} was written by a newer legcare. Update this one, then upload it again."
        )
    return members


def _read_kind(kind: str, file: str, data: bytes | None) -> Iterator[Record | Problem]:
    if data is None:
        if kind in _LATER:
            return
        yield Problem(
            file,
            "The file is missing from the ZIP. Take the ZIP as it was exported, or export it"
            " again.",
        )
        return
    try:
        yield from _read_rows(kind, file, data.decode("utf-8-sig", "replace"))
    except csv.Error:
        yield Problem(
            file,
            "A cell is longer than any that legcare writes, or a quotation mark is never closed:"
            " the rows from there on were not kept. Take the ZIP as it was exported.",
        )


def _read_rows(kind: str, file: str, text: str) -> Iterator[Record | Problem]:
    lines = csv.reader(io.StringIO(text, newline=""))
    header, end = next(lines, []), lines.line_num
    for cells in lines:
        start, end = end + 1, lines.line_num
        if not cells:
            continue
        try:
            yield _record(kind, dict(zip(header, cells, strict=True)))
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            column = str(first["loc"][0]) if first["loc"] else ""
            yield Problem(
                file,
                f"{first['msg']}. Correct this cell and upload again.",
                start,
                column,
                str(first["input"])[:80],
            )
        except ValueError:
            yield Problem(
                file,
                f"The row has {len(cells)} cells where the header has {len(header)}: it was not"
                " kept. Restore the row and upload again.",
                start,
            )


def _record(kind: str, cells: dict[str, str]) -> Record:
    fields = RECORD_TYPES[kind].model_fields
    values: dict[str, object] = {}
    for name, cell in cells.items():
        shape = fields[name].annotation if name in fields else None
        options = get_args(shape) if get_origin(shape) in (Union, UnionType) else ()
        if get_origin(shape) is tuple:
            values[name] = _parts(cell, places=Place in get_args(shape))
        elif cell == "" and type(None) in options:
            values[name] = None
        else:
            values[name] = unguarded(cell)
    return RECORD_TYPES[kind].model_validate(values)


def _parts(cell: str, *, places: bool) -> list[object]:
    words = [word.strip() for word in cell.split(";") if word.strip()]
    return (
        [dict(zip(("muscle", "side"), word.split(":", 1), strict=False)) for word in words]
        if places
        else [*words]
    )


def _preferences(members: dict[str, bytes]) -> tuple[Preferences | None, tuple[Problem, ...]]:
    try:
        return Preferences.model_validate_json(members[PREFERENCES]), ()
    except ValidationError:
        return None, (
            Problem(PREFERENCES, "The preferences cannot be read, so your own stay as they are."),
        )


def _summary(records: tuple[Record, ...], preferences: Preferences | None) -> Summary:
    days = sorted(day for record in records for day in calendar_days(record))
    notes = (
        [f"{len(preferences.own_factors)} own factors come with it."]
        if preferences and preferences.own_factors
        else []
    )
    return Summary(
        "legcare",
        "legcare export",
        f"it holds {MANIFEST}, which only legcare writes",
        days[0] if days else None,
        days[-1] if days else None,
        Counter(record.type for record in records),
        tuple(notes),
    )
