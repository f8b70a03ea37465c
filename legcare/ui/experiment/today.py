"""What today is, and one tap to say whether it was done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import streamlit as st

from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.schedule import Stage, arm_on, marked, stage
from legcare.records import written
from legcare.records.experiment import Arm, DayMark, Experiment, Plan
from legcare.ui.experiment.store import current, experiments, keep
from legcare.ui.session import View, view
from legcare.ui.text import plain


def today_line(looking: View) -> None:
    """Show what the running experiment says for today, with its buttons; nothing where none is running."""
    try:
        experiment = current(looking)
    except BrokenSeal as broken:
        st.warning(str(broken))
        return
    if experiment is None or stage(experiment, looking.today) is not Stage.RUNNING:
        return
    with st.container(border=True, key="experiment-today"):
        day_buttons(experiment, looking.today, looking.today)


def day_buttons(experiment: Experiment, day: date, today: date) -> None:
    """What the plan says for a day that has come, what was marked, and the buttons to mark it."""
    planned = arm_on(experiment, day, today=today)
    if planned is None:
        st.markdown(f"{written.weekday(day)} is no day of the experiment.")
        return
    name = "Today is" if day == today else f"{written.weekday(day)} was"
    length = experiment.plan.block_days + experiment.plan.washout_days
    counted = "" if planned.counted else " (wash-out: not counted)"
    st.markdown(
        f":material/science: {name} **{planned.arm}: {plain(experiment.plan.words(planned.arm))}**, "
        f"day {planned.day_in_block} of {length} in block {planned.block} of {2 * experiment.plan.pairs}{counted}."
    )
    mark = experiment.done_on(day)
    if mark is not None:
        st.markdown(f":material/check: Marked: {said(experiment.plan, planned.arm, mark.done)}.")
    with st.container(horizontal=True):
        for number, (label, done) in enumerate(choices(experiment.plan, planned.arm)):
            chosen = mark is not None and mark.done == done
            st.button(
                label, key=f"mark-{day}-{number}", on_click=mark_day, args=(experiment.plan.id, day, done),
                type="primary" if number == 0 and mark is None else "secondary", disabled=chosen,
            )  # fmt: skip


def choices(plan: Plan, arm: Arm) -> tuple[tuple[str, Arm | None], ...]:
    """The buttons of a day: what the plan said, and what may have happened instead."""
    if not plan.b_is_usual:
        return (("Did it", arm), ("Did the other one", arm.other), ("Did neither", None))
    if arm is Arm.A:
        return (("Did it", Arm.A), ("Did not", Arm.B))
    return (("Kept to it", Arm.B), ("Did A all the same", Arm.A))


def said(plan: Plan, arm: Arm, done: Arm | None) -> str:
    """What a mark means, in words."""
    if done is None:
        return "neither A nor B"
    return "done as planned" if done is arm else f"{done} instead, {plain(plan.words(done))}"


def mark_day(plan_id: UUID, day: date, done: Arm | None) -> None:
    """Keep one more word on a day."""
    looking = view()
    experiment = next(each for each in experiments(looking) if each.plan.id == plan_id)
    keep(marked(experiment, DayMark(day=day, done=done, noted_at=looking.now)))
