"""From the day table to the days, blocks and pairs of one experiment."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from legcare.analysis.experiment.pairs import Pairs
from legcare.analysis.experiment.schedule import schedule
from legcare.records.experiment import Arm, Experiment, Outcome, OutcomeKind

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
    known = outcome_values(days, experiment.plan.outcome)
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


def outcome_values(days: pd.DataFrame, outcome: Outcome) -> pd.Series:
    """The outcome of every day of the table, missing where it is not known.

    An amount (minutes of cramp) is zero on a tracked day without a cramp.
    """
    if outcome.column not in days:
        return pd.Series(dtype="float64")
    values = days[outcome.column].astype("float64")
    if outcome.kind is OutcomeKind.AMOUNT and "cramps" in days:
        return values.mask(days["cramps"] == 0, 0.0)
    return values


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


def mean_by_day(lived: pd.DataFrame) -> pd.DataFrame:
    """Mean of the outcome and number of known days, by arm and day in the block."""
    groups = lived.groupby(["arm", "day_in_block"], as_index=False)
    return groups.agg(mean=("value", "mean"), days=("value", "count"))


def pairs_of(lived: pd.DataFrame, *, by: str = "arm", test: Arm = Arm.A) -> Pairs:
    """Totals and days of both arms, ``test`` and B, of every pair that has both.

    ``by`` is ``arm`` (as planned) or ``done``. As done, a day counts for what was really done in
    its pair; unmarked days and days of neither are left out.
    """
    arms = _totals(lived, by, test)
    whole = arms[0].merge(arms[1], left_index=True, right_index=True, suffixes=("_a", "_b"))
    return _as_pairs(whole.sort_index())


def all_pairs_of(lived: pd.DataFrame, number: int, *, by: str = "arm", test: Arm = Arm.A) -> Pairs:
    """The same for the first ``number`` pairs, zero where an arm of a pair has no known day."""
    arms = _totals(lived, by, test)
    whole = arms[0].merge(
        arms[1], left_index=True, right_index=True, suffixes=("_a", "_b"), how="outer"
    )
    return _as_pairs(whole.reindex(range(1, number + 1)).fillna(0.0))


def _totals(lived: pd.DataFrame, by: str, test: Arm) -> list[pd.DataFrame]:
    known = lived[lived["counted"] & lived["value"].notna() & lived[by].notna()]
    return [
        known[known[by] == str(arm)].groupby("pair")["value"].agg(["sum", "count"])
        for arm in (test, Arm.B)
    ]


def _as_pairs(table: pd.DataFrame) -> Pairs:
    columns = ("sum_a", "count_a", "sum_b", "count_b")
    return Pairs(*(table[name].to_numpy(dtype="float64") for name in columns))


def whole_pairs(lived: pd.DataFrame, arms: int = 2) -> int:
    """How many pairs (rounds) from the first have a counted day of every arm behind them."""
    counted = lived[lived["counted"]]
    per_pair = counted.groupby("pair")["arm"].nunique()
    return int((per_pair == arms).cumprod().sum()) if len(per_pair) else 0
