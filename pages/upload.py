"""Files in: recognise, map, preview, keep; undo an import."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from legcare.errors import LegcareError
from legcare.records import zones
from legcare.ui.parts.text import plain
from legcare.ui.shell.page import begin
from legcare.ui.shell.session import View
from legcare.ui.upload import (
    GENERATION,
    Outcome,
    Part,
    former_imports,
    keep_button,
    limit_note,
    parts,
    settle_columns,
    show_outcome,
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
        settle_columns(part, view)
        if part.undecided:
            return None
        try:
            found = watched(part, view, zone)
            return None if found is None else show_outcome(part, found, view)
        except LegcareError as error:
            part.bad = str(error)
            st.error(plain(part.bad))
            return None


def wizard(view: View) -> None:
    """From files to records."""
    files = st.file_uploader(
        "Files",
        accept_multiple_files=True,
        key=f"upload-files-{st.session_state.get(GENERATION, 0)}",
    )
    limit_note()
    if not files:
        return
    zone = zone_of(view)
    with st.spinner("Opening ..."):
        uploaded = parts(files, view)
    outcomes = [settled(part, view, zone) for part in uploaded]
    ready = [outcome for outcome in outcomes if outcome is not None]
    waiting = sum(part.undecided for part in uploaded)
    if ready or waiting:
        keep_button(ready, waiting, view)


view = begin("upload", WHAT, writes=True, needs="")
wizard(view)
former_imports(view)
