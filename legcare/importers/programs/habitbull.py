"""HabitBull: its CSV, one row per habit and day."""

from __future__ import annotations

from datetime import datetime

from legcare.importers.cells.instants import NO_TIME, NOON, iso_day, wall
from legcare.importers.cells.printed import number
from legcare.importers.columns import rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source

KEY, LABEL = "habitbull", "HabitBull"


def recognise(peek: Peek) -> str | None:
    """By its columns."""
    if peek.has("habitname", "calendardate", "value"):
        return "Its columns “HabitName” and “CalendarDate” are HabitBull's."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """Habits that are cramps or massages, on the days on which their value is above zero."""
    found = Harvest(source.name, KEY, LABEL)
    for row in rows_of(source):
        with found.row(row.line, row("calendardate")):
            at = wall(datetime.combine(iso_day(row("calendardate")), NOON), asked.zone)
            done = number(row("value")) or 0
            if done > 0 and found.event(row("habitname"), at, asked.words, note=row("commenttext")):
                found.note(NO_TIME)
    return found.extract()


FORMATS = (Format(KEY, LABEL, recognise, extract),)
