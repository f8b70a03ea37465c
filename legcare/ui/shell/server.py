"""What surrounds the screen.

Response headers, own routes and the sentence for an unexpected error.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import traceback
from collections.abc import Sequence

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from legcare.config import config
from legcare.errors import LegcareError
from legcare.ui.phone.entries import entry_routes
from legcare.ui.phone.files import file_routes
from legcare.ui.phone.pairing import pairing_routes
from legcare.ui.shell.deep_link import DeepLink
from legcare.ui.shell.home_screen import HomeScreen
from legcare.ui.shell.menu import ENTRIES
from legcare.ui.shell.packed import PackedFiles
from legcare.ui.shell.password_pages import ToSignIn, password_routes
from legcare.ui.shell.server_state import open_database
from legcare.ui.shell.share_link import link_routes
from legcare.ui.shell.start_key import StartKey, start_routes

LOGGER = logging.getLogger("legcare")
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
}
HEALTH_S = 5
CLOSED = ("/_stcore/metrics", "/_stcore/agent")


class SafeHeaders:
    """Adds the safety headers to every response and closes Streamlit's own counters to visitors."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if any(
            scope["path"].rstrip("/").endswith(path) or f"{path}/" in scope["path"]
            for path in CLOSED
        ):
            await PlainTextResponse("Not found", status_code=404, headers=HEADERS)(
                scope, receive, send
            )
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    held.setdefault(name, value)  # the night page has a stricter policy of its own
            await send(message)

        await self.app(scope, receive, send_with_headers)


class WithoutPersonalData(logging.Filter):
    """Holds back Streamlit's own report of an error.

    It quotes the error's message, and that may quote a person.

    ``explain`` writes a line without it instead.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line may be written."""
        return record.exc_info is None


for quoting in ("streamlit.error_util", "streamlit.runtime.backend_operation_handler"):
    logging.getLogger(quoting).addFilter(WithoutPersonalData())


def middleware() -> Sequence[Middleware]:
    """What every request passes through."""
    pages = frozenset(("", *ENTRIES))
    return [
        Middleware(SafeHeaders),
        Middleware(StartKey),
        Middleware(DeepLink, pages=pages),
        Middleware(ToSignIn, pages=pages),
        Middleware(HomeScreen, pages=pages),
        Middleware(PackedFiles),
    ]


def routes() -> Sequence[BaseRoute]:
    """The application's own addresses beside Streamlit's."""
    phone = [*file_routes(), *entry_routes(), *pairing_routes()]
    own = [*link_routes(), Route("/health", health, methods=["GET"])]
    return [*own, *phone, *password_routes(), *start_routes()]


async def health(_: Request) -> Response:
    """Whether this server can ask its database: 200, or 503 where it gives no answer in time."""
    settings = config()
    try:
        if not settings.explore_only:
            asked = run_in_threadpool(lambda: open_database(settings.database_url).answers())
            await asyncio.wait_for(asked, HEALTH_S)
    except (LegcareError, TimeoutError):
        return JSONResponse({"database": "unreachable"}, status_code=503)
    return JSONResponse({"database": "ok"})


def explain(error: Exception) -> bool:
    """Turn an error that no page expected into a sentence with a reference number."""
    if isinstance(error, LegcareError):
        st.error(str(error), icon=":material/error:")
        return True
    reference = log_error(error)
    st.error(
        "Something went wrong that should not have, and this page could not be finished. Nothing"
        " that you saved is lost. Reload the page; if it happens again, report the reference"
        f" number {reference}.",
        icon=":material/error:",
    )
    return True


def log_error(error: Exception) -> str:
    """Write an unexpected error to the server's log; returns its reference number.

    The log gets the number, the kind of error and where in the code it arose, never its message:
    the message may quote what the person entered.
    """
    reference = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    trail = " <- ".join(
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames[-8:])
    )
    LOGGER.error("Unexpected error %s: %s at %s", reference, type(error).__name__, trail)
    return reference
