"""Experiments and day tables for the tests, with everything that matters in view."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import numpy as np
import pandas as pd

from legcare.analysis.experiment.plan import sealed
from legcare.analysis.experiment.random_order import random_order
from legcare.records.experiment import Arm, Experiment, Outcome, OutcomeKind, Plan

FIRST = date(2026, 1, 5)
LAST = FIRST + timedelta(days=83)
AFTER = FIRST + timedelta(days=84)
NOON = datetime(2026, 1, 5, 12, tzinfo=timezone(timedelta(hours=1)))

CRAMPS = Outcome(column="cramps", label="Cramps", unit="cramps a day")
SORENESS = Outcome(column="soreness", label="Soreness", unit="points", kind=OutcomeKind.SCORE)


def a_plan(**changes: object) -> Plan:
    """Twelve weeks of massage against none, six pairs of 7-day blocks from 5 January 2026."""
    given: dict[str, object] = {
        "a": "10 minutes of calf massage before bed",
        "b": "no massage",
        "outcome": CRAMPS,
        "worthwhile": 0.6,
        "first_day": FIRST,
        "seed": 2026,
        "salt": "0123456789abcdef0123456789abcdef",
    }
    return Plan.model_validate(given | changes)


def an_experiment(**changes: object) -> Experiment:
    """The plan above, sealed."""
    return sealed(a_plan(**changes))


def day_frame(values: dict[date, float], column: str = "cramps") -> pd.DataFrame:
    """A day table of one outcome from the first day given to the last.

    Days not given are not known.
    """
    index = pd.date_range(min(values), max(values), freq="D", name="day", unit="us")
    known = [values.get(day.date(), np.nan) for day in index]
    return pd.DataFrame({column: known, "tracked": ~np.isnan(known)}, index=index)


def by_arm(
    plan: Plan,
    a: list[float],
    b: list[float],
    column: str = "cramps",
    c: list[float] | None = None,
) -> pd.DataFrame:
    """A day table for a plan without pauses.

    The values of ``a`` in each A block, of ``b`` in each B block, of ``c`` in each C block.
    """
    values: dict[date, float] = {}
    day = plan.first_day
    for arm in random_order(plan):
        for value in {Arm.A: a, Arm.B: b}.get(arm, c or []):
            values[day] = value
            day += timedelta(days=1)
    return day_frame(values, column)
