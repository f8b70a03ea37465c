"""Delimited text: which letters, which separator, which line each row starts on."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence

from legcare.errors import BadFile
from legcare.importers.cells.cell import Cell
from legcare.importers.cells.text import NAMES, old_encoding
from legcare.importers.result import Problem
from legcare.importers.source import LONGEST_LINE
from legcare.importers.tables.table import MOST_COLUMNS, MOST_ROWS, Table, tables_of

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Raises ``BadFile`` for what is plainly not text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "UTF-16"
    head = data[:4096]
    if head.count(0) > len(head) / 5:
        half = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        text = data.decode(half, "replace")
        if sum(sign.isprintable() or sign in "\r\n\t" for sign in text[:2000]) > 0.95 * len(
            text[:2000]
        ):
            return text, "UTF-16"
    strange = sum(byte < 32 and byte not in b"\t\n\r\0\x1a" for byte in head)
    if strange > len(head) / 10 or head.count(0) > len(head) / 5:
        raise _no_text(name)
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        if not any(
            byte in b"0123456789" for byte in data
        ):  # neither a date nor a number can stand in it
            raise _no_text(name) from None
        encoding = old_encoding(data)
        return data.decode(encoding, "replace"), NAMES[encoding]


def _no_text(name: str) -> BadFile:
    return BadFile(
        f"{name} is not a table: its content is no text that a spreadsheet writes. "
        "Save the sheet as CSV or Excel (.xlsx) and upload that file."
    )


def separator_of(text: str) -> str:
    """The sign that most regularly parts the first lines into the same number of cells.

    More than one cell.
    """
    lines = [line for line in text[:20_000].splitlines()[:40] if line.strip()]
    best, score = ",", 0.0
    for sign in SEPARATORS:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=sign) if cells]
        usual = max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 1
        regular = widths.count(usual) / len(widths) * min(usual, 20) if usual > 1 else 0.0
        if regular > score:
            best, score = sign, regular
    return best


def text_tables(name: str, data: bytes) -> list[Table]:
    """The tables in a delimited text file.

    Their ``problems`` name lines that do not fit under the header.
    """
    text, encoding = decoded(name, data)
    notes = [f"The file is text in {encoding}."]
    problems: list[Problem] = []
    if "\0" in text or "\x1a" in text[-1:]:
        text = text.replace("\0", "").rstrip("\x1a")
        problems.append(
            Problem(
                name,
                "The file holds NUL signs, as a damaged disk writes them; they were left out. "
                "Check the rows around them.",
                kept=True,
            )
        )
    if text[:4].casefold() == "sep=":
        sign, text = text[4:5], "\n" + text.partition("\n")[2]
    else:
        sign = separator_of(text)
    rows = _rows(name, text, sign)
    notes.append(f"Its cells are parted by {SEPARATORS.get(sign, repr(sign))}.")
    return tables_of(name, rows, separator=sign, notes=tuple(notes), problems=tuple(problems))


def _rows(name: str, text: str, sign: str) -> list[tuple[int, Sequence[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    rows: list[tuple[int, Sequence[Cell]]] = []
    start = 1
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
            if len(cells) > MOST_COLUMNS or len(rows) > MOST_ROWS:
                break
    except csv.Error as error:
        raise BadFile(
            f"{name}, line {start}: a cell holds more than {LONGEST_LINE:,} characters, or a"
            " quotation mark is never closed. Correct that line and upload the file again."
        ) from error
    if rows and len(rows[-1][1]) > MOST_COLUMNS:
        raise BadFile(
            f"{name}, line {rows[-1][0]}: more than {MOST_COLUMNS:,} columns. Delete the columns"
            " not needed."
        )
    if len(rows) > MOST_ROWS:
        raise BadFile(f"{name} has more than {MOST_ROWS:,} rows. Split it into several files.")
    return rows
