"""How every page begins: who is looking, may they, and is there anything to look at."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from legcare.ui.shell.menu import link, title_of
from legcare.ui.shell.saving import undo_bar, writable
from legcare.ui.shell.session import View, page_view


def begin(
    name: str, lead: str = "", *, writes: bool = False, needs: str = "cramps", undo: bool = True
) -> View:
    """Draw the heading and give the view.

    ``name`` is the page's, as in its address. Stop with a sentence where the visitor may not be or
    nothing is there.

    ``needs`` names what must be in the log ("cramps", "records", or "" for nothing): an empty page
    says what will stand there and how to get it. With ``undo=False`` the page places the undo bar
    itself.
    """
    view = page_view()
    if writes:
        writable(view)
    title = title_of(name)
    st.title(title, anchor=False)
    if lead:
        st.markdown(lead)
    if undo:
        undo_bar(view)
    if needs and not (view.log.cramps if needs == "cramps" else len(view.log)):
        empty(view)
        end(view)
    return view


def end(view: View) -> NoReturn:
    """End a page that has no more to show.

    The way to the safety text stands under it as under every other.
    """
    footer(view)
    st.stop()


def footer(view: View) -> None:
    """What stands under every page."""
    st.divider()
    link(view, "safety", "When to get help, and when not to massage")


def empty(view: View) -> None:
    """Say what will stand on this page, and the ways to get there."""
    with st.container(border=True, key="empty-state"):
        if len(view.whole):
            st.markdown(
                f"There are no cramps in the chosen period ({view.period.lower()}), so this page is"
                " empty. Choose a longer period in the sidebar, or log a cramp."
            )
        else:
            st.markdown(
                "Your log is empty. This page begins to fill with your first cramp, and each of its"
                " numbers comes with its range and its number of days."
            )
        with st.container(horizontal=True):
            link(view, "today", "Log a cramp")
            link(view, "upload", "Upload a file")
            link(view, "overview", "Explore a sample")
