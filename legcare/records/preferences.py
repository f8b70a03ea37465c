"""How one person wants their log read and shown; kept beside the log and part of its export."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict

from legcare.records.clock import DAY_START
from legcare.records.factors import Factor, Units


class ClockFace(StrEnum):
    """How a time of day is written: 15:10 or 3:10 pm."""

    BROWSER = "browser"
    HOURS_24 = "24"
    HOURS_12 = "12"


class DateOrder(StrEnum):
    """How a date in figures is written: 2026-03-31, 31/03/2026 or 03/31/2026."""

    BROWSER = "browser"
    YEAR_FIRST = "year"
    DAY_FIRST = "day"
    MONTH_FIRST = "month"


class WeekStart(StrEnum):
    """The day that a week begins with on a calendar; numbers per week do not depend on it."""

    BROWSER = "browser"
    MONDAY = "monday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class DecimalSign(StrEnum):
    """The sign before the decimals of a number: 7.5 or 7,5. Files for machines keep the point."""

    BROWSER = "browser"
    POINT = "point"
    COMMA = "comma"


@cache
def zones() -> frozenset[str]:
    """Every time zone of the IANA list.

    Read once, since the list is a walk through hundreds of files.
    """
    return frozenset(available_timezones())


def _known_zone(name: str) -> str:
    if name and name not in zones():
        raise ValueError(f"{name!r} is not a time zone of the IANA list, such as Europe/Berlin")
    return name


class Preferences(BaseModel):
    """Day start, zone (empty.

    The browser's), units and formats, check-in factors, own factors and what else was said.

    What was not chosen is as the browser of whoever looks says.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    day_start: time = DAY_START
    zone: Annotated[str, AfterValidator(_known_zone)] = ""
    units: Units = Units.BROWSER
    clock: ClockFace = ClockFace.BROWSER
    date_order: DateOrder = DateOrder.BROWSER
    week_start: WeekStart = WeekStart.BROWSER
    decimal: DecimalSign = DecimalSign.BROWSER
    checkin: tuple[str, ...] = ("hydration_ml", "exercise_min", "sleep_h", "stress", "soreness")
    own_factors: tuple[Factor, ...] = ()
    preferred_sources: dict[str, tuple[str, ...]] = {}
    confounders: tuple[str, ...] = ()

    def in_zone(self, browser: str | None) -> ZoneInfo:
        """The zone that "now" and naive times are read in.

        The chosen one, else the browser's, else UTC.
        """
        name = self.zone or (browser if browser in zones() else None) or "UTC"
        return ZoneInfo(name)
