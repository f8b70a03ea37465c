"""Settings: what the person chooses is kept, and what cannot be used gets a sentence."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from legcare.errors import BadFactor
from legcare.records import ClockFace, Cramp, DateOrder, DecimalSign, TrackedSpan, Units, WeekStart
from legcare.storage.logbook import Logbook
from legcare.ui.settings.factors import own_factor
from tests.pages.conftest import Opener

SCALE = {
    "unit": "h",
    "low": 0.0,
    "high": 24.0,
    "combine": "sum",
    "blank": "unknown",
    "phase": "day",
}


def when(log: AppTest) -> tuple[list[pd.Timestamp], str]:
    """The moments in the table of cramps on the Log page, and how they are written."""
    table = next(table for table in log.dataframe if table.key == "table-cramp")
    return (
        list(table.value["When"]),
        json.loads(table.proto.columns)["When"]["type_config"]["format"],
    )


def test_units_and_day_start_are_kept(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("settings")
    page.time_input(key="day-start").set_value(time(5, 0))
    page.segmented_control(key="units").set_value(Units.US)
    next(b for b in page.button if b.key and "save-reading" in b.key).click().run()
    assert (logbook.preferences().day_start, logbook.preferences().units) == (time(5, 0), Units.US)


def test_formats_are_kept_and_reach_the_other_pages(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep([Cramp(at=datetime(2026, 3, 8, 14, 30, tzinfo=UTC))], label="one")
    assert when(open_page("log")) == ([pd.Timestamp(2026, 3, 8, 14, 30)], "YYYY-MM-DD HH:mm")
    page = open_page("settings")
    page.segmented_control(key="clock").set_value(ClockFace.HOURS_12)
    page.segmented_control(key="date_order").set_value(DateOrder.DAY_FIRST)
    page.segmented_control(key="week_start").set_value(WeekStart.SUNDAY)
    next(b for b in page.button if b.key and "save-reading" in b.key).click().run()
    kept = logbook.preferences()
    assert (kept.clock, kept.date_order, kept.week_start, kept.units) == (
        "12",
        "day",
        "sunday",
        "browser",
    )
    assert when(open_page("log")) == ([pd.Timestamp(2026, 3, 8, 14, 30)], "DD/MM/YYYY h:mm a")
    today = open_page("today")
    today.button(key="night-cramp").click().run()
    assert "Cramp at 3:10 am saved" in "\n".join(text.value for text in today.markdown)


def test_a_decimal_comma_reaches_sentences_and_axes_at_once(
    open_page: Opener, logbook: Logbook
) -> None:
    start = datetime(2026, 1, 5, 3, tzinfo=UTC)
    span = TrackedSpan(first_day=date(2026, 1, 1), last_day=date(2026, 3, 1))
    logbook.keep(
        [span, *(Cramp(at=start + timedelta(days=5 * n)) for n in range(10))], label="some"
    )
    said = "\n".join(text.value for text in open_page("frequency").markdown)
    assert "you had 1.2 cramps a week (95 % interval 0." in said
    page = open_page("settings")
    page.segmented_control(key="decimal").set_value(DecimalSign.COMMA)
    next(b for b in page.button if b.key and "save-reading" in b.key).click().run()
    frequency = open_page("frequency")
    said = "\n".join(text.value for text in frequency.markdown)
    assert "you had 1,2 cramps a week (95 % interval 0," in said
    assert not re.search(r"\d\.\d", said)
    charts = frequency.get("plotly_chart")
    assert charts
    assert {json.loads(chart.proto.spec)["layout"]["separators"] for chart in charts} == {",\u202f"}


def test_an_own_factor_joins_the_check_in(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("settings")
    page.text_input(key="own-name").set_value("Compression socks")
    page.text_input(key="own-unit").set_value("h")
    next(b for b in page.button if b.label == "Add this factor").click().run()
    (factor,) = logbook.preferences().own_factors
    assert (factor.key, factor.label, factor.unit) == (
        "own_compression_socks",
        "Compression socks",
        "h",
    )
    assert factor.key in logbook.preferences().checkin
    assert [n for n in open_page("today").number_input if n.key == "checkin-own_compression_socks"]


def test_a_taken_name_gets_a_sentence(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("settings")
    page.text_input(key="own-name").set_value("hydration")
    next(b for b in page.button if b.label == "Add this factor").click().run()
    assert "already a factor called hydration" in page.error[0].value
    assert logbook.preferences().own_factors == ()


@pytest.mark.parametrize(
    ("name", "scale", "said"),
    [("", {}, "needs a name"), ("Socks", {"high": -1.0}, "must lie below")],
)
def test_a_factor_that_cannot_be_is_refused(name: str, scale: dict[str, object], said: str) -> None:
    with pytest.raises(BadFactor, match=said):
        own_factor(name, {}, **{**SCALE, **scale})


def test_names_in_any_script_get_keys_of_their_own() -> None:
    first = own_factor("Überstunden", {}, **SCALE)
    second = own_factor("足", {first.key: first}, **SCALE)
    third = own_factor("手", {second.key: second}, **SCALE)
    assert (first.key, second.key, third.key) == ("own_uberstunden", "own_factor", "own_factor_2")


def test_delete_everything_needs_the_word(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep([Cramp(at=datetime(2026, 3, 8, tzinfo=UTC))], label="one")
    page = open_page("settings")
    assert page.button(key="erase").disabled
    page.text_input(key="erase-word").set_value("DELETE").run()
    page.button(key="erase").click().run()
    assert len(logbook.log()) == 0
