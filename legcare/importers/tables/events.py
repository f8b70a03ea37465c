"""Tables with one event per row: cramps, massages, workouts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from legcare.importers.cells.legs import leg_of
from legcare.importers.cells.numbers import SHORT
from legcare.importers.cells.words import workout_kind
from legcare.importers.tables.build import maker
from legcare.importers.tables.groups import (
    carry_down,
    match_relief,
    one_per_time,
    without_others,
    without_plans,
)
from legcare.importers.tables.mapping import EVENTS, Use
from legcare.importers.tables.moments import When, ended, ends, moments
from legcare.importers.tables.reading import Reading as Pass
from legcare.importers.tables.table import Table
from legcare.importers.tables.values import by_value, reader, text_of
from legcare.records import Clock, Cramp, Muscle, Place, Record, Side, Workout

_APART = frozenset(("", "end", "at", "date", "time", "half", "what", "id", "source", "created_at"))


def read_events(work: Pass) -> list[Record]:
    """One record per row that has a readable moment; every other row is told with its reason."""
    record = EVENTS[work.mapping.kind]
    work = one_per_time(carry_down(work))
    when = _moments(work, record)
    columns = _contents(work, record, when)
    _tell_moments(work, when)
    make, ids = maker(record, work.source, work.made), work.ids()
    origins = work.origins(ids)
    fields, tokens = list(columns), [_tokens(values) for values in columns.values()]
    rows = zip(*columns.values(), strict=True) if columns else (() for _ in when)
    marks = zip(*tokens, strict=True) if tokens else (() for _ in when)
    records: list[Record] = []
    for row, moment, values, said in zip(work.rows(), when, rows, marks, strict=True):
        if moment.at is None:
            continue
        given: dict[str, Any] = {
            name: value for name, value in zip(fields, values, strict=True) if value is not None
        }
        given["at"] = moment.at
        if moment.known is not Clock.EXACT:
            given.setdefault("clock", moment.known)
        given |= origins.get(row, {})
        content = "\x1f".join((record.__name__, moment.at.isoformat(), *said))
        records.append(make(given, ids.get(row) or work.names.of(content)))
    return records


def _moments(work: Pass, record: type[Record]) -> list[When]:
    """When each row happened; rows that are another kind of event are left out with a reason."""
    when = moments(work.table, work.mapping, work.zone)
    if record is Cramp:
        return without_others(work, when)
    return without_plans(work, when) if record is Workout else when


def _contents(work: Pass, record: type[Record], when: list[When]) -> dict[str, list[object]]:
    """The values of each field, one per row."""
    columns = _columns(work)
    if "minutes" not in columns:
        columns |= _lengths(work, when)
    return match_relief(work, columns) if record is Cramp else columns


def _tell_moments(work: Pass, when: list[When]) -> None:
    use = work.mapping.column_of("at") or work.mapping.column_of("date")
    clock = work.mapping.column_of("time")
    for row, moment in enumerate(when):
        if moment.bad:
            about_clock = (
                "time" in moment.bad.split(".")[0] and "date" not in moment.bad.split(".")[0]
            )
            work.tell(row, moment.bad, clock if clock is not None and about_clock else use)
        elif moment.remark:
            work.tell(row, moment.remark, clock or use, kept=True)


def _columns(work: Pass) -> dict[str, list[Any]]:
    """The values of each field of the record, in the order of the fields' names.

    ``None`` where there is none.
    """
    record, decimal = EVENTS[work.mapping.kind], work.mapping.decimal
    found: dict[str, list[Any]] = {}
    for use in work.mapping.uses:
        if use.field in _APART or use.field == "note" or use.field in found:
            continue
        if record is Workout and use.field == "kind":
            found |= _kinds(work, use)
        else:
            scale = work.scale(use)
            if record is Cramp and use.field == "minutes" and not use.unit:
                scale = replace(scale, unit=SHORT)
            read = reader(record, use.field, decimal, scale)
            found[use.field] = work.values(use, work.with_words(use, read))
    muscle = work.mapping.column_of("muscle")
    if record is Cramp and muscle is not None and "side" not in found:
        found["side"] = _sides(work.table, muscle)
    side = work.mapping.column_of("side")
    if record is Cramp and side is not None and muscle is None:
        found["muscle"] = _muscles(work.table, side)
    if notes := [use for use in work.mapping.uses if use.field == "note"]:
        found["note"] = noted(work, notes)
    return {
        name: found[name]
        for name in sorted(found)
        if any(value is not None for value in found[name])
    }


def _lengths(work: Pass, when: list[When]) -> dict[str, list[Any]]:
    """Minutes from the moment to the end, where the table has a column for that.

    An end before the start is told.
    """
    use = work.mapping.column_of("end")
    if use is None:
        named = [ended(moment, work.zone) for moment in when]
        return {"minutes": named} if any(length is not None for length in named) else {}
    minutes: list[Any] = []
    for row, (moment, end) in enumerate(
        zip(when, ends(work.table, work.mapping, work.zone), strict=True)
    ):
        length = ended(moment, work.zone)
        if moment.at is not None and end is not None and end.at is not None:
            length = (end.at - moment.at).total_seconds() / 60
        if (end is not None and end.bad) or (length is not None and not 0 <= length <= 24 * 60):
            work.tell(
                row,
                (end and end.bad) or "The end does not lie within a day after the start.",
                use,
                kept=True,
            )
            length = None
        minutes.append(length)
    return {"minutes": minutes}


def noted(work: Pass, uses: list[Use]) -> list[str | None]:
    """The notes of every row; where several columns go into it, each with its column's name."""
    columns = [
        [None if cell in ("", None) else text_of(cell) for cell in work.table.columns[use.column]]
        for use in uses
    ]
    if len(uses) > 1:
        names = [work.table.title(use.column) for use in uses]
        columns = [
            [f"{name}: {text}" if text else None for text in texts]
            for name, texts in zip(names, columns, strict=True)
        ]
    joined: list[str | None] = [
        "\n".join(text for text in texts if text) or None for texts in zip(*columns, strict=True)
    ]
    for row, text in enumerate(joined):
        if text is not None and len(text) > 10_000:
            work.tell(
                row,
                "The note is longer than 10,000 characters; only its beginning is kept.",
                uses[0],
                kept=True,
            )
            joined[row] = text[:10_000]
    return joined


def _sides(table: Table, muscle: Use) -> list[Side | None]:
    return by_value(table.columns[muscle.column], lambda cell: leg_of(str(cell))[1])


def _muscles(table: Table, side: Use) -> list[Muscle | None]:
    return by_value(table.columns[side.column], lambda cell: leg_of(str(cell))[0])


def _kinds(work: Pass, use: Use) -> dict[str, list[Any]]:
    """The kind of exercise.

    What is none of the known ones is "other" with the person's own words beside it.
    """
    pairs = by_value(work.table.columns[use.column], lambda cell: workout_kind(text_of(cell)))
    return {
        "kind": [pair[0] if pair else None for pair in pairs],
        "kind_text": [(pair[1] or None) if pair else None for pair in pairs],
    }


def _tokens(values: list[Any]) -> list[str]:
    known: dict[Any, str] = {}
    tokens: list[str] = []
    for value in values:
        token = known.get(value)
        if token is None:
            token = known[value] = _said(value)
        tokens.append(token)
    return tokens


def _said(value: object) -> str:
    """A value as the part of a record's name that must stay the same in later versions."""
    if isinstance(value, tuple):
        return ";".join(map(_said, value))
    if isinstance(value, Place):
        return f"{value.muscle}:{value.side}"
    return "" if value is None else str(value)
