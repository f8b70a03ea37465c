"""A format that is a table with known columns, declared by what each row tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from legcare.importers.cells.dates import Order
from legcare.importers.cells.instants import printed_time
from legcare.importers.columns import Row, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import fixed

Told = Callable[[Harvest, Row, Asked], None]


@dataclass(frozen=True)
class RowFormat:
    """``columns`` that only this program writes together; ``dated`` is the column of its dates.

    ``continued`` says that a day's sum may go on in the next file of the same zip.
    """

    key: str
    label: str
    columns: tuple[str, ...]
    told: Told
    said: str = "table"
    dated: str = ""
    continued: bool = False

    def recognise(self, peek: Peek) -> str | None:
        """By its columns."""
        if not peek.has(*self.columns):
            return None
        return f"Its columns are those of {self.label}'s {self.said}."

    def extract(self, source: Source, asked: Asked) -> Extract:
        """What each row tells."""
        found = Harvest(source.name, self.key, self.label)
        found.continued = self.continued
        if self.dated:
            cells = (row(self.dated) for row in rows_of(source))
            asked = replace(asked, order=found.order(cells, asked))
        for row in rows_of(source):
            with found.row(row.line, row(self.dated) if self.dated else row.at(0)):
                self.told(found, row, asked)
        return found.extract()

    @property
    def format(self) -> Format:
        """The declaration that the registry wants."""
        return Format(self.key, self.label, self.recognise, self.extract)


def naive(text: str, asked: Asked) -> datetime:
    """A printed time in the file's own order of day and month, without its offset."""
    return printed_time(text, asked.order or Order.DMY)


def at_offset(utc: datetime, offset: str) -> datetime:
    """An instant on the clock of an offset such as ``+02:00``; as it is where there is none."""
    rest = offset.strip()[1:]
    hours, _, minutes = rest.partition(":")
    if offset.strip()[:1] not in ("+", "-") or not hours.isdecimal():
        return utc
    length = timedelta(hours=int(hours[:2]), minutes=int(minutes or hours[2:] or 0))
    length = -length if offset.strip()[:1] == "-" else length
    return fixed(utc.astimezone(timezone(length))) if length < timedelta(hours=15) else utc
