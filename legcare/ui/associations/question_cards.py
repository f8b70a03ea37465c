"""Everything there is to say about one question, card by card."""

from __future__ import annotations

import streamlit as st

from legcare.analysis.associations import associate
from legcare.analysis.naive import naive
from legcare.analysis.response import response
from legcare.analysis.sensitivity import sensitivity
from legcare.charts import associations as charts
from legcare.charts import closely
from legcare.ui.associations.questions import own_names, own_units
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.glossary import hint
from legcare.ui.shell.session import View


def one_question(
    view: View, outcome: str, factor: str, lag: int, taken_out: tuple[str, ...]
) -> None:
    """Everything there is to say about one factor at one lag."""
    days, labels, mark = view.days, own_names(view.log), (outcome, factor, lag)
    found = view.once(
        ("one", *mark, *taken_out),
        lambda: associate(days, outcome=outcome, factor=factor, lag=lag, confounders=taken_out),
    )
    chart_card(charts.single_chart(found, labels))
    if not found.shown:
        return
    shape = view.once(
        ("shape", *mark), lambda: response(days, outcome=outcome, factor=factor, lag=lag)
    )
    chart_card(closely.response_chart(shape, labels, own_units(view.log)))
    holds = view.once(
        ("holds", *mark), lambda: sensitivity(days, outcome=outcome, factor=factor, lag=lag)
    )
    chart_card(closely.sensitivity_chart(holds, labels))
    if st.toggle(
        "What would a naive tool say?", key="naive", bind="query-params", help=hint("naive")
    ):
        star = view.once(
            ("naive", *mark), lambda: naive(days, outcome=outcome, factor=factor, lag=lag)
        )
        chart_card(closely.naive_chart(star, labels))
