"""Invented files that once went wrong somewhere, each kind twice, with the right reading."""

# ruff: noqa: E501 - rows stand as people write them

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl

Wanted = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A file: its records (``exactly`` these of their types), or the questions it may ask."""

    kind: str
    name: str
    data: bytes
    records: tuple[Wanted, ...] = ()
    asks: frozenset[str] = field(default_factory=frozenset)
    exactly: bool = True


def case(kind: str, name: str, text: str | bytes, *records: Wanted, **more: Any) -> Case:
    data = text.encode() if isinstance(text, str) else text
    return Case(kind, name, data, records, **more)


def asked(kind: str, name: str, text: str, *questions: str) -> Case:
    return Case(kind, name, text.encode(), asks=frozenset(questions))


def book(*sheets: Sequence[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    workbook = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = workbook.active if number == 0 else workbook.create_sheet()
        for row in rows:
            sheet.append(list(row))
    workbook.save(out)
    return out.getvalue()


def cramp(at: str, **more: Any) -> Wanted:
    return {"type": "cramp", "at": at, **more}


def massage(at: str, **more: Any) -> Wanted:
    return {"type": "massage", "at": at, **more}


def workout(at: str, **more: Any) -> Wanted:
    return {"type": "workout", "at": at, **more}


def reading(day: str, factor: str, value: float) -> Wanted:
    return {"type": "reading", "day": day, "factor": factor, "value": value}


def free(day: str) -> Wanted:
    return {"type": "tracked_span", "first_day": day}


DAILY = "a daily count in a file named after cramps"
SPANS = "from and to of something else"
LENGTH = "lengths of two parts"
TIMED = "a column called Time that is a length"
SECONDS = "lengths in seconds"
PARTS = "scores and parts of a night"
DATED = "a rating that became a date"
HALVES = "am and pm in their own column"
SIDES = "a letter for the side"
BOTH = "two sides in one cell"
NAMELESS = "no row of names, dates in words"
BESIDE = "tables side by side"
LEGS = "a column for each leg"
UNDER = "tables one under another"
SETS = "a row for each set"
UNITS = "units that nobody says"
ORDERS = "month first"
ZONES = "zones and ranges behind the time"
SIGNS = "signs that nobody sees"
ROUGH = "rough times"
NUMBERS = "rough numbers"
GROUPS = "dates only in the first row of a group"
SEVERAL = "several times in one cell"
ACROSS = "dates across, or a calendar"
HEADS = "two rows of names"
PAGES = "a page that is called a workbook"
HABITS = "name, date, yes or no"
LETTERS = "letters of old programs"
MIXED = "one event a row, a column says which"
OTHERS = "a cell that says it is no cramp"
FUTURE = "dates that cannot be"

CASES = (
    case(
        DAILY,
        "night cramps.csv",
        "Day,Cramps,Sleep (h)\n2025-02-01,0,7\n2025-02-02,2,6.5\n2025-02-03,1,7.5\n",
        cramp("2025-02-02"),
        cramp("2025-02-02"),
        cramp("2025-02-03"),
        free("2025-02-01"),
        reading("2025-02-01", "sleep_h", 7),
        reading("2025-02-02", "sleep_h", 6.5),
        reading("2025-02-03", "sleep_h", 7.5),
    ),
    case(
        DAILY,
        "Wadenkrämpfe 2025.csv",
        "Datum;Krämpfe;Wasser (l);Magnesium (mg)\n01.02.2025;1;1,5;300\n13.02.2025;0;2,0;0\n",
        cramp("2025-02-01"),
        free("2025-02-13"),
        reading("2025-02-01", "hydration_ml", 1500),
        reading("2025-02-13", "hydration_ml", 2000),
        reading("2025-02-01", "magnesium_mg", 300),
        reading("2025-02-13", "magnesium_mg", 0),
    ),
    case(
        DAILY,
        "massages.xlsx",
        book(
            [["Date", "Water (ml)", "Sleep (h)"], ["2025-02-01", 1500, 7], ["2025-02-02", 1700, 8]]
        ),
        reading("2025-02-01", "hydration_ml", 1500),
        reading("2025-02-02", "hydration_ml", 1700),
        reading("2025-02-01", "sleep_h", 7),
        reading("2025-02-02", "sleep_h", 8),
    ),
    asked(SPANS, "times.csv", "from,to\n2025-02-01 09:00,2025-02-01 17:00\n", "kind"),
    asked(SPANS, "away.csv", "from,to,place\n2025-02-01,2025-02-05,Rome\n", "kind"),
    case(
        SPANS,
        "nights.csv",
        "from,to,light (s),deep (s),rem (s),awake (s)\n"
        "2025-02-01T22:00:00+01:00,2025-02-02T06:00:00+01:00,14400,3600,7200,3600\n",
        reading("2025-02-02", "sleep_h", 7.0),
    ),
    case(
        LENGTH,
        "laps.csv",
        "Date,Sport,Duration,Distance (km)\n2025-02-01,Run,31:20,6\n2025-02-03,Run,19:05,4\n",
        workout("2025-02-01", minutes=31.33),
        workout("2025-02-03", minutes=19.08),
    ),
    case(
        LENGTH,
        "rides.csv",
        "Date,Sport,Duration,Distance (km)\n2025-02-01,Ride,1:30,38\n2025-02-03,Ride,2:15,60\n",
        workout("2025-02-01", minutes=90),
        workout("2025-02-03", minutes=135),
    ),
    asked(
        LENGTH,
        "sport.csv",
        "Date,Sport,Duration\n2025-02-01,Run,3:20\n2025-02-03,Run,9:05\n",
        "unit",
    ),
    case(
        TIMED,
        "10k.csv",
        "Date,Distance (km),Time,Pace (min/km)\n2025-02-01,10,52:30,5:15\n2025-02-08,5,24:10,4:50\n",
        workout("2025-02-01", minutes=52.5, distance_km=10),
        workout("2025-02-08", minutes=24.17, distance_km=5),
    ),
    case(
        TIMED,
        "runs.csv",
        "Date,Time,Distance (km),Duration (min)\n2025-02-01,07:30,8,45\n2025-02-03,18:15,6,33\n",
        workout("2025-02-01T07:30", minutes=45),
        workout("2025-02-03T18:15", minutes=33),
    ),
    case(
        SECONDS,
        "api.csv",
        "start,sport,elapsed_time,distance\n2025-02-01 07:00,Run,1800,5000\n"
        "2025-02-02 07:00,Run,3600,11000\n",
        workout("2025-02-01T07:00", minutes=30),
        workout("2025-02-02T07:00", minutes=60),
    ),
    asked(SECONDS, "api.csv", "start,sport,duration\n2025-02-01 07:00,Yoga,1800\n", "unit"),
    case(
        PARTS,
        "ring.csv",
        "Date,REM (h),Sleep score,Total sleep (h)\n2025-02-01,1.4,81,7.5\n2025-02-02,1.1,77,6.25\n",
        reading("2025-02-01", "sleep_h", 7.5),
        reading("2025-02-02", "sleep_h", 6.25),
    ),
    case(
        PARTS,
        "schlaf.csv",
        "Datum;Tiefschlaf (h);Schlafdauer (h);Wasser (l)\n01.02.2025;1,5;7,5;1,5\n"
        "13.02.2025;1,0;6,5;2,0\n",
        reading("2025-02-01", "sleep_h", 7.5),
        reading("2025-02-13", "sleep_h", 6.5),
        reading("2025-02-01", "hydration_ml", 1500),
        reading("2025-02-13", "hydration_ml", 2000),
    ),
    case(
        DATED,
        "pain.csv",
        "Date,Time,Leg,Pain\n2025-02-01,3:05,left,10-May\n2025-02-02,3:05,left,10-Oct\n",
        cramp("2025-02-01", severity=5),
        cramp("2025-02-02", severity=10),
    ),
    case(
        DATED,
        "stärke.csv",
        "Datum;Uhrzeit;Bein;Stärke\n01.02.2025;03:05;links;08. Okt\n13.02.2025;03:05;links;4\n",
        cramp("2025-02-01", severity=8),
        cramp("2025-02-13", severity=4),
    ),
    case(
        HALVES,
        "night.csv",
        "Date,Time,AM or PM,Side\n2025-02-01,12:05,AM,left\n2025-02-02,9:40,PM,right\n",
        cramp("2025-02-01T00:05"),
        cramp("2025-02-02T21:40"),
    ),
    case(
        HALVES,
        "night.xlsx",
        book(
            [
                ["Date", "Time", "", "Leg"],
                ["2025-02-01", "3:05", "a.m.", "left"],
                ["2025-02-02", "11:05", "p.m.", "left"],
            ]
        ),
        cramp("2025-02-01T03:05"),
        cramp("2025-02-02T23:05"),
    ),
    case(
        SIDES,
        "wo.csv",
        "Datum,Zeit,Stelle\n2025-02-01,02:05,Wade re.\n2025-02-02,02:05,li Fuß\n",
        cramp("2025-02-01", side="right", muscle="calf"),
        cramp("2025-02-02", side="left", muscle="foot"),
    ),
    case(
        SIDES,
        "place.csv",
        "Date,Time,Place,Pain\n2025-02-01,02:05,shin (R),3\n2025-02-02,02:05,L hamstring,4\n",
        cramp("2025-02-01", side="right", muscle="shin"),
        cramp("2025-02-02", side="left", muscle="hamstring"),
    ),
    case(
        SIDES,
        "ort.csv",
        "Datum,Zeit,Ort\n2025-02-01,02:05,Oberschenkel hinten links\n",
        cramp("2025-02-01", side="left", muscle="hamstring"),
    ),
    case(
        BOTH,
        "sides.csv",
        'Date,Time,Side\n2025-02-01,02:05,"right, left"\n2025-02-02,02:05,links und rechts\n',
        cramp("2025-02-01", side="both"),
        cramp("2025-02-02", side="both"),
    ),
    case(
        BOTH,
        "where.csv",
        "Date,Time,Where,Pain\n2025-02-01,02:05,left calf + right foot,4\n",
        cramp("2025-02-01", side="both", muscle="calf"),
    ),
    case(
        NAMELESS,
        "krampf.csv",
        "1. Februar 2025;3:05;Wade links\n13. Februar 2025;23:40;Fuß rechts\n",
        cramp("2025-02-01T03:05", side="left"),
        cramp("2025-02-13T23:40", side="right"),
    ),
    case(
        NAMELESS,
        "cramps.csv",
        "Feb 1 2025,3:05 am,right foot\nFeb 2 2025,4:05 am,left calf\n",
        cramp("2025-02-01T03:05"),
        cramp("2025-02-02T04:05"),
    ),
    case(
        BESIDE,
        "both.csv",
        "Date,Time,Leg,,Date,Massage minutes,Tool\n2025-02-01,02:05,left,,2025-02-01,20,roller\n"
        "2025-02-02,03:05,right,,2025-02-03,10,hands\n",
        cramp("2025-02-01T02:05", minutes=None),
        cramp("2025-02-02T03:05", minutes=None),
        massage("2025-02-01", minutes=20),
        massage("2025-02-03", minutes=10),
    ),
    case(
        BESIDE,
        "both.xlsx",
        book(
            [
                ["Cramps", None, None, None, "Water", None],
                ["Date", "Time", "Side", None, "Date", "Water (ml)"],
                ["2025-02-01", "02:05", "left", None, "2025-02-01", 1500],
                ["2025-02-02", "03:05", "right", None, "2025-02-02", 1800],
            ]
        ),
        cramp("2025-02-01T02:05"),
        cramp("2025-02-02T03:05"),
        reading("2025-02-01", "hydration_ml", 1500),
        reading("2025-02-02", "hydration_ml", 1800),
    ),
    case(
        LEGS,
        "legs.csv",
        "Date,Left leg,Right leg\n2025-02-01,x,\n2025-02-02,,x\n2025-02-03,,\n",
        cramp("2025-02-01", side="left"),
        cramp("2025-02-02", side="right"),
    ),
    case(
        LEGS,
        "legs.csv",
        "Date,Left calf,Right calf\n2025-02-01,02:05,\n2025-02-02,,03:10\n",
        cramp("2025-02-01T02:05", side="left", muscle="calf"),
        cramp("2025-02-02T03:10", side="right", muscle="calf"),
    ),
    case(
        UNDER,
        "log.csv",
        "Cramps\nDate,Time,Leg\n2025-02-01,02:05,left\n\nMassages\nDate,Minutes,Tool\n"
        "2025-02-01,20,roller\n",
        cramp("2025-02-01T02:05"),
        massage("2025-02-01", minutes=20),
    ),
    case(
        UNDER,
        "log.csv",
        'Who,When\n"me",""\n\nDate,Time,Leg,Pain\n2025-02-01,02:05,left,4\n2025-02-02,03:05,left,5\n',
        cramp("2025-02-01T02:05", severity=4),
        cramp("2025-02-02T03:05", severity=5),
    ),
    case(
        SETS,
        "hevy.csv",
        '"title","start_time","end_time","exercise_title","set_index","reps"\n'
        '"Push","1 Feb 2025, 18:00","1 Feb 2025, 18:50","Bench",0,8\n'
        '"Push","1 Feb 2025, 18:00","1 Feb 2025, 18:50","Bench",1,8\n',
        workout("2025-02-01T18:00", minutes=50, kind="strength"),
    ),
    case(
        SETS,
        "strong.csv",
        "Date;Workout Name;Duration;Exercise Name;Set Order;Weight;Reps\n"
        "2025-02-01 18:00:00;Pull;45m;Row;1;40;8\n2025-02-01 18:00:00;Pull;45m;Row;2;40;8\n",
        workout("2025-02-01T18:00", minutes=45),
    ),
    asked(UNITS, "body.csv", "Date,Weight,Cramps\n2025-02-01,160,1\n2025-02-02,161,0\n", "unit"),
    asked(
        UNITS, "supplements.csv", "Date,Magnesium,Cramps\n2025-02-01,1,1\n2025-02-02,2,0\n", "unit"
    ),
    asked(UNITS, "coffee.csv", "Date,Kaffee,Krämpfe\n2025-02-01,2,1\n2025-02-02,3,0\n", "unit"),
    case(
        UNITS,
        "salt.csv",
        "Date,Salt (g),Cramps\n2025-02-01,5,1\n",
        reading("2025-02-01", "sodium_mg", 1967),
        cramp("2025-02-01"),
    ),
    case(
        ORDERS,
        "habits.csv",
        "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\n"
        "Leg cramp,,Body,2/14/2025,1,\nLeg cramp,,Body,2/15/2025,0,\n",
        cramp("2025-02-14"),
    ),
    case(
        ORDERS,
        "sleeps.csv",
        "Cycle start time,Cycle timezone,Wake onset,Asleep duration (min),Nap\n"
        "2/13/2025 11:10:00 PM,UTC+01:00,2/14/2025 6:40:00 AM,420,false\n",
        reading("2025-02-14", "sleep_h", 7.0),
    ),
    case(
        ZONES,
        "form.csv",
        "Timestamp,Which leg?\n2025/02/01 3:05:33 AM GMT+1,Left\n2025/02/02 11:05:00 PM GMT+1,Right\n",
        cramp("2025-02-01T03:05", side="left"),
        cramp("2025-02-02T23:05", side="right"),
    ),
    case(
        ZONES,
        "script.csv",
        "When,Leg\nSat Feb 01 2025 03:05:33 GMT+0100 (Central European Standard Time),Left\n"
        "2025-02-02T04:05:00+01:00[Europe/Berlin],Right\n",
        cramp("2025-02-01T03:05"),
        cramp("2025-02-02T04:05"),
    ),
    case(
        ZONES,
        "pages.csv",
        'Name,When,Leg\nCramp,"February 1, 2025 2:05 AM → 2:09 AM",Left\n',
        cramp("2025-02-01T02:05", minutes=4),
    ),
    case(
        SIGNS,
        "marks.csv",
        "Date,Time,Leg\n\u200e01/02/2025,\u200e02\u223605,left\n\u200e13/02/2025,03\uff1a10,right\n",
        cramp("2025-02-01T02:05"),
        cramp("2025-02-13T03:10"),
    ),
    case(
        SIGNS,
        "spaces.csv",
        "Date,Time,Leg\n2025-02-01,2:05\u202fAM,left\n2025-02-02,\u2068 11:05\u00a0PM\u2069,right\n",
        cramp("2025-02-01T02:05"),
        cramp("2025-02-02T23:05"),
    ),
    case(
        ROUGH,
        "zeiten.csv",
        "Datum,Uhrzeit,Bein\n2025-02-01,nachts,links\n2025-02-02,gegen 3 Uhr,links\n"
        "2025-02-03,24:00,links\n2025-02-04,2 Uhr 5,links\n2025-02-05,,links\n",
        cramp("2025-02-01", clock="night"),
        cramp("2025-02-02T03:00", clock="about"),
        cramp("2025-02-04T00:00", clock="exact"),
        cramp("2025-02-04T02:05", clock="exact"),
        cramp("2025-02-05", clock="unknown"),
    ),
    case(
        ROUGH,
        "times.csv",
        "Date,Time,Leg\n2025-02-01,around 4,left\n2025-02-02,1-2 am,left\n2025-02-03,midnight,left\n"
        "2025-02-04,evening,left\n2025-02-05,3 in the morning,left\n",
        cramp("2025-02-01T04:00", clock="about"),
        cramp("2025-02-02T01:30", clock="about"),
        cramp("2025-02-03T00:00"),
        cramp("2025-02-04", clock="evening"),
        cramp("2025-02-05T03:00"),
    ),
    case(
        NUMBERS,
        "rough.csv",
        "Date,Time,Duration,Pain\n2025-02-01,02:05,ca. 3 min,5-6\n2025-02-02,02:05,2m15,★★☆☆☆\n"
        "2025-02-03,02:05,½ min,60%\n",
        cramp("2025-02-01", minutes=3, severity=5.5),
        cramp("2025-02-02", minutes=2.25, severity=4),
        cramp("2025-02-03", minutes=0.5, severity=6),
    ),
    case(
        NUMBERS,
        "ungefähr.csv",
        "Datum;Uhrzeit;Dauer (min);Stärke\n01.02.2025;02:05;2-4;leicht-mittel\n"
        "13.02.2025;02:05;~5;8 von 10\n",
        cramp("2025-02-01", minutes=3, severity=4),
        cramp("2025-02-13", minutes=5, severity=8),
    ),
    case(
        GROUPS,
        "groups.csv",
        "Datum;Uhrzeit;Bein\n01.02.2025;02:05;links\n;04:30;rechts\n13.02.2025;23:40;links\n",
        cramp("2025-02-01T02:05"),
        cramp("2025-02-01T04:30"),
        cramp("2025-02-13T23:40"),
    ),
    case(
        GROUPS,
        "headed.csv",
        "Time,Leg\n01/02/2025,\n02:05,left\n04:30,right\n13/02/2025,\n23:40,left\n",
        cramp("2025-02-01T02:05"),
        cramp("2025-02-01T04:30"),
        cramp("2025-02-13T23:40"),
    ),
    case(
        GROUPS,
        "totals.csv",
        "Date,Time,Leg\n2025-02-01,02:05,left\n2025-02-02,03:05,right\nTotal,,2\n",
        cramp("2025-02-01T02:05"),
        cramp("2025-02-02T03:05"),
    ),
    case(
        SEVERAL,
        "several.csv",
        'Date,Time,Leg\n2025-02-01,"1:10; 3:40; 5:05",left\n2025-02-02,2:20,right\n',
        cramp("2025-02-01T01:10"),
        cramp("2025-02-01T03:40"),
        cramp("2025-02-01T05:05"),
        cramp("2025-02-02T02:20"),
    ),
    case(
        SEVERAL,
        "daily.csv",
        "Date,Cramps,Time,Water (ml)\n2025-02-01,2,1:10 and 3:40,1500\n2025-02-02,0,,1600\n",
        cramp("2025-02-01T01:10"),
        cramp("2025-02-01T03:40"),
        free("2025-02-02"),
        reading("2025-02-01", "hydration_ml", 1500),
        reading("2025-02-02", "hydration_ml", 1600),
    ),
    case(
        ACROSS,
        "across.csv",
        "What,2025-02-01,2025-02-02,2025-02-03\nCramps,1,0,2\nWater (ml),1500,1600,1400\n",
        cramp("2025-02-01"),
        cramp("2025-02-03"),
        cramp("2025-02-03"),
        free("2025-02-02"),
        reading("2025-02-01", "hydration_ml", 1500),
        reading("2025-02-02", "hydration_ml", 1600),
        reading("2025-02-03", "hydration_ml", 1400),
    ),
    case(
        ACROSS,
        "cramps 2025.csv",
        ","
        + ",".join(map(str, range(1, 32)))
        + "\nJanuary,x"
        + "," * 30
        + "\nFebruary,,x,x"
        + "," * 28,
        cramp("2025-01-01"),
        cramp("2025-02-02"),
        cramp("2025-02-03"),
    ),
    case(
        HEADS,
        "heads.csv",
        "When,,Cramp,,\nDate,Time,Side,Muscle,Pain\n01/02/2025,02:05,left,calf,7\n"
        "13/02/2025,03:05,right,foot,3\n",
        cramp("2025-02-01T02:05", side="left", muscle="calf", severity=7),
        cramp("2025-02-13T03:05", side="right", muscle="foot", severity=3),
    ),
    case(
        HEADS,
        "heads.xlsx",
        book(
            [
                ["Krampf", None, "Bein", None],
                ["Datum", "Uhrzeit", "Seite", "Stelle"],
                ["2025-02-01", "02:05", "links", "Wade"],
                ["2025-02-02", "03:05", "rechts", "Fuß"],
            ]
        ),
        cramp("2025-02-01T02:05", side="left", muscle="calf"),
        cramp("2025-02-02T03:05", side="right", muscle="foot"),
    ),
    case(
        PAGES,
        "clinic.xls",
        "<html><table><thead><tr><th>Date<th>Time<th>Leg</tr></thead><tr><td>2025-02-01<td>02:05"
        "<td>left</tr></table></html>",
        cramp("2025-02-01T02:05"),
    ),
    case(
        PAGES,
        "old.xls",
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>'
        "<Table><Row><Cell><Data>Date</Data></Cell><Cell><Data>Time</Data></Cell><Cell><Data>Leg"
        "</Data></Cell></Row><Row><Cell><Data>2025-02-01</Data></Cell><Cell><Data>02:05</Data></Cell>"
        "<Cell><Data>left</Data></Cell></Row></Table></Worksheet></Workbook>",
        cramp("2025-02-01T02:05"),
    ),
    case(
        HABITS,
        "habits.csv",
        "Habit,Date,Done\nLeg cramp,2025-02-01,Yes\nLeg cramp,2025-02-02,No\nMassage,2025-02-02,Yes\n"
        "Massage,2025-02-03,No\n",
        cramp("2025-02-01"),
        massage("2025-02-02"),
        free("2025-02-02"),
    ),
    case(
        HABITS,
        "tracker.csv",
        "Tracker;Datum;Wert;Notiz\nWadenkrampf;01.02.2025;1;\nWadenkrampf;13.02.2025;0;\n"
        "Faszienrolle;13.02.2025;1;\n",
        cramp("2025-02-01"),
        massage("2025-02-13", method="foam_roller"),
        free("2025-02-13"),
    ),
    case(
        LETTERS,
        "mac.csv",
        "Datum;Uhrzeit;Bein;Stärke;Notiz\n01.02.2025;02:05;links;4;Müde Füße\n".encode("mac_roman"),
        cramp("2025-02-01", severity=4, note="Müde Füße"),
    ),
    case(
        LETTERS,
        "cyrillic.csv",
        "Date;Time;Leg;Note\n01.02.2025;02:05;left;Болит икра ночью\n".encode("cp1251"),
        cramp("2025-02-01", note="Болит икра ночью"),
    ),
    case(
        MIXED,
        "year.csv",
        "Datum;Uhrzeit;Art;Dauer\n01.02.2025;02:05;Krampf;3 min\n01.02.2025;21:00;Schaumrolle;15 min\n"
        "13.02.2025;18:00;Lauf;45 min\n",
        cramp("2025-02-01T02:05", minutes=3),
        massage("2025-02-01T21:00", minutes=15, method="foam_roller"),
        workout("2025-02-13T18:00", minutes=45, kind="run"),
    ),
    case(
        MIXED,
        "log.csv",
        "Date,Time,Event,Where\n2025-02-01,02:05,Left calf cramp,\n2025-02-01,21:00,Massage,calf\n"
        "2025-02-02,03:05,Cramp,right foot\n",
        cramp("2025-02-01T02:05", side="left", muscle="calf"),
        massage("2025-02-01T21:00"),
        cramp("2025-02-02T03:05", side="right", muscle="foot"),
    ),
    asked(
        MIXED,
        "short.csv",
        "Date,Time,Type\n2025-02-01,02:05,cramp\n2025-02-01,21:00,FR\n2025-02-02,02:05,cramp\n"
        "2025-02-02,21:00,FR\n2025-02-03,21:00,massage\n",
        "words",
    ),
    case(
        OTHERS,
        "cramps.csv",
        "Date,Time,Leg,Remark\n2025-02-01,02:05,left,\n2025-02-01,21:00,,foam roller\n"
        "2025-02-02,02:05,left,\n2025-02-03,02:05,left,woke me\n",
        cramp("2025-02-01T02:05"),
        cramp("2025-02-02T02:05"),
        cramp("2025-02-03T02:05"),
    ),
    asked(
        OTHERS,
        "cramps.csv",
        "Date,Time,Leg,Art\n"
        + "".join(
            f"2025-02-{day:02},02:05,left,{'WK' if day % 2 else 'FR'}\n" for day in range(1, 9)
        ),
        "column",
    ),
    asked(
        FUTURE,
        "cramps.csv",
        "Date,Time,Leg\n2025-02-01,02:05,left\n2085-02-02,02:05,left\n",
        "dates",
    ),
    asked(
        FUTURE,
        "days.csv",
        "Date,Cramps,Water (ml)\n2025-02-01,1,1500\n2095-02-02,0,1500\n",
        "dates",
    ),
    case(
        HABITS,
        "Scores.csv",
        "Date,Leg cramp,Water (ml)\n2025-02-01,0.4512,1500\n2025-02-02,0.2512,1600\n",
        reading("2025-02-01", "hydration_ml", 1500),
        reading("2025-02-02", "hydration_ml", 1600),
    ),
    asked(TIMED, "gym.csv", "Date,Sport,Time\n2025-02-01,Run,0:45\n2025-02-02,Ride,1:30\n", "unit"),
    case(
        LENGTH,
        "plan.csv",
        "Date,Sport,Planned minutes,Actual minutes\n2025-02-01,Run,60,45\n2025-02-02,Ride,90,80\n"
        "2025-02-03,Run,30,\n",
        workout("2025-02-01", minutes=45),
        workout("2025-02-02", minutes=80),
    ),
    case(
        ACROSS,
        "year.csv",
        "2025,Jan,Feb,Mar\n1,x,,\n2,,x,x\n3,,,2\n",
        cramp("2025-01-01"),
        cramp("2025-02-02"),
        cramp("2025-03-02"),
        cramp("2025-03-03"),
        cramp("2025-03-03"),
    ),
    case(
        PARTS,
        "beds.csv",
        "Bedtime,Wake time,Cramps\n2025-02-01 23:00,2025-02-02 07:00,1\n",
        reading("2025-02-02", "sleep_h", 8),
        cramp("2025-02-02", clock="unknown"),
    ),
    case(
        SIDES,
        "tage.csv",
        "Date,Cramp?,Where,Massage?\n2025-02-01,yes,left calf,no\n2025-02-02,no,,yes\n",
        cramp("2025-02-01", side="left", muscle="calf"),
        free("2025-02-02"),
        massage("2025-02-02"),
    ),
    case(
        NUMBERS,
        "durée.csv",
        "Date;Heure;Jambe;Durée\n2025-02-01;la nuit;gauche;1 min 30\n",
        cramp("2025-02-01", minutes=1.5, clock="night"),
    ),
    case(
        DATED,
        "pain.xlsx",
        book(
            [
                ["Date", "Time", "Leg", "Pain"],
                ["2025-02-01", "3:05", "left", date(2025, 7, 10)],
                ["2025-02-02", "3:05", "left", 4],
            ]
        ),
        cramp("2025-02-01", severity=7),
        cramp("2025-02-02", severity=4),
    ),
)
