"""What pointing at a place of the legs does to what was chosen before: no Streamlit, no picture."""

from __future__ import annotations

from collections.abc import Sequence

from legcare.records import Muscle, Place, Side

LEGS = {Side.LEFT: (Side.LEFT,), Side.RIGHT: (Side.RIGHT,), Side.BOTH: (Side.LEFT, Side.RIGHT)}


def toggled(chosen: Sequence[Place], pointed: Place) -> tuple[Place, ...]:
    """Several places after one was pointed at: it is added, or taken back.

    "Both" is split where one leg is left.
    """
    kept = [
        place for place in chosen if place.muscle is not pointed.muscle or place.side not in LEGS
    ]
    sides = _sides(chosen, pointed)
    legs = [Place(muscle=pointed.muscle, side=side) for side in LEGS if side in sides]
    return (*kept, *legs)


def moved(chosen: Place | None, pointed: Place) -> Place | None:
    """The one place of a cramp after another was pointed at.

    The other leg makes it both, the same takes it back.
    """
    if chosen is None or chosen.muscle is not pointed.muscle:
        return pointed
    sides = _sides([chosen], pointed)
    if not sides:
        return None
    return Place(muscle=pointed.muscle, side=Side.BOTH if len(sides) > 1 else sides.pop())


def on_the_legs(chosen: Sequence[Place]) -> list[tuple[str, str]]:
    """Places as (muscle, side), one leg each; those of an unknown side stand on no leg."""
    return [
        (str(place.muscle.value), str(leg.value))
        for place in chosen
        for leg in LEGS.get(place.side, ())
    ]


def place_of(muscle: Muscle | None, side: Side | None) -> Place | None:
    """The place that a cramp's muscle and side name together; None without a muscle."""
    return None if muscle is None else Place(muscle=muscle, side=side or Side.UNKNOWN)


def said(massaged: Sequence[Place], sore: Sequence[Place]) -> str:
    """What is chosen so far, in words."""
    parts = [
        f"{word}: {', '.join(place.label.lower() for place in places)}."
        for word, places in (("Massaged", massaged), ("Sore", sore))
        if places
    ]
    return " ".join(parts) or "Nothing is chosen yet."


def _sides(chosen: Sequence[Place], pointed: Place) -> set[Side]:
    """The legs on which the pointed muscle is chosen afterwards."""
    before = {
        leg
        for place in chosen
        if place.muscle is pointed.muscle
        for leg in LEGS.get(place.side, ())
    }
    return before ^ {pointed.side}
