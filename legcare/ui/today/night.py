"""One tap in the dark: the two large buttons, and what a tap saves."""

from __future__ import annotations

import streamlit as st

from legcare.records import Cramp, Massage, Workout
from legcare.ui.shell.saving import save, tap, tapped_twice
from legcare.ui.shell.session import View, current_view
from legcare.ui.today.hurting import hurting_card

DO = "do"
ONE_TAP: dict[str, type[Cramp | Massage | Workout]] = {
    "cramp": Cramp,
    "massage": Massage,
    "workout": Workout,
}


def log_now(kind: str) -> None:
    """One tap: a cramp, a massage or a workout, now."""
    view = current_view()
    now = view.now
    if not tapped_twice(kind, now):
        label = f"{kind.capitalize()} at {view.formats.time(now)} saved"
        save([ONE_TAP[kind](at=now)], label, view)


def night_buttons(view: View) -> None:
    """The two that matter at 3 a.m., big enough for a thumb in the dark, and what to do then.

    The theme has no height for buttons.
    """
    st.html(
        "<style>.st-key-night-cramp button, .st-key-night-massage button, .st-key-gone button"
        " {min-height: 64px}</style>"
    )
    first, second = st.columns(2)
    with first:
        _cramp_button()
    with second:
        _massage_button()
    if not is_night():  # there everything fits on one screen, and no log is read
        hurting_card(view)


def _cramp_button() -> None:
    tap(
        "Cramp now",
        log_now,
        args=("cramp",),
        key="night-cramp",
        type="primary",
        width="stretch",
        icon=":material/bolt:",
    )


def _massage_button() -> None:
    tap(
        "Massage now",
        log_now,
        args=("massage",),
        key="night-massage",
        width="stretch",
        icon=":material/spa:",
    )


def is_night() -> bool:
    """Whether the page was opened by the bookmark for the night, ``/today?do=cramp``.

    Opening it saves nothing.
    """
    return st.query_params.get(DO) == "cramp"


def leave_the_night() -> None:
    """Go on to everything else that Today holds."""
    st.query_params.pop(DO, None)
