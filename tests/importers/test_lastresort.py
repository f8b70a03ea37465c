from __future__ import annotations

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from legcare.importers import read, recognise
from legcare.records import Cramp
from tests.importers.invented import STRAVA, zipped

BERLIN = ZoneInfo("Europe/Berlin")
DIARY = (
    "Date,Time,Cramp severity,Where\n2026-01-05,03:10,7,left calf\n2026-01-09,23:40,4,right calf\n"
)


def test_any_other_table_goes_to_the_table_reader() -> None:
    known = recognise("diary.txt", io.BytesIO(DIARY.encode()))
    assert known is not None
    assert known[0].key == "table"
    found = read("diary.txt", io.BytesIO(DIARY.encode()), zone=BERLIN)
    cramps = [record for record in found.records if isinstance(record, Cramp)]
    assert [cramp.at.astimezone(UTC) for cramp in cramps] == [
        datetime(2026, 1, 5, 2, 10, tzinfo=UTC),
        datetime(2026, 1, 9, 22, 40, tzinfo=UTC),
    ]
    assert [cramp.severity for cramp in cramps] == [7, 4]


def test_tables_are_asked_last_so_a_known_file_in_the_zip_is_not_read_as_one() -> None:
    packed = zipped(
        {
            "activities.csv": STRAVA.encode(),
            "gear.csv": b"Bike,Date\nRed,2020-01-01\nBlue,2021-01-01\n",
        }
    )
    found = read("x.zip", io.BytesIO(packed), zone=BERLIN)
    assert found.summary.format == "strava"
    assert any("1 other file in the zip (1 .csv)" in note for note in found.summary.notes)


def test_tables_alone_in_a_zip_are_read() -> None:
    packed = zipped({"sub/diary.csv": DIARY.encode()})
    assert read("x.zip", io.BytesIO(packed), zone=BERLIN).summary.counts["cramp"] == 2


def test_legcare_records_as_json_come_back_as_they_are() -> None:
    cramp = Cramp(at=datetime(2026, 1, 5, 2, 10, tzinfo=UTC), severity=3)
    found = read("x.json", io.BytesIO(f"[{cramp.model_dump_json()}]".encode()), zone=BERLIN)
    assert found.summary.format == "records"
    assert found.records == (cramp,)
