"""Number fields that understand a decimal comma.

A browser's own number field knows one decimal sign, that of the browser's language, and swallows
the other without a word: "7,5" typed into an English browser arrives as 75. Readers who write a
point lose nothing by it; for readers who write a comma the field is one of text, read here, where
comma and point both count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from legcare.errors import BadNumber
from legcare.records import DecimalSign, written

Number = float | BadNumber | None


@dataclass(frozen=True)
class Scale:
    """What a number field takes: the lowest and the highest value, and the step of its buttons."""

    low: float | None = None
    high: float | None = None
    step: float = 1.0


ANY = Scale()


def number(
    label: str, value: float | None, key: str, *, scale: Scale = ANY, hint: str | None = None
) -> Number:
    """A number or nothing.

    What cannot be understood comes back as its error, once the whole form has been drawn.
    """
    if written.formats().decimal is DecimalSign.POINT:
        return st.number_input(
            label,
            min_value=scale.low,
            max_value=scale.high,
            value=value,
            step=scale.step,
            key=key,
            format="%g",
            help=hint,
        )
    before = "" if value is None else written.formats().field(value)
    typed = (st.text_input(label, value=before, key=f"{key}-text", help=hint) or "").strip()
    if typed == before:
        return value
    return _read(label, typed, scale) if typed else None


def asked(
    label: str, value: float, key: str, *, scale: Scale = ANY, hint: str | None = None
) -> float:
    """A number outside a form that cannot be left out.

    The page waits below its sentence until it can be read.
    """
    said = number(label, value, key, scale=scale, hint=hint)
    if refused([said]):
        st.stop()
    return value if said is None or isinstance(said, BadNumber) else said


def refused(said: Iterable[object]) -> bool:
    """Say what is wrong with each number that could not be read; whether there was one."""
    wrong = [each for each in said if isinstance(each, BadNumber)]
    for each in wrong:
        st.error(str(each))
    return bool(wrong)


def _read(label: str, typed: str, scale: Scale) -> Number:
    try:
        value = written.formats().number(typed)
    except BadNumber as error:
        return BadNumber(f"{label}: {error} Nothing was saved; correct it and go on.")
    low = "" if scale.low is None or value >= scale.low else f"at least {written.brief(scale.low)}"
    high = (
        "" if scale.high is None or value <= scale.high else f"at most {written.brief(scale.high)}"
    )
    if low or high:
        return BadNumber(
            f"{label}: {typed} was entered, it must be {low or high}. Nothing was saved;"
            " correct it."
        )
    return value
