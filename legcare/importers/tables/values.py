"""From one cell to one field's value.

Numbers, yes and no, words of a list, places of the body, text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from legcare.importers.cells.cell import Cell, missing, plain_words
from legcare.importers.cells.numbers import Scale, number_in
from legcare.importers.cells.quoting import unguarded
from legcare.importers.cells.words import NO, SEVERITIES, YES, choices
from legcare.importers.tables.mapping import RATINGS
from legcare.records import Cramp, Factor, Massage, Place, Relief, Workout

_PARTS = re.compile(r"\s*(?:[;,/+&|\n]|\band\b|\bund\b|\bet\b|\by\b)\s*")


@dataclass(frozen=True)
class Bad:
    """A cell that cannot be kept, with the reason and the remedy."""

    reason: str


Read = Callable[[Cell], object]


def by_value(cells: Sequence[Cell], read: Read) -> list[Any]:
    """``read`` of each cell, worked out once per different cell; missing cells give None."""
    known: dict[tuple[type, Cell], object] = {}
    kinds = {type(cell) for cell in cells}
    if len(kinds) == 1:
        single = {cell: None if missing(cell) else read(cell) for cell in dict.fromkeys(cells)}
        return [single[cell] for cell in cells]
    for cell in cells:
        key = (type(cell), cell)
        if key not in known:
            known[key] = None if missing(cell) else read(cell)
    return [known[type(cell), cell] for cell in cells]


def reader(
    record: type[Cramp] | type[Massage] | type[Workout], field: str, decimal: str, scale: Scale
) -> Read:
    """How to read the cells of a column that fills ``field``.

    Checked against the record's own rules.
    """
    adapter = _adapter(record, field)
    parse = _parser(field, decimal, scale)

    def read(cell: Cell) -> object:
        value = parse(cell)
        if value is None or isinstance(value, Bad):
            return value
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            return Bad(_sentence(error))

    return read


def measured(factor: Factor, decimal: str, scale: Scale) -> Read:
    """How to read the cells of a column of readings of one factor."""

    def read(cell: Cell) -> object:
        value = (
            _rating(cell, decimal, scale)
            if scale.target == "0-10"
            else _number(cell, decimal, scale)
        )
        if isinstance(value, float) and not factor.low <= value <= factor.high:
            return Bad(
                f"{factor.label} must lie between {factor.low:g} and {factor.high:g} {factor.unit}."
                " Correct it."
            )
        return value

    return read


def counted(decimal: str) -> Read:
    """How to read a column that says how many cramps a day had: a number, or yes and no."""

    def read(cell: Cell) -> object:
        said = _yes(cell)
        if isinstance(said, bool) and not isinstance(cell, (int, float)):
            return int(said)
        value = _number(cell, decimal, Scale())
        if isinstance(value, float) and (value != int(value) or not 0 <= value <= 100):
            return Bad("The number of cramps of a day is a whole number from 0 to 100. Correct it.")
        return int(value) if isinstance(value, float) else value

    return read


def text_of(cell: Cell) -> str:
    """A cell as the person wrote it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unguarded(cell) if isinstance(cell, str) else str(cell)


def side_within(cell: Cell) -> object:
    """The side that a place names ("left calf"), if it does."""
    word = plain_words(str(cell))
    return choices()["side"].get(word) or _within(word, choices()["side"])


@cache
def _adapter(record: type[Cramp] | type[Massage] | type[Workout], field: str) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(record, include_extras=True)[field])


def _sentence(error: ValidationError) -> str:
    said = error.errors(include_url=False, include_context=False)[0]["msg"]
    return (
        f"{said.replace('Input should', 'The value must')}. Correct it, or fill it in after the"
        " import."
    )


def _parser(field: str, decimal: str, scale: Scale) -> Read:
    if field in RATINGS:
        return lambda cell: _rating(cell, decimal, scale)
    if field == "minutes":
        return lambda cell: _number(cell, decimal, scale)
    if field in ("woke_me", "sore_after"):
        return _yes
    if field in ("areas", "tender"):
        return _places
    if field == "relief":
        return _reliefs
    if field in choices():
        return lambda cell: _word(field, cell)
    return text_of


def _number(cell: Cell, decimal: str, scale: Scale) -> object:
    value = number_in(cell, decimal, scale)
    return Bad(value) if isinstance(value, str) else value


def _rating(cell: Cell, decimal: str, scale: Scale) -> object:
    if isinstance(cell, str) and (word := plain_words(cell)) in SEVERITIES:
        return SEVERITIES[word]
    return _number(cell, decimal, scale)


def _yes(cell: Cell) -> object:
    if isinstance(cell, (bool, int, float)):
        return bool(cell) if cell in (0, 1) else Bad("Write yes or no.")
    word = str(cell).strip().casefold()
    if word in YES or plain_words(word) in YES:
        return True
    return (
        False
        if word in NO or plain_words(word) in NO
        else Bad("This is neither yes nor no. Write yes or no.")
    )


def _word(field: str, cell: Cell) -> object:
    said = choices()[field]
    word = plain_words(str(cell))
    if found := said.get(word) or _within(word, said):
        return found
    known = ", ".join(dict.fromkeys(value.replace("_", " ") for value in said.values()))
    return Bad(f"This word is not known here. Known are: {known}.")


def _within(word: str, said: dict[str, str]) -> str | None:
    padded = f" {word} "
    best = max(
        (one for one in said if len(one) > 2 and f" {one} " in padded), key=len, default=None
    )
    return said[best] if best else None


def _reliefs(cell: Cell) -> object:
    found: list[str] = []
    for part in _PARTS.split(str(cell)):
        value = _word("relief", part) if part.strip() else None
        if isinstance(value, Bad):
            return value
        if isinstance(value, str) and value not in found:
            found.append(value)
    return tuple(Relief(value) for value in found)


def _places(cell: Cell) -> object:
    found: list[Place] = []
    side = None
    for part in _PARTS.split(str(cell).replace(":", " ")):
        if not part.strip():
            continue
        word = plain_words(part)
        muscle = _word("muscle", part)
        named = _within(word, choices()["side"])
        if isinstance(muscle, Bad):
            if named is None:
                return muscle
            side = named
            continue
        found.append(Place.model_validate({"muscle": muscle, "side": named or side or "unknown"}))
    return tuple(dict.fromkeys(found))
