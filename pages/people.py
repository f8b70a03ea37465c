"""The roster of a coach: everybody who shared their log with the address that signed in."""

from __future__ import annotations

import streamlit as st

from legcare.ui.people.roster import roster
from legcare.ui.shell.page import begin

view = begin("people", "Logs that were shared with the address you signed in with.", needs="")
guest = view.visitor.guest
lines = guest.roster(view.today, st.session_state.setdefault("roster", {})) if guest else ()
if lines:
    roster(lines)
else:
    st.markdown(
        "Nobody has shared a log with your address yet. Ask the person to make a link on their *For"
        " your doctor or coach* page and to bind it to the e-mail address that you sign in with."
    )
