"""What each of the seven claims comes to.

Its estimate on one common scale, or what is still missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import log, pi, sqrt

import pandas as pd

from legcare.analysis.estimate import Association, Estimate, Verdict

RATIO_TO_SPREAD = sqrt(3) / pi


class Standing(StrEnum):
    """Where a claim stands in this log: on which side of the one scale, or not yet on it."""

    BETTER = "better"
    NO_CLEAR = "no clear association"
    WORSE = "worse"
    NOT_ENOUGH = "not enough data"


@dataclass(frozen=True)
class Progress:
    """How far the log is towards an estimate: "9 of 14 days with heaviness"."""

    have: int
    need: int
    what: str

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return min(1.0, self.have / self.need) if self.need else 1.0

    @property
    def sentence(self) -> str:
        """The progress in words."""
        return f"{min(self.have, self.need)} of {self.need} {self.what}"


@dataclass(frozen=True)
class Position:
    """An estimate on the common scale, in ordinary fluctuations of its outcome.

    Above 0 favours the claim.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class PairedChange:
    """Ratings before and after the same sessions, with what would have happened without any effect.

    ``change`` is the mean change with its t interval over sessions. ``towards_usual`` is the part
    that ratings fall back by themselves, (1 - r) x (mean before - usual level), NaN where the usual
    level is not logged; ``ordinary`` is how much the rating ordinarily differs from one day (or
    session) to the next. A change is not an effect, so there is no p and no verdict beyond "no
    clear association".
    """

    rating: str
    change: Estimate
    before: float
    usual: float
    towards_usual: float
    ordinary: float
    pairs: pd.DataFrame = field(compare=False)
    note: str = ""


@dataclass(frozen=True)
class Benefit:
    """One claim against the log.

    ``claim`` is the sentence that is tested, ``short`` its row in the picture, with the name of
    what was measured. ``measurable`` is False where no log can measure the claim itself;
    ``measured`` names what the headline speaks of. ``sign`` is +1 where a higher value of the
    headline favours the claim. ``spread`` is the outcome's standard deviation (scores). ``details``
    holds the frames behind the claim's own charts, by name.
    """

    key: str
    claim: str
    short: str
    measurable: bool
    measured: str
    headline: Association
    sign: int
    progress: Progress
    to_log: str
    pitfall: str
    would_change: str
    spread: float = 1.0
    estimates: Mapping[str, Estimate] = field(default_factory=dict)
    change: PairedChange | None = None
    details: Mapping[str, pd.DataFrame] = field(default_factory=dict, compare=False)

    @property
    def standing(self) -> Standing:
        """Better and worse only where the headline is clear after all seven comparisons count."""
        if not self.headline.shown:
            return Standing.NOT_ENOUGH
        if self.headline.verdict not in (Verdict.LOWER, Verdict.HIGHER):
            return Standing.NO_CLEAR
        favours = (self.headline.verdict is Verdict.HIGHER) == (self.sign > 0)
        return Standing.BETTER if favours else Standing.WORSE

    @property
    def waiting_for(self) -> str:
        """What stands between the log and an estimate.

        Progress, or what else is missing once that is full.
        """
        if self.progress.share < 1 or self.headline.shown:
            return self.progress.sentence
        return f"Still needed: {self.headline.still_needed}"

    @property
    def position(self) -> Position | None:
        """The headline on the common scale; None where there is no number.

        A difference is divided by its outcome's standard deviation; a ratio counts as log ratio x
        sqrt(3) / pi (Chinn 2000, Statistics in Medicine 19:3127), so that both are in standard
        deviations.
        """
        if not self.headline.shown:
            return None
        ends = sorted(
            self.sign * self._scaled(limit) for limit in (self.headline.low, self.headline.high)
        )
        return Position(self.sign * self._scaled(self.headline.value), ends[0], ends[1])

    def _scaled(self, value: float) -> float:
        if self.headline.unit == "ratio":
            return log(max(value, 1e-12)) * RATIO_TO_SPREAD
        return value / self.spread if self.spread > 0 else 0.0
