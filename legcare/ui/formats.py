"""How times, dates and units are written for whoever is looking: as they chose, else as their browser's region does.

The habits of the regions are those of the Unicode CLDR (short date, preferred hours, first day of the week); a browser
test holds them against the browser's own copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import streamlit as st

from legcare.records import ClockFace, DateOrder, Preferences, Units, WeekStart

# The region that a language without one is most likely of, where that region has habits of its own.
LIKELY = {
    "ar": "EG", "en": "US", "es": "ES", "fa": "IR", "he": "IL", "hi": "IN", "hu": "HU", "ja": "JP", "ko": "KR",
    "lt": "LT", "pt": "BR", "sv": "SE", "th": "TH", "zh": "CN",
}  # fmt: skip
US_UNITS = frozenset({"US", "LR"})
HOURS_12 = frozenset({
    "US", "CA", "AU", "NZ", "IN", "PK", "BD", "PH", "MY", "KR", "TW", "HK", "SG", "LR", "GR", "EG",
    "SA", "AE", "JO", "KW", "QA", "BH", "OM", "DZ", "IQ", "SY", "LY", "SD", "MX", "AR", "CO", "PE",
    "VE", "PA", "PR", "DO", "GT", "HN", "SV", "NI", "PY",
})  # fmt: skip
# English keeps the regional clock; in these regions other languages keep 24 hours.
HOURS_12_IN_ENGLISH = frozenset({"CA"})
YEAR_FIRST = frozenset({"CN", "JP", "KR", "TW", "HU", "LT", "SE", "CA", "ZA", "IR"})
MONTH_FIRST = frozenset({"US", "PH", "PR", "PA"})
SUNDAY = frozenset({
    "US", "CA", "MX", "BR", "CO", "PE", "VE", "GT", "HN", "SV", "NI", "PA", "PR", "DO", "PY", "JP",
    "KR", "TW", "HK", "IN", "PK", "BD", "PH", "TH", "ID", "SG", "IL", "SA", "ZA", "KE", "PT",
})  # fmt: skip
SATURDAY = frozenset({
    "EG", "DZ", "BH", "IQ", "IR", "JO", "KW", "LY", "OM", "QA", "SD", "SY", "AF",
})  # fmt: skip

Clock = Literal["12h", "24h"]
FIRST_DAYS = {WeekStart.MONDAY: 0, WeekStart.SATURDAY: 5, WeekStart.SUNDAY: 6}


@dataclass(frozen=True)
class Formats:
    """What was decided: the clock, the order of a date in figures, the first day of a week and the units."""

    clock: ClockFace
    order: DateOrder
    week: WeekStart
    units: Units

    def time(self, at: datetime) -> str:
        """A time of day: 03:10, or 3:10 am."""
        if self.clock is ClockFace.HOURS_12:
            return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"
        return f"{at:%H:%M}"

    def day(self, day: date) -> str:
        """A date in figures, always with all four of the year: 2026-03-31, 31/03/2026, 03/31/2026."""
        ways = {DateOrder.DAY_FIRST: "%d/%m/%Y", DateOrder.MONTH_FIRST: "%m/%d/%Y"}
        return day.strftime(ways.get(self.order, "%Y-%m-%d"))

    def moment(self, at: datetime) -> str:
        """A date and a time of day."""
        return f"{self.day(at)} {self.time(at)}"

    @property
    def date_input(self) -> str:
        """The same order for ``st.date_input`` and ``st.datetime_input``."""
        ways = {DateOrder.DAY_FIRST: "DD/MM/YYYY", DateOrder.MONTH_FIRST: "MM/DD/YYYY"}
        return ways.get(self.order, "YYYY-MM-DD")

    @property
    def time_input(self) -> Clock:
        """The same clock for ``st.time_input``."""
        return "12h" if self.clock is ClockFace.HOURS_12 else "24h"

    @property
    def first_weekday(self) -> int:
        """The first day of a week: 0 for Monday to 6 for Sunday."""
        return FIRST_DAYS[self.week]


def formats(preferences: Preferences) -> Formats:
    """The formats for whoever is looking now."""
    locale = getattr(st.context, "locale", None)
    return formats_of(preferences, locale if isinstance(locale, str) else "")


def formats_of(preferences: Preferences, locale: str) -> Formats:
    """The chosen formats; what was left to the browser follows ``locale`` ("en-GB"), and ISO 8601 where that is "")."""
    language, region = _parts(locale)
    hours_12 = region in HOURS_12 and (region not in HOURS_12_IN_ENGLISH or language == "en")
    sunday, saturday = region in SUNDAY, region in SATURDAY
    guessed = Formats(
        clock=ClockFace.HOURS_12 if hours_12 else ClockFace.HOURS_24,
        order=_order(region),
        week=WeekStart.SUNDAY if sunday else WeekStart.SATURDAY if saturday else WeekStart.MONDAY,
        units=Units.US if region in US_UNITS else Units.METRIC,
    )
    said = preferences
    return Formats(
        clock=guessed.clock if said.clock is ClockFace.BROWSER else said.clock,
        order=guessed.order if said.date_order is DateOrder.BROWSER else said.date_order,
        week=guessed.week if said.week_start is WeekStart.BROWSER else said.week_start,
        units=guessed.units if said.units is Units.BROWSER else said.units,
    )


def _parts(locale: str) -> tuple[str, str]:
    """Language and region of a tag such as "en-GB" or "zh-Hans-CN"; the likely region where none is named."""
    language, *rest = locale.replace("_", "-").split("-")
    named = next((part.upper() for part in rest if len(part) == 2), "")
    return language.lower(), named or LIKELY.get(language.lower(), language.upper())


def _order(region: str) -> DateOrder:
    if not region or region in YEAR_FIRST:
        return DateOrder.YEAR_FIRST
    return DateOrder.MONTH_FIRST if region in MONTH_FIRST else DateOrder.DAY_FIRST
