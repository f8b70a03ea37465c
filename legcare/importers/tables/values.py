"""From one cell to one field's value.

Numbers, yes and no, words of a list, places of the body, text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from legcare.importers.cells.cell import Bad, Cell, Rough, missing, plain_words, tidy
from legcare.importers.cells.dates import month_of
from legcare.importers.cells.legs import areas_in, leg_of, places_in
from legcare.importers.cells.numbers import Scale, number_in
from legcare.importers.cells.quoting import unguarded
from legcare.importers.cells.words import NO, SEVERITIES, YES, choices, within
from legcare.importers.tables.mapping import RATINGS
from legcare.records import Cramp, Factor, Massage, Workout

_PARTS = re.compile(r"[;,/+&|\n]|\band\b|\bund\b|\bet\b|\by\b")
_BETWEEN = re.compile(r"-|–|/| to | bis | à | a ")
_AS_DATE = re.compile(r"(\d{1,2})[. -]{1,2}([^\W\d_]{3,9})\.?$")
NUMBERS = frozenset(("minutes", "sore_hours", "distance_km", "temperature_c"))
TRUTHS = frozenset(("woke_me", "sore_after", "near", "because_of_cramp"))


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
            if isinstance(value, Rough):
                return Rough(adapter.validate_python(value.value), value.remark)
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
        plain = value.value if isinstance(value, Rough) else value
        if isinstance(plain, float) and not factor.low <= plain <= factor.high:
            return Bad(
                f"{factor.label} must lie between {factor.low:g} and {factor.high:g} {factor.unit}."
                " Correct it."
            )
        return value

    return read


def counted(decimal: str) -> Read:
    """How to read a column that says how many cramps a day had: a number, or yes and no."""

    def read(cell: Cell) -> object:
        said = yes(cell)
        if isinstance(said, bool) and not isinstance(cell, (int, float)):
            return int(said)
        value = _number(cell, decimal, Scale())
        if isinstance(value, Rough) and isinstance(value.value, float):
            return Rough(int(value.value), f"{cell} is no exact count: {int(value.value)} is kept.")
        if isinstance(value, float) and (value != int(value) or not 0 <= value <= 100):
            return Bad("The number of cramps of a day is a whole number from 0 to 100. Correct it.")
        return int(value) if isinstance(value, float) else value

    return read


def text_of(cell: Cell) -> str:
    """A cell as the person wrote it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unguarded(cell) if isinstance(cell, str) else str(cell)


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
    simple: dict[str, Read] = {
        "side": _side,
        "muscle": _muscle,
        "areas": _areas,
        "tender": _areas,
        "kept_from": lambda cell: _listed("kept_from", cell),
        "relief": lambda cell: _listed("relief", cell),
        "relief_after": lambda cell: _numbers(cell, decimal),
    }
    if field in simple:
        return simple[field]
    if field in RATINGS:
        return lambda cell: _rating(cell, decimal, scale)
    if field in NUMBERS:
        return lambda cell: _number(cell, decimal, scale)
    if field in TRUTHS:
        return yes
    return (lambda cell: _word(field, cell)) if field in choices() else text_of


def _number(cell: Cell, decimal: str, scale: Scale) -> object:
    value = number_in(cell, decimal, scale)
    return Bad(value) if isinstance(value, str) else value


def _rating(cell: Cell, decimal: str, scale: Scale) -> object:
    if isinstance(cell, date):
        return _fraction(cell.day, cell.month)
    if isinstance(cell, str):
        if (word := plain_words(cell)) in SEVERITIES:
            return SEVERITIES[word]
        if between := _graded(cell):
            return between
        if (shown := _AS_DATE.match(tidy(cell[:40]))) and (month := month_of(shown[2])):
            return _fraction(int(shown[1]), month)
    return _number(cell, decimal, scale)


def _graded(cell: str) -> Rough | None:
    """``mild-moderate``: the middle of two words."""
    words = [plain_words(word) for word in _BETWEEN.split(cell[:80])]
    if len(words) != 2 or not all(word in SEVERITIES for word in words):
        return None
    middle = sum(SEVERITIES[word] for word in words) / 2
    return Rough(middle, f"{cell} is between two: the middle {middle:g} is kept.")


def _fraction(day: int, month: int) -> object:
    """What a spreadsheet made a date of: ``7/10`` is shown as ``10-Jul``."""
    if 10 not in (day, month):
        return Bad("The spreadsheet made a date of this rating. Write the number alone.")
    value = month if day == 10 else day
    return Rough(float(value), f"The spreadsheet made a date of {value}/10: {value} is kept.")


def yes(cell: Cell) -> object:
    """Yes or no as people write it; ``Bad`` for anything else."""
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
    word = plain_words(str(cell)[:400])
    if found := said.get(word) or within(word, said):
        return found
    return _unknown_word(field)


def _unknown_word(field: str) -> Bad:
    said = choices()[field].values()
    known = ", ".join(dict.fromkeys(value.replace("_", " ") for value in said))
    return Bad(f"This word is not known here. Known are: {known}.")


def _side(cell: Cell) -> object:
    side = leg_of(str(cell))[1]
    if side is None and plain_words(str(cell)) in choices()["side"]:
        return choices()["side"][plain_words(str(cell))]
    return side or _unknown_word("side")


def _muscle(cell: Cell) -> object:
    places = places_in(str(cell))
    muscles = list(dict.fromkeys(muscle for muscle, _ in places if muscle))
    if not muscles:
        return None if places else _unknown_word("muscle")
    if len(muscles) > 1:
        return Rough(muscles[0], f"A cramp has one place: {muscles[0].label.lower()} is kept.")
    return muscles[0]


def _areas(cell: Cell) -> object:
    places = areas_in(str(cell))
    return places or (None if places_in(str(cell)) else _unknown_word("muscle"))


def _listed(field: str, cell: Cell) -> object:
    found: list[str] = []
    for part in _PARTS.split(str(cell)[:1000]):
        value = _word(field, part) if part.strip() else None
        if isinstance(value, Bad):
            return value
        if isinstance(value, str) and value not in found:
            found.append(value)
    return tuple(found)


def _numbers(cell: Cell, decimal: str) -> object:
    values = [_number(part.strip(), decimal, Scale()) for part in str(cell)[:400].split(";")]
    bad = next((value for value in values if isinstance(value, Bad)), None)
    return bad or tuple(values)
