"""From the day table to the days, blocks and pairs of one experiment."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from legcare.analysis.experiment.pairs import Pairs
from legcare.analysis.experiment.schedule import schedule
from legcare.records.experiment import Arm, Experiment

COLUMNS = ("pair", "block", "arm", "day_in_block", "counted", "done", "marked", "value")


def experiment_days(experiment: Experiment, days: pd.DataFrame, *, today: date) -> pd.DataFrame:
    """One row per planned day up to today, indexed by ``day``.

    Columns: ``pair``, ``block``, ``arm``, ``day_in_block``, ``counted`` (no wash-out), ``done`` (A,
    B or missing), ``marked`` and the outcome's ``value``, which is missing where the day table does
    not know the outcome: an untracked day is not a day without cramps.
    """
    planned = [day for day in schedule(experiment, today) if day.day <= today]
    index = pd.DatetimeIndex([day.day for day in planned], name="day", dtype="datetime64[us]")
    marks = [experiment.done_on(day.day) for day in planned]
    column = experiment.plan.outcome.column
    known = days[column].astype("float64") if column in days else pd.Series(dtype="float64")
    frame = {
        "pair": np.array([day.pair for day in planned], dtype=int),
        "block": np.array([day.block for day in planned], dtype=int),
        "arm": pd.array([str(day.arm) for day in planned], dtype="str"),
        "day_in_block": np.array([day.day_in_block for day in planned], dtype=int),
        "counted": np.array([day.counted for day in planned], dtype=bool),
        "done": pd.array(
            [None if m is None or m.done is None else str(m.done) for m in marks], dtype="str"
        ),
        "marked": np.array([mark is not None for mark in marks], dtype=bool),
        "value": known.reindex(index).to_numpy() if len(known) else np.full(len(index), np.nan),
    }
    return pd.DataFrame(frame, index=index, columns=list(COLUMNS))


def block_table(lived: pd.DataFrame) -> pd.DataFrame:
    """One row per block in order.

    Days with a known outcome against days planned, total and mean per day.
    """
    counted = lived[lived["counted"]].assign(date=lambda frame: frame.index)
    table = counted.groupby(["pair", "block", "arm"], as_index=False).agg(
        first_day=("date", "min"),
        last_day=("date", "max"),
        days=("value", "count"),
        planned_days=("value", "size"),
        total=("value", "sum"),
        mean=("value", "mean"),
    )
    return table.sort_values("block", ignore_index=True)


def pairs_of(lived: pd.DataFrame, *, by: str = "arm") -> Pairs:
    """Totals and days of both arms of every pair that has both.

    ``by`` is ``arm`` (as planned) or ``done``.

    As done, a day counts for what was really done in its pair; unmarked days and days of neither
    are left out.
    """
    known = lived[lived["counted"] & lived["value"].notna() & lived[by].notna()]
    arms = {
        arm: known[known[by] == str(arm)].groupby("pair")["value"].agg(["sum", "count"])
        for arm in Arm
    }
    whole = arms[Arm.A].merge(arms[Arm.B], left_index=True, right_index=True, suffixes=("_a", "_b"))
    whole = whole.sort_index().astype("float64")
    return Pairs(*(whole[name].to_numpy() for name in ("sum_a", "count_a", "sum_b", "count_b")))
