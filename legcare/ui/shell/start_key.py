"""A key that the server prints at its start and asks for once, as notebooks do.

For a machine with several accounts: without it every account of the machine reaches the local log.
Set ``LEGCARE_START_KEY`` to ``true`` for a new key at each start, or to a key of one's own.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sys
from collections.abc import Sequence
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from legcare.config import config
from legcare.errors import BadRecord
from legcare.sharing.attempts import Attempts
from legcare.ui.phone.exchange import keep_cookie, refuse, reply, sent_fields
from legcare.ui.phone.files import file_response
from legcare.ui.phone.origin import from_own_page, place

START_COOKIE = "legcare_start"
DAYS_KEPT = 365
WRONG_KEYS = Attempts()
OPEN = ("/start", "/api/start", "/_stcore/health")
FILE = re.compile(r"/night/[\w-]+\.\w+")  # the plain pages' own files, which hold nothing of anyone
WRONG = (
    "This is not the key of this server. It stands where the server was started, in the line that"
    " begins with legcare; a server that was started anew may have a new one."
)
OUT = "Too many wrong keys came from here. Wait five minutes, then try again."


def start_key() -> str:
    """The key of this server; empty where it asks for none."""
    setting = config().start_key
    return _random() if setting == "true" else setting or ""


@lru_cache(maxsize=1)
def _random() -> str:
    return secrets.token_urlsafe(24)


def _proof(key: str) -> str:
    """What the cookie holds: it proves the key and does not tell it."""
    return hmac.new(key.encode(), b"legcare start cookie", hashlib.sha256).hexdigest()


class StartKey:
    """Lets nobody in who has not shown the key once: no page, no write, no websocket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        if key := start_key():
            port = st.get_option("server.port")
            # On the terminal of whoever starts it, and in no log of ours.
            sys.stderr.write(f"\nlegcare asks for a key: http://127.0.0.1:{port}/start#{key}\n\n")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or the wish for a websocket."""
        key = start_key() if scope["type"] in ("http", "websocket") else ""
        if not key or _is_open(scope["path"]) or _knows(scope, key):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _turned_away(scope)(scope, receive, send)


def _is_open(path: str) -> bool:
    return path in OPEN or FILE.fullmatch(path) is not None


def _knows(scope: Scope, key: str) -> bool:
    try:
        cookies = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return False
    candidate = cookies[START_COOKIE].value if START_COOKIE in cookies else ""
    return hmac.compare_digest(candidate.encode(), _proof(key).encode())


def _turned_away(scope: Scope) -> Response:
    if scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", ""):
        return RedirectResponse("/start", status_code=303, headers={"Cache-Control": "no-store"})
    return refuse("This server asks for its key first: open /start.", 403)


async def _page(_: Request) -> Response:
    return file_response("start.html", cache_control="no-store")


async def _start(request: Request) -> Response:
    key = start_key()
    try:
        candidate = str((await sent_fields(request)).get("key", ""))
    except BadRecord as bad:
        return refuse(str(bad), 422)
    if WRONG_KEYS.is_out(place(request)):
        return refuse(OUT, 429)
    same = hmac.compare_digest(candidate.encode(), key.encode())
    if not key or not same or not from_own_page(request):
        WRONG_KEYS.wrong(place(request))
        return refuse(WRONG, 403)
    response = reply({"result": "open"})
    keep_cookie(request, response, (START_COOKIE, _proof(key)), days=DAYS_KEPT)
    return response


def start_routes() -> Sequence[BaseRoute]:
    """The addresses where the key is shown."""
    return [Route("/start", _page, methods=["GET"]), Route("/api/start", _start, methods=["POST"])]
