"""The question that decides whether a day without a cramp counts as one.

Yes means yes: it settles the whole time from the first to the last entry of the files that hold
cramps, whatever else was uploaded with them. Breaks are proposed, and cut out by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import streamlit as st

from legcare.importers.counted import counted
from legcare.importers.tables import propose_spans
from legcare.records import Cramp, Record, TrackedSpan, imported_id, written
from legcare.ui.shell.session import View
from legcare.ui.upload.outcome import Outcome

ANSWERS = {"yes": "Yes, I logged every cramp", "no": "No, some are missing"}
Span = tuple[date, date]


def tracked_stretches(
    outcomes: Sequence[Outcome], view: View
) -> tuple[tuple[TrackedSpan, ...], bool]:
    """The stretches in which the person says they logged every cramp, and whether they answered.

    Not asked where there are no cramps, or where the files say themselves which days were tracked.
    """
    parts = [outcome for outcome in outcomes if _needs(outcome.records)]
    if not parts:
        return (), True
    records = [record for outcome in parts for record in outcome.records]
    busy = propose_spans(records, day_start=view.preferences.day_start)
    first, last = busy[0][0], busy[-1][1]
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
        spans = without((first, last), _breaks(busy, first, last))
        days = sum((end - begin).days + 1 for begin, end in spans)
        st.markdown(f"**{written.whole(days)}** days count as logged.")
    source = f"file: {parts[0].part.file}"[:200]
    return tuple(_span(*span, source) for span in spans), bool(spans)


def _needs(records: Sequence[Record]) -> bool:
    return any(isinstance(record, Cramp) for record in records) and not any(
        isinstance(record, TrackedSpan) for record in records
    )


def _breaks(busy: Sequence[Span], first: date, last: date) -> list[Span]:
    """The breaks that the person cuts out: proposed ones, and one picked on the calendar."""
    day = timedelta(days=1)
    gaps = [(a[1] + day, b[0] - day) for a, b in pairwise(busy)]
    cut: list[Span] = []
    if gaps:
        cut += st.multiselect(
            "Were some of these breaks, in which you did not log? Leave them out",
            gaps,
            format_func=_shown,
            key=f"upload-breaks-{first}-{last}",
            placeholder="None: these were good spells",
        )
    picked = st.date_input(
        "Another break, picked on the calendar",
        value=[],
        min_value=first,
        max_value=last,
        format=written.formats().date_input,
        key=f"upload-break-{first}-{last}",
    )
    if isinstance(picked, tuple) and len(picked) == 2:
        cut.append((picked[0], picked[1]))
    return cut


def _shown(gap: Span) -> str:
    length = counted((gap[1] - gap[0]).days + 1, "day")
    return f"{written.day(gap[0])} to {written.day(gap[1])} ({length} without an entry)"


def without(whole: Span, breaks: Sequence[Span]) -> list[Span]:
    """What is left of a stretch without its breaks."""
    day = timedelta(days=1)
    spans, begin = [], whole[0]
    for start, end in sorted(breaks):
        if start > begin:
            spans.append((begin, min(start - day, whole[1])))
        begin = max(begin, end + day)
    return [*spans, (begin, whole[1])] if begin <= whole[1] else spans


def _span(first: date, last: date, source: str) -> TrackedSpan:
    name = imported_id("table", "span", first, last)
    return TrackedSpan(id=name, first_day=first, last_day=last, source=source)
