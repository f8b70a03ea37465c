"""One question before the answer is read, and what changed since the last visit."""

from __future__ import annotations

from typing import cast

import streamlit as st

from legcare.analysis.benefits import Seven
from legcare.analysis.benefits.visits import (
    BELIEFS,
    LAST_VISIT,
    MASSAGE,
    Belief,
    Change,
    Seen,
    changes,
    snapshot,
)
from legcare.charts.massage import state_of
from legcare.ui.benefits.answer import answer_of
from legcare.ui.shell.session import View, exploring

FACTOR = "factor:"
CHANGED = "benefits-changed"


def beliefs_of(view: View) -> dict[str, str]:
    """What the person said they believe, by claim; one optional question where never asked.

    A visitor who may only read, and one exploring a sample, is not asked.
    """
    logbook = view.logbook
    if logbook is None or exploring(view):
        return {}
    held = view.document(BELIEFS)
    if isinstance(held, dict):
        return {str(key): str(value) for key, value in held.items()}
    answer = st.segmented_control(
        "Before you look: do you think massage helps your cramps? (You need not say.)",
        list(Belief),
        format_func=str,
        key="belief-massage",
    )
    if answer is not None:
        logbook.remember(BELIEFS, {MASSAGE: str(answer)})
        st.rerun()
    return {}


def show_belief(beliefs: dict[str, str]) -> None:
    """What was expected of massage, beside the answer."""
    if MASSAGE in beliefs:
        st.markdown(f"Before you saw results you said: *{beliefs[MASSAGE].lower()}*.")


def what_changed(view: View, seven: Seven) -> tuple[Change, ...]:
    """What differs from the last visit.

    Worked out once per browser session, then today becomes the last visit.
    """
    logbook = view.logbook
    if logbook is None or exploring(view) or view.span is not None:
        return ()
    held: tuple[Change, ...] | None = st.session_state.get(CHANGED)
    if held is None:
        document, answer = view.document(LAST_VISIT), str(state_of(answer_of(view)))
        before = cast("dict[str, Seen]", document) if isinstance(document, dict) else None
        held = changes(before, seven, answer)
        st.session_state[CHANGED] = held
        logbook.remember(LAST_VISIT, cast("dict[str, object]", snapshot(seven, answer)))  # type: ignore[arg-type]
    return held


def show_changes(found: tuple[Change, ...]) -> None:
    """The changes as one quiet list."""
    if found:
        with st.expander(f"Since your last visit: {len(found)} changed", expanded=True):
            st.markdown("\n".join(f"- {change.sentence}" for change in found))
