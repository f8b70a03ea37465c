"""Export and import: the same log comes back, whatever is written in it."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.errors import BadFile
from legcare.importers.archive import FILES, MANIFEST, archived_preferences, read_archive
from legcare.records import Cramp, Factor, Log, Preferences, Reading, now
from legcare.reports.archive import write_zip
from tests.profile import examples
from tests.strategies import LOGS

MOOD = Factor(key="own_mood", label="=mood", unit="-5 to 5", low=-5, high=5, own=True)


@examples(25)
@given(LOGS)
def test_export_and_import_give_the_same_log(log: Log) -> None:
    back = read_archive("legcare.zip", write_zip(log, Preferences()))
    assert back.problems == ()
    assert sorted(back.records, key=lambda record: record.id) == sorted(
        log.records, key=lambda record: record.id
    )
    assert [record.at.utcoffset() for record in Log.of(back.records).cramps] == [
        cramp.at.utcoffset() for cramp in log.cramps
    ]


@examples(50)
@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n;:\"é\x00, a1")) | st.text())
def test_any_note_comes_back_unchanged(note: str) -> None:
    log = Log.of([Cramp(at=now(), note=note)])
    assert read_archive("x.zip", write_zip(log, Preferences())).records == log.records


def test_own_factors_and_preferences_come_back() -> None:
    log = Log(
        (Reading(day=now().date(), factor="own_mood", value=-3),),
        (MOOD,),
        {"steps": ("watch", "phone")},
    )
    data = write_zip(log, Preferences(zone="Europe/Berlin"))
    back = read_archive("x.zip", data)
    assert back.own_factors == (MOOD,)
    settings_back = archived_preferences("x.zip", data)
    assert settings_back is not None
    assert settings_back.zone == "Europe/Berlin"
    assert settings_back.preferred_sources == {"steps": ("watch", "phone")}
    assert back.summary.counts == {"reading": 1}


def test_no_cell_of_the_zip_can_be_a_formula() -> None:
    log = Log(
        (Cramp(at=now(), note="=1+1", source="@SUM(A1)"), Cramp(at=now(), note="\tx")), (MOOD,)
    )
    with zipfile.ZipFile(io.BytesIO(write_zip(log, Preferences()))) as archive:
        for name in (*FILES.values(), "data-dictionary.csv"):
            text = archive.read(name).decode("utf-8-sig")
            for cell in (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row):
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), (name, cell)


def test_what_the_log_holds_is_marked() -> None:
    log = Log.of([Cramp(at=now(), note="a"), Cramp(at=now(), note="b")])
    back = read_archive("x.zip", write_zip(log, Preferences()), known=Log.of(log.records[:1]))
    assert back.duplicates == {log.records[0].id}


def _changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            content = before.read(info)
            after.writestr(
                info.filename, content.replace(old, new) if info.filename == name else content
            )
    return out.getvalue()


def test_a_bad_row_is_told_with_its_line_and_the_rest_is_kept() -> None:
    log = Log.of([Cramp(at=now(), severity=4.0, note="two\nlines"), Cramp(at=now(), severity=7.0)])
    back = read_archive(
        "x.zip", _changed(write_zip(log, Preferences()), "cramps.csv", b"7.0", b"77.0")
    )
    assert [record.id for record in back.records] == [log.records[0].id]
    (problem,) = back.problems
    assert (problem.file, problem.row, problem.column, problem.value) == (
        "cramps.csv",
        4,
        "severity",
        "77.0",
    )
    assert "less than or equal to 10" in problem.reason


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04nonsense", "cut off or damaged"),
        (
            _changed(write_zip(Log(), Preferences()), MANIFEST, b'"version": 1', b'"version": 99'),
            "newer legcare",
        ),
        (_changed(write_zip(Log(), Preferences()), MANIFEST, b"{", b"["), "cannot be read"),
    ],
)
def test_a_zip_that_is_none_of_ours_gets_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read_archive("odd.zip", data)


def test_what_is_missing_or_odd_in_a_zip_is_told() -> None:
    log = Log.of([Cramp(at=now(), note="a"), Cramp(at=now(), note="b")])
    data = write_zip(log, Preferences())
    cut = _changed(data, "cramps.csv", str(log.records[1].id).encode(), b"x,x,x")
    found = read_archive("x.zip", _changed(cut, "preferences.json", b"{", b"["))
    assert [record.id for record in found.records] == [log.records[0].id]
    assert [(problem.file, problem.row) for problem in found.problems] == [
        ("cramps.csv", 3),
        ("preferences.json", None),
    ]
    assert "cells where the header has" in found.problems[0].reason
    assert archived_preferences("x.zip", _changed(data, "preferences.json", b"{", b"[")) is None


def test_a_zip_without_one_of_its_files_says_so() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_zip(Log(), Preferences()))) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for info in before.infolist():
            if info.filename != "massages.csv":
                after.writestr(info.filename, before.read(info))
    (problem,) = read_archive("x.zip", out.getvalue()).problems
    assert (problem.file, "missing from the ZIP" in problem.reason) == ("massages.csv", True)


def test_another_zip_is_no_export() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "x")
    with pytest.raises(BadFile, match="not a legcare export"):
        read_archive("x.zip", out.getvalue())
