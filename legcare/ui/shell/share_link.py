"""The address of a share link.

``/s/{token}`` puts the token into a cookie that no script can read, and leads on.

The token stands in no page's address and in no log line, and a reload keeps working. A wrong,
expired or revoked link is answered in the same way; the page then says the same sentence for all of
them.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from legcare.ui.shell.server_state import SHARE_COOKIE

LONGEST_TOKEN = 100
DAYS_KEPT = 3650


async def enter(request: Request) -> Response:
    """Take the token out of the address."""
    token = str(request.path_params["token"])[:LONGEST_TOKEN]
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


def link_routes() -> Sequence[BaseRoute]:
    """The addresses of share links."""
    return [Route("/s/{token}", enter, methods=["GET"]), Route("/leave", leave, methods=["GET"])]
