"""Tables of days.

Wide (a column for each factor), long (one value per row), and stretches of tracked days.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from legcare.importers.cells.cell import missing, plain_words
from legcare.importers.cells.words import factor_words
from legcare.importers.tables.build import maker
from legcare.importers.tables.events import noted
from legcare.importers.tables.mapping import Use
from legcare.importers.tables.moments import When, dated, days, moments
from legcare.importers.tables.nights import read_nights
from legcare.importers.tables.own import OWN, own_factor
from legcare.importers.tables.reading import Reading as Pass
from legcare.importers.tables.values import Bad, by_value, counted, measured, reader, text_of
from legcare.records import Cramp, Event, Massage, Reading, Record, TrackedSpan
from legcare.records.models import EARLIEST, LATEST

TWO_ROWS = (
    "An earlier row has the same day; the values of both are kept and combined as each factor says."
)


def read_days(work: Pass) -> list[Record]:
    """Readings, cramps, massages and days without cramps of a table with one day per row."""
    found = days(work.table, work.mapping)
    good = _good_days(work, found)
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


def _good_days(work: Pass, found: list[date | Bad]) -> dict[int, date]:
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
        if isinstance(value, Bad):
            work.tell(row, value.reason, use)
        elif value is not None and row in good:
            name = work.names.of(f"reading\x1f{good[row]}\x1f{key}\x1f{value!r}")
            records.append(make({"day": good[row], "factor": key, "value": float(value)}, name))
    return records


def _happened(work: Pass, good: dict[int, date]) -> dict[int, list[Record]]:
    """Cramps, massages and "no cramps" ticks of each row that has them."""
    cramps, massages = (
        work.mapping.column_of("cramp_count"),
        work.mapping.column_of("massage_minutes"),
    )
    if cramps is None and massages is None:
        return {}
    counts = (
        work.values(cramps, counted(work.mapping.decimal)) if cramps else [None] * len(work.table)
    )
    minutes = _minutes(work, massages)
    when, details, notes = (
        moments(work.table, work.mapping, work.zone),
        _details(work),
        _notes(work),
    )
    happened: dict[int, list[Record]] = {}
    for row, day in good.items():
        made = [
            *_cramps(work, when[row], counts[row], {**_of(details, row), **_note(notes[row])}),
            *_tick(work, day, counts[row]),
        ]
        if minutes[row]:
            note = {} if counts[row] else _note(notes[row])
            made += _event(work, Massage, when[row], {"minutes": minutes[row], **note})
        if made and not isinstance(made[0], TrackedSpan) and when[row].remark:
            work.tell(
                row,
                when[row].remark,
                work.mapping.column_of("time") or work.mapping.column_of("date"),
                kept=True,
            )
        if not made and (counts[row] or minutes[row]):
            work.tell(
                row,
                when[row].bad or "The time of day cannot be read.",
                work.mapping.column_of("time"),
            )
        if made:
            happened[row] = made
    return happened


def _minutes(work: Pass, use: Use | None) -> list[Any]:
    if use is None:
        return [None] * len(work.table)
    return work.values(use, reader(Massage, "minutes", work.mapping.decimal, work.scale(use)))


def _details(work: Pass) -> dict[str, list[Any]]:
    uses = [use for use in work.mapping.uses if use.field in ("severity", "side", "muscle")]
    return {
        use.field: work.values(use, reader(Cramp, use.field, work.mapping.decimal, work.scale(use)))
        for use in uses
    }


def _of(columns: dict[str, list[Any]], row: int) -> dict[str, Any]:
    return {name: values[row] for name, values in columns.items() if values[row] is not None}


def _notes(work: Pass) -> list[str | None]:
    uses = [use for use in work.mapping.uses if use.field == "note"]
    return noted(work, uses) if uses else [None] * len(work.table)


def _note(text: str | None) -> dict[str, Any]:
    return {} if text is None else {"note": text}


def _cramps(work: Pass, when: When, count: int | None, fields: dict[str, Any]) -> list[Record]:
    return [record for _ in range(count or 0) for record in _event(work, Cramp, when, fields)]


def _event(
    work: Pass, record: type[Cramp] | type[Massage], when: When, fields: dict[str, Any]
) -> list[Record]:
    if when.at is None:
        return []
    said = (f"{name}={value}" for name, value in sorted(fields.items()))
    name = work.names.of("\x1f".join((record.__name__, when.at.isoformat(), *said)))
    return [maker(record, work.source, work.made)({"at": when.at, **fields}, name)]


def _tick(work: Pass, day: date, count: int | None) -> list[Record]:
    if count != 0:
        return []
    name = work.names.of(f"span\x1f{day}\x1f{day}")
    return [maker(TrackedSpan, work.source, work.made)({"first_day": day, "last_day": day}, name)]


def read_long(work: Pass) -> list[Record]:
    """Readings of a table with day, factor and value in each row."""
    named, valued = work.mapping.column_of("factor"), work.mapping.column_of("value")
    good = _good_days(work, days(work.table, work.mapping))
    if named is None or valued is None:
        return []
    said = factor_words(tuple(work.factors.values()))
    keys = by_value(work.table.columns[named.column], lambda cell: _key(text_of(cell), said, work))
    make, ids = maker(Reading, work.source, work.made), work.ids()
    origins = work.origins(ids)
    readers = {
        key: measured(work.factors[key], work.mapping.decimal, _stored(work, key))
        for key in work.factors
    }
    records: list[Record] = []
    for row, key, cell in zip(work.rows(), keys, work.table.columns[valued.column], strict=True):
        if row not in good or missing(cell):
            continue
        if key is None or isinstance(key, Bad):
            work.tell(
                row,
                key.reason if key else "The row does not say what was measured. Name it.",
                named,
            )
            continue
        value = readers[key](cell)
        if isinstance(value, Bad):
            work.tell(row, value.reason, valued)
        elif isinstance(value, float):
            name = ids.get(row) or work.names.of(f"reading\x1f{good[row]}\x1f{key}\x1f{value!r}")
            records.append(
                make(
                    {"day": good[row], "factor": key, "value": value, **origins.get(row, {})}, name
                )
            )
    return records


def _stored(work: Pass, key: str) -> Any:
    return work.scale(Use(column=0, field=f"factor:{key}"))


def _key(text: str, said: dict[str, str], work: Pass) -> object:
    if text in work.factors:
        return text
    known = said.get(plain_words(text))
    return known or Bad(
        "This is no factor of this log. Add it under Settings as your own factor, then upload"
        " again."
    )


def read_spans(work: Pass) -> list[Record]:
    """Tracked spans of a table with a first and a last day in each row."""
    firsts, lasts = (
        days(work.table, work.mapping, "first_day"),
        days(work.table, work.mapping, "last_day"),
    )
    ids = work.ids()
    origins = work.origins(ids)
    make = maker(TrackedSpan, work.source, work.made)
    records: list[Record] = []
    for row, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        if isinstance(first, Bad) or isinstance(last, Bad):
            bad = first if isinstance(first, Bad) else last
            field = "first_day" if isinstance(first, Bad) else "last_day"
            work.tell(
                row, bad.reason if isinstance(bad, Bad) else "", work.mapping.column_of(field)
            )
        elif not EARLIEST <= first.year <= last.year <= LATEST or last < first:
            reason = (
                f"The last day lies before the first, or a year outside {EARLIEST} to {LATEST}."
                " Correct it."
            )
            work.tell(row, reason, work.mapping.column_of("last_day"))
        else:
            name = ids.get(row) or work.names.of(f"span\x1f{first}\x1f{last}")
            records.append(
                make({"first_day": first, "last_day": last, **origins.get(row, {})}, name)
            )
    return records
