"""Tables of days: what is bad in a row costs that value, never the row.

The clock says where it goes.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from legcare.importers import Import
from legcare.importers.tables import Kind, Use, open_tables, propose, read_table
from legcare.records import Log, Reading, TrackedSpan

ZONE = ZoneInfo("Europe/Berlin")


def read(text: str) -> Import:
    table = open_tables("diary.csv", text.encode())[0]
    return read_table(table, propose(table, kind=Kind.DAYS), zone=ZONE)


def told(found: Import) -> list[tuple[int | None, str, bool]]:
    return [(problem.row, problem.column, problem.kept) for problem in found.problems]


def test_a_value_out_of_range_is_told_and_the_rest_of_the_row_is_kept() -> None:
    found = read(
        "date,sleep_h,stress\n2026-05-14,30,4\n2026-05-15,7,abc\n1500-01-01,7,3\nnever,7,3\n"
    )
    assert [(r.factor, r.value) for r in Log.of(found.records).readings] == [
        ("stress", 4.0),
        ("sleep_h", 7.0),
    ]
    assert told(found) == [
        (2, "sleep_h", False),
        (3, "stress", False),
        (4, "date", False),
        (5, "date", False),
    ]
    assert "Sleep must lie between 0 and 24 h" in found.problems[0].reason


def test_two_rows_of_a_day_are_both_kept_and_said() -> None:
    found = read("date,hydration_ml\n2026-05-14,500\n2026-05-14,500\n")
    assert len({reading.id for reading in found.records}) == 2
    assert told(found) == [(3, "date", True)]


def test_a_time_column_places_cramps_and_massages() -> None:
    found = read(
        "date,time,cramps,massage"
        " min,side,notes\n2026-05-14,03:10,1,20,left,bad\n2026-05-15,21:00,,15,,good\n"
    )
    log = Log.of(found.records)
    assert [(f"{cramp.at:%d %H:%M}", cramp.side, cramp.note) for cramp in log.cramps] == [
        ("14 03:10", "left", "bad")
    ]
    assert [(f"{m.at:%d %H:%M}", m.minutes, m.note) for m in log.massages] == [
        ("14 03:10", 20.0, ""),
        ("15 21:00", 15.0, "good"),
    ]


def test_a_note_without_a_record_is_told() -> None:
    found = read(
        "date,cramps,sleep_h,notes\n2026-05-14,,7,slept well\n2026-05-15,0,7,none at all\n"
    )
    assert [(p.row, p.value) for p in found.problems if not p.kept] == [
        (2, "slept well"),
        (3, "none at all"),
    ]
    assert len(Log.of(found.records).spans) == 1


def test_a_time_that_cannot_be_read_costs_the_cramp_but_not_the_day() -> None:
    found = read("date,time,cramps,sleep_h\n2026-05-14,soon,1,7\n")
    assert [record.type for record in found.records] == ["reading"]
    assert told(found) == [(2, "time", False)]


def test_a_factor_that_is_gone_is_told() -> None:
    table = open_tables("diary.csv", b"date,zest\n2026-05-14,3\n")[0]
    mapping = propose(table, kind=Kind.DAYS).with_use(Use(column=1, field="factor:own_zest"))
    found = read_table(table, mapping, zone=ZONE)
    assert found.records == ()
    assert "not in this log any more" in found.problems[0].reason


@pytest.mark.parametrize("kind", [Kind.DAYS, Kind.READINGS, Kind.CRAMPS, Kind.SPANS])
def test_a_table_without_a_date_tells_every_row(kind: Kind) -> None:
    table = open_tables("x.csv", b"a,b\n1,2\n3,4\n")[0]
    found = read_table(table, propose(table, kind=kind), zone=ZONE)
    assert found.records == ()
    assert [problem.row for problem in found.problems if problem.row] == [2, 3]


def test_long_tables_tell_bad_values() -> None:
    table = open_tables(
        "x.csv", b"day,factor,value\n2026-05-14,sleep_h,99\n2026-05-14,,4\n2026-05-14,sleep_h,\n"
    )[0]
    found = read_table(table, propose(table), zone=ZONE)
    assert found.records == ()
    assert told(found) == [(2, "value", False), (3, "factor", False)]


def test_readings_and_spans_that_the_log_holds_are_marked() -> None:
    entered = [
        Reading(day=date(2026, 5, 14), factor="sleep_h", value=7),
        Reading(day=date(2026, 5, 15), factor="sleep_h", value=6),
        TrackedSpan(first_day=date(2026, 5, 14), last_day=date(2026, 5, 14)),
    ]
    text = "date,sleep_h,cramps\n2026-05-14,7,0\n2026-05-15,8,0\n"
    table = open_tables("diary.csv", text.encode())[0]
    found = read_table(table, propose(table, kind=Kind.DAYS), zone=ZONE, known=Log.of(entered))
    marked = [record for record in found.records if record.id in found.duplicates]
    assert [(record.type, getattr(record, "value", None)) for record in marked] == [
        ("reading", 7.0),
        ("tracked_span", None),
    ]
