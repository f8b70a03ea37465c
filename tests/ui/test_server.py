"""What surrounds the screen.

Headers on every response, closed counters, errors without the person's data.
"""

from __future__ import annotations

import asyncio
import logging

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from legcare.errors import BadRecord
from legcare.ui.shell.server import HEADERS, explain, middleware

PATHS = (
    "/",
    "/_stcore/health",
    "/_stcore/metrics",
    "/timing/_stcore/metrics",
    "/_stcore/agent/openapi.json",
)


def got(path: str) -> httpx.Response:
    """What a browser gets from an application behind legcare's middleware.

    It answers "hello" everywhere.
    """

    async def answer(_: object) -> PlainTextResponse:
        return PlainTextResponse("hello")

    async def ask() -> httpx.Response:
        app = Starlette(routes=[Route(known, answer) for known in PATHS], middleware=middleware())
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://here"
        ) as client:
            return await client.get(path)

    return asyncio.run(ask())


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/nowhere"])
def test_every_response_carries_the_safety_headers(path: str) -> None:
    held = got(path).headers
    assert {name: held[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", PATHS[2:])
def test_streamlits_own_counters_are_closed(path: str) -> None:
    assert got(path).status_code == 404


def test_health_stays_open() -> None:
    assert got("/_stcore/health").text == "hello"


def _page_with_a_bug() -> None:
    from legcare.ui.shell.server import explain

    try:
        raise ValueError("severity 7, note: my secret")
    except ValueError as error:
        explain(error)


def test_an_unexpected_error_becomes_a_sentence_with_a_number(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, logger="legcare"):
        page = AppTest.from_function(_page_with_a_bug).run()
    (shown,) = (element.value for element in page.error)
    (logged,) = caplog.messages
    reference = shown.rstrip(".").split()[-1]
    assert "Nothing that you saved is lost" in shown
    assert reference in logged
    assert "ValueError" in logged
    assert "secret" not in logged + shown


def test_streamlits_own_report_of_an_error_is_held_back(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("my secret")
    except ValueError as error:
        logging.getLogger("streamlit.error_util").error("Uncaught app execution", exc_info=error)
    assert caplog.messages == []


def test_an_error_that_a_person_can_act_on_is_shown_as_it_is(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert explain(BadRecord("Minutes: write a number.")) is True
    assert [held for held in caplog.records if held.name == "legcare"] == []
