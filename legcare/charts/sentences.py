"""How numbers are said.

One wording for intervals, days, dates and refusals, so that no chart invents its own.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Protocol

import pandas as pd

from legcare.analysis.estimate import Association, Estimate, Rate, Verdict
from legcare.analysis.requirements import requirement
from legcare.charts.measures import in_units
from legcare.records import written


def number(value: float, decimals: int = 1) -> str:
    """A number for reading: "3.1", "12", "0.04" where rounding would make it nothing."""
    if math.isnan(value):
        return "unknown"
    if math.isinf(value):
        return "no upper limit"
    if abs(value) >= 100:
        return written.whole(value)
    if 0 < abs(value) < 0.5 * 10**-decimals:
        return written.brief(value, 1)
    return written.decimal(value, decimals)


def between(low: float, high: float, decimals: int = 1) -> str:
    """An interval for reading: "95 % interval 2.4 to 3.9"."""
    return f"95 % interval {number(low, decimals)} to {number(high, decimals)}"


def counted(many: float, thing: str) -> str:
    """A number with its noun: "1 cramp", "12 cramps"."""
    return f"{written.whole(many)} {thing}" if many == 1 else f"{written.whole(many)} {thing}s"


def day_words(day: date | datetime | pd.Timestamp) -> str:
    """A date for reading: "2 March 2026"."""
    return written.day(day)


def clock(hour: float) -> str:
    """An hour on the clock: "03:30", or "3:30 am"."""
    return written.clock(hour)


class Refusable(Protocol):
    """Anything that either has an answer or says why not."""

    @property
    def refusal(self) -> str:
        """Why there is no answer; empty where there is one."""

    @property
    def still_needed(self) -> str:
        """What is missing."""


def refused(answer: Refusable) -> str:
    """Why there is no number, and what is still missing."""
    needed = f" Still needed: {answer.still_needed}." if answer.still_needed else ""
    return f"{answer.refusal}{needed}"


def rate_sentence(rate: Estimate) -> str:
    """How often, in one sentence with interval and days."""
    if not rate.shown:
        return refused(rate)
    return (
        f"In {counted(rate.n_days, 'tracked day')} you had {number(rate.value)} cramps a week "
        f"({between(rate.low, rate.high)}; {counted(rate.n_events, 'cramp')})."
    )


def possible_sentence(rate: Rate) -> str:
    """What unlogged days leave open, where they leave anything open."""
    if not rate.shown or math.isnan(rate.possible_low) or rate.logged_share > 0.995:
        return ""
    return (
        f"{written.percent(rate.logged_share)} of the days are logged. If the others held no cramps"
        f" at all, it was {number(rate.possible_low)} a week; if they were like the logged ones,"
        f" {number(rate.possible_high)}."
    )


def trend_sentence(trend: Estimate) -> str:
    """Whether it changes over time, in a sentence that cannot be taken for a cause."""
    if not trend.shown:
        return refused(trend)
    if trend.verdict not in (Verdict.LOWER, Verdict.HIGHER):
        fits = fitting(
            trend, "times as many cramps every 4 weeks", counted(trend.n_days, "tracked day")
        )
        if trend.verdict is Verdict.NOT_ENOUGH:
            return f"Too early to call it a trend: so far {fits}"
        return f"No clear trend. That is not the same as no change: {fits}"
    direction = "fewer" if trend.verdict is Verdict.LOWER else "more"
    figures = (
        f"{number(trend.value, 2)} times as many every 4 weeks ({between(trend.low, trend.high, 2)}"
    )
    return (
        f"In your data so far cramps have become {direction}: {figures};"
        f" {counted(trend.n_days, 'tracked day')})."
    )


def fitting(estimate: Estimate, what: str, basis: str) -> str:
    """What an unclear estimate does say.

    The whole range that fits, so that nobody reads it as "nothing there".
    """
    span = (
        f"anything from {number(estimate.low, 2)} to {number(estimate.high, 2)} {what} fits your"
        f" {basis}"
    )
    return f"{span} (95 % interval; best guess {number(estimate.value, 2)})."


def change_sentence(change: Estimate, on: date) -> str:
    """Before and after a date, without a word about what made the difference."""
    if not change.shown:
        return refused(change)
    if change.verdict not in (Verdict.LOWER, Verdict.HIGHER):
        return f"No clear change from {day_words(on)} on. {change_that_fits(change)}"
    figures = (
        f"{number(change.value, 2)} times as many cramps a week as before"
        f" ({between(change.low, change.high, 2)}"
    )
    return f"From {day_words(on)} on you had {figures}; {counted(change.n_days, 'tracked day')})."


def change_that_fits(change: Estimate) -> str:
    """What an unclear change leaves open, so that it is not read as "nothing changed"."""
    fits = fitting(change, "times as many as before", counted(change.n_days, "tracked day"))
    return f"That is not the same as no change: {fits}"


def lag_words(lag: int) -> str:
    """When the factor was measured, beside the cramps of a day and its night."""
    return {0: "same day and night", 1: "the day before"}.get(lag, f"{lag} days before")


def association_sentence(found: Association) -> str:
    """One factor against one outcome: the direction or its absence, the interval, the days.

    Never a cause.
    """
    found = in_units(found)
    name, outcome = found.factor_name, found.outcome_name
    if not found.shown:
        return f"{name[:1].upper()}{name[1:]}: {refused(found)}"
    when = f"{name} ({lag_words(found.lag)})"
    if found.verdict not in (Verdict.LOWER, Verdict.HIGHER):
        what = f"{'times as many' if found.unit == 'ratio' else 'points'} {found.per}"
        fits = fitting(found, what, _basis(found))
        if found.verdict is Verdict.NOT_ENOUGH:
            return f"Too early to set {when} against {outcome}: so far {fits}"
        return (
            f"No clear association between {when} and {outcome}. That is not the same as no effect:"
            f" {fits}"
        )
    figures = f"{figure(found)} {found.per} ({between(found.low, found.high, 2)}; {_basis(found)})"
    return (
        f"In your data so far {_more(found, when)} goes with {_direction(found)} {outcome}:"
        f" {figures}."
    )


def _more(found: Association, when: str) -> str:
    return when if found.per.startswith("with ") else f"more {when}"


def _direction(found: Association) -> str:
    words = ("fewer", "more") if found.unit == "ratio" else ("lower", "higher")
    return words[found.verdict is Verdict.HIGHER]


def power_sentence(found: Association) -> str:
    """The smallest effect this log could have shown, and the days a worthwhile one would take."""
    return requirement(in_units(found)).sentence if found.shown else ""


def reach_words(found: Association) -> str:
    """The smallest effect this log could have shown, for a list under that name.

    "0.76 times as many per 500 ml".
    """
    found = in_units(found)
    size = (
        f"{number(found.mde, 2)} times as many"
        if found.unit == "ratio"
        else f"{number(found.mde)} points"
    )
    more = requirement(found).more_days
    wait = f"; a worthwhile one takes about {counted(more, 'more tracked day')}" if more else ""
    return f"{size} {found.per}, in {counted(found.n_days, 'usable day')}{wait}"


def figure(found: Association) -> str:
    """The estimate with its kind of unit: "0.69 times as many"."""
    if found.unit == "ratio":
        return f"{number(found.value, 2)} times as many"
    return f"a difference of {number(found.value, 2)} points"


def _basis(found: Association) -> str:
    events = f", {counted(found.n_events, 'cramp')}" if found.unit == "ratio" else ""
    return f"{counted(found.n_days, 'usable day')}{events}"
