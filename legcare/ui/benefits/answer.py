"""The massage answer: one place, quoted on the first screen, for the coach and on its own page."""

from __future__ import annotations

import streamlit as st

from legcare.analysis.massage import (
    MassageAnswer,
    forecast,
    massage_answer,
    massage_nights,
)
from legcare.charts.massage import answer_chart, forecast_sentences
from legcare.ui.parts.card import chart_card
from legcare.ui.shell.menu import link
from legcare.ui.shell.session import View

RESEARCH = "Research has hardly tested massage for ordinary leg cramps."


def answer_of(view: View) -> MassageAnswer:
    """The answer that the visitor's whole log gives today, whatever period is chosen."""
    start, today = view.preferences.day_start, view.today
    return view.once(
        "massage answer", lambda: massage_answer(view.whole, day_start=start, today=today)
    )


def answer_card(view: View) -> None:
    """The answer with its picture, what research says, and the way to test it."""
    start, today = view.preferences.day_start, view.today
    chart = view.once(
        "massage chart",
        lambda: answer_chart(
            answer_of(view), massage_nights(view.whole, day_start=start, today=today)
        ),
    )
    chart_card(chart, heading=st.header)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/menu_book: {RESEARCH}")
        link(view, "experiment", "Test it")


def forecast_line(view: View) -> None:
    """What the next two weeks may bring, and how such forecasts have fared."""
    start, today = view.preferences.day_start, view.today
    lines = view.once(
        "forecast",
        lambda: forecast_sentences(forecast(view.whole, day_start=start, today=today)),
    )
    if lines:
        st.markdown(":material/event_upcoming: " + " ".join(lines))
