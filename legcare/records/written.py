"""Numbers, dates and times of day inside sentences, written for whoever reads now.

The one place that knows how.

Sentences are made deep inside, where nobody knows the reader. So the reader's formats are kept for
the run, as ``decimal`` keeps its context: set once where it is known who is looking (``use``), or
for a stretch of work (``used``). Where nothing was set they are plain: a decimal point, 24 hours,
metric units. What machines read (CSV, JSON, file names) never passes through here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from legcare.records.formats import Formats
from legcare.records.preferences import ClockFace

_USED: ContextVar[Formats] = ContextVar("formats", default=Formats())  # noqa: B039 - frozen, never changed


def formats() -> Formats:
    """The formats of whoever reads now."""
    return _USED.get()


def use(chosen: Formats) -> None:
    """Write everything that follows in this run for this reader."""
    _USED.set(chosen)


@contextmanager
def used(chosen: Formats) -> Iterator[None]:
    """Write everything within for this reader."""
    before = _USED.set(chosen)
    try:
        yield
    finally:
        _USED.reset(before)


def decimal(value: float, places: int = 1) -> str:
    """A number with so many decimals: 3.1, or 3,1."""
    return formats().figure(f"{value:,.{places}f}")


def signed(value: float, places: int = 1) -> str:
    """A change, always with its sign: +0.4."""
    return formats().figure(f"{value:+,.{places}f}")


def brief(value: float, digits: int = 6) -> str:
    """A number with no more digits than it has: 2, 0.5."""
    return formats().figure(f"{value:,.{digits}g}")


def whole(value: float) -> str:
    """A count, thousands grouped: 1,250."""
    return formats().figure(f"{value:,.0f}")


def percent(share: float, places: int = 0) -> str:
    """A share of 1 as a percentage: 46 %."""
    return f"{decimal(100 * share, places)} %"


def chance(p: float) -> str:
    """A p value to two digits, never as zero: p = 0.03, or p < 0.001."""
    return f"p < {brief(0.001)}" if p < 0.001 else f"p = {brief(p, 2)}"


def day(day: date) -> str:
    """A date in words: 2 March 2026, or March 2, 2026."""
    return formats().day_words(day)


def weekday(day: date) -> str:
    """A near date with its weekday and without its year."""
    return formats().weekday_words(day)


def moment(at: datetime) -> str:
    """A date in words and a time of day."""
    return f"{day(at)}, {formats().time(at)}"


def clock(hour: float) -> str:
    """An hour of the day, with fractions, as the clock shows it: 03:30, or 3:30 am."""
    minutes = round(hour % 24 * 60) % (24 * 60)
    return formats().time(datetime(2000, 1, 1, minutes // 60, minutes % 60))


def hours(first: int, last: int) -> str:
    """A stretch of full hours, 0 to 24: 03 to 06, 3 to 6 am, or 9 am to 12 pm."""
    begin, end = full_hour(first), full_hour(last)
    return (
        f"{begin[:-3]} to {end}"
        if begin[-3:] == end[-3:] and begin.endswith("m")
        else f"{begin} to {end}"
    )


def full_hour(hour: int) -> str:
    """An hour of the day, 0 to 24, as briefly as an axis needs it: 15, or 3 pm."""
    if formats().clock is ClockFace.HOURS_12:
        return f"{hour % 12 or 12} {'am' if hour % 24 < 12 else 'pm'}"
    return f"{hour:02d}"
