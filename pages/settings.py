"""Day start, units, what the check-in asks, own factors, backup, delete everything."""

from __future__ import annotations

from datetime import time

import streamlit as st

from legcare.records import Preferences, written, zones
from legcare.ui.forms.formats import format_fields
from legcare.ui.parts.sources import preferred_sources
from legcare.ui.parts.text import plain
from legcare.ui.phone.card import phones_card
from legcare.ui.settings.backups import backups_card
from legcare.ui.settings.factors import own_factor_form
from legcare.ui.shell.page import begin
from legcare.ui.shell.saving import writable
from legcare.ui.shell.session import View
from legcare.ui.shell.sign_in import sign_out_everywhere
from legcare.ui.shell.visitor import Mode

BROWSER = "As the browser says"


def keep(view: View, **chosen: object) -> None:
    """Store changed preferences and draw the page anew."""
    writable(view).set_preferences(
        Preferences.model_validate({**view.preferences.model_dump(), **chosen})
    )
    st.toast("Settings saved")
    st.rerun()


def reading_the_log(view: View) -> None:
    """Day start, zone, units and formats."""
    now = view.preferences
    choices = [BROWSER, *sorted(zones())]
    with st.form("reading"):
        st.header("How your log is read", anchor=False)
        start = st.time_input(
            "A day starts at",
            value=now.day_start,
            step=1800,
            format=view.formats.time_input,
            key="day-start",
            help=(
                "A cramp before this time counts for the day before, so that one night stays one"
                " night."
            ),
        )
        zone = st.selectbox(
            "Time zone", choices, index=choices.index(now.zone) if now.zone else 0, key="zone"
        )
        written = format_fields(now)
        if st.form_submit_button("Save", key="save-reading"):
            keep(view, day_start=start or time(6), zone="" if zone == BROWSER else zone, **written)


def checkin_factors(view: View) -> None:
    """What the daily check-in asks for."""
    factors = view.whole.factors
    with st.form("factors"):
        st.header("What the check-in asks", anchor=False)
        chosen = st.multiselect(
            "Factors",
            list(factors),
            default=[k for k in view.preferences.checkin if k in factors],
            format_func=lambda key: factors[key].titled(view.formats.units),
            key="checkin-factors",
        )
        if st.form_submit_button("Save", key="save-factors"):
            keep(view, checkin=tuple(chosen))


def own_factors(view: View) -> None:
    """Factors that the person defines."""
    st.header("Your own factors", anchor=False)
    for factor in view.preferences.own_factors:
        st.markdown(
            f"- {plain(factor.title)}, {written.brief(factor.low)} to {written.brief(factor.high)}"
        )
    new = own_factor_form(view.whole.factors)
    if new is not None:
        own = (*view.preferences.own_factors, new)
        keep(view, own_factors=own, checkin=(*view.preferences.checkin, new.key))


def everywhere(view: View) -> None:
    """End every sign-in on every device, where there is a sign-in."""
    if view.visitor.mode is Mode.HOSTED:
        st.header("Signed in", anchor=False)
        st.markdown(
            "If you left a browser signed in somewhere, end every sign-in at once, this one"
            " included."
        )
        if st.button("Sign out everywhere", icon=":material/logout:", key="sign-out-everywhere"):
            sign_out_everywhere(writable(view))


def erase(view: View) -> None:
    """Delete everything, after the person has typed the word."""
    with st.expander("Delete everything", icon=":material/delete_forever:"):
        st.markdown(
            "This deletes your whole log, your settings, the history of changes and every backup"
            " that legcare made. Take your log with you first: *For your doctor or coach*,"
            " *Everything as ZIP*."
        )
        keep_backup = view.visitor.mode is Mode.LOCAL and st.checkbox(
            "Keep one backup for 30 days, in case I want it back", key="erase-keep"
        )
        said = st.text_input("Type DELETE to confirm", key="erase-word")
        if st.button("Delete everything", disabled=said != "DELETE", key="erase"):
            writable(view).erase(keep_backup=keep_backup)
            st.session_state.clear()
            st.rerun()


view = begin("settings", writes=True, needs="")
reading_the_log(view)
checkin_factors(view)
own_factors(view)
preferred_sources(view)
backups_card(view)
phones_card(view)
everywhere(view)
erase(view)
