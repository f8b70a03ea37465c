"""Zepp, Amazfit and Mi Fitness: nights, daily steps, sports and weights.

Phases of sleep are minutes, though one column is called ``wakeTime``; instants are UTC.
"""

from __future__ import annotations

from legcare.importers.cells.instants import iso_day, iso_parts, local
from legcare.importers.cells.numbers import number
from legcare.importers.columns import Row
from legcare.importers.harvest import Harvest
from legcare.importers.programs.rows import RowFormat
from legcare.importers.registry import Asked

LABEL = "Zepp"
_SPORTS = {"1": "running", "6": "walking", "8": "treadmill", "9": "cycling", "10": "indoor cycling"}


def _night(found: Harvest, row: Row, asked: Asked) -> None:
    phases = ("deepsleeptime", "shallowsleeptime", "remtime")
    minutes = sum(number(row(phase)) or 0 for phase in phases)
    found.value("sleep_h", iso_day(row("date")), minutes / 60 or None)


def _activity(found: Harvest, row: Row, asked: Asked) -> None:
    found.value("steps", iso_day(row("date")), number(row("steps")))


def _sport(found: Harvest, row: Row, asked: Asked) -> None:
    at = found.iso(row("starttime"), asked.zone)
    seconds, metres = number(row("sporttime(s)")), number(row("distance(m)")) or 0
    found.workout(
        local(at, asked.zone),
        None if seconds is None else seconds / 60,
        _SPORTS.get(row("type"), f"Zepp sport {row('type')}"),
        km=metres / 1000 if metres > 0 else None,
    )


def _weight(found: Harvest, row: Row, asked: Asked) -> None:
    day = local(iso_parts(row("time")), asked.zone).date()
    found.value("weight_kg", day, number(row("weight")) or None)


FORMATS = tuple(
    RowFormat(key, LABEL, columns, told, said).format
    for key, columns, told, said in (
        ("zepp", ("date", "deepsleeptime", "shallowsleeptime", "waketime"), _night, "SLEEP"),
        ("zepp_activity", ("date", "steps", "rundistance"), _activity, "ACTIVITY"),
        ("zepp_sport", ("type", "starttime", "sporttime(s)"), _sport, "SPORT"),
        ("zepp_body", ("time", "weight", "bodywaterrate"), _weight, "BODY"),
    )
)
