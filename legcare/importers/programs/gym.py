"""Gym logs with a row for each set: Strong and Hevy. The rows of one visit are one workout."""

from __future__ import annotations

from datetime import datetime

from legcare.importers.cells.numbers import Scale, number_in
from legcare.importers.cells.words import workout_kind
from legcare.importers.columns import Row, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.programs.rows import naive
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import WorkoutKind

_STRONG = ("date", "workout name", "exercise name", "set order")
_HEVY = ("title", "start_time", "end_time", "exercise_title", "set_index")


def recognise_strong(peek: Peek) -> str | None:
    """By the set's order beside the names of workout and exercise."""
    return "Its rows are the sets of Strong's workouts." if peek.has(*_STRONG) else None


def recognise_hevy(peek: Peek) -> str | None:
    """By the set's number beside the names of workout and exercise."""
    return "Its rows are the sets of Hevy's workouts." if peek.has(*_HEVY) else None


def extract_strong(source: Source, asked: Asked) -> Extract:
    """One workout for all rows of the same time and name."""
    return _visits(Harvest(source.name, "strong", "Strong"), source, asked, "date", "workout name")


def extract_hevy(source: Source, asked: Asked) -> Extract:
    """One workout for all rows of the same start and title."""
    return _visits(Harvest(source.name, "hevy", "Hevy"), source, asked, "start_time", "title")


def _visits(found: Harvest, source: Source, asked: Asked, when: str, name: str) -> Extract:
    order = found.order((row(when) for row in rows_of(source)), asked)
    asked = Asked(asked.zone, asked.words, order)
    visits: dict[tuple[str, str], list[Row]] = {}
    for row in rows_of(source):
        visits.setdefault((row(when), row(name)), []).append(row)
    for (started, title), rows in visits.items():
        with found.row(rows[0].line, started):
            at = naive(started, asked)
            kind = _kind([row("exercise name") or row("exercise_title") for row in rows])
            found.workout(
                found.wall(at, asked.zone),
                _minutes(rows, at, asked),
                kind,
                note=title,
            )
    return found.extract()


def _kind(exercises: list[str]) -> str:
    """Strength, unless every exercise of the visit is one kind of going."""
    kinds = {workout_kind(exercise)[0] for exercise in exercises}
    moving = {WorkoutKind.RUN, WorkoutKind.RIDE, WorkoutKind.WALK, WorkoutKind.SWIM}
    only = next(iter(kinds)) if len(kinds) == 1 else None
    return only.value if only in moving else WorkoutKind.STRENGTH.value


def _minutes(rows: list[Row], at: datetime, asked: Asked) -> float | None:
    first = rows[0]
    if "end_time" in first:
        return (naive(first("end_time"), asked) - at).total_seconds() / 60
    text = first("duration") or first("workout duration")
    unit = "s" if text.isdecimal() else "min"
    length = number_in(text, ".", Scale(1 / 60 if unit == "s" else 1.0, target="min"))
    seconds = first("duration (sec)")
    if seconds.isdecimal():
        return int(seconds) / 60
    return length if isinstance(length, float) else None


FORMATS = (
    Format("strong", "Strong", recognise_strong, extract_strong),
    Format("hevy", "Hevy", recognise_hevy, extract_hevy),
)
