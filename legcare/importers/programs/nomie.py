"""Nomie 6: its two CSV exports and the JSON backup.

A note holds its trackers inline: ``#water(250) #legcramp``.

Start and end are local without a zone; ``epoch`` is the instant. Places on the map are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from legcare.importers.cells.diary import kind_of
from legcare.importers.cells.instants import from_millis, iso_day
from legcare.importers.cells.numbers import number
from legcare.importers.cells.words import measure_of
from legcare.importers.columns import Row, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.jsontext import loaded, starts_with_key
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import Clock

KEY, LABEL = "nomie", "Nomie"
_TAG = re.compile(r"#([\w-]+)(?:\(([^)]*)\))?")
MOST_DEPTH = 12


def recognise_table(peek: Peek) -> str | None:
    """By the columns of the detailed export, tags in the header, or tag and timestamp."""
    if peek.has("epoch", "note", "score") or peek.has("epoch", "start", "offset", "note"):
        return "Its columns “epoch”, “note” and “score” are those of Nomie's detailed export."
    if peek.header[:1] == ("date",) and len(peek.header) > 1 and peek.header[1].startswith("#"):
        return "Columns named by #tags beside a date are Nomie's."
    if peek.header == ("tag", "timestamp"):
        return "The two columns “tag” and “timestamp” are Nomie's."
    return None


def extract_table(source: Source, asked: Asked) -> Extract:
    """Tags that are cramps or massages."""
    found = Harvest(source.name, KEY, LABEL)
    for row in rows_of(source):
        with found.row(row.line, row.at(0)):
            if "epoch" in row:
                _note(found, row("note"), from_millis(float(row("epoch")), asked.zone), asked)
            elif "timestamp" in row:
                found.event(row("tag"), found.iso(row("timestamp"), asked.zone), asked.words)
            else:
                _columns(found, row, asked)
    return found.extract()


def _columns(found: Harvest, row: Row, asked: Asked) -> None:
    at = found.sometime(iso_day(row("date")), asked.zone)
    for name in row.places:
        if name.startswith("#") and (number(row(name)) or 0) > 0:
            _tag(found, name, row(name), at, asked, clock=Clock.UNKNOWN)


def _note(found: Harvest, note: str, at: datetime, asked: Asked) -> None:
    for name, value in _TAG.findall(note):
        _tag(found, name, value, at, asked, note=note)


def _tag(
    found: Harvest,
    name: str,
    value: str,
    at: datetime,
    asked: Asked,
    *,
    note: str = "",
    clock: Clock = Clock.EXACT,
) -> None:
    """A massage's value is its minutes.

    A cramp's value has no known scale and stays in the note.
    """
    amount = number(value)
    told = "; ".join(
        part for part in (f"Nomie value {amount:g}" if amount is not None else "", note) if part
    )
    minutes = amount if kind_of(name, asked.words) == "massage" else None
    if found.event(name.lstrip("#"), at, asked.words, minutes=minutes, note=told, clock=clock):
        return
    factor = measure_of(name, "")
    if factor is not None and amount is not None:
        found.value(factor[0], at.date(), amount * factor[1])


def recognise_backup(peek: Peek) -> str | None:
    """By the version and files of the backup."""
    if starts_with_key(peek, "nomie") or (
        starts_with_key(peek, "version") and b"#" in peek.head and _books(peek)
    ):
        return "It is a Nomie backup: a version, files and notes with #tags."
    return None


def _books(peek: Peek) -> bool:
    return any(starts_with_key(peek, name) for name in ("files", "records", "trackers"))


def extract_backup(source: Source, asked: Asked) -> Extract:
    """Every note with its tags, wherever it stands in the backup."""
    found = Harvest(source.name, KEY, LABEL)
    for note in _notes(loaded(source), 0):
        with found.row(None, str(note.get("note", ""))):
            ended = note.get("end", note.get("start"))
            at = (
                from_millis(ended, asked.zone)
                if isinstance(ended, int | float)
                else found.iso(str(ended), asked.zone)
            )
            _note(found, str(note["note"]), at, asked)
    return found.extract()


def _notes(part: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MOST_DEPTH:
        return
    if isinstance(part, dict):
        if isinstance(part.get("note"), str) and ("end" in part or "start" in part):
            yield part
            return
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _notes(each, depth + 1)


FORMATS = (
    Format("nomie", LABEL, recognise_table, extract_table),
    Format("nomie_backup", "Nomie backup", recognise_backup, extract_backup),
)
