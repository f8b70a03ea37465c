"""When each row happened.

Day, time of day and zone put together, with what was wrong or assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from legcare.importers.cells.cell import Bad, Cell, missing, plain_words
from legcare.importers.cells.clocks import ANCHORS, Clocked, clock_of
from legcare.importers.cells.dates import Moment, moment_in
from legcare.importers.cells.instants import wall
from legcare.importers.tables.mapping import TableMapping, Use
from legcare.importers.tables.table import Table
from legcare.importers.tables.values import by_value
from legcare.records import Clock, fixed
from legcare.records.models import EARLIEST, LATEST

LONGEST_NIGHT = timedelta(hours=12)
NO_TIME = "The row has no time of day: it is kept as unknown, and no hour is counted for it."
NO_DATE = "The row has no date, so it cannot be placed. Write a date and upload again."


class When(NamedTuple):
    """One row's moment, or why there is none, and a remark where something had to be assumed.

    Where ``known`` is not timed, ``at`` only places the row in its day. ``end`` is the end that
    the same cell named.
    """

    at: datetime | None = None
    bad: str = ""
    remark: str = ""
    known: Clock = Clock.EXACT
    end: time | datetime | None = None


def moments(table: Table, mapping: TableMapping, zone: ZoneInfo) -> list[When]:
    """The moment of every row of a table of events."""
    use = dated(mapping)
    if use is None:
        return [When(bad="No column is taken for the date. Choose one above.")] * len(table)
    clocks, halves = mapping.column_of("time"), mapping.column_of("half")
    on_clock = _placed(zone)
    found = _dates(table, mapping, use)
    if use.field == "awake":  # the hour of waking is not that of a cramp
        found = [Moment(day.day) if isinstance(day, Moment) else day for day in found]
    if clocks is None:
        return [_when(day, None, mapping, on_clock) for day in found]
    cells: Sequence[Cell] = table.columns[clocks.column]
    if halves is not None:
        cells = [_halved(*pair) for pair in zip(cells, table.columns[halves.column], strict=True)]
    times: list[Clocked | str | None] = by_value(cells, _by_words(mapping))
    dayless = (
        day._replace(clock=None) if isinstance(day, Moment) and day.clock is not None else day
        for day in found
    )
    return [_when(day, clock, mapping, on_clock) for day, clock in zip(dayless, times, strict=True)]


def _by_words(mapping: TableMapping) -> Callable[[Cell], Clocked | str | None]:
    """Clock cells, with what the person said of a word such as ``irgendwann``."""

    def read(cell: Cell) -> Clocked | str | None:
        said = mapping.words.get(f"time:{plain_words(str(cell))}") if mapping.words else None
        return Clocked(ANCHORS[Clock(said)], Clock(said)) if said else clock_of(cell)

    return read


def _halved(clock: Cell, half: Cell) -> Cell:
    """A time of day with the "am" or "pm" that stands in a column of its own."""
    if missing(clock) or missing(half):
        return clock
    if isinstance(clock, (datetime, time)):
        clock = f"{clock.hour}:{clock.minute:02}:{clock.second:02}"
    return f"{clock} {half}"


Place = Callable[[datetime], When]


def ends(table: Table, mapping: TableMapping, zone: ZoneInfo) -> list[When | None]:
    """The end of every row, None where it is empty.

    A moment, or a time of the same or the next day.
    """
    use = mapping.column_of("end")
    if use is None:
        return [None] * len(table)
    on_clock = _placed(zone)
    starts = moments(table, mapping, zone)
    found: list[When | None] = []
    for start, cell in zip(starts, table.columns[use.column], strict=True):
        found.append(None if missing(cell) else _end(cell, start, mapping, on_clock))
    return found


def _end(cell: Cell, start: When, mapping: TableMapping, on_clock: Place) -> When:
    clock = clock_of(cell) if not isinstance(cell, (datetime, int, float)) else "a moment"
    if isinstance(clock, Clocked) and start.at is not None:
        return _end_at(clock.at, start.at, on_clock)
    return _when(moment_in(cell, mapping.order), None, mapping, on_clock)


def _end_at(clock: time, start: datetime, on_clock: Place) -> When:
    wall = datetime.combine(start.date(), clock)
    over_midnight = clock < start.time()
    if over_midnight and wall + timedelta(days=1) - start.replace(tzinfo=None) > LONGEST_NIGHT:
        return When(bad="The end lies before the start. Correct one of them.")
    return on_clock(wall + timedelta(days=int(over_midnight)))


def ended(start: When, zone: ZoneInfo) -> float | None:
    """Minutes to the end that the cell of the moment itself names, if it does."""
    if start.at is None or start.end is None:
        return None
    on_clock = _placed(zone)
    end = (
        _end_at(start.end, start.at, on_clock)
        if isinstance(start.end, time)
        else on_clock(start.end)
    )
    if end.at is None or not timedelta() <= end.at - start.at <= timedelta(days=1):
        return None
    return (end.at - start.at).total_seconds() / 60


def days(table: Table, mapping: TableMapping, field: str = "date") -> list[date | Bad]:
    """The calendar day of every row of a table of days."""
    use = mapping.column_of(field) or (dated(mapping) if field == "date" else None)
    if use is None:
        return [Bad("No column is taken for the date. Choose one above.")] * len(table)
    return [
        Bad(NO_DATE) if found is None else Bad(found) if isinstance(found, str) else found[0]
        for found in _dates(table, mapping, use)
    ]


def dated(mapping: TableMapping) -> Use | None:
    """The column that says the day of a row.

    Where none does, a night counts for the day on which it ended.
    """
    return mapping.column_of("at") or mapping.column_of("date") or mapping.column_of("awake")


def _dates(table: Table, mapping: TableMapping, use: Use) -> list[Moment | str | None]:
    order, epoch = mapping.order, table.epoch_1904
    return by_value(
        table.columns[use.column], lambda cell: moment_in(cell, order, epoch_1904=epoch)
    )


def _when(
    day: Moment | str | None,
    clock: Clocked | str | None,
    mapping: TableMapping,
    on_clock: Place,
) -> When:
    if day is None or isinstance(day, str) or isinstance(clock, str):
        return When(bad=NO_DATE if day is None else day if isinstance(day, str) else str(clock))
    if not EARLIEST <= day.day.year <= LATEST:
        return When(bad="The year must lie between 1900 and 2200. Correct it.")
    if day.instant is not None:
        placed = on_clock(day.instant) if day.instant.tzinfo is UTC else When(fixed(day.instant))
        return placed._replace(known=day.known, end=day.end)
    if mapping.latest is not None and day.day > mapping.latest:
        return When(bad="The date lies in the future: you left such rows out.")
    known = clock.known if clock else day.known
    said = clock.at if clock else day.clock
    remark = clock.remark if clock else day.remark
    if said is None or not known.timed:
        known = Clock.UNKNOWN if known.timed else known
        anchor = mapping.missing_time if known is Clock.UNKNOWN else ANCHORS[known]
        found = on_clock(datetime.combine(day.day, anchor))
        told = NO_TIME if known is Clock.UNKNOWN else ""
        return found._replace(known=known, remark=told)
    calendar_day = day.day + timedelta(days=clock.days if clock else 0)
    found = on_clock(datetime.combine(calendar_day, said))
    end = clock.end if clock else day.end
    return found._replace(known=known, end=end, remark=found.remark or remark)


def _placed(zone: ZoneInfo) -> Place:
    """A function that reads walls in ``zone``.

    Days on which the clocks do not change need no search.
    """

    @cache
    def steady(day: date) -> timezone | None:
        begin = datetime.combine(day, time(0), zone)
        first, last = begin.utcoffset(), (begin + timedelta(days=1, hours=1)).utcoffset()
        return timezone(first) if first == last and first is not None else None

    def place(at: datetime) -> When:
        if at.tzinfo is not None:
            return When(fixed(at.astimezone(zone)))
        offset = steady(at.date())
        if offset is not None:
            return When(at.replace(tzinfo=offset))
        moved, remark = wall(at, zone)
        return When(moved, remark=remark)

    return place
