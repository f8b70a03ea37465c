"""What unlogged days could change.

The logged-only answer, the range they allow, the answer that calls them zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from legcare.analysis.estimate import Rate
from legcare.analysis.frequency import cramp_rate
from legcare.analysis.timeline import timeline
from legcare.analysis.verdict import WELL_LOGGED
from legcare.days import CRAMPS, TRACKED, Days, described, factors_of
from legcare.records import written


@dataclass(frozen=True)
class MissingDays:
    """A rate three ways.

    From ``logged`` days, with unlogged days ``as_zero``, and the range between.

    ``low`` to ``high`` per week holds the truth if unlogged days have between no cramps and as many
    as logged days. ``drawn`` is whether the range is wider than the interval of the logged days, so
    that both must be drawn.
    """

    logged: Rate
    as_zero: Rate
    low: float
    high: float
    drawn: bool
    sentence: str


def missing_days(days: pd.DataFrame, outcome: str = CRAMPS) -> MissingDays:
    """How much the weekly rate depends on the days that were not logged."""
    logged = cramp_rate(days, outcome)
    zero = cramp_rate(as_zero(days, outcome), outcome)
    low, high = logged.possible_low, logged.possible_high
    drawn = bool(high - low > logged.high - logged.low)
    return MissingDays(logged, zero, low, high, drawn, _sentence(logged, low, high))


def _sentence(logged: Rate, low: float, high: float) -> str:
    if not logged.shown:
        return logged.refusal
    if logged.logged_share >= WELL_LOGGED:
        return (
            f"{written.percent(logged.logged_share)} of the days are logged: unlogged days change"
            " little."
        )
    return (
        f"{written.percent(logged.logged_share)} of the days are logged. The logged days show "
        f"{written.decimal(high)} cramps a week; if there "
        f"were none on the other days it is {written.decimal(low)}. The truth lies between, unless "
        "unlogged days were the worse ones."
    )


def as_zero(days: pd.DataFrame, outcome: str = CRAMPS) -> Days:
    """The same days with every unlogged day counted as a day of zero.

    From the first tracked one on.

    This is what most programs do. It is offered beside the answer, never instead of it. The rows
    come in day order, days without a row get one.
    """
    names = [
        str(name)
        for name in days.columns
        if name != TRACKED and pd.api.types.is_numeric_dtype(days[name])
    ]
    line = timeline(days, dict.fromkeys([outcome, *names]))
    filled = pd.DataFrame(dict(line.columns), index=_labels(days, line.number))
    held = np.flatnonzero(line.tracked)
    inside = np.zeros(line.tracked.size, dtype=bool)
    if held.size:
        inside[held[0] :] = True
    filled.insert(0, TRACKED, inside)
    filled[outcome] = np.where(inside & ~line.tracked, 0.0, line.outcome(outcome))
    return described(filled, factors_of(days))


def _labels(days: pd.DataFrame, number: np.ndarray) -> pd.Index:
    if (
        isinstance(days.index, pd.DatetimeIndex)
        or days.index.inferred_type == "date"
        or "day" in days.columns
    ):
        return pd.DatetimeIndex(number.astype("datetime64[D]").astype("datetime64[us]"), name="day")
    return pd.RangeIndex(int(number[0]), int(number[-1]) + 1) if number.size else pd.RangeIndex(0)
