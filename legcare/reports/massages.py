"""Planned massages as a calendar file: the same days every week, with a reminder before each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from legcare.errors import LegcareError
from legcare.records import written
from legcare.reports.calendar import Series, calendar

PLANNED = UUID("6b1f6a56-3f0e-5d8a-9f57-2c7f0b6f4a10")
DAY = 24 * 60
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class BadPlan(LegcareError):
    """Massages cannot be planned like this."""


@dataclass(frozen=True)
class MassagePlan:
    """Massages of so many ``minutes`` at ``at`` on the ``weekdays`` for some ``weeks``.

    0 is Monday.

    ``first_day`` is the first day on which one may fall. ``remind_before`` is in minutes; ``None``
    for no reminder.
    """

    weekdays: tuple[int, ...]
    at: time
    first_day: date
    minutes: int = 10
    weeks: int = 12
    remind_before: int | None = 10
    what: str = "Leg massage"

    def __post_init__(self) -> None:
        """Refuse a plan without a day, a length or an end."""
        if not self.weekdays:
            raise BadPlan("No weekday is chosen. Choose at least one day of the week.")
        if not all(0 <= day <= 6 for day in self.weekdays):
            raise BadPlan(
                f"There is no weekday {max(self.weekdays, key=abs)}. Monday is 0, Sunday is 6."
            )
        for name, value, most in (("minutes", self.minutes, 240), ("weeks", self.weeks, 104)):
            if not 1 <= value <= most:
                raise BadPlan(f"{value} {name} cannot be planned. Give 1 to {most} {name}.")
        if self.remind_before is not None and not 0 <= self.remind_before <= DAY:
            raise BadPlan(
                f"A reminder {self.remind_before} minutes before cannot be set. Give 0 to {DAY}"
                " minutes."
            )

    @property
    def days(self) -> tuple[date, ...]:
        """Every day with a massage, in order."""
        all_days = (self.first_day + timedelta(days=number) for number in range(7 * self.weeks))
        return tuple(day for day in all_days if day.weekday() in self.weekdays)

    def sentence(self) -> str:
        """What the calendar will hold, in words."""
        days = _listed([WEEKDAYS[day] for day in sorted(set(self.weekdays))])
        first, last = self.days[0], self.days[-1]
        if first == last:
            return f"1 massage of {self.minutes} minutes: {days}, {written.day(first)}."
        return (
            f"{len(self.days)} massages of {self.minutes} minutes: every {days}, "
            f"from {written.day(first)} to {written.day(last)}."
        )


def _listed(names: Sequence[str]) -> str:
    *some, last = names
    return f"{', '.join(some)} and {last}" if some else last


def massage_calendar(plan: MassagePlan, *, owner: str, stamp: datetime) -> str:
    """The plan as a calendar file with one repeating event.

    Times float: 21:00 stays 21:00 on the clock of whatever place the person is in. The event's name
    (UID) is made from ``owner`` alone, so that a later file takes the place of the earlier one
    instead of standing beside it.
    """
    series = Series(
        uid=f"{uuid5(PLANNED, owner)}@legcare",
        begins=datetime.combine(plan.days[0], plan.at),
        minutes=plan.minutes,
        weekdays=tuple(sorted(set(plan.weekdays))),
        times=len(plan.days),
        title=f"{plan.what}, {plan.minutes} minutes",
        text=(
            'Tap "Massage now" in legcare when you have done it, so that your log can tell what'
            " goes with it."
        ),
        remind_before=plan.remind_before,
    )
    return calendar([series], name="legcare massages", stamp=stamp)
