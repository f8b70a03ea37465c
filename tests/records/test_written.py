"""Numbers, dates and times in sentences, in the signs and the order of whoever reads."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.errors import BadNumber
from legcare.records import ClockFace, DateOrder, DecimalSign, Formats, written

GERMAN = Formats(order=DateOrder.DAY_FIRST, decimal=DecimalSign.COMMA)
AMERICAN = Formats(clock=ClockFace.HOURS_12, order=DateOrder.MONTH_FIRST)


def said() -> tuple[str, ...]:
    day = date(2026, 3, 2)
    numbers = (
        written.decimal(1234.56),
        written.signed(-0.4),
        written.brief(0.25),
        written.whole(12345),
    )
    moments = (
        written.day(day),
        written.weekday(day),
        written.clock(15.5),
        written.full_hour(15),
        written.full_hour(24),
    )
    return (*numbers, written.percent(0.456), written.percent(0.456, 1), *moments)


def test_plain_where_nothing_was_chosen() -> None:
    numbers = ("1,234.6", "-0.4", "0.25", "12,345", "46 %", "45.6 %")
    assert said() == (*numbers, "2 March 2026", "Monday 2 March", "15:30", "15", "24")


def test_a_german_reader_sees_a_comma_and_no_point() -> None:
    with written.used(GERMAN):
        assert said()[:6] == ("1\u202f234,6", "-0,4", "0,25", "12\u202f345", "46 %", "45,6 %")
    assert written.decimal(0.5) == "0.5"


def test_an_american_reader_sees_the_month_first_and_twelve_hours() -> None:
    with written.used(AMERICAN):
        assert said()[6:] == ("March 2, 2026", "Monday, March 2", "3:30 pm", "3 pm", "12 am")
        assert written.clock(0) == "12:00 am"
        assert written.moment(datetime(2026, 3, 2, 23, 59, tzinfo=UTC)) == "March 2, 2026, 11:59 pm"


def test_an_hour_that_rounds_up_to_midnight_is_midnight() -> None:
    assert written.clock(23.9999) == "00:00"


def test_another_visitor_in_another_thread_is_not_written_for_the_same_way() -> None:
    heard: list[str] = []
    with written.used(GERMAN):
        other = threading.Thread(target=lambda: heard.append(written.decimal(0.5)))
        other.start()
        other.join()
        assert (written.decimal(0.5), heard) == ("0,5", ["0.5"])


@pytest.mark.parametrize(
    ("typed", "point", "comma"),
    [
        ("7.5", 7.5, 7.5),
        ("7,5", 7.5, 7.5),
        (" 7,50 ", 7.5, 7.5),
        ("1,250", 1250.0, 1.25),
        ("1.250", 1.25, 1250.0),
        ("0,250", 0.25, 0.25),
        ("1,250.5", 1250.5, 1250.5),
        ("1.250,5", 1250.5, 1250.5),
        ("1 250,5", 1250.5, 1250.5),
        ("1\u202f250", 1250.0, 1250.0),
        ("2'500", 2500.0, 2500.0),
        ("-3,5", -3.5, -3.5),
        ("\u22123", -3.0, -3.0),
        ("1,250,000", 1250000.0, None),
    ],
)
def test_comma_and_point_are_both_understood(typed: str, point: float, comma: float | None) -> None:
    assert Formats().number(typed) == point
    if comma is None:
        with pytest.raises(BadNumber, match="is not a number"):
            GERMAN.number(typed)
    else:
        assert GERMAN.number(typed) == comma


@pytest.mark.parametrize("typed", ["", "about 5", "5-6", "1e5", "7;5", "٣", "nan", "1,2,3", "--3"])
def test_what_is_no_number_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(BadNumber, match=r"is not a number\. Write it in figures, such as 7,5\."):
        GERMAN.number(typed)


@given(
    st.decimals(min_value=-99999, max_value=99999, places=2), st.sampled_from([GERMAN, AMERICAN])
)
def test_what_is_written_is_read_back(value: float, reader: Formats) -> None:
    with written.used(reader):
        assert reader.number(written.decimal(float(value), 2)) == float(value)
