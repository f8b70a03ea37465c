"""Oura: the tables of its account export, and the older one of all daily trends.

Durations are seconds. Scores run to 100 and are nobody's hours: they are not read.
"""

from __future__ import annotations

from legcare.importers.cells.instants import iso_day
from legcare.importers.cells.numbers import number
from legcare.importers.columns import Row
from legcare.importers.harvest import Harvest
from legcare.importers.programs.rows import RowFormat
from legcare.importers.registry import Asked

LABEL = "Oura"


def _night(found: Harvest, row: Row, asked: Asked) -> None:
    seconds = number(row("total_sleep_duration"))
    if row("type") != "deleted" and seconds:
        found.value("sleep_h", iso_day(row("day")), seconds / 3600)


def _activity(found: Harvest, row: Row, asked: Asked) -> None:
    found.value("steps", iso_day(row("day")), number(row("steps")))


def _trend(found: Harvest, row: Row, asked: Asked) -> None:
    day = iso_day(row("date"))
    seconds = number(row("total sleep duration") or row("total sleep time"))
    found.value("sleep_h", day, seconds / 3600 if seconds else None)
    found.value("steps", day, number(row("steps")))
    found.value("resting_hr", day, number(row("average resting heart rate")) or None)


FORMATS = tuple(
    RowFormat(key, LABEL, columns, told, said).format
    for key, columns, told, said in (
        ("oura", ("day", "bedtime_end", "total_sleep_duration"), _night, "nights"),
        ("oura_activity", ("day", "steps", "active_calories"), _activity, "daily activity"),
        (
            "oura_trends",
            ("date", "total sleep duration", "rem sleep duration", "sleep score"),
            _trend,
            "daily trends",
        ),
    )
)
