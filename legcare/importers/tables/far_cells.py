"""Cells far away from a workbook's table, found before the workbook is opened.

The library that opens workbooks makes room for every cell up to the farthest: one at XFD1048576
(an add-in leaves such cells behind) asks for half a terabyte. Cells beyond a gap are left out of
the sheet before it is opened, and named.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from legcare.errors import BadFile

MOST_CELLS, LARGE = 20_000_000, 2_000_000
MOST_COLUMNS = 1_000
GAP_ROWS, GAP_COLUMNS = 20_000, 200
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_CELL = rb'<(?:\w+:)?c\b[^>]{0,200}?\br="(?P<at>%s)"[^>]{0,200}?(?:/>|>.{0,100000}?</(?:\w+:)?c>)'
CHUNK = 1 << 20


def without_far_cells(name: str, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The workbook without cells far from its tables, and the references of those.

    Raises ``BadFile`` where even then a sheet is too large.
    """
    far: list[str] = []
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if not _SHEET.search(info.filename):
                continue
            cells = _places(archive, info)
            if not cells or not _is_large(cells):
                continue
            kept = _near(cells)
            if kept == cells and _area(cells) <= MOST_CELLS:
                continue
            if _area(kept) > MOST_CELLS:
                raise BadFile(
                    f"{name}: a sheet reaches over more than {MOST_CELLS:,} cells. Delete the rows"
                    " and columns not needed."
                )
            dropped = sorted(cells - kept)
            far += [f"{_letters(column)}{row}" for row, column in dropped]
            changed[info.filename] = _cut(archive.read(info), far)
        return (_rebuilt(archive, changed) if changed else data), tuple(far)


def _places(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> set[tuple[int, int]]:
    """The corners of a sheet: its first and last cells in every row and column, row first."""
    rows: dict[int, tuple[int, int]] = {}
    for letters, digits in _references(archive, info):
        row, column = int(digits), _column(letters)
        low, high = rows.get(row, (column, column))
        rows[row] = (min(low, column), max(high, column))
    return {(row, column) for row, ends in rows.items() for column in ends}


def _references(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    before = b""
    with archive.open(info) as stream:
        while chunk := stream.read(CHUNK):
            text = before + chunk
            end = 0
            for found in _REFERENCE.finditer(text):
                yield found[1], found[2]
                end = found.end()
            before = text[max(end, len(text) - 300) :]


def _area(cells: set[tuple[int, int]]) -> int:
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _is_large(cells: set[tuple[int, int]]) -> bool:
    return _area(cells) > LARGE or max(column for _, column in cells) > MOST_COLUMNS


def _near(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The cells before the first wide gap, row by row and column by column."""
    last_row = _before_gap({row for row, _ in cells}, GAP_ROWS)
    last_column = _before_gap({column for row, column in cells if row <= last_row}, GAP_COLUMNS)
    near = {(row, column) for row, column in cells if row <= last_row and column <= last_column}
    return near or cells


def _before_gap(places: set[int], gap: int) -> int:
    last = min(places)
    for place in sorted(places):
        if place - last > gap:
            break
        last = place
    return last


def _cut(xml: bytes, far: list[str]) -> bytes:
    """The sheet without the far cells."""
    for reference in far[:1000]:
        xml = re.sub(_CELL % reference.encode(), b"", xml, flags=re.DOTALL)
    return xml


def _rebuilt(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in archive.infolist():
            copy.writestr(info.filename, changed.get(info.filename) or archive.read(info))
    return out.getvalue()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _letters(column: int) -> str:
    column, rest = divmod(column - 1, 26)
    return (_letters(column) if column else "") + chr(65 + rest)
