"""Set dates: the only days on which a verdict may change, so that a weekly look stays honest.

Every 90 days from the first logged day. The error of 5 % is spent over the four dates of the first
year after O'Brien and Fleming (1979): nearly nothing at first, nearly all at the last. Every later
date spends 1 % of its own; without an effect 5.8 % of logs are then called clear at any date of
two years, 9.5 % in ten (200,000 simulated paths).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from legcare.analysis.estimate import Estimate, Verdict
from legcare.analysis.timeline import timeline
from legcare.analysis.verdict import CLEAR_EVENTS

EVERY_DAYS = 90
FIRST_YEAR = (0.00005, 0.0042, 0.0194, 0.0429)
LATER = 0.01
STANDS = 0.10
MEMORY = 4
EACH_QUARTER = 0.0025


@dataclass(frozen=True)
class SetDates:
    """The dates of a log that began on ``first``, seen on the morning of ``today``."""

    first: date
    today: date

    @cached_property
    def passed(self) -> int:
        """How many set dates lie behind or on today."""
        return max((self.today - self.first).days // EVERY_DAYS, 0)

    def day(self, number: int) -> date:
        """The set date with this number, the first is 1. It reads the days before it."""
        return self.first + timedelta(days=EVERY_DAYS * number)

    @property
    def following(self) -> date:
        """The next date on which a verdict may change."""
        return self.day(self.passed + 1)


def alpha(number: int) -> float:
    """The two-sided p that a set date asks of a question whose days only grow."""
    return FIRST_YEAR[number - 1] if number <= len(FIRST_YEAR) else LATER


def afresh(number: int) -> float:
    """The two-sided p for a question that reads other days at every date: 1 % over four of them.

    In spells of weeks such a change errs two to three times as often as it says (measured).
    """
    return EACH_QUARTER


@dataclass(frozen=True)
class Dated(Estimate):
    """An estimate of today with a verdict that stands since ``given_on`` (None: before the first).

    ``next_date`` is when the verdict may change. ``NOT_ENOUGH`` beside a number means that no set
    date has seen enough for a verdict yet.
    """

    given_on: date | None = None
    next_date: date | None = None


def set_dates_of(days: pd.DataFrame, today: date | None) -> SetDates:
    """The set dates of a day table, from its first tracked day.

    Without ``today`` the last day counts as over.
    """
    line = timeline(days, ())
    held = line.number[line.tracked]
    epoch = date(1970, 1, 1)
    first = epoch + timedelta(days=int(held[0] if held.size else 0))
    last = epoch + timedelta(days=int(line.number[-1]) + 1 if line.number.size else 0)
    return SetDates(first, today or last)


def before(days: pd.DataFrame, on: date) -> pd.DataFrame:
    """The days that are over on the morning of a date."""
    return days[days.index < pd.Timestamp(on)]


@dataclass(frozen=True)
class Look:
    """What one set date shows: p, log ratio (or difference), and whether there is enough."""

    p: float
    slope: float
    enough: bool = True

    @property
    def side(self) -> Verdict:
        """Which way it points."""
        return Verdict.LOWER if self.slope < 0 else Verdict.HIGHER


def standing(
    dates: SetDates,
    look: Callable[[date], Look | None],
    spending: Callable[[int], float] = alpha,
) -> tuple[Verdict, date | None]:
    """The verdict that stands today, and the set date that gave it (None before the first).

    ``look`` answers for the days before a date, None where there is too little to compare. A
    verdict that was clear stands at the dates of the following year as long as the same comparison
    still points the same way with p below 10 %; the earlier dates are asked only then.
    """
    if not dates.passed:
        return Verdict.NOT_ENOUGH, None
    on = dates.day(dates.passed)
    latest = look(on)
    if latest is None or not latest.enough:
        return Verdict.NOT_ENOUGH, on
    if latest.p <= spending(dates.passed):
        return latest.side, on
    earliest = dates.passed if spending is afresh else max(dates.passed - MEMORY, 0)
    for number in range(dates.passed - 1, earliest, -1):
        if latest.p > STANDS:
            break
        one = look(dates.day(number))
        if one is not None and one.enough and one.p <= spending(number) and one.side is latest.side:
            return one.side, dates.day(number)
    return Verdict.NO_CLEAR, on


def at_set_dates(
    days: pd.DataFrame,
    estimate: Callable[[pd.DataFrame], Estimate],
    *,
    today: date | None,
    spending: Callable[[int], float] = alpha,
) -> Dated:
    """An estimate of a ratio from all days that are over, with the verdict of the set dates."""
    dates = set_dates_of(days, today)
    now = estimate(before(days, dates.today))

    def look(on: date) -> Look | None:
        one = now if on == dates.today else estimate(before(days, on))
        if not one.shown:
            return None
        return Look(one.p, one.value - 1, one.n_events >= CLEAR_EVENTS)

    verdict, given_on = standing(dates, look, spending)
    return dated(now, verdict if now.shown else Verdict.NOT_ENOUGH, (given_on, dates.following))


def dated(one: Estimate, verdict: Verdict, dates: tuple[date | None, date]) -> Dated:
    """An estimate of today with the verdict that stands, since when, and until when at least."""
    held = {name: getattr(one, name) for name in Estimate.__dataclass_fields__}
    return Dated(**held | {"verdict": verdict}, given_on=dates[0], next_date=dates[1])
