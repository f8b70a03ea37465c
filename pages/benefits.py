"""The seven claims about massage against the person's own log.

The answer first, then the claims, the four ways and the companions.
"""

from __future__ import annotations

import streamlit as st

from legcare.analysis.benefits import Material, Seven, seven_benefits
from legcare.analysis.benefits.companions import companions, compared
from legcare.analysis.benefits.ways import ASPECTS, four_ways
from legcare.charts.claims import NAMINGS
from legcare.charts.ways import companion_curve, kinds_chart, ways_chart
from legcare.ui.benefits.answer import answer_card
from legcare.ui.benefits.body import body_card
from legcare.ui.benefits.claim import show_claim, show_claims, show_evidence
from legcare.ui.benefits.visit import (
    FACTOR,
    beliefs_of,
    show_belief,
    show_changes,
    what_changed,
)
from legcare.ui.parts.card import chart_card
from legcare.ui.shell.page import begin
from legcare.ui.shell.session import View

CLAIMS = {naming.name: key for key, naming in NAMINGS.items()}
WAYS, COMPANIONS = "Four ways", "Companions"


def material(view: View) -> Material:
    """The frames of the chosen period."""
    return Material(
        view.days,
        view.cramps,
        view.massages,
        view.tender,
        view.workouts,
        view.preferences.day_start,
    )


def show_ways(view: View) -> None:
    """Cramps after each way of massaging, planned massages only, with how few there are of each."""
    found = view.once("four-ways", lambda: four_ways(material(view)))
    st.header("Four ways to massage", anchor=False)
    st.markdown(
        "Cramps in the 24 hours after a planned massage, against logged days without one; a relief"
        " massage never counts."
    )
    for aspect in ASPECTS:
        chart_card(ways_chart(found, aspect))
    for note in sorted({way.note for way in found.ways if way.note}):
        show_evidence(note)


def show_companions(view: View, beliefs: dict[str, str]) -> None:
    """Hydration, diet, exercise and the rest against cramps, as curves."""
    found = view.once("companions", lambda: companions(material(view)))
    st.header("Companions of massage", anchor=False)
    if not found:
        st.markdown(
            "Nothing is logged yet on hydration, diet, exercise, stretching, sleep or stress."
        )
        return
    st.markdown(
        f"More is not always better: each is drawn so that a bend can show. {compared(found)}"
    )
    expected = [one.label for one in found if f"{FACTOR}{one.factor}" in beliefs]
    if expected:
        st.markdown(
            "Before you saw results you expected these to go with your cramps:"
            f" {', '.join(expected)}."
        )
    for companion in found:
        if not companion.is_kind:
            chart_card(companion_curve(companion))
    if any(companion.is_kind for companion in found):
        chart_card(kinds_chart(found))
    for note in sorted({companion.note for companion in found if companion.note}):
        show_evidence(note)


def show(view: View, seven: Seven, chosen: str, beliefs: dict[str, str]) -> None:
    """The section that was chosen."""
    if chosen in CLAIMS:
        key = CLAIMS[chosen]
        show_claim(view, seven[key], beliefs.get(key, ""))
    elif chosen == WAYS:
        show_ways(view)
    else:
        show_companions(view, beliefs)


view = begin("benefits", needs="records")
beliefs = beliefs_of(view)
answer_card(view)
show_belief(beliefs)
seven = view.once("seven-benefits", lambda: seven_benefits(material(view)))
show_changes(what_changed(view, seven))
show_claims(seven)
sections = [*CLAIMS, WAYS, COMPANIONS]
chosen = st.pills("Look closer", sections, key="claim", bind="query-params")
if chosen:
    show(view, seven, chosen, beliefs)
if st.toggle("Show on the legs where your cramps are", key="where", bind="query-params"):
    body_card(view)
show_evidence("massage")
