"""Training platforms: intervals.icu and TrainingPeaks. What was planned is not what was done."""

from __future__ import annotations

from legcare.importers.cells.instants import iso_parts
from legcare.importers.cells.numbers import number
from legcare.importers.columns import Row
from legcare.importers.harvest import Harvest
from legcare.importers.programs.rows import RowFormat, naive
from legcare.importers.registry import Asked
from legcare.records import Clock

PLANNED = "Rows that were planned and not done are left out."


def _interval(found: Harvest, row: Row, asked: Asked) -> None:
    seconds = number(row("moving_time")) or number(row("elapsed_time"))
    metres = number(row("distance")) or 0
    found.workout(
        found.wall(iso_parts(row("start_date_local")).replace(tzinfo=None), asked.zone),
        None if seconds is None else seconds / 60,
        row("type"),
        note=row("name"),
        km=metres / 1000 if metres > 0 else None,
    )


def _peak(found: Harvest, row: Row, asked: Asked) -> None:
    hours = number(row("timetotalinhours")) or 0
    if hours <= 0:
        found.note(PLANNED)
        return
    metres, effort = number(row("distanceinmeters")) or 0, number(row("rpe"))
    found.workout(
        found.sometime(naive(row("workoutday"), asked).date(), asked.zone),
        hours * 60,
        row("workouttype"),
        effort=effort if effort and effort <= 10 else None,
        note=row("title"),
        clock=Clock.UNKNOWN,
        km=metres / 1000 if metres > 0 else None,
    )


FORMATS = (
    RowFormat(
        "intervals", "intervals.icu", ("start_date_local", "moving_time", "type"), _interval
    ).format,
    RowFormat(
        "trainingpeaks",
        "TrainingPeaks",
        ("workoutday", "timetotalinhours", "workouttype"),
        _peak,
        "workouts",
        "workoutday",
    ).format,
)
