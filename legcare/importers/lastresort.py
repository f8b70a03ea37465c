"""What is asked where no program's own format knows a file: legcare's own ZIP, and any table.

A table's columns are proposed by the table importer. The upload page asks the person about them;
here, without a person, what is proposed is taken and every doubt is a note.
"""

from __future__ import annotations

import re

from legcare.errors import BadFile
from legcare.importers import jsontext
from legcare.importers.archive import is_archive, read_archive
from legcare.importers.records import is_records, read_records
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.result import Import
from legcare.importers.source import DAMAGED, Peek, Source
from legcare.importers.tables import open_tables, propose, read_table
from legcare.records import RECORD_TYPES

_RECORD = re.compile(rf'"type"\s*:\s*"({"|".join(RECORD_TYPES)})"')
MOST_BYTES = 100 * 1024**2


def recognise_archive(peek: Peek) -> str | None:
    """By its manifest and preferences."""
    if not is_archive(peek.members):
        return None
    return "The zip holds legcare.json and preferences.json: it is legcare's own export."


def extract_archive(source: Source, asked: Asked) -> Extract:
    """Everything as it was written out."""
    return _extract([read_archive(source.name, source.whole(MOST_BYTES))])


def recognise_workbook(peek: Peek) -> str | None:
    """By the parts of an Excel or OpenDocument workbook."""
    parts = set(peek.members)
    if "xl/workbook.xml" in parts or "xl/workbook.bin" in parts:
        return "The zip holds an Excel workbook."
    if {"mimetype", "content.xml"} <= parts:
        return "The zip holds an OpenDocument table."
    return None


def recognise_table(peek: Peek) -> str | None:
    """By several rows of the same width under a header, or the beginning of an old Excel file."""
    if peek.head.startswith(b"\xd0\xcf\x11\xe0"):
        return "It begins like an old Excel workbook."
    widths = [len(row) for row in peek.rows if any(row)]
    if len(widths) >= 2 and widths[0] >= 2 and len(set(widths)) <= 2:
        return (
            f"It is a table of {widths[0]} columns that no program known here writes: you say what"
            " they are."
        )
    return None


def extract_table(source: Source, asked: Asked) -> Extract:
    """Every table of the file, read as its columns propose."""
    try:
        opened = open_tables(source.name, source.whole(MOST_BYTES))
    except DAMAGED as error:
        raise BadFile(
            f"{source.name} is a damaged workbook ({error}): save or copy it again."
        ) from error
    return _extract([read_table(table, propose(table), zone=asked.zone) for table in opened])


def recognise_records(peek: Peek) -> str | None:
    """By the kinds of record that its first entry may be."""
    if peek.text.lstrip()[:1] in ("[", "{") and _RECORD.search(peek.text):
        return "Each entry says which type of legcare record it is."
    return None


def extract_records(source: Source, asked: Asked) -> Extract:
    """Every record as it was written."""
    data = source.whole(jsontext.MOST_BYTES)
    if not is_records(data):
        raise BadFile(f"{source.name} begins like legcare records, but not all of it is.")
    return _extract([read_records(source.name, data)])


def _extract(read: list[Import]) -> Extract:
    return Extract(
        tuple(record for one in read for record in one.records),
        tuple(problem for one in read for problem in one.problems),
        tuple(note for one in read for note in one.summary.notes),
        tuple(factor for one in read for factor in one.own_factors),
    )


FORMATS = (
    Format("legcare", "legcare export", recognise_archive, extract_archive, package=True),
    Format("records", "legcare records", recognise_records, extract_records),
    Format("workbook", "Workbook", recognise_workbook, extract_table, package=True),
    Format("table", "Table", recognise_table, extract_table),
)
