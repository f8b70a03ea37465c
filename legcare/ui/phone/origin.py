"""Where a request comes from: this machine, this server's own page, or elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import Request

from legcare.config import config
from legcare.ui.shell import sign_in
from legcare.ui.shell.visitor import FORWARDED, LOOPBACK


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


def from_this_machine(request: Request) -> bool:
    """Whether the request is the local person's: no sign-in here, and nothing in between.

    The same question as ``visitor.reached_from_elsewhere``, asked of a plain request.
    """
    if getattr(request.app.state, "paired_only", False):
        return False  # the phones' listener knows nobody but paired phones
    if sign_in.configured() or config().explore_only:
        return False
    name = urlsplit(f"//{request.headers.get('host', '')}").hostname
    return (
        st.get_option("server.address") in LOOPBACK
        and name in LOOPBACK
        and place(request) in LOOPBACK
        and not any(request.headers.get(header) for header in FORWARDED)
    )
