"""An association in cramps, not ratios: so many in 4 weeks with little of it, so many with much.

Nothing new is estimated. The level is that of the days that were compared, the two amounts are the
person's own (without and with; or a low and a high ordinary day), and the range is that of the
ratio with the level taken as it is in this log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from legcare.analysis.estimate import Association
from legcare.analysis.timeline import Floats

DAYS = 28
QUARTILES = (0.25, 0.75)
FURTHEST = 50.0


@dataclass(frozen=True)
class InCramps:
    """Cramps in four weeks of days with ``little`` and with ``much`` of a factor.

    ``low`` to ``high`` is what with ``much`` would also fit the log.
    """

    little: float
    much: float
    low: float
    high: float


def levelled(one: Association, y: Floats, x: Floats) -> Association:
    """The association with its level, the share of days with any of the factor, and two amounts.

    Yes/no factors and those that are mostly zero compare none with the middle of the others;
    amounts compare the person's own quartiles.
    """
    if one.unit != "ratio" or not x.size or not one.value > 0:
        return one
    low, high = (float(amount) for amount in np.quantile(x, QUARTILES))
    if low <= 0 or low == high:
        some = x[x > 0]
        low, high = 0.0, float(np.median(some)) if some.size else 0.0
    base = float(DAYS * y.mean())
    reach = np.clip(np.log(one.value) * (x - low) / one.step, -FURTHEST, FURTHEST)
    return replace(
        one,
        base=base,
        share=float((x > 0).mean()),
        quartiles=(low, high),
        at_low=base / float(np.exp(reach).mean()),
    )


def in_cramps(one: Association) -> InCramps | None:
    """What an association says in cramps; None where it has no ratio or compares no two amounts."""
    low, high = one.quartiles
    if not one.shown or not isfinite(one.at_low) or not high > low:
        return None
    steps = (high - low) / one.step
    much, least, most = (
        one.at_low * float(ratio) ** steps for ratio in (one.value, one.low, one.high)
    )
    return InCramps(one.at_low, much, least, most)
