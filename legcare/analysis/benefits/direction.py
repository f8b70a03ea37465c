"""Which came first: whether most massages are given because of a cramp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from legcare.analysis.benefits.material import Material
from legcare.records import written

FEWEST_MASSAGES = 10
MOST = 0.5


@dataclass(frozen=True)
class Direction:
    """How many massages follow a cramp.

    ``planned`` and ``relief`` massages; ``after_cramp`` is the share of planned massages with a
    cramp in the 24 h before, ``by_chance`` what it would be if massages fell anywhere.
    """

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
    """The share of massages that follow a cramp, beside what chance would give."""
    planned = material.planned
    share, chance = _after_cramp(material, planned)
    return Direction(len(planned), len(material.massages) - len(planned), share, chance)


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
