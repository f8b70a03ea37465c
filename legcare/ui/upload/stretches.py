"""The question that decides whether a day without a cramp counts as one.

Asked once for all files together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from legcare.importers.tables import propose_spans
from legcare.records import Cramp, TrackedSpan, imported_id, written
from legcare.ui.shell.session import View
from legcare.ui.upload.outcome import Outcome

MOST_STRETCHES = 12
ANSWERS = {"yes": "Yes, in the days below", "no": "No, some are missing"}


def tracked_stretches(
    outcomes: Sequence[Outcome], view: View
) -> tuple[tuple[TrackedSpan, ...], bool]:
    """The stretches in which the person says they logged every cramp, and whether they answered.

    Not asked where there are no cramps, or where the files say themselves which days were tracked.
    """
    records = [record for outcome in outcomes for record in outcome.records]
    if not any(isinstance(r, Cramp) for r in records) or any(
        isinstance(r, TrackedSpan) for r in records
    ):
        return (), True
    stretches = propose_spans(records, day_start=view.preferences.day_start)
    first, last = stretches[0][0], stretches[-1][1]
    with st.container(border=True):
        answer = st.radio(
            f"Were you logging every cramp between {written.day(first)} and {written.day(last)}?",
            list(ANSWERS),
            index=None,
            key=f"upload-tracked-{first}-{last}",
            format_func=ANSWERS.__getitem__,
            help=(
                "With yes, a day without a cramp counts as a day without a cramp. With no, it"
                " counts as unknown."
            ),
        )
        if answer != "yes":
            return (), answer == "no"
        if len(stretches) > 1:
            st.caption(
                "Gaps of more than 14 days without any record are left out. Change the days if you"
                " know better."
            )
        picked = [_stretch(number, span) for number, span in enumerate(stretches)]
    whole = [span for span in picked if span is not None]
    source = f"file: {outcomes[0].part.file}"[:200]
    return tuple(_span(*span, source) for span in whole), len(whole) == len(picked)


def _stretch(number: int, span: tuple[date, date]) -> tuple[date, date] | None:
    if number >= MOST_STRETCHES:
        st.caption(f"{written.day(span[0])} to {written.day(span[1])}")
        return span
    picked = st.date_input(
        f"I logged every cramp in these days (stretch {number + 1})",
        value=span,
        format=written.formats().date_input,
        key=f"upload-{span[0]}-{span[1]}",
    )
    return (picked[0], picked[1]) if isinstance(picked, tuple) and len(picked) == 2 else None


def _span(first: date, last: date, source: str) -> TrackedSpan:
    name = imported_id("table", "span", first, last)
    return TrackedSpan(id=name, first_day=first, last_day=last, source=source)
