"""A link to a page survives signing in.

The way there is kept in a short cookie and taken up again afterwards.

Streamlit sends everyone who signed in to the first page. So the address that a visitor asked for is
remembered when the page is delivered, and the redirect that ends the sign-in is sent there instead.
Nothing is kept on the server, so it works with several of them.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "legcare_next"
MINUTES = 10
LONGEST = 500
SIGNED_IN = "_streamlit_user"
CALLBACKS = ("/oauth2callback", "/signed-in")


class DeepLink:
    """Remembers the page a visitor asked for, and leads there after the sign-in."""

    def __init__(self, app: ASGIApp, pages: frozenset[str]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        cookies = _cookies(scope)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._mark(scope, cookies, MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_on)

    def _mark(self, scope: Scope, cookies: SimpleCookie, headers: MutableHeaders) -> None:
        path = str(scope["path"])
        if path.endswith(CALLBACKS):
            wish = self._wish(cookies)
            if wish and headers.get("location", "").endswith("/"):
                headers["location"] = wish
                headers.append(
                    "set-cookie", f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
                )
        elif path.strip("/") in self.pages and SIGNED_IN not in cookies:
            query = scope.get("query_string", b"").decode("ascii", "ignore")
            address = f"{path}?{query}" if query else path
            if len(address) <= LONGEST:
                value = quote(address, safe="")
                headers.append(
                    "set-cookie",
                    f"{COOKIE}={value}; Path=/; Max-Age={MINUTES * 60}; HttpOnly; SameSite=Lax",
                )

    def _wish(self, cookies: SimpleCookie) -> str:
        """The remembered address, if it is one of this application's own pages.

        Nobody is led elsewhere.
        """
        if COOKIE not in cookies:
            return ""
        address = unquote(cookies[COOKIE].value)
        path = address.partition("?")[0]
        safe = path.startswith("/") and not path.startswith("//") and path.strip("/") in self.pages
        return address if safe and address.isprintable() else ""


def _cookies(scope: Scope) -> SimpleCookie:
    try:
        return SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return SimpleCookie()
