"""The fields that forms are made of.

An untouched field is missing: no default severity, no default side.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

import streamlit as st

from legcare.records import Muscle, Place, Side, happened_twice, in_zone, written
from legcare.records.enums import Word
from legcare.ui.forms.numbers import Number, Scale, number
from legcare.ui.shell.session import View

T = TypeVar("T")
W = TypeVar("W", bound=Word)
RATINGS = tuple(range(11))
SECOND = "second-time-round"


def rating(label: str, value: float | None, key: str, *, help: str | None = None) -> float | None:  # noqa: A002
    """A rating from 0 (none) to 10 (worst imaginable).

    A half is kept as long as it is not touched.
    """
    options: list[float] = sorted({*map(float, RATINGS), *([] if value is None else [value])})
    picked = st.segmented_control(
        label, options, default=value, key=key, format_func=written.brief, help=help, wrap=True
    )
    return None if picked is None else float(picked)


def minutes(label: str, value: float | None, key: str) -> Number:
    """A length in minutes; fractions are allowed."""
    return number(label, value, key, scale=Scale(0.0, 1440.0))


def word(label: str, words: type[W], value: W | None, key: str) -> W | None:
    """One word of a list, or none."""
    start = _unless_set(key, value)
    return st.pills(label, list(words), default=start, key=key, format_func=lambda one: one.label)


def words(label: str, words: type[W], value: Sequence[W], key: str) -> tuple[W, ...]:
    """Several words of a list, or none."""
    return tuple(
        st.pills(
            label,
            list(words),
            selection_mode="multi",
            default=list(value),
            key=key,
            format_func=lambda w: w.label,
        )
    )


def yes_no(label: str, value: bool | None, key: str) -> bool | None:
    """Yes, no, or not said."""
    names = {True: "Yes", False: "No"}
    return st.segmented_control(
        label, [True, False], default=value, key=key, format_func=names.__getitem__
    )


def places(label: str, value: Sequence[Place], key: str) -> tuple[Place, ...]:
    """Muscles with their side."""
    start = _unless_set(key, list(value))
    return tuple(
        st.multiselect(
            label, offered(value), default=start, key=key, format_func=lambda place: place.label
        )
    )


def offered(also: Sequence[Place], sides: Sequence[Side] = (Side.LEFT, Side.RIGHT)) -> list[Place]:
    """Every muscle of each side, and whatever else is known already."""
    places = [Place(muscle=muscle, side=side) for muscle in Muscle for side in sides]
    return [*places, *(place for place in also if place not in places)]


def _unless_set(key: str, value: T) -> T | None:
    """What a field begins with.

    Nothing where it was filled in already, by pointing at the legs for example.
    """
    return None if key in st.session_state else value


def note(value: str, key: str) -> str:
    """The person's own words, kept as they are."""
    return st.text_area("Note", value=value, key=key, max_chars=10_000, height="content") or ""


def day(label: str, value: date, view: View, key: str) -> date:
    """A day that cannot be left out."""
    return st.date_input(label, value=value, key=key, required=True, format=view.formats.date_input)


def moment(label: str, value: datetime, view: View, key: str) -> datetime:
    """A wall-clock time.

    Untouched it stays the same instant; changed, it is read in the person's zone.

    Raises ``BadTime`` for a time over which the clocks went forward. A time that happened twice
    asks which one.
    """
    seen = value.replace(tzinfo=None)
    wall = st.datetime_input(
        label, value=seen, key=key, step=60, required=True, format=view.formats.date_input
    )
    if wall is None or wall == seen.replace(second=0, microsecond=0) or wall == seen:
        return value
    second = False
    if happened_twice(wall, view.zone):
        second = st.toggle(
            "The clocks went back that night: this was the second time round", key=f"{key}-{SECOND}"
        )
    return in_zone(wall, view.zone, second=second)
