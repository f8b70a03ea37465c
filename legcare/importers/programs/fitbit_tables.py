"""Fitbit's tables: Takeout's since 2024, and the website's export with one section under another.

Takeout prints instants in UTC, with the offset beside nights and exercises; the website local time.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from legcare.importers.cells.instants import iso_parts, printed_time
from legcare.importers.cells.numbers import number
from legcare.importers.columns import Row, places_of, plain_name
from legcare.importers.harvest import Harvest
from legcare.importers.programs.rows import at_offset
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source

LABEL = "Fitbit"
_TABLES = {
    "steps": (("timestamp", "steps"), "steps by the minute"),
    "pulse": (("timestamp", "beats per minute"), "daily resting heart rates"),
    "weight": (("timestamp", "weight grams"), "weights"),
    "sleep": (("sleep_id", "minutes_asleep", "sleep_end"), "nights"),
    "exercise": (("exercise_id", "exercise_start", "exercise_end"), "exercises"),
    "night": (("start time", "end time", "minutes asleep", "time in bed"), "the website's nights"),
    "day": (("date", "steps", "minutes sedentary"), "the website's daily activity"),
    "body": (("date", "weight", "bmi", "fat"), "the website's weights"),
}
NO_UNIT = "The file does not say whether its weights are kilograms or pounds: they are not kept."
Sums = dict[tuple[str, date], float]


def _kind(cells: list[str] | tuple[str, ...]) -> str:
    names = {plain_name(cell) for cell in cells}
    return next((kind for kind, (columns, _) in _TABLES.items() if set(columns) <= names), "")


def recognise(peek: Peek) -> str | None:
    """By the columns of Takeout's and the website's tables, perhaps under a section's title."""
    for row in peek.rows[:2]:
        kind = _kind(row)
        if kind and not (kind == "pulse" and not _daily(peek)) and len(row) < 60:
            return f"Its columns are those of {_TABLES[kind][1]} in a Fitbit export."
    return None


def _daily(peek: Peek) -> bool:
    """Whether heart rates are those of days: Takeout's minute values have the same columns."""
    return all(row[0].endswith("T00:00:00Z") for row in peek.rows[1:] if row)


def extract(source: Source, asked: Asked) -> Extract:
    """Steps, nights, exercises, weights and heart rates, whichever the file holds."""
    found = Harvest(source.name, "fitbit", LABEL)
    found.continued = True
    sums: Sums = defaultdict(float)
    kind, places = "", places_of(())
    for line, cells in source.rows():
        if fresh := _kind(cells):
            kind, places = fresh, places_of(cells)
        elif sum(bool(cell.strip()) for cell in cells) == 1:
            kind = ""
        elif kind:
            with found.row(line, cells[0]):
                _tell(found, kind, Row(line, cells, places), asked, sums)
    for (named, day), total in sums.items():
        found.value("steps", day, total, named)
    return found.extract()


def _tell(found: Harvest, kind: str, row: Row, asked: Asked, sums: Sums) -> None:
    if kind == "exercise":
        _exercise(found, row)
    elif kind == "sleep":
        ended = at_offset(iso_parts(row("sleep_end")), row("end_utc_offset"))
        found.value("sleep_h", ended.date(), (number(row("minutes_asleep")) or 0) / 60)
    elif kind == "night":
        minutes = number(row("minutes asleep"))
        asleep = None if minutes is None else minutes / 60
        found.value("sleep_h", printed_time(row("end time")).date(), asleep)
    elif kind == "day":
        found.value("steps", printed_time(row("date")).date(), number(row("steps")))
    elif kind == "body":
        found.note(NO_UNIT)
    else:
        at = found.iso(row("timestamp"), asked.zone)
        _measure(found, kind, row, at.astimezone(asked.zone).date(), sums)


def _measure(found: Harvest, kind: str, row: Row, day: date, sums: Sums) -> None:
    device = row("data source")
    named = f"{LABEL}: {device}" if device else LABEL
    if kind == "steps":
        sums[named, day] += number(row("steps")) or 0
    elif kind == "weight":
        grams = number(row("weight grams"))
        found.value("weight_kg", day, None if grams is None else grams / 1000, named)
    else:
        day = iso_parts(row("timestamp")).date()
        found.value("resting_hr", day, number(row("beats per minute")) or None, named)


def _exercise(found: Harvest, row: Row) -> None:
    begun, ended = (iso_parts(row(f"exercise_{end}")) for end in ("start", "end"))
    millimetres = number(row("tracker_total_distance_mm")) or 0
    found.workout(
        at_offset(begun, row("utc_offset")),
        (ended - begun).total_seconds() / 60,
        row("activity_name"),
        km=millimetres / 1e6,
    )


FORMATS = (Format("fitbit_csv", "Fitbit tables", recognise, extract),)
