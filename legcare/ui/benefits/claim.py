"""One claim opened.

What the log says, its pictures, what research says, its pitfall, and what to log next.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from legcare.analysis.benefits import Benefit, PairedChange, Seven
from legcare.analysis.evidence import GRADE_MEANING, READ_AT, evidence_note
from legcare.charts.benefit_curves import aligned_panels, recovery_curve, soreness_curve
from legcare.charts.benefit_words import (
    estimate_sentence,
    headline_sentence,
    visible,
)
from legcare.charts.benefits import dose_response, paired_slopes
from legcare.charts.chart import Chart
from legcare.charts.claims import claims_chart, claims_table
from legcare.charts.sentences import counted
from legcare.ui.parts.card import chart_card
from legcare.ui.shell.menu import link
from legcare.ui.shell.session import View

PICTURES: dict[str, Callable[[Benefit], Chart]] = {
    "circulation": dose_response,
    "flexibility": aligned_panels,
    "waste": soreness_curve,
    "recovery": recovery_curve,
}
ABOUT = {
    "massage": "massage and cramps",
    "foam_roller": "foam rolling",
    "professional": "professional massage",
    "after_exercise": "massage after exercise",
    "magnesium_oil": "magnesium on the skin",
    "arnica": "arnica",
    "magnesium": "magnesium tablets",
    "hydration": "drinking",
    "exercise": "exercise",
    "stretching": "stretching",
    "stress": "massage and stress",
}


def show_claims(seven: Seven) -> None:
    """One row per claim: what is measured, what research found, what this log shows."""
    st.header("Seven things people say massage does", anchor=False)
    st.table(claims_table(seven), hide_index=True)
    with st.expander("All in one picture", key="claims-picture", on_change="rerun") as picture:
        if picture.open:
            chart_card(claims_chart(seven), heading=None)


def show_claim(view: View, benefit: Benefit, belief: str) -> None:
    """The whole section of one claim."""
    st.header(benefit.claim, anchor=False)
    if not benefit.measurable:
        nearest = (
            f"No log can measure this. The nearest thing yours can hold is {benefit.measured}."
        )
        st.info(nearest, icon=":material/info:")
    if belief:
        st.markdown(
            f"Before you saw results you said: *{belief.lower()}*. Your log:"
            f" **{benefit.standing}**."
        )
    _answer(benefit)
    _pictures(benefit)
    show_evidence(benefit.key, beside=benefit.key)
    _next(view, benefit)


def _answer(benefit: Benefit) -> None:
    st.markdown(headline_sentence(benefit))
    if not benefit.headline.shown:
        st.progress(benefit.progress.share, text=benefit.waiting_for)
    for line in (visible(benefit.headline), _taken_out(benefit), *benefit.headline.caveats):
        if line:
            st.markdown(f":material/info: {line}")
    for name, estimate in benefit.estimates.items():
        st.markdown(estimate_sentence(name, estimate))


def _taken_out(benefit: Benefit) -> str:
    if not benefit.headline.shown or not benefit.headline.adjusted_for:
        return ""
    return f"Taken out before comparing: {', '.join(benefit.headline.adjusted_for)}."


def _pictures(benefit: Benefit) -> None:
    if isinstance(benefit.change, PairedChange):
        chart_card(paired_slopes(benefit.change))
    picture = PICTURES[benefit.key](benefit) if benefit.key in PICTURES else None
    if picture and (picture.has_picture or picture.sentence != headline_sentence(benefit)):
        chart_card(picture)


def show_evidence(key: str, *, beside: str = "") -> None:
    """What research says, with its grade and every source it rests on.

    ``beside`` is what stands above it; where a note is about something else than that, its heading
    says about what.
    """
    note = evidence_note(key)
    if note is None:
        return
    with st.container(border=True, key=f"evidence-{key}"):
        about = ABOUT.get(key, "") if key != beside else ""
        st.subheader(
            f"What research says on {about}" if about else "What research says", anchor=False
        )
        st.badge(
            note.grade.capitalize(),
            color="gray",
            help=f"{note.grade.capitalize()}: {GRADE_MEANING[note.grade]}",
        )
        st.markdown(note.note)
        with st.expander(counted(len(note.studies), "source")):
            for study in note.studies:
                st.markdown(f"- {study.finding}  \n  {study.citation} {study.identifier}")
            st.caption(READ_AT)


def _next(view: View, benefit: Benefit) -> None:
    st.markdown(f"**Pitfall.** {benefit.pitfall}")
    st.markdown(f"**What to log.** {benefit.to_log}")
    st.markdown(f"**What would change the answer.** {benefit.would_change}")
    link(view, "experiment", "Test this with an experiment", test=benefit.key)
