"""What the formats of watches and their services get wrong, one trap at a time."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from legcare.errors import BadFile, BadTime
from legcare.importers import Import, read
from legcare.importers.cells.instants import clock, printed_time, wall
from legcare.importers.cells.numbers import decimal_comma, hours, number
from legcare.importers.cells.words import workout_kind
from legcare.importers.programs.fit_thin import Unclear, thinned
from legcare.records import Reading, Workout, WorkoutKind
from tests.importers.invented import GARMIN, STRAVA, STRAVA_HEADER, fit_file, fit_message, zipped

SYDNEY, BERLIN = ZoneInfo("Australia/Sydney"), ZoneInfo("Europe/Berlin")


def opened(text: str | bytes, name: str = "file", zone: ZoneInfo = BERLIN) -> Import:
    return read(name, io.BytesIO(text.encode() if isinstance(text, str) else text), zone=zone)


def values(found: Import, factor: str) -> dict[str, float]:
    return {
        str(r.day): r.value for r in found.records if isinstance(r, Reading) and r.factor == factor
    }


def workouts(found: Import) -> list[Workout]:
    return [record for record in found.records if isinstance(record, Workout)]


def test_strava_before_2019_had_ten_columns_and_metres() -> None:
    found = opened(
        "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
        "1,2018-09-12 15:02:23,Ride,Ride,,3600,20000,false,,activities/1.gpx\n"
    )
    (ride,) = workouts(found)
    assert (ride.minutes, ride.kind, ride.at.hour) == (60, WorkoutKind.RIDE, 17)
    assert ride.note == "Ride"


@pytest.mark.parametrize(
    ("header", "date", "kind"),
    [
        (
            "ID d’activité,Date de l’activité,Nom de l’activité,Type d’activité",
            "24 août 2024, 10:47:26",
            "Course à pied",
        ),
        (
            "ID de actividad,Fecha de la actividad,Nombre,Tipo de actividad",
            "24 ago. 2024, 10:47:26",
            "Carrera",
        ),
        ("アクティビティID,日付,名前,タイプ", "2024-08-24 10:47:26", "Run"),
    ],
)
def test_strava_in_a_language_nobody_foresaw_is_read_by_its_places(
    header: str, date: str, kind: str
) -> None:
    names = [*header.split(","), *(f"c{number}" for number in range(4, 60))]
    cells = ["1234567", f'"{date}"', "Morning", kind] + [""] * 56
    cells[15], cells[16], cells[17] = "1900.0", "1800.0", "5000.0"
    (run,) = workouts(opened(",".join(names) + "\n" + ",".join(cells) + "\n"))
    assert (run.minutes, run.kind) == (30, WorkoutKind.RUN)
    assert run.at.isoformat() == "2024-08-24T12:47:26+02:00"


def test_strava_takes_the_second_of_two_columns_of_one_name() -> None:
    swim = workouts(opened(STRAVA))[1]
    assert swim.minutes == 1260 / 60
    assert swim.note == "Laps"


def test_a_strava_header_with_tags_around_its_names() -> None:
    tagged = STRAVA_HEADER.replace(
        "Moving Time", '"<span class=""translation_missing"">Moving Time</span>"'
    )
    assert workouts(opened(STRAVA.replace(STRAVA_HEADER, tagged)))[0].minutes == 30


def test_garmin_in_the_hour_that_never_was() -> None:
    run = workouts(opened(GARMIN))[0]
    assert run.at.isoformat() == "2024-03-31T03:30:00+02:00"
    assert run.minutes == pytest.approx(33 + 8 / 60, abs=1e-4)


def test_garmin_saved_again_by_a_spreadsheet_lost_its_times() -> None:
    header = ";".join(GARMIN.splitlines()[0].split(","))
    found = opened(
        f"{header}\nLaufen;1.4.2024;FALSE;Kanal;7,07;412;1:40:05;152;171;2,5;164;178;4:55;4:10;5402;12\n"
    )
    (run,) = workouts(found)
    assert run.minutes == pytest.approx(100 + 5 / 60, abs=1e-4)
    assert run.at.isoformat() == "2024-04-01T12:00:00+02:00"
    assert any("no time of day" in note for note in found.summary.notes)


def test_garmins_weekly_sleep_is_refused_with_the_way_out() -> None:
    text = (
        "\ufeffDate,Avg Score,Avg Quality,Avg Duration,Avg Sleep Need,Avg Bedtime,Avg Wake Time\n"
        "Oct 1-7,80,Good,7h 40min,8h,11:00 PM,7:00 AM\n"
    )
    with pytest.raises(BadFile, match="averages of weeks without a year"):
        opened(text)


def test_garmins_account_nights_steps_and_drinks() -> None:
    night = {
        "sleepStartTimestampGMT": "x",
        "calendarDate": "2024-05-02",
        "deepSleepSeconds": 3600,
        "lightSleepSeconds": 14400,
        "remSleepSeconds": 5400,
        "awakeSleepSeconds": 900,
    }
    day = {"calendarDate": "2024-05-02", "totalSteps": 9000, "restingHeartRate": 51}
    drink = {"calendarDate": "2024-05-02", "valueInML": 250.0}
    packed = zipped(
        {
            "a.json": json.dumps([night]).encode(),
            "b.json": json.dumps([day]).encode(),
            "c.json": json.dumps([drink, drink]).encode(),
        }
    )
    found = opened(packed)
    assert found.summary.format == "garmin_account"
    assert values(found, "sleep_h") == {"2024-05-02": 6.5}
    assert values(found, "steps") == {"2024-05-02": 9000}
    assert values(found, "resting_hr") == {"2024-05-02": 51}
    assert values(found, "hydration_ml") == {"2024-05-02": 500}


def test_fitbit_minutes_are_utc_and_move_to_the_local_day() -> None:
    text = (
        '[{"dateTime":"05/01/18 13:59:00","value":"40"},{"dateTime":"05/01/18'
        ' 14:00:00","value":"2"}]'
    )
    assert values(opened(text, "steps-2018-05-01.json", SYDNEY), "steps") == {
        "2018-05-01": 40,
        "2018-05-02": 2,
    }


def test_fitbit_values_of_an_unknown_kind_are_not_guessed() -> None:
    text = '[{"dateTime":"05/01/18 13:59:00","value":"40"}]'
    for name in ("calories-2018-05-01.json", "file.json"):
        with pytest.raises(BadFile, match="lists Fitbit values but not of what"):
            opened(text, name)


def test_fitbit_nights_exercises_and_unknown_units() -> None:
    sleep = [
        {
            "logId": 1,
            "dateOfSleep": "2018-05-02",
            "minutesAsleep": 400,
            "startTime": "2018-05-01T23:00:00.000",
        },
        {
            "logId": 2,
            "dateOfSleep": "2018-05-02",
            "minutesAsleep": 20,
            "startTime": "2018-05-02T14:00:00.000",
        },
    ]
    assert values(opened(json.dumps(sleep)), "sleep_h") == {"2018-05-02": 7}
    exercise = [
        {
            "activityName": "Walk",
            "startTime": "12/06/16 08:54:34",
            "duration": 900000,
            "activeDuration": 840000,
        }
    ]
    (walk,) = workouts(opened(json.dumps(exercise), zone=SYDNEY))
    assert (walk.minutes, walk.kind, walk.at.isoformat()) == (
        14,
        WorkoutKind.WALK,
        "2016-12-06T19:54:34+11:00",
    )
    drinks = [{"id": 1, "date": "05/18/15", "waterAmount": 2.0, "measurementUnit": "BUCKET"}]
    assert "BUCKET" in str(opened(json.dumps(drinks)).problems[0])


def test_newer_takeout_steps_keep_their_devices_apart() -> None:
    found = opened(
        "timestamp,steps,data source\n2025-01-01T22:30:00Z,10,Watch\n2025-01-01T23:30:00Z,5,Watch\n"
        "2025-01-01T22:30:00Z,9,Phone\n"
    )
    told = {(str(r.day), r.source): r.value for r in found.records if isinstance(r, Reading)}
    assert told == {
        ("2025-01-01", "Fitbit: Watch"): 10,
        ("2025-01-02", "Fitbit: Watch"): 5,
        ("2025-01-01", "Fitbit: Phone"): 9,
    }


def test_samsung_rows_with_a_comma_too_many_do_not_shift() -> None:
    found = opened(
        "\ufeffcom.samsung.health.water_intake,6307003,6\n"
        "start_time,amount,unit_amount,time_offset,deviceuuid\n"
        "2020-07-07 20:00:00.000,250.0,250.0,UTC+0530,abc,\n"
        "2020-07-07 10:00:00.000,250.0,250.0,UTC+0530,abc,\n"
    )
    assert values(found, "hydration_ml") == {"2020-07-08": 250, "2020-07-07": 250}


def test_samsung_daily_steps_count_all_devices_once() -> None:
    found = opened(
        "com.samsung.shealth.step_daily_trend,6307003,6\nsource_type,count,day_time\n-2,5000,1560297600000,\n0,4800,1560297600000,\n-2,100,2019-06-13"
        " 00:00:00.000,\n"
    )
    assert values(found, "steps") == {"2019-06-12": 5000, "2019-06-13": 100}


def test_samsung_workouts_and_kinds_that_say_nothing() -> None:
    found = opened(
        "com.samsung.shealth.exercise,6307003,6\ncom.samsung.health.exercise.start_time,com.samsung.health.exercise.exercise_type,com.samsung.health.exercise.duration,com.samsung.health.exercise.time_offset,start_time\n2020-07-07"
        " 04:00:00.000,1002,1800000,UTC+0530,9,\n2020-07-08 04:00:00.000,90001,600000,UTC+0530,9,\n"
    )
    run, other = workouts(found)
    assert (run.kind, run.minutes, run.at.isoformat()) == (
        WorkoutKind.RUN,
        30,
        "2020-07-07T09:30:00+05:30",
    )
    assert (other.kind, other.kind_text) == (WorkoutKind.OTHER, "Samsung exercise 90001")
    with pytest.raises(BadFile, match="which legcare has no use for"):
        opened(
            "com.samsung.health.floors_climbed,6307003,6\nstart_time,floor\n2020-07-07"
            " 04:00:00.000,3,\n"
        )


def test_whoop_nights_belong_to_the_day_of_waking_and_the_journal_speaks() -> None:
    nights = opened(
        "Cycle start time,Cycle end time,Cycle timezone,Sleep onset,Wake onset,Asleep duration"
        " (min),Nap\n2024-01-01 22:00:00,2024-01-02 22:00:00,UTC-05:00,2024-01-01"
        " 23:00:00,2024-01-02 07:00:00,450,false\n2024-01-01 22:00:00,2024-01-02"
        " 22:00:00,UTC-05:00,2024-01-02 14:00:00,2024-01-02 14:40:00,30,true\n"
    )
    assert values(nights, "sleep_h") == {"2024-01-02": 8}
    journal = opened(
        "Cycle start time,Cycle end time,Cycle timezone,Question text,Answered yes,Notes\n"
        "2024-01-01 22:00:00,,UTC-05:00,Had a leg cramp?,true,calf\n"
        "2024-01-02 22:00:00,,UTC-05:00,Had a leg cramp?,false,\n"
    )
    assert journal.summary.counts == {"cramp": 1}


def test_nomies_other_tables() -> None:
    wide = opened("date,#legcramp,#coffee\n2026-01-02,1,3\n2026-01-01,,1\n")
    assert wide.summary.counts == {"cramp": 1}
    pairs = opened("tag,timestamp\nLeg cramp,2020-08-30T03:28:00.000-04:00\n")
    assert [r.at.isoformat() for r in pairs.records] == ["2020-08-30T03:28:00-04:00"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sep 12, 2018, 3:02:23 PM", "2018-09-12T15:02:23"),
        ("May 29, 2022, 12:05:00\u202fAM", "2022-05-29T00:05:00"),
        ("09.12.2022, 15:24:49", "2022-12-09T15:24:49"),
        ("24 août 2024, 10:47:26", "2024-08-24T10:47:26"),
        ("1. Jan. 2026", "2026-01-01T00:00:00"),
        ("22nd Sep 2020", "2020-09-22T00:00:00"),
        ("14 juil. 2023, 09:00:00", "2023-07-14T09:00:00"),
        ("3 juin 2023, 09:00:00", "2023-06-03T09:00:00"),
        ("12 mrt 2024, 08:00", "2024-03-12T08:00:00"),
        ("3. März 2024, 08:00:00", "2024-03-03T08:00:00"),
    ],
)
def test_dates_in_words(text: str, said: str) -> None:
    assert printed_time(text).isoformat() == said


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "31.02.2024", "Foo 3, 2024", "12/05/2024", "1.1.0001", "Jan 1, 2024, 25:00"],
)
def test_dates_that_are_none(text: str) -> None:
    with pytest.raises(BadTime, match=r"is no date|lies outside|no such"):
        printed_time(text)


def test_an_hour_that_never_was_is_an_hour_later_and_a_double_one_the_first() -> None:
    from datetime import datetime

    moved, remark = wall(datetime(2024, 3, 31, 2, 30), BERLIN)
    assert moved.isoformat() == "2024-03-31T03:30:00+02:00"
    assert "kept an hour later" in remark
    first, remark = wall(datetime(2024, 10, 27, 2, 30), BERLIN)
    assert first.utcoffset() == timedelta(hours=2)
    assert "happened twice" in remark


@pytest.mark.parametrize(
    ("cell", "comma", "value"),
    [
        ("6,74", True, 6.74),
        ("5.402", True, 5402),
        ("7,902", False, 7902),
        ("1,020.5", False, 1020.5),
        ("--", False, None),
        ("", False, None),
        ("None", False, None),
        ("NO_DATA", False, None),
        ("1e3", False, 1000),
    ],
)
def test_numbers(cell: str, comma: bool, value: float | None) -> None:
    assert number(cell, comma=comma) == value


@pytest.mark.parametrize("cell", ["ten", "1e999", "0x10", "1_000", "nan5"])
def test_what_is_no_number(cell: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        number(cell)


def test_the_decimal_sign_is_decided_by_the_whole_file() -> None:
    assert decimal_comma(["6,74", "7,902", "--"])
    assert not decimal_comma(["6.74", "7,902"])
    assert not decimal_comma(["7,902", "1,020"])


def test_durations_and_clocks() -> None:
    assert hours("7:30") == 7.5
    assert hours("00:08:02.2") == pytest.approx(8 / 60 + 2 / 3600)
    assert hours("long") is None
    assert [clock(text).isoformat() for text in ("18:52", "6:50 pm", "10:04AM", "12:00 am")] == [
        "18:52:00",
        "18:50:00",
        "10:04:00",
        "00:00:00",
    ]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Radfahrt", "ride"),
        ("virtual_ride", "ride"),
        ("Lauf", "run"),
        ("trail_running", "run"),
        ("Wanderung", "walk"),
        ("lap_swimming", "swim"),
        ("Krafttraining", "strength"),
        ("Yoga", "other"),
        ("Weight Training", "strength"),
    ],
)
def test_kinds_of_exercise_in_many_languages(word: str, kind: str) -> None:
    assert workout_kind(word)[0] == WorkoutKind(kind)


def test_no_word_for_the_kind_is_no_kind() -> None:
    assert workout_kind(" ") == (None, "")
    assert workout_kind("Yoga") == (WorkoutKind.OTHER, "Yoga")


def test_progress_of_a_zip_runs_once() -> None:
    said: list[tuple[float, str]] = []
    packed = zipped({"a/activities.csv": STRAVA.encode(), "b/Activities.csv": GARMIN.encode()})
    read(
        "x.zip",
        io.BytesIO(packed),
        zone=BERLIN,
        progress=lambda done, sentence: said.append((done, sentence)),
    )
    assert said == sorted(said)
    share = len(STRAVA.encode()) / (len(STRAVA.encode()) + len(GARMIN.encode()))
    assert max(done for done, sentence in said if "a/activities" in sentence) == pytest.approx(
        share
    )
    assert said[-1] == (pytest.approx(1.0), "Reading x.zip/b/Activities.csv")


WATER = (
    "Drink Type,Cup Name,Hydration Value(ml),Water Value(ml),Date,Time\n"
    "Water,Glass,250,250,2026/01/05,07:15:00 AM\nWater,Glass,250,250,2026/01/05,09:15:00 AM"
)


@pytest.mark.parametrize("cut", [",09:15:00 AM", "/05,09:15:00 AM", "0,2026/01/05,09:15:00 AM"])
def test_a_row_that_was_cut_off_is_not_half_believed(cut: str) -> None:
    assert values(opened(WATER), "hydration_ml") == {"2026-01-05": 500}
    found = opened(WATER.removesuffix(cut))
    assert values(found, "hydration_ml") == {"2026-01-05": 250}
    assert "its last row is not whole" in str(found.problems[0])


def test_a_long_ride_is_thinned_to_what_is_asked() -> None:
    start = 1777651200 - 631065600
    whole = fit_file()
    seconds = b"".join(
        (fit_message(3, 20, [(253, 0x86, "I", start), (3, 0x02, "B", 120)]) if not n else b"")
        + (
            bytes([3]) + n.to_bytes(4, "little") + b"\x78"
            if n % 2
            else bytes([0x80 | 3 << 5 | n % 32]) + bytes(5)
        )
        for n in range(20_000)
    )
    body = whole[14:-2]
    long = (
        whole[:4]
        + (len(body) + len(seconds)).to_bytes(4, "little")
        + whole[8:14]
        + body[:18]
        + seconds
        + body[18:]
    )
    thin = thinned(long + b"\0\0")
    assert thin.whole
    assert len(thin.data) < 300
    found = opened(long + b"\0\0")
    assert [run.minutes for run in workouts(found)] == [30]
    assert not found.problems
    assert workouts(opened(thin.data))[0].at == workouts(opened(whole))[0].at
    cut = opened(long[:-20])
    assert "damaged or cut off" in str(cut.problems[0])


def test_a_fit_file_that_cannot_be_walked_goes_to_the_decoder_whole() -> None:
    whole = bytearray(fit_file())
    whole[14] = 0x05  # a message without its definition
    with pytest.raises(Unclear, match="without its definition"):
        thinned(bytes(whole))
    assert "damaged or cut off" in str(opened(bytes(whole)).problems[0])
