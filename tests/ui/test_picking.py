"""Days picked on the calendar: a tap after a tap is the other end of a stretch."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from legcare.charts.calendar import calendar_chart, pickable, picked_days
from legcare.days import day_table
from legcare.records import Cramp, Log, TrackedSpan
from legcare.ui.parts.picking import Span, joined

FIRST, SECOND, THIRD = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 9)


@pytest.mark.parametrize(
    ("before", "days", "after"),
    [
        (None, [FIRST], (FIRST, FIRST)),
        ((FIRST, FIRST), [THIRD], (FIRST, THIRD)),
        ((THIRD, THIRD), [FIRST], (FIRST, THIRD)),
        ((FIRST, THIRD), [SECOND], (SECOND, SECOND)),
        ((FIRST, FIRST), [SECOND, THIRD], (SECOND, THIRD)),
        ((FIRST, THIRD), [], None),
    ],
)
def test_a_stretch_is_picked_by_its_two_ends(
    before: Span | None, days: list[date], after: Span | None
) -> None:
    assert joined(before, days) == after


@pytest.mark.parametrize("first_weekday", range(7))
def test_every_day_of_the_calendar_can_be_picked_and_stands_in_its_row(first_weekday: int) -> None:
    span = TrackedSpan(first_day=FIRST, last_day=date(2026, 3, 6))
    log = Log((span, Cramp(at=datetime(2026, 3, 9, 12, tzinfo=UTC))))
    days = day_table(log, day_start=time(6))
    chart = calendar_chart(log, days, day_start=time(6), first_weekday=first_weekday)
    marks = pickable(chart).figure.data[-1]
    assert sorted(marks.customdata) == [f"2026-03-{day:02}" for day in range(1, 10)]
    for day, row, week in zip(marks.customdata, marks.y, marks.x, strict=True):
        assert (date.fromisoformat(day).weekday() - first_weekday) % 7 == row
        assert week.weekday() == first_weekday
    assert picked_days(
        [{"customdata": marks.customdata[0]}, {"x": 3}, {"customdata": "2 March: no cramps."}]
    ) == [date.fromisoformat(marks.customdata[0])]
