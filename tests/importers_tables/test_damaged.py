"""Damaged workbooks and archives, and one limit for the cells of delimited text."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from legcare.errors import BadFile
from legcare.importers.archive import read_archive
from legcare.importers.source import LONGEST_LINE
from legcare.importers.tables import open_tables
from legcare.importers.tables.sheets import sheet_tables
from legcare.records import Cramp, Log, Preferences
from legcare.reports.archive import write_zip


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["when", "minutes"])
    book.active.append(["2026-02-14 03:10", 3])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_a_damaged_member_gets_a_sentence(name: str) -> None:
    data = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo(name).header_offset + 30 + len(name)
    data[start + 20 : start + 60] = bytes(40)
    with pytest.raises(BadFile, match="damaged or cut off"):
        sheet_tables("book.xlsx", bytes(data))


def test_a_workbook_that_is_cut_off_gets_a_sentence() -> None:
    with pytest.raises(BadFile, match="damaged or cut off"):
        sheet_tables("book.xlsx", workbook()[:-30])


def test_reading_leaves_the_limit_of_the_process_alone() -> None:
    archive = write_zip(Log.of([Cramp(at=datetime(2026, 2, 14, tzinfo=UTC))]), Preferences())
    assert csv.field_size_limit() == LONGEST_LINE
    assert len(read_archive("legcare.zip", archive).records) == 1
    open_tables("a.csv", b"when,minutes\n2026-02-14 03:10,3\n")
    assert csv.field_size_limit() == LONGEST_LINE


def test_a_gigantic_cell_in_an_archive_is_a_problem_and_the_rows_before_are_kept() -> None:
    log = Log.of([Cramp(at=datetime(2026, 2, day, tzinfo=UTC)) for day in (14, 15)])
    written, out = io.BytesIO(write_zip(log, Preferences())), io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            more = b'"' + b"x" * (LONGEST_LINE + 10) + b'"\n' if name == "cramps.csv" else b""
            new.writestr(name, old.read(name) + more)
    found = read_archive("legcare.zip", out.getvalue())
    assert found.records == log.records
    assert ["never closed" in problem.reason for problem in found.problems] == [True]
