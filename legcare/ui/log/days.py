"""Settling days: saying in which days every cramp was logged, so that none means none."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import streamlit as st

from legcare.records import tracked_days
from legcare.ui.parts.picking import Span, calendar_to_pick
from legcare.ui.shell.session import View


def settle_days(view: View) -> list[Span]:
    """Show how many days are settled and let the person settle a stretch.

    The spans once they confirmed.
    """
    tracked = tracked_days(view.whole, day_start=view.preferences.day_start)
    st.header("Days", anchor=False)
    if len(view.shown_days):
        calendar_to_pick(view)
    with st.form(key="settle", border=True):
        st.markdown(
            f"**I logged every cramp in these days** ({len(tracked)} days are settled so far)."
        )
        picked = st.date_input(
            "First and last day",
            value=_suggestion(view, tracked),
            max_value=view.today,
            key="settle-range",
            format=view.formats.date_input,
        )
        sent = st.form_submit_button("Settle these days", icon=":material/event_available:")
    if not sent:
        return []
    if not isinstance(picked, tuple) or len(picked) != 2:
        st.error(
            "Pick two days: the first and the last of the stretch in which you logged every cramp."
        )
        return []
    return [(picked[0], picked[1])]


def _suggestion(view: View, tracked: set[date]) -> Span:
    """The first stretch between two tracked days that is not settled, at most 14 days.

    Else yesterday.
    """
    days = sorted(tracked)
    for before, after in pairwise(days):
        if 1 < (after - before).days <= 15:
            return before + timedelta(days=1), after - timedelta(days=1)
    yesterday = view.today - timedelta(days=1)
    return yesterday, yesterday
