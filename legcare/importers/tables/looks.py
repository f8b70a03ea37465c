"""What stands out in a table before anybody says what it is: names, dates, words, marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import cache, cached_property

from legcare.importers.cells.cell import Cell, plain_words, sample
from legcare.importers.cells.clocks import Clocked, clock_of, clocks_in
from legcare.importers.cells.dates import Moment, Order, moment_in
from legcare.importers.cells.diary import event_of
from legcare.importers.cells.legs import leg_of
from legcare.importers.cells.words import (
    FIELDS,
    NO,
    YES,
    choices,
    factor_words,
    is_aim,
    within,
    words_in,
)
from legcare.importers.tables import scales
from legcare.importers.tables.mapping import (
    Kind,
    fields_of,
)
from legcare.importers.tables.mixed import MEANINGS, meaning_of
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Factor

# Parts and marks of a night are not its length; what was aimed at is not what was done.
_NOT_SLEEP = frozenset(
    words_in(
        "deep, rem, light, core, awake, score, efficiency, latency, nap, naps, tief, "
        "leicht, wach, stage, onset, quality, performance, consistency, disturbances, "
        "profond, leger, ligero, profundo"
    )
)


ANSWERS = YES | NO | {"skip", "skipped", "unknown", "n a", "1 0", "0 0"}


_SAID_IN = frozenset(("relief", "context", "reason", "doing", "position", "kept_from", "oil"))


@dataclass(frozen=True)
class Look:
    """A table with what is looked up again and again while it is proposed."""

    table: Table
    factors: Sequence[Factor] = BUILT_IN
    words: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def said(self) -> dict[str, str]:
        """Every plain name of a factor with its key."""
        return factor_words(tuple(self.factors))

    @cached_property
    def names(self) -> list[str]:
        """The columns' names in plain words, without a unit at their end."""
        return [spoken_name(name, self.said) for name in self.table.names]

    @property
    def own(self) -> bool:
        """Whether the table is one of an exported log."""
        return {"id", "source", "created at"} <= set(self.names)


def spoken_name(name: str, said: Mapping[str, str]) -> str:
    """A column's name in plain words, without a unit at its end.

    Unless the name is known with it.
    """
    full = plain_words(name[:200])
    bare = plain_words(scales.without_unit(name[:200]))
    spoken = {*said, *(word for words in FIELDS.values() for word in words)}
    return bare if bare in spoken and full not in spoken else full


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


def what_column(look: Look) -> What | None:
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
    meanings = Counter(meaning_of(cell, look.words, look.said) for cell in cells)
    events = {what for what in meanings if what in MEANINGS}
    known = sum(count for what, count in meanings.items() if what) / len(cells)
    spoken = name in FIELDS["what"]
    if not events or known < (0.3 if spoken else 0.6):
        return None
    examples = tuple(dict.fromkeys(cell[:20] for cell in cells if event_of(cell)))[:3]
    only = MEANINGS[next(iter(events))] if len(events) == 1 else None
    answered = spoken and answer_column(look, column) is not None
    return What(
        column, look.table.names[column], len(events), only, answered, examples, known + spoken
    )


def answer_column(look: Look, what: int) -> int | None:
    """The column that says whether what the row names happened at all."""
    for column, name in enumerate(look.names):
        held = sample(look.table.columns[column])
        if column == what or not held or look.said.get(name):
            continue
        words = {str(cell).strip().casefold().removesuffix(".0") for cell in held}
        if words <= ANSWERS and (words & NO or name in FIELDS["answer"]):
            return column
    return None


def leg_columns(look: Look) -> list[int]:
    """Columns that each stand for a leg or a muscle, with marks, counts or times in them."""
    found: list[int] = []
    for column, name in enumerate(look.table.names):
        words = set(plain_words(name.replace("(", " ").replace(")", " ")[:200]).split())
        if leg_of(name) == (None, None) or words - _leg_words() or factor_named(name, look):
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


def dated_share(cells: Sequence[Cell]) -> tuple[float, bool]:
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


def factor_named(name: str, look: Look) -> str:
    """The factor that a name means, whole or in part; parts and scores of a night are none."""
    if name in look.said:
        return look.said[name]
    key = within(name, look.said) or ""
    if not key or is_aim(name):
        return ""
    tokens = set(name.split())
    rated = next((factor.unit == "0-10" for factor in look.factors if factor.key == key), False)
    if key == "sleep_h" and tokens & _NOT_SLEEP:
        return ""
    return "" if "score" in tokens and not rated else key


def field_named(name: str, kind: Kind) -> str:
    """The field that a whole name means in tables of a kind, or nothing."""
    for one in fields_of(kind):
        if name == plain_words(one) and one not in ("place", "name", "doing"):
            return one
    return next((one for one in fields_of(kind) if name in FIELDS.get(one, ())), "")


def worded_as(cells: Sequence[Cell], fields: Sequence[str]) -> str:
    """The field of which all cells are words, or nothing."""
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
