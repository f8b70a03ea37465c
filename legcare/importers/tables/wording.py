"""The words of a table, each once, with what it was understood as: set right once for all alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from legcare.importers.cells.cell import Bad, Cell, Rough, missing, plain_words
from legcare.importers.cells.clocks import Clocked, clock_of, clocks_in
from legcare.importers.cells.legs import leg_of
from legcare.importers.cells.words import choices, factor_words
from legcare.importers.tables.mapping import EVENTS, Kind, TableMapping, Use
from legcare.importers.tables.mixed import LEFT_OUT, meaning_of
from legcare.importers.tables.scales import scale_of
from legcare.importers.tables.table import Table
from legcare.importers.tables.values import NUMBERS, reader
from legcare.records import BUILT_IN, Clock, Factor

MOST_WORDS = 60
_LISTED = frozenset(("side", "muscle", "context", "method", "reason", "oil", "doing", "position"))


@dataclass(frozen=True)
class Word:
    """A word of a column. ``meaning`` is what it is kept as, empty where nobody knows."""

    field: str
    column: str
    text: str
    count: int
    meaning: str

    @property
    def key(self) -> str:
        """Under which an answer is remembered: the field, and the word in plain letters."""
        return f"{self.field}:{plain_words(self.text)}"


def words_of(
    table: Table, mapping: TableMapping, factors: Sequence[Factor] = BUILT_IN
) -> tuple[Word, ...]:
    """Every word that decides something, the most frequent first; those not understood before."""
    found: list[Word] = []
    for use in mapping.uses:
        if use.field == "what" or use.field in _LISTED or use.field in ("time", *NUMBERS):
            found += _of_column(table, mapping, use, factors)
    return tuple(sorted(found, key=lambda word: (bool(word.meaning), -word.count)))[:MOST_WORDS]


def options_for(field: str, factors: Sequence[Factor] = BUILT_IN) -> dict[str, str]:
    """What a word of a field may be set to: the stored value with its label."""
    if field == "what":
        fixed = {"cramp": "A cramp", "massage": "A massage", "workout": "A workout"}
        measures = {f"factor:{factor.key}": factor.label for factor in factors}
        return fixed | {LEFT_OUT: "Leave out"} | measures
    if field == "time":
        return {word.value: word.label for word in Clock if not word.timed}
    if field in choices():
        values = dict.fromkeys(choices()[field].values())
        return {value: value.replace("_", " ").capitalize() for value in values}
    return {}


def _of_column(
    table: Table, mapping: TableMapping, use: Use, factors: Sequence[Factor]
) -> list[Word]:
    cells = [cell for cell in table.columns[use.column] if isinstance(cell, str)]
    counts = Counter(" ".join(cell.split())[:80] for cell in cells if not missing(cell))
    own = dict(mapping.words)
    found: list[Word] = []
    for text, count in counts.most_common(2000):
        key = f"{use.field}:{plain_words(text)}"
        meaning = own[key] if key in own else _meaning(text, mapping, use, factors)
        plain = use.field in ("time", *NUMBERS) and meaning == PLAIN
        if not plain and len(found) < MOST_WORDS:
            name = table.title(use.column)
            found.append(Word(use.field, name, text, count, "" if meaning == PLAIN else meaning))
    return found


PLAIN = "as written"


def _meaning(text: str, mapping: TableMapping, use: Use, factors: Sequence[Factor]) -> str:
    """What a cell is kept as; nothing where it is not understood."""
    if use.field == "what":
        return meaning_of(text, mapping.words, factor_words(tuple(factors)))
    if use.field == "time":
        return _clock(text)
    if use.field in ("side", "muscle"):
        muscle, side = leg_of(text)
        return ", ".join(one.value for one in (side, muscle) if one is not None)
    kind = mapping.kind if mapping.kind in EVENTS else Kind.CRAMPS
    record = next(
        (EVENTS[k] for k in (kind, *EVENTS) if use.field in EVENTS[k].model_fields), EVENTS[kind]
    )
    if use.field not in record.model_fields:
        return PLAIN
    return _said(reader(record, use.field, mapping.decimal, scale_of(use, factors))(text), use)


def _said(value: object, use: Use) -> str:
    if isinstance(value, Bad) or value is None:
        return ""
    if isinstance(value, Rough):
        return f"about {value.value:g}" if isinstance(value.value, float) else str(value.value)
    return PLAIN if use.field in NUMBERS else str(value)


def _clock(text: Cell) -> str:
    if clocks_in(text):
        return PLAIN
    clock = clock_of(text)
    if not isinstance(clock, Clocked):
        return ""
    if clock.known is Clock.EXACT:
        return PLAIN
    return f"about {clock.at:%H:%M}" if clock.known is Clock.ABOUT else clock.known.value
