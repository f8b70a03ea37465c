"""Who is looking, at whose log, and where that log lives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from uuid import UUID

import streamlit as st

from legcare.config import config
from legcare.errors import NotAllowed
from legcare.records import Log
from legcare.sharing.guest import Guest
from legcare.sharing.view import LogView
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook, LogState
from legcare.storage.people import LOCAL_PERSON, person_id
from legcare.ui.shell import sign_in
from legcare.ui.shell.server_state import SHARE_COOKIE, open_database

EXPLORING = "exploring"
OPENED_SHARE = "opened-share"
SHARE_IN_ADDRESS = "of"
EXPLORER = ("explore", "visitor")
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


@dataclass(frozen=True)
class Visitor:
    """Who is looking, and what stands beside the log they look at, as of now.

    ``logbook`` is None for a visitor who may only read; ``shared`` is then the log they look at.

    ``guest`` is what has been shared with the visitor, where the server keeps logs at all, and
    ``share_key`` what opened the shared log. ``check`` asks the database again, from any thread,
    and raises ``NotAllowed`` where the visitor was signed out or the share has ended since.
    """

    mode: Mode
    state: LogState
    read: Callable[[], Log]
    key: str
    logbook: Logbook | None = None
    note: str = ""
    shared: LogView | None = None
    guest: Guest | None = None
    share_key: str | UUID = ""
    check: Callable[[], object] = lambda: None


def visitor(known: LogState | None = None) -> Visitor:
    """The visitor of this browser session; asked anew at every run.

    ``known`` is the state that was given before: nothing that it holds is read again. Raises
    ``NotSignedIn`` where the server has a sign-in and the visitor has not used it.
    """
    if EXPLORING in st.session_state:
        return _explorer("", known)
    settings = config()
    if settings.explore_only:
        return _explorer(NOTHING_KEPT, known)
    if sign_in.configured():
        return _hosted(open_database(settings.database_url), known)
    if reached_from_elsewhere():
        return _stranger(open_database(settings.database_url), share_cookie(), known)
    logbook = Logbook(open_database(settings.database_url), person_id(*LOCAL_PERSON))
    return _owner(Mode.LOCAL, logbook, _state(logbook, known))


def _owner(
    mode: Mode, logbook: Logbook, state: LogState, *, note: str = "", guest: Guest | None = None
) -> Visitor:
    return Visitor(mode, state, logbook.log, str(logbook.person_id), logbook, note, guest=guest)


def _state(logbook: Logbook, known: LogState | None, label: str = "") -> LogState:
    """The state of a person's own log, begun where there is none yet."""
    state = logbook.state(known)
    if state.revision:
        return state
    logbook.begin(label)
    return logbook.state()


def _hosted(store: Database, known: LogState | None) -> Visitor:
    who = sign_in.identity()
    opened = _opened_share() if who is not None else None
    came_with = partial(_admitted, store, who, opened, share_cookie())
    return replace(came_with(known), check=came_with)


def _admitted(
    store: Database,
    who: sign_in.Identity | None,
    opened: UUID | None,
    token: str,
    known: LogState | None = None,
) -> Visitor:
    """The visitor with this sign-in, roster line and link.

    Raises ``NotAllowed`` where none of them counts.
    """
    own = None if who is None else Logbook(store, person_id(who.issuer, who.subject))
    state = None if who is None or own is None else _state(own, known, who.label)
    ended = "" if who is None or state is None else sign_in.ended(who, state)
    guest = Guest(store, who.email if who and not ended else None)
    share_key = (None if ended else opened) or token
    if share_key:
        shared = guest.enter(share_key)
        reader = Visitor(Mode.HOSTED, shared.state, shared.log, shared.key, shared=shared)
        return replace(reader, guest=guest, share_key=share_key)
    if own is None or state is None or ended:
        raise NotSignedIn(ended or "Sign in to see your log.")
    return _owner(Mode.HOSTED, own, state, guest=guest)


def _stranger(store: Database, token: str, known: LogState | None) -> Visitor:
    """Who reaches a local log from elsewhere: with a link what it shows, without one nothing."""
    if not token:
        return _explorer(NOTHING_KEPT, known)
    came_with = partial(_admitted, store, None, None, token)
    return replace(came_with(known), check=came_with)


def sign_out() -> None:
    """End this browser's sign-in in all its tabs, also for whoever copied its cookie."""
    who = sign_in.identity()
    if who is not None:
        own = Logbook(open_database(config().database_url), person_id(who.issuer, who.subject))
        own.revise(sign_in.SIGNED_OUT, partial(sign_in.with_sign_out, who))
    st.logout()


def _opened_share() -> UUID | None:
    """The log that was opened from the roster.

    Its number stands in the address, so that a reload keeps it open.
    """
    if OPENED_SHARE not in st.session_state and SHARE_IN_ADDRESS in st.query_params:
        with suppress(ValueError):
            st.session_state[OPENED_SHARE] = UUID(st.query_params[SHARE_IN_ADDRESS])
    share: UUID | None = st.session_state.get(OPENED_SHARE)
    if share is not None and st.query_params.get(SHARE_IN_ADDRESS) != str(share):
        st.query_params[SHARE_IN_ADDRESS] = str(share)  # a step to another page has taken it out
    return share


def share_cookie() -> str:
    """The token of the share link that this browser came by, if any.

    The page's address never holds it.
    """
    value = st.context.cookies.get(SHARE_COOKIE)
    return value if isinstance(value, str) else ""


def open_share(share: UUID) -> None:
    """From now on this browser session looks at a log shared with the signed-in visitor."""
    st.session_state[OPENED_SHARE] = share


def close_share() -> None:
    """Back to the visitor's own log, from one that was opened from the roster."""
    st.session_state.pop(OPENED_SHARE, None)
    st.query_params.pop(SHARE_IN_ADDRESS, None)


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


def explore(store: Database) -> None:
    """From now on this browser session looks at a log that is kept nowhere."""
    st.session_state[EXPLORING] = store


def stop_exploring() -> None:
    """Back to the person's own log; what was entered while exploring is gone, as the page said."""
    st.session_state.pop(EXPLORING, None)


def _explorer(note: str, known: LogState | None) -> Visitor:
    if EXPLORING not in st.session_state:
        st.session_state[EXPLORING] = Database.open("sqlite://")
    store: Database = st.session_state[EXPLORING]
    logbook = Logbook(store, person_id(*EXPLORER))
    owner = _owner(Mode.EXPLORE, logbook, _state(logbook, known), note=note)
    return replace(owner, key=f"explore-{id(store)}")
