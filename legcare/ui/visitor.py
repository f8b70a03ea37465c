"""Who is looking, at whose log, and where that log lives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import streamlit as st

from legcare.config import Config, config
from legcare.records import Log, Preferences
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook

EXPLORING = "exploring"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Mode(StrEnum):
    """Where the log lives: this browser session only, this machine, or a hosted database."""

    EXPLORE = "explore"
    LOCAL = "local"
    HOSTED = "hosted"


class Source(Protocol):
    """What a page may read: a ``Logbook`` (owner) or a ``LogView`` (coach)."""

    def revision(self) -> int:
        """Changes whenever the log changes."""

    def log(self) -> Log:
        """The records that may be seen."""

    def preferences(self) -> Preferences:
        """How they are to be read."""


@dataclass(frozen=True)
class Visitor:
    """Who is looking. ``logbook`` is None for a visitor who may only read."""

    mode: Mode
    source: Source
    logbook: Logbook | None
    key: str
    note: str = ""


@st.cache_resource(show_spinner=False)
def database(url: str | None) -> Database:
    """The one database of this server, opened (and brought up to date) once per process."""
    return Database.open(url)


def visitor() -> Visitor:
    """The visitor of this browser session; asked anew at every run."""
    if EXPLORING in st.session_state:
        return _explorer("")
    settings = config()
    reason = _why_nothing_may_be_kept(settings)
    if reason:
        return _explorer(reason)
    store = database(settings.database_url)
    person = store.person("local", "owner")
    logbook = store.logbook(person)
    return Visitor(Mode.LOCAL, logbook, logbook, str(person))


def explore(logbook_of: Database) -> None:
    """From now on this browser session looks at a log that is kept nowhere."""
    st.session_state[EXPLORING] = logbook_of


def stop_exploring() -> None:
    """Back to the person's own log; what was entered while exploring is gone, as the page said."""
    st.session_state.pop(EXPLORING, None)


def _explorer(note: str) -> Visitor:
    if EXPLORING not in st.session_state:
        st.session_state[EXPLORING] = Database.open("sqlite://")
    store: Database = st.session_state[EXPLORING]
    person = store.person("explore", "visitor")
    logbook = store.logbook(person)
    return Visitor(Mode.EXPLORE, logbook, logbook, f"explore-{id(store)}", note)


def _why_nothing_may_be_kept(settings: Config) -> str:
    address = st.get_option("server.address")
    if address not in LOOPBACK:
        return (
            "This server can be reached from other machines and has no sign-in, so it keeps nothing: what you enter "
            "is gone when you close the page. Take it with you as a ZIP from the Share page."
        )
    return ""
