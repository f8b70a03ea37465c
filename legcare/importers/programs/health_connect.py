"""Google Health Connect: the SQLite database of its export, alone or zipped.

Instants are milliseconds in UTC with the offset in seconds beside them. Several apps write the same
steps, so each app's package is a source of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from legcare.errors import BadFile
from legcare.importers.cells.instants import from_millis
from legcare.importers.daily import Span, sleep_per_day
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.importers.sqlitefile import MAGIC, opened, rows, tables
from legcare.records import fixed

KEY, LABEL = "health_connect", "Health Connect"
Fields = Mapping[str, object]
_SUMS = {
    "steps_record_table": (("count", "steps", 1.0),),
    "nutrition_record_table": (
        ("magnesium", "magnesium_mg", 1000.0),
        ("potassium", "potassium_mg", 1000.0),
        ("sodium", "sodium_mg", 1000.0),
        ("caffeine", "caffeine_mg", 1000.0),
    ),
    "weight_record_table": (("weight", "weight_kg", 0.001),),
    "resting_heart_rate_record_table": (("beats_per_minute", "resting_hr", 1.0),),
}
_AWAKE = (1, 3, 7)
# The codes of the platform's own ExerciseSessionType, which the database holds; the numbers of the
# Jetpack library for programmers differ.
_EXERCISE = {
    "4": "biking",
    "5": "biking",
    "8": "calisthenics",
    "21": "hiking",
    "33": "running",
    "34": "running",
    "37": "skating",
    "45": "strength",
    "46": "stretching",
    "48": "swimming",
    "49": "swimming",
    "53": "walking",
    "55": "weightlifting",
    "57": "yoga",
}
LITRES_BELOW = 20


def recognise(peek: Peek) -> str | None:
    """By a SQLite header and the names of its record tables."""
    if peek.head.startswith(MAGIC) and b"_record_table" in peek.head:
        return "It is a SQLite database with Health Connect's record tables."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """Drinks, steps, nutrients, nights, workouts, weight and resting heart rate."""
    found = Harvest(source.name, KEY, LABEL)
    with opened(source) as database:
        there = tables(database)
        if not any(name.endswith("_record_table") for name in there):
            raise BadFile(
                f"{source.name} is a SQLite database, but without Health Connect's tables."
            )
        read = {name: list(rows(database, name)) for name in _TABLES if name in there}
        apps = {
            row.get("row_id"): str(row.get("package_name", ""))
            for row in read.get("application_info_table", ())
        }
        for name, columns in _SUMS.items():
            for row in rows(database, name) if name in there else ():
                with found.row(None, name):
                    _sums(found, row, columns, apps, asked)
    _drinks(found, read.get("hydration_record_table", ()), apps, asked)
    _nights(found, read, apps, asked)
    for row in read.get("exercise_session_record_table", ()):
        with found.row(None, "exercise"):
            _workout(found, row, asked)
    return found.extract()


_TABLES = (
    "application_info_table",
    "hydration_record_table",
    "sleep_session_record_table",
    "sleep_stages_table",
    "exercise_session_record_table",
)


def _source(row: Fields, apps: Mapping[object, str]) -> str:
    app = apps.get(row.get("app_info_id"), "")
    return f"{LABEL}: {app}" if app else LABEL


def _at(row: Fields, name: str, asked: Asked) -> datetime:
    moment = from_millis(float(str(row[name])), asked.zone)
    zone = row.get("zone_offset" if name == "time" else name.replace("time", "zone_offset"))
    if isinstance(zone, int) and abs(zone) <= 14 * 3600 and zone % 60 == 0:
        return fixed(moment.astimezone(timezone(timedelta(seconds=zone))))
    return moment


def _start(row: Fields, asked: Asked) -> datetime:
    return _at(row, "start_time" if row.get("start_time") is not None else "time", asked)


def _sums(
    found: Harvest,
    row: Fields,
    columns: tuple[tuple[str, str, float], ...],
    apps: Mapping[object, str],
    asked: Asked,
) -> None:
    for column, factor, per in columns:
        if row.get(column) is not None and (value := float(str(row[column]))) != 0:
            found.value(factor, _start(row, asked).date(), value * per, _source(row, apps))


def _drinks(found: Harvest, drinks: object, apps: Mapping[object, str], asked: Asked) -> None:
    """Android writes litres.

    A day's sum of 20 or more can only be millilitres, which some apps write.
    """
    volumes: dict[tuple[str, date], float] = defaultdict(float)
    for row in drinks if isinstance(drinks, list) else ():
        with found.row(None, "drink"):
            volumes[_source(row, apps), _start(row, asked).date()] += float(str(row["volume"]))
    for (source, day), volume in volumes.items():
        found.value("hydration_ml", day, volume * 1000 if volume < LITRES_BELOW else volume, source)


def _nights(
    found: Harvest, read: Mapping[str, list[Fields]], apps: Mapping[object, str], asked: Asked
) -> None:
    stages: dict[object, list[Fields]] = defaultdict(list)
    for stage in read.get("sleep_stages_table", ()):
        stages[stage.get("parent_key")].append(stage)
    spans: dict[str, list[Span]] = defaultdict(list)
    for night in read.get("sleep_session_record_table", ()):
        with found.row(None, "sleep"):
            spans[_source(night, apps)] += _asleep(
                night, stages.get(night.get("row_id"), []), asked
            )
    for source, asleep in spans.items():
        for day, hours in sleep_per_day(asleep).items():
            found.value("sleep_h", day, hours, source)


def _asleep(night: Fields, stages: list[Fields], asked: Asked) -> list[Span]:
    """The stages that are sleep; a night without stages counts whole."""
    if not stages:
        return [(_start(night, asked), _at(night, "end_time", asked))]
    spans: list[Span] = []
    for stage in stages:
        if stage.get("stage_type") not in _AWAKE:
            start, end = (
                from_millis(float(str(stage[name])), asked.zone)
                for name in ("stage_start_time", "stage_end_time")
            )
            spans.append((start, end))
    return spans


def _workout(found: Harvest, row: Fields, asked: Asked) -> None:
    start, end = _start(row, asked), _at(row, "end_time", asked)
    code = str(row.get("exercise_type", ""))
    word = _EXERCISE.get(code, f"Health Connect exercise {code}")
    found.workout(start, (end - start).total_seconds() / 60, word, note=str(row.get("title") or ""))


FORMATS = (Format(KEY, LABEL, recognise, extract),)
