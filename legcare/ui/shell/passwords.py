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
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from legcare.config import config
from legcare.errors import BadRecord, LegcareError
from legcare.sharing.attempts import Attempts
from legcare.storage.logbook import Logbook
from legcare.storage.people import person_id
from legcare.ui.phone.exchange import done, keep_cookie, refused, sent_fields
from legcare.ui.phone.files import file_response
from legcare.ui.phone.origin import from_own_page, place
from legcare.ui.shell.server_state import LOCAL_PERSON, open_database

SESSION_COOKIE = "legcare_session"
ISSUER = "password"
DAYS = 30
ENDED = "ended-sessions"
WRONG_PASSWORDS = Attempts()
# Each check takes 64 MB on purpose: never many at once.
_CHECKS = Semaphore(2)
_NOBODY = PasswordHasher().hash(secrets.token_hex(16))
WRONG = "Name and password do not belong together. Check both; large and small letters count."
OUT = "Too many wrong passwords came from here. Wait five minutes, then try again."


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


def matches(name: str, password: str) -> bool:
    """Whether the password is that person's; an unknown name takes as long."""
    known = owners().get(name)
    with _CHECKS:
        try:
            return PasswordHasher().verify(known or _NOBODY, password) and known is not None
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


def _name(text: object) -> str:
    """The name as it is looked up: an only person may give any or none."""
    name, known = str(text or "").strip().casefold(), owners()
    return "" if set(known) == {""} else name


async def _page(_: Request) -> Response:
    return file_response("sign-in.html", cache_control="no-store")


async def _sign_in(request: Request) -> Response:
    if not owners() or not from_own_page(request):
        return refused("Only legcare's own page may sign in.", 403)
    if WRONG_PASSWORDS.is_out(place(request)):
        return refused(OUT, 429)
    try:
        sent = await sent_fields(request)
    except BadRecord as bad:
        return refused(str(bad), 422)
    name, password = _name(sent.get("name")), str(sent.get("password", ""))
    if not await run_in_threadpool(matches, name, password):
        WRONG_PASSWORDS.wrong(place(request))
        return refused(WRONG, 403)
    response = done({"result": "signed in"})
    keep_cookie(request, response, (SESSION_COOKIE, cookie_of(name)), days=DAYS)
    return response


async def _sign_out(request: Request) -> Response:
    """End this session for good, also where its cookie was copied."""
    response = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    session = session_of(request.cookies.get(SESSION_COOKIE))
    if session is None or request.headers.get("sec-fetch-site", "none") == "cross-site":
        return response
    try:
        await run_in_threadpool(_end, session)
    except LegcareError as trouble:
        return refused(str(trouble), 503)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


def _end(session: Session) -> None:
    logbook = Logbook(open_database(config().database_url), person_id(*session.person))
    ended = logbook.recall(ENDED)
    kept = {str(number): at for number, at in ended.items()} if isinstance(ended, dict) else {}
    since = time.time() - DAYS * 86400
    young = {number: at for number, at in kept.items() if isinstance(at, int) and at > since}
    logbook.begin()
    logbook.remember(ENDED, {**young, session.number: session.issued_at})


def password_routes() -> Sequence[BaseRoute]:
    """The addresses of signing in and out with a password."""
    return [
        Route("/sign-in", _page, methods=["GET"]),
        Route("/api/sign-in", _sign_in, methods=["POST"]),
        Route("/sign-out", _sign_out, methods=["GET"]),
    ]
