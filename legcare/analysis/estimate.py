"""What an analysis answers with.

A value, its interval, how many days it rests on, and a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from legcare.records import DESCRIBED, Factors

NAN = float("nan")


class Verdict(StrEnum):
    """The only four things an estimate may say."""

    NOT_ENOUGH = "not enough data"
    NO_CLEAR = "no clear association"
    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True)
class Estimate:
    """One number with its uncertainty.

    ``value``, ``low`` and ``high`` are in ``unit`` and NaN where the estimate is refused; ``level``
    is the confidence level (0.95); ``n_days`` counts the tracked days used; ``method`` names how it
    was computed, as in ``docs/methods.md``; ``caveats`` are whole sentences. A refused estimate has
    the verdict ``NOT_ENOUGH``, says why in ``refusal`` and what is missing in ``still_needed`` ("4
    more tracked days"). A plain level that compares nothing (cramps a week) has the verdict
    ``NO_CLEAR``. ``p`` belongs to the same calculation as the interval and is NaN where nothing is
    tested.
    """

    value: float
    low: float
    high: float
    n_days: int
    unit: str
    method: str
    verdict: Verdict
    level: float = 0.95
    caveats: tuple[str, ...] = ()
    refusal: str = ""
    still_needed: str = ""
    n_events: int = 0
    p: float = NAN

    @property
    def shown(self) -> bool:
        """Whether there is a number to show."""
        return not self.refusal


@dataclass(frozen=True)
class Rate(Estimate):
    """Cramps per week, with the range that unlogged days leave open.

    ``possible_low`` takes every unlogged day as free of cramps, ``possible_high`` is the rate of
    the logged days: the truth lies between them if unlogged days have fewer cramps than logged
    ones. ``logged_share`` is the share of days from the first tracked one on that were tracked.
    """

    possible_low: float = NAN
    possible_high: float = NAN
    logged_share: float = NAN


@dataclass(frozen=True)
class Timing(Estimate):
    """When cramps happen: ``n_bouts`` separate bouts.

    ``table`` is the tidy frame behind the picture.

    For an hour of the day ``low`` and ``high`` lie on the clock: the interval runs forward from
    ``low`` to ``high`` and may pass midnight. ``concentration`` is the mean resultant length (0
    even round the clock, 1 all at one time).
    """

    n_bouts: int = 0
    concentration: float = NAN
    table: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)


@dataclass(frozen=True)
class Association(Estimate):
    """How an outcome goes with a factor: a ratio per unit for counts, a difference for scores.

    ``value``/``low``/``high`` are the adjusted figure, ``raw`` the same without adjustment. ``per``
    is what one unit of the factor is ("per 500 ml", "with against without"), ``step`` its size in
    the factor's own unit (500). ``p`` belongs to the same t as the interval; ``q`` is p after
    Benjamini-Hochberg over the ``comparisons`` that were run together. ``mde`` is the smallest
    ratio (below 1) or difference that this log would have shown with 80 % power. ``verdict_p`` is
    the p that q is made of: the largest of the answer's own and of its ``checks``. ``inflation`` is
    by how much day-to-day persistence widens the variance (1: not at all). ``factors`` is what is
    known of the columns by name. ``base`` is cramps per 4 weeks on the days compared, ``share`` how
    many of them had any of the factor, ``quartiles`` a low and a high amount of it in its own unit
    and ``at_low`` cramps per 4 weeks at the low one: what ``natural.in_cramps`` speaks from (NaN
    for scores).
    """

    outcome: str = ""
    factor: str = ""
    lag: int = 0
    per: str = ""
    step: float = NAN
    raw: float = NAN
    q: float = NAN
    verdict_p: float = NAN
    comparisons: int = 1
    mde: float = NAN
    adjusted_for: tuple[str, ...] = field(default=())
    inflation: float = NAN
    base: float = NAN
    share: float = NAN
    quartiles: tuple[float, float] = (NAN, NAN)
    at_low: float = NAN
    factors: Factors = field(default=DESCRIBED, compare=False, repr=False)

    @property
    def factor_name(self) -> str:
        """The factor's name inside a sentence."""
        return self.factors[self.factor].in_sentence

    @property
    def outcome_name(self) -> str:
        """The outcome's name inside a sentence."""
        return self.factors[self.outcome].in_sentence
