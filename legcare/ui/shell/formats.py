"""How everything is written for whoever is looking.

As they chose, else as their browser's region does.

The habits of the regions are those of the Unicode CLDR (short date, preferred hours, first day of
the week, decimal sign); a browser test holds them against the browser's own copy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

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

# The region that a language without one is most likely of, where that region has habits of its own.
LIKELY = {
    "ar": "EG",
    "en": "US",
    "es": "ES",
    "fa": "IR",
    "he": "IL",
    "hi": "IN",
    "hu": "HU",
    "ja": "JP",
    "ko": "KR",
    "lt": "LT",
    "pt": "BR",
    "sv": "SE",
    "th": "TH",
    "zh": "CN",
}
Made = TypeVar("Made")
US_UNITS = frozenset({"US", "LR"})
HOURS_12 = frozenset(
    {
        "US",
        "CA",
        "AU",
        "NZ",
        "IN",
        "PK",
        "BD",
        "PH",
        "MY",
        "KR",
        "TW",
        "HK",
        "SG",
        "LR",
        "GR",
        "EG",
        "SA",
        "AE",
        "JO",
        "KW",
        "QA",
        "BH",
        "OM",
        "DZ",
        "IQ",
        "SY",
        "LY",
        "SD",
        "MX",
        "AR",
        "CO",
        "PE",
        "VE",
        "PA",
        "PR",
        "DO",
        "GT",
        "HN",
        "SV",
        "NI",
        "PY",
        "TN",
        "BN",
    }
)
# English keeps the regional clock; in these regions other languages keep 24 hours.
HOURS_12_IN_ENGLISH = frozenset({"CA"})
YEAR_FIRST = frozenset({"CN", "JP", "KR", "TW", "HU", "LT", "SE", "CA", "ZA", "IR"})
MONTH_FIRST = frozenset({"US", "PH", "PR", "PA"})
SUNDAY = frozenset(
    {
        "US",
        "CA",
        "MX",
        "BR",
        "CO",
        "PE",
        "VE",
        "GT",
        "HN",
        "SV",
        "NI",
        "PA",
        "PR",
        "DO",
        "PY",
        "JP",
        "KR",
        "TW",
        "HK",
        "IN",
        "PK",
        "BD",
        "PH",
        "TH",
        "ID",
        "SG",
        "IL",
        "SA",
        "ZA",
        "KE",
        "PT",
    }
)
SATURDAY = frozenset(
    {
        "EG",
        "DZ",
        "BH",
        "IQ",
        "IR",
        "JO",
        "KW",
        "LY",
        "OM",
        "QA",
        "SD",
        "SY",
        "AF",
    }
)

# Languages that write a decimal comma, except in these regions; and regions that write one in other
# languages.
COMMA = frozenset(
    {
        "af",
        "az",
        "be",
        "bg",
        "bs",
        "ca",
        "cs",
        "da",
        "de",
        "el",
        "es",
        "et",
        "eu",
        "fi",
        "fr",
        "gl",
        "hr",
        "hu",
        "hy",
        "id",
        "is",
        "it",
        "ka",
        "kk",
        "ky",
        "lb",
        "lt",
        "lv",
        "mk",
        "nb",
        "nl",
        "nn",
        "no",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
        "tr",
        "uk",
        "uz",
        "vi",
    }
)
POINT_REGIONS = {
    "de": frozenset({"CH", "LI"}),
    "es": frozenset({"MX", "US", "PR", "PA", "DO", "GT", "HN", "NI", "SV", "PE", "CU"}),
    "it": frozenset({"CH"}),
}
COMMA_REGIONS = {
    "ar": frozenset({"DZ", "LY", "MA", "TN", "LB", "MR"}),
    "en": frozenset({"ZA", "DE", "AT", "NL", "SE", "BE", "FI", "DK", "SI", "ID"}),
    "ms": frozenset({"BN"}),
}


def formats(preferences: Preferences) -> Formats:
    """The formats for whoever is looking now."""
    locale = getattr(st.context, "locale", None)
    return formats_of(preferences, locale if isinstance(locale, str) else "")


def formats_of(preferences: Preferences, locale: str) -> Formats:
    """The chosen formats.

    What was left to the browser follows ``locale`` ("en-GB"), and ISO 8601 where that is "").
    """
    language, region = _parts(locale)
    hours_12 = region in HOURS_12 and (region not in HOURS_12_IN_ENGLISH or language == "en")
    sunday, saturday = region in SUNDAY, region in SATURDAY
    guessed = Formats(
        clock=ClockFace.HOURS_12 if hours_12 else ClockFace.HOURS_24,
        order=_order(region),
        week=WeekStart.SUNDAY if sunday else WeekStart.SATURDAY if saturday else WeekStart.MONDAY,
        units=Units.US if region in US_UNITS else Units.METRIC,
        decimal=DecimalSign.COMMA if _comma(language, region) else DecimalSign.POINT,
    )
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


def _parts(locale: str) -> tuple[str, str]:
    """Language and region of a tag such as "en-GB" or "zh-Hans-CN".

    The likely region where none is named.
    """
    language, *rest = locale.replace("_", "-").split("-")
    named = next((part.upper() for part in rest if len(part) == 2), "")
    return language.lower(), named or LIKELY.get(language.lower(), language.upper())


def _comma(language: str, region: str) -> bool:
    if language in COMMA:
        return region not in POINT_REGIONS.get(language, frozenset())
    return region in COMMA_REGIONS.get(language, frozenset())


def _order(region: str) -> DateOrder:
    if not region or region in YEAR_FIRST:
        return DateOrder.YEAR_FIRST
    return DateOrder.MONTH_FIRST if region in MONTH_FIRST else DateOrder.DAY_FIRST
