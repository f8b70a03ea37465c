"""From a table to a proposal: what its rows are, what each column is, and the reason for each.

What the columns hold counts; the name of a file or a sheet only where they leave it open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from uuid import UUID

from legcare.importers.cells.cell import Cell, plain_words, sample
from legcare.importers.cells.clocks import Clocked, clock_of, clocks_in
from legcare.importers.cells.words import (
    FIELDS,
    choices,
    is_aim,
    within,
)
from legcare.importers.tables import scales
from legcare.importers.tables.doubts import settled
from legcare.importers.tables.kinds import kind_in
from legcare.importers.tables.looks import (
    ANSWERS,
    Look,
    answer_column,
    dated_share,
    factor_named,
    field_named,
    leg_columns,
    what_column,
    worded_as,
)
from legcare.importers.tables.mapping import (
    Doubt,
    Kind,
    TableMapping,
    Use,
    fields_of,
)
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Clock, Factor

_HALVES = frozenset(("am", "pm", "a m", "p m"))
# What an exported log says of how well a time is known: words, not times.
_CLOCKS = frozenset(Clock)
OPEN = "nobody knows here what its words mean"


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
    guessed, why, sure = (kind, "you chose it", True) if kind else kind_in(look)
    uses = _uses(look, guessed)
    doubts = {Doubt.KIND} if not sure else set()
    mapping = TableMapping(kind=guessed, why=why, uses=uses, words=own, undecided=frozenset(doubts))
    return settled(table, mapping, factors=factors, today=today)


# --- a column that says what each row is


# --- what the rows are, by the fields that the names mean


# --- what each column is


def _uses(look: Look, kind: Kind) -> tuple[Use, ...]:
    table, names = look.table, look.names
    uses = _first_uses(look, kind)
    taken = {use.field for use in uses.values()} & {"what", "answer"}
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


def _first_uses(look: Look, kind: Kind) -> dict[int, Use]:
    """Columns that their cells settle before any name is read: what a row is, which leg."""
    uses: dict[int, Use] = {}
    if kind is Kind.EVENTS and (what := what_column(look)) is not None:
        why = "its words say what each row is"
        uses[what.column] = Use(column=what.column, field="what", why=why)
        answer = answer_column(look, what.column)
        if answer is not None:
            uses[answer] = Use(column=answer, field="answer", why="it says whether that happened")
    if kind is Kind.DAYS:
        legs = leg_columns(look)
        for column in legs if len(legs) > 1 else ():
            why = "it marks cramps of one place"
            uses[column] = Use(column=column, field="cramp_count", why=why)
    return uses


def _fitting(one: str, cells: Sequence[Cell], taken: set[str]) -> str:
    """A field that its cells may fill, or nothing."""
    held = sample(cells)
    if one == "id" and not all(_identifier(cell) for cell in held):
        return ""
    if one in ("source", "created_at") and "id" not in taken:
        return ""
    if one in ("cramp_count", "massage_minutes") and any(scales.is_share(cell) for cell in held):
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
    if kind is Kind.CRAMPS and plain and not words <= ANSWERS and not look.own:
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
    one = field_named(name, kind)
    if one and exact and (one not in taken or one == "note"):
        return one, f"a column called {name!r} holds this"
    if kind is Kind.DAYS:
        key = look.said.get(name) if exact else factor_named(name, look)
        if key:
            return f"factor:{key}", f"the name {name!r} means this factor"
    if not exact and not is_aim(name):
        spoken = {word: one for one in fields_of(kind) for word in FIELDS.get(one, ())}
        one = within(name, spoken) or ""
        return (one, f"the name {name!r} contains a word for this") if one else ("", "")
    return "", ""


def _moment_column(
    table: Table,
    shapes: dict[int, tuple[float, bool]],
    named: dict[str, int],
    uses: dict[int, Use],
) -> int | None:
    """The column that holds the moment: the one named so, or the first whose cells are dates."""
    when = named.get("at", named.get("date"))
    if when is not None and shapes[when][0] == 0 and sample(table.columns[when]):
        when = None
    if when is None and "time" in named and shapes[named["time"]][0] > 0.5:
        return named["time"]
    if when is not None:
        return when
    free = [k for k, (share, _) in shapes.items() if share > 0.6 and k not in uses]
    return free[0] if free else named.get("at", named.get("date"))


def _dated(look: Look, kind: Kind, uses: dict[int, Use]) -> list[Use]:
    """Columns for the moment, by what their cells are.

    A name alone is not enough, nor is it needed.
    """
    table = look.table
    plain = kind in (Kind.DAYS, Kind.READINGS)
    shapes = {k: dated_share(cells) for k, cells in enumerate(table.columns)}
    found: list[Use] = []
    named = {use.field: k for k, use in uses.items() if use.field in ("at", "date", "time")}
    if kind in (Kind.SPANS, Kind.MARKS):
        return found
    when = _moment_column(table, shapes, named, uses)
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
    if distance is None and scales.is_early(cells):
        why = f"{clock.why}; nobody trains at these hours, so it may be how long it took"
        return [clock.model_copy(update={"field": "minutes", "unit": scales.UNCLEAR, "why": why})]
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
        one = worded_as(cells, free)
        if not one and kind is Kind.CRAMPS and "severity" not in taken and _rated(cells):
            one = "severity"
        if one:
            taken.add(one)
            said = min(plain_words(str(cell)) for cell in sample(cells))
            found.append(Use(column=column, field=one, why=f"its cells are words such as {said!r}"))
    return found


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
