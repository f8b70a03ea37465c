"""HabitBull: its CSV, one row per habit and day."""

from __future__ import annotations

from legcare.importers.cells.instants import printed_time
from legcare.importers.cells.numbers import number
from legcare.importers.columns import rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import Clock

KEY, LABEL = "habitbull", "HabitBull"


def recognise(peek: Peek) -> str | None:
    """By its columns."""
    if peek.has("habitname", "calendardate", "value"):
        return "Its columns “HabitName” and “CalendarDate” are HabitBull's."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """Habits that are cramps or massages, on the days on which their value is above zero."""
    found = Harvest(source.name, KEY, LABEL)
    order = found.order((row("calendardate") for row in rows_of(source)), asked)
    for row in rows_of(source):
        with found.row(row.line, row("calendardate")):
            if (number(row("value")) or 0) > 0:
                at = found.sometime(printed_time(row("calendardate"), order).date(), asked.zone)
                told = row("commenttext")
                found.event(row("habitname"), at, asked.words, note=told, clock=Clock.UNKNOWN)
    return found.extract()


FORMATS = (Format(KEY, LABEL, recognise, extract),)
