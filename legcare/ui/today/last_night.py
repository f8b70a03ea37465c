"""The morning after.

Cramps of last night that were saved with one tap and may still get their details.

Nothing here is required, and "That is all I know" ends the asking for good.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import streamlit as st

from legcare.records import Cramp, legcare_day
from legcare.ui.forms import record_form
from legcare.ui.shell.menu import link
from legcare.ui.shell.saving import edit, tap, writable
from legcare.ui.shell.session import View, current_view

LEFT = "last-night/left"


def unfinished(view: View) -> tuple[Cramp, ...]:
    """The tapped cramps of the last legcare day without severity and leg, oldest first."""
    if view.logbook is None:
        return ()
    day, start = view.today - timedelta(days=1), view.preferences.day_start
    found = [
        cramp
        for cramp in view.lately.cramps
        if cramp.source == "entered"
        and legcare_day(cramp.at, start) == day
        and cramp.severity is None
        and cramp.side is None
    ]
    left = view.document(LEFT) if found else None
    known = set(left) if isinstance(left, list) else set()
    return tuple(
        sorted((cramp for cramp in found if str(cramp.id) not in known), key=lambda cramp: cramp.at)
    )


def last_night_note(view: View) -> None:
    """On the overview: how many there are, and the way to them."""
    cramps = unfinished(view)
    if cramps:
        with st.container(border=True, key="last-night-note"):
            st.markdown(f":material/bedtime: {_said(view, cramps)}")
            link(view, "today", "Add what you remember")


def last_night_card(view: View) -> None:
    """On Today: one form for each, and a way to leave it at that."""
    cramps = unfinished(view)
    if not cramps:
        return
    with st.container(border=True, key="last-night"):
        st.header("Last night", anchor=False)
        st.markdown(f"{_said(view, cramps)} Leave out what you do not know.")
        for cramp in cramps:
            st.markdown(f"**Cramp at {view.formats.time(cramp.at)}**")
            new = record_form(view, cramp, key=str(cramp.id))
            if new is not None and new != cramp:
                edit(new, f"Cramp at {view.formats.time(cramp.at)} changed")
                st.rerun()
        ids = [cramp.id for cramp in cramps]
        tap("That is all I know", leave, args=(ids,), key="last-night-leave")


def leave(ids: list[UUID]) -> None:
    """Do not ask about these again; the cramps stay as they are."""
    writable(current_view()).remember(LEFT, [str(each) for each in ids])


def _said(view: View, cramps: tuple[Cramp, ...]) -> str:
    times = ", ".join(view.formats.time(cramp.at) for cramp in cramps)
    if len(cramps) == 1:
        return f"One cramp of the last day and night has no details yet: {times}."
    return f"{len(cramps)} cramps of the last day and night have no details yet: {times}."
