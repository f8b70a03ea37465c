"""What followed each workout.

Whether it was massaged within six hours, soreness after, cramps after.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from legcare.analysis.benefits.material import Material, cramps_between
from legcare.analysis.timeline import Floats
from legcare.day_marks import marked_columns
from legcare.days import DAY

WINDOW_H = 6.0
CURVE_DAYS = (0, 1, 2, 3)


def workout_days(material: Material) -> pd.DataFrame:
    """One row per legcare day with a workout, its last one, and what followed it.

    Columns ``day``, ``at`` and ``utc`` of its end, ``load`` of all the day's workouts, ``massaged``
    (1 or 0), ``early`` cramps (0 to 6 h after), ``late`` cramps (6 to 24 h after), ``sore_0`` to
    ``sore_3`` (soreness so many days after).

    ``massaged`` is missing where a relief massage fell into the six hours, where a time is not
    known, and before the first massage ever logged. Cramps count from the sixth hour on, because a
    cramp before a massage cannot be owed to it.
    """
    last = material.workouts.drop_duplicates(DAY, keep="last").reset_index(drop=True)
    length = pd.to_timedelta(last["minutes"].fillna(0.0), unit="min").astype("timedelta64[us]")
    ends = last[[DAY, "hour"]].assign(at=last["at"] + length, utc=last["utc"] + length)
    load = material.workouts["load"].fillna(material.workouts["minutes"])
    of_day = load.groupby(material.workouts[DAY]).sum(min_count=1)
    frame = ends.assign(load=of_day.reindex(last[DAY]).to_numpy())
    frame["massaged"] = _massaged(material, ends)
    frame["early"] = cramps_between(material, ends, first_h=0, last_h=WINDOW_H)
    frame["late"] = cramps_between(material, ends, first_h=WINDOW_H, last_h=24)
    for after in CURVE_DAYS:
        frame[f"sore_{after}"] = _soreness(material, pd.DatetimeIndex(last[DAY]), after)
    return frame


def _massaged(material: Material, ends: pd.DataFrame) -> Floats:
    massages = material.massages
    if massages.empty:
        return np.full(len(ends), np.nan)
    timed = massages[massages["hour"].notna()]
    planned = _followed(ends, timed[timed["planned"]])
    unknown = ends[DAY].isin(massages.loc[massages["hour"].isna(), DAY]) | ends["hour"].isna()
    unknown |= ends[DAY] < massages[DAY].min()
    relief = _followed(ends, timed[~timed["planned"]])
    return np.where(unknown.to_numpy() | relief, np.nan, planned).astype(float)


def _followed(ends: pd.DataFrame, massages: pd.DataFrame) -> np.ndarray:
    """Whether a massage began within six hours after each end."""
    moments = np.sort(massages["utc"].to_numpy("datetime64[us]"))
    begin = ends["utc"].to_numpy("datetime64[us]")
    end = begin + np.timedelta64(int(WINDOW_H * 3600), "s")
    return np.asarray(
        np.searchsorted(moments, end, side="right") > np.searchsorted(moments, begin), dtype=bool
    )


def _soreness(material: Material, days: pd.DatetimeIndex, after: int) -> Floats:
    if "soreness" not in material.days:
        return np.full(len(days), np.nan)
    values: Floats = (
        material.days["soreness"].reindex(days + pd.Timedelta(days=after)).to_numpy(dtype=float)
    )
    return values


def before_workout(material: Material, workouts: pd.DataFrame) -> pd.DataFrame:
    """Per workout day what stood before the massage: recent soreness and the load of the workout.

    Gaps at the mean.
    """
    index = pd.DatetimeIndex(workouts[DAY])
    past = (
        material.days["soreness"].shift(1)
        if "soreness" in material.days
        else pd.Series(dtype="float64")
    )
    week = past.rolling(7, min_periods=1).mean() if len(past) else past
    frame = pd.DataFrame(
        {
            "sore_yesterday": past.reindex(index).to_numpy(dtype=float),
            "sore_week": week.reindex(index).to_numpy(dtype=float),
            "load": workouts["load"].to_numpy(dtype=float),
        },
        index=index,
    ).join(material.days[marked_columns(material.days)])
    return frame.fillna(frame.mean()).fillna(0.0)


def on_days(workouts: pd.DataFrame, column: str) -> pd.Series:
    """A column of the workout days, indexed by day."""
    return pd.Series(
        workouts[column].to_numpy(dtype=float), index=pd.DatetimeIndex(workouts[DAY]), name=column
    )
