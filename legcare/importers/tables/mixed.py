"""Sheets with one event per row, where a column says which: cramp, massage, workout, a measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from legcare.importers.cells.cell import Bad, Cell, missing, plain_words
from legcare.importers.cells.diary import event_of
from legcare.importers.cells.legs import leg_of
from legcare.importers.cells.numbers import Scale, number_in
from legcare.importers.cells.words import NO, YES, choices, factor_words, within
from legcare.importers.result import Problem
from legcare.importers.tables.build import maker
from legcare.importers.tables.events import read_events
from legcare.importers.tables.groups import carry_down
from legcare.importers.tables.mapping import EVENTS, Kind, Use, fields_of
from legcare.importers.tables.moments import days
from legcare.importers.tables.reading import Reading as Pass
from legcare.importers.tables.values import measured
from legcare.records import Reading, Record, TrackedSpan

LEFT_OUT = "leave out"
MEANINGS = {"cramp": Kind.CRAMPS, "massage": Kind.MASSAGES, "workout": Kind.WORKOUTS}
_TURNED = {
    (Kind.MASSAGES, "muscle"): "areas",
    (Kind.CRAMPS, "areas"): "muscle",
    (Kind.WORKOUTS, "severity"): "effort",
}
_SKIP = frozenset(("skip", "skipped", "unknown", "n a", "na", ""))


def meaning_of(
    text: str, own: Mapping[str, str] | None = None, said: Mapping[str, str] | None = None
) -> str:
    """What a row is by its word; nothing where nobody knows.

    ``cramp``, ``massage``, ``workout``, ``factor:KEY`` or ``leave out``. ``own`` are the person's
    words, ``said`` the names of factors with their keys.
    """
    word = plain_words(text)
    if own and f"what:{word}" in own:
        return own[f"what:{word}"]
    if event := event_of(text):
        return event
    key = (said or {}).get(word)
    return f"factor:{key}" if key else ""


def read_mixed(work: Pass) -> list[Record]:
    """Every row as what its word says; rows of a word without a meaning are told, not kept."""
    use = work.mapping.column_of("what")
    if use is None:
        work.problems.append(Problem(work.table.place, "No column says what a row is. Choose one."))
        return []
    work = carry_down(work)
    rows: dict[str, list[int]] = defaultdict(list)
    own, said = work.mapping.words, factor_words(tuple(work.factors.values()))
    for row, cell in enumerate(work.table.columns[use.column]):
        what = "" if missing(cell) else meaning_of(str(cell), own, said)
        if not what:
            work.tell(row, "Nothing says what this row is, so it is not kept. Say it above.", use)
        elif what != LEFT_OUT and _happened(work, row, what):
            rows[what].append(row)
        elif what == "cramp" and _answer(work, row) is False:
            rows["no cramp"].append(row)
    records: list[Record] = []
    for what, picked in rows.items():
        part = work.of(work.table.picked(picked))
        if what in MEANINGS:
            records += _events(part, MEANINGS[what], use)
        elif what == "no cramp":
            records += _without(part)
        else:
            records += _measured(part, what.removeprefix("factor:"))
    return records


def _truth(cell: Cell) -> bool | None:
    """Yes, no, or nothing; a number above zero is a yes."""
    said = str(cell).strip().casefold()
    if said in _SKIP or missing(cell):
        return None
    if said in NO or plain_words(said) in NO or said in ("0.0", "0"):
        return False
    if said in YES or plain_words(said) in YES:
        return True
    number = number_in(cell, ".", Scale())
    return number > 0 if isinstance(number, float) else None


def _happened(work: Pass, row: int, what: str) -> bool:
    if work.mapping.column_of("answer") is None or what.startswith("factor:"):
        return True
    return _answer(work, row) is True


def _answer(work: Pass, row: int) -> bool | None:
    use = work.mapping.column_of("answer")
    return None if use is None else _truth(work.table.columns[use.column][row])


def _events(part: Pass, kind: Kind, what: Use) -> list[Record]:
    """The rows of one kind, read as a table of that kind with the same columns."""
    fields = set(fields_of(kind))
    uses: list[Use] = []
    taken: set[str] = set()
    for use in part.mapping.uses:
        field = use.field if use.field in fields else _TURNED.get((kind, use.field), "")
        if field in taken and field != "note":
            field = ""
        taken.add(field)
        uses.append(use.model_copy(update={"field": field}))
        if use.field and not field and use.field not in ("what", "answer"):
            _tell_unfit(part, use, kind)
    if kind is Kind.WORKOUTS and "kind" not in taken:
        uses[what.column] = what.model_copy(update={"field": "kind"})
    found = read_events(
        part.of(part.table, part.mapping.model_copy(update={"kind": kind, "uses": tuple(uses)}))
    )
    return (
        [_from_word(record, part, what, row) for row, record in enumerate(found)]
        if (len(found) == len(part.table))
        else found
    )


def _from_word(record: Any, part: Pass, what: Use, row: int) -> Record:
    """What the word itself says more: ``foam roller``, ``left calf cramp``."""
    word = str(part.table.columns[what.column][row])
    update: dict[str, object] = {}
    if record.type == "massage" and record.method is None:
        update["method"] = within(plain_words(word), choices()["method"])
    if record.type == "cramp":
        muscle, side = leg_of(word)
        update |= {"muscle": record.muscle or muscle, "side": record.side or side}
    update = {name: value for name, value in update.items() if value is not None}
    if not update:
        return record  # type: ignore[no-any-return]
    return type(record).model_validate({**record.model_dump(), **update})  # type: ignore[no-any-return]


def _tell_unfit(part: Pass, use: Use, kind: Kind) -> None:
    cells = part.table.columns[use.column]
    many = sum(not missing(cell) for cell in cells)
    if many:
        name = EVENTS[kind].__name__.lower()
        reason = f"A {name} has no such field: in {many} of its rows this is not kept."
        title = part.table.title(use.column)
        part.problems.append(Problem(part.table.place, reason, column=title))


def _without(part: Pass) -> list[Record]:
    make = maker(TrackedSpan, part.source, part.made)
    records: list[Record] = []
    for row, day in enumerate(days(part.table, part.mapping)):
        if isinstance(day, Bad):
            part.tell(row, day.reason)
        else:
            name = part.names.of(f"span\x1f{day}\x1f{day}")
            records.append(make({"first_day": day, "last_day": day}, name))
    return records


def _measured(part: Pass, key: str) -> list[Record]:
    """Rows that give a value of a factor; a yes without a number says no amount."""
    factor = part.factors.get(key)
    use = part.mapping.column_of("answer") or part.mapping.column_of("minutes")
    if factor is None or use is None:
        for row in range(len(part.table)):
            part.tell(row, "No column gives the amount of this row, so it is not kept.")
        return []
    read = measured(factor, part.mapping.decimal, part.scale(Use(column=0, field=f"factor:{key}")))
    make = maker(Reading, part.source, part.made)
    records: list[Record] = []
    amounts = zip(days(part.table, part.mapping), part.table.columns[use.column], strict=True)
    for row, (day, cell) in enumerate(amounts):
        value = None if missing(cell) else read(cell)
        if isinstance(day, Bad) or not isinstance(value, float):
            bad = day if isinstance(day, Bad) else value
            part.tell(row, bad.reason if isinstance(bad, Bad) else "No amount is given.", use)
            continue
        name = part.names.of(f"reading\x1f{day}\x1f{key}\x1f{value!r}")
        records.append(make({"day": day, "factor": key, "value": value}, name))
    return records
