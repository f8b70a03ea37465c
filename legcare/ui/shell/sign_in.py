"""Signing in: through Streamlit's own OpenID Connect, or with a password.

Who someone is, and when an old sign-in stops counting.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import JsonValue
from streamlit.errors import StreamlitSecretNotFoundError

from legcare.storage.logbook import Logbook, LogState
from legcare.ui.parts.text import plain
from legcare.ui.shell import passwords
from legcare.ui.shell.address import link_in_this_tab

VALID_FROM = "signed-in-since"
SIGNED_OUT = "signed-out"
COOKIE_LIVES_S = 40 * 86400  # Streamlit takes no cookie that is older than 31 days


@dataclass(frozen=True)
class Identity:
    """Who signed in: (issuer, subject) names a person; ``label`` is only how they are called.

    ``email`` is an address that the provider says it has verified, None otherwise: an address that
    anyone may claim opens no log that was shared with it. ``sign_in`` tells one sign-in from
    another of the same person: a browser's tabs, and a copy of its cookie, share it.
    """

    issuer: str
    subject: str
    label: str
    issued_at: int
    email: str | None = None
    sign_in: str = ""


def configured() -> bool:
    """Whether this server has a sign-in: passwords, or a provider."""
    return bool(passwords.owners()) or has_provider()


def has_provider() -> bool:
    """Whether an OpenID provider is set (an ``[auth]`` section in ``secrets.toml``)."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def identity() -> Identity | None:
    """Who signed in, or None."""
    session = passwords.session_of(st.context.cookies.get(passwords.SESSION_COOKIE))
    if session is not None:
        return session_identity(session)
    if not getattr(st.user, "is_logged_in", False):
        return None
    claims: dict[str, Any] = dict(st.user.to_dict())
    issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
    if not issuer or not subject:
        return None
    label = str(claims.get("email") or claims.get("name") or "")
    email = (
        label if claims.get("email") and claims.get("email_verified") in (True, "true") else None
    )
    # The provider's own words for this sign-in, its time and nonce among them.
    words = json.dumps(claims, sort_keys=True, default=str)
    fingerprint = hashlib.sha256(words.encode()).hexdigest()
    return Identity(issuer, subject, label, int(claims.get("iat") or 0), email, fingerprint)


def session_identity(session: passwords.Session) -> Identity:
    """Who signed in with a password."""
    issuer, subject = session.person
    label = session.name or "the owner"
    return Identity(issuer, subject, label, session.issued_at, sign_in=session.number)


def ended(who: Identity, state: LogState) -> str:
    """Why this sign-in no longer counts, as a sentence; empty where it does."""
    since, signed_out = state.document(VALID_FROM), state.document(SIGNED_OUT)
    if isinstance(since, int) and who.issued_at < since:
        return "You were signed out everywhere. Sign in again to see your log."
    if isinstance(signed_out, dict) and who.sign_in in signed_out:
        return "You signed out in this browser. Sign in again to see your log."
    return ""


def with_sign_out(who: Identity, signed_out: JsonValue) -> JsonValue:
    """The sign-ins that were ended one by one, with this one; those too old to matter left out."""
    now = int(time.time())
    earlier = signed_out if isinstance(signed_out, dict) else {}
    recent = {
        key: at for key, at in earlier.items() if isinstance(at, int) and now - at < COOKIE_LIVES_S
    }
    return {**recent, who.sign_in: now}


def sign_out_everywhere(logbook: Logbook) -> None:
    """Every earlier sign-in is void at once, on every device.

    Though their cookies live on.
    """
    logbook.remember(VALID_FROM, int(time.time()) + 1)
    if has_provider():
        st.logout()
    else:
        st.rerun()


def signed_in(sign_out: Callable[[], None]) -> None:
    """Who is signed in, with the way out; nothing where there is no sign-in."""
    who = identity() if configured() else None
    if who is not None:
        st.markdown(f"Signed in as {plain(who.label) or 'yourself'}")
        if passwords.session_of(st.context.cookies.get(passwords.SESSION_COOKIE)) is None:
            st.button("Sign out", on_click=sign_out, icon=":material/logout:", key="sign-out")
        else:
            link_in_this_tab("Sign out", "/sign-out")


def sign_in_screen(note: str = "") -> None:
    """What a stranger sees: one button."""
    st.title("legcare", anchor=False)
    st.markdown("Your own leg-cramp log, and what it says. Sign in to see yours; nobody else can.")
    if note:
        st.info(note)
    if passwords.owners():
        link_in_this_tab("Sign in with your password", "/sign-in")
    if not has_provider():
        return
    st.button("Sign in", on_click=st.login, type="primary", icon=":material/login:", key="sign-in")
