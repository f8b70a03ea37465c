"""Everything there is to say about one question, card by card."""

from __future__ import annotations

import streamlit as st

from legcare.analysis.associations import associate
from legcare.analysis.naive import naive
from legcare.analysis.response import response
from legcare.analysis.sensitivity import sensitivity
from legcare.charts import associations as charts
from legcare.charts import one_question as cards
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.glossary import hint
from legcare.ui.shell.session import View


def one_question(
    view: View, outcome: str, factor: str, lag: int, confounders: tuple[str, ...]
) -> None:
    """All there is to say about one factor at one lag, the confounders taken out of each card."""
    days, mark = view.days, (outcome, factor, lag, *confounders)
    found = view.once(
        ("one", *mark),
        lambda: associate(days, outcome=outcome, factor=factor, lag=lag, confounders=confounders),
    )
    chart_card(charts.single_chart(found))
    if not found.shown:
        return
    shape = view.once(
        ("shape", *mark),
        lambda: response(days, outcome=outcome, factor=factor, lag=lag, confounders=confounders),
    )
    chart_card(cards.response_chart(shape))
    holds = view.once(
        ("holds", *mark),
        lambda: sensitivity(days, outcome=outcome, factor=factor, lag=lag, confounders=confounders),
    )
    chart_card(cards.sensitivity_chart(holds))
    if st.toggle(
        "What would a naive tool say?", key="naive", bind="query-params", help=hint("naive")
    ):
        star = view.once(
            ("naive", *mark),
            lambda: naive(days, outcome=outcome, factor=factor, lag=lag, confounders=confounders),
        )
        chart_card(cards.naive_chart(star))
