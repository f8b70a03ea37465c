"""Picking days on the calendar: a tap on the first day and a tap on the last, by mouse or finger.

Not by dragging: a finger that drags scrolls the page, and where dragging picks, Streamlit hears no
taps.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from legcare.charts import sentences as say
from legcare.charts.calendar import calendar_chart, pickable, picked_days
from legcare.records import TrackedSpan
from legcare.ui.parts.card import Picking, chart_card
from legcare.ui.shell.saving import save
from legcare.ui.shell.session import View

Span = tuple[date, date]
WEEKS = 16  # more would be too small for a thumb; older days are settled by their dates
_PICKED = "picked-days"
_ROUND = "picking-round"


def calendar_to_pick(view: View) -> None:
    """Show the last weeks of the period, and the button for days picked on them."""
    chart = pickable(
        calendar_chart(
            view.log,
            view.shown_days.tail(7 * WEEKS),
            day_start=view.preferences.day_start,
            first_weekday=view.formats.first_weekday,
        )
    )
    key = f"days-{st.session_state.get(_ROUND, 0)}"
    chart_card(chart, picking=Picking(key, lambda: _pick(key)))
    _offer(st.session_state.get(_PICKED))


def joined(before: Span | None, days: list[date]) -> Span | None:
    """The stretch after picking ``days``: one day after a single day is its other end."""
    if not days:
        return None
    if len(days) == 1 and before is not None and before[0] == before[1]:
        return min(before[0], days[0]), max(before[0], days[0])
    return days[0], days[-1]


def _pick(key: str) -> None:
    state: Any = st.session_state.get(key)
    points = state["selection"]["points"] if state else []
    st.session_state[_PICKED] = joined(st.session_state.get(_PICKED), picked_days(points))


def _offer(span: Span | None) -> None:
    if span is None:
        st.markdown(
            "Tap the first and the last day of a stretch to settle it in one go. The calendar"
            f" shows the last {WEEKS} weeks; settle older days by their dates below."
        )
        return
    first, last = span
    words = (
        say.day_words(first)
        if first == last
        else f"{say.day_words(first)} to {say.day_words(last)}"
    )
    with st.container(horizontal=True):
        st.button(
            f"I logged every cramp: {words}",
            on_click=_settle,
            args=(span,),
            key="settle-picked",
            type="primary",
            icon=":material/event_available:",
        )
        st.button("Pick anew", on_click=_clear, key="pick-anew")


def _settle(span: Span) -> None:
    first, last = span
    save([TrackedSpan(first_day=first, last_day=last)], "Days settled as logged")
    _clear()


def _clear() -> None:
    st.session_state.pop(_PICKED, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
