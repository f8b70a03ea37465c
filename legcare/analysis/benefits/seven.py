"""All seven claims together.

One family of comparisons, so that seven looks do not make one false finding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from legcare.analysis import verdict as rules
from legcare.analysis.associations import adjusted
from legcare.analysis.benefits.benefit import Benefit
from legcare.analysis.benefits.circulation import circulation
from legcare.analysis.benefits.flexibility import flexibility
from legcare.analysis.benefits.material import Material
from legcare.analysis.benefits.problem_areas import problem_areas
from legcare.analysis.benefits.recovery import recovery
from legcare.analysis.benefits.stress import stress
from legcare.analysis.benefits.tension import tension
from legcare.analysis.benefits.waste import waste
from legcare.analysis.estimate import Association
from legcare.records import written

CLAIMS: dict[str, Callable[[Material], Benefit]] = {
    "circulation": circulation,
    "tension": tension,
    "flexibility": flexibility,
    "waste": waste,
    "stress": stress,
    "recovery": recovery,
    "problem_areas": problem_areas,
}


@dataclass(frozen=True)
class Seven:
    """The seven claims in the article's order; ``line`` says how many comparisons were run."""

    benefits: tuple[Benefit, ...]

    def __getitem__(self, key: str) -> Benefit:
        """The claim with this key."""
        return {benefit.key: benefit for benefit in self.benefits}[key]

    @property
    def shown(self) -> int:
        """How many of the seven have a number."""
        return sum(benefit.headline.shown for benefit in self.benefits)

    @property
    def line(self) -> str:
        """How many comparisons, and how many would look clear by chance without the correction."""
        return rules.compared(self.shown)


def seven_benefits(material: Material) -> Seven:
    """Assess every claim.

    Q (Benjamini-Hochberg) runs over the headline estimates that have a number.
    """
    found = [assess(material) for assess in CLAIMS.values()]
    judged = adjusted([benefit.headline for benefit in found])
    return Seven(
        tuple(replace(one, headline=_told(two)) for one, two in zip(found, judged, strict=True))
    )


def _told(headline: Association) -> Association:
    """A sentence beside an interval that leaves out "no difference" and yet is not called clear."""
    null = 1.0 if headline.unit == "ratio" else 0.0
    if not headline.shown or headline.q <= rules.EXPLORED or headline.low <= null <= headline.high:
        return headline
    told = (
        f"Taken alone, the interval leaves out no difference; among {headline.comparisons}"
        f" comparisons that can be chance (q {written.decimal(headline.q, 2)}), so it is not called"
        " clear."
    )
    return replace(headline, caveats=(*headline.caveats, told))
