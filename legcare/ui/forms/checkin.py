"""The day's check-in: the factors that the person chose to follow, in the units they chose."""

from __future__ import annotations

from datetime import date

import streamlit as st

from legcare.errors import BadNumber
from legcare.records import Factor, Group, Reading, Units
from legcare.ui.forms.fields import rating
from legcare.ui.forms.measured import measured
from legcare.ui.forms.numbers import Number, refused
from legcare.ui.shell.session import View


def checkin_form(view: View, day: date) -> tuple[Reading, ...] | None:
    """Show the check-in of one day.

    The readings that are new or changed once it is submitted, None before.

    What was typed in before stands there and is changed in place; a reading that came from a file
    is not touched: the person's own value then wins over it.
    """
    held = {r.factor: r for r in view.lately.readings if r.day == day and r.source == "entered"}
    chosen = [
        view.lately.factors[key] for key in view.preferences.checkin if key in view.lately.factors
    ]
    with st.form(key=f"checkin-{day}", border=False):
        if any(factor.group is Group.SLEEP for factor in chosen):
            st.caption("Sleep is that of the night before this day.")
        said = {
            factor.key: _field(factor, held.get(factor.key), view.formats.units)
            for factor in chosen
        }
        if not st.form_submit_button("Save check-in", type="primary", key=f"checkin-submit-{day}"):
            return None
        if refused(said.values()):
            return None
    known = {key: value for key, value in said.items() if not isinstance(value, BadNumber)}
    return tuple(
        _reading(day, key, value, held.get(key))
        for key, value in known.items()
        if _new(value, held.get(key))
    )


def _field(factor: Factor, reading: Reading | None, units: Units) -> Number:
    key = f"checkin-{factor.key}"
    stored = None if reading is None else reading.value
    if factor.unit == "0-10":
        return rating(f"{factor.label}, 0 to 10", stored, key)
    return measured(factor, stored, key, units)


def _new(value: float | None, reading: Reading | None) -> bool:
    return value is not None and (reading is None or reading.value != value)


def _reading(day: date, key: str, value: float | None, before: Reading | None) -> Reading:
    if before is not None:
        return before.model_copy(update={"value": value})
    return Reading(day=day, factor=key, value=float(value or 0.0))
