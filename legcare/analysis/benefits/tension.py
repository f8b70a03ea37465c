"""Claim 2: muscle tension.

Ratings before and after, and cramps in the 24 hours after by the tension that was left.
"""

from __future__ import annotations

import numpy as np

from legcare.analysis.benefits.benefit import Benefit, Progress
from legcare.analysis.benefits.comparison import Words, compare
from legcare.analysis.benefits.material import (
    Material,
    before_moment,
    by_day,
    cramps_between,
)
from legcare.analysis.benefits.paired import paired_change
from legcare.analysis.estimate import Association
from legcare.analysis.verdict import FEWEST_DAYS


def tension(material: Material) -> Benefit:
    """Cramps in the 24 hours after a planned massage, per point less tension left after it."""
    headline, sessions = _headline(material)
    return Benefit(
        key="tension",
        claim="Massage reduces muscle tension",
        short="Tension, by cramps after",
        measurable=True,
        measured="cramps in the 24 hours after a massage, by the tension left after it",
        headline=headline,
        sign=-1,
        progress=Progress(
            sessions, FEWEST_DAYS, "massages with tension rated after and the next 24 hours tracked"
        ),
        to_log=(
            "Rate tension (0 to 10) before and after each massage, and now and then before and"
            " after ten minutes of rest without massage."
        ),
        pitfall="If you massage when tension is high, tension falls afterwards whatever you do.",
        would_change="Rest sessions for comparison, drawn by lot after the first rating.",
        change=paired_change(material, "tension"),
    )


def _headline(material: Material) -> tuple[Association, int]:
    planned = material.planned
    following = cramps_between(material, planned, first_h=0, last_h=24)
    left = -planned["tension_after"].to_numpy(dtype=float)
    both = np.isfinite(following) & np.isfinite(left)
    words = Words(
        "cramps in the 24 h after", "tension left", "per point less tension", ("recent cramps",)
    )
    headline = compare(
        by_day(planned[both], following[both]),
        by_day(planned[both], left[both]),
        words,
        counts=True,
        others=before_moment(material, planned[both]),
    )
    return headline, int(both.sum())
