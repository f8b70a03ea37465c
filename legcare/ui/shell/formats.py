"""How everything is written for whoever is looking.

As they chose, else as their browser's region does.

The habits of the regions are those of the Unicode CLDR, as Babel carries it (short date and time,
first day of the week, decimal sign); a browser test holds them against the browser's own copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from legcare.records import (
    ClockFace,
    DateOrder,
    DecimalSign,
    Formats,
    Preferences,
    Units,
    WeekStart,
    written,
)

if TYPE_CHECKING:
    from babel import Locale

Made = TypeVar("Made")
US_UNITS = frozenset({"US", "LR"})
ORDERS = {"y": DateOrder.YEAR_FIRST, "M": DateOrder.MONTH_FIRST, "d": DateOrder.DAY_FIRST}
WEEKS = {6: WeekStart.SUNDAY, 5: WeekStart.SATURDAY}
DECIMALS = {",": DecimalSign.COMMA, "\N{ARABIC DECIMAL SEPARATOR}": DecimalSign.COMMA}


# Numbers of an ambulance by region; where 112 and a national number both work, both are said.
EMERGENCY = {
    **dict.fromkeys(("US", "CA", "MX", "PH"), "911"),
    **dict.fromkeys(("GB", "IE"), "999 or 112"),
    "AU": "000",
    "NZ": "111",
    "ZA": "112 or 10177",
    "JP": "119",
    "BR": "192",
    **dict.fromkeys(
        [
            "AT",
            "BE",
            "BG",
            "CH",
            "CY",
            "CZ",
            "DE",
            "DK",
            "EE",
            "ES",
            "FI",
            "FR",
            "GR",
            "HR",
            "HU",
            "IN",
            "IS",
            "IT",
            "LI",
            "LT",
            "LU",
            "LV",
            "MT",
            "NL",
            "NO",
            "PL",
            "PT",
            "RO",
            "SE",
            "SI",
            "SK",
            "TR",
            "UA",
        ],
        "112",
    ),
}


def formats(preferences: Preferences) -> Formats:
    """The formats for whoever is looking now."""
    locale = getattr(st.context, "locale", None)
    return formats_of(preferences, locale if isinstance(locale, str) else "")


def formats_of(preferences: Preferences, locale: str) -> Formats:
    """The chosen formats.

    What was left to the browser follows ``locale`` ("en-GB"), and ISO 8601 where that is "").
    """
    guessed = _habits(locale)
    said = preferences
    return Formats(
        clock=guessed.clock if said.clock is ClockFace.BROWSER else said.clock,
        order=guessed.order if said.date_order is DateOrder.BROWSER else said.date_order,
        week=guessed.week if said.week_start is WeekStart.BROWSER else said.week_start,
        units=guessed.units if said.units is Units.BROWSER else said.units,
        decimal=guessed.decimal if said.decimal is DecimalSign.BROWSER else said.decimal,
    )


def later(written_for: Formats, work: Callable[[], Made]) -> Callable[[], Made]:
    """``work`` written for this reader wherever it runs.

    A download is made in a thread that knows nobody.
    """

    def made() -> Made:
        with written.used(written_for):
            return work()

    return made


@lru_cache(maxsize=256)
def _habits(tag: str) -> Formats:
    """How the region of a tag such as "en-GB" or "zh-Hans-CN" writes; ISO 8601 where unknown."""
    region = _region(tag)
    if region is None:
        return Formats(order=DateOrder.YEAR_FIRST)
    day, clock = (
        re.sub("'[^']*'", "", forms["short"].pattern)
        for forms in (region.date_formats, region.time_formats)
    )
    first = next(letter for letter in day if letter in "yMd")
    return Formats(
        clock=ClockFace.HOURS_12 if "h" in clock else ClockFace.HOURS_24,
        order=ORDERS[first],
        week=WEEKS.get(region.first_week_day, WeekStart.MONDAY),
        units=Units.US if region.territory in US_UNITS else Units.METRIC,
        decimal=DECIMALS.get(region.number_symbols["latn"]["decimal"], DecimalSign.POINT),
    )


def _region(tag: str) -> Locale | None:
    """The locale of a tag; a language alone stands for the region where it is most spoken."""
    # Here and not above: Babel costs a tenth of a second, which no start of a page should wait for.
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    try:
        named = Locale.parse(tag.replace("_", "-"), sep="-")
        if named.territory:
            return named
        likely = get_global("likely_subtags")
        return Locale.parse(str(likely.get(str(named), named)))
    except (UnknownLocaleError, ValueError):
        return None


def emergency_number() -> str:
    """The number to call where the reader's browser says they live; "" where that is not known."""
    locale = getattr(st.context, "locale", None)
    region = _region(locale) if isinstance(locale, str) else None
    return EMERGENCY.get(region.territory or "", "") if region else ""
