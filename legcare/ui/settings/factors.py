"""Defining an own factor: a name, a unit and a scale; it then behaves like a built-in one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import streamlit as st

from legcare.errors import BadFactor
from legcare.records import Blank, Combine, Factor, Phase
from legcare.ui.forms.numbers import Scale, number, refused

BLANKS = {Blank.UNKNOWN: "I do not know", Blank.ZERO: "It was zero"}
PHASES = {
    Phase.DAY: "Over the day, before the night",
    Phase.END: "At the end of the day, or after it",
}
ANY = Scale(step=0.01)
COMBINES = {
    Combine.SUM: "Add up",
    Combine.MEAN: "Average",
    Combine.MAX: "Highest",
    Combine.LAST: "Last",
}


def own_factor_form(known: Mapping[str, Factor]) -> Factor | None:
    """Show the form; the new factor once it is submitted. A name that is taken gets a sentence."""
    with st.form("own-factor", clear_on_submit=False):
        name = st.text_input("Name", key="own-name", max_chars=80, placeholder="Compression socks")
        unit = st.text_input("Unit", key="own-unit", max_chars=40, placeholder="h, mg, 0-10 ...")
        low = number("Lowest value", 0.0, "own-low", scale=ANY)
        high = number("Highest value", 10.0, "own-high", scale=ANY)
        combine = st.selectbox(
            "Several values in a day",
            list(COMBINES),
            format_func=COMBINES.__getitem__,
            key="own-combine",
        )
        blank = st.selectbox(
            "A day without a value means",
            list(BLANKS),
            format_func=BLANKS.__getitem__,
            key="own-blank",
        )
        phase = st.selectbox(
            "When it is known", list(PHASES), format_func=PHASES.__getitem__, key="own-phase"
        )
        if not st.form_submit_button("Add this factor", key="own-add") or refused([low, high]):
            return None
    try:
        return own_factor(
            name or "",
            known,
            unit=unit or "",
            low=low,
            high=high,
            combine=combine,
            blank=blank,
            phase=phase,
        )
    except BadFactor as problem:
        st.error(str(problem))
        return None


def own_factor(name: str, known: Mapping[str, Factor], **scale: object) -> Factor:
    """The factor of that name.

    Raises ``BadFactor`` where the name is empty or taken, or the scale is upside down.
    """
    label = " ".join(name.split())
    if not label:
        raise BadFactor("The factor needs a name, such as Compression socks.")
    if any(factor.label.casefold() == label.casefold() for factor in known.values()):
        raise BadFactor(f"There is already a factor called {label}. Choose another name.")
    try:
        return Factor.model_validate(
            {"key": _key(label, known), "label": label, "own": True, **scale}
        )
    except ValueError:
        raise BadFactor(
            "The lowest value must lie below the highest. Correct one of them and add it again."
        ) from None


def _key(label: str, known: Mapping[str, Factor]) -> str:
    ascii_label = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = "own_" + (re.sub(r"[^a-z0-9]+", "_", ascii_label).strip("_") or "factor")[:50]
    number = 1
    while (key := stem if number == 1 else f"{stem}_{number}") in known:
        number += 1
    return key
