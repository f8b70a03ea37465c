"""The day's check-in: the factors that the person chose to follow, in the units they chose."""

from __future__ import annotations

from datetime import date

import streamlit as st

from legcare.records import DisplayUnit, Factor, Reading, Units
from legcare.ui.forms.fields import rating
from legcare.ui.session import View

PLAIN = DisplayUnit(unit="", per=1.0, decimals=2)


def checkin_form(looking: View, day: date) -> tuple[Reading, ...] | None:
    """Show the check-in of one day; the readings that are new or changed once it is submitted, None before.

    What was typed in before stands there and is changed in place; a reading that came from a file is not touched: the
    person's own value then wins over it.
    """
    held = {r.factor: r for r in looking.whole.readings if r.day == day and r.source == "entered"}
    chosen = [looking.whole.factors[key] for key in looking.preferences.checkin if key in looking.whole.factors]
    with st.form(key=f"checkin-{day}", border=False):
        said = {factor.key: _field(factor, held.get(factor.key), looking.formats.units) for factor in chosen}
        if not st.form_submit_button("Save check-in", type="primary", key=f"checkin-submit-{day}"):
            return None
    return tuple(_reading(day, key, value, held.get(key)) for key, value in said.items() if _new(value, held.get(key)))


def display_unit(factor: Factor, units: Units) -> DisplayUnit:
    """The unit that a factor is shown and entered in."""
    if units is Units.US and factor.shown_in:
        return factor.shown_in[0]
    return PLAIN.model_copy(update={"unit": factor.unit})


def _field(factor: Factor, reading: Reading | None, units: Units) -> float | None:
    key = f"checkin-{factor.key}"
    stored = None if reading is None else reading.value
    if factor.unit == "0-10":
        return rating(f"{factor.label}, 0 to 10", stored, key)
    unit = display_unit(factor, units)
    before = None if stored is None else round(stored * unit.per + unit.plus, unit.decimals)
    shown = st.number_input(
        f"{factor.label} ({unit.unit})" if unit.unit else factor.label,
        min_value=factor.low * unit.per + unit.plus,
        max_value=factor.high * unit.per + unit.plus,
        value=before,
        step=factor.step if unit.per == 1.0 else 1.0,
        format="%g",
        key=key,
    )
    if shown is None:
        return None
    return stored if shown == before else (shown - unit.plus) / unit.per


def _new(value: float | None, reading: Reading | None) -> bool:
    return value is not None and (reading is None or reading.value != value)


def _reading(day: date, key: str, value: float | None, before: Reading | None) -> Reading:
    if before is not None:
        return before.model_copy(update={"value": value})
    return Reading(day=day, factor=key, value=float(value or 0.0))
