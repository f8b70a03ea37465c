"""The pages and the links between them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from legcare.ui.shell.session import View

ROOT = Path(__file__).parents[3]
MENU: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Your log": (
        ("overview", "Today", ":material/bedtime:"),
        ("log", "Diary", ":material/menu_book:"),
    ),
    "What it says": (
        ("frequency", "How often", ":material/monitoring:"),
        ("timing", "When", ":material/schedule:"),
        ("associations", "What goes with it", ":material/hub:"),
        ("benefits", "Does massage help?", ":material/balance:"),
        ("experiment", "Test it", ":material/science:"),
    ),
    "More": (
        ("upload", "Add files", ":material/upload_file:"),
        ("share", "For your doctor or coach", ":material/ios_share:"),
        ("people", "People", ":material/groups:"),
        ("safety", "Safety", ":material/health_and_safety:"),
        ("settings", "Settings", ":material/settings:"),
    ),
}
# Reached from the first screen, and by the bookmark for the night; the menu would hold it twice.
UNLISTED = (("today", "Day and night", ":material/edit_note:"),)
ENTRIES = {
    name: (title, icon) for entries in (*MENU.values(), UNLISTED) for name, title, icon in entries
}
HIDDEN = frozenset(name for name, *_ in UNLISTED)
WRITING = frozenset({"today", "log", "upload", "experiment", "settings"})


def page(name: str) -> Page:
    """The page of that name; its address is ``/name`` (the overview's is ``/``)."""
    title, icon = ENTRIES[name]
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=title,
        icon=icon,
        url_path=name,
        default=name == "overview",
        visibility="hidden" if name in HIDDEN else "visible",
    )


def title_of(name: str) -> str:
    """The name of a page as the menu shows it."""
    return ENTRIES[name][0]


def menu(view: View) -> dict[str, list[Page]]:
    """The pages by section; a visitor who may only read is not offered the ones that write."""
    sections = {**MENU, "More": (*MENU["More"], *UNLISTED)}
    return {
        section: [page(name) for name, *_ in entries if may_open(view, name)]
        for section, entries in sections.items()
    }


def closed_menu(screen: Callable[[], None]) -> list[Page]:
    """Every address leads to one screen.

    What a stranger may see of a server that asks for a sign-in.
    """
    return [
        st.Page(screen, title="legcare", url_path=name, default=name == "overview")
        for name in ENTRIES
    ]


def may_open(view: View, name: str) -> bool:
    """Whether the visitor may open that page."""
    if name == "people":
        return view.logbook is not None and view.visitor.guest is not None
    return view.logbook is not None or name not in WRITING


def link(view: View, name: str, label: str = "", **query: str) -> None:
    """A link to a page, left out where the visitor may not open it."""
    if may_open(view, name):
        title, icon = ENTRIES[name]
        st.page_link(page(name), label=label or title, icon=icon, query_params=query or None)
