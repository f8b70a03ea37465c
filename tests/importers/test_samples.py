"""Whole files of each program's shape, against counts and sums made by another route.

tests/samples/README.md says how the files came about.
"""

from __future__ import annotations

import csv
import json
import re
import xml.sax
from collections import Counter
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import fitdecode
import pytest

from legcare.errors import BadFile
from legcare.importers import Import, read
from legcare.records import Reading, Workout

SAMPLES = Path(__file__).parents[1] / "samples"
UTC_ZONE = ZoneInfo("UTC")


def opened(name: str, zone: ZoneInfo = UTC_ZONE) -> Import:
    with (SAMPLES / name).open("rb") as stream:
        return read(Path(name).name, stream, zone=zone)


def total(found: Import, factor: str) -> float:
    return sum(r.value for r in found.records if isinstance(r, Reading) and r.factor == factor)


def minutes(found: Import) -> list[float]:
    return sorted(round(r.minutes or 0, 2) for r in found.records if isinstance(r, Workout))


class Apple(xml.sax.ContentHandler):
    """Counts with the standard library's parser.

    Workouts, asleep hours, resting heart rates, rings.
    """

    def __init__(self) -> None:
        super().__init__()
        self.workouts: list[float] = []
        self.asleep = 0.0
        self.resting: list[float] = []
        self.stood: list[float] = []

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the parser's own name
        def at(key: str) -> datetime:
            return datetime.strptime(attrs[key], "%Y-%m-%d %H:%M:%S %z")

        if name == "Workout":
            between = (at("endDate") - at("startDate")).total_seconds() / 60
            self.workouts.append(round(float(attrs.get("duration", between)), 2))
        elif (
            name == "Record"
            and attrs["type"].endswith("SleepAnalysis")
            and "Asleep" in attrs["value"]
        ):
            self.asleep += (at("endDate") - at("startDate")).total_seconds() / 3600
        elif name == "Record" and attrs["type"].endswith("RestingHeartRate"):
            self.resting.append(float(attrs["value"]))
        elif name == "ActivitySummary" and float(attrs["appleStandHours"]) > 0:
            self.stood.append(float(attrs["appleStandHours"]))


APPLE = [
    "watch.xml",
    "watch.zip",
    "routes.xml",
    "routes.zip",
    "scale.xml",
    "small.xml",
]


@pytest.mark.parametrize("name", APPLE)
def test_apple_health_as_the_standard_librarys_parser_reads_it(name: str) -> None:
    path = SAMPLES / "apple_health" / name
    data = path.read_bytes()
    if name.endswith(".zip"):
        with ZipFile(path) as archive:
            data = archive.read(
                next(n for n in archive.namelist() if re.fullmatch(r"(?!__MACOSX).*export\.xml", n))
            )
    counted = Apple()
    xml.sax.parseString(data, counted)
    found = opened(f"apple_health/{name}")
    slept = sum(
        r.value
        for r in found.records
        if isinstance(r, Reading) and r.factor == "sleep_h" and "in bed" not in r.source
    )
    assert minutes(found) == sorted(counted.workouts)
    assert slept == pytest.approx(counted.asleep, abs=1e-5)
    assert total(found, "resting_hr") == sum(counted.resting)
    assert total(found, "standing_h") == sum(counted.stood)
    assert not [problem for problem in found.problems if not problem.kept]


@pytest.mark.parametrize(
    "name",
    [
        "activities_94_columns.csv",
        "activities_tags_in_header.csv",
    ],
)
def test_strava_against_plain_columns(name: str) -> None:
    rows = list(csv.reader(StringIO((SAMPLES / "strava" / name).read_text())))[1:]
    found = opened(f"strava/{name}")
    once = {(row[1], row[3]): row for row in reversed(rows)}.values()
    assert minutes(found) == sorted(round(float(row[16] or row[15]) / 60, 2) for row in once)
    assert len(found.problems) == len(rows) - len(once)
    wanted = {
        datetime.strptime(row[1], "%b %d, %Y, %I:%M:%S %p").replace(tzinfo=UTC) for row in rows
    }
    assert {r.at.astimezone(UTC) for r in found.records if isinstance(r, Workout)} == wanted


def test_a_german_strava_header_is_known_by_its_places() -> None:
    names = json.loads((SAMPLES / "strava/german_header.json").read_text())
    lines = (SAMPLES / "strava/activities_94_columns.csv").read_text().split("\n", 1)
    german = (
        {english: name for name, english in names.items()}
        if "Activity ID" in names.values()
        else names
    )
    header = ",".join(f'"{german.get(cell, cell)}"' for cell in next(csv.reader([lines[0]])))
    text = f"{header}\n{lines[1]}".replace("May 29, 2022, 3:53:35 PM", "29.05.2022, 15:53:35")
    from io import BytesIO

    found = read("x.csv", BytesIO(text.encode()), zone=UTC_ZONE)
    assert "Activity ID" not in header
    assert found.summary.format == "strava"
    assert [r.at for r in found.records] == [datetime(2022, 5, 29, 15, 53, 35, tzinfo=UTC)]  # type: ignore[union-attr]
    assert minutes(found) == [pytest.approx(1411 / 60, abs=0.01)]


FIT = sorted((SAMPLES / "fit").glob("**/*.fit"))


@pytest.mark.parametrize("path", FIT, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore:mismatching CRC")
def test_fit_sessions_one_by_one(path: Path) -> None:
    seconds: list[float] = []
    weights: list[float] = []
    with path.open("rb") as stream:
        data = stream.read()
    try:
        for frame in fitdecode.FitReader(data):
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "session":
                seconds.append(frame.get_value("total_timer_time"))
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "weight_scale":
                weights.append(frame.get_value("weight"))
    except fitdecode.FitError:
        pass  # the damaged files: what stood before the damage counts
    found = opened(str(path.relative_to(SAMPLES)))
    assert minutes(found) == sorted(round(each / 60, 2) for each in seconds)
    assert total(found, "weight_kg") == pytest.approx(
        weights[-1] if weights else 0
    )  # the day's last one
    if not seconds and not weights:
        assert "no workout in this file" in str(found.problems[0])


def test_a_packed_fit_file_of_strava() -> None:
    found = opened("strava/activities/1.fit.gz")
    assert [r.at.astimezone(UTC) for r in found.records] == [  # type: ignore[union-attr]
        datetime(2022, 5, 29, 15, 53, 35, tzinfo=UTC)
    ]


def test_garmin_account_export() -> None:
    path = "garmin/summarizedActivities.json"
    each = json.loads((SAMPLES / path).read_text())[0]["summarizedActivitiesExport"]
    found = opened(path)
    assert minutes(found) == [round(item["movingDuration"] / 60_000, 2) for item in each]
    assert [r.at.replace(tzinfo=None).isoformat() for r in found.records] == [  # type: ignore[union-attr]
        item["startTimeLocal"] for item in each
    ]


def test_fitbit_resting_heart_rate() -> None:
    path = "fitbit/resting_heart_rate-2026-03-01.json"
    wanted = [item["value"]["value"] for item in json.loads((SAMPLES / path).read_text())]
    assert total(opened(path), "resting_hr") == pytest.approx(sum(wanted), abs=1e-5)


def test_samsung_tables() -> None:
    folder = "samsung_health/com.samsung.health."
    steps = csv.DictReader(StringIO((SAMPLES / f"{folder}step_count.csv").read_text()))
    assert (
        total(opened(f"{folder}step_count.csv"), "steps")
        == sum(float(row["count"]) for row in steps)
        == 5000
    )
    assert total(opened(f"{folder}sleep.csv"), "sleep_h") == 7
    assert minutes(opened(f"{folder}exercise.csv")) == [32.0]


@pytest.mark.parametrize(
    "name",
    [
        "twelve_hours.csv",
        "own_moods.csv",
        "many_a_day.csv",
    ],
)
def test_daylio_without_cramps_gives_its_own_words_instead(name: str) -> None:
    path = SAMPLES / "daylio" / name
    words = Counter(
        " ".join(part.split())
        for row in csv.DictReader(StringIO(path.read_text()))
        for part in row["activities"].split("|")
        if part.strip()
    )
    assert not any("cramp" in word or "massage" in word for word in words)
    found = opened(f"daylio/{name}")
    assert (found.records, found.problems) == ((), ())
    assert "own words" in found.summary.notes[-1]
    word = words.most_common(1)[0]
    with path.open("rb") as stream:
        told = read("x", stream, zone=UTC_ZONE, words={word[0]: "massage"})
    rows = [
        row
        for row in csv.DictReader(StringIO(path.read_text()))
        if word[0] in [" ".join(p.split()) for p in row["activities"].split("|")]
    ]
    assert len(told.records) == len(rows) == word[1]


def test_nomie_has_nothing_for_a_log() -> None:
    found = opened("nomie/tags.csv")
    assert found.records == ()
    with pytest.raises(BadFile, match="of no kind that legcare knows"):
        opened("nomie/template.json")


@pytest.mark.parametrize("name", ["sleep-export-3.zip", "sleep-export-later.zip"])
def test_sleep_as_android_hours(name: str) -> None:
    with ZipFile(SAMPLES / "sleep_apps" / name) as archive:
        rows = csv.reader(StringIO(archive.read("sleep-export.csv").decode()))
        wanted = sum(float(row[5]) for row in rows if row and row[0].isdigit())
    assert total(opened(f"sleep_apps/{name}"), "sleep_h") == pytest.approx(wanted, abs=1e-6)


def test_sleepmeter_nights_less_their_holes() -> None:
    found = opened("sleep_apps/sleepmeter.csv")
    hours = {str(r.day): r.value for r in found.records if isinstance(r, Reading)}
    # by hand: 23:00 to 07:00 less minute 59 to 60; 00:55 to 07:00 less minutes 5 to 75;
    # 02:07 to 14:11 less minutes 265 to 460 and 495 to 690, a night that stands in the file twice
    assert hours["2099-11-25"] == pytest.approx(8 - 1 / 60, abs=1e-5)
    assert hours["2099-11-24"] == pytest.approx(6 + 5 / 60 - 70 / 60, abs=1e-5)
    assert hours["2020-11-25"] == pytest.approx((724 - 195 - 195) / 60, abs=1e-5)


def test_plees_entries_of_seconds_are_slips() -> None:
    found = opened("sleep_apps/plees.csv")
    assert found.records == ()
    assert [problem.row for problem in found.problems] == [2, 3, 4]
