"""A randomised self-experiment from question to answer, and single sessions decided by a coin."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.schedule import ended, is_over
from legcare.records import written
from legcare.records.experiment import Experiment
from legcare.ui.experiment.answer import answer, together
from legcare.ui.experiment.coin import coin_sessions
from legcare.ui.experiment.planner import planner, plans_another
from legcare.ui.experiment.running import running
from legcare.ui.experiment.store import current, experiments, keep, take_due_looks
from legcare.ui.shell.page import begin
from legcare.ui.shell.session import View

LEAD = (
    "A diary shows what goes together. To learn whether something helps *you*, let chance decide"
    " the weeks: this page tosses the coins, keeps the plan locked, and reads the answer at set"
    " dates."
)


def blocks(view: View) -> None:
    """The experiment that is under way, or the way to a new one, and those that are over.

    An answer comes first.
    """
    try:
        take_due_looks(view)
        mine, now = experiments(view), current(view)
        over = [each for each in mine if is_over(each, view.today)]
        if now is not None:
            under_way(view, now)
        answers_first = now is None and not plans_another()
        if answers_first:
            finished(view, over, unfold=True)
        if now is None:
            planner(view, str(st.query_params.get("test", "massage")))
        if not answers_first:
            finished(view, over, unfold=False)
    except BrokenSeal as broken:
        st.error(str(broken), icon=":material/lock_open:")


def finished(view: View, over: Sequence[Experiment], *, unfold: bool) -> None:
    """The answers, the latest unfolded if asked for."""
    if not over:
        return
    st.header("Finished", anchor=False)
    together(view, over)
    for number, each in enumerate(over):
        name = f"Experiment from {written.day(each.plan.first_day)}"
        with st.expander(name, expanded=number == 0 and unfold):
            answer(view, each)


def under_way(view: View, now: Experiment) -> None:
    """The running experiment; one whose seal is broken can only be set aside."""
    try:
        running(view, now)
    except BrokenSeal as broken:
        st.error(str(broken), icon=":material/lock_open:")
        if st.button("Set this plan aside", icon=":material/archive:", key="set-aside"):
            keep(ended(now, view.today, why="Its seal was broken."))
            st.rerun()


view = begin("experiment", LEAD, writes=True, needs="")
weeks, sessions = st.tabs(["Weeks by coin", "Single sessions by a coin"])
with weeks:
    blocks(view)
with sessions:
    coin_sessions(view)
