"""From a table to a proposal: what its rows are, what each column is, and the reason for each.

What the columns hold counts; the name of a file or a sheet only where they leave it open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from uuid import UUID

from legcare.importers.cells.cell import Cell, missing, plain_words, sample
from legcare.importers.cells.clocks import Clocked, clock_of, clocks_in
from legcare.importers.cells.dates import Moment, Order, moment_in
from legcare.importers.cells.diary import event_of
from legcare.importers.cells.legs import leg_of
from legcare.importers.cells.words import (
    FIELDS,
    NIGHT,
    NO,
    YES,
    choices,
    factor_words,
    listed,
    within,
)
from legcare.importers.tables import scales
from legcare.importers.tables.doubts import settled
from legcare.importers.tables.mapping import (
    EVENTS,
    Doubt,
    Kind,
    TableMapping,
    Use,
    fields_of,
)
from legcare.importers.tables.mixed import MEANINGS, meaning_of
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Clock, Factor

NAMED: dict[Kind, tuple[str, ...]] = {
    Kind.CRAMPS: ("cramp", "krampf", "krämpf", "crampe", "calambre", "charley"),
    Kind.MASSAGES: ("massage", "masaje", "roller", "physio"),
    Kind.WORKOUTS: ("workout", "training", "activit", "sport", "exercise", "run", "pace"),
}
# Parts and marks of a night are not its length; what was aimed at is not what was done.
_NOT_SLEEP = frozenset(
    listed(
        "deep, rem, light, core, awake, score, efficiency, latency, nap, naps, tief, "
        "leicht, wach, stage, onset, quality, performance, consistency, disturbances, "
        "profond, leger, ligero, profundo"
    )
)
_AIMS = frozenset(
    listed("goal, target, limit, ziel, aim, need, debt, objectif, meta, planned, geplant")
)
_HALVES = frozenset(("am", "pm", "a m", "p m"))
_ANSWERS = YES | NO | {"skip", "skipped", "unknown", "n a", "1 0", "0 0"}
# What an exported log says of how well a time is known: words, not times.
_CLOCKS = frozenset(Clock)
_SAID_IN = frozenset(("relief", "context", "reason", "doing", "position", "kept_from", "oil"))
OPEN = "nobody knows here what its words mean"


@dataclass(frozen=True)
class Look:
    """A table with what is looked up again and again while it is proposed."""

    table: Table
    factors: Sequence[Factor] = BUILT_IN
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, str]:
        """Every plain name of a factor with its key."""
        return factor_words(tuple(self.factors))

    @property
    def names(self) -> list[str]:
        """The columns' names in plain words, without a unit at their end."""
        return [_spoken(name, self.said) for name in self.table.names]

    @property
    def own(self) -> bool:
        """Whether the table is one of an exported log."""
        return {"id", "source", "created at"} <= set(self.names)


def propose(
    table: Table,
    remembered: TableMapping | None = None,
    *,
    factors: Sequence[Factor] = BUILT_IN,
    kind: Kind | None = None,
    words: Mapping[str, str] | None = None,
    today: date | None = None,
) -> TableMapping:
    """How to read a table.

    ``remembered`` is what the person settled for a file with the same columns.

    What the cells themselves settle (order of day and month, decimal sign) is decided anew for each
    file; what they leave open and nothing remembered answers is in ``undecided``. ``kind`` is what
    the person says the rows are, ``words`` what they said of words before; dates behind ``today``
    are asked about.
    """
    own = dict(words or {})
    if (
        remembered is not None
        and kind in (None, remembered.kind)
        and len(remembered.uses) == len(table.names)
    ):
        same = remembered.model_copy(update={"words": own | dict(remembered.words)})
        return settled(table, same, known=remembered, today=today)
    look = Look(table, tuple(factors), own)
    guessed, why, sure = (kind, "you chose it", True) if kind else _kind_of(look)
    uses = _uses(look, guessed)
    doubts = {Doubt.KIND} if not sure else set()
    mapping = TableMapping(kind=guessed, why=why, uses=uses, words=own, undecided=frozenset(doubts))
    return settled(table, mapping, factors=factors, today=today)


def kind_of(table: Table, factors: Sequence[Factor] = BUILT_IN) -> tuple[Kind, str, bool]:
    """What the rows are, why, and whether that is sure."""
    return _kind_of(Look(table, tuple(factors)))


def _kind_of(look: Look) -> tuple[Kind, str, bool]:
    names = look.names
    if {"first day", "kind", "name"} <= set(names):
        return Kind.MARKS, "it has a first day, a kind and a name per row", True
    if {"first day", "last day"} <= set(names):
        return Kind.SPANS, "it has a first and a last day per row", True
    if look.own:
        return _own_kind(names)
    what = _what_column(look)
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
    legs = _leg_columns(look)
    counted = sum(n in FIELDS["cramp_count"] + FIELDS["massage_minutes"] for n in names)
    measures = [n for n in names if _factor_named(n, look) and n not in FIELDS["kind"]]
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


def _spoken(name: str, said: Mapping[str, str]) -> str:
    """A column's name in plain words, without a unit at its end.

    Unless the name is known with it.
    """
    full = plain_words(name[:200])
    known = full in said or any(full in words for words in FIELDS.values())
    return full if known else plain_words(scales.without_unit(name[:200])) or full


# --- a column that says what each row is


@dataclass(frozen=True)
class What:
    """A column whose words say what its rows are."""

    column: int
    name: str
    kinds: int
    only: Kind | None
    answered: bool
    examples: tuple[str, ...]
    score: float


def _what_column(look: Look) -> What | None:
    """The column whose words best say whether a row is a cramp, a massage or a workout."""
    found = [what for k in range(len(look.table.names)) if (what := _what(look, k)) is not None]
    return max(found, key=lambda what: what.score, default=None)


def _what(look: Look, column: int) -> What | None:
    name = look.names[column]
    if any(name in FIELDS.get(one, ()) for one in _SAID_IN) or name in look.said:
        return None
    cells = [cell for cell in sample(look.table.columns[column]) if isinstance(cell, str)]
    if not cells or any(":" in cell and isinstance(clock_of(cell), Clocked) for cell in cells[:3]):
        return None
    meanings = Counter(meaning_of(cell, dict(look.words), look.factors) for cell in cells)
    events = {what for what in meanings if what in MEANINGS}
    known = sum(count for what, count in meanings.items() if what) / len(cells)
    spoken = name in FIELDS["what"]
    if not events or known < (0.3 if spoken else 0.6):
        return None
    examples = tuple(dict.fromkeys(cell[:20] for cell in cells if event_of(cell)))[:3]
    only = MEANINGS[next(iter(events))] if len(events) == 1 else None
    answered = spoken and _answer_column(look, column) is not None
    return What(
        column, look.table.names[column], len(events), only, answered, examples, known + spoken
    )


def _answer_column(look: Look, what: int) -> int | None:
    """The column that says whether what the row names happened at all."""
    for column, name in enumerate(look.names):
        held = sample(look.table.columns[column])
        if column == what or not held or look.said.get(name):
            continue
        words = {str(cell).strip().casefold().removesuffix(".0") for cell in held}
        if words <= _ANSWERS and (words & NO or name in FIELDS["answer"]):
            return column
    return None


def _leg_columns(look: Look) -> list[int]:
    """Columns that each stand for a leg or a muscle, with marks, counts or times in them."""
    found: list[int] = []
    for column, name in enumerate(look.table.names):
        words = set(plain_words(name.replace("(", " ").replace(")", " ")[:200]).split())
        if leg_of(name) == (None, None) or words - _leg_words() or _factor_named(name, look):
            continue
        cells = sample(look.table.columns[column])
        if "massage" in name.casefold() or not all(_mark(cell) for cell in cells):
            continue
        found.append(column)
    return found


@cache
def _leg_words() -> frozenset[str]:
    """Words of which the name of a leg's own column may be made."""
    spoken = (
        *choices()["muscle"],
        *choices()["side"],
        *FIELDS["cramp_count"],
        "l r li re rt lt in",
    )
    return frozenset(word for phrase in spoken for word in phrase.split())


def _mark(cell: Cell) -> bool:
    if isinstance(cell, (bool, time)) or (isinstance(cell, (int, float)) and 0 <= cell <= 5):
        return True
    said = str(cell).strip().casefold()
    if said in YES or said in NO or (said.isdecimal() and int(said[:3]) <= 5):
        return True
    return (":" in said and isinstance(clock_of(said), Clocked)) or bool(clocks_in(cell))


# --- what the rows are, by the fields that the names mean


def _score(look: Look, kind: Kind) -> float:
    names = look.names
    fields = [_field_named(name, kind) for name in names]
    score = sum(2.0 if one in _special(kind) else 0.2 for one in fields if one)
    score += sum(any(word in name for word in NAMED[kind]) for name in names)
    if kind is Kind.CRAMPS and not any(one in ("side", "muscle") for one in fields):
        score += 2.0 * any(_worded_as(cells, ("side", "muscle")) for cells in look.table.columns)
    return score


def _special(kind: Kind) -> set[str]:
    """Fields that only this kind of event has."""
    fields = [set(fields_of(other)) for other in EVENTS]
    return {one for one in fields_of(kind) if sum(one in other for other in fields) == 1}


def _reason(look: Look, kind: Kind) -> str:
    found = [
        name
        for name in look.names
        if _field_named(name, kind) in _special(kind) or any(w in name for w in NAMED[kind])
    ]
    return f"it has columns such as {', '.join(found[:3])}" if found else "its cells say so"


def _timed(table: Table) -> bool:
    return any(share > 0.8 and timed for share, timed in map(_when, table.columns))


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
                isinstance(cell, str) and cell.strip().isdecimal() and len(cell.strip()) != 8
            ):
                found.append(moment)
                break
    return len(found) / max(1, len(held)), any(one.clock not in (None, time(0)) for one in found)


# --- what each column is


def _uses(look: Look, kind: Kind) -> tuple[Use, ...]:
    table, names = look.table, look.names
    taken: set[str] = set()
    uses: dict[int, Use] = {}
    if kind is Kind.EVENTS and (what := _what_column(look)) is not None:
        uses[what.column] = Use(
            column=what.column, field="what", why="its words say what each row is"
        )
        taken.add("what")
        answer = _answer_column(look, what.column)
        if answer is not None:
            uses[answer] = Use(column=answer, field="answer", why="it says whether that happened")
            taken.add("answer")
    if kind is Kind.DAYS:
        legs = _leg_columns(look)
        for column in legs if len(legs) > 1 else ():
            uses[column] = Use(
                column=column, field="cramp_count", why="it marks cramps of one place"
            )
    for exact in (True, False):
        for column, name in enumerate(names):
            if column in uses:
                continue
            one, why = _field_of(name, look, kind, exact=exact, taken=taken)
            one = _fitting(one, table.columns[column], taken)
            if one and (one not in taken or one == "note"):
                taken.add(one)
                uses[column] = Use(column=column, field=one, why=why)
    for found in (_dated(look, kind, uses), _halves(look, uses), _lengths(look, kind, uses)):
        uses |= {use.column: use for use in found}
    uses |= {use.column: use for use in _worded(look, kind, uses)}
    whole = tuple(uses.get(k) or _unknown(look, kind, k) for k in range(len(table.names)))
    return tuple(scales.scaled(use, table, look.factors, kind=kind, uses=whole) for use in whole)


def _fitting(one: str, cells: Sequence[Cell], taken: set[str]) -> str:
    """A field that its cells may fill, or nothing."""
    held = sample(cells)
    if one == "id" and not all(_identifier(cell) for cell in held):
        return ""
    if one in ("source", "created_at") and "id" not in taken:
        return ""
    if one == "time" and held and all(cell in _CLOCKS for cell in held):
        return "clock"
    return one


def _unknown(look: Look, kind: Kind, column: int) -> Use:
    """A column that is not kept; asked about where its few words may say what the rows are."""
    held = [cell for cell in sample(look.table.columns[column]) if isinstance(cell, str)]
    words = {plain_words(cell) for cell in held}
    few = len(held) >= 4 and 1 < len(words) <= min(8, len(held) // 2)
    plain = few and all(
        word and not any(s.isdigit() for s in word) and len(word.split()) < 4 for word in words
    )
    if kind is Kind.CRAMPS and plain and not words <= _ANSWERS and not look.own:
        return Use(column=column, why=OPEN, open=True)
    return Use(column=column, why="its name is none that is known here")


def _identifier(cell: Cell) -> bool:
    try:
        return bool(UUID(str(cell)))
    except ValueError:
        return False


def _field_of(
    name: str, look: Look, kind: Kind, *, exact: bool, taken: set[str]
) -> tuple[str, str]:
    if not name:
        return "", ""
    own = name.replace(" ", "_")
    if exact and look.own and own in fields_of(kind):
        return own, "it is a column of an exported log"
    one = _field_named(name, kind)
    if one and exact and (one not in taken or one == "note"):
        return one, f"a column called {name!r} holds this"
    if kind is Kind.DAYS:
        key = look.said.get(name) if exact else _factor_named(name, look)
        if key:
            return f"factor:{key}", f"the name {name!r} means this factor"
    if not exact and not _aimed(name):
        spoken = {word: one for one in fields_of(kind) for word in FIELDS.get(one, ())}
        one = within(name, spoken) or ""
        return (one, f"the name {name!r} contains a word for this") if one else ("", "")
    return "", ""


def _factor_named(name: str, look: Look) -> str:
    """The factor that a name means, whole or in part; parts and scores of a night are none."""
    if name in look.said:
        return look.said[name]
    key = within(name, look.said) or ""
    if not key or _aimed(name):
        return ""
    tokens = set(name.split())
    rated = next((factor.unit == "0-10" for factor in look.factors if factor.key == key), False)
    if key == "sleep_h" and tokens & _NOT_SLEEP:
        return ""
    return "" if "score" in tokens and not rated else key


def _aimed(name: str) -> bool:
    return bool(set(name.split()) & _AIMS)


def _field_named(name: str, kind: Kind) -> str:
    for one in fields_of(kind):
        if name == plain_words(one) and one not in ("place", "name", "doing"):
            return one
    return next((one for one in fields_of(kind) if name in FIELDS.get(one, ())), "")


def _dated(look: Look, kind: Kind, uses: dict[int, Use]) -> list[Use]:
    """Columns for the moment, by what their cells are.

    A name alone is not enough, nor is it needed.
    """
    table = look.table
    plain = kind in (Kind.DAYS, Kind.READINGS)
    shapes = {k: _when(cells) for k, cells in enumerate(table.columns)}
    found: list[Use] = []
    named = {use.field: k for k, use in uses.items() if use.field in ("at", "date", "time")}
    if kind in (Kind.SPANS, Kind.MARKS):
        return found
    when = named.get("at", named.get("date"))
    if when is not None and shapes[when][0] == 0 and sample(table.columns[when]):
        when = None
    if when is None and "time" in named and shapes[named["time"]][0] > 0.5:
        when = named["time"]
    if when is None:
        free = [k for k, (share, _) in shapes.items() if share > 0.6 and k not in uses]
        when = free[0] if free else named.get("at", named.get("date"))
    if when is None:
        return found
    timed = shapes[when][1] and not plain
    one = "at" if timed and named.get("time", when) == when else "date"
    why = f"its cells are {'dates with a time of day' if shapes[when][1] else 'dates'}"
    found.append(Use(column=when, field=one, why=why))
    if one == "at":
        found += [
            Use(column=k, why="the moment is in another column")
            for k in named.values()
            if k != when
        ]
    elif "time" not in named and not plain:
        clocks = [
            k
            for k in range(len(table.names))
            if k not in uses and k != when and _clocked(table.columns[k])
        ]
        found += [Use(column=k, field="time", why="its cells are times of day") for k in clocks[:1]]
    return found


def _halves(look: Look, uses: Mapping[int, Use]) -> list[Use]:
    """A column of nothing but "am" and "pm" beside the times."""
    if not any(use.field == "time" for use in uses.values()):
        return []
    for column, cells in enumerate(look.table.columns):
        held = {plain_words(str(cell)) for cell in sample(cells)}
        if column not in uses and held and held <= _HALVES:
            return [Use(column=column, field="half", why="its cells are am and pm")]
    return []


def _lengths(look: Look, kind: Kind, uses: Mapping[int, Use]) -> list[Use]:
    """A column called Time beside a distance holds how long it took, where a pace fits that."""
    clock = next((use for use in uses.values() if use.field == "time"), None)
    lengths = any(use.field in ("minutes", "end") for use in uses.values())
    if kind is not Kind.WORKOUTS or clock is None or lengths:
        return []
    distance = next((use.column for use in uses.values() if use.field == "distance_km"), None)
    cells = look.table.columns[clock.column]
    if not scales.is_length(cells, None if distance is None else look.table.columns[distance]):
        return []
    return [clock.model_copy(update={"field": "minutes", "why": "its values fit the distance"})]


def _worded(look: Look, kind: Kind, uses: Mapping[int, Use]) -> list[Use]:
    """Columns whose name says nothing, but whose cells are all words of one free field."""
    found: list[Use] = []
    taken = {use.field for use in uses.values()}
    for column in (k for k in range(len(look.table.names)) if k not in uses):
        cells = look.table.columns[column]
        free = [one for one in fields_of(kind) if one not in taken and one in choices()]
        one = _worded_as(cells, free)
        if not one and kind is Kind.CRAMPS and "severity" not in taken and _rated(cells):
            one = "severity"
        if one:
            taken.add(one)
            said = min(plain_words(str(cell)) for cell in sample(cells))
            found.append(Use(column=column, field=one, why=f"its cells are words such as {said!r}"))
    return found


def _worded_as(cells: Sequence[Cell], fields: Sequence[str]) -> str:
    held = {str(cell)[:100] for cell in sample(cells) if isinstance(cell, str)}
    said = {plain_words(cell) for cell in held}
    if not said or len("".join(said)) <= 2 * len(said):
        return ""
    if {"side", "muscle"} & set(fields) and all(leg_of(cell) != (None, None) for cell in held):
        muscles = any(leg_of(cell)[0] for cell in held)
        return next((one for one in (("muscle",) if muscles else ()) if one in fields), "") or (
            "side" if "side" in fields and not muscles else ""
        )
    return next((one for one in fields if one in choices() and said <= choices()[one].keys()), "")


def _rated(cells: Sequence[Cell]) -> bool:
    """Whether cells without a name are ratings: small numbers, none a mere zero or one."""
    held = [str(cell).strip() for cell in sample(cells)]
    small = [cell for cell in held if cell.isdecimal() and len(cell) < 3 and 0 <= int(cell) <= 10]
    return len(held) > 1 and len(small) == len(held) and any(int(cell) > 1 for cell in small)


def _clocked(cells: Sequence[Cell]) -> bool:
    held = sample(cells)
    typed = sum(
        isinstance(cell, time)
        or (
            isinstance(cell, str)
            and ":" in cell
            and (isinstance(clock_of(cell), Clocked) or bool(clocks_in(cell)))
        )
        for cell in held
    )
    return bool(held) and typed > 0.8 * len(held)
