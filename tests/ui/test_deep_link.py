"""A link to a page survives signing in, and leads nobody off this application."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route

from legcare.ui.shell.deep_link import COOKIE, DeepLink
from legcare.ui.shell.server import middleware

PAGES = frozenset({"", "today", "timing"})


def answered(path: str, **cookies: str) -> httpx.Response:
    """What a browser with these cookies gets from an application.

    The application ends its sign-in as Streamlit does.
    """

    async def page(_: object) -> PlainTextResponse:
        return PlainTextResponse("page")

    async def callback(_: object) -> RedirectResponse:
        return RedirectResponse("/", status_code=302)

    async def ask() -> httpx.Response:
        routes = [
            Route("/oauth2callback", callback),
            *(Route(f"/{name}", page) for name in (*PAGES, "static.js")),
        ]
        app = Starlette(routes=routes, middleware=[Middleware(DeepLink, pages=PAGES)])
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://here", cookies=cookies
        ) as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_the_page_that_a_stranger_asked_for_is_remembered() -> None:
    held = answered("/today?do=cramp").headers["set-cookie"]
    assert held.startswith(f"{COOKIE}={quote('/today?do=cramp', safe='')};")
    assert "HttpOnly" in held
    assert "SameSite=Lax" in held


@pytest.mark.parametrize(
    ("path", "cookies"), [("/today", {"_streamlit_user": "x"}), ("/static.js", {})]
)
def test_nothing_is_remembered_of_someone_signed_in_or_of_other_files(
    path: str, cookies: dict[str, str]
) -> None:
    assert "set-cookie" not in answered(path, **cookies).headers


def test_the_sign_in_ends_at_the_remembered_page() -> None:
    done = answered("/oauth2callback?code=1", **{COOKIE: quote("/today?do=cramp", safe="")})
    assert done.headers["location"] == "/today?do=cramp"
    assert "Max-Age=0" in done.headers["set-cookie"]


@pytest.mark.parametrize(
    "wish", ["", "//evil.example/", "https://evil.example", "/elsewhere", "/today\r\nX: y"]
)
def test_nobody_is_led_elsewhere(wish: str) -> None:
    assert (
        answered("/oauth2callback?code=1", **{COOKIE: quote(wish, safe="")}).headers["location"]
        == "/"
    )


def test_every_page_with_an_address_of_its_own_is_led_back_to() -> None:
    pages = next(each.kwargs["pages"] for each in middleware() if "pages" in each.kwargs)
    assert {"", "today", "timing", "settings"} <= pages
