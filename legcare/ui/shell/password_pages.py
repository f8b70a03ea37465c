"""The pages of signing in and out with a password."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from legcare.config import config
from legcare.errors import BadRecord, LegcareError
from legcare.sharing.attempts import Attempts
from legcare.storage.logbook import Logbook
from legcare.storage.people import person_id
from legcare.ui.phone.exchange import keep_cookie, refuse, reply, sent_fields
from legcare.ui.phone.files import file_response
from legcare.ui.phone.origin import from_own_page, place
from legcare.ui.shell import sign_in
from legcare.ui.shell.passwords import (
    DAYS,
    SESSION_COOKIE,
    Session,
    cookie_of,
    matches,
    owners,
    session_of,
)
from legcare.ui.shell.server_state import SHARE_COOKIE, open_database

WRONG_PASSWORDS = Attempts()
WRONG = "Name and password do not belong together. Check both; large and small letters count."
OUT = "Too many wrong passwords came from here. Wait five minutes, then try again."


def _name(text: object) -> str:
    """The name as it is looked up: an only person may give any or none."""
    name, names = str(text or "").strip().casefold(), owners()
    return "" if set(names) == {""} else name


class ToSignIn:
    """Leads a stranger who asks for a page to the sign-in, where there is none but passwords."""

    def __init__(self, app: ASGIApp, pages: frozenset[str]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        page = scope["type"] == "http" and scope["path"].strip("/") in self.pages
        if page and owners() and _is_stranger(Request(scope)) and not sign_in.has_provider():
            answer = RedirectResponse("/sign-in", 303, {"Cache-Control": "no-store"})
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_stranger(request: Request) -> bool:
    cookies = request.cookies
    return SHARE_COOKIE not in cookies and session_of(cookies.get(SESSION_COOKIE)) is None


async def _page(_: Request) -> Response:
    return file_response("sign-in.html", cache_control="no-store")


async def _sign_in(request: Request) -> Response:
    if not owners() or not from_own_page(request):
        return refuse("Only legcare's own page may sign in.", 403)
    if WRONG_PASSWORDS.is_out(place(request)):
        return refuse(OUT, 429)
    try:
        body = await sent_fields(request)
    except BadRecord as bad:
        return refuse(str(bad), 422)
    name, password = _name(body.get("name")), str(body.get("password", ""))
    if not await run_in_threadpool(matches, name, password):
        WRONG_PASSWORDS.wrong(place(request))
        return refuse(WRONG, 403)
    response = reply({"result": "signed in"})
    keep_cookie(request, response, (SESSION_COOKIE, cookie_of(name)), days=DAYS)
    return response


async def _signed_in(_: Request) -> Response:
    """On to the page that was asked for before the sign-in (see ``deep_link``)."""
    return RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})


async def _sign_out(request: Request) -> Response:
    """End this session for good, also where its cookie was copied."""
    response = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    session = session_of(request.cookies.get(SESSION_COOKIE))
    if session is None or request.headers.get("sec-fetch-site", "none") == "cross-site":
        return response
    try:
        await run_in_threadpool(_end, session)
    except LegcareError as trouble:
        return refuse(str(trouble), 503)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


def _end(session: Session) -> None:
    who = sign_in.session_identity(session)
    logbook = Logbook(open_database(config().database_url), person_id(*session.person))
    logbook.begin()
    logbook.revise(sign_in.SIGNED_OUT, partial(sign_in.with_sign_out, who))


def password_routes() -> Sequence[BaseRoute]:
    """The addresses of signing in and out with a password."""
    return [
        Route("/sign-in", _page, methods=["GET"]),
        Route("/api/sign-in", _sign_in, methods=["POST"]),
        Route("/signed-in", _signed_in, methods=["GET"]),
        Route("/sign-out", _sign_out, methods=["GET"]),
    ]
