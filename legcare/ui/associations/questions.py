"""Choosing what to compare: the factors this log holds, their names, and the outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from legcare.analysis.associations import Family, family, question
from legcare.days import Days
from legcare.ui.shell.session import View

OUTCOMES = {"cramps": "All cramps", "night_cramps": "Night cramps", "woke": "Cramps that woke me"}
MASSAGE = ("massage_min", "massages")


def factors_of(view: View) -> list[str]:
    """Columns of the day table that may be compared with cramps.

    Massage and every factor with a value.
    """
    known = (*MASSAGE, *view.log.factors)
    return [name for name in known if name in view.days and view.days[name].notna().any()]


def shown_name(name: str, days: Days) -> str:
    """A factor's name for a choice, in sentence case."""
    words = days.factors[name].in_sentence
    return f"{words[:1].upper()}{words[1:]}"


def listed(names: Sequence[str], days: Days) -> str:
    """Several factors in one sentence."""
    return ", ".join(days.factors[name].in_sentence for name in names)


def asked(view: View, outcome: str, factors: Sequence[str], confounders: Sequence[str]) -> Family:
    """The factors, each at the lag that the clock implies, answered together."""
    known = view.days.factors
    questions = [
        question(outcome, name, confounders=others(confounders, name), factors=known)
        for name in factors
    ]
    return view.once(
        ("asked", outcome, *factors, "|", *confounders), lambda: family(questions, view.days)
    )


def cells(
    view: View, outcome: str, factors: Sequence[str], lags: range, confounders: Sequence[str]
) -> Family:
    """Every factor at every lag, answered together, so that q counts them all."""
    known = view.days.factors
    questions = [
        question(outcome, name, lag=lag, confounders=others(confounders, name), factors=known)
        for name in factors
        for lag in lags
    ]
    return view.once(
        ("cells", outcome, *factors, lags, *confounders), lambda: family(questions, view.days)
    )


def others(confounders: Sequence[str], factor: str) -> tuple[str, ...]:
    """The confounders without the factor itself."""
    return tuple(each for each in confounders if each != factor)
