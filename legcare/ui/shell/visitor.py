"""Who is looking, at whose log, and where that log lives."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import streamlit as st

from legcare.config import config
from legcare.errors import NotAllowed
from legcare.records import Log, Preferences
from legcare.sharing.guest import Guest
from legcare.sharing.view import LogView
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell import sign_in
from legcare.ui.shell.server_state import SHARE_COOKIE, open_database

EXPLORING = "exploring"
DOOR = "door"
DOOR_IN_ADDRESS = "of"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded")
NOTHING_KEPT = (
    "This server can be reached from other machines and has no sign-in, so it keeps nothing: what"
    " you enter is gone when you close the page. Take it with you as a ZIP from the Share page."
)


class NotSignedIn(NotAllowed):
    """The visitor has to sign in first."""


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
    """Who is looking.

    ``logbook`` is None for a visitor who may only read; ``shared`` is then the log they look at.

    ``guest`` is what has been shared with the visitor, where the server keeps logs at all.
    """

    mode: Mode
    source: Source
    logbook: Logbook | None
    key: str
    note: str = ""
    shared: LogView | None = None
    guest: Guest | None = None
    door: str | UUID = ""


def visitor() -> Visitor:
    """The visitor of this browser session; asked anew at every run.

    Raises ``NotSignedIn`` where the server has a sign-in and the visitor has not used it.
    """
    if EXPLORING in st.session_state:
        return _explorer("")
    settings = config()
    if settings.explore_only:
        return _explorer(NOTHING_KEPT)
    if sign_in.configured():
        return _hosted(open_database(settings.database_url))
    if reached_from_elsewhere():
        return _explorer(NOTHING_KEPT)
    store = open_database(settings.database_url)
    person = store.person("local", "owner")
    logbook = store.logbook(person)
    return Visitor(Mode.LOCAL, logbook, logbook, str(person))


def _hosted(store: Database) -> Visitor:
    who = sign_in.identity()
    own = None if who is None else store.logbook(store.person(who.issuer, who.subject, who.label))
    void = who is not None and own is not None and not sign_in.still_counts(who, own)
    guest = Guest(store, who.email if who and not void else None)
    door = (_opened_door() if who and not void else None) or share_cookie()
    if door:
        shared = guest.enter(door)
        return Visitor(Mode.HOSTED, shared, None, shared.key, shared=shared, guest=guest, door=door)
    if void:
        raise NotSignedIn("You were signed out everywhere. Sign in again to see your log.")
    if own is None:
        raise NotSignedIn("Sign in to see your log.")
    return Visitor(Mode.HOSTED, own, own, str(own.person_id), guest=guest)


def _opened_door() -> UUID | None:
    """The log that was opened from the roster.

    Its number stands in the address, so that a reload keeps it open.
    """
    if DOOR not in st.session_state and DOOR_IN_ADDRESS in st.query_params:
        with suppress(ValueError):
            st.session_state[DOOR] = UUID(st.query_params[DOOR_IN_ADDRESS])
    door: UUID | None = st.session_state.get(DOOR)
    if door is not None and st.query_params.get(DOOR_IN_ADDRESS) != str(door):
        st.query_params[DOOR_IN_ADDRESS] = str(door)  # a step to another page has taken it out
    return door


def share_cookie() -> str:
    """The token of the share link that this browser came by, if any.

    The page's address never holds it.
    """
    value = st.context.cookies.get(SHARE_COOKIE)
    return value if isinstance(value, str) else ""


def open_door(share: UUID) -> None:
    """From now on this session shows a log that was shared with the visitor.

    The visitor is signed in.
    """
    st.session_state[DOOR] = share


def close_door() -> None:
    """Back to the visitor's own log, from one that was opened from the roster."""
    st.session_state.pop(DOOR, None)
    st.query_params.pop(DOOR_IN_ADDRESS, None)


def reached_from_elsewhere() -> bool:
    """Whether this server, or this request to it, can come from another machine.

    By its address or through a proxy.
    """
    if st.get_option("server.address") not in LOOPBACK:
        return True
    headers = st.context.headers
    host = str(headers.get("Host") or "localhost")
    name = host.rsplit(":", 1)[0].strip("[]") if not host.endswith("]") else host.strip("[]")
    return name not in LOOPBACK or any(headers.get(forwarded) for forwarded in FORWARDED)


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
