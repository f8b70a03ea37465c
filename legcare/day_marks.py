"""What the person marked, as columns of the day table that every comparison takes out.

A medicine that begins is a step, an own cycle is a wave.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from legcare.records import Log, MarkKind

Floats = NDArray[np.float64]
MARKED = "marked_"
CYCLE_DAYS = 28
NO_END = date(2261, 1, 1)


def marked_columns(days: pd.DataFrame) -> list[str]:
    """The names of these columns in a day table."""
    return [name for name in map(str, days.columns) if name.startswith(MARKED)]


def marks_of(span: pd.DatetimeIndex, log: Log) -> dict[str, Floats]:
    """A step for each mark that begins or ends within the days, and waves for an own cycle.

    The cycle runs from start to start, 28 days before the first and after the last.
    """
    columns: dict[str, Floats] = {}
    steps = [mark for mark in log.marks if mark.kind is not MarkKind.CYCLE]
    for number, mark in enumerate(steps):
        on = span >= pd.Timestamp(mark.first_day)
        on &= span <= pd.Timestamp(mark.last_day or NO_END)
        if len(on) and on.any() and not on.all():
            columns[f"{MARKED}{number}"] = on.astype(float)
    starts = sorted({mark.first_day for mark in log.marks if mark.kind is MarkKind.CYCLE})
    if starts and len(span):
        turn = 2 * np.pi * _phase(span, np.array(starts, dtype="datetime64[D]"))
        columns[f"{MARKED}cycle_cos"] = np.cos(turn)
        columns[f"{MARKED}cycle_sin"] = np.sin(turn)
    return columns


def _phase(span: pd.DatetimeIndex, starts: NDArray[np.datetime64]) -> Floats:
    """How far through its cycle each day is, in turns."""
    number, begun = (
        days.astype("datetime64[D]").astype(float) for days in (span.to_numpy(), starts)
    )
    known = np.concatenate([[begun[0] - CYCLE_DAYS], begun, [begun[-1] + CYCLE_DAYS]])
    turns = np.interp(number, known, np.arange(known.size))
    outside = np.minimum(number - known[0], 0) + np.maximum(number - known[-1], 0)
    return np.asarray(turns + outside / CYCLE_DAYS, dtype=float)
