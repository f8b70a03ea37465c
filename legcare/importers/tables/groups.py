"""Rows before they become events: dates carried down, a row per time, what is no cramp."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from legcare.importers.cells.cell import Cell, missing, plain_words
from legcare.importers.cells.clocks import clocks_in
from legcare.importers.cells.diary import event_of
from legcare.importers.cells.words import is_aim, words_in
from legcare.importers.tables.moments import When
from legcare.importers.tables.reading import Reading as Pass

_DETAILS = frozenset(
    ("what", "time", "side", "muscle", "severity", "minutes", "areas", "method", "kind")
)


_CRAMP_ONLY = frozenset(("severity", "side", "muscle", "minutes", "woke_me", "relief"))


_TOTALS = frozenset(
    words_in(
        "total, sum, summe, gesamt, average, mean, mittelwert, durchschnitt, total, "
        "general, somme, moyenne, suma, media, totals"
    )
)


OTHERS = "Choose what a row is, or that this column says what it is."


CARRIED = "The row has no date: the one above is carried down."


def carry_down(work: Pass) -> Pass:
    """A date that stands only in the first row of a group counts for the rows under it."""
    use = work.mapping.column_of("date")
    if use is None:
        return work
    cells = work.table.columns[use.column]
    if not any(missing(cell) for cell in cells):
        return work
    others = [work.table.columns[one.column] for one in work.mapping.uses if one.field in _DETAILS]
    carried: list[Cell] = []
    for row, cell in enumerate(cells):
        belongs = any(not missing(other[row]) for other in others) and not _is_total(work, row)
        if missing(cell) and carried and not missing(carried[-1]) and belongs:
            work.tell(row, CARRIED, use, kept=True, value=str(carried[-1]))
            cell = carried[-1]
        carried.append(cell)
    return work.of(work.table.with_column(use.column, carried))


def _is_total(work: Pass, row: int) -> bool:
    first = (str(cells[row]) for cells in work.table.columns if not missing(cells[row]))
    return any(plain_words(cell)[:40] in _TOTALS for cell in first)


def one_per_time(work: Pass) -> Pass:
    """A row for each of several times in one cell."""
    use = work.mapping.column_of("time")
    if use is None:
        return work
    cells = work.table.columns[use.column]
    times = {row: found for row, cell in enumerate(cells) if len(found := clocks_in(cell)) > 1}
    if not times:
        return work
    picked: list[int] = []
    clocks: list[Cell] = []
    for row, cell in enumerate(cells):
        if row in times:
            work.tell(row, f"{len(times[row])} times in one cell: each is one.", use, kept=True)
        for one in times.get(row, (None,)):
            picked.append(row)
            clocks.append(cell if one is None else f"{one.at:%H:%M}")
    return work.of(work.table.picked(picked).with_column(use.column, clocks))


def without_others(work: Pass, when: list[When]) -> list[When]:
    """A row in which a cell says massage, roller or run is never kept as a cramp."""
    loose = [use for use in work.mapping.uses if use.field in ("", "note", "method", "kind")]
    details = [
        work.table.columns[use.column] for use in work.mapping.uses if use.field in _CRAMP_ONLY
    ]
    found = list(when)
    for use in loose:
        cells = work.table.columns[use.column]
        bare = use.field != "note" or not details
        for row, cell in enumerate(cells):
            if missing(cell) or not (bare or all(missing(other[row]) for other in details)):
                continue
            if found[row].at is None or not _other_event(cell):
                continue
            found[row] = When()
            work.tell(row, f"The row says {str(cell)[:40]!r}: it is no cramp. {OTHERS}", use)
    return found


def without_plans(work: Pass, when: list[When]) -> list[When]:
    """A row that says what was planned, and not how long it took, was not done."""
    minutes = work.mapping.column_of("minutes")
    plans = [k for k, name in enumerate(work.table.names) if is_aim(plain_words(name))]
    if minutes is None or not plans:
        return when
    lengths, found = work.table.columns[minutes.column], list(when)
    for row, moment in enumerate(when):
        planned = any(not missing(work.table.columns[column][row]) for column in plans)
        if moment.at is not None and planned and missing(lengths[row]):
            found[row] = When()
            work.tell(row, "This was planned, and nothing says that it was done.", minutes)
    return found


@lru_cache(maxsize=4096)
def _other_event(cell: Cell) -> bool:
    """Whether a few words say massage or a kind of exercise, and no cramp."""
    text = str(cell)
    few = len(text) <= 60 and len(text.split()) <= 4
    return few and event_of(text) in ("massage", "workout")


def match_relief(work: Pass, columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The minutes of each relief stand beside them, or not at all."""
    after, relief = columns.get("relief_after"), columns.get("relief")
    if after is None:
        return columns
    for row, minutes in enumerate(after):
        held = relief[row] if relief is not None else None
        if minutes is not None and len(minutes) != len(held or ()):
            after[row] = None
            use = work.mapping.column_of("relief_after")
            work.tell(row, "Give the minutes of every relief, or of none.", use, kept=True)
    return columns
