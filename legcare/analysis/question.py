"""One question to a log, laid out for the engine.

Which days are usable, and what is taken out before comparing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from legcare.analysis.quasi_poisson import Rows, nuisance
from legcare.analysis.timeline import Flags, Floats, Timeline, shifted
from legcare.analysis.units import COUNTS, MASSAGE
from legcare.records import DESCRIBED, Factors

DRIFT = "slow drift over time"
WEEK = "the day of the week"
YESTERDAY = "cramps of the day before"
LAST_WEEK = "cramps of the week before"
MOST_YESTERDAY = 3.0


@dataclass(frozen=True)
class Question:
    """An outcome on each day, a factor ``lag`` days earlier, and what is taken out.

    ``factors`` is what is known of the columns by name.
    """

    outcome: str
    factor: str
    lag: int
    adjust: bool = True
    confounders: tuple[str, ...] = ()
    factors: Factors = field(default=DESCRIBED, compare=False, repr=False)

    @property
    def counts(self) -> bool:
        """Whether the outcome is a number of events; otherwise it is a score."""
        return self.outcome in COUNTS

    @property
    def massage(self) -> bool:
        """Whether the factor is a massage, which is never compared with the same day."""
        return self.factor in MASSAGE

    @property
    def recent(self) -> bool:
        """Whether the outcome's recent days are taken out.

        A massage may be given, a glass drunk and a workout skipped because of them. Scores change
        slowly; there only massage is held to it.
        """
        return self.counts or self.massage

    @property
    def adjusted_for(self) -> tuple[str, ...]:
        """What is taken out, in words."""
        if not self.adjust:
            return ()
        recent = (YESTERDAY, LAST_WEEK) if self.recent else ()
        confounders = (self.factors[name].in_sentence for name in self.confounders)
        return (DRIFT, WEEK, *recent, *confounders)


def rows_of(line: Timeline, question: Question) -> Rows:
    """The usable days of a question: outcome logged, factor (and named confounders) known."""
    y, x = line.outcome(question.outcome), line.before(question.factor, question.lag)
    usable = np.isfinite(y) & np.isfinite(x)
    for other in confounders_of(line, question):
        usable = usable & np.isfinite(other)
    return Rows(y[usable], x[usable], design(line, question, usable), usable)


def confounders_of(line: Timeline, question: Question) -> list[Floats]:
    """The named confounders on each day, each as it stood at its own lag."""
    named = question.confounders if question.adjust else ()
    return [line.before(name, question.factors[name].lag) for name in named]


def design(line: Timeline, question: Question, usable: Flags) -> Floats:
    """The columns that a question takes out, on the given days."""
    if not question.adjust:
        return np.ones((int(usable.sum()), 1))
    if not usable.any():
        return np.ones((0, 1))
    z = np.column_stack([nuisance(usable, line.weekday), line.marked[usable]])
    if question.recent:
        z = np.column_stack([z, recent_cramps(line.outcome(question.outcome), usable)])
    others = [scaled(other[usable]) for other in confounders_of(line, question)]
    return np.column_stack([z, *others])


def recent_cramps(y: Floats, usable: Flags) -> Floats:
    """Yesterday's count (3 at most) and the mean of the previous seven days, scaled.

    Unknown ones at their mean.
    """
    yesterday = np.minimum(shifted(y, 1), MOST_YESTERDAY)
    past = np.stack([shifted(y, lag) for lag in range(1, 8)])
    known = np.isfinite(past)
    week = np.where(
        known.any(axis=0), np.nansum(past, axis=0) / np.maximum(known.sum(axis=0), 1), np.nan
    )
    return np.column_stack([scaled(_filled(values[usable])) for values in (yesterday, week)])


def scaled(values: Floats) -> Floats:
    """Centred, in standard deviations; all zeros where constant."""
    spread = float(np.std(values))
    return (values - values.mean()) / spread if spread > 0 else np.zeros(values.size)


def _filled(values: Floats) -> Floats:
    known = np.isfinite(values)
    return np.where(known, values, values[known].mean() if known.any() else 0.0)
