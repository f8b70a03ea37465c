"""Which came first: massage around a cramp, cramps around a massage.

A massage may be given because of a cramp.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from legcare.analysis.benefits.material import Material
from legcare.days import CRAMPS, TRACKED
from legcare.records import written

OFFSETS = tuple(range(-3, 4))
HOURS = tuple(range(-72, 73, 6))
FEWEST_DAYS_AROUND = 10
FEWEST_MASSAGES = 10
MOST = 0.5
DRAWS, BLOCK = 400, 14


@dataclass(frozen=True)
class Direction:
    """Both rates around both events.

    ``days``: rows ``around`` ("cramp" or "massage"), ``kind`` (planned, relief, cramps), ``offset``
    in days, ``rate`` per day with ``low`` and ``high``, ``usual`` (the rate over all tracked days),
    ``n`` days. ``hours``: planned and relief massages by hours from the nearest cramp.
    ``after_cramp`` is the share of planned massages with a cramp in the 24 h before, ``by_chance``
    what that share would be if massages fell anywhere.
    """

    days: pd.DataFrame
    hours: pd.DataFrame
    n_days: int
    planned: int
    relief: int
    after_cramp: float
    by_chance: float

    @property
    def notice(self) -> str:
        """A sentence where most massages follow cramps; "" otherwise."""
        total = self.planned + self.relief
        if total < FEWEST_MASSAGES or not np.isfinite(self.after_cramp):
            return ""
        following = (self.after_cramp * self.planned + self.relief) / total
        if following <= MOST:
            return ""
        return (
            f"{written.percent(following)} of your {total} massages come within 24 hours after a"
            " cramp or are marked as relief. Massage then looks as if it went with more cramps,"
            " whatever it does. Routine massages at set times would tell more."
        )


def direction(material: Material) -> Direction:
    """Massage rate in the 3 days around a cramp beside cramp rate around a planned massage."""
    days = (
        material.days[material.days[TRACKED].astype(bool)] if len(material.days) else material.days
    )
    planned = material.planned
    frame = pd.concat(
        [_around_cramps(material.days), _around_massages(material.days)], ignore_index=True
    )
    share, chance = _after_cramp(material, planned)
    relief = len(material.massages) - len(planned)
    return Direction(frame, by_hours(material), len(days), len(planned), relief, share, chance)


def _around_cramps(days: pd.DataFrame) -> pd.DataFrame:
    anchor = (days[CRAMPS] > 0).to_numpy()
    kinds = {"planned": "massages", "relief": "massages_relief"}
    return _panel(days, "cramp", anchor, {kind: days[column] for kind, column in kinds.items()})


def _around_massages(days: pd.DataFrame) -> pd.DataFrame:
    anchor = ((days["massages"] > 0) & days[TRACKED].astype(bool)).to_numpy()
    return _panel(days, "massage", anchor, {"cramps": days[CRAMPS]})


def _panel(
    days: pd.DataFrame, around: str, anchor: np.ndarray, rates: dict[str, pd.Series]
) -> pd.DataFrame:
    rows = []
    for kind, series in rates.items():
        values = series.where(days[TRACKED].astype(bool)).to_numpy(dtype=float)
        usual = float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")
        for offset in OFFSETS:
            rate, low, high, n = _rate_at(values, anchor, offset)
            rows.append((around, kind, offset, rate, low, high, usual, n))
    return pd.DataFrame(
        rows, columns=["around", "kind", "offset", "rate", "low", "high", "usual", "n"]
    )


def _rate_at(
    values: np.ndarray, anchor: np.ndarray, offset: int
) -> tuple[float, float, float, int]:
    """Mean of the values so many days from the anchors.

    Interval by bootstrap of 14-day blocks of the record.
    """
    moved = np.full(len(values), np.nan)
    if offset >= 0:
        moved[: len(values) - offset] = values[offset:]
    else:
        moved[-offset:] = values[:offset]
    chosen = np.where(anchor, moved, np.nan)
    n = int(np.isfinite(chosen).sum())
    if n < FEWEST_DAYS_AROUND:
        return float("nan"), float("nan"), float("nan"), n
    low, high = _block_interval(chosen)
    return float(np.nanmean(chosen)), low, high, n


def _block_interval(chosen: np.ndarray) -> tuple[float, float]:
    blocks = int(np.ceil(len(chosen) / BLOCK))
    padded = np.concatenate([chosen, np.full(blocks * BLOCK - len(chosen), np.nan)]).reshape(
        blocks, BLOCK
    )
    sums, counts = np.nansum(padded, axis=1), np.isfinite(padded).sum(axis=1)
    drawn = np.random.default_rng(0).integers(0, blocks, size=(DRAWS, blocks))
    totals = counts[drawn].sum(axis=1)
    means = sums[drawn].sum(axis=1)[totals > 0] / totals[totals > 0]
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def _after_cramp(material: Material, planned: pd.DataFrame) -> tuple[float, float]:
    if planned.empty or material.cramps.empty or material.days.empty:
        return float("nan"), float("nan")
    cramps = material.cramps["utc"].to_numpy("datetime64[us]")
    day = np.timedelta64(1, "D")
    following = _any_before(planned["utc"].to_numpy("datetime64[us]"), cramps, day)
    clock = np.arange(
        material.days.index[0].to_datetime64(),
        material.days.index[-1].to_datetime64() + day,
        np.timedelta64(1, "h"),
    )
    return float(following.mean()), float(
        _any_before(clock.astype("datetime64[us]"), cramps, day).mean()
    )


def _any_before(moments: np.ndarray, events: np.ndarray, span: np.timedelta64) -> np.ndarray:
    return np.asarray(
        np.searchsorted(events, moments) > np.searchsorted(events, moments - span), dtype=bool
    )


def by_hours(material: Material) -> pd.DataFrame:
    """Massages by hours from a cramp (negative: before it), in bins of 6 h over 3 days.

    ``from_h``, ``kind``, ``n``.
    """
    cramps = material.cramps["utc"].to_numpy("datetime64[us]")
    rows = []
    for kind, planned in (("planned", True), ("relief", False)):
        massages = material.massages.loc[material.massages["planned"] == planned, "utc"].to_numpy(
            "datetime64[us]"
        )
        earliest = [
            np.searchsorted(cramps, massages - _hours(hour), side="right").sum() for hour in HOURS
        ]
        rows += [
            (HOURS[place], kind, int(earliest[place] - earliest[place + 1]))
            for place in range(len(HOURS) - 1)
        ]
    return pd.DataFrame(rows, columns=["from_h", "kind", "n"])


def _hours(hours: int) -> np.timedelta64:
    return np.timedelta64(hours * 3_600_000_000, "us")
