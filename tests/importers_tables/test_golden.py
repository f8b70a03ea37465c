"""Small files as people keep them, read from bytes to records."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import xlwt

from legcare.importers import Import
from legcare.importers.tables import (
    Doubt,
    Kind,
    Order,
    TableMapping,
    fingerprint,
    open_tables,
    propose,
    propose_spans,
    read_table,
)
from legcare.records import (
    Clock,
    Cramp,
    Log,
    Massage,
    Method,
    Muscle,
    Place,
    Preferences,
    Reading,
    Reason,
    Relief,
    Side,
    TrackedSpan,
    Workout,
    WorkoutKind,
)
from legcare.reports.archive import write_zip

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 5, 14, 3, 10, tzinfo=timezone(timedelta(hours=2)))
SAMPLES = Path(__file__).parents[1] / "samples/excel"


def mapped(name: str, data: bytes, sheet: int = 0) -> tuple[TableMapping, Import]:
    table = open_tables(name, data)[sheet]
    mapping = propose(table)
    return mapping, read_table(table, mapping, zone=BERLIN)


def cramps(found: Import) -> tuple[Cramp, ...]:
    return Log.of(found.records).cramps


def walls(found: Import) -> list[str]:
    return [f"{cramp.at:%Y-%m-%d %H:%M}" for cramp in cramps(found)]


def test_german_semicolons_decimal_comma_and_day_first() -> None:
    text = (
        "Krampf-Tagebuch 2026\n"
        "Datum;Uhrzeit;Bein;Stelle;Stärke;Dauer (min);Aufgewacht;Notiz\n"
        "14.05.2026;03:10;links;Wade;7,5;2,5;ja;Größe = gut\n"
        "03.06.2026;22:45;rechts;Fuß;leicht;0,5;nein;\n"
    )
    mapping, found = mapped("tagebuch.csv", text.encode("cp1252"))
    assert mapping.kind is Kind.CRAMPS
    assert mapping.undecided == frozenset()
    assert (mapping.order, mapping.decimal) == (Order.DMY, ",")
    first, second = cramps(found)
    assert walls(found) == ["2026-05-14 03:10", "2026-06-03 22:45"]
    assert (first.side, first.muscle, first.severity, first.minutes) == (
        Side.LEFT,
        Muscle.CALF,
        7.5,
        2.5,
    )
    assert (first.woke_me, first.note) == (True, "Größe = gut")
    assert (second.severity, second.muscle, second.woke_me, second.minutes) == (
        3.0,
        Muscle.FOOT,
        False,
        0.5,
    )
    (above,) = found.problems
    assert (above.row, above.value) == (1, "Krampf-Tagebuch 2026")
    dauer = mapping.column_of("minutes")
    assert dauer is not None
    assert "it is in min" in dauer.why


def test_utf_16_with_tabs() -> None:
    text = "When\tLeg\tPain (0-5)\n2026-01-02 04:05\tR\t4\n2026-01-03 04:05\tL\t1\n"
    mapping, found = mapped("cramps.txt", text.encode("utf-16"))
    assert [cramp.severity for cramp in cramps(found)] == [8.0, 2.0]
    severity = mapping.column_of("severity")
    assert severity is not None
    assert "multiplied by 2" in severity.why
    assert found.problems == ()


def test_american_month_first_with_twelve_hours() -> None:
    text = (
        "Date,Time,Leg,Severity,Duration\n5/14/2026,3:10 AM,Left,7,2:30\n6/3/2026,12:05"
        " am,both,9/10,45 sec\n"
    )
    mapping, found = mapped("leg cramps.csv", text.encode())
    assert mapping.order is Order.MDY
    assert "second part goes up to 14" in mapping.order_why
    assert walls(found) == ["2026-05-14 03:10", "2026-06-03 00:05"]
    assert [cramp.severity for cramp in cramps(found)] == [7.0, 9.0]


def test_a_file_that_does_not_settle_the_order_asks() -> None:
    table = open_tables(
        "cramps.csv", b"date,time,side\n03/04/2026,10:00,left\n05/06/2026,11:00,right\n"
    )[0]
    mapping = propose(table)
    assert mapping.undecided == {Doubt.ORDER}
    american = mapping.answered(Doubt.ORDER, order=Order.MDY)
    assert american.undecided == frozenset()
    assert walls(read_table(table, american, zone=BERLIN)) == [
        "2026-03-04 10:00",
        "2026-05-06 11:00",
    ]
    european = mapping.answered(Doubt.ORDER, order=Order.DMY)
    assert walls(read_table(table, european, zone=BERLIN)) == [
        "2026-04-03 10:00",
        "2026-06-05 11:00",
    ]


def test_dates_without_a_time_are_kept_as_unknown_and_ask_nothing() -> None:
    table = open_tables("cramps.csv", b"date,severity\n2026-05-14,4\n")[0]
    mapping = propose(table)
    assert mapping.undecided == frozenset()
    found = read_table(table, mapping, zone=BERLIN)
    (cramp,) = cramps(found)
    assert (cramp.clock, cramp.at.date()) == (Clock.UNKNOWN, date(2026, 5, 14))
    (said,) = found.problems
    assert said.kept
    assert "no hour is counted for it" in said.reason


def test_a_wide_diary_of_days_with_units_in_its_names() -> None:
    text = (
        "Date,Cramps last night,Water (oz),Sleep (min),Stress (1-5),Massage min,Steps,Mood\n"
        '2026-05-14,2,64,450,3,20,"7,902",good\n'
        '2026-05-15,0,80.5,--,,,"12,345",bad\n'
    )
    mapping, found = mapped("diary.csv", text.encode())
    assert mapping.kind is Kind.DAYS
    assert mapping.decimal == "."
    values = {(r.day.day, r.factor): r.value for r in Log.of(found.records).readings}
    assert values == {
        (14, "hydration_ml"): pytest.approx(64 * 29.5735295625),
        (15, "hydration_ml"): pytest.approx(80.5 * 29.5735295625),
        (14, "sleep_h"): 7.5,
        (14, "stress"): 6.0,
        (14, "steps"): 7902.0,
        (15, "steps"): 12345.0,
    }
    assert len(cramps(found)) == 2
    assert len({cramp.id for cramp in cramps(found)}) == 2
    (massage,) = Log.of(found.records).massages
    assert massage.minutes == 20
    (span,) = Log.of(found.records).spans
    assert (span.first_day, span.last_day) == (date(2026, 5, 15), date(2026, 5, 15))
    assert [p.column for p in found.problems if p.row is None] == ["Mood"]


def test_readings_one_per_row() -> None:
    text = (
        "day;factor;value\n2026-05-14;hydration_ml;2000\n2026-05-14;Schlaf;7,5\n"
        "2026-05-14;Laune;3\n"
    )
    mapping, found = mapped("x.csv", text.encode())
    assert mapping.kind is Kind.READINGS
    assert [(r.factor, r.value) for r in found.records if isinstance(r, Reading)] == [
        ("hydration_ml", 2000.0),
        ("sleep_h", 7.5),
    ]
    (problem,) = found.problems
    assert (problem.row, problem.column, problem.value) == (4, "factor", "Laune")
    assert "Settings" in problem.reason


def test_workouts_with_words_of_the_person() -> None:
    text = (
        "Start,Sport,Duration,RPE\n2026-05-14T18:00:00Z,Jogging,1:05:00,6\n2026-05-15"
        " 18:00,Kitesurfing,90 min,8\n"
    )
    mapping, found = mapped("training.csv", text.encode())
    assert mapping.kind is Kind.WORKOUTS
    first, second = Log.of(found.records).workouts
    assert (first.kind, first.minutes, first.effort, first.kind_text) == (
        WorkoutKind.RUN,
        65.0,
        6.0,
        "",
    )
    assert first.at.hour == 20
    assert (second.kind, second.kind_text, second.minutes) == (
        WorkoutKind.OTHER,
        "Kitesurfing",
        90.0,
    )


def workbook(epoch_1904: bool = False) -> bytes:
    book = openpyxl.Workbook()
    if epoch_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Massage"
    sheet.append(["Date", "Time", "Minutes", "Tool", "Reason", "Oil", "Areas"])
    sheet.append(
        [
            date(2026, 5, 14),
            time(21, 30),
            15,
            "Foam roller",
            "routine",
            "none",
            "left calf, right foot",
        ]
    )
    sheet.append([None, time(22, 30), 5, "hands", "cramp", "Arnica", "calves"])
    sheet.append(["16.05.2026", "07:15", 10, "gun", "before sport", "", ""])
    sheet.merge_cells("A2:A3")
    other = book.create_sheet("Krämpfe")
    other.append(["Zeitpunkt", "Seite", "Stärke"])
    other.append([datetime(2026, 5, 15, 3, 10), "li", 6])
    other.append([47000.25 - (1462 if epoch_1904 else 0), "re", "stark"])
    book.create_sheet("empty")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_excel_with_two_sheets_merged_dates_and_serial_numbers(epoch_1904: bool) -> None:
    data = workbook(epoch_1904)
    assert [table.sheet for table in open_tables("log.xlsx", data)] == ["Massage", "Krämpfe"]
    mapping, found = mapped("log.xlsx", data)
    assert mapping.kind is Kind.MASSAGES
    one, two, three = Log.of(found.records).massages
    assert [f"{m.at:%d %H:%M}" for m in (one, two, three)] == ["14 21:30", "14 22:30", "16 07:15"]
    assert [place.label for place in one.areas] == ["Left calf", "Right foot"]
    assert (one.method, two.reason, three.reason) == (
        Method.FOAM_ROLLER,
        Reason.RELIEF,
        Reason.BEFORE_EXERCISE,
    )
    assert (two.planned, three.planned) == (False, True)
    mapping, found = mapped("log.xlsx", data, 1)
    assert mapping.kind is Kind.CRAMPS
    assert walls(found) == ["2026-05-15 03:10", "2028-09-04 06:00"]
    assert [cramp.severity for cramp in cramps(found)] == [6.0, 8.0]


def test_old_excel() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("cramps")
    style = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM")
    for column, name in enumerate(("When", "Side", "Pain", "Relief")):
        sheet.write(0, column, name)
    sheet.write(1, 0, datetime(2026, 5, 14, 3, 10), style)
    for column, value in enumerate(("left", 7, "stretch and walking"), start=1):
        sheet.write(1, column, value)
    out = io.BytesIO()
    book.save(out)
    _, found = mapped("old.xls", out.getvalue())
    (cramp,) = cramps(found)
    assert (walls(found), cramp.side, cramp.severity) == (["2026-05-14 03:10"], Side.LEFT, 7.0)
    assert cramp.relief == (Relief.STRETCH, Relief.WALK)


def open_document(sheet: str, rows: Iterable[Iterable[str]]) -> bytes:
    """A spreadsheet of text cells, the parts that OpenDocument 1.3 asks for and no more."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    lines = ""
    for row in rows:
        cells = (f"<text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row)
        opening = '<table:table-cell office:value-type="string">'
        lines += f"<table:table-row>{opening}{opening.join(cells)}</table:table-row>"
    names = " ".join(f'xmlns:{part}="{space}:{part}:1.0"' for part in ("office", "table", "text"))
    content = (
        f'<office:document-content {names} office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(sheet)}">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    entry = f'm:full-path="/" m:media-type="{kind}"'
    manifest = f'<m:manifest xmlns:m="{space}:manifest:1.0"><m:file-entry {entry}/></m:manifest>'
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return out.getvalue()


def test_open_document() -> None:
    rows = (("When", "Leg", "Severity"), ("2026-05-14 03:10", "right", "6"))
    _, found = mapped("log.ods", open_document("Cramps", rows))
    (cramp,) = cramps(found)
    assert (walls(found), cramp.side, cramp.severity) == (["2026-05-14 03:10"], Side.RIGHT, 6.0)


@pytest.mark.parametrize(
    "text",
    [
        '[{"at": "2026-05-14T03:10:00+02:00", "side": "left", "severity": 4}]',
        (
            '{"at": "2026-05-14T03:10:00+02:00", "side": "left", "severity": 4}\n'
            '{"at": "2026-05-14T03:10:00+02:00", "side": "left", "severity": 4}'
        ),
        '{"at": ["2026-05-14T03:10:00+02:00"], "side": ["left"], "severity": [4]}',
        '{"cramps": [{"at": "2026-05-14T03:10:00+02:00", "side": "left", "severity": 4}]}',
    ],
)
def test_json_records(text: str) -> None:
    _, found = mapped("cramps.json", text.encode())
    cramp = cramps(found)[0]
    assert cramp.at == datetime(2026, 5, 14, 1, 10, tzinfo=UTC)
    assert (cramp.side, cramp.severity) == (Side.LEFT, 4.0)
    assert len({cramp.id for cramp in cramps(found)}) == text.count('"at"')


def test_a_table_without_names_is_read_by_its_cells() -> None:
    mapping, found = mapped("krampf.csv", b"2026-05-14 03:10,left\n2026-05-15 03:10,right\n")
    assert walls(found) == ["2026-05-14 03:10", "2026-05-15 03:10"]
    assert mapping.uses[0].why == "its cells are dates with a time of day"
    assert [cramp.side for cramp in cramps(found)] == [Side.LEFT, Side.RIGHT]
    assert found.problems == ()


def test_sample_sleep_diary_opens_with_its_dates() -> None:
    path = SAMPLES / "sleep_and_wake.xlsx"
    (table,) = open_tables(path.name, path.read_bytes())
    assert table.names == ("Sleep", "Wake")
    assert len(table) == 14
    assert table.columns[0][0] == date(2000, 1, 1)


def test_spans_and_massages_keep_their_type() -> None:
    _, found = mapped(
        "spans.csv", b"first day,last day\n2026-05-01,2026-05-20\n2026-06-20,2026-06-01\n"
    )
    (span,) = found.records
    assert isinstance(span, TrackedSpan)
    assert (span.first_day, span.last_day) == (date(2026, 5, 1), date(2026, 5, 20))
    assert [problem.row for problem in found.problems] == [3]
    assert not any(isinstance(record, Massage) for record in found.records)


def test_a_column_can_become_a_factor_of_ones_own() -> None:
    table = open_tables(
        "diary.csv", b"date,water (l),Mood (0-12)\n2026-05-14,2,11\n2026-05-15,1.5,-3\n"
    )[0]
    mapping = propose(table)
    assert [use.field for use in mapping.uses] == ["date", "factor:hydration_ml", ""]
    found = read_table(
        table, mapping.with_use(mapping.uses[2].model_copy(update={"field": "own"})), zone=BERLIN
    )
    (factor,) = found.own_factors
    assert (factor.key, factor.label, factor.unit, factor.low, factor.high) == (
        "own_mood",
        "Mood (0-12)",
        "0-12",
        -3.0,
        11.0,
    )
    assert [r.value for r in Log.of(found.records).readings if r.factor == "own_mood"] == [
        11.0,
        -3.0,
    ]


def test_a_cramp_of_2_30_lasts_two_and_a_half_minutes() -> None:
    _, found = mapped(
        "cramps.csv", b"when,duration\n2026-05-14 03:10,2:30\n2026-05-15 03:10,00:04:00\n"
    )
    assert [cramp.minutes for cramp in cramps(found)] == [2.5, 4.0]


def test_what_nobody_was_asked_stands_in_the_notes() -> None:
    _, found = mapped("cramps.csv", b"when,severity\n03/04/2025,4\n")
    assert [note for note in found.summary.notes if note.startswith("Assumed")] == [
        "Assumed, for the file does not say: dates are written day first: 03/04 is 3 April.",
    ]


@pytest.mark.parametrize(
    "kind", ["cramps.csv", "massages.csv", "workouts.csv", "readings.csv", "tracked-spans.csv"]
)
def test_each_csv_of_an_exported_zip_reads_alone_too(kind: str) -> None:
    log = Log.of(
        [
            Cramp(
                at=AT,
                side=Side.LEFT,
                muscle=Muscle.CALF,
                severity=7.5,
                relief=(Relief.WALK,),
                note="=1",
                woke_me=True,
            ),
            Massage(
                at=AT,
                minutes=5,
                method=Method.HANDS,
                areas=(Place(muscle=Muscle.CALF, side=Side.LEFT),),
            ),
            Workout(at=AT, minutes=30, kind=WorkoutKind.OTHER, kind_text="", effort=4),
            Reading(day=AT.date(), factor="sleep_h", value=7.5),
            TrackedSpan(first_day=AT.date(), last_day=AT.date()),
        ]
    )
    with zipfile.ZipFile(io.BytesIO(write_zip(log, Preferences()))) as archive:
        _, found = mapped(kind, archive.read(kind))
    (record,) = found.records
    (written,) = (one for one in log.records if one.type == record.type)
    assert record == written
    assert found.problems == ()


def test_a_remembered_mapping_is_used_again_and_survives_storage() -> None:
    table = open_tables("a.csv", b"date,time,side\n03/04/2026,10:00,left\n")[0]
    settled = propose(table).answered(Doubt.ORDER, order=Order.MDY)
    stored = TableMapping.model_validate_json(settled.model_dump_json())
    again = open_tables("b.csv", b"date,time,side\n05/06/2026,10:00,right\n")[0]
    assert fingerprint(again) == fingerprint(table)
    assert propose(again, stored).undecided == frozenset()
    assert walls(read_table(again, propose(again, stored), zone=BERLIN)) == ["2026-05-06 10:00"]
    other = open_tables("c.csv", b"date,time,side\n25/06/2026,10:00,right\n")[0]
    assert propose(other, stored).order is Order.DMY


@pytest.mark.parametrize(
    ("header", "cell", "unit", "millilitres"),
    [
        ("Water (l)", "1,5", "l", 1500.0),
        ("water_oz", "10", "fl oz", 295.735295625),
        ("Wasser", "2,5", "l", 2500.0),
        ("Water", "2000", "", 2000.0),
        ("Water", "500 ml", "", 500.0),
        ("Drinks", "8", "?", None),
    ],
)
def test_volumes_in_every_unit(
    header: str, cell: str, unit: str, millilitres: float | None
) -> None:
    table = open_tables("days.csv", f"Datum;{header}\n14.05.2026;{cell}\n".encode())[0]
    mapping = propose(table)
    use = mapping.column_of("factor:hydration_ml")
    assert use is not None
    assert use.unit == unit
    assert (Doubt.UNIT in mapping.undecided) == (unit == "?")
    if millilitres is not None:
        (reading,) = Log.of(read_table(table, mapping, zone=BERLIN).records).readings
        assert reading.value == pytest.approx(millilitres)


def test_spans_leave_out_long_gaps_and_no_record() -> None:
    records = [Cramp(at=datetime(2026, 5, day, 23, tzinfo=UTC)) for day in (1, 10, 25)]
    records += [Cramp(at=datetime(2026, 6, 10, 2, tzinfo=UTC))]
    assert propose_spans(records) == ((date(2026, 5, 1), date(2026, 6, 9)),)
    assert propose_spans([records[0], records[3]]) == (
        (date(2026, 5, 1), date(2026, 5, 1)),
        (date(2026, 6, 9), date(2026, 6, 9)),
    )
    assert propose_spans([]) == ()


def test_cells_tell_what_a_column_is_where_its_name_does_not() -> None:
    mapping, found = mapped(
        "krampf.csv", b"Datum;Uhrzeit;Calambre;Spalte\n14.05.2026;3:10;pantorrilla;izquierda\n"
    )
    assert [use.field for use in mapping.uses] == ["date", "time", "muscle", "side"]
    assert mapping.uses[2].why == "its cells are words such as 'pantorrilla'"
    assert (cramps(found)[0].muscle, cramps(found)[0].side) == (Muscle.CALF, Side.LEFT)


def test_a_place_says_the_side_too() -> None:
    _, found = mapped(
        "cramps.csv", b"when,where\n2026-05-14 03:10,left calf\n2026-05-15 03:10,right\n"
    )
    assert [(cramp.muscle, cramp.side) for cramp in cramps(found)] == [
        (Muscle.CALF, Side.LEFT),
        (None, Side.RIGHT),
    ]
    assert found.problems == ()


def test_the_end_of_a_row_gives_its_length() -> None:
    text = (
        "start,end,kind\n2026-05-14 18:00,2026-05-14 19:30,run\n2026-05-14"
        " 23:30,00:15,walk\n2026-05-15 18:00,17:00,x\n"
    )
    text += "2026-05-16 18:00,2026-05-16 17:00,ride\n2026-05-17 18:00,,ride\n"
    mapping, found = mapped("sport.csv", text.encode())
    assert mapping.uses[1].field == "end"
    assert [workout.minutes for workout in Log.of(found.records).workouts] == [
        90.0,
        45.0,
        None,
        None,
        None,
    ]
    assert [(problem.row, problem.kept) for problem in found.problems] == [(4, True), (5, True)]


def test_excel_days_counted_as_plain_numbers_and_ticks() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Date", "Cramps", "Weight (lb)", "Temp (°F)", "Active (sec)"])
    book.active.append([date(2026, 5, 14), True, 154.5, 50, 90])
    book.active.append([46157, False, 155, 59, ""])
    out = io.BytesIO()
    book.save(out)
    mapping, found = mapped("days.xlsx", out.getvalue())
    assert mapping.kind is Kind.DAYS
    values = {(r.day.day, r.factor): round(r.value, 2) for r in Log.of(found.records).readings}
    assert values == {
        (14, "weight_kg"): 70.08,
        (14, "temperature_c"): 10.0,
        (15, "weight_kg"): 70.31,
        (15, "temperature_c"): 15.0,
    }
    assert (len(cramps(found)), len(Log.of(found.records).spans)) == (1, 1)


def test_nested_json_and_lists_in_it() -> None:
    text = (
        '{"user": {"name": "x"}, "cramps": [{"when": "2026-05-14 03:10", "place": {"leg": "left"}, '
    )
    text += '"relief": ["walk", "heat"]}]}'
    table = open_tables("app.json", text.encode())[0]
    assert table.names == ("when", "place leg", "relief")
    (cramp,) = cramps(read_table(table, propose(table), zone=BERLIN))
    assert (cramp.side, cramp.relief) == (Side.LEFT, (Relief.WALK, Relief.HEAT))
