"""Workbooks: Excel (.xlsx, .xls, .xlsb) and OpenDocument (.ods), sheet by sheet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace

from legcare.errors import BadFile
from legcare.importers.cells.cell import Cell, missing
from legcare.importers.result import Problem
from legcare.importers.source import DAMAGED
from legcare.importers.tables.far_cells import without_far_cells
from legcare.importers.tables.table import MOST_COLUMNS, Table, tables_of

OLE = b"\xd0\xcf\x11\xe0"
MOST_BYTES = 500 * 1024**2


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an Excel or OpenDocument workbook, by content."""
    if data.startswith(OLE):
        return True
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return b"opendocument.spreadsheet" in archive.read("mimetype")
            return any(name.startswith("xl/workbook") for name in names)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return False


def sheet_tables(name: str, data: bytes) -> list[Table]:
    """Every sheet that holds a table; raises ``BadFile`` for a workbook that cannot be opened."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _refuse_bomb(name, data)
    data, far = _bounded(name, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(sheet, book.get_sheet_by_name(sheet)) for sheet in book.sheet_names]
        read = [
            (title, sheet.to_python(skip_empty_area=False), _merged(sheet))
            for title, sheet in sheets
        ]
    except PasswordError as error:
        raise BadFile(
            f"{name} is protected by a password. Save it without one and upload it again."
        ) from error
    except (CalamineError, OSError, ValueError, UnicodeError) as error:
        raise _damaged(name) from error
    epoch = _counts_from_1904(name, data)
    tables = [_sheet(name, title, rows, merged, epoch) for title, rows, merged in read]
    every = [table for found in tables for table in found]
    return [replace(every[0], problems=(*every[0].problems, *far)), *every[1:]] if far else every


def _bounded(name: str, data: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook without cells far from its tables, with a line for those."""
    if not data.startswith(b"PK"):
        return data, ()
    try:
        data, far = without_far_cells(name, data)
    except DAMAGED as error:
        raise _damaged(name) from error
    reason = "This cell stands far away from the table, so it is not read."
    return data, tuple(Problem(name, reason, value=cell) for cell in far[:20])


def _damaged(name: str) -> BadFile:
    return BadFile(
        f"{name} looks like a workbook, but it cannot be opened: it is damaged or cut off. "
        "Open it in your spreadsheet program, save it as .xlsx and upload that."
    )


def _sheet(
    file: str,
    title: str,
    rows: Sequence[Sequence[Cell]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    epoch: bool,
) -> list[Table]:
    grid: list[list[Cell]] = [list(cells) for cells in rows]
    for (top, left), (bottom, right) in merged:
        for row in range(top, min(bottom + 1, len(grid))):
            for column in range(left, min(right + 1, len(grid[row]))):
                if missing(grid[row][column]) and column == left:
                    grid[row][column] = grid[top][left]
    numbered = [(line, _trimmed(cells)) for line, cells in enumerate(grid, start=1)]
    numbered = [(line, cells) for line, cells in numbered if cells]
    if not numbered:
        return []
    if max(len(cells) for _, cells in numbered) > MOST_COLUMNS:
        raise BadFile(
            f"{file}, sheet {title}: more than {MOST_COLUMNS:,} columns. Delete the columns not"
            " needed."
        )
    notes = ("Merged cells: their value counts for each row they span.",) if merged else ()
    return tables_of(file, numbered, sheet=title, epoch_1904=epoch, notes=notes)


def _trimmed(cells: list[Cell]) -> list[Cell]:
    end = len(cells)
    while end and (cells[end - 1] is None or cells[end - 1] == ""):
        end -= 1
    return cells[:end]


def _merged(sheet: object) -> Sequence[tuple[tuple[int, int], tuple[int, int]]]:
    return getattr(sheet, "merged_cell_ranges", None) or ()


def _refuse_bomb(name: str, data: bytes) -> None:
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            grown = sum(info.file_size for info in archive.infolist())
    except DAMAGED as error:
        raise _damaged(name) from error
    if grown > MOST_BYTES or grown > max(50 * 1024**2, 200 * len(data)):
        raise BadFile(
            f"{name} would expand to {grown / 1e6:,.0f} MB: such a workbook is not opened."
        )


def _counts_from_1904(name: str, data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return False
            return bool(re.search(rb'date1904="(1|true)"', archive.read("xl/workbook.xml")))
    except DAMAGED as error:
        raise _damaged(name) from error
