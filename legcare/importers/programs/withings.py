"""Withings' data export: nights of mats and watches, weights, activities."""

from __future__ import annotations

from legcare.importers.cells.instants import iso_parts
from legcare.importers.cells.numbers import number
from legcare.importers.columns import Row
from legcare.importers.harvest import Harvest
from legcare.importers.programs.rows import RowFormat, naive
from legcare.importers.registry import Asked

LABEL = "Withings"


def _night(found: Harvest, row: Row, asked: Asked) -> None:
    """Hours asleep are the phases of sleep, without the time awake in bed."""
    ended = iso_parts(row("to"))
    seconds = [number(row(f"{phase} (s)")) for phase in ("light", "deep", "rem")]
    if any(seconds):
        day = (ended if ended.tzinfo is None else ended.astimezone(asked.zone)).date()
        found.value("sleep_h", day, sum(part or 0 for part in seconds) / 3600)


def _weight(found: Harvest, row: Row, asked: Asked) -> None:
    found.value("weight_kg", naive(row("date"), asked).date(), number(row("weight (kg)")))


def _activity(found: Harvest, row: Row, asked: Asked) -> None:
    begun, ended = found.iso(row("from"), asked.zone), found.iso(row("to"), asked.zone)
    minutes = (ended - begun).total_seconds() / 60
    found.workout(begun.astimezone(asked.zone), minutes, row("activity type"))


FORMATS = tuple(
    RowFormat(key, LABEL, columns, told, said, dated).format
    for key, columns, told, said, dated in (
        ("withings", ("from", "to", "light (s)", "deep (s)"), _night, "sleep.csv", ""),
        (
            "withings_weight",
            ("date", "weight (kg)", "fat mass (kg)"),
            _weight,
            "weight.csv",
            "date",
        ),
        ("withings_activity", ("from", "to", "activity type"), _activity, "activities.csv", ""),
    )
)
