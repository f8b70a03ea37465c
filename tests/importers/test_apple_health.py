from __future__ import annotations

import io
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.errors import BadFile
from legcare.importers import Cancelled, Import, read
from legcare.records import Reading, Workout
from tests.importers.invented import APPLE, zipped
from tests.profile import examples

PARIS = ZoneInfo("Europe/Paris")
QUANTITY = "HKQuantityTypeIdentifier"
SLEEP = (
    'type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="{}" startDate="{} +0200" endDate="{}'
    ' +0200" value="HKCategoryValueSleepAnalysis{}"'
)


def water(start: str, value: str = "100", unit: str = "mL", extra: str = "") -> str:
    times = f'startDate="{start}" endDate="{start}"'
    return (
        f'<Record type="{QUANTITY}DietaryWater" sourceName="W" unit="{unit}" {times}'
        f' value="{value}"{extra}/>'
    )


def export(*elements: str) -> bytes:
    return (
        '<?xml version="1.0"?>\n<HealthData locale="en">\n '
        + "\n ".join(elements)
        + "\n</HealthData>\n"
    ).encode()


def apple(data: bytes, zone: ZoneInfo = PARIS) -> Import:
    return read("export.xml", io.BytesIO(data), zone=zone)


def values(found: Import, factor: str = "hydration_ml") -> dict[str, float]:
    return {
        str(r.day): r.value for r in found.records if isinstance(r, Reading) and r.factor == factor
    }


def test_the_printed_offset_is_the_exports_so_a_winter_evening_stays_on_its_day() -> None:
    found = apple(
        export(water("2026-01-11 00:30:00 +0200"), water("2026-07-11 00:30:00 +0200", "70"))
    )
    assert values(found) == {"2026-01-10": 100, "2026-07-11": 70}


def test_a_zone_with_half_hours_changes_the_day_within_the_hour() -> None:
    found = apple(
        export(water("2026-01-10 19:29:59 +0100"), water("2026-01-10 19:30:00 +0100", "7")),
        ZoneInfo("Asia/Kolkata"),
    )
    assert values(found) == {"2026-01-10": 100, "2026-01-11": 7}


def test_a_records_own_zone_wins() -> None:
    times = 'startDate="2026-01-11 03:00:00 +0200" endDate="2026-01-11 03:00:00 +0200"'
    record = (
        f'<Record type="{QUANTITY}DietaryWater" sourceName="W" unit="mL" {times} value="5">\n'
        '  <MetadataEntry key="HKTimeZone" value="America/New_York"/>\n </Record>'
    )
    found = apple(export(record, water("2026-01-11 03:00:00 +0200", "9")))
    assert values(found) == {"2026-01-10": 5, "2026-01-11": 9}


@pytest.mark.parametrize(
    ("unit", "value", "ml"),
    [
        ("mL", "250", 250),
        ("L", "0.25", 250),
        ("fl_oz_us", "1", 29.573530),
        ("cup_us", "1", 236.588237),
    ],
)
def test_the_unit_is_read_from_the_record(unit: str, value: str, ml: float) -> None:
    assert values(apple(export(water("2026-01-10 12:00:00 +0100", value, unit)))) == {
        "2026-01-10": pytest.approx(ml)
    }


def test_an_unknown_unit_is_a_problem_not_a_guess() -> None:
    found = apple(
        export(water("2026-01-10 12:00:00 +0100", "3", "glass"), water("2026-01-10 12:00:00 +0100"))
    )
    assert values(found) == {"2026-01-10": 100}
    assert "'glass'" in str(found.problems[0])
    assert "unit that is not known" in str(found.problems[0])


@pytest.mark.parametrize("bad", ["nan", "inf", "1e999", "-5", "", "ten"])
def test_a_value_that_is_no_amount_is_left_out_alone(bad: str) -> None:
    found = apple(
        export(water("2026-01-10 12:00:00 +0100"), water("2026-01-10 13:00:00 +0100", bad))
    )
    assert values(found) == {"2026-01-10": 100}
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    "bad", ["2026-13-10 12:00:00 +0100", "2026-01-10T12:00:00Z", "", "0001-01-01 00:00:00 +0200"]
)
def test_a_time_that_is_none_is_left_out_alone(bad: str) -> None:
    found = apple(export(water("2026-01-10 12:00:00 +0100"), water(bad, "50")))
    assert values(found) == {"2026-01-10": 100}
    assert len(found.problems) == 1


def test_a_document_type_that_never_closes_is_passed_over() -> None:
    broken = APPLE.replace(
        "]>\n<HealthData", "<!ATTLIST VisionPrescription\n type CDATA #REQUIRED\n<HealthData"
    )
    ids = [r.id for r in apple(broken.encode()).records]
    assert ids == [r.id for r in apple(APPLE.encode()).records]


def test_control_characters_and_their_references_are_removed() -> None:
    whole = values(apple(APPLE.encode()))
    for bad in (b"Water\x0blog", b"Water&#11;log", b"Water&#x1B;log"):
        found = apple(APPLE.encode().replace(b"Waterlog", bad))
        assert values(found) == whole
        assert all(problem.kept for problem in found.problems)


def test_bytes_that_are_not_utf8_cost_no_record() -> None:
    found = apple(APPLE.encode().replace(b"Waterlog", b"Water\xfflog"))
    assert values(found) == values(apple(APPLE.encode()))
    assert "repaired" in str(found.problems[0])


def test_an_end_date_written_as_a_second_start_date_is_repaired() -> None:
    child = (
        f'<WorkoutStatistics type="{QUANTITY}DistanceWalkingRunning" startDate="2026-01-10 18:00:00'
        ' +0200" endDate'
    )
    assert child in APPLE
    found = apple(APPLE.replace(child, child.replace("endDate", "startDate")).encode())
    assert [str(problem) for problem in found.problems] == [
        "export.xml: Not well formed, as some versions of iOS write: 1 element repaired."
    ]
    (run,) = (r for r in found.records if isinstance(r, Workout))
    assert (run.minutes, run.note) == (42.5, "Distance 8.25 km; Energy 655 kcal")


def test_a_broken_element_costs_itself_alone_and_says_its_line() -> None:
    data = export(
        water("2026-01-10 12:00:00 +0100"),
        '<Record type="HKQuantityTypeIdentifierDietaryWater" a=5 />',
        water("2026-01-11 12:00:00 +0100", "7"),
    )
    found = apple(data)
    assert values(found) == {"2026-01-10": 100, "2026-01-11": 7}
    assert [problem.row for problem in found.problems] == [4]


def test_a_broken_child_does_not_hide_what_follows_its_workout() -> None:
    data = (
        APPLE.replace('sum="655" unit="kcal"/>', 'sum="655" unit=kcal/>')
        .encode()
        .replace(
            b"<ActivitySummary",
            water("2026-01-20 12:00:00 +0100", "33").encode() + b"\n <ActivitySummary",
        )
    )
    found = apple(data)
    assert values(found)["2026-01-20"] == 33
    (run,) = (r for r in found.records if isinstance(r, Workout))
    assert run.note == "Distance 8.25 km"


def test_external_entities_and_billion_laughs_never_reach_the_parser() -> None:
    laughs = '<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(10))
    bomb = f'<!DOCTYPE HealthData [{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'.encode()
    data = (
        bomb
        + export(water("2026-01-10 12:00:00 +0100"), water("2026-01-11 12:00:00 +0100", "&f;&a9;"))[
            21:
        ]
    )
    found = apple(data)
    assert values(found) == {"2026-01-10": 100}
    assert "Not well formed" in str(found.problems[0])


def test_the_old_shape_of_2015_and_other_nonsense_get_a_sentence() -> None:
    with pytest.raises(BadFile, match="never begins"):
        apple(b'<?xml version="1.0"?><!DOCTYPE HealthData [' + b" " * 5000)


def test_asleep_spans_are_united_per_source_and_belong_to_the_day_of_waking() -> None:
    def record(*parts: str) -> str:
        return f"<Record {SLEEP.format(*parts)}/>"

    found = apple(
        export(
            record("A", "2026-07-10 22:00:00", "2026-07-10 23:30:00", "AsleepCore"),
            record("A", "2026-07-10 23:00:00", "2026-07-10 23:45:00", "AsleepDeep"),
            record("A", "2026-07-11 01:00:00", "2026-07-11 06:00:00", "Asleep"),
            record("A", "2026-07-11 06:00:00", "2026-07-11 06:30:00", "Awake"),
            record("A", "2026-07-11 14:00:00", "2026-07-11 14:30:00", "AsleepUnspecified"),
            record("Bed", "2026-07-10 21:00:00", "2026-07-11 07:00:00", "InBed"),
            record("Bed", "2026-07-11 23:00:00", "2026-07-12 06:00:00", "InBed"),
        )
    )
    hours = {(str(r.day), r.source): r.value for r in found.records if isinstance(r, Reading)}
    assert hours == {
        ("2026-07-11", "Apple Health: A"): 1.75 + 5 + 0.5,
        ("2026-07-12", "Apple Health: Bed (time in bed)"): 7,
    }


def test_children_of_a_food_correlation_count_once() -> None:
    assert values(apple(APPLE.encode()), "sodium_mg") == {"2026-01-10": 1500}


def test_abdominal_cramps_are_no_leg_cramps() -> None:
    assert "cramp" not in apple(APPLE.encode()).summary.counts


def test_exercise_minutes_stand_in_only_without_workouts() -> None:
    summary = (
        '<ActivitySummary dateComponents="2026-01-10" appleExerciseTime="68" appleStandHours="12"/>'
    )
    found = apple(export(summary))
    assert values(found, "exercise_min") == {"2026-01-10": 68}
    assert values(apple(APPLE.encode()), "exercise_min") == {}


@pytest.mark.parametrize("name", ["导出.xml", "Exportación.xml", "apple_health_export/export.xml"])
def test_the_xml_in_the_zip_may_have_any_name(name: str) -> None:
    packed = zipped(
        {"apple_health_export/export_cda.xml": b"<ClinicalDocument/>", name: APPLE.encode()}
    )
    found = read("export.zip", io.BytesIO(packed), zone=PARIS)
    assert [r.id for r in found.records] == [r.id for r in apple(APPLE.encode()).records]
    assert any("(1 .xml)" in note for note in found.summary.notes)


def test_cancelling_leaves_nothing() -> None:
    said: list[tuple[float, str]] = []

    def stop(done: float, sentence: str) -> None:
        said.append((done, sentence))
        raise Cancelled("Stopped: nothing of the file was kept.")

    with pytest.raises(Cancelled, match="nothing of the file was kept"):
        read("export.xml", io.BytesIO(APPLE.encode()), zone=PARIS, progress=stop)
    assert said[0][1] == "Reading export.xml"


def test_progress_runs_from_nought_to_one() -> None:
    said: list[float] = []
    read(
        "e.xml",
        io.BytesIO(APPLE.encode() * 1),
        zone=PARIS,
        progress=lambda done, _: said.append(done),
    )
    assert said == sorted(said)
    assert said[-1] == 1.0


@examples(25)
@given(st.integers(min_value=600, max_value=APPLE.encode().index(b"</HealthData>")))
def test_a_cut_file_gives_what_stood_before_the_cut(cut: int) -> None:
    data = APPLE.encode()[:cut]
    assert b"<HealthData " in data
    found = apple(data)
    lines = data[: data.rfind(b">\n") + 2]
    waters = [
        line for line in lines.split(b"\n") if b'"HKQuantityTypeIdentifierDietaryWater"' in line
    ]
    amounts = [250.0, 500.0, 295.735296][: len(waters)]
    assert values(found).get("2026-01-10", 0) == pytest.approx(sum(amounts))
    assert any("breaks off" in str(problem) for problem in found.problems)


def test_one_day_of_a_date_is_exact_at_both_clock_changes() -> None:
    found = apple(
        export(
            water("2026-03-29 00:59:00 +0200"),
            water("2026-03-29 23:59:00 +0200", "1"),
            water("2026-10-25 00:30:00 +0200", "2"),
            water("2026-10-26 00:30:00 +0200", "4"),
        )
    )
    assert values(found) == {"2026-03-28": 100, "2026-03-29": 1, "2026-10-25": 6}
    assert found.summary.first_day == date(2026, 3, 28)
