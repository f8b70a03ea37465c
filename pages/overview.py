"""What the log says now; the welcome screen when it is empty."""

from __future__ import annotations

import streamlit as st

from legcare.charts.calendar import calendar_chart
from legcare.ui.overview.cards import against_before, how_often, what_stands_out, what_today_asks
from legcare.ui.overview.welcome import welcome
from legcare.ui.parts.card import chart_card
from legcare.ui.share.shares import comments_for_owner
from legcare.ui.shell.coach import comment_form
from legcare.ui.shell.page import begin
from legcare.ui.shell.session import View
from legcare.ui.today.last_night import last_night_note

WEEKS = 12


def now(view: View) -> None:
    """The cards on top; what today asks is for the person whose log it is."""
    cards = (how_often, against_before, *((what_today_asks,) if view.logbook else ()))
    for place, card in zip(st.columns(len(cards), border=True), cards, strict=True):
        with place:
            card(view)


view = begin("Overview", needs="")
if len(view.whole):
    last_night_note(view)
    now(view)
    what_stands_out(view)
    chart_card(
        calendar_chart(
            view.log,
            view.shown_days,
            day_start=view.preferences.day_start,
            weeks=WEEKS,
            first_weekday=view.formats.first_weekday,
        ),
        heading=st.header,
    )
    comments_for_owner(view)
    comment_form(view)
else:
    welcome(view)
