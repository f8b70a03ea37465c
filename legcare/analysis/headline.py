"""The headline questions: six at most, fixed before anyone looks, each with one window."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from legcare.analysis.associations import Family, family, question
from legcare.analysis.verdict import MOST_QUESTIONS
from legcare.days import factors_of
from legcare.errors import BadFactor

QUESTIONS = ("stretch_min", "hydration_ml", "exercise_min", "sleep_h", "stress", "massage_min")
MAGNESIUM, IN_ITS_PLACE = "magnesium_mg", "stress"
FEWEST_TAKEN = 10


def questions_of(days: pd.DataFrame) -> tuple[str, ...]:
    """The six main questions of a log: magnesium in the place of stress where it is taken.

    Stretching is the self-help that was tested best against cramps at night.
    """
    taken = MAGNESIUM in days.columns and int((days[MAGNESIUM] > 0).sum()) >= FEWEST_TAKEN
    return tuple(MAGNESIUM if taken and name == IN_ITS_PLACE else name for name in QUESTIONS)


def headline(
    days: pd.DataFrame, *, outcome: str = "cramps", factors: Sequence[str] | None = None
) -> Family:
    """The predeclared questions, answered together.

    Q is Benjamini-Hochberg over those that can be answered.

    Without ``factors``, those of ``questions_of``. Factors the log does not hold are left out.
    Raises ``BadFactor`` for more than six: each further question costs the others a quarter of
    their power.
    """
    factors = questions_of(days) if factors is None else factors
    if len(factors) > MOST_QUESTIONS:
        raise BadFactor(
            f"At most {MOST_QUESTIONS} headline questions; {len(factors)} were given. Explore the"
            " others."
        )
    held = [name for name in factors if name in days.columns and days[name].notna().any()]
    return family([question(outcome, name, factors=factors_of(days)) for name in held], days)


def absent(days: pd.DataFrame) -> tuple[str, ...]:
    """The headline factors that this log does not hold yet."""
    return tuple(
        name
        for name in questions_of(days)
        if name not in days.columns or not days[name].notna().any()
    )
