"""Where a request comes from: which address, over HTTPS or not, from this server's own page."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request


def place(request: Request) -> str:
    """The address that a request comes from, as the server sees it."""
    return request.client.host if request.client else ""


def is_secure(request: Request) -> bool:
    """Whether the browser speaks HTTPS with this server or with the proxy before it."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"


def from_own_page(request: Request) -> bool:
    """Whether a page of this very server sends the request.

    A browser names the origin with every write and lets no page change it.
    """
    origin = urlsplit(request.headers.get("origin", "")).netloc
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    return bool(origin) and origin == request.headers.get("host") and fetched == "same-origin"
