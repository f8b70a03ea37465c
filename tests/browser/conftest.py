"""A real server and a real Chromium for each worker; every test module begins with an empty log.

A test fails too when the page raised an error, asked another machine for anything, or made the
server log an unexpected error. ``server`` can be restarted; ``visit`` opens an address in a context
of its own (phone, dark, time zone ...).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.chromium import FLAGS, found
from tests.browser.server import DESKTOP, PATIENCE_MS, TROUBLE, Server, ready

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The one server of this worker."""
    only = Server(tmp_path_factory.mktemp("home"))
    only.start()
    yield only
    only.stop()


@pytest.fixture(scope="module")
def server(running_server: Server) -> Iterator[Server]:
    """A running server with an empty log and no settings of another module."""
    plain = dict(running_server.environment)
    running_server.empty()
    yield running_server
    assert not TROUBLE.search(running_server.said()), running_server.said()
    if running_server.environment != plain:
        running_server.environment = plain
        running_server.restart()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one Chromium of this worker; tests/conftest.py puts what needs it last."""
    path = found()
    if path is None:
        pytest.fail(
            "There is no Chromium: run python tests/browser/chromium.py, or set LEGCARE_CHROMIUM."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(server: Server, chromium: Browser) -> Iterator[Visit]:
    """Open an address.

    ``visit("/timing", heading="When", viewport=PHONE, color_scheme="dark")``.
    """
    troubles: list[str] = []

    def local_only(route: Route) -> None:
        if re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", route.request.url):
            route.continue_()
        else:
            troubles.append(f"asked another machine: {route.request.url}")
            route.abort()

    contexts = []

    def opened(path: str = "/", *, heading: str = "", **options: object) -> Page:
        context = chromium.new_context(
            **{
                "viewport": DESKTOP,
                "timezone_id": "Europe/Berlin",
                "locale": "en-GB",
                "accept_downloads": True,
                **options,
            }
        )
        contexts.append(context)
        context.route("**/*", local_only)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"error in the page: {error}"))
        page.goto(f"{server.url}{path}")
        if heading:
            ready(page, heading)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []
