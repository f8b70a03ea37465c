"""Signing in with a password: for one person or a family on a small server behind HTTPS.

``LEGCARE_OWNER_PASSWORD`` holds hashes alone (argon2id, made by ``python -m legcare.commands
password``). A session is a signed cookie that no script can read; the signature is made with the
hash, so another password ends every session. Clubs use OpenID Connect.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from functools import cache
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from legcare.config import config
from legcare.storage.people import LOCAL_PERSON

SESSION_COOKIE = "legcare_session"
ISSUER = "password"
DAYS = 30
# Each check takes 64 MB on purpose: never many at once.
_CHECKS = Semaphore(2)


@dataclass(frozen=True)
class Session:
    """A signed-in browser: whose, since when (Unix time), and the session's own number."""

    name: str
    issued_at: int
    number: str

    @property
    def person(self) -> tuple[str, str]:
        """Issuer and subject: the only person of a server keeps the log of local mode."""
        return (ISSUER, self.name) if self.name else LOCAL_PERSON


def owners() -> dict[str, str]:
    """The hash of each person's password by name; the name of an only person is empty."""
    entries = (config().owner_password or "").split()
    pairs = (entry.rpartition(":") for entry in entries)
    return {name.casefold(): hashed for name, _, hashed in pairs}


@cache
def _nobody() -> str:
    """A hash that no password matches."""
    return PasswordHasher().hash(secrets.token_hex(16))


def matches(name: str, password: str) -> bool:
    """Whether the password is that person's; an unknown name takes as long."""
    password_hash = owners().get(name)
    with _CHECKS:
        try:
            return (
                PasswordHasher().verify(password_hash or _nobody(), password)
                and password_hash is not None
            )
        except (VerificationError, InvalidHashError):
            return False


def cookie_of(name: str) -> str:
    """The cookie of a new session."""
    parts = (name, str(int(time.time())), secrets.token_urlsafe(12))
    text = base64.urlsafe_b64encode("\n".join(parts).encode()).decode().rstrip("=")
    return f"{text}.{_signature(text, owners()[name])}"


def session_of(cookie: object) -> Session | None:
    """The session that a cookie proves; None for one that is forged, old, or of a past password."""
    text, _, signature = cookie.partition(".") if isinstance(cookie, str) else ("", "", "")
    try:
        name, issued, number = base64.urlsafe_b64decode(f"{text}===").decode().split("\n")
        issued_at = int(issued)
    except (ValueError, binascii.Error):
        return None
    hashed = owners().get(name)
    if hashed is None or not hmac.compare_digest(_signature(text, hashed), signature):
        return None
    return Session(name, issued_at, number) if time.time() - issued_at < DAYS * 86400 else None


def _signature(text: str, hashed: str) -> str:
    key = hashlib.sha256(f"legcare session {hashed}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
