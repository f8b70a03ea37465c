"""The massage answer: one place, quoted on the first screen, for the coach and on its own page."""

from __future__ import annotations

import streamlit as st

from legcare.analysis.massage import MassageAnswer, massage_answer
from legcare.charts.massage import RESEARCH, massage_chart
from legcare.ui.parts.card import chart_card
from legcare.ui.shell.menu import link
from legcare.ui.shell.session import View


def answer_of(view: View) -> MassageAnswer:
    """The answer that the visitor's whole log gives today, whatever period is chosen."""
    start, today = view.preferences.day_start, view.today
    return view.once(
        "massage answer", lambda: massage_answer(view.whole, day_start=start, today=today)
    )


def answer_card(view: View) -> None:
    """The answer with its picture, what research says, and the way to test it."""
    answer = answer_of(view)
    chart_card(massage_chart(answer), heading=st.header)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/menu_book: {RESEARCH}")
        link(view, "experiment", "Test it")
