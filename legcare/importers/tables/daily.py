"""Tables of days.

Wide (a column for each factor), long (one value per row), and stretches of tracked days.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from legcare.importers.cells.cell import Bad, Cell, Rough
from legcare.importers.cells.clocks import Clocked, clock_of, clocks_in
from legcare.importers.cells.instants import wall
from legcare.importers.cells.legs import leg_of
from legcare.importers.tables.build import maker
from legcare.importers.tables.events import noted
from legcare.importers.tables.mapping import Use
from legcare.importers.tables.moments import NO_TIME, When, dated, days, moments
from legcare.importers.tables.nights import read_nights
from legcare.importers.tables.own import OWN, own_factor
from legcare.importers.tables.reading import Reading as Pass
from legcare.importers.tables.values import by_value, counted, measured, reader, yes
from legcare.records import (
    Clock,
    Cramp,
    Event,
    Massage,
    Reading,
    Record,
    TrackedSpan,
)

TWO_ROWS = (
    "An earlier row has the same day; the values of both are kept and combined as each factor says."
)


def read_days(work: Pass) -> list[Record]:
    """Readings, cramps, massages and days without cramps of a table with one day per row."""
    found = days(work.table, work.mapping)
    good = good_days(work, found)
    _tell_second_rows(work, found)
    records: list[Record] = []
    for use in work.mapping.uses:
        if use.field.startswith("factor:"):
            records += _readings(work, use, use.field[7:], good)
        elif use.field == OWN:
            work.own.append(own_factor(work.table, use, work.mapping.decimal))
            records += _readings(work, use, work.own[-1].key, good)
    records += read_nights(work, good)
    happened = _happened(work, good)
    for row, text in enumerate(_notes(work)):
        if (
            text is not None
            and row in good
            and not any(isinstance(one, Event) for one in happened.get(row, ()))
        ):
            work.tell(
                row,
                "The day has no cramp or massage that this note could stand with, so it is not"
                " kept.",
                value=text,
            )
    return [*records, *(record for row in sorted(happened) for record in happened[row])]


def good_days(work: Pass, found: list[date | Bad]) -> dict[int, date]:
    """The day of every row that has a possible one; every other row is told."""
    use = dated(work.mapping)
    good: dict[int, date] = {}
    for row, day in enumerate(found):
        if isinstance(day, Bad):
            work.tell(row, day.reason, use)
        elif not 1900 <= day.year <= 2200:
            work.tell(row, "The year must lie between 1900 and 2200. Correct it.", use)
        else:
            good[row] = day
    return good


def _tell_second_rows(work: Pass, found: list[date | Bad]) -> None:
    if work.mapping.column_of("time") is not None or work.mapping.column_of("at") is not None:
        return
    seen: set[date] = set()
    for row, day in enumerate(found):
        if isinstance(day, date) and day in seen:
            work.tell(row, TWO_ROWS, work.mapping.column_of("date"), kept=True)
        elif isinstance(day, date):
            seen.add(day)


def _readings(work: Pass, use: Use, key: str, good: dict[int, date]) -> list[Record]:
    factor = {**{own.key: own for own in work.own}, **work.factors}.get(key)
    if factor is None:
        work.tell(
            0,
            f"The factor {key} is not in this log any more. Choose another or add it in the"
            " settings.",
            use,
        )
        return []
    values = by_value(
        work.table.columns[use.column], measured(factor, work.mapping.decimal, work.scale(use))
    )
    make = maker(Reading, work.source, work.made)
    records: list[Record] = []
    for row, value in zip(work.rows(), values, strict=True):
        if isinstance(value, Rough) and isinstance(value.value, float):
            work.tell(row, value.remark, use, kept=True)
            value = value.value
        if isinstance(value, Bad):
            work.tell(row, value.reason, use)
        elif value is not None and row in good:
            name = work.names.of(f"reading\x1f{good[row]}\x1f{key}\x1f{value!r}")
            records.append(make({"day": good[row], "factor": key, "value": float(value)}, name))
    return records


def _happened(work: Pass, good: dict[int, date]) -> dict[int, list[Record]]:
    """Cramps, massages and "no cramps" ticks of each row that has them."""
    cramps = [use for use in work.mapping.uses if use.field == "cramp_count"]
    massages = work.mapping.column_of("massage_minutes")
    if not cramps and massages is None:
        return {}
    counts = [_counts(work, use) for use in cramps]
    minutes = _minutes(work, massages)
    when, details, notes = _times(work), _details(work), _notes(work)
    happened: dict[int, list[Record]] = {}
    for row, day in good.items():
        made: list[Record] = []
        held = [count[row] for count in counts]
        for use, count in zip(cramps, held, strict=True):
            fields = {**_leg(work, use, many=len(cramps) > 1), **_of(details, row)}
            made += _cramps(
                work, _placed(work, when[row], count), count, fields | _note(notes[row])
            )
        if held and not any(held) and any(count == 0 for count in held):
            made += _tick(work, day)
        if minutes[row] is not None and minutes[row] is not False:
            note = {} if any(held) else _note(notes[row])
            length = {} if minutes[row] is True else {"minutes": minutes[row]}
            made += _event(work, Massage, when[row][0], {**length, **note})
        _tell_row(work, row, made, when[row][0], asked=any(held) or bool(minutes[row]))
        if made:
            happened[row] = made
    return happened


def _tell_row(work: Pass, row: int, made: list[Record], when: When, *, asked: bool) -> None:
    use = work.mapping.column_of("time") or work.mapping.column_of("date")
    if made and not isinstance(made[0], TrackedSpan) and when.remark and when.remark != NO_TIME:
        work.tell(row, when.remark, use, kept=True)
    if not made and asked:
        reason = when.bad or "The time of day cannot be read."
        work.tell(row, reason, work.mapping.column_of("time"))


def _times(work: Pass) -> list[list[When]]:
    """The moment of each row; where a cell holds several times, each of them."""
    use = work.mapping.column_of("time")
    found = [[when] for when in moments(work.table, work.mapping, work.zone)]
    if use is None:
        return found
    cells = work.table.columns[use.column]
    for row, cell in enumerate(cells):
        if len(clocks := clocks_in(cell)) > 1:
            part = work.table.picked([row] * len(clocks))
            part = part.with_column(use.column, [f"{one.at:%H:%M}" for one in clocks])
            found[row] = moments(part, work.mapping, work.zone)
    return found


def _placed(work: Pass, when: list[When], count: object) -> list[When]:
    """A moment for each cramp of a row: its own, or the row's.

    A leg's own column may hold the time itself.
    """
    if isinstance(count, Clocked):
        anchor = when[0].at
        return [
            when[0]._replace(
                at=None if anchor is None else _at(work, anchor, count), known=count.known
            )
        ]
    many = int(count) if isinstance(count, int) else 0
    return when[:many] if len(when) >= many > 1 else [when[0]] * many


def _at(work: Pass, anchor: datetime, clock: Clocked) -> datetime:
    naive = datetime.combine(anchor.date() + timedelta(days=clock.days), clock.at)
    return wall(naive, work.zone)[0]


def _counts(work: Pass, use: Use) -> list[Any]:
    """How many cramps each row counts; a cell of a leg's own column may be the time of one."""
    read = counted(work.mapping.decimal)

    def either(cell: Cell) -> object:
        value = read(cell)
        clock = clock_of(cell) if isinstance(value, Bad) and ":" in str(cell) else None
        return clock if isinstance(clock, Clocked) else value

    return work.values(use, either)


def _leg(work: Pass, use: Use, *, many: bool) -> dict[str, Any]:
    """Muscle and side that a column's name gives its cramps: ``left calf cramp``."""
    muscle, side = leg_of(work.table.names[use.column])
    named = {"muscle": muscle, "side": side}
    return (
        {name: value for name, value in named.items() if value is not None} if many or side else {}
    )


def _minutes(work: Pass, use: Use | None) -> list[Any]:
    """Minutes of massage, or a mere yes."""
    if use is None:
        return [None] * len(work.table)
    read = reader(Massage, "minutes", work.mapping.decimal, work.scale(use))

    def either(cell: Cell) -> object:
        truth = None if isinstance(cell, (int, float)) else yes(cell)
        if isinstance(truth, bool) and str(cell).strip() not in ("0", "1"):
            return truth
        value = read(cell)
        return None if value == 0 else value

    return work.values(use, either)


def _details(work: Pass) -> dict[str, list[Any]]:
    uses = [use for use in work.mapping.uses if use.field in ("severity", "side", "muscle")]
    found = {
        use.field: work.values(use, reader(Cramp, use.field, work.mapping.decimal, work.scale(use)))
        for use in uses
    }
    place = work.mapping.column_of("muscle")
    if place is not None and "side" not in found:
        cells = work.table.columns[place.column]
        found["side"] = by_value(cells, lambda cell: leg_of(str(cell))[1])
    return found


def _of(columns: dict[str, list[Any]], row: int) -> dict[str, Any]:
    return {name: values[row] for name, values in columns.items() if values[row] is not None}


def _notes(work: Pass) -> list[str | None]:
    uses = [use for use in work.mapping.uses if use.field == "note"]
    return noted(work, uses) if uses else [None] * len(work.table)


def _note(text: str | None) -> dict[str, Any]:
    return {} if text is None else {"note": text}


def _cramps(work: Pass, when: list[When], count: object, fields: dict[str, Any]) -> list[Record]:
    return [record for one in when if count for record in _event(work, Cramp, one, fields)]


def _event(
    work: Pass, record: type[Cramp] | type[Massage], when: When, fields: dict[str, Any]
) -> list[Record]:
    if when.at is None:
        return []
    said = (f"{name}={value}" for name, value in sorted(fields.items()))
    name = work.names.of("\x1f".join((record.__name__, when.at.isoformat(), *said)))
    known = {} if when.known is Clock.EXACT else {"clock": when.known}
    return [maker(record, work.source, work.made)({"at": when.at, **known, **fields}, name)]


def _tick(work: Pass, day: date) -> list[Record]:
    name = work.names.of(f"span\x1f{day}\x1f{day}")
    return [maker(TrackedSpan, work.source, work.made)({"first_day": day, "last_day": day}, name)]
