"""What today is, and one tap to say whether it was done."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

import streamlit as st

from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.schedule import (
    PlannedDay,
    Stage,
    arm_on,
    marked,
    revealed,
    stage,
    unmarked,
)
from legcare.records import written
from legcare.records.experiment import Arm, BlockGuess, DayMark, Experiment, Plan
from legcare.storage.logbook import Undone
from legcare.ui.experiment.store import current, experiments, keep, take_due_looks
from legcare.ui.parts.text import plain
from legcare.ui.shell.saving import Step, offer_undo, tap
from legcare.ui.shell.session import View, current_view


def today_line(view: View) -> None:
    """Show what the running experiment says for today, with its buttons.

    Nothing where none is running.
    """
    try:
        take_due_looks(view)
        experiment = current(view)
    except BrokenSeal as broken:
        st.warning(str(broken))
        return
    if experiment is None or stage(experiment, view.today) is not Stage.RUNNING:
        return
    with st.container(border=True, key="experiment-today"):
        day_buttons(experiment, view.today, view.today)
        guess_buttons(experiment, view.today)


def day_buttons(experiment: Experiment, day: date, today: date) -> None:
    """What the plan says for a day that has come, what was marked, and the buttons to mark it."""
    planned = arm_on(experiment, day, today=today)
    if planned is None:
        st.markdown(f"{written.weekday(day)} is no day of the experiment.")
        return
    name = "Today is" if day == today else f"{written.weekday(day)} was"
    length = experiment.plan.block_days + experiment.plan.washout_days
    counted = "" if planned.counted else " (break day: not counted)"
    st.markdown(
        f":material/science: {name} **{what_is_due(experiment, planned)}**, day"
        f" {planned.day_in_block} of {length} in block {planned.block} of"
        f" {len(experiment.plan.arms) * experiment.plan.pairs}{counted}."
    )
    mark = experiment.done_on(day)
    if mark is not None:
        words = mark_words(experiment.plan, planned.arm, mark.done)
        st.markdown(f":material/check: Marked: {words}.")
    with st.container(horizontal=True):
        for number, (label, done) in enumerate(choices(experiment.plan, planned.arm)):
            chosen = mark is not None and mark.done == done
            tap(
                label,
                mark_day,
                key=f"mark-{day}-{number}",
                args=(experiment.plan.id, day, done),
                type="primary" if number == 0 and mark is None else "secondary",
                disabled=chosen,
            )


def what_is_due(experiment: Experiment, planned: PlannedDay) -> str:
    """What the plan says for a day; with packed arms only which packet."""
    if experiment.plan.hidden:
        return f"packet {planned.block}"
    return f"{planned.arm}: {plain(experiment.plan.words(planned.arm))}"


def choices(plan: Plan, arm: Arm) -> tuple[tuple[str, Arm | None], ...]:
    """The buttons of a day: what the plan said, and what may have happened instead."""
    if plan.hidden or plan.more:
        return (("Did it", arm), ("Did not", None))
    if not plan.b_is_usual:
        return (("Did it", arm), ("Did the other one", arm.other), ("Did neither", None))
    if arm is Arm.A:
        return (("Did it", Arm.A), ("Did not", Arm.B))
    return (("Kept to it", Arm.B), ("Did A all the same", Arm.A))


def mark_words(plan: Plan, arm: Arm, done: Arm | None) -> str:
    """What a mark means, in words."""
    if done is None or done is arm:
        return briefly(arm, done)
    return f"{briefly(arm, done)}, {plain(plan.words(done))}"


def guess_buttons(experiment: Experiment, today: date) -> None:
    """After a packed block: which one it was, by the person's guess."""
    begun = [day.block for day in revealed(experiment, today) if day.day <= today]
    last = max(begun, default=1) - 1
    if not experiment.plan.hidden or last < 1 or last in {g.block for g in experiment.guesses}:
        return
    st.markdown(f"Packet {last} is over. Which one do you think it was?")
    plan = experiment.plan
    answers = [(plain(plan.words(arm)), arm) for arm in plan.arms] + [("Cannot say", None)]
    with st.container(horizontal=True):
        for number, (label, arm) in enumerate(answers):
            tap(label, keep_guess, key=f"guess-{last}-{number}", args=(plan.id, last, arm))


def keep_guess(plan_id: UUID, block: int, arm: Arm | None) -> None:
    """Keep the guess about a block; the first one counts, as it is asked once."""
    view = current_view()
    experiment = _mine(view, plan_id)
    guess = BlockGuess(block=block, arm=arm, noted_at=view.now)
    keep(experiment.model_copy(update={"guesses": (*experiment.guesses, guess)}))


def briefly(arm: Arm, done: Arm | None) -> str:
    """What a mark means without the person's own words."""
    if done is None:
        return "not done"
    return "done as planned" if done is arm else f"{done} instead"


def mark_day(plan_id: UUID, day: date, done: Arm | None) -> None:
    """Keep one more word on a day and offer its undo; the same word twice is one word."""
    view = current_view()
    experiment = _mine(view, plan_id)
    last, planned = experiment.done_on(day), arm_on(experiment, day, today=view.today)
    if planned is None or (last is not None and last.done is done):
        return
    mark = DayMark(day=day, done=done, noted_at=view.now)
    keep(marked(experiment, mark), view)
    offer_undo(
        view,
        Step(
            f"{written.weekday(day)} marked: {briefly(planned.arm, done)}",
            partial(take_mark_back, plan_id, mark),
        ),
    )


def take_mark_back(plan_id: UUID, mark: DayMark) -> Undone:
    """Take one word on a day back, whatever else happened to the experiment since."""
    view = current_view()
    experiment = _mine(view, plan_id)
    without = unmarked(experiment, mark)
    if without == experiment:
        return Undone(0, 1)
    keep(without, view)
    return Undone(1, 0)


def _mine(view: View, plan_id: UUID) -> Experiment:
    return next(each for each in experiments(view) if each.plan.id == plan_id)
