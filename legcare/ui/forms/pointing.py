"""Pointing at the legs in place of reading lists.

A dialog over the form, whose answer goes into the form's own fields.

The button is one of the form's own, so that opening the dialog first hands over whatever was typed
in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

import streamlit as st

from legcare.records import Cramp, Massage, Place, Record, Side
from legcare.ui.forms.fields import offered
from legcare.ui.forms.leg_picker import leg_picker
from legcare.ui.forms.places import moved, on_the_legs, place_of, said, toggled

Field = Literal["areas", "tender"]
AREAS: dict[Field, str] = {"areas": "Massaged", "tender": "Sore under the hand"}
CRAMP, WHICH = "pointed-cramp", "pointed-which"
HOW = "Tap a place, or tap it again to take it back."


def point_button(record: Record, key: str) -> bool:
    """The form's second button, for records that have places; whether it was pressed just now."""
    if not isinstance(record, Cramp | Massage):
        return False
    return st.form_submit_button(
        "Point at the place" if isinstance(record, Cramp) else "Point at the places",
        key=f"point-{key}",
        icon=":material/touch_app:",
        on_click=_take_over,
        args=(record, key),
    )


def point_at(record: Record, key: str) -> None:
    """Open the dialog for the form under ``key``."""
    (_point_at_one if isinstance(record, Cramp) else _point_at_several)(key)


@st.dialog("Where was the cramp?", width="medium")
def _point_at_one(key: str) -> None:
    here: Place | None = st.session_state[CRAMP]
    with st.container(key="pointing"):
        st.markdown(HOW)
        leg_picker(on_the_legs([here] if here else []), [], _pointed_one, words=("cramp", ""))
        st.selectbox(
            "Or choose it here",
            offered([here] if here else [], (Side.LEFT, Side.RIGHT, Side.BOTH)),
            index=None,
            key=CRAMP,
            format_func=lambda place: place.label,
            placeholder="Not chosen",
        )
        if st.button(
            "Use this place", type="primary", key="pointed-use", on_click=_use_one, args=(key,)
        ):
            st.rerun()


@st.dialog("Which places?", width="medium")
def _point_at_several(key: str) -> None:
    with st.container(key="pointing"):
        st.markdown(HOW)
        picked = st.segmented_control(
            "What you point at",
            list(AREAS),
            key=WHICH,
            required=True,
            format_func=AREAS.__getitem__,
        )
        which: Field = picked or "areas"
        held: dict[Field, tuple[Place, ...]] = st.session_state[_held(key)]
        massaged, sore = on_the_legs(held["areas"]), on_the_legs(held["tender"])
        leg_picker(
            massaged, sore, partial(_pointed_several, key, which), words=("massaged", "sore")
        )
        st.markdown(said(held["areas"], held["tender"]))
        st.session_state[f"pointed-{which}"] = list(held[which])
        st.multiselect(
            f"{AREAS[which]}, from a list",
            offered(held[which]),
            key=f"pointed-{which}",
            format_func=lambda place: place.label,
            on_change=_chosen_in_list,
            args=(key, which),
        )
        if st.button(
            "Use these places",
            type="primary",
            key="pointed-use",
            on_click=_use_several,
            args=(key,),
        ):
            st.rerun()


def _take_over(record: Record, key: str) -> None:
    """Begin with what stands in the form now, saved or not."""
    state = st.session_state
    if isinstance(record, Cramp):
        state[CRAMP] = place_of(state.get(f"{key}-muscle"), state.get(f"{key}-side"))
    else:
        state[_held(key)] = {field: tuple(state.get(f"{key}-{field}") or ()) for field in AREAS}
        state[WHICH] = "areas"


def _pointed_one(place: Place) -> None:
    st.session_state[CRAMP] = moved(st.session_state[CRAMP], place)


def _pointed_several(key: str, which: Field, place: Place) -> None:
    _hold(key, which, toggled(st.session_state[_held(key)][which], place))


def _chosen_in_list(key: str, which: Field) -> None:
    _hold(key, which, st.session_state[f"pointed-{which}"])


def _hold(key: str, which: Field, places: Sequence[Place]) -> None:
    held = _held(key)
    st.session_state[held] = {**st.session_state[held], which: tuple(places)}


def _held(key: str) -> str:
    return f"pointed-{key}"


def _use_one(key: str) -> None:
    state = st.session_state
    place: Place | None = state[CRAMP]
    if place != place_of(
        state.get(f"{key}-muscle"), state.get(f"{key}-side")
    ):  # a leg without a muscle stays said
        state[f"{key}-muscle"] = place.muscle if place else None
        state[f"{key}-side"] = place.side if place else None


def _use_several(key: str) -> None:
    for field, places in st.session_state[_held(key)].items():
        st.session_state[f"{key}-{field}"] = list(places)
