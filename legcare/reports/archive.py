"""Everything as ZIP: one CSV per kind of record, a data dictionary, the preferences.

The uploader reads it back.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from types import UnionType
from typing import Union, get_args, get_origin

from legcare.importers.archive import (
    DICTIONARY,
    FILES,
    MANIFEST,
    PREFERENCES,
    VERSION,
    cell_of,
    field_names,
)
from legcare.importers.cells.quoting import guarded
from legcare.records import RECORD_TYPES, Factor, Log, Place, Preferences
from legcare.reports.csv import written

MEANINGS = {
    "id": "Name of the record; the same id is the same record",
    "source": "Where the record came from: entered, or the import",
    "created_at": "When the record was made, ISO 8601 in UTC",
    "at": "When it happened, on the clock the person saw, ISO 8601 with UTC offset",
    "day": "Calendar day, ISO 8601",
    "first_day": "First day on which every cramp was logged, ISO 8601",
    "last_day": "Last day on which every cramp was logged, ISO 8601",
    "minutes": "How long, in minutes",
    "severity": "How strong, 0 (none) to 10 (worst imaginable)",
    "factor": "What was measured: a factor's key, see below",
    "value": "The value in the factor's unit",
    "note": "The person's own words",
}


def write_zip(log: Log, preferences: Preferences) -> bytes:
    """The whole log as a ZIP.

    ``importers.archive.read_archive`` turns it back into the same log.
    """
    own = {factor.key: factor for factor in (*preferences.own_factors, *log.own_factors)}
    sources = {**preferences.preferred_sources, **log.preferred}
    settings = preferences.model_copy(
        update={"own_factors": tuple(own.values()), "preferred_sources": sources}
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps({"program": "legcare", "version": VERSION}))
        archive.writestr(PREFERENCES, settings.model_dump_json(indent=2))
        archive.writestr(
            DICTIONARY, written(("file", "column", "meaning", "unit", "allowed"), _dictionary(log))
        )
        for kind, file in FILES.items():
            names = field_names(kind)
            rows = (
                [cell_of(getattr(record, name)) for name in names]
                for record in log.records
                if record.type == kind
            )
            archive.writestr(file, written(names, rows))
    return out.getvalue()


def _dictionary(log: Log) -> Iterator[tuple[str, ...]]:
    for kind, file in FILES.items():
        for name in field_names(kind):
            shape = RECORD_TYPES[kind].model_fields[name].annotation
            meaning = MEANINGS.get(name, name.replace("_", " ").capitalize())
            yield (file, name, meaning, "min" if name == "minutes" else "", _allowed(shape))
    for factor in log.factors.values():
        yield (
            FILES["reading"],
            f"factor {factor.key}",
            guarded(factor.label),
            guarded(factor.unit),
            _range(factor),
        )


def _allowed(shape: object) -> str:
    inner = get_args(shape) if get_origin(shape) in (Union, UnionType, tuple) else (shape,)
    for one in inner:
        if isinstance(one, type) and issubclass(one, StrEnum):
            return ", ".join(one)
        if one is Place:
            return "muscle:side; several with ;"
        if one is bool:
            return "true, false"
    return ""


def _range(factor: Factor) -> str:
    return guarded(f"{factor.low:g} to {factor.high:g}")
