"""WHOOP: the CSV files of its data export: nights, workouts and the journal's yes and no."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from legcare.importers.cells.dates import Order
from legcare.importers.cells.instants import printed_time
from legcare.importers.cells.numbers import number
from legcare.importers.columns import Row, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import fixed

KEY, LABEL = "whoop", "WHOOP"
_FILES = (
    (("wake onset", "asleep duration (min)"), "nights"),
    (("workout start time", "duration (min)", "activity name"), "workouts"),
    (("cycle start time", "question text", "answered yes"), "the journal"),
    (("cycle start time", "resting heart rate (bpm)"), "daily cycles"),
)


def recognise(peek: Peek) -> str | None:
    """By the columns of its four files."""
    for columns, said in _FILES:
        if peek.has(*columns):
            return f"Its columns are those of {said} in a WHOOP export."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """Hours asleep per wake-up day, workouts, and journal answers that are cramps or massages."""
    found = Harvest(source.name, KEY, LABEL)
    order = found.order((row("cycle start time") for row in rows_of(source)), asked)
    asked = replace(asked, order=order)
    for row in rows_of(source):
        with found.row(row.line, row.at(0)):
            _told(found, row, asked)
    return found.extract()


def _told(found: Harvest, row: Row, asked: Asked) -> None:
    if "workout start time" in row:
        at = _at(found, row, "workout start time", asked)
        found.workout(at, number(row("duration (min)")), row("activity name"))
    elif "question text" in row:
        if row("answered yes").casefold() == "true":
            found.event(
                row("question text"),
                _at(found, row, "cycle start time", asked),
                asked.words,
                note=row("notes"),
            )
    else:
        _day(found, row, asked)


def _day(found: Harvest, row: Row, asked: Asked) -> None:
    """Nights and cycles both tell sleep.

    Only the file of nights knows naps, so cycles give the heart rate alone.
    """
    if "nap" in row:
        minutes = number(row("asleep duration (min)"))
        if row("wake onset") and minutes is not None:
            found.value("sleep_h", _at(found, row, "wake onset", asked).date(), minutes / 60)
        return
    woke = row("wake onset") or row("cycle start time")
    name = "wake onset" if row("wake onset") else "cycle start time"
    if woke:
        found.value(
            "resting_hr",
            _at(found, row, name, asked).date(),
            number(row("resting heart rate (bpm)")) or None,
        )


def _at(found: Harvest, row: Row, name: str, asked: Asked) -> datetime:
    naive = printed_time(row(name), asked.order or Order.DMY)
    zone = re.fullmatch(r"UTC(?:([+-])(\d\d):?(\d\d)|Z)?", row("cycle timezone"))
    if zone is None:
        return found.wall(naive, asked.zone)
    minutes = int(zone[2] or 0) * 60 + int(zone[3] or 0)
    offset = timedelta(minutes=-minutes if zone[1] == "-" else minutes)
    return (
        fixed(naive.replace(tzinfo=timezone(offset)))
        if abs(offset) <= timedelta(hours=14)
        else found.wall(naive, asked.zone)
    )


FORMATS = (Format(KEY, LABEL, recognise, extract),)
