"""When each row happened.

Day, time of day and zone put together, with what was wrong or assumed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from legcare.errors import BadTime
from legcare.importers.cells.cell import Cell, missing
from legcare.importers.cells.dates import Moment, clock_of, moment_in
from legcare.importers.tables.mapping import TableMapping, Use
from legcare.importers.tables.table import Table
from legcare.importers.tables.values import Bad, by_value
from legcare.records import fixed, happened_twice, in_zone

LONGEST_NIGHT = timedelta(hours=12)
TWICE = "The clocks went back over this time, so it happened twice; the first of the two is kept."
NO_TIME = "The row has no time of day; {clock} is kept. Correct it in the log if you know better."
NO_DATE = "The row has no date, so it cannot be placed. Write a date and upload again."


class When(NamedTuple):
    """One row's moment, or why there is none, and a remark where something had to be assumed."""

    at: datetime | None = None
    bad: str = ""
    remark: str = ""


def moments(table: Table, mapping: TableMapping, zone: ZoneInfo) -> list[When]:
    """The moment of every row of a table of events."""
    use = mapping.column_of("at") or mapping.column_of("date")
    if use is None:
        return [When(bad="No column is taken for the date. Choose one above.")] * len(table)
    clocks = mapping.column_of("time")
    on_clock, noon = _placed(zone), mapping.missing_time
    found = _dates(table, mapping, use)
    if clocks is None:
        return [_when(day, None, noon, on_clock) for day in found]
    times: list[time | str | None] = by_value(table.columns[clocks.column], clock_of)
    dayless = (
        day if day is None or isinstance(day, str) else (day[0], None, day[2]) for day in found
    )
    return [_when(day, clock, noon, on_clock) for day, clock in zip(dayless, times, strict=True)]


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


def _end(
    cell: Cell, start: When, mapping: TableMapping, on_clock: Callable[[datetime], When]
) -> When:
    clock = clock_of(cell) if not isinstance(cell, (datetime, int, float)) else "a moment"
    if isinstance(clock, time) and start.at is not None:
        wall = datetime.combine(start.at.date(), clock)
        over_midnight = clock < start.at.time()
        if (
            over_midnight
            and wall + timedelta(days=1) - start.at.replace(tzinfo=None) > LONGEST_NIGHT
        ):
            return When(bad="The end lies before the start. Correct one of them.")
        return on_clock(wall + timedelta(days=int(over_midnight)))
    return _when(moment_in(cell, mapping.order), None, mapping.missing_time, on_clock)


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
    return mapping.column_of("date") or mapping.column_of("at") or mapping.column_of("awake")


def _dates(table: Table, mapping: TableMapping, use: Use) -> list[Moment | str | None]:
    order, epoch = mapping.order, table.epoch_1904
    return by_value(
        table.columns[use.column], lambda cell: moment_in(cell, order, epoch_1904=epoch)
    )


def _when(
    day: Moment | str | None,
    clock: time | str | None,
    missing_time: time,
    on_clock: Callable[[datetime], When],
) -> When:
    if day is None or isinstance(day, str) or isinstance(clock, str):
        return When(bad=NO_DATE if day is None else day if isinstance(day, str) else str(clock))
    calendar_day, said, instant = day
    if not 1900 <= calendar_day.year <= 2200:
        return When(bad="The year must lie between 1900 and 2200. Correct it.")
    if instant is not None:
        return on_clock(instant) if instant.tzinfo is UTC else When(fixed(instant))
    chosen = clock or said
    if chosen is not None:
        return on_clock(datetime.combine(calendar_day, chosen))
    found = on_clock(datetime.combine(calendar_day, missing_time))
    return found._replace(remark=found.remark or NO_TIME.format(clock=f"{missing_time:%H:%M}"))


def _placed(zone: ZoneInfo) -> Callable[[datetime], When]:
    """A function that reads walls in ``zone``.

    Days on which the clocks do not change need no search.
    """

    @cache
    def steady(day: date) -> timezone | None:
        begin = datetime.combine(day, time(0), zone)
        first, last = begin.utcoffset(), (begin + timedelta(days=1, hours=1)).utcoffset()
        return timezone(first) if first == last and first is not None else None

    def place(wall: datetime) -> When:
        if wall.tzinfo is not None:
            return When(fixed(wall.astimezone(zone)))
        offset = steady(wall.date())
        if offset is not None:
            return When(wall.replace(tzinfo=offset))
        try:
            return When(in_zone(wall, zone), remark=TWICE if happened_twice(wall, zone) else "")
        except BadTime as error:
            return When(bad=str(error))

    return place
