"""The pages and the links between them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from legcare.ui.shell.session import View

ROOT = Path(__file__).parents[3]
MENU: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Log": (
        ("overview", "Overview", ":material/home:"),
        ("today", "Today", ":material/today:"),
        ("log", "Log", ":material/menu_book:"),
        ("upload", "Upload", ":material/upload_file:"),
    ),
    "Your data": (
        ("frequency", "Frequency", ":material/monitoring:"),
        ("timing", "Timing", ":material/schedule:"),
        ("associations", "Associations", ":material/hub:"),
        ("benefits", "Benefits", ":material/balance:"),
        ("experiment", "Experiment", ":material/science:"),
    ),
    "More": (
        ("people", "People", ":material/groups:"),
        ("share", "Share and export", ":material/ios_share:"),
        ("settings", "Settings", ":material/settings:"),
        ("safety", "Safety", ":material/health_and_safety:"),
    ),
}
ENTRIES = {name: (title, icon) for entries in MENU.values() for name, title, icon in entries}
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
    )


def menu(view: View) -> dict[str, list[Page]]:
    """The pages by section; a visitor who may only read is not offered the ones that write."""
    return {
        section: [page(name) for name, *_ in entries if may_open(view, name)]
        for section, entries in MENU.items()
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
