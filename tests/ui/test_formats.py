"""Times, dates and units as chosen, else as the browser's region writes them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time

import pytest

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
from legcare.ui.shell.formats import formats_of, later

NIGHT = datetime(2026, 3, 8, 0, 5, tzinfo=UTC)
NOON = datetime(2026, 3, 31, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-GB", ("08/03/2026 00:05", "31/03/2026 12:30", 0, Units.METRIC)),
        ("en-US", ("03/08/2026 12:05 am", "03/31/2026 12:30 pm", 6, Units.US)),
        ("sv-SE", ("2026-03-08 00:05", "2026-03-31 12:30", 0, Units.METRIC)),
        ("zh-Hans-CN", ("2026-03-08 00:05", "2026-03-31 12:30", 0, Units.METRIC)),
        ("ar-EG", ("08/03/2026 12:05 am", "31/03/2026 12:30 pm", 5, Units.METRIC)),
        ("de", ("08/03/2026 00:05", "31/03/2026 12:30", 0, Units.METRIC)),
        ("", ("2026-03-08 00:05", "2026-03-31 12:30", 0, Units.METRIC)),
    ],
)
def test_what_was_not_chosen_follows_the_browser(
    locale: str, said: tuple[str, str, int, Units]
) -> None:
    written = formats_of(Preferences(), locale)
    assert (
        written.moment(NIGHT),
        written.moment(NOON),
        written.first_weekday,
        written.units,
    ) == said


@pytest.mark.parametrize(
    ("locale", "day", "weekday"),
    [
        ("ca", "31/03/2026 12:30", 0),  # Catalan, not Canada
        ("el", "31/03/2026 12:30 pm", 0),  # Greek
        ("ms", "31/03/2026 12:30 pm", 0),  # Malay, not Montserrat
        ("bn", "31/03/2026 12:30 pm", 6),  # Bengali, not Brunei
        ("zh-Hant", "2026-03-31 12:30 pm", 6),  # the script of Taiwan
        ("xx", "2026-03-31 12:30", 0),  # nobody's
    ],
)
def test_a_tag_without_a_region_is_a_language(locale: str, day: str, weekday: int) -> None:
    written = formats_of(Preferences(), locale)
    assert (written.moment(NOON), written.first_weekday) == (day, weekday)


def test_what_was_chosen_stands_against_every_browser() -> None:
    chosen = Preferences(
        clock=ClockFace.HOURS_12,
        date_order=DateOrder.YEAR_FIRST,
        week_start=WeekStart.SATURDAY,
        units=Units.US,
    )
    for locale in ("en-GB", "en-US", "de-DE", ""):
        written = formats_of(chosen, locale)
        assert (written.moment(NOON), written.first_weekday, written.units) == (
            "2026-03-31 12:30 pm",
            5,
            Units.US,
        )
        assert (written.date_input, written.time_input) == ("YYYY-MM-DD", "12h")


def test_preferences_stored_before_there_were_formats_still_load() -> None:
    old = Preferences.model_validate_json(
        '{"day_start": "05:00:00", "zone": "Europe/Berlin", "units": "metric"}'
    )
    assert (old.day_start, old.zone, old.units) == (time(5), "Europe/Berlin", Units.METRIC)
    assert formats_of(old, "en-US").day(date(2026, 3, 31)) == "03/31/2026"
    assert formats_of(old, "de-DE").decimal is DecimalSign.COMMA


@pytest.mark.parametrize(
    ("locale", "sign"),
    [
        ("de-DE", ","),
        ("de-CH", "."),
        ("es-MX", "."),
        ("es", ","),
        ("en-GB", "."),
        ("en-ZA", ","),
        ("", "."),
    ],
)
def test_the_decimal_sign_follows_the_browser_until_one_is_chosen(locale: str, sign: str) -> None:
    assert formats_of(Preferences(), locale).figure("7.5") == f"7{sign}5"
    assert formats_of(Preferences(decimal=DecimalSign.COMMA), locale).figure("7.5") == "7,5"
    assert formats_of(Preferences(decimal=DecimalSign.POINT), locale).figure("7.5") == "7.5"


def test_what_is_made_later_in_another_thread_is_written_for_the_same_reader() -> None:
    made = later(Formats(decimal=DecimalSign.COMMA), lambda: written.decimal(0.5))
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(made).result() == "0,5"
        assert pool.submit(written.decimal, 0.5).result() == "0.5"
