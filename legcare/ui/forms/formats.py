"""The fields that choose how times, dates and units are written."""

from __future__ import annotations

from enum import StrEnum

import streamlit as st

from legcare.records import ClockFace, DateOrder, DecimalSign, Preferences, Units, WeekStart

BROWSER = "As the browser says"
NAMES: dict[str, dict[StrEnum, str]] = {
    "units": {Units.BROWSER: BROWSER, Units.METRIC: "ml, cm, kg", Units.US: "fl oz, in, lb"},
    "clock": {
        ClockFace.BROWSER: BROWSER,
        ClockFace.HOURS_24: "15:10",
        ClockFace.HOURS_12: "3:10 pm",
    },
    "date_order": {
        DateOrder.BROWSER: BROWSER,
        DateOrder.YEAR_FIRST: "2026-03-31",
        DateOrder.DAY_FIRST: "31/03/2026",
        DateOrder.MONTH_FIRST: "03/31/2026",
    },
    "week_start": {
        WeekStart.BROWSER: BROWSER,
        WeekStart.MONDAY: "Monday",
        WeekStart.SATURDAY: "Saturday",
        WeekStart.SUNDAY: "Sunday",
    },
    "decimal": {DecimalSign.BROWSER: BROWSER, DecimalSign.POINT: "7.5", DecimalSign.COMMA: "7,5"},
}
LABELS = {
    "units": "Units",
    "clock": "Clock",
    "date_order": "Dates in figures",
    "week_start": "A week begins on",
    "decimal": "Decimal sign",
}


def format_fields(now: Preferences) -> dict[str, object]:
    """Show one field per format; what was chosen, by the name of the preference."""
    return {name: _field(name, getattr(now, name)) for name in NAMES}


def _field(name: str, value: StrEnum) -> StrEnum:
    names = NAMES[name]
    return st.segmented_control(
        LABELS[name],
        list(names),
        default=value,
        required=True,
        key=name,
        format_func=names.__getitem__,
        wrap=True,
    )
