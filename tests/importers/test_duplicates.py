from __future__ import annotations

import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from legcare.importers import Import, read
from legcare.records import Cramp, Log, Reading, Workout
from tests.importers.invented import APPLE, BEARABLE, INVENTED, STRAVA, fit_file, zipped

BERLIN = ZoneInfo("Europe/Berlin")


def opened(data: bytes, known: Log | None = None) -> Import:
    return read("file", io.BytesIO(data), zone=BERLIN, known=known)


@pytest.mark.parametrize("key", sorted(INVENTED))
def test_the_same_file_again_adds_nothing(key: str) -> None:
    first = opened(INVENTED[key].data)
    again = opened(INVENTED[key].data, Log(first.records))
    assert again.duplicates == {record.id for record in first.records}
    assert not any("Changed" in note for note in again.summary.notes)


def test_ten_more_days_add_only_those_days() -> None:
    first = opened(APPLE.encode())
    more = "".join(
        ' <Record type="HKQuantityTypeIdentifierDietaryWater" sourceName="Waterlog" unit="mL"'
        f' startDate="2026-02-{day:02} 12:00:00 +0200" endDate="2026-02-{day:02} 12:00:00 +0200"'
        ' value="100"/>\n'
        for day in range(1, 11)
    )
    longer = opened(
        APPLE.replace("</HealthData>", more + "</HealthData>").encode(), Log(first.records)
    )
    fresh = [record for record in longer.records if record.id not in longer.duplicates]
    assert [str(r.day) for r in fresh if isinstance(r, Reading)] == [
        f"2026-02-{day:02}" for day in range(1, 11)
    ]
    assert longer.duplicates == {record.id for record in first.records}


def test_what_the_person_edited_stays_and_is_marked() -> None:
    first = opened(BEARABLE.encode())
    edited = tuple(
        (
            r.model_copy(update={"severity": 9.0, "note": "worse than I thought"})
            if isinstance(r, Cramp)
            else (
                r.model_copy(update={"value": r.value + 1})
                if isinstance(r, Reading) and r.factor == "sleep_h"
                else r
            )
        )
        for r in first.records
    )
    again = opened(BEARABLE.encode(), Log(edited))
    assert again.duplicates == {record.id for record in edited}
    assert "Changed since the last import: sleep on 1 day." in " ".join(again.summary.notes)
    assert "Your log keeps its own value" in " ".join(again.summary.notes)


def test_a_cramp_already_typed_in_at_that_minute_is_a_duplicate() -> None:
    typed = Cramp(at=datetime(2020, 9, 22, 1, 0, 30, tzinfo=UTC))
    found = opened(BEARABLE.encode(), Log((typed,)))
    assert {record.type for record in found.records if record.id in found.duplicates} == {"cramp"}


def test_a_reading_of_the_same_day_factor_and_source_is_a_duplicate() -> None:
    held = Reading(day=date(2020, 9, 23), factor="sleep_h", value=7.5, source="Bearable")
    found = opened(BEARABLE.encode(), Log((held,)))
    (same,) = (record for record in found.records if record.id in found.duplicates)
    assert isinstance(same, Reading)
    assert same.factor == "sleep_h"


def test_a_source_that_overlaps_the_log_is_said() -> None:
    held = Reading(day=date(2026, 1, 10), factor="hydration_ml", value=900, source="WaterMinder")
    found = opened(APPLE.encode(), Log((held,)))
    said = [note for note in found.summary.notes if "hydration" in note]
    assert said == [
        "Several sources tell hydration on the same day (Apple Health: Waterlog, WaterMinder): "
        "per day one counts, never the sum."
    ]
    assert not found.duplicates


def test_a_workout_told_by_two_sources_is_kept_once_and_said() -> None:
    row = (
        STRAVA.splitlines()[0]
        + '\n7,"May 1, 2026, 4:02:00 PM",Run,Run,,,,,,false,,,,,,1700.0,1700.0,5250,,\n'
    )
    found = opened(zipped({"activities.csv": row.encode(), "other/run.fit": fit_file()}))
    assert found.summary.counts == {"workout": 1}
    assert "tells the same workout as" in str(found.problems[0])


def test_a_workout_in_the_log_from_another_source_is_marked() -> None:
    held = Workout(at=datetime(2026, 5, 1, 16, 5, tzinfo=UTC), minutes=25, source="Strava")
    found = opened(fit_file(), Log((held,)))
    assert found.duplicates == {found.records[0].id}
    assert any(
        "another source, at the same time: 1 workout" in note for note in found.summary.notes
    )
    earlier = Workout(at=datetime(2026, 5, 1, 10, 0, tzinfo=UTC), minutes=25, source="Strava")
    assert not opened(fit_file(), Log((earlier,))).duplicates


def test_a_day_that_goes_on_in_the_next_file_is_added_up() -> None:
    first = (
        b'[{"dateTime":"05/01/18 21:50:00","value":"100"},{"dateTime":"05/01/18'
        b' 22:10:00","value":"20"}]'
    )
    second = b'[{"dateTime":"05/02/18 09:00:00","value":"300"}]'
    found = opened(zipped({"steps-2018-05-01.json": first, "steps-2018-05-02.json": second}))
    assert {str(r.day): r.value for r in found.records if isinstance(r, Reading)} == {
        "2018-05-01": 100,
        "2018-05-02": 320,
    }


def test_what_two_files_of_a_zip_tell_alike_is_kept_once_and_another_value_is_named() -> None:
    trend = (
        "com.samsung.shealth.step_daily_trend,6307003,6\nsource_type,count,day_time\n"
        "-2,{},1560297600000,\n"
    )
    alike = opened(
        zipped({"a.csv": trend.format(5000).encode(), "b.csv": trend.format(5000).encode()})
    )
    assert [r.value for r in alike.records if isinstance(r, Reading)] == [5000]
    assert str(alike.problems[0]) == "Samsung Health: 1 entry told twice, word for word: kept once."
    other = opened(
        zipped({"a.csv": trend.format(5000).encode(), "b.csv": trend.format(6000).encode()})
    )
    assert [r.value for r in other.records if isinstance(r, Reading)] == [5000]
    assert "steps of 2019-06-12 is told twice with different values: 5000 was kept." in str(
        other.problems[0]
    )
