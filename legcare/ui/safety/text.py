"""The safety text as a page shows it."""

from __future__ import annotations

import streamlit as st

from legcare.analysis.safety import RECENT_DAYS, RULES, Level, SafetyLine, safety_text
from legcare.ui.shell.formats import emergency_number


def show_safety() -> None:
    """The whole text: banner, red flags by urgency, when not to massage."""
    text = safety_text()
    st.warning(text.banner, icon=":material/health_and_safety:")
    st.header("When to get help", anchor=False)
    for level in (Level.EMERGENCY, Level.SAME_DAY, Level.APPOINTMENT):
        _section(level, text.red_flags)
    st.header("Before you massage", anchor=False)
    for level in (Level.AVOID, Level.ASK_FIRST):
        _section(level, text.cautions)
    st.markdown(text.risk)
    with st.expander("When your log itself raises a notice"):
        st.markdown(
            f"Looking at the last {RECENT_DAYS} days:\n" + "\n".join(f"- {rule}" for rule in RULES)
        )
        st.caption(
            "These thresholds are ours, chosen to be careful. They are not medical limits."
            " Swelling, warmth and the other signs above are not in the log: watch for them"
            " yourself."
        )
    with st.expander("Sources"):
        sources = {
            number: page
            for line in (*text.red_flags, *text.cautions)
            for number, page in line.sources
        }
        st.markdown("\n".join(f"- {number}: {page}" for number, page in sorted(sources.items())))
        st.caption("Most were read as stored copies or excerpts, not as the live page.")


def _section(level: Level, lines: tuple[SafetyLine, ...]) -> None:
    heading = level.heading
    if level is Level.EMERGENCY and (number := emergency_number()):
        heading = f"Emergency: call {number}"
    st.subheader(heading, anchor=False)
    held = [
        (line.text, ", ".join(number for number, _ in line.sources))
        for line in lines
        if line.level is level
    ]
    st.markdown("\n".join(f"- {text} ({numbers})" for text, numbers in held))
