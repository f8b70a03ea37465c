"""Many measurements of a day become one reading per day, factor and source.

Intervals are merged, never added twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from legcare.importers.result import Problem
from legcare.records import BUILT_IN, Combine, Factor, Reading, imported_id

FACTORS = {factor.key: factor for factor in BUILT_IN}
SHORT_BREAK = timedelta(minutes=90)
EVENING_BREAK = timedelta(hours=4)
EVENING = 18


class DayValues:
    """Collects values of one file and gives readings.

    The factor's own rule combines the values of a day.
    """

    def __init__(self, file: str, key: str) -> None:
        self._file, self._key = file, key
        self._values: dict[tuple[str, str, date], list[float]] = defaultdict(list)
        self.problems: list[Problem] = []

    def add(self, factor: str, source: str, day: date, value: float) -> None:
        """One measurement; values of one factor, source and day belong together."""
        self._values[factor, source, day].append(value)

    def days(self, factor: str) -> set[date]:
        """The days on which a factor was measured by any source."""
        return {day for key, _, day in self._values if key == factor}

    def readings(self) -> tuple[Reading, ...]:
        """One reading per day, factor and source; a value that cannot be is a problem instead."""
        return tuple(self._checked())

    def _checked(self) -> Iterator[Reading]:
        for (factor, source, day), values in sorted(self._values.items(), key=lambda item: item[0]):
            value = round(combined(FACTORS[factor], values), 6)
            if not FACTORS[factor].low <= value <= FACTORS[factor].high:
                self.problems.append(_beyond(self._file, FACTORS[factor], day, value))
                continue
            named = source[:200]
            yield Reading(
                id=imported_id(self._key, factor, day, named),
                day=day,
                factor=factor,
                value=value,
                source=named,
            )


def combined(factor: Factor, values: list[float]) -> float:
    """Several values of one day by the factor's own rule."""
    match factor.combine:
        case Combine.SUM:
            return sum(values)
        case Combine.MEAN:
            return sum(values) / len(values)
        case Combine.MAX:
            return max(values)
        case Combine.LAST:
            return values[-1]


def _beyond(file: str, factor: Factor, day: date, value: float) -> Problem:
    sane = f"{factor.low:g} to {factor.high:g}"
    reason = f"{factor.label} of {day} would be {value:g} {factor.unit}, outside {sane}: left out."
    return Problem(file, reason, column=factor.key, value=f"{value:g}")


Span = tuple[datetime, datetime]


def union(spans: Iterable[Span]) -> list[Span]:
    """Spans merged where they overlap or touch, in time order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


def sleep_per_day(spans: Iterable[Span]) -> dict[date, float]:
    """Hours asleep per wake-up day, from spans in wall-clock time.

    Spans with short breaks are one night, and so is an early part of the night before a long break
    in the evening; the night belongs to the local date on which it ends.
    """
    nights: list[list[Span]] = []
    for span in union(spans):
        if nights and span[0] - (before := nights[-1][-1][1]) <= (
            EVENING_BREAK if before.hour >= EVENING else SHORT_BREAK
        ):
            nights[-1].append(span)
        else:
            nights.append([span])
    hours: dict[date, float] = defaultdict(float)
    for night in nights:
        hours[night[-1][1].date()] += (
            sum((end - start).total_seconds() for start, end in night) / 3600
        )
    return dict(hours)
