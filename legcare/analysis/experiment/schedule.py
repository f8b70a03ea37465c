"""Which day belongs to which block, and what may be known about it today.

A pause takes its days out and shifts what is left of the plan; a block that was interrupted goes on
after the pause. The order of the blocks is revealed one block at a time: ``arm_on`` and
``revealed`` never look past the current block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from legcare.analysis.experiment.random_order import random_order
from legcare.errors import LegcareError
from legcare.records import written
from legcare.records.experiment import Arm, DayMark, Experiment, Pause


class NotYet(LegcareError):
    """A block that has not begun is not revealed."""


class Stage(StrEnum):
    """Where an experiment stands."""

    WAITING = "waiting to begin"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    ENDED_EARLY = "ended early"


@dataclass(frozen=True)
class PlannedDay:
    """One day of the plan: ``block`` and ``pair`` count from 1.

    A wash-out day is lived but not ``counted``.
    """

    day: date
    block: int
    pair: int
    arm: Arm
    day_in_block: int
    counted: bool


@dataclass(frozen=True)
class Progress:
    """How far and how complete, and nothing about the outcome.

    Days are those up to and including today.
    """

    days_done: int
    days_planned: int
    marked: int
    kept: int
    swapped: int
    neither: int
    last_day: date

    @property
    def share(self) -> float:
        """How much of the plan lies behind, from 0 to 1."""
        return min(1.0, self.days_done / self.days_planned) if self.days_planned else 1.0


def _paused(experiment: Experiment, day: date) -> bool:
    return any(pause.holds(day) for pause in experiment.pauses)


def _open_days(experiment: Experiment, today: date) -> Iterator[date]:
    """Days that are not paused; a pause without an end is taken to last through ``today``."""
    pauses = [
        (
            pause
            if pause.last_day
            else pause.model_copy(update={"last_day": max(today, pause.first_day)})
        )
        for pause in experiment.pauses
    ]
    day = experiment.plan.first_day
    while True:
        if not any(pause.holds(day) for pause in pauses):
            yield day
        day += timedelta(days=1)


def schedule(experiment: Experiment, today: date) -> tuple[PlannedDay, ...]:
    """Every planned day, the future ones included.

    For the analysis, never for the screen before the end.
    """
    plan, arms = experiment.plan, random_order(experiment.plan)
    length = plan.block_days + plan.washout_days
    days = zip(range(plan.days), _open_days(experiment, today), strict=False)
    planned = (
        PlannedDay(
            day=day,
            block=number // length + 1,
            pair=number // (len(plan.arms) * length) + 1,
            arm=arms[number // length],
            day_in_block=number % length + 1,
            counted=number % length >= plan.washout_days,
        )
        for number, day in days
    )
    last = experiment.ended_on
    return tuple(planned) if last is None else tuple(day for day in planned if day.day <= last)


def last_day(experiment: Experiment, today: date) -> date:
    """The last day of the plan as it now stands."""
    days = schedule(experiment, today)
    return days[-1].day if days else experiment.plan.first_day


def stage(experiment: Experiment, today: date) -> Stage:
    """Where the experiment stands today.

    A result may be read only when it is finished or was ended early.
    """
    if experiment.ended_on is not None:
        return Stage.ENDED_EARLY
    if today > last_day(experiment, today):
        return Stage.FINISHED
    if _paused(experiment, today):
        return Stage.PAUSED
    return Stage.WAITING if today < experiment.plan.first_day else Stage.RUNNING


def is_over(experiment: Experiment, today: date) -> bool:
    """Whether the result may be read."""
    return stage(experiment, today) in (Stage.FINISHED, Stage.ENDED_EARLY)


def revealed(experiment: Experiment, today: date) -> tuple[PlannedDay, ...]:
    """The planned days of every block that has begun by today; after the end, all of them."""
    days = schedule(experiment, today)
    if is_over(experiment, today):
        return days
    begun = max((day.block for day in days if day.day <= today), default=0)
    return tuple(day for day in days if day.block <= begun)


def open_days(experiment: Experiment, today: date) -> tuple[PlannedDay, ...]:
    """The planned days whose arm may be said: with packed arms none of them before the end."""
    sealed_up = experiment.plan.hidden and not is_over(experiment, today)
    return () if sealed_up else revealed(experiment, today)


def arm_on(experiment: Experiment, day: date, *, today: date) -> PlannedDay | None:
    """What the plan says for a day: nothing on a paused day or outside the plan.

    Raises ``NotYet`` for a day whose block has not begun by ``today``.
    """
    known = {planned.day: planned for planned in revealed(experiment, today)}
    if day in known:
        return known[day]
    if any(planned.day == day for planned in schedule(experiment, today)):
        raise NotYet(
            f"The block of {written.day(day)} is not revealed before it begins: knowing it would"
            " spoil the test."
        )
    return None


def progress(experiment: Experiment, today: date) -> Progress:
    """How far the plan is lived and how completely it was kept, without a look at the outcome."""
    days = schedule(experiment, today)
    behind = [day for day in days if day.day <= today]
    marks = [(day, experiment.done_on(day.day)) for day in behind]
    known = [(day, mark) for day, mark in marks if mark is not None]
    return Progress(
        days_done=len(behind),
        days_planned=experiment.plan.days,
        marked=len(known),
        kept=sum(mark.done is day.arm for day, mark in known),
        swapped=sum(mark.done not in (None, day.arm) for day, mark in known),
        neither=sum(mark.done is None for _, mark in known),
        last_day=days[-1].day if days else experiment.plan.first_day,
    )


def marked(experiment: Experiment, mark: DayMark) -> Experiment:
    """The experiment with one more word on a day.

    An earlier word on the same day stays readable.
    """
    return experiment.model_copy(update={"marks": (*experiment.marks, mark)})


def unmarked(experiment: Experiment, mark: DayMark) -> Experiment:
    """The experiment without this very word, for a slip of the finger.

    An earlier word on the day counts again.
    """
    return experiment.model_copy(
        update={"marks": tuple(each for each in experiment.marks if each != mark)}
    )


def paused(experiment: Experiment, pause: Pause, *, today: date) -> Experiment:
    """The experiment with a pause from today or later.

    Raises ``LegcareError`` for a pause in the past, which would move days that were already lived
    to another block, and for one that overlaps another.
    """
    if pause.first_day < today:
        raise LegcareError(
            f"A pause cannot begin in the past ({written.day(pause.first_day)}): days already lived"
            " would change their block. Mark those days as 'neither' and pause from today."
        )
    for other in experiment.pauses:
        if other.first_day <= (pause.last_day or date.max) and pause.first_day <= (
            other.last_day or date.max
        ):
            raise LegcareError(
                f"There already is a pause from {written.day(other.first_day)}. Choose other days."
            )
    return experiment.model_copy(update={"pauses": (*experiment.pauses, pause)})


def resumed(experiment: Experiment, today: date) -> Experiment:
    """The experiment going on from ``today``.

    An open pause ends yesterday, one that began today never was.
    """
    kept: list[Pause] = []
    for pause in experiment.pauses:
        if pause.last_day is None or pause.holds(today):
            if pause.first_day < today:
                kept.append(pause.model_copy(update={"last_day": today - timedelta(days=1)}))
        else:
            kept.append(pause)
    return experiment.model_copy(update={"pauses": tuple(kept)})


def unpaused(experiment: Experiment, pause: Pause, *, today: date) -> Experiment:
    """The experiment without a pause that has not begun.

    Raises ``LegcareError`` for one that has.
    """
    if pause.first_day <= today:
        raise LegcareError(
            "This pause has begun: taking it out would change the block of days already lived."
        )
    return experiment.model_copy(
        update={"pauses": tuple(each for each in experiment.pauses if each != pause)}
    )


def ended(experiment: Experiment, last: date, *, why: str = "") -> Experiment:
    """The experiment ended early, ``last`` being the last day that counts.

    The result will say so.
    """
    if experiment.ended_on is not None:
        raise LegcareError("This experiment is already over: its end cannot be moved afterwards.")
    return experiment.model_copy(update={"ended_on": last, "ended_why": why})
