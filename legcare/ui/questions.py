"""Choosing what to compare: the factors this log holds, their names, and the outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from legcare.analysis.units import label
from legcare.records import Log
from legcare.ui.session import View

OUTCOMES = {"cramps": "All cramps", "night_cramps": "Night cramps", "woke": "Cramps that woke me"}
MASSAGE = ("massage_min", "massages")


def factors_of(looking: View) -> list[str]:
    """Columns of the day table that may be compared with cramps: massage and every factor with a value."""
    known = (*MASSAGE, *looking.log.factors)
    return [name for name in known if name in looking.days and looking.days[name].notna().any()]


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


def usable_days(days: pd.DataFrame, outcome: str) -> bool:
    """Whether the log holds anything to compare for this outcome."""
    return outcome in days and bool(days[outcome].gt(0).any())


def listed(names: Sequence[str], log: Log) -> str:
    """Several factors in one sentence."""
    return ", ".join(shown_name(name, log).lower() for name in names)
