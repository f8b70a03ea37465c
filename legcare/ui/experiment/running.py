"""Living the plan: what today is, how far it is, pauses, an early end.

Never a look at the outcome.
"""

from __future__ import annotations

from datetime import date, time, timedelta

import pandas as pd
import streamlit as st

from legcare.analysis.experiment.looks import next_look
from legcare.analysis.experiment.plan import check_seal
from legcare.analysis.experiment.schedule import (
    Stage,
    ended,
    open_days,
    paused,
    progress,
    resumed,
    schedule,
    stage,
    unpaused,
)
from legcare.analysis.experiment.words import marks_summary
from legcare.charts.experiment import plan_strip
from legcare.errors import LegcareError
from legcare.records import written
from legcare.records.experiment import Experiment, Pause, Plan
from legcare.reports.experiment import as_calendar, as_json, as_sheet
from legcare.ui.experiment.store import days, keep
from legcare.ui.experiment.today import day_buttons, guess_buttons
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.download import download_button
from legcare.ui.parts.text import plain
from legcare.ui.shell.formats import later
from legcare.ui.shell.session import View


def running(view: View, experiment: Experiment) -> None:
    """The page of an experiment that waits, runs or is paused."""
    check_seal(experiment)
    _heading(experiment, view.today)
    where = stage(experiment, view.today)
    if where is Stage.RUNNING:
        with st.container(border=True, key="experiment-now"):
            day_buttons(experiment, view.today, view.today)
            guess_buttons(experiment, view.today)
    if where is Stage.PAUSED:
        _go_on(experiment, view.today)
    _progress(view, experiment)
    _earlier_day(experiment, view.today)
    if where is not Stage.PAUSED:
        _pause(experiment, view.today)
    _end(experiment, view.today)
    _take_away(view, experiment)
    if where is not Stage.WAITING:
        seal_line(experiment)


def seal_line(experiment: Experiment) -> None:
    """The seal, to be written down."""
    st.markdown(f"Code of the locked plan: `{experiment.seal}`")
    st.caption(
        "Write down the first 12 digits, or keep the sheet or calendar file: they prove at the end"
        " that nobody changed the plan."
    )


def arms_line(plan: Plan) -> str:
    """What is compared, in the person's own words."""
    return " against ".join(f"**{arm}: {plain(plan.words(arm))}**" for arm in plan.arms)


def _heading(experiment: Experiment, today: date) -> None:
    plan = experiment.plan
    st.header("Your experiment", anchor=False)
    st.markdown(f"{arms_line(plan)}; outcome: {plain(plan.outcome.label)}.")
    where = stage(experiment, today)
    said = {
        Stage.WAITING: (
            f"It begins on {written.weekday(plan.first_day)}. The first block is revealed that"
            " morning."
        ),
        Stage.PAUSED: (
            "It is paused: today does not count, and the rest of the plan moves back by a day each"
            " day."
        ),
    }
    if where in said:
        st.info(said[where])
    if where is Stage.WAITING:
        seal_line(experiment)


def _progress(view: View, experiment: Experiment) -> None:
    today = view.today
    seen = progress(experiment, today)
    st.progress(
        seen.share,
        text=f"Day {seen.days_done} of {seen.days_planned}; ends on {written.day(seen.last_day)}",
    )
    if seen.days_done:
        st.markdown(
            f"{marks_summary(seen, of_days=True)} {_known(view, experiment)}"
            f" {_when_read(experiment, today)}"
        )
        if shown := open_days(experiment, today):
            chart_card(plan_strip(shown, experiment.plan, today, last=seen.last_day))


def _when_read(experiment: Experiment, today: date) -> str:
    """When the answer is read next."""
    look = next_look(experiment, today)
    if look is None:
        return "The result is shown once, at the end."
    return (
        f"The next planned look is after {written.day(look[1])}: it ends there if the answer is"
        " there, or if going on is hopeless. Until then nothing is shown."
    )


def _known(view: View, experiment: Experiment) -> str:
    """On how many days the outcome is known, never what it was."""
    table, column = days(view), experiment.plan.outcome.column
    lived = [day.day for day in schedule(experiment, view.today) if day.day <= view.today]
    known = (
        int(table.loc[table.index.isin(pd.to_datetime(lived)), column].count())
        if column in table
        else 0
    )
    open_days = len(lived) - known
    return f"The outcome is known on {known}" + (
        f"; {open_days} still want their entry or tick." if open_days else "."
    )


def _earlier_day(experiment: Experiment, today: date) -> None:
    if today <= experiment.plan.first_day:
        return
    with st.expander("An earlier day", icon=":material/history:"):
        yesterday = today - timedelta(days=1)
        day = st.date_input(
            "Which day",
            value=yesterday,
            min_value=experiment.plan.first_day,
            max_value=yesterday,
            format=written.formats().date_input,
            key=f"mark-earlier-{today}",
        )
        day_buttons(experiment, day, today)


def _go_on(experiment: Experiment, today: date) -> None:
    if st.button("Go on from today", icon=":material/play_arrow:", type="primary", key="resume"):
        keep(resumed(experiment, today))
        st.rerun()


def _planned_pauses(experiment: Experiment, today: date) -> None:
    """The pauses still to come, each with the way to take it out."""
    for number, pause in enumerate(each for each in experiment.pauses if each.first_day > today):
        until = f"to {written.day(pause.last_day)}" if pause.last_day else "until you go on"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"Planned pause: {written.day(pause.first_day)} {until}.")
            if st.button("Take this pause out", key=f"unpause-{number}"):
                keep(unpaused(experiment, pause, today=today))
                st.rerun()


def _pause(experiment: Experiment, today: date) -> None:
    _planned_pauses(experiment, today)
    with st.expander("Pause or travel", icon=":material/pause:"):
        st.markdown(
            "Paused days do not count, and the rest of the plan moves back. Blocks go on where they"
            " stopped."
        )
        order = written.formats().date_input
        first = st.date_input(
            "First day away", value=today, min_value=today, format=order, key=f"pause-first-{today}"
        )
        known = st.checkbox("I know when I am back", key="pause-known")
        last = (
            st.date_input(
                "Last day away",
                value=max(first, today),
                min_value=first,
                format=order,
                key=f"pause-last-{first}",
            )
            if known
            else None
        )
        if st.button("Pause", icon=":material/pause:", key="pause"):
            _keep_pause(experiment, Pause(first_day=first, last_day=last), today)


def _keep_pause(experiment: Experiment, pause: Pause, today: date) -> None:
    try:
        keep(paused(experiment, pause, today=today))
    except LegcareError as error:
        st.error(str(error))
        return
    st.rerun()


def _end(experiment: Experiment, today: date) -> None:
    with st.expander("End early", icon=":material/stop_circle:"):
        st.markdown(
            "You may stop at any time, and should if anything gets worse. The result then rests on"
            " fewer blocks, and says so. It cannot be taken back."
        )
        why = st.text_input("Why (only for you)", max_chars=500, key="end-why")
        sure = st.checkbox("Yes, end it today", key="end-sure")
        if st.button("End this experiment", disabled=not sure, key="end"):
            keep(ended(experiment, today, why=why))
            st.rerun()


def _take_away(view: View, experiment: Experiment) -> None:
    today, table = view.today, days(view)
    with st.expander("Calendar, sheet and data", icon=":material/download:"):
        at = st.time_input(
            "Reminder every day at",
            value=time(20, 0),
            format=view.formats.time_input,
            key="remind-at",
        )
        stamp = view.now
        with st.container(horizontal=True):
            download_button(
                "Calendar file (.ics)",
                make=lambda: as_calendar(experiment, today=today, remind_at=at, stamp=stamp),
                file_name="legcare-experiment.ics",
                mime="text/calendar",
                key="take-ics",
            )
            download_button(
                "Sheet to print (HTML)",
                make=later(view.formats, lambda: as_sheet(experiment, today=today)),
                file_name="legcare-experiment.html",
                mime="text/html",
                key="take-sheet",
            )
            download_button(
                "Plan and days (JSON)",
                make=lambda: as_json(experiment, table, today=today),
                file_name="legcare-experiment.json",
                mime="application/json",
                key="take-json",
            )
