"""The parts of a file: each table, or what a program exported, with what it leaves open.

One ladder for the upload page and the command line: by content a program's format, legcare's own
ZIP and records, a workbook, a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import BinaryIO
from zoneinfo import ZoneInfo

from legcare.errors import BadFile
from legcare.importers import package
from legcare.importers.archive import archived_preferences, is_archive, read_archive
from legcare.importers.cells.dates import Order
from legcare.importers.duplicates import marked_import
from legcare.importers.lastresort import MOST_BYTES
from legcare.importers.reading import extracted, source_of
from legcare.importers.records import is_records, read_records
from legcare.importers.registry import Asked, formats, recognised
from legcare.importers.result import Import
from legcare.importers.source import Progress, Source
from legcare.importers.tables import TableMapping, open_tables, propose, read_table
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Factor, Log, Preferences

Remembered = Callable[[Table], TableMapping | None]
RECORDS, ARCHIVE = "records", "legcare"


@dataclass(frozen=True)
class Opened:
    """One part as it stands in the file, before anybody is asked: a table, or a format's key."""

    file: str
    title: str
    key: str
    table: Table | None = None
    preferences: Preferences | None = None


@dataclass(frozen=True)
class Wanted:
    """What reading needs to know: the zone, the log, own factors and words, and who watches."""

    zone: ZoneInfo
    log: Log | None = None
    factors: Sequence[Factor] = BUILT_IN
    words: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    progress: Progress | None = None


@dataclass(frozen=True)
class Part:
    """One part with the proposal of how to read it.

    ``kind`` is what its rows are, or the format's key.
    """

    opened: Opened
    wanted: Wanted
    whole: Callable[[Wanted], Import]
    mapping: TableMapping | None = None

    @property
    def kind(self) -> str:
        """What the rows of a table are, or the key of the format that knows the file."""
        return self.opened.key if self.mapping is None else self.mapping.kind.value

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Keys of what is still open: ``kind``, ``unit``, ``date order`` and so on."""
        if self.mapping is not None:
            return tuple(doubt.key for doubt in sorted(self.mapping.undecided))
        return tuple(sorted(self.read().undecided))

    def read(self, wanted: Wanted | None = None) -> Import:
        """What the part gives, with the proposal (or the given answers) accepted."""
        asked = wanted or self.wanted
        table = self.opened.table
        if table is None or self.mapping is None:
            return marked_import(self.whole(asked), asked.log)
        return read_table(
            table,
            self.mapping,
            zone=asked.zone,
            known=asked.log,
            factors=asked.factors,
            progress=asked.progress,
        )


def parts(
    name: str,
    stream: BinaryIO,
    *,
    zone: ZoneInfo,
    wanted: Wanted | None = None,
    remembered: Remembered | None = None,
    today: date | None = None,
) -> tuple[Part, ...]:
    """The parts of a file, by its content.

    ``remembered`` gives the mapping that the person settled for a table with the same columns;
    dates behind ``today`` are asked about. Raises ``BadFile`` with a sentence for what cannot be
    read.
    """
    asked = wanted or Wanted(zone)

    def whole(wanted: Wanted) -> Import:
        answers = Asked(wanted.zone, wanted.words, wanted.order)
        return read_whole(name, stream, answers, wanted.progress)

    found: list[Part] = []
    for opened in open_parts(name, stream):
        part = Part(opened, asked, whole)
        if opened.table is not None:
            known = remembered(opened.table) if remembered else None
            mapping = propose(
                opened.table, known, factors=asked.factors, words=asked.words, today=today
            )
            part = replace(part, mapping=mapping)
        found.append(part)
    return tuple(found)


def open_parts(name: str, stream: BinaryIO) -> tuple[Opened, ...]:
    """What stands in a file: its tables, or the key of the format that knows it."""
    source = source_of(name, stream, None)
    if is_archive(source.members):
        preferences = archived_preferences(name, source.whole(MOST_BYTES))
        return (Opened(source.name, source.name, ARCHIVE, preferences=preferences),)
    if (key := _program(source)) is not None:
        return (Opened(source.name, source.name, key),)
    if not source.members or _workbook(source):
        return tuple(_tabled(source))
    inside = package.unzipped(source).members
    found = [part for member in inside for part in _quietly(member)]
    if not found:
        raise BadFile(
            f"{source.name} is a zip, but none of its {len(inside)} files is of a kind that legcare"
            " reads."
        )
    return tuple(found)


def read_whole(
    name: str, stream: BinaryIO, asked: Asked, progress: Progress | None = None
) -> Import:
    """What a file gives that is no table, before anybody looks into the log."""
    source = source_of(name, stream, progress)
    if is_archive(source.members):
        return read_archive(source.name, source.whole(MOST_BYTES))
    if _program(source) is None and not source.members:
        data = source.whole(MOST_BYTES)
        if is_records(data):
            return read_records(source.name, data)
    return extracted(name, stream, asked, progress)


def _program(source: Source) -> str | None:
    """The key of the program's format that knows the file, or a member of it."""
    known = recognised(source, formats())
    if known is not None or not source.members:
        return known[0].key if known else None
    if _workbook(source):
        return None
    for member in package.unzipped(source).members:
        kind = package.kind_of(member.peek.head[:4])
        inner = package.gunzipped(member) if kind == "gzip" else member
        if kind == "zip" or (known := recognised(inner, formats())) is not None:
            return known[0].key if known else "zip"
    return None


def _workbook(source: Source) -> bool:
    names = set(source.members)
    return any(name.startswith("xl/workbook") for name in names) or "content.xml" in names


def _tabled(source: Source) -> Iterator[Opened]:
    """Records as JSON, or tables."""
    data = source.whole(MOST_BYTES)
    if is_records(data):
        yield Opened(source.name, source.name, RECORDS)
        return
    for table in open_tables(source.name, data):
        title = f"{source.name}, sheet {table.sheet}" if table.sheet else source.name
        yield Opened(source.name, title, "table", table)


def _quietly(source: Source) -> list[Opened]:
    try:
        return list(_tabled(source))
    except BadFile:
        return []
