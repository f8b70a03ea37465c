"""The first screen of a newcomer: three ways in, and what happens to the data."""

from __future__ import annotations

import streamlit as st

from legcare.samples import people
from legcare.ui.shell.menu import link
from legcare.ui.shell.samples import open_sample
from legcare.ui.shell.session import View
from legcare.ui.shell.tour import tour_button
from legcare.ui.shell.visitor import Mode

KEPT = {
    Mode.LOCAL: (
        "What you enter stays in one file on this machine. Nothing is sent anywhere, and no network"
        " is needed."
    ),
    Mode.EXPLORE: (
        "Nothing is kept: what you enter is gone when you close this page, unless you take it with"
        " you."
    ),
    Mode.HOSTED: (
        "What you enter is kept in this service's database under your sign-in. You can take it away"
        " or delete it whole at any time, and nobody sees it unless you share it."
    ),
}


def welcome(view: View) -> None:
    """Draw the three ways in."""
    st.markdown(
        "**Does massage help your leg cramps? Find out from your own diary.** legcare counts your"
        " cramps after massages and without, and says how sure that is. No promises."
    )
    tour_button("tour-welcome")
    sample, upload, first = st.columns(3, border=True)
    with sample:
        st.header("Explore a sample", anchor=False)
        st.markdown("Three invented people, marked as such. Nothing is kept.")
        for person in people():
            key = f"sample-{person.key}"
            st.button(person.name, on_click=open_sample, args=(person.key,), key=key)
            st.caption(person.about)
    with upload:
        st.header("Upload what you have", anchor=False)
        st.markdown("A spreadsheet of cramps or massages, or the export of a watch or another app.")
        link(view, "upload", "Upload a file")
    with first:
        st.header("Log a first cramp", anchor=False)
        st.markdown("One tap is enough. Details can wait until the morning.")
        link(view, "today", "Log a cramp")
    st.markdown(f":material/lock: {KEPT[view.visitor.mode]}")
