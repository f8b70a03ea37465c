"""What was uploaded.

Each table or device export as one part that the person settles before anything is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic import ValidationError

from legcare.errors import BadFile, LegcareError
from legcare.importers import Asked, Import, Progress
from legcare.importers.apart import open_apart, read_apart
from legcare.importers.cells.dates import Order
from legcare.importers.duplicates import marked_import
from legcare.importers.ladder import Opened
from legcare.importers.tables import Table, TableMapping, fingerprint, propose, read_table
from legcare.records import Preferences
from legcare.ui.shell.session import View

PARTS, GENERATION = "upload-parts", "upload-generation"
REMEMBERED = "columns:"
WORDS, CELL_WORDS = "words", "cell-words"


class File(Protocol):
    """What the browser sent."""

    file_id: str
    name: str

    def getvalue(self) -> bytes:
        """The bytes."""


@dataclass
class Part:
    """One table, or one device export. ``bad`` is the sentence for a file that cannot be read.

    ``mapping`` is None for exports that need none; ``known`` says that the mapping was remembered.
    ``words`` are the person's own words for entries with what they mean; ``stopped`` says that the
    person stopped the reading; ``order`` is their answer on the dates of an export.
    """

    key: str
    file: str
    title: str
    data: bytes = b""
    table: Table | None = None
    mapping: TableMapping | None = None
    known: bool = False
    bad: str = ""
    preferences: Preferences | None = None
    held: tuple[object, Import] | None = None
    words: dict[str, str] = field(default_factory=dict)
    stopped: bool = False
    order: Order | None = None

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
            self.held = (mark, self.read(view, zone, progress))
        return self.held[1]

    def is_read(self, view: View, zone: ZoneInfo) -> bool:
        """Whether what the part gives is at hand, so that nothing has to be read."""
        return self.held is not None and self.held[0] == self._mark(view, zone)

    def _mark(self, view: View, zone: ZoneInfo) -> object:
        mapping = None if self.mapping is None else self.mapping.model_dump_json()
        words = tuple(sorted(self.words.items()))
        return mapping, zone.key, view.visitor.state.revision, words, self.order

    def read(self, view: View, zone: ZoneInfo, progress: Progress | None) -> Import:
        """Read the part now."""
        if self.table is not None and self.mapping is not None:
            return read_table(
                self.table,
                self.mapping,
                zone=zone,
                known=view.whole,
                factors=tuple(view.whole.factors.values()),
                progress=progress,
            )
        if self.bad:
            raise BadFile(self.bad)
        asked = Asked(zone, self.words, self.order)
        return marked_import(read_apart(self.file, self.data, asked, progress), view.whole)


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
        found: tuple[Opened, ...] = open_apart(name, data)
    except LegcareError as error:
        return [Part(file.file_id, name, name, bad=str(error))]
    alone = len(found) == 1
    return [
        _part(file.file_id if alone else f"{file.file_id}-{number}", name, data, one, view)
        for number, one in enumerate(found)
    ]


def _part(key: str, name: str, data: bytes, one: Opened, view: View) -> Part:
    if one.table is None:
        words = remembered_words(view, WORDS)
        return Part(key, name, one.title, data, preferences=one.preferences, words=words)
    remembered = _remembered(one.table, view)
    mapping = propose(
        one.table,
        remembered,
        factors=tuple(view.whole.factors.values()),
        words=remembered_words(view, CELL_WORDS),
        today=view.today,
    )
    known = remembered is not None
    return Part(key, name, one.title, table=one.table, mapping=mapping, known=known)


def remembered_words(view: View, name: str) -> dict[str, str]:
    """The words of the person that earlier imports taught, with what they mean."""
    known = view.document(name)
    return {word: str(kind) for word, kind in known.items()} if isinstance(known, dict) else {}


def _remembered(table: Table, view: View) -> TableMapping | None:
    body = view.document(f"{REMEMBERED}{fingerprint(table)}")
    try:
        return None if body is None else TableMapping.model_validate(body)
    except ValidationError:
        return None
