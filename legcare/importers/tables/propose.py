"""From a table to a proposal: what its rows are, what each column is, and the reason for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from uuid import UUID

from legcare.importers.cells.cell import Cell, missing, plain_words, sample
from legcare.importers.cells.dates import Moment, Order, clock_of, moment_in
from legcare.importers.cells.words import FIELDS, NIGHT, choices, factor_words
from legcare.importers.tables import scales
from legcare.importers.tables.doubts import settled
from legcare.importers.tables.mapping import EVENTS, Doubt, Kind, TableMapping, Use, fields_of
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Clock, Factor

NAMED: dict[Kind, tuple[str, ...]] = {
    Kind.CRAMPS: ("cramp", "krampf", "crampe", "calambre", "charley"),
    Kind.MASSAGES: ("massage", "masaje", "roller", "physio"),
    Kind.WORKOUTS: ("workout", "training", "activit", "sport", "exercise", "run"),
}


def propose(
    table: Table,
    remembered: TableMapping | None = None,
    *,
    factors: Sequence[Factor] = BUILT_IN,
    kind: Kind | None = None,
) -> TableMapping:
    """How to read a table.

    ``remembered`` is what the person settled for a file with the same columns.

    What the cells themselves settle (order of day and month, decimal sign) is decided anew for each
    file; what they leave open and nothing remembered answers is in ``undecided``. ``kind`` is what
    the person says the rows are.
    """
    if (
        remembered is not None
        and kind in (None, remembered.kind)
        and len(remembered.uses) == len(table.names)
    ):
        return settled(table, remembered, known=remembered)
    guessed, why, sure = (kind, "you chose it", True) if kind else kind_of(table, factors)
    uses = _uses(table, guessed, factors)
    doubts = {Doubt.KIND} if not sure else set()
    mapping = TableMapping(kind=guessed, why=why, uses=uses, undecided=frozenset(doubts))
    return settled(table, mapping, factors=factors)


def kind_of(table: Table, factors: Sequence[Factor] = BUILT_IN) -> tuple[Kind, str, bool]:
    """What the rows are, why, and whether that is sure."""
    said = factor_words(tuple(factors))
    names = [_spoken(name, said) for name in table.names]
    if _all_in(names, "first_day", "last_day"):
        return Kind.SPANS, "it has a first and a last day per row", True
    if _all_in(names, "factor", "value") and any(
        name in FIELDS["date"] + FIELDS["at"] for name in names
    ):
        return Kind.READINGS, "it has a day, a name and a value per row", True
    title = plain_words(f"{table.sheet} {table.file.rpartition('.')[0]}")
    scores = {kind: _score(kind, names, title) for kind in EVENTS}
    counted = sum(name in FIELDS["cramp_count"] + FIELDS["massage_minutes"] for name in names)
    measured = sum(name in said and name not in FIELDS["kind"] for name in names)
    nights = _all_in(names, *NIGHT)
    timed = any(name in FIELDS["time"] + FIELDS["at"] for name in names) or _timed(table)
    days = (
        (measured + 2 * nights) * 1.5
        + 2 * counted
        + (1 if _once_a_day(table) else -1)
        - (2 if timed else 0)
    )
    best = max(scores, key=lambda one: scores[one])
    measures = {*said, *(word for words in NIGHT.values() for word in words)}
    if measured + counted + nights and (days > scores[best] or scores[best] < 1):
        listed = ", ".join(table.names[k] for k, name in enumerate(names) if name in measures)[:80]
        return Kind.DAYS, f"each row is a day with measured columns ({listed or 'cramps'})", True
    others = max(score for kind, score in scores.items() if kind is not best)
    if scores[best] <= others:
        return best, "nothing in the file says what the rows are", False
    return best, _reason(best, names, title), True


def _all_in(names: Iterable[str], *fields: str) -> bool:
    held = list(names)
    return all(any(name in FIELDS[field] for name in held) for field in fields)


def _spoken(name: str, said: Mapping[str, str]) -> str:
    """A column's name in plain words, without a unit at its end.

    Unless the name is known with it.
    """
    full = plain_words(name)
    known = full in said or any(full in words for words in FIELDS.values())
    return full if known else plain_words(scales.TAIL.sub("", name.strip())) or full


def _score(kind: Kind, names: Sequence[str], title: str) -> float:
    special = {
        field
        for field in fields_of(kind)
        if sum(field in fields_of(other) for other in EVENTS) == 1
    }
    fields = [_field_named(name, kind) for name in names]
    score = sum(2.0 if field in special else 0.2 for field in fields if field)
    in_title = any(word in title for word in NAMED[kind])
    return (
        score
        + (5 if in_title else 0)
        + sum(any(word in name for word in NAMED[kind]) for name in names)
    )


def _reason(kind: Kind, names: Sequence[str], title: str) -> str:
    if any(word in title for word in NAMED[kind]):
        return f"its name says so ({title})"
    special = {
        field
        for field in fields_of(kind)
        if sum(field in fields_of(other) for other in EVENTS) == 1
    }
    found = [
        name
        for name in names
        if _field_named(name, kind) in special or any(w in name for w in NAMED[kind])
    ]
    return f"it has columns such as {', '.join(found[:3])}"


def _timed(table: Table) -> bool:
    return any(
        _when(table.columns[k])[1]
        for k in range(len(table.names))
        if _when(table.columns[k])[0] > 0.8
    )


def _once_a_day(table: Table) -> bool:
    for cells in table.columns:
        share, timed = _when(cells)
        if share > 0.8 and not timed:
            held = [str(cell) for cell in cells if not missing(cell)]
            return len(set(held)) > 0.9 * len(held)
    return False


def _when(cells: Sequence[Cell]) -> tuple[float, bool]:
    """The share of cells that read as dates, and whether those say a time of day."""
    held = sample(cells)
    found: list[Moment] = []
    for cell in held:
        for order in Order:
            moment = moment_in(cell, order) if not isinstance(cell, (int, float)) else "a number"
            if not isinstance(moment, str) and not (
                isinstance(cell, str) and cell.strip().isdecimal()
            ):
                found.append(moment)
                break
    return len(found) / max(1, len(held)), any(moment[1] not in (None, time(0)) for moment in found)


# What an exported log says of how well a time is known: words, not times.
_CLOCKS = frozenset(Clock)


def _uses(table: Table, kind: Kind, factors: Sequence[Factor]) -> tuple[Use, ...]:
    taken: set[str] = set()
    said = factor_words(tuple(factors))
    uses: dict[int, Use] = {}
    for exact in (True, False):
        for column, name in enumerate(table.names):
            if column in uses:
                continue
            field, why = _field_of(_spoken(name, said), kind, factors, exact=exact)
            if field == "id" and not all(
                _identifier(cell) for cell in sample(table.columns[column])
            ):
                continue
            if field in ("source", "created_at") and "id" not in taken:
                continue
            if field == "time" and all(cell in _CLOCKS for cell in sample(table.columns[column])):
                field = "clock"
            if field and (field not in taken or field == "note"):
                taken.add(field)
                uses[column] = scales.scaled(
                    Use(column=column, field=field, why=why), table, factors
                )
    for use in _dated(table, kind, uses):
        uses[use.column] = use
    for use in _worded(table, kind, uses):
        uses[use.column] = use
    return tuple(
        uses.get(k, Use(column=k, why="its name is none that is known here"))
        for k in range(len(table.names))
    )


def _identifier(cell: Cell) -> bool:
    try:
        return bool(UUID(str(cell)))
    except ValueError:
        return False


def _field_of(name: str, kind: Kind, factors: Sequence[Factor], *, exact: bool) -> tuple[str, str]:
    if not name:
        return "", ""
    field = _field_named(name, kind)
    if field and exact:
        return field, f"a column called {name!r} holds this"
    if kind is Kind.DAYS:
        said = factor_words(tuple(factors))
        key = said.get(name) if exact else _part_of(name, said)
        if key:
            return f"factor:{key}", f"the name {name!r} means this factor"
    if not exact:
        spoken = {word: field for field in fields_of(kind) for word in FIELDS.get(field, ())}
        field = _part_of(name, spoken)
        return (field, f"the name {name!r} contains a word for this") if field else ("", "")
    return "", ""


def _field_named(name: str, kind: Kind) -> str:
    for field in fields_of(kind):
        if name == plain_words(field) or name in FIELDS.get(field, ()):
            return field
    return ""


def _part_of(name: str, spoken: dict[str, str]) -> str:
    """The meaning of the longest known phrase that stands as whole words in a name."""
    padded = f" {name} "
    best = max(
        (word for word in spoken if len(word) > 2 and f" {word} " in padded), key=len, default=""
    )
    return spoken.get(best, "")


def _dated(table: Table, kind: Kind, uses: dict[int, Use]) -> list[Use]:
    """Columns for the moment, by what their cells are.

    A name alone is not enough, nor is it needed.
    """
    plain = kind in (Kind.DAYS, Kind.READINGS)
    shapes = {k: _when(cells) for k, cells in enumerate(table.columns)}
    found: list[Use] = []
    named = {use.field: k for k, use in uses.items() if use.field in ("at", "date", "time")}
    if kind is Kind.SPANS:
        return found
    when = named.get("at", named.get("date"))
    if when is None and "time" in named and shapes[named["time"]][0] > 0.5:
        when = named["time"]
    if when is None:
        free = [k for k, (share, _) in shapes.items() if share > 0.6 and k not in uses]
        when = free[0] if free else None
    if when is not None:
        timed = shapes[when][1] and not plain
        field = "at" if timed and named.get("time", when) == when else "date"
        why = f"its cells are {'dates with a time of day' if shapes[when][1] else 'dates'}"
        found.append(Use(column=when, field=field, why=why))
        if field == "at":
            found += [
                Use(column=k, why="the moment is in another column")
                for f, k in named.items()
                if k != when
            ]
        elif "time" not in named and not plain:
            clocks = [
                k
                for k in range(len(table.names))
                if k not in uses and k != when and _clocked(table.columns[k])
            ]
            found += [
                Use(column=k, field="time", why="its cells are times of day") for k in clocks[:1]
            ]
    return found


def _worded(table: Table, kind: Kind, uses: Mapping[int, Use]) -> list[Use]:
    """Columns whose name says nothing, but whose cells are all words of one free field."""
    found: list[Use] = []
    taken = {use.field for use in uses.values()}
    for column in (k for k in range(len(table.names)) if k not in uses):
        said = {
            plain_words(str(cell))
            for cell in sample(table.columns[column])
            if isinstance(cell, str)
        }
        for field in fields_of(kind) if len("".join(said)) > 2 * len(said) else ():
            if field in choices() and field not in taken and said <= choices()[field].keys():
                taken.add(field)
                found.append(
                    Use(
                        column=column,
                        field=field,
                        why=f"its cells are words such as {sorted(said)[0]!r}",
                    )
                )
                break
    return found


def _clocked(cells: Sequence[Cell]) -> bool:
    held = sample(cells)
    typed = sum(
        isinstance(cell, time)
        or (isinstance(cell, str) and ":" in cell and isinstance(clock_of(cell), time))
        for cell in held
    )
    return bool(held) and typed > 0.8 * len(held)
