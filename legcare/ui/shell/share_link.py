"""The address of a share link.

``/s/{token}`` puts the token into a cookie that no script can read, and leads on.

The token stands in no page's address and in no log line, and a reload keeps working. A wrong,
expired or revoked link is answered in the same way; the page then says the same sentence for all of
them. Many wrong tries from one place are slowed down.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from legcare.config import config
from legcare.errors import LegcareError
from legcare.sharing.guest import Guest
from legcare.ui.shell.server_state import ATTEMPTS, SHARE_COOKIE, open_database

LONGEST_TOKEN = 100
DAYS_KEPT = 3650


async def enter(request: Request) -> Response:
    """Take the token out of the address."""
    place = request.client.host if request.client else ""
    token = str(request.path_params["token"])[:LONGEST_TOKEN]
    await asyncio.sleep(ATTEMPTS.wait(place))
    if not await run_in_threadpool(_opens, token):
        ATTEMPTS.wrong(place)
    response = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(
        SHARE_COOKIE,
        token,
        max_age=DAYS_KEPT * 86400,
        httponly=True,
        samesite="lax",
        secure=secure,
        path="/",
    )
    return response


async def leave(_: Request) -> Response:
    """Forget the share link and go back to the visitor's own log."""
    response = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    response.delete_cookie(SHARE_COOKIE, path="/")
    return response


def _opens(token: str) -> bool:
    """Whether the token opens a log.

    One that is bound to an address counts as wrong here and costs the same.
    """
    try:
        Guest(open_database(config().database_url)).enter(token)
    except LegcareError:
        return False
    return True


def link_routes() -> Sequence[BaseRoute]:
    """The addresses of share links."""
    return [Route("/s/{token}", enter, methods=["GET"]), Route("/leave", leave, methods=["GET"])]
