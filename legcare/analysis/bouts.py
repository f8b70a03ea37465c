"""Bouts.

Cramps that belong together count once, or three cramps of one bad night pass for three nights.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from legcare.days import DAY
from legcare.records import NIGHT_FROM, NIGHT_UNTIL

APART_HOURS = 3.0
ONE_NIGHT_HOURS = 8.0  # morning and next evening of one legcare day are two nights


def bouts(cramps: pd.DataFrame) -> pd.DataFrame:
    """The cramps in time order with a ``bout`` number.

    Less than 3 hours apart, or less than 8 in the same night, is one bout.

    ``cramps`` needs ``utc`` (or ``at``) and, for nights, ``day``; night is the column ``night``
    where there is one, otherwise 22 to 6 o'clock by ``hour``. Cramps of one day of which no time
    is known, or only a part of the day, are one bout.
    """
    moment = "utc" if "utc" in cramps.columns else "at"
    ordered = cramps.sort_values(moment, kind="stable").reset_index(drop=True)
    if ordered.empty:
        return ordered.assign(bout=pd.Series(dtype="int64"))
    hours = ordered[moment].diff().dt.total_seconds().to_numpy() / 3600
    fresh = ~(hours < APART_HOURS)
    if DAY in ordered.columns:
        night = is_night(ordered)
        same_day = ordered[DAY].eq(ordered[DAY].shift()).to_numpy()
        one_night = same_day & night & np.concatenate([[False], night[:-1]])
        untimed = np.isnan(hours_of(ordered))
        untimed |= np.concatenate([[False], untimed[:-1]])
        fresh &= ~(one_night & (hours < ONE_NIGHT_HOURS)) & ~(same_day & untimed)
    return ordered.assign(bout=np.cumsum(fresh) - 1)


def is_night(cramps: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each cramp was a night cramp."""
    if "night" in cramps.columns:
        return cramps["night"].fillna(False).to_numpy(dtype=bool)
    return by_clock(hours_of(cramps))


def by_clock(hour: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each hour lies between 22 and 6 o'clock; an unknown hour does not."""
    return np.asarray((hour >= NIGHT_FROM) | (hour < NIGHT_UNTIL), dtype=bool)


def hours_of(cramps: pd.DataFrame) -> NDArray[np.float64]:
    """Wall-clock hour of each cramp, 0 to 24."""
    if "hour" in cramps.columns:
        return cramps["hour"].to_numpy(dtype=float)
    at = cramps["at"].dt
    return np.asarray(at.hour + at.minute / 60 + at.second / 3600, dtype=float)
