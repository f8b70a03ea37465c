"""Ask first, show later: beliefs before results, and what changed since the last visit."""

from __future__ import annotations

from typing import cast

import streamlit as st

from legcare.analysis.benefits import Seven
from legcare.analysis.benefits.visits import (
    BELIEFS,
    LAST_VISIT,
    Belief,
    Change,
    Seen,
    changes,
    snapshot,
)
from legcare.records import DESCRIBED
from legcare.ui.shell.page import end
from legcare.ui.shell.session import View, exploring

CLAIMS = {
    "circulation": "Massage improves circulation",
    "tension": "Massage reduces muscle tension",
    "flexibility": "Massage promotes flexibility",
    "waste": "Massage helps in removing toxins",
    "stress": "Massage relieves stress",
    "recovery": "Massage enhances muscle recovery",
    "problem_areas": "Massage identifies problem areas",
}
FACTORS = ("hydration_ml", "exercise_min", "sleep_h", "stress", "magnesium_mg", "stretch_min")
FACTOR = "factor:"
CHANGED = "benefits-changed"


def beliefs_asked(view: View) -> dict[str, str]:
    """What the person said they believe, by claim.

    Asks and stops the page where they were never asked.

    A visitor who may only read, and one exploring a sample, is not asked.
    """
    logbook = view.logbook
    if logbook is None or exploring(view):
        return {}
    held = view.document(BELIEFS)
    if isinstance(held, dict):
        return {str(key): str(value) for key, value in held.items()}
    given = _form()
    if given is not None:
        logbook.remember(BELIEFS, cast("dict[str, object]", given))  # type: ignore[arg-type]
        st.rerun()
    return end(view)


def _form() -> dict[str, str] | None:
    """The answers, none of them required; None until the form is sent."""
    st.header("Before you look", anchor=False)
    st.markdown(
        "What do you expect? Once you have seen a result it is hard to remember what you thought"
        " before. Your answers are kept beside your log and shown next to the results."
    )
    with st.form(key="beliefs"):
        said = {
            key: st.segmented_control(claim, list(Belief), key=f"belief-{key}", format_func=str)
            for key, claim in CLAIMS.items()
        }
        matters = st.pills(
            "What do you think goes with your cramps?",
            list(FACTORS),
            selection_mode="multi",
            format_func=lambda key: DESCRIBED[key].label,
            key="belief-factors",
        )
        sent = st.form_submit_button("Show my results", type="primary")
        skipped = st.form_submit_button("Skip")
    if skipped:
        return {}
    if not sent:
        return None
    return {key: str(value) for key, value in said.items() if value} | {
        f"{FACTOR}{key}": str(Belief.YES) for key in matters
    }


def what_changed(view: View, seven: Seven) -> tuple[Change, ...]:
    """What differs from the last visit.

    Worked out once per browser session, then today becomes the last visit.
    """
    logbook = view.logbook
    if logbook is None or exploring(view) or view.span is not None:
        return ()
    held: tuple[Change, ...] | None = st.session_state.get(CHANGED)
    if held is None:
        before = view.document(LAST_VISIT)
        held = changes(cast("dict[str, Seen]", before) if isinstance(before, dict) else None, seven)
        st.session_state[CHANGED] = held
        logbook.remember(LAST_VISIT, cast("dict[str, object]", snapshot(seven)))  # type: ignore[arg-type]
    return held


def show_changes(found: tuple[Change, ...]) -> None:
    """The changes as one quiet list."""
    if found:
        with st.expander(f"Since your last visit: {len(found)} changed", expanded=True):
            st.markdown("\n".join(f"- {change.sentence}" for change in found))
