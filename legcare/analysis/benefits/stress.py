"""Claim 5: stress relief.

Ratings before and after; stress the day after a massage; stress against cramps.
"""

from __future__ import annotations

from legcare.analysis.benefits.benefit import Benefit, Progress
from legcare.analysis.benefits.comparison import asked
from legcare.analysis.benefits.material import Material
from legcare.analysis.benefits.paired import paired_change
from legcare.analysis.benefits.scores import after_massage, scored_days, spread
from legcare.analysis.verdict import FEWEST_DAYS_SCORE
from legcare.days import CRAMPS


def stress(material: Material) -> Benefit:
    """Stress the day after a planned massage.

    Beside it the second link of the chain, stress against cramps.
    """
    return Benefit(
        key="stress",
        claim="Massage relieves stress",
        short="Stress the day after",
        measurable=True,
        measured="stress the day after a planned massage",
        headline=after_massage(material, "stress"),
        sign=-1,
        progress=Progress(
            scored_days(material, "stress"), FEWEST_DAYS_SCORE, "days with stress rated"
        ),
        to_log="Rate your stress each day (0 to 10), and before and after a massage.",
        pitfall="Days on which you find time for a massage may be calmer days anyway.",
        would_change="Massage days drawn by lot rather than chosen on calm days.",
        spread=spread(material, "stress"),
        estimates={"Cramps, per point more stress": asked(material.days, CRAMPS, "stress")},
        change=paired_change(material, "stress"),
    )
