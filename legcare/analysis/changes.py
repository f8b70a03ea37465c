"""Whether cramps have become fewer or more, with verdicts at set dates only.

Read every week at 5 %, these two questions say something false at least once in half of all years.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from legcare.analysis.estimate import Estimate
from legcare.analysis.frequency import rate_change, trend
from legcare.analysis.set_dates import Dated, afresh, alpha, at_set_dates

NOW_DAYS, BEFORE_DAYS = 28, 84
SHARE = 0.2


def against_before(days: pd.DataFrame, *, today: date | None = None) -> Dated:
    """The last 4 weeks against the 12 weeks before, ``today`` left out.

    Without ``today`` the table's last day counts as over. Each set date reads days of its own and
    may spend 0.25 %.
    """
    return at_set_dates(days, _latest_change, today=today, spending=afresh)


def trend_so_far(days: pd.DataFrame, *, today: date | None = None) -> Dated:
    """By what factor the rate changes per 4 weeks, over the whole log."""
    return at_set_dates(days, trend, today=today, spending=_sparingly)


def _sparingly(number: int) -> float:
    """A fifth of what a set date may spend: in spells of weeks a trend errs far oftener."""
    return alpha(number) * SHARE


def _latest_change(days: pd.DataFrame) -> Estimate:
    if days.empty:
        return rate_change(days, 0)
    on = pd.Timestamp(days.index[-1]) - timedelta(days=NOW_DAYS - 1)
    return rate_change(days[days.index >= on - timedelta(days=BEFORE_DAYS)], on)
