"""Before a plan comes the question whether it is safe for this person."""

from __future__ import annotations

import streamlit as st

from legcare.analysis.safety import Level, Reply, due, safety_text
from legcare.ui.safety.notices import long_cramp_question, met_of, replies_of, reply
from legcare.ui.shell.saving import tap
from legcare.ui.shell.session import View


def is_safe(view: View) -> bool:
    """The safety check: nobody with a red flag plans an experiment here."""
    st.header("First, is it safe for you?", anchor=False)
    if long_cramp_question(view):
        return False
    unseen = due(met_of(view), replies_of(view), view.today)
    for notice in unseen:
        st.warning(f"{notice.line.level.heading}. {notice.sentence}")
    text = safety_text()
    st.markdown(text.banner)
    with st.expander(
        "When not to massage, and when to ask first", icon=":material/health_and_safety:"
    ):
        for level in (Level.EMERGENCY, Level.SAME_DAY, Level.AVOID, Level.ASK_FIRST):
            st.markdown(f"**{level.heading}**")
            st.markdown(
                "\n".join(
                    f"- {line.text}"
                    for line in (*text.red_flags, *text.cautions)
                    if line.level is level
                )
            )
    if unseen:
        rules = [(notice.rule, float(notice.measure)) for notice in unseen]
        tap("I have had this looked at", reply, args=(rules, Reply.ASKED), key="plan-looked-at")
        return False
    sure = st.checkbox(
        "I have read this: none of it applies to me, or I have asked and may go on", key="plan-safe"
    )
    if not sure:
        st.caption("Tick this to go on to the plan.")
    return sure
