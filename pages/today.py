"""Log a cramp or a massage in one tap; the day's check-in; undo."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from legcare.records import Cramp, Massage, Workout
from legcare.ui.experiment import today_line
from legcare.ui.forms import checkin_form, keep_edit, record_form
from legcare.ui.safety.notices import safety_notice
from legcare.ui.shell.page import begin
from legcare.ui.shell.saving import save_all, tap, undo_bar
from legcare.ui.shell.session import View
from legcare.ui.today.last_night import last_night_card, unfinished
from legcare.ui.today.night import is_night, leave_the_night, log_now, night_buttons


def details(view: View) -> None:
    """What was logged in the last day and may still get its details, newest first."""
    since = view.now - timedelta(hours=30)
    entries: tuple[Cramp | Massage | Workout, ...] = (
        *view.lately.cramps,
        *view.lately.massages,
        *view.lately.workouts,
    )
    asked = {cramp.id for cramp in unfinished(view)}
    entered = (r for r in entries if r.at >= since and r.source == "entered" and r.id not in asked)
    recent = sorted(entered, key=lambda r: r.at, reverse=True)
    if recent:
        st.header("Last day and night", anchor=False)
        st.markdown("Add what you know when you feel like it. Nothing here is required.")
    for record in recent[:6]:
        with st.expander(
            f"{record.type.capitalize()} at {view.formats.time(record.at)}",
            expanded=False,
            icon=":material/edit_note:",
        ):
            edited = record_form(view, record, key=str(record.id))
            label = f"{record.type.capitalize()} at {view.formats.time(record.at)} changed"
            if edited is not None and keep_edit(edited, label):
                st.rerun()


def checkin(view: View) -> None:
    """The day's factors."""
    st.header("Check-in", anchor=False)
    picked = st.segmented_control(
        "Which day",
        [0, 1],
        default=0,
        required=True,
        key="checkin-day",
        format_func={0: "Today", 1: "Yesterday"}.__getitem__,
    )
    readings = checkin_form(view, view.today - timedelta(days=int(picked or 0)))
    if readings:
        save_all(readings, "Check-in saved")
        st.rerun()
    elif readings is not None:
        st.info("Nothing was filled in or changed, so nothing was saved.")


def rest_of_the_day(view: View) -> None:
    """Everything that can wait until the morning."""
    today_line(view)
    details(view)
    checkin(view)


view = begin("today", writes=True, needs="", undo=False)
at_night = is_night()
night_buttons(view)
if not at_night:
    safety_notice(view)
    last_night_card(view)
    tap(
        "Workout now",
        log_now,
        args=("workout",),
        key="log-workout",
        icon=":material/directions_run:",
    )
# Below the large buttons: nothing may move under a thumb that taps twice.
undo_bar(view, reloaded=True)
if at_night:
    tap(
        "Everything else for today",
        leave_the_night,
        key="night-leave",
        type="tertiary",
        icon=":material/today:",
    )
else:
    rest_of_the_day(view)
