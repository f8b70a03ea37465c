"""Backups of habit and mood diaries: Loop's database and Daylio's packed file."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import UTC, timedelta, timezone
from typing import Any

from legcare.errors import BadFile
from legcare.importers.cells.instants import from_millis
from legcare.importers.harvest import Harvest
from legcare.importers.jsontext import MOST_BYTES
from legcare.importers.package import unzipped
from legcare.importers.programs.loop import Mark, tell_mark
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.importers.sqlitefile import MAGIC, opened, rows, tables
from legcare.records import fixed

_LOOP = {1: "YES_AUTO", 2: "YES_MANUAL", 3: "SKIP", 0: "NO", -1: "UNKNOWN"}
INSIDE = "backup.daylio"


def recognise_loop(peek: Peek) -> str | None:
    """By a SQLite header and the names of its tables."""
    if peek.head.startswith(MAGIC) and b"Repetitions" in peek.head and b"Habits" in peek.head:
        return "It is a SQLite database with Loop's tables of habits and repetitions."
    return None


def extract_loop(source: Source, asked: Asked) -> Extract:
    """Every repetition of every habit, as its checkmarks would tell it."""
    found = Harvest(source.name, "loop_backup", "Loop Habit Tracker")
    with opened(source) as database:
        if not {"Habits", "Repetitions"} <= tables(database):
            raise BadFile(f"{source.name} is a database without Loop's tables.")
        habits = {row.get("id"): row for row in rows(database, "Habits")}
        for row in rows(database, "Repetitions"):
            with found.row(None, str(row.get("timestamp"))):
                _repetition(found, habits.get(row.get("habit"), {}), row, asked)
    return found.extract()


def _repetition(
    found: Harvest, habit: Mapping[str, object], row: Mapping[str, object], asked: Asked
) -> None:
    day = from_millis(float(str(row["timestamp"])), asked.zone)
    value = int(str(row.get("value", 2)))
    measured = str(habit.get("type", "0")) == "1"
    told = str(value) if measured else _LOOP.get(value, "UNKNOWN")
    mark = Mark(
        str(habit.get("name", "")),
        str(habit.get("unit") or ""),
        f"{day.astimezone(UTC):%Y-%m-%d}",
        told,
        str(row.get("notes") or ""),
    )
    tell_mark(found, mark, asked)


def recognise_daylio(peek: Peek) -> str | None:
    """By the one file that a backup holds."""
    return f"The zip holds {INSIDE}, as Daylio backs up." if INSIDE in peek.members else None


def extract_daylio(source: Source, asked: Asked) -> Extract:
    """Activities that are cramps or massages, at the minute of their entry."""
    found = Harvest(source.name, "daylio_backup", "Daylio")
    inside = next(one for one in unzipped(source).members if one.name.endswith(INSIDE))
    try:
        data: Any = json.loads(base64.b64decode(inside.whole(MOST_BYTES), validate=False))
        entries, tags = data["dayEntries"], {tag["id"]: tag["name"] for tag in data["tags"]}
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise BadFile(
            f"{source.name} is a Daylio backup that cannot be read: make a new one."
        ) from error
    for entry in entries if isinstance(entries, list) else ():
        with found.row(None, str(entry.get("datetime", ""))):
            at = from_millis(float(entry["datetime"]), asked.zone)
            offset = timedelta(milliseconds=int(entry.get("timeZoneOffset", 0)))
            if "timeZoneOffset" in entry and abs(offset) <= timedelta(hours=14):
                at = fixed(at.astimezone(timezone(offset)))
            for tag in entry.get("tags") or ():
                note = str(entry.get("note") or "")
                found.event(str(tags.get(tag, "")), at, asked.words, note=note)
    return found.extract()


FORMATS = (
    Format("loop_backup", "Loop backup", recognise_loop, extract_loop),
    Format("daylio_backup", "Daylio backup", recognise_daylio, extract_daylio, package=True),
)
