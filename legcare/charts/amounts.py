"""Cramps in so many weeks, in words: whole numbers, one denominator, "about half as many"."""

from __future__ import annotations

from math import ceil, floor, isfinite

from legcare.records import written

WEEKS, LONGER, FEW = 4, 12, 4.0
WHOLE_UP_TO = 20
RATIOS = (
    (0.4, "less than half as many"),
    (0.6, "about half as many"),
    (0.7, "about a third fewer"),
    (0.85, "about a quarter fewer"),
    (1.18, "about the same"),
    (1.5, "somewhat more"),
    (1.8, "half as many again"),
    (2.3, "about twice as many"),
)


def ratio_words(ratio: float) -> str:
    """A ratio as people say it: "about half as many"."""
    for most, words in RATIOS:
        if ratio <= most:
            return words
    return f"about {written.whole(round(ratio))} times as many"


def weeks_for(cramps_in_4_weeks: float) -> int:
    """How many weeks to count in: 4, or 12 where 4 hold hardly any cramp."""
    return LONGER if cramps_in_4_weeks < FEW else WEEKS


def amount(cramps_in_4_weeks: float, weeks: int) -> str:
    """So many cramps in so many weeks, as whole as one would say it."""
    value = cramps_in_4_weeks * weeks / WEEKS
    if not isfinite(value):
        return "any number"
    if value < 1:
        return "fewer than 1"
    if value <= WHOLE_UP_TO:
        return written.whole(round(value))
    return f"about {written.whole(5 * round(value / 5))}"


def span(low: float, high: float, weeks: int) -> str:
    """From so many to so many, rounded outward: "5 to 12"."""
    scale = weeks / WEEKS
    least, most = floor(low * scale), high * scale
    if not isfinite(most):
        return f"{written.whole(least)} or more"
    whole = ceil(most) if most <= WHOLE_UP_TO else 5 * ceil(most / 5)
    return f"{written.whole(least)} to {written.whole(whole)}"
