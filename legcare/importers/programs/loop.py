"""Loop Habit Tracker: its zip of one folder per habit, or a single ``Checkmarks.csv``.

Only a tick made by hand is an event (``YES_MANUAL``); ``YES_AUTO`` is the program's own. Numbers
are thousandths. Loop keeps days, not times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from legcare.errors import BadFile
from legcare.importers.cells.instants import iso_day
from legcare.importers.cells.words import measure_of
from legcare.importers.columns import Row, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.package import unzipped
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import Clock

KEY, LABEL = "loop", "Loop Habit Tracker"
_VALUE = frozenset({"YES_MANUAL", "YES_AUTO", "NO", "SKIP", "UNKNOWN"})


def recognise_zip(peek: Peek) -> str | None:
    """By its list of habits beside the checkmarks."""
    names = {PurePosixPath(name).name for name in peek.members}
    if {"Habits.csv", "Checkmarks.csv"} <= names:
        return "The zip holds Habits.csv and Checkmarks.csv, as Loop Habit Tracker writes them."
    return None


def extract_zip(source: Source, asked: Asked) -> Extract:
    """Every habit's own table, with its name and unit from the list of habits."""
    opened = unzipped(source)
    found = Harvest(source.name, KEY, LABEL)
    found.problems += opened.problems
    habits: dict[int, tuple[str, str]] = {}
    for member in opened.members:
        if PurePosixPath(member.name).name == "Habits.csv":
            habits |= _habits(found, member)
    for member in opened.members:
        path = PurePosixPath(member.name)
        folder = re.fullmatch(r"(\d+) (.*)", path.parent.name)
        if path.name == "Checkmarks.csv" and folder:
            name, unit = habits.get(int(folder[1]), (folder[2], ""))
            _checkmarks(found, member, name, unit, asked)
    return found.extract()


def _habits(found: Harvest, member: Source) -> Mapping[int, tuple[str, str]]:
    habits: dict[int, tuple[str, str]] = {}
    for row in rows_of(member):
        with found.row(row.line, row("name")):
            habits[int(row("position"))] = (row("name"), row("unit"))
    return habits


def _checkmarks(found: Harvest, member: Source, name: str, unit: str, asked: Asked) -> None:
    for row in rows_of(member):
        with found.row(row.line, row("value")):
            tell_mark(found, Mark(name, unit, row("date"), row("value"), row("notes")), asked)


@dataclass(frozen=True)
class Mark:
    """One cell of a habit.

    Its name and unit, the day, what stands there, and the note beside it.
    """

    name: str
    unit: str
    date: str
    value: str
    note: str


def tell_mark(found: Harvest, mark: Mark, asked: Asked) -> None:
    """A tick of a habit that is a cramp or a massage, or a value of one that is measured."""
    if mark.value not in _VALUE and not re.fullmatch(r"-?\d+", mark.value):
        raise ValueError(f"{mark.value[:40]!r} is no checkmark that Loop writes")
    amount = int(mark.value) if mark.value not in _VALUE else 0
    factor = measure_of(mark.name, mark.unit)
    if factor is not None and amount > 0:
        found.value(factor[0], iso_day(mark.date), amount / 1000 * factor[1])
    elif mark.value == "YES_MANUAL" or amount > 0:
        minutes = amount / 1000 if amount and mark.unit.casefold().startswith("min") else None
        at = found.sometime(iso_day(mark.date), asked.zone)
        known = Clock.UNKNOWN
        found.event(mark.name, at, asked.words, minutes=minutes, note=mark.note, clock=known)


def recognise_table(peek: Peek) -> str | None:
    """By the words that stand under the dates."""
    if not peek.rows or peek.rows[0][:1] != ("Date",):
        return None
    cells = {cell for row in peek.rows[1:] for cell in row[1:]}
    return "Words such as YES_MANUAL under a Date column are Loop's." if cells & _VALUE else None


def extract_table(source: Source, asked: Asked) -> Extract:
    """A wide table of all habits.

    The table of a single habit does not say its name, so it is refused.
    """
    header = source.peek.rows[0]
    if header[1:2] == ("Value",):
        raise BadFile(
            f"{source.name} is the table of one Loop habit without its name: add Loop's whole zip"
            " instead."
        )
    found = Harvest(source.name, KEY, LABEL)
    for row in rows_of(source):
        _wide(found, row, header, asked)
    return found.extract()


def _wide(found: Harvest, row: Row, header: tuple[str, ...], asked: Asked) -> None:
    for place, name in enumerate(header[1:], start=1):
        if name and row.at(place):
            with found.row(row.line, row.at(place)):
                tell_mark(found, Mark(name, "", row("date"), row.at(place), ""), asked)


FORMATS = (
    Format("loop", LABEL, recognise_zip, extract_zip, package=True),
    Format("loop_table", "Loop checkmarks", recognise_table, extract_table),
)
