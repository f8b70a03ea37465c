"""Choosing what to compare: the factors this log holds, their names, and the outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from legcare.analysis.associations import Family, family, question
from legcare.analysis.units import label
from legcare.records import Log
from legcare.ui.shell.session import View

OUTCOMES = {"cramps": "All cramps", "night_cramps": "Night cramps", "woke": "Cramps that woke me"}
MASSAGE = ("massage_min", "massages")


def factors_of(view: View) -> list[str]:
    """Columns of the day table that may be compared with cramps.

    Massage and every factor with a value.
    """
    known = (*MASSAGE, *view.log.factors)
    return [name for name in known if name in view.days and view.days[name].notna().any()]


def own_names(log: Log) -> dict[str, str]:
    """The person's own factors by key, in their own spelling."""
    return {factor.key: factor.label for factor in log.own_factors}


def own_units(log: Log) -> dict[str, str]:
    """The units of the person's own factors by key."""
    return {factor.key: factor.unit for factor in log.own_factors}


def shown_name(name: str, log: Log) -> str:
    """A factor's name for a choice, in sentence case."""
    words = own_names(log).get(name) or label(name)
    return f"{words[:1].upper()}{words[1:]}"


def listed(names: Sequence[str], log: Log) -> str:
    """Several factors in one sentence."""
    return ", ".join(shown_name(name, log).lower() for name in names)


def asked(view: View, outcome: str, factors: Sequence[str], taken_out: Sequence[str]) -> Family:
    """The factors, each at the lag that the clock implies, answered together."""
    questions = [question(outcome, name, confounders=others(taken_out, name)) for name in factors]
    return view.once(
        ("asked", outcome, *factors, "|", *taken_out), lambda: family(questions, view.days)
    )


def cells(view: View, outcome: str, factors: Sequence[str], lags: range) -> Family:
    """Every factor at every lag, answered together, so that q counts them all."""
    questions = [question(outcome, name, lag=lag) for name in factors for lag in lags]
    return view.once(("cells", outcome, *factors, lags), lambda: family(questions, view.days))


def others(taken_out: Sequence[str], factor: str) -> tuple[str, ...]:
    """The confounders without the factor itself."""
    return tuple(each for each in taken_out if each != factor)
