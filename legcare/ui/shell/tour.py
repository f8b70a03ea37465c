"""A short tour of four steps that can be left at any time and found again in the sidebar."""

from __future__ import annotations

import streamlit as st

STEPS = (
    (
        "Log",
        (
            "*Today* has two large buttons. One tap saves a cramp or a massage with its time; that"
            " is enough at night. Details can wait for the morning, and *Undo* takes a tap back."
        ),
    ),
    (
        "Say when there was none",
        (
            "A day without an entry is unknown; it never counts as zero. *No cramps today*, or a"
            " stretch of days in the *Diary*, makes a day count. This habit is what makes the"
            " numbers good."
        ),
    ),
    (
        "Read",
        (
            "*Does massage help?* gives the answer of your own log, as far as it goes. *Test it*"
            " plans an experiment, which can tell more than any diary. *How often*, *When* and"
            " *What goes with it* show the rest."
        ),
    ),
    (
        "Take it with you",
        (
            "Each chart has its CSV. *For your doctor or coach* gives you a page to print and"
            " everything as a ZIP that *Add files* reads back. *Safety* says when to stop logging"
            " and see someone."
        ),
    ),
)
_STEP = "tour-step"


def tour_button(key: str) -> None:
    """The button that opens the tour at its beginning."""
    if st.button("Short tour", icon=":material/tour:", key=key):
        st.session_state[_STEP] = 0
        tour()


@st.dialog("Short tour")
def tour() -> None:
    """One step at a time; closing it leaves the tour."""
    step = int(st.session_state.get(_STEP, 0))
    title, words = STEPS[step]
    st.markdown(f"**{step + 1} of {len(STEPS)}: {title}**")
    st.markdown(words)
    with st.container(horizontal=True):
        st.button("Back", on_click=_go, args=(step - 1,), disabled=step == 0, key="tour-back")
        if step + 1 < len(STEPS):
            st.button("Next", on_click=_go, args=(step + 1,), type="primary", key="tour-next")
        if st.button("Leave the tour" if step + 1 < len(STEPS) else "Done", key="tour-leave"):
            st.rerun()


def _go(step: int) -> None:
    st.session_state[_STEP] = step
