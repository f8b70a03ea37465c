"""The headline questions: six at most, fixed before anyone looks, each with one window."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from legcare.analysis.associations import Family, family, question
from legcare.analysis.verdict import MOST_QUESTIONS
from legcare.days import factors_of
from legcare.errors import BadFactor

QUESTIONS = ("hydration_ml", "exercise_min", "sleep_h", "stress", "magnesium_mg", "massage_min")


def headline(
    days: pd.DataFrame, *, outcome: str = "cramps", factors: Sequence[str] = QUESTIONS
) -> Family:
    """The predeclared questions, answered together.

    Q is Benjamini-Hochberg over those that can be answered.

    Factors the log does not hold are left out. Raises ``BadFactor`` for more than six: each further
    question costs the others a quarter of their power.
    """
    if len(factors) > MOST_QUESTIONS:
        raise BadFactor(
            f"At most {MOST_QUESTIONS} headline questions; {len(factors)} were given. Explore the"
            " others."
        )
    held = [name for name in factors if name in days.columns and days[name].notna().any()]
    return family([question(outcome, name, factors=factors_of(days)) for name in held], days)


def absent(days: pd.DataFrame, factors: Sequence[str] = QUESTIONS) -> tuple[str, ...]:
    """The headline factors that this log does not hold yet."""
    return tuple(
        name for name in factors if name not in days.columns or not days[name].notna().any()
    )
