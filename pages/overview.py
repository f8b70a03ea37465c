"""What the log says now; the welcome screen when it is empty."""

from __future__ import annotations

import streamlit as st

from legcare.charts.calendar import calendar_chart
from legcare.ui.card import chart_card
from legcare.ui.coach import comment_form
from legcare.ui.last_night import last_night_note
from legcare.ui.overview import against_before, how_often, what_stands_out, what_today_asks
from legcare.ui.page import begin
from legcare.ui.session import View
from legcare.ui.shares import comments_for_owner
from legcare.ui.welcome import welcome

WEEKS = 12


def now(looking: View) -> None:
    """The three cards on top."""
    often, before, today = st.columns(3, border=True)
    with often:
        how_often(looking)
    with before:
        against_before(looking)
    with today:
        what_today_asks(looking)


looking = begin("Overview", needs="")
if len(looking.whole):
    last_night_note(looking)
    now(looking)
    chart_card(
        calendar_chart(
            looking.log,
            looking.days,
            day_start=looking.preferences.day_start,
            weeks=WEEKS,
            first_weekday=looking.formats.first_weekday,
        ),
        heading=st.header,
    )
    what_stands_out(looking)
    comments_for_owner(looking)
    comment_form(looking)
else:
    welcome(looking)
