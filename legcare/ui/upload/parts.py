"""What was uploaded.

Each table or device export as one part that the person settles before anything is kept.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic import ValidationError

from legcare.errors import BadFile, LegcareError
from legcare.importers import Import, Progress, read, recognise
from legcare.importers.archive import archived_preferences, is_archive, read_archive
from legcare.importers.records import is_records, read_records
from legcare.importers.tables import (
    Table,
    TableMapping,
    fingerprint,
    open_tables,
    propose,
    read_table,
)
from legcare.importers.tables.sheets import is_workbook
from legcare.records import Log, Preferences
from legcare.ui.shell.session import View

TABLES = ("table", "workbook")
PARTS, GENERATION = "upload-parts", "upload-generation"
REMEMBERED = "columns:"
WORDS = "words"


class File(Protocol):
    """What the browser sent."""

    file_id: str
    name: str

    def getvalue(self) -> bytes:
        """The bytes."""


@dataclass(frozen=True)
class Wanted:
    """What reading a file needs to know: the log, the zone, the person's words, and who watches."""

    log: Log
    zone: ZoneInfo
    words: Mapping[str, str]
    progress: Progress | None


Reader = Callable[[Wanted], Import]


@dataclass
class Part:
    """One table, or one device export. ``bad`` is the sentence for a file that cannot be read.

    ``mapping`` is None for exports that need none; ``known`` says that the mapping was remembered.
    ``words`` are the person's own words with what they mean; ``stopped`` says that the person
    stopped the reading.
    """

    key: str
    file: str
    title: str
    read: Reader | None = None
    table: Table | None = None
    mapping: TableMapping | None = None
    known: bool = False
    bad: str = ""
    preferences: Preferences | None = None
    held: tuple[object, Import] | None = None
    words: dict[str, str] = field(default_factory=dict)
    stopped: bool = False

    @property
    def undecided(self) -> bool:
        """Whether the person must still say something before the part can be read."""
        return self.mapping is not None and bool(self.mapping.undecided)

    def found(self, view: View, zone: ZoneInfo, progress: Progress | None = None) -> Import:
        """What the part gives.

        Read once per mapping, zone, meaning of words and state of the log.
        """
        mark = self._mark(view, zone)
        if self.held is None or self.held[0] != mark:
            self.held = (mark, self._read(view, zone, progress))
        return self.held[1]

    def is_read(self, view: View, zone: ZoneInfo) -> bool:
        """Whether what the part gives is at hand, so that nothing has to be read."""
        return self.held is not None and self.held[0] == self._mark(view, zone)

    def _mark(self, view: View, zone: ZoneInfo) -> object:
        return (
            self.mapping,
            zone.key,
            view.visitor.state.revision,
            tuple(sorted(self.words.items())),
        )

    def _read(self, view: View, zone: ZoneInfo, progress: Progress | None) -> Import:
        if self.table is not None and self.mapping is not None:
            factors = tuple(view.whole.factors.values())
            known = view.whole
            return read_table(
                self.table, self.mapping, zone=zone, known=known, factors=factors, progress=progress
            )
        if self.read is None:
            raise BadFile(self.bad)
        return self.read(Wanted(view.whole, zone, self.words, progress))


def parts(files: Sequence[File], view: View) -> list[Part]:
    """The parts of the files that are in the uploader now; each file is opened once."""
    held: dict[str, list[Part]] = st.session_state.setdefault(PARTS, {})
    for gone in held.keys() - {file.file_id for file in files}:
        del held[gone]
    for file in files:
        if file.file_id not in held:
            held[file.file_id] = opened(file, view)
    return [part for file in files for part in held[file.file_id]]


def opened(file: File, view: View) -> list[Part]:
    """The parts of one file; what cannot be read is a part with its sentence."""
    name, data = file.name[-200:], file.getvalue()
    try:
        if is_workbook(data):
            return _tables(file.file_id, name, data, view)
        if _exported(data):
            return [_archive(file.file_id, name, data)]
        if is_records(data):
            return [
                Part(
                    file.file_id,
                    name,
                    name,
                    read=lambda wanted: read_records(name, data, known=wanted.log),
                )
            ]
        known = recognise(name, io.BytesIO(data)) if data.strip(b"\0 \r\n\t") else None
        if known is not None and (known[0].key not in TABLES or data.startswith(b"PK")):
            return [
                Part(
                    file.file_id,
                    name,
                    name,
                    read=lambda wanted: _device(name, data, wanted),
                    words=own_words(view),
                )
            ]
        return _tables(file.file_id, name, data, view)
    except LegcareError as error:
        return [Part(file.file_id, name, name, bad=str(error))]


def _exported(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return is_archive(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _archive(key: str, name: str, data: bytes) -> Part:
    preferences = archived_preferences(name, data)
    return Part(
        key,
        name,
        name,
        read=lambda wanted: read_archive(name, data, known=wanted.log),
        preferences=preferences,
    )


def _device(name: str, data: bytes, wanted: Wanted) -> Import:
    return read(
        name,
        io.BytesIO(data),
        zone=wanted.zone,
        known=wanted.log,
        words=wanted.words,
        progress=wanted.progress,
    )


def own_words(view: View) -> dict[str, str]:
    """The words of the person that an earlier import taught: cramp, massage or leave out."""
    told = view.document(WORDS)
    return {word: str(kind) for word, kind in told.items()} if isinstance(told, dict) else {}


def _tables(key: str, name: str, data: bytes, view: View) -> list[Part]:
    tables = open_tables(name, data)
    return [_part(f"{key}-{number}", name, table, view) for number, table in enumerate(tables)]


def _part(key: str, name: str, table: Table, view: View) -> Part:
    remembered = _remembered(table, view)
    mapping = propose(table, remembered, factors=tuple(view.whole.factors.values()))
    title = f"{name}, sheet {table.sheet}" if table.sheet else name
    return Part(key, name, title, table=table, mapping=mapping, known=remembered is not None)


def _remembered(table: Table, view: View) -> TableMapping | None:
    body = view.document(f"{REMEMBERED}{fingerprint(table)}")
    try:
        return None if body is None else TableMapping.model_validate(body)
    except ValidationError:
        return None
