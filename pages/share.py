"""Take your log with you: everything as ZIP, and the report to hand over."""

from __future__ import annotations

import streamlit as st

from legcare.records import written
from legcare.reports.archive import write_zip
from legcare.ui.parts.download import download_button
from legcare.ui.share.massages import massage_card
from legcare.ui.share.report import report_card
from legcare.ui.share.shares import links
from legcare.ui.shell.menu import link
from legcare.ui.shell.page import begin
from legcare.ui.shell.session import View


def everything(view: View) -> None:
    """The whole log as one ZIP that the Upload page reads back."""
    st.header("Everything as ZIP", anchor=False)
    st.markdown(
        "One CSV per kind of record, your settings and a data dictionary. Upload the same file here"
        " or on another server and your log is as it was."
    )
    log, preferences = view.whole, view.preferences
    download_button(
        f"Download all records ({written.whole(len(log))})",
        make=lambda: write_zip(log, preferences),
        file_name=f"legcare-{view.today:%Y-%m-%d}.zip",
        mime="application/zip",
        icon=":material/archive:",
        key="everything-zip",
    )


def nothing_yet(view: View) -> None:
    """What will stand here, and the ways to get there."""
    with st.container(border=True, key="empty-state"):
        st.markdown(
            "Your log is empty. As soon as it holds something, a report to hand over and the whole"
            " log as a ZIP can be taken from here."
        )
        with st.container(horizontal=True):
            link(view, "today", "Log a cramp")
            link(view, "upload", "Upload a file")
            link(view, "overview", "Explore a sample")


view = begin("share", needs="")
if len(view.whole):
    report_card(view)
    everything(view)
else:
    nothing_yet(view)
if view.logbook is not None:
    massage_card(view)
    links(view)
