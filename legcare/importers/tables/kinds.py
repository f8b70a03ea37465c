"""What the rows of a table are, by what its columns hold; by its name where they leave it open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from legcare.importers.cells.cell import missing, plain_words
from legcare.importers.cells.words import (
    FIELDS,
    NIGHT,
)
from legcare.importers.tables.looks import (
    Look,
    What,
    dated_share,
    factor_named,
    field_named,
    leg_columns,
    what_column,
    worded_as,
)
from legcare.importers.tables.mapping import (
    EVENTS,
    Kind,
    fields_of,
)
from legcare.importers.tables.table import Table

NAMED: dict[Kind, tuple[str, ...]] = {
    Kind.CRAMPS: ("cramp", "krampf", "krämpf", "crampe", "calambre", "charley"),
    Kind.MASSAGES: ("massage", "masaje", "roller", "physio"),
    Kind.WORKOUTS: ("workout", "training", "activit", "sport", "exercise", "run", "pace"),
}


def kind_in(look: Look) -> tuple[Kind, str, bool]:
    """What the rows are, why, and whether that is sure."""
    names = look.names
    if {"first day", "kind", "name"} <= set(names):
        return Kind.MARKS, "it has a first day, a kind and a name per row", True
    if {"first day", "last day"} <= set(names):
        return Kind.SPANS, "it has a first and a last day per row", True
    if look.own:
        return _own_kind(names)
    what = what_column(look)
    if what is not None and (what.kinds > 1 or what.answered):
        shown = ", ".join(what.examples)
        return Kind.EVENTS, f"the column {what.name} says what each row is ({shown})", True
    if _all_in(names, "factor", "value") and any(
        name in FIELDS["date"] + FIELDS["at"] for name in names
    ):
        return Kind.READINGS, "it has a day, a name and a value per row", True
    return _by_score(look, what)


def _own_kind(names: Sequence[str]) -> tuple[Kind, str, bool]:
    if "factor" in names:
        return Kind.READINGS, "its columns are those of an exported log", True
    marks = {"severity": Kind.CRAMPS, "method": Kind.MASSAGES, "effort": Kind.WORKOUTS}
    kind = next((kind for name, kind in marks.items() if name in names), Kind.CRAMPS)
    return kind, "its columns are those of an exported log", True


def _by_score(look: Look, what: What | None) -> tuple[Kind, str, bool]:
    table, names = look.table, look.names
    title = plain_words(f"{table.sheet} {table.file.rpartition('.')[0]}")
    scores = {kind: _score(look, kind) for kind in EVENTS}
    if what is not None and what.only is not None:
        scores[what.only] += 3
    legs = leg_columns(look)
    counted = sum(n in FIELDS["cramp_count"] + FIELDS["massage_minutes"] for n in names)
    measures = [n for n in names if factor_named(n, look) and n not in FIELDS["kind"]]
    nights = _all_in(names, *NIGHT)
    timed = any(name in FIELDS["time"] + FIELDS["at"] for name in names) or _timed(table)
    days = (
        (len(measures) + 2 * nights + 1.5 * (len(legs) > 1) * len(legs)) * 1.5
        + 2 * counted
        + (1 if _once_a_day(table) else -1)
        - (2 if timed else 0)
    )
    best = max(scores, key=lambda one: scores[one])
    if len(measures) + counted + nights + (len(legs) > 1) and (
        days > scores[best] or scores[best] < 1
    ):
        held = [table.names[k] for k, n in enumerate(names) if n in measures or n in _nightly()]
        held += [table.names[k] for k in legs]
        return (
            Kind.DAYS,
            f"each row is a day with measured columns ({', '.join(held)[:80] or 'cramps'})",
            True,
        )
    others = max(score for kind, score in scores.items() if kind is not best)
    if scores[best] > others:
        return best, _reason(look, best), True
    spoken = [kind for kind in EVENTS if any(word in title for word in NAMED[kind])]
    if len(spoken) == 1 and scores[spoken[0]] == scores[best]:
        return spoken[0], f"its columns leave it open, and its name says so ({title})", True
    return best, "nothing in the file says what the rows are", False


def _nightly() -> frozenset[str]:
    return frozenset(word for words in NIGHT.values() for word in words)


def _all_in(names: Iterable[str], *fields: str) -> bool:
    held = list(names)
    return all(any(name in FIELDS[field] for name in held) for field in fields)


def _score(look: Look, kind: Kind) -> float:
    names = look.names
    fields = [field_named(name, kind) for name in names]
    score = sum(2.0 if one in _special(kind) else 0.2 for one in fields if one)
    score += sum(any(word in name for word in NAMED[kind]) for name in names)
    if kind is Kind.CRAMPS and not any(one in ("side", "muscle") for one in fields):
        score += 2.0 * any(worded_as(cells, ("side", "muscle")) for cells in look.table.columns)
    return score


def _special(kind: Kind) -> set[str]:
    """Fields that only this kind of event has."""
    fields = [set(fields_of(other)) for other in EVENTS]
    return {one for one in fields_of(kind) if sum(one in other for other in fields) == 1}


def _reason(look: Look, kind: Kind) -> str:
    found = [
        name
        for name in look.names
        if field_named(name, kind) in _special(kind) or any(w in name for w in NAMED[kind])
    ]
    return f"it has columns such as {', '.join(found[:3])}" if found else "its cells say so"


def _timed(table: Table) -> bool:
    return any(share > 0.8 and timed for share, timed in map(dated_share, table.columns))


def _once_a_day(table: Table) -> bool:
    for cells in table.columns:
        share, timed = dated_share(cells)
        if share > 0.8 and not timed:
            held = [str(cell) for cell in cells if not missing(cell)]
            return len(set(held)) > 0.9 * len(held)
    return False
