"""The morning after: what is known of last night, and what is missing in three taps.

Every tap is kept at once, in place. Nothing here is required, and "That is all I know" ends the
asking for good.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import streamlit as st

from legcare.charts.leg_sketch import leg_sketch
from legcare.records import Cramp, Muscle, Place, Relief, Side, TrackedSpan, legcare_day, written
from legcare.ui.forms import fields
from legcare.ui.parts.picture import show_picture
from legcare.ui.parts.text import plain
from legcare.ui.shell.menu import link
from legcare.ui.shell.saving import edit, save, tap, tapped_twice, writable
from legcare.ui.shell.session import View, current_view

LEFT = "last-night/left"
WHERE = tuple(
    Place(muscle=muscle, side=side)
    for muscle in (Muscle.CALF, Muscle.FOOT, Muscle.HAMSTRING)
    for side in (Side.LEFT, Side.RIGHT)
)
MINUTES = (1, 2, 3, 5, 10, 15, 20, 30)
HELPED = (Relief.STRETCH, Relief.STAND, Relief.MASSAGE, Relief.OTHER)


def last_night_card(view: View) -> None:
    """What the night that ended this morning holds, or the question whether it held anything."""
    if view.logbook is None:
        return
    day = view.today - timedelta(days=1)
    cramps = _cramps_of(view, day)
    with st.container(border=True, key="last-night"):
        st.header(f"The night to {night_name(day)}", anchor=False)
        if not cramps:
            _quiet_night(view, day)
            return
        open_ones = {cramp.id for cramp in unfinished(view)}
        for cramp in cramps:
            _cramp_line(view, cramp)
            if cramp.id in open_ones:
                _three_taps(cramp)
        with st.container(horizontal=True):
            if open_ones:
                tap("That is all I know", leave, args=(sorted(open_ones),), key="last-night-leave")
            link(view, "today", "More details")


def night_name(day: date) -> str:
    """The morning to which the night of a legcare day leads: "Thursday"."""
    return f"{day + timedelta(days=1):%A}"


def unfinished(view: View) -> tuple[Cramp, ...]:
    """The tapped cramps of the last legcare day that lack place, how bad, minutes or relief."""
    if view.logbook is None:
        return ()
    lacking = [
        cramp
        for cramp in _cramps_of(view, view.today - timedelta(days=1))
        if cramp.source == "entered"
        and (
            cramp.severity is None
            or cramp.muscle is None
            or not cramp.relief
            or cramp.minutes is None
        )
    ]
    left = view.document(LEFT) if lacking else None
    done = set(left) if isinstance(left, list) else set()
    return tuple(cramp for cramp in lacking if str(cramp.id) not in done)


def leave(ids: list[UUID]) -> None:
    """Do not ask about these again; the cramps stay as they are."""
    writable(current_view()).remember(LEFT, [str(each) for each in ids])


def settle(day: date) -> None:
    """Say that a day and its night held no cramp: from now on none means none."""
    view = current_view()
    if not tapped_twice(f"settle-{day}", view.now):
        label = f"No cramps in the night to {night_name(day)} saved"
        save([TrackedSpan(first_day=day, last_day=day)], label, view)


def _cramps_of(view: View, day: date) -> list[Cramp]:
    start = view.preferences.day_start
    return [cramp for cramp in view.lately.cramps if legcare_day(cramp.at, start) == day]


def _quiet_night(view: View, day: date) -> None:
    """A tick that makes the night count; one that was tapped stays where it is."""
    settled = any(span.first_day <= day <= span.last_day for span in view.lately.spans)
    words = f"No cramps in the night to {night_name(day)}"
    st.markdown("No cramps." if settled else "Not logged yet, so unknown.")
    with st.container(horizontal=True):
        if settled:
            st.button(words, disabled=True, key="said-1", icon=":material/check_circle:")
        else:
            extent = f"Also settles {day:%A} itself."
            icon = ":material/check:"
            tap(words, settle, args=(day,), key="none-1", icon=icon, help=extent)
        link(view, "today", "There was one")


def _cramp_line(view: View, cramp: Cramp) -> None:
    places = [place for side in _sides(cramp) for place in [(str(cramp.muscle), side)]]
    with st.container(horizontal=True, vertical_alignment="center", key=f"night-{cramp.id}"):
        if cramp.muscle is not None and places:
            show_picture(leg_sketch(places), cramp_words(cramp), key=f"legs-{cramp.id}")
        time = view.formats.time(cramp.at) if cramp.clock.timed else cramp.clock.label
        st.markdown(f"**{time}** {plain(cramp_words(cramp))}")


def _sides(cramp: Cramp) -> list[str]:
    return ["left", "right"] if cramp.side is Side.BOTH else [str(cramp.side or "")]


def cramp_words(cramp: Cramp) -> str:
    """What is known of a cramp, in a few words."""
    known = []
    if cramp.muscle is not None:
        known.append(Place(muscle=cramp.muscle, side=cramp.side or Side.UNKNOWN).label.lower())
    if cramp.severity is not None:
        known.append(f"{written.brief(cramp.severity)} of 10")
    if cramp.minutes is not None:
        known.append(f"{written.brief(cramp.minutes, 3)} min")
    known += [one.label.lower() for one in cramp.relief]
    return ", ".join(known) or "no details yet"


def _three_taps(cramp: Cramp) -> None:
    """Where, how bad, how long, what helped: what is tapped is saved at once."""
    if cramp.muscle is None:
        key = f"{cramp.id}-where"
        st.pills(
            "Where",
            WHERE,
            format_func=lambda place: place.label,
            key=key,
            on_change=_keep,
            args=(cramp.id, key),
        )
    if cramp.severity is None:
        key = f"{cramp.id}-bad"
        st.segmented_control(
            "How bad, 0 to 10",
            fields.RATINGS,
            key=key,
            format_func=str,
            on_change=_keep,
            args=(cramp.id, key),
            wrap=True,
        )
    if cramp.minutes is None:
        key = f"{cramp.id}-long"
        st.pills(
            "How long, in minutes",
            MINUTES,
            format_func=str,
            key=key,
            on_change=_keep,
            args=(cramp.id, key),
        )
    if not cramp.relief:
        key = f"{cramp.id}-helped"
        st.pills(
            "What did you do",
            HELPED,
            format_func=lambda one: one.label,
            key=key,
            on_change=_keep,
            args=(cramp.id, key),
        )


def _keep(cramp_id: UUID, key: str) -> None:
    """Put one tapped answer into the cramp."""
    view = current_view()
    picked = st.session_state.get(key)
    cramp = next((one for one in view.lately.cramps if one.id == cramp_id), None)
    if picked is None or cramp is None:
        return
    if isinstance(picked, Place):
        update: dict[str, object] = {"muscle": picked.muscle, "side": picked.side}
    elif isinstance(picked, Relief):
        update = {"relief": (picked,)}
    else:
        field = "minutes" if key.endswith("-long") else "severity"
        update = {field: float(picked)}
    new = cramp.model_copy(update=update)
    edit(new, cramp, f"Cramp at {view.formats.time(cramp.at)}: {cramp_words(new)}", view)
