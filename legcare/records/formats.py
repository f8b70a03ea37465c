"""How times, dates, numbers and units are written and read for one person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from legcare.errors import BadNumber
from legcare.records.factors import Units
from legcare.records.preferences import ClockFace, DateOrder, DecimalSign, WeekStart

Clock = Literal["12h", "24h"]
FIRST_DAYS = {WeekStart.MONDAY: 0, WeekStart.SATURDAY: 5, WeekStart.SUNDAY: 6}
# A narrow space groups thousands where the comma is the decimal sign: "1.250" would be read as one
# and a quarter.
NARROW = "\u202f"
# Python's own figures ("1,250.5") in the signs of a reader.
SIGNS = {
    DecimalSign.POINT: str.maketrans({}),
    DecimalSign.COMMA: str.maketrans({",": NARROW, ".": ","}),
}
GROUPED = {
    DecimalSign.POINT: re.compile(r"[1-9]\d{0,2}(,\d{3})+"),
    DecimalSign.COMMA: re.compile(r"[1-9]\d{0,2}(\.\d{3})+"),
}


@dataclass(frozen=True)
class Formats:
    """What was decided.

    The clock, the order of a date, the first day of a week, the units and the decimal sign.
    """

    clock: ClockFace = ClockFace.HOURS_24
    order: DateOrder = DateOrder.YEAR_FIRST
    week: WeekStart = WeekStart.MONDAY
    units: Units = Units.METRIC
    decimal: DecimalSign = DecimalSign.POINT

    def time(self, at: datetime) -> str:
        """A time of day: 03:10, or 3:10 am."""
        if self.clock is ClockFace.HOURS_12:
            return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"
        return f"{at:%H:%M}"

    def day(self, day: date) -> str:
        """A date in figures, always with all four of the year.

        2026-03-31, 31/03/2026, 03/31/2026.
        """
        ways = {DateOrder.DAY_FIRST: "%d/%m/%Y", DateOrder.MONTH_FIRST: "%m/%d/%Y"}
        return day.strftime(ways.get(self.order, "%Y-%m-%d"))

    def moment(self, at: datetime) -> str:
        """A date and a time of day."""
        return f"{self.day(at)} {self.time(at)}"

    def day_words(self, day: date) -> str:
        """A date in words: 2 March 2026, or March 2, 2026 where the month comes first."""
        if self.order is DateOrder.MONTH_FIRST:
            return f"{day:%B} {day.day}, {day.year}"
        return f"{day.day} {day:%B} {day.year}"

    def weekday_words(self, day: date) -> str:
        """A near date with its weekday: Monday 2 March, or Monday, March 2."""
        if self.order is DateOrder.MONTH_FIRST:
            return f"{day:%A, %B} {day.day}"
        return f"{day:%A} {day.day} {day:%B}"

    def figure(self, written: str) -> str:
        """A number as Python writes it ("1,250.5"), in this reader's signs ("1\u202f250,5")."""
        return written.translate(SIGNS[self.decimal])

    def field(self, value: float) -> str:
        """A number as it stands in a field to be changed: whole, and without grouping."""
        return self.figure(f"{value:.10g}")

    def number(self, typed: str) -> float:
        """The number that was typed, with a comma or a point.

        A sign that stands only before groups of three, and is not this reader's decimal sign,
        groups thousands; with both signs the last one is the decimal sign. Raises ``BadNumber`` for
        what is no number.
        """
        text = re.sub(r"[\s\u202f\u00a0'\u2019]", "", typed).replace("\u2212", "-")
        if GROUPED[self.decimal].fullmatch(text.lstrip("+-")):
            text = text.replace(",", "").replace(".", "")
        elif "," in text and "." in text:
            text = text.replace("." if text.rfind(",") > text.rfind(".") else ",", "")
        text = text.replace(",", ".")
        if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text, re.ASCII):
            raise BadNumber(
                f"{typed.strip()!r} is not a number. Write it in figures, such as"
                f" {self.figure('7.5')}."
            )
        return float(text)

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

    @property
    def separators(self) -> str:
        """Decimal sign and thousands sign, for the axes of a chart."""
        return f",{NARROW}" if self.decimal is DecimalSign.COMMA else ".,"
