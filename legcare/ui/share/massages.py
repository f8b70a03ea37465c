"""Planned massages for the person's own calendar.

Weekdays, time and length, and the file to take away.
"""

from __future__ import annotations

from datetime import time

import streamlit as st

from legcare.reports.massages import WEEKDAYS, BadPlan, MassagePlan, massage_calendar
from legcare.ui.parts.download import download_button
from legcare.ui.shell.saving import writable
from legcare.ui.shell.session import View

REMINDERS = {
    None: "No reminder",
    0: "When it begins",
    10: "10 minutes before",
    30: "30 minutes before",
}


def massage_card(view: View) -> None:
    """Choose when, and take the massages as a calendar file."""
    st.header("Massages in your calendar", anchor=False)
    st.markdown(
        "For a phone or computer calendar: the same days every week, with a reminder. Opening a"
        " newer file later replaces the earlier massages in most calendars."
    )
    try:
        plan = _plan(view)
    except BadPlan as bad:
        st.info(str(bad))
        return
    owner, stamp = str(writable(view).person_id), view.now
    st.markdown(plan.sentence())
    download_button(
        "Calendar file (.ics)",
        make=lambda: massage_calendar(plan, owner=owner, stamp=stamp),
        file_name="legcare-massages.ics",
        mime="text/calendar",
        icon=":material/event_repeat:",
        key="massages-ics",
    )


def _plan(view: View) -> MassagePlan:
    first, now = (
        view.formats.first_weekday,
        view.now.date(),
    )  # the calendar's day, not the log's
    days = st.pills(
        "On which days",
        [(first + number) % 7 for number in range(7)],
        selection_mode="multi",
        default=[0, 2, 4],
        format_func=lambda day: WEEKDAYS[day],
        key="massages-days",
    )
    with st.container(horizontal=True):
        at = st.time_input("At", value=time(21), format=view.formats.time_input, key="massages-at")
        minutes = st.number_input("For how many minutes", 1, 240, value=10, key="massages-minutes")
        weeks = st.number_input("For how many weeks", 1, 104, value=12, key="massages-weeks")
    with st.container(horizontal=True):
        begin = st.date_input(
            "Beginning on or after",
            value=now,
            format=view.formats.date_input,
            key=f"massages-first-{now}",
        )
        remind = st.selectbox(
            "Reminder",
            list(REMINDERS),
            index=2,
            format_func=REMINDERS.__getitem__,
            key="massages-remind",
        )
    return MassagePlan(
        tuple(days), at or time(21), begin or now, int(minutes), int(weeks), remind_before=remind
    )
