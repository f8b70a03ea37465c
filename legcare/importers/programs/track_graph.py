"""Track & Graph: one row for each time that something was tracked, with its name and value."""

from __future__ import annotations

from legcare.importers.cells.numbers import hours, number
from legcare.importers.cells.words import measure_of
from legcare.importers.columns import Row
from legcare.importers.harvest import Harvest
from legcare.importers.programs.rows import RowFormat
from legcare.importers.registry import Asked

COLUMNS = ("featurename", "timestamp", "value")


def _point(found: Harvest, row: Row, asked: Asked) -> None:
    """A value is a number, a number with a label (``1.0:Yes``) or a length (``0:10:00``)."""
    name = row("featurename").rpartition("/")[2]
    at = found.iso(row("timestamp"), asked.zone)
    amount, _, label = row("value").partition(":")
    length = hours(row("value"))
    if length is not None:
        found.event(name, at, asked.words, minutes=length * 60, note=row("note"))
        return
    value = number(amount)
    factor = measure_of(name, "")
    if factor is not None and value is not None:
        found.value(factor[0], at.date(), value * factor[1])
    elif value and label.strip().casefold() not in ("no", "skip"):
        found.event(name, at, asked.words, note=row("note"))


FORMATS = (RowFormat("track_graph", "Track & Graph", COLUMNS, _point).format,)
