"""Stretches of days in which a file looks as if every cramp was logged.

A proposal that the person confirms.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from legcare.records import DAY_START, Event, Record, legcare_day

LONGEST_GAP = 14


def propose_spans(
    records: Iterable[Record], *, day_start: time = DAY_START
) -> tuple[tuple[date, date], ...]:
    """First and last legcare day of the events.

    Without gaps of more than 14 days in which nothing was recorded.
    """
    days = sorted(
        {legcare_day(record.at, day_start) for record in records if isinstance(record, Event)}
    )
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and (day - spans[-1][1]).days - 1 <= LONGEST_GAP:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return tuple(spans)
