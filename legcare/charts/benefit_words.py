"""Sentences about the seven claims.

What the log says, with interval and number of days, never more than that.
"""

from __future__ import annotations

from math import isfinite

from legcare.analysis.benefits import Benefit, PairedChange, Standing
from legcare.analysis.estimate import Association, Estimate
from legcare.charts.measures import lengths_in_units
from legcare.records import written

COUNTED = {
    "Kaplan-Meier": "workouts",
    "psi-t regression by week": "weeks",
    "Mantel-Haenszel ratio by place": "bouts",
}
SO_FAR = "In your data so far"
SMALL = 0.1
NO_CAUSE = "It goes with it; that does not say why."


def number(value: float, unit: str) -> str:
    """A number with as many digits as its unit deserves; ratios carry two decimals."""
    if not isfinite(value):
        return "not reached"
    if unit == "ratio":
        return written.decimal(value, 2)
    return written.decimal(value, 1 if abs(value) >= SMALL or value == 0 else 2)


def interval(estimate: Estimate) -> str:
    """The interval in words: "95 % interval 0.62 to 1.40"."""
    low, high = number(estimate.low, estimate.unit), number(estimate.high, estimate.unit)
    return f"{written.percent(estimate.level)} interval {low} to {high}"


def counted(estimate: Estimate) -> str:
    """How much the estimate rests on."""
    events = f", {estimate.n_events} cramps" if estimate.n_events else ""
    return f"{estimate.n_days} {COUNTED.get(estimate.method, 'days')}{events}"


def missing(estimate: Estimate) -> str:
    """Why there is no number, and what would change that."""
    needed = f" Still needed: {estimate.still_needed}." if estimate.still_needed else ""
    return f"Not enough data. {estimate.refusal}{needed}"


def headline_sentence(benefit: Benefit) -> str:
    """What the log says about one claim, under the name of what was truly measured."""
    found = lengths_in_units(benefit.headline)
    if not found.shown:
        return f"{benefit.measured.capitalize()}: {missing(found)[0].lower()}{missing(found)[1:]}"
    return (
        f"{SO_FAR}, {benefit.measured}: {_size(found)} ({interval(found)}; {counted(found)})."
        f" {_verdict(benefit)}"
    )


def _size(found: Association) -> str:
    if found.unit == "ratio":
        return f"{number(found.value, 'ratio')} times as many, {found.per}"
    direction = "lower" if found.value < 0 else "higher"
    return f"{number(abs(found.value), found.unit)} {found.unit} {direction}, {found.per}"


def _verdict(benefit: Benefit) -> str:
    if benefit.standing is Standing.NO_CLEAR:
        return "No clear association."
    return f"The association is clear and lies on the side of {benefit.standing}. {NO_CAUSE}"


def visible(found: Association) -> str:
    """The smallest association this log would have shown.

    What "no clear association" leaves open.
    """
    if not found.shown or not isfinite(found.mde):
        return ""
    found = lengths_in_units(found)
    if found.unit == "ratio":
        ends = (
            f"of {written.decimal(found.mde, 2)} or less, or {written.decimal(1 / found.mde, 2)} or"
            " more"
        )
        return (
            f"This log would have shown a ratio {ends}, with 80 % probability; what is smaller it"
            " may miss."
        )
    return (
        f"This log would have shown a difference of {written.decimal(found.mde)} {found.unit} with"
        " 80 % probability."
    )


def estimate_sentence(name: str, estimate: Estimate) -> str:
    """A further estimate of a claim in one line."""
    if not estimate.shown:
        return f"{name}: {missing(estimate)[0].lower()}{missing(estimate)[1:]}"
    unit = "times" if estimate.unit == "ratio" else estimate.unit
    value = number(estimate.value, estimate.unit)
    return f"{name}: {value} {unit} ({interval(estimate)}; {counted(estimate)})."


def change_sentence(change: PairedChange) -> str:
    """Change over a session with what happens by itself beside it; never called an effect."""
    found = change.change
    if not found.shown:
        return missing(found)
    words = (
        f"Change of {change.rating} on the day: {written.signed(found.value)} points on average "
        f"({interval(found)}; {found.n_days} sessions)."
    )
    if isfinite(change.towards_usual):
        words += (
            f" Falling back to your usual level ({written.decimal(change.usual)}) alone would give"
            f" a change of up to {written.signed(change.towards_usual + 0.0)}."
        )
    if isfinite(change.ordinary):
        words += (
            f" Without massage it ordinarily moves by {written.decimal(change.ordinary)} from one"
            " rating to the next."
        )
    return f"{words} {change.note}".strip()
