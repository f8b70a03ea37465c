"""Invented files, one per format.

Small, of the shape that the real programs write, with one broken twin each.
"""

# ruff: noqa: E501 - lines stand as the programs write them

from __future__ import annotations

import base64
import gzip
import io
import json
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Invented:
    """A file, its broken twin, and a piece of the sentence that the twin must give."""

    name: str
    data: bytes
    broken: bytes
    complaint: str


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def table(
    name: str, text: str, *, bad: tuple[str, str], complaint: str, encoding: str = "utf-8"
) -> Invented:
    assert bad[0] in text
    return Invented(name, text.encode(encoding), text.replace(*bad, 1).encode(encoding), complaint)


APPLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
]>
<HealthData locale="en_FR">
 <ExportDate value="2026-07-01 08:00:00 +0200"/>
 <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" startDate="2026-01-10 08:00:00 +0200" endDate="2026-01-10 08:00:00 +0200" value="60">
  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>
 </Record>
 <Record type="HKQuantityTypeIdentifierDietaryWater" sourceName="Waterlog" unit="mL" startDate="2026-01-10 09:00:00 +0200" endDate="2026-01-10 09:00:00 +0200" value="250"/>
 <Record type="HKQuantityTypeIdentifierDietaryWater" sourceName="Waterlog" unit="L" startDate="2026-01-10 12:00:00 +0200" endDate="2026-01-10 12:00:00 +0200" value="0.5"/>
 <Record type="HKQuantityTypeIdentifierDietaryWater" sourceName="Waterlog" unit="fl_oz_us" startDate="2026-01-11 00:30:00 +0200" endDate="2026-01-11 00:30:00 +0200" value="10"/>
 <Record type="HKQuantityTypeIdentifierDietarySodium" sourceName="Food &amp; Co" unit="g" startDate="2026-01-10 12:00:00 +0200" endDate="2026-01-10 12:00:00 +0200" value="1.5"/>
 <Record type="HKQuantityTypeIdentifierStepCount" sourceName="iPhone" unit="count" startDate="2026-01-10 10:00:00 +0200" endDate="2026-01-10 10:10:00 +0200" value="900"/>
 <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Apple\u00a0Watch" unit="count" startDate="2026-01-10 10:00:00 +0200" endDate="2026-01-10 10:10:00 +0200" value="1000"/>
 <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Apple\u00a0Watch" unit="count" startDate="2026-01-10 11:00:00 +0200" endDate="2026-01-10 11:10:00 +0200" value="500"/>
 <Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="lb" startDate="2026-01-10 07:00:00 +0200" endDate="2026-01-10 07:00:00 +0200" value="160"/>
 <Record type="HKQuantityTypeIdentifierRestingHeartRate" sourceName="Watch" unit="count/min" startDate="2026-01-10 07:00:00 +0200" endDate="2026-01-10 07:00:00 +0200" value="52"/>
 <Record type="HKCategoryTypeIdentifierAppleStandHour" sourceName="Watch" startDate="2026-01-10 09:00:00 +0200" endDate="2026-01-10 10:00:00 +0200" value="HKCategoryValueAppleStandHourStood"/>
 <Record type="HKCategoryTypeIdentifierAppleStandHour" sourceName="Watch" startDate="2026-01-10 10:00:00 +0200" endDate="2026-01-10 11:00:00 +0200" value="HKCategoryValueAppleStandHourIdle"/>
 <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" startDate="2026-01-10 23:30:00 +0200" endDate="2026-01-11 03:00:00 +0200" value="HKCategoryValueSleepAnalysisAsleepCore"/>
 <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" startDate="2026-01-11 02:30:00 +0200" endDate="2026-01-11 07:00:00 +0200" value="HKCategoryValueSleepAnalysisAsleepREM"/>
 <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="iPhone" startDate="2026-01-10 23:00:00 +0200" endDate="2026-01-11 07:30:00 +0200" value="HKCategoryValueSleepAnalysisInBed"/>
 <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="iPhone" startDate="2026-01-12 23:00:00 +0200" endDate="2026-01-13 07:00:00 +0200" value="HKCategoryValueSleepAnalysisInBed"/>
 <Record type="HKCategoryTypeIdentifierAbdominalCramps" sourceName="iPhone" startDate="2026-01-12 23:00:00 +0200" endDate="2026-01-12 23:00:00 +0200" value="HKCategoryValueSeverityMild"/>
 <Correlation type="HKCorrelationTypeIdentifierFood" sourceName="Food &amp; Co" startDate="2026-01-10 12:00:00 +0200" endDate="2026-01-10 12:00:00 +0200">
  <Record type="HKQuantityTypeIdentifierDietarySodium" sourceName="Food &amp; Co" unit="g" startDate="2026-01-10 12:00:00 +0200" endDate="2026-01-10 12:00:00 +0200" value="1.5"/>
 </Correlation>
 <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="42.5" durationUnit="min" sourceName="Watch" startDate="2026-01-10 18:00:00 +0200" endDate="2026-01-10 18:50:00 +0200">
  <MetadataEntry key="HKTimeZone" value="America/New_York"/>
  <WorkoutActivity uuid="1" startDate="2026-01-10 18:00:00 +0200" endDate="2026-01-10 18:50:00 +0200" duration="42.5" durationUnit="min">
   <WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" startDate="2026-01-10 18:00:00 +0200" endDate="2026-01-10 18:50:00 +0200" sum="650" unit="kcal"/>
  </WorkoutActivity>
  <WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" startDate="2026-01-10 18:00:00 +0200" endDate="2026-01-10 18:50:00 +0200" sum="655" unit="kcal"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" startDate="2026-01-10 18:00:00 +0200" endDate="2026-01-10 18:50:00 +0200" sum="8.25" unit="km"/>
 </Workout>
 <ActivitySummary dateComponents="2026-01-10" appleExerciseTime="68" appleStandHours="12"/>
</HealthData>
"""

STRAVA_HEADER = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed"
    " Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity"
    " Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max"
    " Speed,Perceived Exertion\n"
)
STRAVA = (
    STRAVA_HEADER + '101,"May 29, 2022, 10:53:35 PM",Evening'
    ' run,Run,"two\nlines",1900,3.32,,,false,,,activities/101.fit.gz,,,1900.0,1800.0,3320.5,4.1,6\n102,"Jan'
    ' 9, 2023, 6:00:00 AM",Laps,Swim,,1260,"1,50",,,false,,,,,,1260.0,,1500.0,1.2,\n'
)

GARMIN = (
    "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø HF,Maximale HF,Aerober TE,Ø"
    " Schrittfrequenz,"
    "Maximale Schrittfrequenz,Ø Pace,Beste Pace,Schritte,Gesamtanstieg\n"
    'Laufen,2024-03-31 02:30:00,false,"Lauf am'
    ' Kanal","6,74","412","00:33:08","152","171","2,5","164","178","4:55","4:10",'
    '"5.402","12"\n'
    "Krafttraining,2024-04-02"
    ' 19:00:00,false,"Beine","0,00","210","00:41:00","--","--","1,2","--","--","--","--","--","--"\n'
)

GARMIN_ACCOUNT = [
    {
        "summarizedActivitiesExport": [
            {
                "activityId": 1,
                "activityType": "trail_running",
                "name": "Hills",
                "duration": 3000000.0,
                "movingDuration": 2700000.0,
                "startTimeGmt": 1710000000000.0,
                "startTimeLocal": 1710003600000.0,
            },
            {
                "activityId": 2,
                "activityType": "lap_swimming",
                "name": "Pool",
                "duration": 1800000.0,
                "startTimeGmt": 1710100000000.0,
            },
        ]
    }
]

SAMSUNG = (
    "\ufeffcom.samsung.shealth.sleep,6307003,6\ncom.samsung.health.sleep.start_time,com.samsung.health.sleep.end_time,com.samsung.health.sleep.time_offset,sleep_duration,start_time\n2020-07-07"
    " 17:30:00.000,2020-07-07 21:00:00.000,UTC+0530,,1,\n2020-07-07 20:30:00.000,2020-07-08"
    " 01:30:00.000,UTC+0530,,1,\n"
)

FITBIT_WATER = [
    {"id": 1, "date": "05/18/15", "waterAmount": 200.0, "measurementUnit": "MILLILITER"},
    {"id": 2, "date": "05/18/15", "waterAmount": 8.0, "measurementUnit": "FL_OZ"},
]

BEARABLE = (
    'date,date formatted,weekday,time of day,category,rating/amount,detail,notes\n"22nd Sep'
    ' 2020","2020-09-22","Tuesday","pre","Symptom","2","Calf cramp (Moderate)","left side"\n"22nd'
    ' Sep 2020","2020-09-22","Tuesday","pm","Symptom","3","Abdominal cramps (Severe)",""\n"22nd Sep'
    ' 2020","2020-09-22","Tuesday","20:15","Factors","","Leg massage | Coffee",""\n"23rd Sep'
    ' 2020","2020-09-23","Wednesday","am","Meds/Supplements","300","Magnesium citrate'
    ' (mg)",""\n"23rd Sep 2020","2020-09-23","Wednesday","am","Sleep","7:30","",""\n"23rd Sep'
    ' 2020","2020-09-23","Wednesday","mid","Symptom","1","Stress (Mild)",""\n'
)

DAYLIO = (
    '\ufefffull_date,date,weekday,time,mood,activities,scales,note_title,note\n2026-02-02,"2'
    ' February",Monday,6:50 pm,meh,"work | leg cramp | foam roller 💪","Sleep Quality:\u00a0'
    ' 8/10\u00a0 points | Sleep:\u00a0 7:30","","<b>right</b> calf"\n2026-02-03,"3'
    ' February",Tuesday,18:52,good,"stomach cramps | massage","","",""\n'
)

LOOP = {
    "Habits.csv": (
        b"Position,Name,Type,Question,Description,Unit\n1,Leg"
        b' cramp,YES_NO,,,\n2,Water,NUMERICAL,,,L\n3,"Foam roller, calves",NUMERICAL,,,minutes\n'
    ),
    "Checkmarks.csv": b"Date,Leg cramp,Water,Foam roller, calves,\n2026-03-01,YES_MANUAL,2500,0,\n",
    "001 Leg cramp/Checkmarks.csv": (
        b"Date,Value,Notes\n2026-03-02,NO,\n2026-03-01,YES_MANUAL,woke up\n"
        b"2026-02-28,YES_AUTO,\n2026-02-27,UNKNOWN,\n"
    ),
    "002 Water/Checkmarks.csv": b"Date,Value,Notes\n2026-03-01,2500,\n2026-02-28,0,\n",
    "003 Foam roller calves/Checkmarks.csv": b"Date,Value,Notes\n2026-03-01,12000,\n",
}

NOMIE = (
    "epoch,start,end,offset,note,lat,lng,location,score\n1767225600000,2026-01-01T01:00:00,2026-01-01T01:00:00,-60,#legcramp(7)"
    " woke"
    " up,52.5,13.4,home,0\n1767312000000,2026-01-02T01:00:00,2026-01-02T01:00:00,-60,#massage(20)"
    " #coffee,,,,0\n"
)

SLEEPMETER = (
    'custom_aid_id,class,name\nCUSTOM_1,DRUG,"a ""b""'
    ' \nc"\n\nwake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes\n"2020-11-25'
    ' 07:00+0100","2020-11-24 23:00+0100","2020-11-24'
    ' 22:50+0100",70-130,NIGHT_SLEEP,NONE,NONE,NONE,NONE,5,""\n"2020-11-26 06:30+0100","2020-11-25'
    ' 23:30+0100","2020-11-25 23:00+0100",,NIGHT_SLEEP,NONE,NONE,NONE,NONE,4,""\n'
)


def fit_crc(data: bytes) -> int:
    table = (
        0x0000,
        0xCC01,
        0xD801,
        0x1400,
        0xF001,
        0x3C00,
        0x2800,
        0xE401,
        0xA001,
        0x6C00,
        0x7800,
        0xB401,
        0x5000,
        0x9C01,
        0x8801,
        0x4400,
    )
    crc = 0
    for byte in data:
        for part in (byte & 0xF, byte >> 4):
            crc = (crc >> 4) ^ table[crc & 0xF] ^ table[part]
    return crc


def fit_message(local: int, number: int, fields: list[tuple[int, int, str, int]]) -> bytes:
    """A definition and one data message: fields are (number, base type, struct letter, value)."""
    defined = struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(fields))
    for field, base, letter, _ in fields:
        defined += struct.pack("BBB", field, struct.calcsize(letter), base)
    return (
        defined
        + bytes([local])
        + b"".join(struct.pack("<" + letter, value) for _, _, letter, value in fields)
    )


def fit_file() -> bytes:
    """A run of 30 minutes that started at 2026-05-01 16:00 UTC, on a watch that was two hours ahead."""
    start = 1777651200 - 631065600
    body = fit_message(0, 0, [(0, 0x00, "B", 4), (4, 0x86, "I", start)])
    body += fit_message(
        1,
        18,
        [
            (253, 0x86, "I", start + 1900),
            (2, 0x86, "I", start),
            (5, 0x00, "B", 1),
            (8, 0x86, "I", 1_800_000),
            (7, 0x86, "I", 1_900_000),
            (9, 0x86, "I", 525_000),
        ],
    )
    body += fit_message(
        2, 34, [(253, 0x86, "I", start + 1900), (5, 0x86, "I", start + 1900 + 7200)]
    )
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    header += struct.pack("<H", fit_crc(header))
    return header + body + struct.pack("<H", fit_crc(header + body))


def health_connect() -> bytes:
    hour = 3_600_000
    base = 1_767_261_600_000  # 2026-01-01 10:00 UTC
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "h.db"
        database = sqlite3.connect(path)
        database.executescript(
            "CREATE TABLE application_info_table (row_id INTEGER PRIMARY KEY, package_name"
            " TEXT);CREATE TABLE hydration_record_table (row_id INTEGER PRIMARY KEY, app_info_id"
            " INTEGER, start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER,"
            " end_zone_offset INTEGER, volume REAL);CREATE TABLE steps_record_table (row_id INTEGER"
            " PRIMARY KEY, app_info_id INTEGER, start_time INTEGER, start_zone_offset INTEGER,"
            " end_time INTEGER, end_zone_offset INTEGER, count INTEGER);CREATE TABLE"
            " nutrition_record_table (row_id INTEGER PRIMARY KEY, app_info_id INTEGER, start_time"
            " INTEGER, start_zone_offset INTEGER, magnesium REAL, sodium REAL);CREATE TABLE"
            " sleep_session_record_table (row_id INTEGER PRIMARY KEY, app_info_id INTEGER,"
            " start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER, end_zone_offset"
            " INTEGER);CREATE TABLE sleep_stages_table (parent_key INTEGER, stage_start_time"
            " INTEGER, stage_end_time INTEGER, stage_type INTEGER);CREATE TABLE"
            " exercise_session_record_table (row_id INTEGER PRIMARY KEY, app_info_id INTEGER,"
            " start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER, end_zone_offset"
            " INTEGER, exercise_type INTEGER, title TEXT);"
        )
        database.executemany(
            "INSERT INTO application_info_table VALUES (?, ?)", [(1, "com.watch"), (2, "com.phone")]
        )
        database.execute(
            "INSERT INTO hydration_record_table VALUES (1, 1, ?, 3600, ?, 3600, 0.25)", (base, base)
        )
        database.execute(
            "INSERT INTO hydration_record_table VALUES (2, 1, ?, 3600, ?, 3600, 0.5)",
            (base + hour, base),
        )
        database.execute(
            "INSERT INTO steps_record_table VALUES (1, 1, ?, 3600, ?, 3600, 1000)",
            (base, base + hour),
        )
        database.execute(
            "INSERT INTO steps_record_table VALUES (2, 2, ?, 3600, ?, 3600, 950)",
            (base, base + hour),
        )
        database.execute(
            "INSERT INTO nutrition_record_table VALUES (1, 1, ?, 3600, 0.12, 1.5)", (base,)
        )
        night = (base + 12 * hour, base + 20 * hour)
        database.execute(
            "INSERT INTO sleep_session_record_table VALUES (1, 1, ?, 3600, ?, 3600)", night
        )
        database.executemany(
            "INSERT INTO sleep_stages_table VALUES (1, ?, ?, ?)",
            [
                (night[0], night[0] + 4 * hour, 4),
                (night[0] + 4 * hour, night[0] + 5 * hour, 1),
                (night[0] + 5 * hour, night[1], 6),
            ],
        )
        database.execute(
            "INSERT INTO exercise_session_record_table VALUES (1, 1, ?, 3600, ?, 3600, 33, 'Lunch"
            " run')",
            (base + hour, base + hour + 1_800_000),
        )
        database.commit()
        database.close()
        return path.read_bytes()


def _json(name: str, data: object, *, complaint: str = "no whole JSON") -> Invented:
    whole = json.dumps(data).encode()
    return Invented(name, whole, whole[: len(whole) * 2 // 3], complaint)


INVENTED: dict[str, Invented] = {
    "apple_health": Invented(
        "export.xml",
        APPLE.encode(),
        APPLE[: APPLE.index("<Correlation")].encode(),
        "breaks off before its end",
    ),
    "strava": table(
        "activities.csv", STRAVA, bad=("Jan 9, 2023", "Foo 9, 2023"), complaint="no date that"
    ),
    "garmin": table(
        "Activities.csv", GARMIN, bad=("2024-04-02", "2024-14-02"), complaint="no such day"
    ),
    "garmin_account": _json("x_summarizedActivities.json", GARMIN_ACCOUNT),
    "fit": Invented("run.fit", fit_file(), fit_file()[:-30], "damaged or cut off"),
    "fitbit": _json("water_logs-0.json", FITBIT_WATER),
    "fitbit_csv": table(
        "sleep.csv",
        "Sleep\nStart Time,End Time,Minutes Asleep,Minutes Awake,Number of Awakenings,Time in Bed\n"
        '"2022-03-12 11:13 PM","2022-03-13 7:43 AM","450","60","10","510"\n'
        '"2022-03-13 1:00 PM","2022-03-13 1:30 PM","30","0","0","30"\n',
        bad=('"30","0","0","30"', '"half","0","0","30"'),
        complaint="is no number",
    ),
    "samsung": table(
        "com.samsung.shealth.sleep.2020.csv",
        SAMSUNG,
        bad=("2020-07-07 20:30", "2020-77-07 20:30"),
        complaint="month must be",
    ),
    "health_connect": Invented(
        "health_connect_export.db", health_connect(), health_connect()[:9000], "damaged"
    ),
    "bearable": table(
        "bearable.csv", BEARABLE, bad=("2020-09-23", "2020-19-23"), complaint="no such day"
    ),
    "daylio": table(
        "daylio.csv", DAYLIO, bad=("2026-02-03", "2026-02-33"), complaint="no date like"
    ),
    "loop": Invented(
        "Loop Habits CSV 2026-03-02.zip",
        zipped(LOOP),
        zipped({**LOOP, "002 Water/Checkmarks.csv": b"Date,Value,Notes\n2026-03-01,lots,\n"}),
        "no checkmark",
    ),
    "loop_table": table(
        "Checkmarks.csv",
        "Date,Leg cramp,Meditate,\n2026-03-01,YES_MANUAL,NO,\n2026-03-02,NO,NO,\n",
        bad=("2026-03-02,NO", "2026-03-02,MAYBE"),
        complaint="no checkmark",
    ),
    "habitbull": table(
        "habitbull.csv",
        "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\nCharley"
        " horse,,Health,2026-01-05,1,left\nCharley"
        " horse,,Health,2026-01-06,0,\nRead,,Mind,2026-01-06,1,\n",
        bad=("2026-01-06,0", "2026-01-06,often"),
        complaint="is no number",
    ),
    "nomie": table(
        "nomie.csv", NOMIE, bad=("1767312000000,", "soon,"), complaint="could not convert"
    ),
    "nomie_backup": _json(
        "n6.json",
        {
            "nomie": {"number": "6"},
            "records": [
                {
                    "_id": "1",
                    "note": "#legcramp(4)",
                    "start": 1767225600000,
                    "end": 1767225600000,
                    "lat": 1,
                    "lng": 2,
                },
                {
                    "_id": "2",
                    "note": "#foam_roller(15)",
                    "start": 1767312000000,
                    "end": 1767312000000,
                },
            ],
        },
    ),
    "waterminder": table(
        "waterminder-logs.csv",
        "Drink Type,Cup Name,Hydration Value(oz),Water Value(oz),Date,Time\n"
        "Water,Glass,8.0,8.0,2026/01/05,07:15:00 AM\nCoffee,Mug,10.0,8.0,2026/01/05,09:15:00 AM\n",
        bad=("10.0,8.0", "ten,8.0"),
        complaint="is no number",
    ),
    "whoop": table(
        "workouts.csv",
        "Cycle start time,Cycle end time,Cycle timezone,Workout start time,Workout end"
        " time,Duration (min),Activity name\n2024-01-01 22:00:00,2024-01-02"
        " 22:00:00,UTC-05:00,2024-01-02 07:00:00,2024-01-02 07:45:00,45,Cycling\n2024-01-02"
        " 22:00:00,,UTC-05:00,2024-01-03 07:00:00,2024-01-03 07:45:00,45,Weightlifting\n",
        bad=("2024-01-03 07:00:00", "yesterday"),
        complaint="no date",
    ),
    "sleep_as_android": table(
        "sleep-export.csv",
        'Id,Tz,From,To,Sched,Hours,Rating,Comment,"23:12","7:01"\n"1","Europe/London","27. 11. 2020'
        ' 23:12","28. 11. 2020 7:01","28. 11. 2020'
        ' 7:05","7.5","0.0","","1","2"\nId,Tz,From,To,Sched,Hours,Rating,Comment,"Event"\n"2","Europe/London","28.'
        ' 11. 2020 23:00","29. 11. 2020 6:00","29. 11. 2020 7:05","6.75","0.0","","LUX"\n',
        bad=('"6.75"', '"six"'),
        complaint="is no number",
    ),
    "sleepmeter": table(
        "sleep_history.csv",
        SLEEPMETER,
        bad=("2020-11-26 06:30", "2020-11-26 6.30"),
        complaint="no time that Sleepmeter",
    ),
    "plees": table(
        "plees.csv",
        "sid,start,stop,rating\n1,1608323029380,1608348229380,4\n2,1608409429380,1608438229380,5\n",
        bad=("1608409429380", "nothing"),
        complaint="could not convert",
    ),
}


def loop_backup() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "loop.db"
        database = sqlite3.connect(path)
        database.executescript(
            "CREATE TABLE Habits (id INTEGER, name TEXT, unit TEXT, type INTEGER);"
            "CREATE TABLE Repetitions (habit INTEGER, timestamp INTEGER, value INTEGER, notes TEXT);"
            "INSERT INTO Habits VALUES (1, 'Leg cramp', '', 0), (2, 'Water', 'ml', 1);"
            "INSERT INTO Repetitions VALUES (1, 1772323200000, 2, 'left'), (1, 1772409600000, 1, ''),"
            " (2, 1772323200000, 1500000, '');"
        )
        database.close()
        return path.read_bytes()


GPX = """<?xml version="1.0"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" creator="Watch"><trk><name>Round the lake</name>
<type>running</type><trkseg>
<trkpt lat="52.50" lon="13.40"><time>2026-03-14T06:00:00Z</time></trkpt>
<trkpt lat="52.51" lon="13.40"><time>2026-03-14T06:07:00Z</time></trkpt>
<trkpt lat="52.50" lon="13.40"><time>2026-03-14T06:14:00Z</time></trkpt>
</trkseg></trk></gpx>
"""
TCX = """<?xml version="1.0"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
<Activities><Activity Sport="Biking"><Id>2026-03-14T06:00:00Z</Id>
<Lap StartTime="2026-03-14T06:00:00Z"><TotalTimeSeconds>1800</TotalTimeSeconds>
<DistanceMeters>12000</DistanceMeters></Lap>
<Lap StartTime="2026-03-14T06:30:00Z"><TotalTimeSeconds>600</TotalTimeSeconds>
<DistanceMeters>3000</DistanceMeters></Lap></Activity></Activities></TrainingCenterDatabase>
"""
POLAR = (
    '{"startTime": "2026-01-06T07:00:00", "exercises": [{"sport": {"id": "1"}, "samples": [NaN]}],'
    ' "stopTime": "2026-01-06T07:50:00", "timezoneOffsetMinutes": 60, "durationMillis": 2700000,'
    ' "distanceMeters": 8100.0, "sport": {"id": "1"}, "laps": [{}]}'
)
DAYLIO_BACKUP = {
    "tags": [{"id": 1, "name": "leg cramp"}, {"id": 2, "name": "work"}],
    "dayEntries": [
        {"datetime": 1772323200000, "timeZoneOffset": 3600000, "tags": [1, 2], "note": "left calf"}
    ],
}


def daylio_backup(data: bytes) -> bytes:
    return zipped({"backup.daylio": base64.b64encode(data)})


INVENTED |= {
    "withings": table(
        "sleep.csv",
        "from,to,light (s),deep (s),rem (s),awake (s)\n"
        "2026-01-05T23:00:00+01:00,2026-01-06T07:00:00+01:00,14400,5400,5400,3600\n"
        "2026-01-06T23:00:00+01:00,2026-01-07T07:00:00+01:00,15000,5000,5200,3600\n",
        bad=("15000,", "much,"),
        complaint="is no number",
    ),
    "withings_weight": table(
        "weight.csv",
        'Date,"Weight (kg)","Fat mass (kg)"\n"2026-01-05 07:00:00",71.2,15.1\n'
        '"2026-01-06 07:00:00",71.4,15.0\n',
        bad=("71.4", "71.x"),
        complaint="is no number",
    ),
    "withings_activity": table(
        "activities.csv",
        "from,to,Timezone,Activity type,Data\n"
        "2026-01-05T07:00:00+01:00,2026-01-05T07:45:00+01:00,Europe/Berlin,Running,{}\n"
        "2026-01-06T07:00:00+01:00,2026-01-06T07:30:00+01:00,Europe/Berlin,Cycling,{}\n",
        bad=("2026-01-06T07:00", "2026-31-06T07:00"),
        complaint="no date and time",
    ),
    "oura": table(
        "sleepmodel.csv",
        "id;day;bedtime_start;bedtime_end;total_sleep_duration;type\n"
        "a;2026-01-06;2026-01-05T23:00:00+01:00;2026-01-06T07:00:00+01:00;25200;long_sleep\n"
        "b;2026-01-06;2026-01-06T14:00:00+01:00;2026-01-06T14:40:00+01:00;1800;late_nap\n"
        "c;2026-01-07;2026-01-07T02:00:00+01:00;2026-01-07T02:30:00+01:00;900;deleted\n",
        bad=(";1800;", ";long;"),
        complaint="is no number",
    ),
    "oura_activity": table(
        "dailyactivity.csv",
        "id;day;steps;active_calories\na;2026-01-06;9000;420\nb;2026-01-07;7000;380\n",
        bad=("7000", "many"),
        complaint="is no number",
    ),
    "oura_trends": table(
        "oura_2026-01_trends.csv",
        "date,Total Sleep Duration,REM Sleep Duration,Sleep Score,Average Resting Heart Rate,Steps\n"
        "2026-01-06,25200,6000,84,49,8421\n2026-01-07,21600,5400,79,51,9300\n",
        bad=("21600", "six"),
        complaint="is no number",
    ),
    "zepp": table(
        "SLEEP_1.csv",
        "date,deepSleepTime,shallowSleepTime,wakeTime,start,stop,REMTime,naps\n"
        "2026-01-06,76,206,4,2026-01-05 22:13:00+0000,2026-01-06 06:02:00+0000,67,\n"
        "2026-01-07,0,0,0,2026-01-06 22:00:00+0000,2026-01-06 22:00:00+0000,0,\n"
        "2026-01-08,60,200,0,2026-01-07 22:00:00+0000,2026-01-08 05:00:00+0000,60,\n",
        bad=("2026-01-08,60", "2026-01-08,sixty"),
        complaint="is no number",
    ),
    "zepp_activity": table(
        "ACTIVITY_1.csv",
        "date,steps,distance,runDistance,calories\n2026-01-06,8000,6000,0,300\n"
        "2026-01-07,5351,4160,0,202\n",
        bad=("5351", "few"),
        complaint="is no number",
    ),
    "zepp_sport": table(
        "SPORT_1.csv",
        "type,startTime,sportTime(s),maxPace(/meter),distance(m),calories(kcal)\n"
        "1,2026-01-06 06:00:00+0000,2700,-1.0,8100.0,640.0\n"
        "17,2026-01-07 10:00:00+0000,5400,-1.0,-1.0,640.0\n",
        bad=("17,2026-01-07", "17,2026-41-07"),
        complaint="no date and time",
    ),
    "zepp_body": table(
        "BODY_1.csv",
        "time,weight,height,bmi,bodyWaterRate\n2026-01-06 06:00:00+0000,80.1,180.0,0,0\n"
        "2026-01-07 06:00:00+0000,80.4,180.0,0,0\n",
        bad=("80.4", "heavy"),
        complaint="is no number",
    ),
    "strong": table(
        "strong.csv",
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Seconds,RPE\n"
        '2026-01-06 18:05:00,"Legs",1h 5m,"Squat",1,60,8,0,7\n'
        '2026-01-06 18:05:00,"Legs",1h 5m,"Squat",2,60,8,0,8\n'
        '2026-01-08 18:00:00,"Run",30m,"Running",1,0,0,1800,\n',
        bad=("2026-01-08 18", "2026-51-08 18"),
        complaint="no such day",
    ),
    "hevy": table(
        "workout_data.csv",
        '"title","start_time","end_time","exercise_title","set_index","weight_kg","reps"\n'
        '"Legs","6 Jan 2026, 18:05","6 Jan 2026, 19:10","Squat",0,60,8\n'
        '"Legs","6 Jan 2026, 18:05","6 Jan 2026, 19:10","Calf Raise",0,40,12\n'
        '"Run","8 Jan 2026, 07:00","8 Jan 2026, 07:30","Running",0,,\n',
        bad=('"8 Jan 2026, 07:00"', '"8 Foo 2026, 07:00"'),
        complaint="no date that",
    ),
    "intervals": table(
        "activities.csv",
        "id,start_date_local,type,name,moving_time,elapsed_time,distance\n"
        "i1,2026-01-06T07:00:00,Run,Easy,1260,1300,4000\n"
        "i2,2026-01-07T18:00:00,Ride,Tempo,5400,5600,45000\n",
        bad=("5400,5600", "long,5600"),
        complaint="is no number",
    ),
    "trainingpeaks": table(
        "workouts.csv",
        '"Title","WorkoutType","PlannedDuration","WorkoutDay","DistanceInMeters","TimeTotalInHours","Rpe"\n'
        '"Easy","Run","0.75","2026-01-06","8100","0.75","4"\n'
        '"Rest","Day Off","","2026-01-07","","",""\n'
        '"Long","Run","2","2026-01-08","","",""\n',
        bad=('"8100","0.75"', '"8100","some"'),
        complaint="is no number",
    ),
    "gpx": Invented("lake.gpx", GPX.encode(), GPX[:300].encode(), "damaged or cut off"),
    "tcx": Invented("ride.tcx", TCX.encode(), TCX[:400].encode(), "damaged or cut off"),
    "health_auto_export": _json(
        "HealthAutoExport.json",
        {
            "data": {
                "metrics": [
                    {
                        "name": "step_count",
                        "units": "count",
                        "data": [{"date": "2026-01-06 00:00:00 +0100", "qty": 8000}],
                    },
                    {
                        "name": "dietary_water",
                        "units": "fl_oz_us",
                        "data": [{"date": "2026-01-06 00:00:00 +0100", "qty": 50}],
                    },
                    {
                        "name": "sleep_analysis",
                        "units": "hr",
                        "data": [{"date": "2026-01-06 00:00:00 +0100", "totalSleep": 7.25}],
                    },
                ],
                "workouts": [
                    {
                        "name": "Outdoor Run",
                        "start": "2026-01-06 07:00:00 +0100",
                        "end": "2026-01-06 07:46:00 +0100",
                        "duration": 2700,
                        "distance": {"qty": 5, "units": "mi"},
                    }
                ],
            }
        },
    ),
    "polar": Invented(
        "training-session_2026.json",
        POLAR.encode(),
        POLAR.replace("]}", "").encode(),
        "no whole JSON",
    ),
    "track_graph": table(
        "track.csv",
        "FeatureName,Timestamp,Value,Note\nLeg cramp,2026-01-06T03:10:00+01:00,1.0,left\n"
        "Massage,2026-01-06T21:10:00+01:00,0:10:00,\nLeg cramp,2026-01-07T03:10:00+01:00,0.0:No,\n"
        "Steps,2026-01-07T22:00:00+01:00,8000.0,\n",
        bad=("2026-01-06T21", "2026-01-96T21"),
        complaint="no date and time",
    ),
    "loop_backup": Invented("loop.db", loop_backup(), loop_backup()[:5000], "damaged"),
    "daylio_backup": Invented(
        "backup.daylio",
        daylio_backup(json.dumps(DAYLIO_BACKUP).encode()),
        daylio_backup(b'{"tags": '),
        "cannot be read",
    ),
}

STRAVA_ZIP = zipped(
    {
        "export/activities.csv": STRAVA.encode(),
        "export/activities/101.fit.gz": gzip.compress(fit_file()),
        "export/activities/999.fit.gz": gzip.compress(fit_file()),
        "export/media/photo.jpg": b"\xff\xd8\xff",
    }
)
