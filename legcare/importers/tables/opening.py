"""From the bytes of a file to its tables."""

from __future__ import annotations

from legcare.errors import BadFile
from legcare.importers.tables.build import without_collecting
from legcare.importers.tables.markup import is_markup, markup_rows
from legcare.importers.tables.records_json import is_json, json_tables
from legcare.importers.tables.sheets import is_workbook, sheet_tables
from legcare.importers.tables.table import Table, tables_of
from legcare.importers.tables.text import decoded, text_tables

_REFUSED = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
    b"PK": "a ZIP that no program known here writes",
    b"\x1f\x8b": "a packed file",
}


_KNOWN = {
    b"BEGIN:VCALENDAR": (
        "a calendar, which is not read. Copy its entries into a table with date, time and what it"
        " was, and upload that."
    ),
    b"<?xml": (
        "XML, but no track, no spreadsheet and no health export. Export it as CSV, GPX or TCX."
    ),
    b"<kml": "a map (KML), which has no times that are read. Export the track as GPX.",
    b"<": "a web page without a table. Save the table as CSV or Excel (.xlsx).",
}


def open_tables(name: str, data: bytes) -> list[Table]:
    """The tables in a file: one for a text file, one per sheet of a workbook that holds something.

    The content decides what the file is, never its name. Raises ``BadFile`` with a sentence for an
    empty file and for what is no table.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise BadFile(f"{name} is empty. Export or save it again, then upload it.")
    if is_workbook(data):
        found = sheet_tables(name, data)
        if not found:
            raise BadFile(
                f"{name} is a workbook without anything in it. Save it again, then upload it."
            )
        return found
    for start, what in _REFUSED.items():
        if data.startswith(start):
            raise BadFile(
                f"{name} is {what}, not a table. Save the table as CSV or Excel (.xlsx) and upload"
                " that."
            )
    if is_markup(data):
        return _pages(name, data)
    for start, advice in _KNOWN.items():
        if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            raise BadFile(f"{name} is {advice}")
    if is_json(data):
        return json_tables(name, data)
    with without_collecting():
        return text_tables(name, data)


def _pages(name: str, data: bytes) -> list[Table]:
    text, _ = decoded(name, data)
    notes = ("The file is a web page or XML: its tables are read.",)
    found = [table for rows in markup_rows(text) for table in tables_of(name, rows, notes=notes)]
    if not found:
        raise BadFile(f"{name} is a web page whose table is empty. Save it again as CSV or .xlsx.")
    return found
