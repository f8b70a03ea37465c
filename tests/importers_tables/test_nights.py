"""Sleep told by bedtime and wake time becomes hours of sleep, or a sentence why not."""

from __future__ import annotations

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from legcare.importers import Import
from legcare.importers.tables import open_tables, propose, read_table
from legcare.importers.tables.mapping import Kind
from legcare.records import Reading

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str | bytes, name: str = "sleep.csv") -> Import:
    (table,) = open_tables(name, text.encode() if isinstance(text, str) else text)
    mapping = propose(table)
    assert mapping.kind is Kind.DAYS
    return read_table(table, mapping, zone=BERLIN)


def hours(found: Import) -> dict[date, float]:
    assert all(
        isinstance(record, Reading) and record.factor == "sleep_h" for record in found.records
    )
    return {record.day: record.value for record in found.records if isinstance(record, Reading)}


@pytest.mark.parametrize(
    ("names", "night"),
    [
        ("Date,Bedtime,Wake time", "23:10,06:40"),
        ("Date,Went to bed,Got up", "11:10 pm,6:40 am"),
        ("Datum;Eingeschlafen;Aufgewacht", "23.10;6.40"),
        ("Date,Heure de coucher,Heure de lever", "23h10,6h40"),
        ("Date,Wake up,Bed time", "06:40,23:10"),
    ],
)
def test_two_times_of_day_count_past_midnight(names: str, night: str) -> None:
    sign = ";" if ";" in names else ","
    found = read(f"{names}\n2026-03-14{sign}{night}\n2026-03-15{sign}{night}\n")
    assert hours(found) == {date(2026, 3, 14): 7.5, date(2026, 3, 15): 7.5}
    assert found.problems == ()


def test_a_night_before_midnight_and_a_nap_do_not_run_round_the_clock() -> None:
    found = read("Date,Bedtime,Wake time\n2026-03-14,00:30,08:00\n2026-03-15,13:00,14:15\n")
    assert hours(found) == {date(2026, 3, 14): 7.5, date(2026, 3, 15): 1.25}


def test_moments_with_a_date_count_for_the_day_they_end_on_and_know_the_clock_change() -> None:
    text = (
        "Bedtime,Wake time\n2026-03-27 23:00,2026-03-28 07:00\n2026-03-28 23:00,2026-03-29 07:00\n"
    )
    assert hours(read(text)) == {date(2026, 3, 28): 8.0, date(2026, 3, 29): 7.0}


def test_times_of_a_workbook_are_read_as_well() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Date", "Bedtime", "Wake time", "Stress"])
    for day in (14, 15):
        sheet.append(
            [
                datetime(2026, 3, day),
                datetime(2026, 3, day, 22, 45).time(),
                datetime(2026, 3, day, 6).time(),
                3,
            ]
        )
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), "sleep.xlsx")
    values = [(r.day.day, r.factor, r.value) for r in found.records if isinstance(r, Reading)]
    assert sorted(values) == [
        (14, "sleep_h", 7.25),
        (14, "stress", 3.0),
        (15, "sleep_h", 7.25),
        (15, "stress", 3.0),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("11:00,7:00", "at most 16 hours"),
        ("23:10,", "needs both"),
        ("23:10,late", "no time of day that can be read"),
        ("07:00,07:00", "more than 0"),
    ],
)
def test_a_night_that_cannot_be_is_told_with_its_row_and_the_others_are_kept(
    row: str, said: str
) -> None:
    found = read(f"Date,Bedtime,Wake time\n2026-03-14,23:10,06:40\n2026-03-15,{row}\n")
    assert hours(found) == {date(2026, 3, 14): 7.5}
    (problem,) = found.problems
    assert (problem.row, problem.column, problem.kept) == (3, "Wake time", False)
    assert said in problem.reason


def test_a_day_without_both_times_is_simply_unknown() -> None:
    found = read("Date,Bedtime,Wake time\n2026-03-14,23:10,06:40\n2026-03-15,,\n")
    assert list(hours(found)) == [date(2026, 3, 14)]
    assert found.problems == ()


def test_hours_that_the_file_says_itself_win_over_its_times() -> None:
    found = read(
        "Date,Bedtime,Wake time,Sleep (h)\n2026-03-14,23:10,06:40,6.5\n2026-03-15,23:10,06:40,7\n"
    )
    assert hours(found) == {date(2026, 3, 14): 6.5, date(2026, 3, 15): 7.0}
    assert {problem.column for problem in found.problems} == {"Bedtime", "Wake time"}
    assert all("that one is kept" in problem.reason and problem.kept for problem in found.problems)


def test_a_bedtime_alone_is_told_to_say_nothing() -> None:
    found = read("Date,Bedtime,Stress\n2026-03-14,23:10,3\n2026-03-15,23:20,4\n")
    assert [problem.column for problem in found.problems] == ["Bedtime"]
    assert "without a wake time" in found.problems[0].reason


def test_reading_the_same_nights_again_adds_nothing() -> None:
    text = "Date,Bedtime,Wake time\n2026-03-14,23:10,06:40\n2026-03-15,23:30,06:40\n"
    assert [record.id for record in read(text).records] == [
        record.id for record in read(text).records
    ]
