"""What the first screen says: the last nights, what else stands out, and one thing to do."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from legcare.analysis.associations import Family
from legcare.analysis.estimate import Verdict
from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.schedule import Stage, arm_on, stage
from legcare.analysis.findings import main_questions
from legcare.analysis.nights import last_nights
from legcare.charts.nights import night_strip
from legcare.ui.experiment.store import current
from legcare.ui.experiment.today import what_is_due
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.text import plain
from legcare.ui.shell.menu import link
from legcare.ui.shell.session import View

MOST_SAID = 2


def nights_card(view: View) -> None:
    """The last nights one by one, with what they hold in a sentence."""
    start = view.preferences.day_start
    nights = view.once(
        "nights",
        lambda: last_nights(view.whole, view.whole_days, day_start=start, today=view.today),
    )
    if nights is not None:
        chart_card(night_strip(nights), heading=st.header)


def also_in_the_log(view: View) -> None:
    """The one or two clearest answers of the main questions; nothing where none is clear."""
    family: Family = view.once(
        "first screen questions", lambda: main_questions(view.whole_days, today=view.today)
    )
    clear = [
        answer
        for answer in family.answers
        if answer.shown and answer.verdict in (Verdict.LOWER, Verdict.HIGHER)
    ]
    if not clear:
        return
    words = [
        f"{'fewer' if answer.verdict is Verdict.LOWER else 'more'} cramps on days with more"
        f" {answer.factor_name}"
        for answer in sorted(clear, key=lambda answer: answer.q)[:MOST_SAID]
    ]
    st.markdown(f"**Also in your log:** {plain(' · '.join(words))}.")
    link(view, "associations")


def one_thing_to_do(view: View) -> None:
    """The one thing that would make tomorrow's answer better."""
    line = experiment_line(view)
    if line:
        st.markdown(line)
        link(view, "experiment", "Open the experiment")
        return
    yesterday = pd.Timestamp(view.today - timedelta(days=1))
    days = view.whole_days
    if yesterday in days.index and days.at[yesterday, "tracked"]:
        link(view, "today", "Add how your day was")
    else:
        link(view, "log", "Say which days you logged")


def experiment_line(view: View) -> str:
    """What the running experiment says for today.

    Nothing where none is running or its seal is broken.
    """
    try:
        experiment = current(view)
    except BrokenSeal:
        return ""
    if experiment is None or stage(experiment, view.today) is not Stage.RUNNING:
        return ""
    planned = arm_on(experiment, view.today, today=view.today)
    if planned is None:
        return ""
    return f":material/science: Your test, today: **{what_is_due(experiment, planned)}**"
