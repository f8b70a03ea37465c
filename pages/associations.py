"""What goes with it.

A few questions fixed in advance, one of them closely, and everything else to explore.
"""

from __future__ import annotations

import streamlit as st

from legcare.analysis.estimate import Association
from legcare.analysis.findings import main_questions as main_family
from legcare.analysis.headline import absent, questions_of
from legcare.analysis.units import MASSAGE
from legcare.charts import associations as charts
from legcare.charts import sentences as say
from legcare.ui.associations.question_cards import one_question
from legcare.ui.associations.questions import (
    OUTCOMES,
    asked,
    cells,
    factors_of,
    listed,
    others,
    shown_name,
)
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.glossary import hint
from legcare.ui.parts.text import plain
from legcare.ui.shell.menu import link
from legcare.ui.shell.page import begin
from legcare.ui.shell.session import View

LEAD = (
    "What goes with your cramps in your data so far. What goes together need not be cause and"
    " effect."
)
TABS = ["Main questions", "One question closely", "Explore"]
LONGEST_LAG = 7


def main_questions(view: View, outcome: str, confounders: tuple[str, ...]) -> None:
    """At most six questions, fixed before anyone looked, on one axis."""
    st.header(
        "Main questions",
        anchor=False,
        help=hint("association", "times as many", "adjusted", "comparisons"),
    )
    names = [name for name in questions_of(view.days) if name not in MASSAGE]
    held = [name for name in names if name in factors_of(view)]
    if held:
        # What all pages quote is judged at set dates; another outcome is looked at by itself.
        quoted = outcome == "cramps" and not confounders
        found = (
            view.once("main questions", lambda: main_family(view.days, today=view.today))
            if quoted
            else asked(view, outcome, held, confounders)
        )
        chart_card(charts.forest_chart(found))
        st.markdown(
            "**The smallest effect this log could have shown**",
            help=hint("smallest visible effect", "no clear association"),
        )
        st.markdown(
            "\n".join(
                f"- {plain(shown_name(one.factor, view.days))}: {reach(one)}"
                for one in found.answers
            )
        )
    st.markdown("Massage is your first question and has its own answer.")
    link(view, "benefits")
    missing = absent(view.days)
    if missing:
        st.info(
            f"Not in your log yet: {listed(missing, view.days)}. Log them under Today, and they"
            " join this list."
        )


def reach(one: Association) -> str:
    """The smallest effect this log could have shown, or what is still needed."""
    return say.reach_words(one) if one.shown else say.refused(one)


def closer(view: View, outcome: str, confounders: tuple[str, ...]) -> None:
    """One factor: figure, shape, whether it holds, and on request the naive answer."""
    st.header(
        "One question closely",
        anchor=False,
        help=hint("lag", "adjusted", "smallest visible effect"),
    )
    left, right = st.columns(2)
    names = factors_of(view)
    if not names:
        st.info(
            "There is no factor in your log yet. Log water, sleep, exercise or massage under Today."
        )
        return
    factor = left.selectbox(
        "Factor",
        names,
        format_func=lambda name: shown_name(name, view.days),
        key="closer-factor",
    )
    lags = range(1 if factor in ("massage_min", "massages") else 0, LONGEST_LAG + 1)
    lag = right.selectbox(
        "When",
        lags,
        index=lags.index(view.days.factors[factor].lag),
        format_func=lambda d: say.lag_words(d).capitalize(),
        key=f"closer-lag-{factor}",
        help=hint("lag"),
    )
    one_question(view, outcome, factor, int(lag), others(confounders, factor))


def explore(view: View, outcome: str, confounders: tuple[str, ...]) -> None:
    """Any factor at any lag, every comparison counted."""
    st.header("Explore", anchor=False, help=hint("comparisons", "q", "lag"))
    names = [name for name in factors_of(view) if name not in MASSAGE]
    picked = st.multiselect(
        "Factors",
        names,
        default=names,
        format_func=lambda name: shown_name(name, view.days),
        key="explore-factors",
    )
    first, last = st.slider(
        "Days before", 0, LONGEST_LAG, (0, 2), key="explore-lags", bind="query-params"
    )
    if not picked:
        st.info("Pick at least one factor, and every comparison with your cramps stands here.")
        return
    found = cells(view, outcome, picked, range(first, last + 1), confounders)
    chart_card(charts.explore_chart(found))


view = begin("associations", LEAD)
names = factors_of(view)
outcome = st.radio(
    "Against",
    list(OUTCOMES),
    format_func=lambda key: OUTCOMES[key],
    key="outcome",
    bind="query-params",
    horizontal=True,
)
confounders = (
    st.multiselect(
        "Also allow for",
        names,
        default=[name for name in view.preferences.confounders if name in names],
        format_func=lambda name: shown_name(name, view.days),
        key="confounders",
        help=hint("confounder", "adjusted"),
    )
    if names
    else []
)
main, close, rest = st.tabs(TABS, on_change="rerun", key="associations-part", bind="query-params")
with main:
    if main.open:
        main_questions(view, outcome, tuple(confounders))
with close:
    if close.open:
        closer(view, outcome, tuple(confounders))
with rest:
    if rest.open:
        explore(view, outcome, tuple(confounders))
