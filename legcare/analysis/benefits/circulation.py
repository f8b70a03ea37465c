"""Claim 1: circulation.

No log measures blood flow; the nearest thing a person can rate is heaviness of the legs.
"""

from __future__ import annotations

from legcare.analysis.benefits.benefit import Benefit, Progress
from legcare.analysis.benefits.material import Material
from legcare.analysis.benefits.paired import paired_change
from legcare.analysis.benefits.scores import after_massage, dose, scored_days, spread
from legcare.analysis.verdict import FEWEST_DAYS_SCORE


def circulation(material: Material) -> Benefit:
    """Heaviness of the legs the day after a planned massage, under its own name."""
    return Benefit(
        key="circulation",
        claim="Massage improves circulation",
        short="Circulation, by heaviness of the legs",
        measurable=False,
        measured="heaviness of the legs the day after a planned massage",
        headline=after_massage(material, "heaviness"),
        sign=-1,
        progress=Progress(
            scored_days(material, "heaviness"), FEWEST_DAYS_SCORE, "days with heaviness rated"
        ),
        to_log=(
            "Rate the heaviness of your legs each evening (0 to 10), on days with and without"
            " massage."
        ),
        pitfall=(
            "No log measures blood flow. Heavy legs have many reasons, and legs can feel lighter"
            " without any change in flow."
        ),
        would_change=(
            "Ratings of heaviness on more days with and without massage, best with massage days"
            " drawn by lot."
        ),
        spread=spread(material, "heaviness"),
        change=paired_change(material, "heaviness"),
        details={"dose": dose(material, "heaviness")},
    )
