"""Bouts.

Cramps that belong together count once, or three cramps of one bad night pass for three nights.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from legcare.days import DAY, NIGHT_FROM

APART_HOURS = 3.0
NIGHT_ENDS = 6


def bouts(cramps: pd.DataFrame) -> pd.DataFrame:
    """The cramps in time order with a ``bout`` number.

    Less than 3 hours apart, or in the same night, is one bout.

    ``cramps`` needs ``utc`` (or ``at``) and, for nights, ``day``; night is the column ``night``
    where there is one, otherwise 22 to 6 o'clock by ``hour``.
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
        fresh &= ~(same_day & night & np.concatenate([[False], night[:-1]]))
    return ordered.assign(bout=np.cumsum(fresh) - 1)


def is_night(cramps: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each cramp was a night cramp."""
    if "night" in cramps.columns:
        return cramps["night"].to_numpy(dtype=bool)
    hour = hours_of(cramps)
    return (hour >= NIGHT_FROM) | (hour < NIGHT_ENDS)


def hours_of(cramps: pd.DataFrame) -> NDArray[np.float64]:
    """Wall-clock hour of each cramp, 0 to 24."""
    if "hour" in cramps.columns:
        return cramps["hour"].to_numpy(dtype=float)
    at = cramps["at"].dt
    return np.asarray(at.hour + at.minute / 60 + at.second / 3600, dtype=float)
