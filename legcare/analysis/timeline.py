"""A day table as dense arrays on the calendar: row t is day t, days without a row are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from legcare.day_marks import marked_columns
from legcare.days import CRAMPS, DAY, TRACKED
from legcare.errors import BadFactor

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# a longer break counts as this many days of record time: the spline gets no freedom for silence
LONGEST_GAP = 14
THURSDAY = 3  # day 0 of the calendar count, 1 January 1970


@dataclass(frozen=True)
class Timeline:
    """Columns of a day table on consecutive calendar days, from the table's first to its last row.

    ``number`` is each day's number on the calendar (7 apart: same weekday), ``tracked`` whether it
    was logged, ``columns`` the asked-for columns with NaN where missing. ``marked`` (days x any
    number) is what the person marked and every comparison takes out: steps, an own cycle.
    ``weekday`` counts from Monday, 0; where days are whole numbers, day 0 is a Monday.
    """

    number: NDArray[np.int64]
    tracked: Flags
    columns: dict[str, Floats]
    marked: Floats
    weekday: NDArray[np.int64]

    @property
    def logged_share(self) -> float:
        """Share of the days from the first tracked one on that were tracked (NaN without any)."""
        return share_of(self.tracked)

    def outcome(self, name: str) -> Floats:
        """A column on tracked days, NaN elsewhere: what an untracked day holds is not a count."""
        return np.where(self.tracked, self.columns[name], np.nan)

    def before(self, name: str, lag: int) -> Floats:
        """A column as it stood ``lag`` days earlier, on each day; NaN where that day is missing."""
        return shifted(self.columns[name], lag)


def share_of(known: Flags) -> float:
    """Share of known days among all days from the first known one on (NaN without any).

    Days after the last known one count: a person who stopped logging has logged fewer of them.
    """
    held = np.flatnonzero(known)
    return float("nan") if held.size == 0 else float(held.size / (known.size - held[0]))


def shifted(values: Floats, lag: int) -> Floats:
    """``values`` of ``lag`` days earlier (later where negative), NaN at the ends."""
    moved = np.full(values.shape, np.nan)
    if 0 <= lag < values.size:
        moved[lag:] = values[: values.size - lag]
    elif -values.size < lag < 0:
        moved[:lag] = values[-lag:]
    return moved


def timeline(days: pd.DataFrame, columns: Iterable[str] = (CRAMPS,)) -> Timeline:
    """Lay a day table out on the calendar.

    ``days`` may be indexed by dates or whole numbers (any order), or have a ``day`` column of
    dates; any other index is taken as consecutive days in row order. Raises ``BadFactor`` for a
    column that is not there and for two rows of the same day.
    """
    names = list(dict.fromkeys(columns))
    for name in names:
        if name not in days.columns:
            raise BadFactor(
                f'The days have no column "{name}". Columns there:'
                f" {', '.join(map(str, days.columns))}."
            )
    rows = _day_numbers(days)
    if len(np.unique(rows)) != len(rows):
        raise BadFactor(
            "Two rows of the day table are the same day. Combine them into one row per day first."
        )
    first = int(rows.min()) if rows.size else 0
    length = int(rows.max()) - first + 1 if rows.size else 0
    place = rows - first
    dense = {name: _spread(days[name], place, length) for name in names}
    marked = [_spread(days[name], place, length) for name in marked_columns(days)]
    return Timeline(
        np.arange(first, first + length),
        _tracked(days, place, length),
        dense,
        np.nan_to_num(np.array(marked).T) if marked else np.empty((length, 0)),
        (np.arange(first, first + length) + (THURSDAY if dated(days) else 0)) % 7,
    )


def record_time(usable: Flags) -> tuple[Floats, int]:
    """Each day's place in the record, 0 to 1, and the record's length in days.

    Long breaks count as 14 days.
    """
    held = np.flatnonzero(usable)
    steps = np.minimum(np.diff(held), LONGEST_GAP)
    passed = np.concatenate([[0.0], np.cumsum(steps)])
    length = int(passed[-1]) + 1
    return passed / max(length - 1, 1), length


def dated(days: pd.DataFrame) -> bool:
    """Whether the rows of a day table are dates and not mere numbers."""
    return (
        isinstance(days.index, pd.DatetimeIndex)
        or DAY in days.columns
        or days.index.inferred_type == "date"
    )


def _day_numbers(days: pd.DataFrame) -> NDArray[np.int64]:
    labels: pd.Index = days.index
    if DAY in days.columns and pd.api.types.is_datetime64_any_dtype(days[DAY]):
        labels = pd.DatetimeIndex(days[DAY])
    if isinstance(labels, pd.DatetimeIndex):
        return (
            labels.tz_localize(None).normalize().to_numpy().astype("datetime64[D]").astype(np.int64)
        )
    if len(labels) and labels.inferred_type == "date":
        return pd.DatetimeIndex(labels).to_numpy().astype("datetime64[D]").astype(np.int64)
    if pd.api.types.is_integer_dtype(labels.dtype):
        return labels.to_numpy(dtype=np.int64)
    return np.arange(len(days), dtype=np.int64)


def _spread(column: pd.Series, place: NDArray[np.int64], length: int) -> Floats:
    dense = np.full(length, np.nan)
    try:
        dense[place] = column.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise BadFactor(
            f'The column "{column.name}" holds words where numbers are needed.'
        ) from error
    return dense


def _tracked(days: pd.DataFrame, place: NDArray[np.int64], length: int) -> Flags:
    dense = np.zeros(length, dtype=bool)
    if TRACKED in days.columns:
        dense[place] = days[TRACKED].fillna(False).to_numpy(dtype=bool)
    elif CRAMPS in days.columns:
        dense[place] = days[CRAMPS].notna().to_numpy(dtype=bool)
    else:
        dense[place] = True
    return dense
