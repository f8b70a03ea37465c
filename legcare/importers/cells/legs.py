"""Where in the leg: muscle and side out of texts such as ``Wade li.`` or ``L calf``."""

from __future__ import annotations

import re
from functools import lru_cache

from legcare.importers.cells.cell import plain_words, tidy
from legcare.importers.cells.words import choices, within
from legcare.records import Muscle, Place, Side

Part = tuple[Muscle | None, Side | None]
_APART = re.compile(
    r"[;,/+&|\n]|\band\b|\bund\b|\bet\b|\by\b|\bthen\b|\bdann\b|\bpuis\b|\bluego\b|→"
)
_BRACKETS = str.maketrans("()[]", "    ")
# Letters that say a side only where they stand alone or beside a place.
_LETTERS = {"l": Side.LEFT, "li": Side.LEFT, "lt": Side.LEFT, "lft": Side.LEFT, "lks": Side.LEFT}
_LETTERS |= {"r": Side.RIGHT, "re": Side.RIGHT, "rt": Side.RIGHT, "rgt": Side.RIGHT}
_LETTERS |= {"b": Side.BOTH, "bds": Side.BOTH, "bil": Side.BOTH}


@lru_cache(maxsize=4096)
def places_in(text: str) -> tuple[Part, ...]:
    """The places that a text names, in order; nothing where it names none."""
    said = tidy(text[:400]).translate(_BRACKETS).replace(":", " ")
    found: list[Part] = []
    for part in _APART.split(said.casefold()):
        place = _place(plain_words(part))
        if place != (None, None):
            found.append(place)
    if len(found) > 1 and found[0][0] is None:
        found = _side_first(found)
    return tuple(dict.fromkeys(found))


def _side_first(found: list[Part]) -> list[Part]:
    """``left: calf, shin`` names the side of all that follow; ``left, right`` are two sides."""
    side = found[0][1]
    rest = found[1:]
    if any(muscle is None for muscle, _ in rest):
        return found
    return [(muscle, other or side) for muscle, other in rest]


def _place(words: str) -> Part:
    if not words:
        return None, None
    muscle = choices()["muscle"].get(words) or within(words, choices()["muscle"])
    side = choices()["side"].get(words) or within(words, choices()["side"])
    letters = [_LETTERS[word] for word in words.split() if word in _LETTERS]
    if side is None and letters and (muscle or len(words.split()) == len(letters)):
        side = letters[0] if len(set(letters)) == 1 else Side.BOTH
    return (Muscle(muscle) if muscle else None, Side(side) if side else None)


def leg_of(text: str) -> Part:
    """One muscle and one side for a text: two sides are both, of two muscles the first."""
    places = places_in(text)
    muscles = [muscle for muscle, _ in places if muscle]
    sides = {side for _, side in places if side}
    both = Side.BOTH in sides or {Side.LEFT, Side.RIGHT} <= sides
    side = Side.BOTH if both else next(iter(sides), None)
    return (muscles[0] if muscles else None), side


def areas_in(text: str) -> tuple[Place, ...]:
    """The muscles of a text as places of a massage, each with its side."""
    found = places_in(text)
    return tuple(
        Place(muscle=muscle, side=side or Side.UNKNOWN) for muscle, side in found if muscle
    )
