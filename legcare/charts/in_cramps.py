"""Cramps in so many weeks, as a person would say them: whole numbers, ranges rounded outward."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isfinite

from legcare.records import written

FEW = 4.0
WHOLE_UP_TO = 20
STEP = 5


@dataclass(frozen=True)
class Span:
    """The stretch of time that numbers are said for: 4 weeks, or 12 where cramps are rare."""

    weeks: int

    @property
    def words(self) -> str:
        """The stretch in words."""
        return f"{self.weeks} weeks"

    def number(self, per_4_weeks: float) -> str:
        """So many cramps: "8", "fewer than 1", "about 25"."""
        value = per_4_weeks * self.weeks / 4
        if value < 1:
            return "fewer than 1"
        if value <= WHOLE_UP_TO:
            return written.whole(value)
        return f"about {written.whole(STEP * round(value / STEP))}"

    def cramps(self, per_4_weeks: float) -> str:
        """The number with its noun: "1 cramp"."""
        words = self.number(per_4_weeks)
        return f"{words} {'cramp' if words.split()[-1] == '1' else 'cramps'}"

    def between(self, low: float, high: float) -> str:
        """A range rounded outward: "5 to 12", "fewer than 1 to 9", "12 or more"."""
        least, most = (value * self.weeks / 4 for value in (low, high))
        begin = "fewer than 1" if least < 1 else written.whole(self._outward(least, up=False))
        if not isfinite(most):
            return f"{begin} or more"
        return f"{begin} to {written.whole(self._outward(most, up=True))}"

    def _outward(self, value: float, *, up: bool) -> float:
        step = 1 if value <= WHOLE_UP_TO else STEP
        return step * (ceil(value / step) if up else floor(value / step))


def span_of(base: float) -> Span:
    """4 weeks, or 12 where there are fewer than 4 cramps in them."""
    return Span(12 if base < FEW else 4)
