"""Nights told by when they began and ended.

A bedtime and a wake time make the hours of sleep of their row's day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from legcare.errors import BadTime
from legcare.importers.cells.cell import Bad, Cell, missing
from legcare.importers.cells.clocks import Clocked, clock_of
from legcare.importers.cells.dates import moment_in
from legcare.importers.result import Problem
from legcare.importers.tables.build import maker
from legcare.importers.tables.reading import Reading as Pass
from legcare.records import Reading, Record, in_zone

SLEEP = "sleep_h"
LONGEST = timedelta(hours=16)
Said = datetime | time


def read_nights(work: Pass, good: dict[int, date]) -> list[Record]:
    """The hours from bedtime to wake time of every row that says both.

    Every other row is told with its reason.

    Times without a date count forward from the bedtime, past midnight where they must. A night of
    more than 16 hours is told and not kept: most often "am" or "pm" is missing.
    """
    begun, over = work.mapping.column_of("asleep"), work.mapping.column_of("awake")
    if begun is None or over is None:
        return _alone(work)
    if work.mapping.column_of(f"factor:{SLEEP}") is not None:
        return _told(work, "Another column says how long you slept; that one is kept.", kept=True)
    make = maker(Reading, work.source, work.made)
    records: list[Record] = []
    for row, day in good.items():
        cells = work.table.columns[begun.column][row], work.table.columns[over.column][row]
        if all(missing(cell) for cell in cells):
            continue
        hours = _hours(work, *cells)
        if isinstance(hours, Bad):
            work.tell(row, hours.reason, over, value=f"{cells[0]} to {cells[1]}")
            continue
        name = work.names.of(f"reading\x1f{day}\x1f{SLEEP}\x1f{hours!r}")
        records.append(make({"day": day, "factor": SLEEP, "value": hours}, name))
    return records


def _alone(work: Pass) -> list[Record]:
    return _told(
        work,
        "A bedtime without a wake time, or the other way round, says nothing about the sleep: not"
        " kept.",
    )


def _told(work: Pass, reason: str, *, kept: bool = False) -> list[Record]:
    for use in (work.mapping.column_of("asleep"), work.mapping.column_of("awake")):
        if use is not None:
            work.problems.append(
                Problem(work.table.place, reason, column=work.table.title(use.column), kept=kept)
            )
    return []


def _hours(work: Pass, began: Cell, ended: Cell) -> float | Bad:
    said = _said(work, began), _said(work, ended)
    for each in said:
        if isinstance(each, str):
            return Bad(each)
    first, last = said
    if isinstance(first, str) or isinstance(last, str):
        return Bad("The row needs both a bedtime and a wake time.")
    try:
        length = _length(work, first, last)
    except BadTime as error:
        return Bad(str(error))
    if not timedelta() < length <= LONGEST:
        return Bad(
            "From bedtime to wake time must be more than 0 and at most 16 hours. Write both as"
            " 23:10 or 11:10 pm."
        )
    return round(length / timedelta(hours=1), 4)


def _length(work: Pass, first: Said, last: Said) -> timedelta:
    if isinstance(first, datetime) and isinstance(last, datetime):
        return _instant(work, last) - _instant(work, first)
    begin, end = (each.time() if isinstance(each, datetime) else each for each in (first, last))
    walls = [datetime.combine(date(2000, 1, 2), each.replace(tzinfo=None)) for each in (begin, end)]
    return (walls[1] - walls[0]) % timedelta(days=1)


def _instant(work: Pass, wall: datetime) -> datetime:
    return (wall if wall.tzinfo else in_zone(wall, work.zone)).astimezone(UTC)


def _said(work: Pass, cell: Cell) -> Said | str:
    """A moment where the cell holds a date as well, else a time of day, else why it is neither."""
    if missing(cell):
        return "The row needs both a bedtime and a wake time."
    moment = moment_in(cell, work.mapping.order, epoch_1904=work.table.epoch_1904)
    if not isinstance(moment, str) and moment.clock is not None:
        return moment.instant or datetime.combine(moment.day, moment.clock)
    clock = clock_of(cell)
    if isinstance(clock, Clocked):
        return clock.at if clock.known.timed else "Write both as a time of day, such as 23:10."
    return clock if clock is not None else "The row needs both a bedtime and a wake time."
