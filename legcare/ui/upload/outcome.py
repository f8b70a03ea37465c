"""What will be kept and what will not: the first rows, every problem, and what is already there."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from legcare.importers import Import, Problem
from legcare.importers.counted import counted, kinds_counted
from legcare.records import Record, written
from legcare.reports.csv import to_csv
from legcare.ui.parts.download import download_button
from legcare.ui.parts.records import KINDS, WHEN, record_frame
from legcare.ui.parts.sources import show_overlaps
from legcare.ui.parts.tables import columns, shown
from legcare.ui.parts.text import plain
from legcare.ui.shell.session import View
from legcare.ui.upload.parts import Part
from legcare.ui.upload.words import settle_words

FIRST, MOST_SHOWN = 20, 1000


@dataclass(frozen=True)
class Outcome:
    """What of one part will be kept."""

    part: Part
    found: Import
    records: tuple[Record, ...]


def show_outcome(part: Part, found: Import, view: View) -> Outcome:
    """Draw what a part gives; what of it will be kept."""
    _summary(found)
    chosen = found.records
    if found.duplicates:
        st.markdown(
            f"**{written.whole(len(found.duplicates))}** of {written.whole(len(found.records))} "
            "are already in your log (the same entry, or one of the same kind in the same minute). "
            "They are not added again, and what you edited stays as it is. "
            "An entry that you deleted is shown as new: it comes back if you keep this file."
        )
        if not st.checkbox("Add them all the same", key=f"upload-{part.key}-duplicates"):
            chosen = tuple(record for record in found.records if record.id not in found.duplicates)
    settle_words(part, found)
    show_overlaps(found, view)
    _preview(found, view)
    _problems(part, found.problems)
    return Outcome(part, found, chosen)


def _summary(found: Import) -> None:
    summary = found.summary
    counts = kinds_counted(summary.counts, {factor.key: factor for factor in found.own_factors})
    if summary.first_day and summary.last_day:
        counts += f", from {written.day(summary.first_day)} to {written.day(summary.last_day)}"
    st.markdown(f"**{plain(summary.label)}**: {counts or 'nothing that can be kept'}.")
    if summary.format != "table":
        st.caption(f"Taken for this because {plain(summary.why)}.")
    if summary.notes:
        st.caption(" ".join(plain(note) for note in summary.notes))


def _preview(found: Import, view: View) -> None:
    factors = {
        **view.whole.factors,
        **{factor.key: factor for factor in found.own_factors},
    }
    for kind, heading in KINDS.items():
        records = [record for record in found.records if record.type == kind][:FIRST]
        if not records:
            continue
        frame, order = record_frame(records, view.formats, factors)
        frame = frame.drop(columns="Source", errors="ignore")
        frame.insert(
            0,
            "Kept",
            ["already there" if record.id in found.duplicates else "new" for record in order],
        )
        total = found.summary.counts.get(kind, len(records))
        st.caption(
            f"{heading}: the first {len(records)} of {written.whole(total)}, as they will be kept"
        )
        written_as = columns(frame, moments=(WHEN,))
        st.dataframe(
            shown(frame), column_config=written_as, hide_index=True, width="stretch", placeholder=""
        )


def problem_frame(problems: tuple[Problem, ...]) -> pd.DataFrame:
    """Every problem as a row: where, what it says, what happens, why."""
    return pd.DataFrame(
        {
            "File": [problem.file for problem in problems],
            "Line": pd.array([problem.row for problem in problems], dtype="Int64"),
            "Column": [problem.column for problem in problems],
            "Value": [problem.value for problem in problems],
            "What happens": [
                "kept, see reason" if problem.kept else "not kept" for problem in problems
            ],
            "Reason": [problem.reason for problem in problems],
        }
    )


def _problems(part: Part, problems: tuple[Problem, ...]) -> None:
    if not problems:
        st.markdown(":material/check_circle: Every row and cell is kept.")
        return
    frame = problem_frame(problems)
    lost = sum(not problem.kept for problem in problems)
    with st.expander(
        f"{counted(lost, 'thing')} not kept, {counted(len(problems) - lost, 'remark')}",
        expanded=lost > 0,
    ):
        st.dataframe(frame.head(MOST_SHOWN), hide_index=True, width="stretch")
        if len(frame) > MOST_SHOWN:
            st.caption(
                f"The first {written.whole(MOST_SHOWN)} of {written.whole(len(frame))}; the CSV"
                " holds all of them."
            )
        download_button(
            "Download this list as CSV",
            lambda: to_csv(frame),
            "not-kept.csv",
            mime="text/csv",
            key=f"upload-{part.key}-problems",
        )
