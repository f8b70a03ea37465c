"""While it hurts: what to do, what was done, and *Gone*, which gives the minutes.

Everything stays in its place while the card is there, so that no tap lands on something else. A
*Gone* that was forgotten leaves the minutes unknown; the morning asks for them.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import streamlit as st

from legcare.records import Clock, Cramp, Relief, written
from legcare.ui.shell.saving import edit, tap
from legcare.ui.shell.session import View, current_view

SHOWN_FOR = timedelta(minutes=20)
WHAT_TO_DO = (
    "**Calf or foot:** straighten the knee, pull your toes up towards your shin and hold. Or stand"
    " and press the heel down, holding on to something.",
    "**Thigh:** at the back, straighten the knee; at the front, bend it, heel to buttock.",
    "**Rub** the muscle firmly. It may stay sore for a day; warmth helps.",
)
GET_HELP = (
    "Still hard after 10 minutes, or the leg is swollen, hot or red: **do not rub; get help.**"
)
ACTIONS = {
    Relief.STRETCH: "Stretched",
    Relief.STAND: "Stood",
    Relief.MASSAGE: "Rubbed",
    Relief.OTHER: "Other",
}


def hurting_card(view: View) -> None:
    """The card of the cramp that was tapped a moment ago; nothing where there is none."""
    cramp = latest(view)
    if cramp is None:
        return
    with st.container(border=True, key="hurting"):
        for line in WHAT_TO_DO:
            st.markdown(line)
        st.markdown(f":material/health_and_safety: {GET_HELP}")
        _gone_button(cramp)
        with st.container(horizontal=True):
            for relief, label in ACTIONS.items():
                _action_button(cramp, relief, label)


def latest(view: View) -> Cramp | None:
    """The newest cramp that was entered with its time in the last 20 minutes."""
    since = view.now - SHOWN_FOR
    recent = [
        cramp
        for cramp in view.lately.cramps
        if since <= cramp.at <= view.now
        and cramp.source == "entered"
        and cramp.clock is Clock.EXACT
    ]
    return recent[-1] if recent else None


def gone(cramp_id: UUID) -> None:
    """It is over: keep the minutes since the onset, once."""
    view = current_view()
    cramp = _cramp(view, cramp_id)
    if cramp is not None and cramp.minutes is None:
        minutes = _minutes_since(view, cramp)
        label = f"Gone after {written.brief(minutes, 3)} min saved"
        edit(cramp.model_copy(update={"minutes": minutes}), cramp, label, view)


def act(cramp_id: UUID, relief: Relief) -> None:
    """Something was done: keep it after what was done before, with its minute."""
    view = current_view()
    cramp = _cramp(view, cramp_id)
    if cramp is None or relief in cramp.relief:
        return
    update: dict[str, object] = {"relief": (*cramp.relief, relief)}
    if len(cramp.relief_after) == len(
        cramp.relief
    ):  # else the minutes of an earlier one are unknown
        update["relief_after"] = (*cramp.relief_after, _minutes_since(view, cramp))
    edit(cramp.model_copy(update=update), cramp, f"{ACTIONS[relief]} saved", view)


def _gone_button(cramp: Cramp) -> None:
    over = cramp.minutes is not None
    tap(
        f"Gone after {written.brief(cramp.minutes or 0, 3)} min" if over else "Gone",
        gone,
        args=(cramp.id,),
        key="gone",
        type="primary",
        width="stretch",
        disabled=over,
        icon=":material/check:",
    )


def _action_button(cramp: Cramp, relief: Relief, label: str) -> None:
    kept = relief in cramp.relief
    icon = ":material/check_circle:" if kept else ":material/radio_button_unchecked:"
    args = (cramp.id, relief)
    tap(label, act, args=args, key=f"did-{relief}", disabled=kept, icon=icon)


def _cramp(view: View, cramp_id: UUID) -> Cramp | None:
    return next((cramp for cramp in view.lately.cramps if cramp.id == cramp_id), None)


def _minutes_since(view: View, cramp: Cramp) -> float:
    return round((view.now - cramp.at).total_seconds() / 60, 1)
