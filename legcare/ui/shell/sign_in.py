"""Signing in, through Streamlit's own OpenID Connect.

Who someone is, and when an old sign-in stops counting.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from legcare.storage.logbook import Logbook, LogState
from legcare.ui.parts.text import plain

VALID_FROM = "signed-in-since"


@dataclass(frozen=True)
class Identity:
    """Who signed in: (issuer, subject) names a person; ``label`` is only how they are called.

    ``email`` is an address that the provider says it has verified, None otherwise: an address that
    anyone may claim opens no log that was shared with it.
    """

    issuer: str
    subject: str
    label: str
    issued_at: int
    email: str | None = None


def configured() -> bool:
    """Whether this server has a sign-in (an ``[auth]`` section in ``secrets.toml``)."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def identity() -> Identity | None:
    """Who signed in, or None."""
    if not st.user.is_logged_in:
        return None
    claims: dict[str, Any] = dict(st.user.to_dict())
    issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
    if not issuer or not subject:
        return None
    label = str(claims.get("email") or claims.get("name") or "")
    email = (
        label if claims.get("email") and claims.get("email_verified") in (True, "true") else None
    )
    return Identity(issuer, subject, label, int(claims.get("iat") or 0), email)


def still_counts(who: Identity, state: LogState) -> bool:
    """Whether this sign-in is newer than the last "sign out everywhere"."""
    since = state.document(VALID_FROM)
    return not isinstance(since, int) or who.issued_at >= since


def sign_out_everywhere(logbook: Logbook) -> None:
    """Every earlier sign-in is void at once, on every device.

    Though their cookies live on.
    """
    logbook.remember(VALID_FROM, int(time.time()) + 1)
    st.logout()


def signed_in() -> None:
    """Who is signed in, with the way out; nothing where there is no sign-in."""
    who = identity() if configured() else None
    if who is not None:
        st.markdown(f"Signed in as {plain(who.label) or 'yourself'}")
        st.button("Sign out", on_click=st.logout, icon=":material/logout:", key="sign-out")


def sign_in_screen(note: str = "") -> None:
    """What a stranger sees: one button."""
    st.title("legcare", anchor=False)
    st.markdown("Your own leg-cramp log, and what it says. Sign in to see yours; nobody else can.")
    if note:
        st.info(note)
    st.button("Sign in", on_click=st.login, type="primary", icon=":material/login:", key="sign-in")
