"""What the overview says.

How often now, against before, what stands out, and what today asks for.
"""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from legcare.analysis.associations import Family
from legcare.analysis.estimate import Verdict
from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.schedule import Stage, arm_on, stage
from legcare.analysis.frequency import cramp_rate, rate_change
from legcare.analysis.headline import absent, headline
from legcare.analysis.minimum import joined
from legcare.charts import sentences as say
from legcare.ui.associations.questions import listed
from legcare.ui.experiment.store import current
from legcare.ui.parts.text import plain
from legcare.ui.shell.menu import link
from legcare.ui.shell.session import View

NOW_DAYS, BEFORE_DAYS = 28, 84
MOST_SAID = 2


def latest(view: View, days: int) -> pd.DataFrame:
    """The last so many days of the whole log, up to today."""
    table = view.whole_days
    return table[table.index > pd.Timestamp(view.today - timedelta(days=days))]


def how_often(view: View) -> None:
    """Cramps a week now, with its interval and its days."""
    rate = cramp_rate(latest(view, NOW_DAYS))
    if rate.shown:
        st.metric("Cramps a week, last 4 weeks", say.number(rate.value))
        st.markdown(
            f"{say.between(rate.low, rate.high)} · {say.counted(rate.n_days, 'tracked day')}"
        )
    else:
        st.markdown(f"**Cramps a week, last 4 weeks**  \n{say.refused(rate)}")


def against_before(view: View) -> None:
    """The last 4 weeks against the 12 before."""
    on = view.today - timedelta(days=NOW_DAYS - 1)
    change = rate_change(latest(view, NOW_DAYS + BEFORE_DAYS), on)
    if not change.shown:
        st.markdown(f"**Against the 12 weeks before**  \n{say.change_sentence(change, on)}")
        return
    if change.verdict is Verdict.NO_CLEAR:
        st.metric("Against the 12 weeks before", "No clear change")
        st.markdown(say.change_that_fits(change))
        return
    st.metric("Against the 12 weeks before", f"{say.number(change.value, 2)} times")
    st.markdown(say.change_sentence(change, on))


def what_today_asks(view: View) -> None:
    """The few things that would make tomorrow's answer better."""
    st.markdown("**Today**")
    yesterday = pd.Timestamp(view.today - timedelta(days=1))
    days = view.whole_days
    if yesterday not in days.index or not days.at[yesterday, "tracked"]:
        st.markdown("Yesterday is not settled: did you have a cramp, or none?")
    else:
        st.markdown("Yesterday is settled. Log a cramp when it comes; say so when there was none.")
    link(view, "today", "Open today")
    line = experiment_line(view)
    if line:
        st.markdown(line)
        link(view, "experiment", "Open the experiment")


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
    return (
        f":material/science: Experiment, today: **{planned.arm}:"
        f" {plain(experiment.plan.words(planned.arm))}**"
    )


def what_stands_out(view: View) -> None:
    """The one or two clearest answers of the headline questions; otherwise what is missing."""
    asked: Family = view.once("headline", lambda: headline(view.days))
    clear = [a for a in asked.answers if a.shown and a.verdict in (Verdict.LOWER, Verdict.HIGHER)]
    st.header("What your log says most clearly", anchor=False)
    for found in sorted(clear, key=lambda a: a.q)[:MOST_SAID]:
        st.markdown(plain(say.association_sentence(found)))
    if not clear:
        st.markdown(_nothing_yet(asked))
    missing = absent(view.days)
    if missing:
        st.markdown(plain(f"Not in your log yet: {listed(missing, view.days)}."))
    if asked.answers:
        st.markdown(f":material/calculate: {asked.line}")
    link(view, "associations", "See all associations")


def _nothing_yet(asked: Family) -> str:
    refused = [a for a in asked.answers if not a.shown]
    if asked.answers and not refused:
        return (
            "Nothing stands out so far. That is not the same as no effect: see how small an effect"
            " could be seen."
        )
    still = joined([a.still_needed for a in refused])
    return f"Too little to say yet. Still needed: {still}." if still else "Too little to say yet."
