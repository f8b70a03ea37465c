"""Odd and hostile files: each gets a sentence, none an error that a person cannot act on."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from uuid import uuid5
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.errors import BadFile, LegcareError
from legcare.importers import Cancelled, Import
from legcare.importers.cells.quoting import guarded
from legcare.importers.tables import Kind, open_tables, propose, read_table
from legcare.records import ANY_RECORD, Cramp, Log, Massage, imported_id
from tests.profile import examples

BERLIN = ZoneInfo("Europe/Berlin")


def read(data: bytes, name: str = "cramps.csv", known: Log | None = None) -> Import:
    table = open_tables(name, data)[0]
    return read_table(table, propose(table), zone=BERLIN, known=known)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF, not a table"),
        (bytes(range(256)) * 20, "no text that a spreadsheet writes"),
        (b"PK\x03\x04broken", "ZIP"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "cannot be opened"),
        (b",".join(b"c%d" % k for k in range(1_000_000)), "more than 1,000 columns"),
        (b"a,b\n1," + b"x" * 1_100_000, "line 2"),
        (b'{"a": [1, 2', "not valid JSON"),
        (b"[1, 2, 3]", "no list of records"),
        (b'{"a": {"b": 1}}', "no list of records"),
        (b"[" * 100_000, "JSON|nested"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said) as told:
        open_tables("odd.csv", data)
    assert "odd.csv" in str(told.value)


def test_a_workbook_that_expands_without_end_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 120_000_000)
    with pytest.raises(BadFile, match="would expand to 120 MB"):
        open_tables("bomb.xlsx", out.getvalue())


def test_a_header_without_rows_gives_nothing_and_no_error() -> None:
    found = read(b"date,time,side\n")
    assert found.records == ()
    assert found.summary.first_day is None


def test_every_row_that_is_not_kept_is_told_with_line_column_value_and_remedy() -> None:
    data = (
        b"when,severity,minutes,note\nyesterday,4,1,a\n2026-02-30 03:10,4,1,b\n,4,1,c\n2026-05-14"
        b" 03:10,40,abc,d\n"
    )
    found = read(data)
    told = [(p.row, p.column, p.value, p.kept) for p in found.problems]
    assert told == [
        (2, "when", "yesterday", False),
        (3, "when", "2026-02-30 03:10", False),
        (4, "when", "", False),
        (5, "minutes", "abc", True),
        (5, "severity", "40", True),
    ]
    assert all("." in problem.reason for problem in found.problems)
    (cramp,) = found.records
    assert isinstance(cramp, Cramp)
    assert (cramp.severity, cramp.minutes, cramp.note) == (None, None, "d")


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    found = read(b'when,note\n2026-05-14 03:10,"two\nlines"\nnever,x\n')
    assert [problem.row for problem in found.problems] == [4]


def test_clocks_that_went_forward_and_back() -> None:
    found = read(
        b"when,side\n2026-03-29 02:30,left\n2026-10-25 02:30,left\n2026-10-25 02:30,left\n"
    )
    assert [(p.row, p.kept) for p in found.problems] == [(2, True), (3, True), (4, True)]
    assert "it is kept an hour later" in found.problems[0].reason
    assert [cramp.at for cramp in Log.of(found.records).cramps] == [
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    ]


def test_equal_rows_are_two_cramps_and_reading_again_adds_none() -> None:
    data = b"when,side\n2026-05-14 03:10,left\n2026-05-14 03:10,left\n"
    first = read(data)
    assert len({record.id for record in first.records}) == 2
    again = read(data, "renamed.csv", Log.of(first.records))
    assert [record.id for record in again.records] == [record.id for record in first.records]
    assert again.duplicates == {record.id for record in first.records}


def test_only_as_many_are_duplicates_as_the_log_holds() -> None:
    entered = Cramp(at=datetime(2026, 5, 14, 1, 10, 20, tzinfo=UTC))
    other = Massage(at=datetime(2026, 5, 15, 1, 10, tzinfo=UTC))
    found = read(
        b"when,side\n2026-05-14 03:10,left\n2026-05-14 03:10,right\n2026-05-15 03:10,left\n",
        known=Log.of([entered, other]),
    )
    assert len(found.duplicates) == 1
    assert found.records[0].id in found.duplicates


def test_nul_signs_of_a_damaged_disk_are_left_out_and_told() -> None:
    found = read(b"when,side,note\n2026-05-14 03:10,left,ab\0\0cd\n")
    assert Log.of(found.records).cramps[0].note == "abcd"
    assert "NUL" in found.problems[0].reason


def test_more_cells_than_names_are_told() -> None:
    found = read(b"when,side\n2026-05-14 03:10,left\n2026-05-15 03:10,left,extra,words\n")
    assert len(found.records) == 2
    assert [problem.column for problem in found.problems] == ["column C", "column D"]


def test_repeated_names_are_told_apart() -> None:
    table = open_tables("x.csv", b"date,time,note,note\n2026-05-14,03:10,a,b\n")[0]
    assert [table.title(k) for k in (2, 3)] == ["note (no. 1)", "note (no. 2)"]
    found = read_table(table, propose(table, kind=Kind.CRAMPS), zone=BERLIN)
    assert Log.of(found.records).cramps[0].note == "note (no. 1): a\nnote (no. 2): b"


def test_records_equal_those_that_are_checked_whole() -> None:
    found = read(
        b"when,side,severity,minutes,relief,note\n2026-05-14 03:10,left,4,2.5,walk and heat,=x\n"
    )
    (cramp,) = found.records
    assert Cramp.model_validate(cramp.model_dump()) == cramp
    assert Cramp.model_validate_json(cramp.model_dump_json()) == cramp
    assert cramp.model_fields_set >= {"at", "side", "severity"}
    with pytest.raises(ValueError, match="frozen"):
        cramp.severity = 3.0  # type: ignore[misc,union-attr]
    said = ("Cramp", "2026-05-14T03:10:00+02:00", "2.5", "=x", "walk;heat", "4.0", "left")
    content = "\x1f".join(said)
    assert cramp.id == uuid5(imported_id("table"), content)


@examples(60)
@given(st.binary(max_size=200) | st.text(alphabet='a,;\t"\n1/.-:=é ', max_size=200).map(str.encode))
def test_any_bytes_give_records_problems_or_a_sentence(data: bytes) -> None:
    try:
        tables = open_tables("any.csv", data)
    except LegcareError as refused:
        tables, said = [], str(refused)
    else:
        said = "any.csv"
    assert "any.csv" in said
    for table in tables:
        for kind in Kind:
            found = read_table(table, propose(table, kind=kind), zone=BERLIN)
            assert len(found.records) <= 100 * len(table) * max(1, len(table.names))
            assert len({record.id for record in found.records}) == len(found.records)


CELLS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\x1a"), max_size=30)


@examples(30)
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_every_note_comes_in_as_it_was_written(notes: list[str]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["when", "side", "note"])
    for number, note in enumerate(notes):
        writer.writerow([f"2026-05-{number + 1:02d} 03:10", "left", guarded(note)])
    found = read(out.getvalue().encode())
    assert [cramp.note for cramp in Log.of(found.records).cramps] == notes


def test_a_copied_row_of_an_export_is_a_new_record() -> None:
    name = "0198c1de-0000-7000-8000-000000000001"
    found = read(
        f"at,side,id\n2026-05-14T03:10:00+02:00,left,{name}\n2026-06-14T03:10:00+02:00,left,{name}\n".encode()
    )
    assert len({record.id for record in found.records}) == 2
    assert str(found.records[0].id) == name


NUMBERS = (
    st.integers() | st.floats() | st.just(10**400) | st.booleans() | st.none() | st.text(max_size=8)
)


@examples(40)
@given(
    st.lists(
        st.fixed_dictionaries({"date": NUMBERS, "cramps": NUMBERS, "stress": NUMBERS}),
        min_size=1,
        max_size=4,
    )
)
def test_any_json_value_is_kept_or_told(rows: list[dict[str, object]]) -> None:
    table = open_tables("any.json", json.dumps(rows).encode())[0]
    for kind in Kind:
        mapping = propose(table, kind=kind)
        uses = tuple(
            use.model_copy(update={"field": "own"}) if use.column == 2 else use
            for use in mapping.uses
        )
        for chosen in (
            mapping,
            mapping.model_copy(update={"uses": uses}) if kind is Kind.DAYS else mapping,
        ):
            found = read_table(table, chosen, zone=BERLIN)
            for record in found.records:
                assert ANY_RECORD.validate_python(record.model_dump()) == record


@pytest.mark.parametrize(
    "cell", ["9" * 5000, "9" * 5000 + ":00", "1/" + "9" * 5000, "1e999", "٣", "²", "٣:٠٠"]
)
def test_digits_without_end_or_of_other_scripts_are_kept_or_told(cell: str) -> None:
    header = "date,time,minutes,cramps,sleep_h\n"
    data = f"{header}2026-05-14,{cell},{cell},{cell},{cell}\n{cell},3:10,4,1,7\n".encode()
    table = open_tables("any.csv", data)[0]
    for kind in Kind:
        found = read_table(table, propose(table, kind=kind), zone=BERLIN)
        for record in found.records:
            assert ANY_RECORD.validate_python(record.model_dump()) == record


@pytest.mark.parametrize(
    "data",
    [
        b"\x89\x01\x02\xff",
        b"\xfe\xfa\x9d\x81",
        b"\x00\x01",
        b"\x01\x02\x03\x04\x05\x06\x07",
        b"\xde\xad\xbe\xef\r\n",
    ],
)
def test_a_few_bytes_of_a_program_are_refused_and_not_offered_as_a_table(data: bytes) -> None:
    with pytest.raises(BadFile, match=r"no text that a spreadsheet writes|is empty"):
        open_tables("cramps.csv", data)


def test_a_few_letters_of_an_old_windows_program_are_still_a_table() -> None:
    found = read("Datum;Krämpfe\n14.05.2026;2\n15.05.2026;0\n".encode("cp1252"), "days.csv")
    assert len(found.records) == 3


def test_reading_a_table_says_how_far_it_has_come_and_can_be_stopped() -> None:
    text = "Date,Stress\n" + "".join(
        f"{date(2020, 1, 1) + timedelta(days=n)},{n % 10}\n" for n in range(1200)
    )
    (table,) = open_tables("days.csv", text.encode())
    seen: list[tuple[float, str]] = []
    found = read_table(
        table, propose(table), zone=BERLIN, progress=lambda done, said: seen.append((done, said))
    )
    assert len(found.records) == 1200
    assert seen == [
        (0.0, "Reading days.csv"),
        (500 / 1200, "Reading days.csv"),
        (1000 / 1200, "Reading days.csv"),
    ]

    def stop(done: float, said: str) -> None:
        if done > 0:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        read_table(table, propose(table), zone=BERLIN, progress=stop)
