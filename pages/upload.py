"""Files in: recognise, map, preview, keep; undo an import."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from legcare.errors import LegcareError
from legcare.importers import Import
from legcare.importers.apart import warm
from legcare.importers.tables import Doubt
from legcare.records import zones
from legcare.ui.parts.text import plain
from legcare.ui.shell.page import begin
from legcare.ui.shell.session import View
from legcare.ui.upload import (
    GENERATION,
    Outcome,
    Part,
    choose_kind,
    former_imports,
    keep_button,
    limit_note,
    open_questions,
    parts,
    settle_cell_words,
    settle_columns,
    show_outcome,
    show_sheet,
    watched,
)

WHAT = (
    "A spreadsheet of cramps, massages, workouts or daily values (CSV, Excel, OpenDocument, JSON),"
    " the export of a watch or another app, or a ZIP that was downloaded here. Nothing is kept"
    " before you press the button at the end."
)


def zone_of(view: View) -> ZoneInfo:
    """Where times without a time zone were written."""
    known = sorted(zones())
    return ZoneInfo(
        st.selectbox(
            "Times in the files were written in",
            known,
            index=known.index(view.zone.key if view.zone.key in known else "UTC"),
            key="upload-zone",
            help="Only matters for times that do not name their own time zone.",
        )
    )


def settled(part: Part, view: View, zone: ZoneInfo) -> Outcome | None:
    """Draw one part; what of it will be kept, or None while it is unreadable or undecided."""
    with st.container(border=True):
        st.header(plain(part.title), anchor=False)
        if part.bad:
            st.error(plain(part.bad))
            return None
        if part.known:
            st.caption("A file with the same columns was imported before; it is read the same way.")
        try:
            found = None if part.undecided else watched(part, view, zone)
        except LegcareError as error:
            part.bad = str(error)
            st.error(plain(part.bad))
            return None
        conversation(part, found, view)
        return None if found is None else show_outcome(part, found, view)


def conversation(part: Part, found: Import | None, view: View) -> None:
    """A sheet as it was written, with what each column and word of it is taken for."""
    if part.table is None or part.mapping is None:
        return
    factors = tuple(view.whole.factors.values())
    if Doubt.KIND not in part.mapping.undecided:
        choose_kind(part, part.table, part.mapping, view)
    if part.mapping.order_why and Doubt.ORDER not in part.mapping.undecided:
        st.caption(f"Dates: {plain(part.mapping.order_why)}.")
    show_sheet(part, found, factors)
    settle_cell_words(part, factors)
    settle_columns(part, factors)


def wizard(view: View) -> None:
    """From files to records."""
    files = st.file_uploader(
        "Files",
        accept_multiple_files=True,
        key=f"upload-files-{st.session_state.get(GENERATION, 0)}",
    )
    limit_note()
    warm()
    if not files:
        return
    zone = zone_of(view)
    with st.spinner("Opening ..."):
        uploaded = parts(files, view)
    outcomes = [settled(part, view, zone) for part in uploaded]
    ready = [outcome for outcome in outcomes if outcome is not None]
    waiting = open_questions(uploaded, view)
    if ready or waiting:
        keep_button(ready, waiting, view)


view = begin("upload", WHAT, writes=True, needs="")
wizard(view)
former_imports(view)
