"""How often over time and by kind: rolling and monthly rates, rates by severity and place, days since a massage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from legcare.analysis.frequency import PER_WEEK, WEEK, psi
from legcare.analysis.timeline import Floats, Timeline, timeline
from legcare.analysis.units import MASSAGE
from legcare.analysis.verdict import FEWEST_DAYS_RATE
from legcare.days import CRAMPS

WINDOW = 28
LONGEST_WAIT = 14
SEVERITY_BANDS = ((0.0, 3.0, "mild (0-3)"), (3.0, 6.0, "moderate (over 3 to 6)"), (6.0, 10.0, "severe (over 6)"))
UNKNOWN = "not recorded"
RATE_COLUMNS = ("rate", "low", "high", "n", "events")


def rate_limits(events: Floats, days: Floats, spread: float) -> tuple[Floats, Floats]:
    """Weekly psi-Garwood limits for many counts at once; NaN below 7 days."""
    from scipy import special

    enough = days >= FEWEST_DAYS_RATE
    exposure = np.where(enough, days, np.nan)
    scaled = events / spread
    low = np.where(scaled > 0, special.gammaincinv(np.maximum(scaled, 1e-12), 0.025), 0.0)
    high = special.gammainccinv(scaled + 1, 0.025)
    return low * spread / exposure * WEEK, high * spread / exposure * WEEK


def _rates(events: Floats, days: Floats, spread: float) -> pd.DataFrame:
    low, high = rate_limits(events, days, spread)
    rate = np.where(days >= FEWEST_DAYS_RATE, events / np.maximum(days, 1) * WEEK, np.nan)
    return pd.DataFrame({"rate": rate, "low": low, "high": high, "n": days.astype(int), "events": events.astype(int)})


def _spread(line: Timeline, outcome: str) -> float:
    y = line.outcome(outcome)
    held = y[np.isfinite(y)]
    return psi(held, np.full(held.size, held.mean()), np.isfinite(y), 1) if held.size > 1 else 1.0


def _labels(days: pd.DataFrame, line: Timeline) -> pd.Series:
    dated = isinstance(days.index, pd.DatetimeIndex) or "day" in days.columns or days.index.inferred_type == "date"
    return pd.Series(line.number.astype("datetime64[D]").astype("datetime64[us]") if dated else line.number)


def rolling_rate(days: pd.DataFrame, *, window: int = WINDOW, outcome: str = CRAMPS) -> pd.DataFrame:
    """Cramps per week over the ``window`` days up to each day: ``day``, ``rate``, ``low``, ``high``, ``n``, ``events``.

    Limits are psi-Garwood with the whole log's psi. NaN where the window holds fewer than 7 tracked days. A picture:
    neighbouring points share most of their days.
    """
    line = timeline(days, [outcome])
    y = line.outcome(outcome)
    known = np.isfinite(y)
    events, held = _summed(np.where(known, y, 0.0), window), _summed(known.astype(float), window)
    table = _rates(events, held, _spread(line, outcome))
    table.insert(0, "day", _labels(days, line))
    return table


def _summed(values: Floats, window: int) -> Floats:
    total = np.concatenate([[0.0], np.cumsum(values)])
    end = np.arange(1, total.size)
    return np.asarray(total[end] - total[np.maximum(end - window, 0)], dtype=float)


def rate_by_period(days: pd.DataFrame, *, period: str = "month", outcome: str = CRAMPS) -> pd.DataFrame:
    """Cramps per week by calendar ``month``, ``week`` or ``year``: ``start`` of the period, then as ``rolling_rate``.

    Months without 7 tracked days have no rate but keep their row. Needs dated days.
    """
    line = timeline(days, [outcome])
    y = line.outcome(outcome)
    known = np.isfinite(y)
    code = {"month": "M", "week": "W", "year": "Y"}[period]
    starts = pd.DatetimeIndex(_labels(days, line)).to_period(code).start_time
    frame = pd.DataFrame({"start": starts, "events": np.where(known, y, 0.0), "n": known.astype(float)})
    sums = frame.groupby("start", as_index=False).sum()
    table = _rates(sums["events"].to_numpy(), sums["n"].to_numpy(), _spread(line, outcome))
    table.insert(0, "start", sums["start"])
    return table


def severity_band(severity: pd.Series) -> pd.Series:
    """Mild, moderate or severe for each cramp; "not recorded" where unknown."""
    words = pd.Series(UNKNOWN, index=severity.index, dtype="str")
    for low, high, band in SEVERITY_BANDS:
        inside = severity.le(high) & (severity.ge(low) if low == 0 else severity.gt(low))
        words = words.mask(inside, band)
    return words


def rate_by(cramps: pd.DataFrame, days: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Cramps per week by what ``columns`` of the cramp table hold ("muscle", "side", "severity"), most frequent first.

    One row per combination: the columns, ``rate``, ``low``, ``high``, ``n`` tracked days, ``events``. Only cramps of
    tracked days count; severity comes in three bands; unknown is a group of its own, never dropped.
    """
    line = timeline(days, [CRAMPS])
    kept = cramps[cramps["day"].isin(_labels(days, line)[line.tracked])]
    words = pd.DataFrame({name: _grouped(kept[name], name) for name in columns})
    counts = words.value_counts(sort=False).rename("held").reset_index()
    exposure = np.full(len(counts), float(line.tracked.sum()))
    table = _rates(counts["held"].to_numpy(dtype=float), exposure, _spread(line, CRAMPS))
    table = pd.concat([counts[list(columns)], table], axis=1)
    return table.sort_values("events", ascending=False, kind="stable").reset_index(drop=True)


def _grouped(values: pd.Series, name: str) -> pd.Series:
    return severity_band(values) if name == "severity" else values.astype("str").fillna(UNKNOWN)


def days_since(days: pd.DataFrame, column: str, *, longest: int = LONGEST_WAIT, outcome: str = CRAMPS) -> pd.DataFrame:
    """Cramps per week by days since the last massage (or workout): a description, not evidence of an effect.

    ``since`` (days; massage from 1, because order within a day is unknown; the last row holds ``longest`` and more),
    then ``rate``, ``low``, ``high``, ``n``, ``events``. Days after an unlogged one, for which the last massage is not
    known, are left out until the next.
    """
    line = timeline(days, [outcome, column])
    waited = _waits(line.columns[column], 1 if column in MASSAGE else 0)
    y = line.outcome(outcome)
    usable = np.isfinite(y) & np.isfinite(waited)
    since = np.minimum(waited[usable], longest).astype(int)
    first = 1 if column in MASSAGE else 0
    held = np.bincount(since, minlength=longest + 1)[first:].astype(float)
    events = np.bincount(since, y[usable], minlength=longest + 1)[first:].astype(float)
    table = _rates(events, held, _spread(line, outcome))
    table.insert(0, "since", np.arange(first, longest + 1))
    return table


def _waits(values: Floats, first: int) -> Floats:
    waited, last = np.full(values.size, np.nan), np.nan
    for day, value in enumerate(values):
        if first == 0 and value > 0:
            last = float(day)
        waited[day] = day - last
        if value > 0:
            last = float(day)
        elif not np.isfinite(value):
            last = np.nan
    return waited


__all__ = ["PER_WEEK", "days_since", "rate_by", "rate_by_period", "rolling_rate", "severity_band"]
