"""Files that would fill the memory or never end: a sentence, and honest ones are read."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from legcare.errors import BadFile
from legcare.importers import Cancelled, apart, parts
from legcare.importers.apart import open_apart, read_apart, run
from legcare.importers.registry import Asked
from legcare.importers.tables import open_tables, propose, read_table
from legcare.records import Log
from tests.importers.invented import STRAVA_ZIP

BERLIN = ZoneInfo("Europe/Berlin")


def workbook(*far: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Date", "Time", "Leg"])
    book.active.append(["2026-03-14", "02:05", "left"])
    book.active.append(["2026-03-15", "03:05", "right"])
    for cell in far:
        book.active[cell] = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("far", ["XFD1048576", "XFD1048550", "A1000000", "ALL200000", "XFD3"])
def test_an_honest_workbook_with_a_stray_far_cell_is_read_and_the_cell_named(far: str) -> None:
    (table,) = open_tables("cramps.xlsx", workbook(far))
    found = read_table(table, propose(table), zone=BERLIN)
    assert [cramp.side for cramp in Log.of(found.records).cramps] == ["left", "right"]
    assert far in [problem.value for problem in found.problems]


def test_a_workbook_that_is_only_far_apart_is_refused() -> None:
    sheet = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 900_000, 9999))
    sheet += '<row r="900001"><c r="GA900001"><v>1</v></c></row>'
    columns = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in ("B", "CA", "EA", "GA"))
    xml = f'<worksheet><sheetData><row r="1">{columns}</row>{sheet}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", xml)
    with pytest.raises(BadFile, match="more than 20,000,000 cells"):
        open_tables("wide.xlsx", out.getvalue())


def _abort(name: str, progress: object) -> object:
    import os

    os.abort()


def _fill(name: str, progress: object) -> object:
    return len(bytearray(apart.MOST_BYTES * 2))


def _never_end(name: str, progress: object) -> object:
    while True:
        pass


def test_a_reader_that_aborts_ends_its_own_process_and_the_next_file_is_read() -> None:
    with pytest.raises(BadFile, match=r"^x\.bin cannot be read here"):
        run("x.bin", _abort, "x.bin")
    (opened,) = open_apart("c.csv", b"Date,Leg\n2026-03-14 02:05,left\n")
    assert opened.table.names == ("Date", "Leg")


def test_a_reader_that_asks_for_gigabytes_gives_a_sentence() -> None:
    with pytest.raises(BadFile, match="needs more memory"):
        run("big.csv", _fill, "big.csv")


def test_stop_ends_a_reader_that_never_ends() -> None:
    def stop(done: float, sentence: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        run("slow.csv", _never_end, "slow.csv", progress=stop)


def test_a_reader_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST_SECONDS", 0.0)
    with pytest.raises(BadFile, match="takes too long"):
        run("slow.csv", _never_end, "slow.csv")


def test_a_sentence_of_the_reader_comes_through_and_what_it_read_too() -> None:
    with pytest.raises(BadFile, match=r"photo\.jpg is a picture"):
        open_apart("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100))
    found = read_apart("export.zip", STRAVA_ZIP, Asked(BERLIN), None)
    (part,) = parts("export.zip", io.BytesIO(STRAVA_ZIP), zone=BERLIN)
    assert [r.id for r in found.records] == [r.id for r in part.read().records]


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "a clock with blanks": lambda n: b"date,time\n2026-03-14,3:00" + b" " * n + b"x\n",
    "brackets in a name": lambda n: b"date," + b"a (" * n + b"\n2026-03-14,1\n",
    "a date with blanks": lambda n: b"date,leg\n14" + b" " * n + b"March 2026,left\n",
    "digits": lambda n: b"date,minutes\n2026-03-14," + b"9" * n + b":00\n",
    "quotes": lambda n: b"date,leg\n2026-03-14," + b"'" * n + b"\n",
    "ranges": lambda n: b"date,minutes\n2026-03-14," + b"1-" * n + b"\n",
    "sides": lambda n: b"date,leg\n2026-03-14," + b"left and " * n + b"\n",
}


def steps(data: bytes) -> int:
    """Lines of Python that reading a file takes, with the length of every pattern's text added."""
    count = 0

    def tracer(frame: object, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return tracer

    sys.settrace(tracer)  # type: ignore[arg-type]
    try:
        for table in open_tables("x.csv", data):
            read_table(table, propose(table), zone=BERLIN)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_text_takes_at_most_twice_the_steps(kind: str) -> None:
    steps(HOSTILE[kind](1000))
    small, large = steps(HOSTILE[kind](4000)), steps(HOSTILE[kind](8000))
    assert large <= 2.2 * small


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_pattern_sees_no_more_than_a_short_text(kind: str) -> None:
    """The engine's own steps cannot be counted; a file 100 times as long ends all the same."""
    for table in open_tables("x.csv", HOSTILE[kind](90_000)):
        read_table(table, propose(table), zone=BERLIN)
