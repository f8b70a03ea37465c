"""The program's own script files: packed once, sent whole, and nothing else touched."""

from __future__ import annotations

import asyncio
from collections import Counter

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from legcare.ui.shell import packed
from legcare.ui.shell.packed import PackedFiles

SCRIPT = "const sentence = 'no clear association is not no effect';\n" * 200
KINDS = {
    "big.js": "text/javascript; charset=utf-8",
    "style.css": "text/css",
    "page.js": "text/html",
}


def asked(*requests: tuple[str, dict[str, str]]) -> tuple[list[httpx.Response], Counter[str]]:
    """The answers to requests for files, and the number of calls of the application behind."""
    reads: Counter[str] = Counter()

    async def answer(request: Request) -> Response:
        reads[request.url.path] += 1
        name = request.path_params["name"]
        if request.headers.get("if-none-match"):
            return Response(status_code=304)
        content = "small" if name == "small.js" else SCRIPT
        status = 404 if name == "missing.js" else 200
        headers = {"etag": '"abc"', "cache-control": "public, immutable", "accept-ranges": "bytes"}
        return Response(content, status, headers, KINDS.get(name, "text/javascript"))

    async def ask() -> list[httpx.Response]:
        app = Starlette(
            routes=[Route("/{rest:path}/{name}", answer)], middleware=[Middleware(PackedFiles)]
        )
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://here"
        ) as client:
            return [await client.get(path, headers=headers) for path, headers in requests]

    return asyncio.run(ask()), reads


def test_a_script_is_read_once_and_sent_packed_to_everyone() -> None:
    (first, again), reads = asked(*[("/static/js/big.js", {"accept-encoding": "gzip, br"})] * 2)
    for got in (first, again):
        assert got.text == SCRIPT
        assert got.headers["content-encoding"] == "gzip"
        assert int(got.headers["content-length"]) < len(SCRIPT) / 10
        assert got.headers["cache-control"] == "public, immutable"
        assert got.headers["vary"] == "Accept-Encoding"
        assert "etag" not in got.headers
    assert reads == {"/static/js/big.js": 1}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/big.js", {"accept-encoding": "identity"}),
        ("/static/js/big.js", {"accept-encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/js/small.js", {"accept-encoding": "gzip"}),
        ("/static/js/missing.js", {"accept-encoding": "gzip"}),
        ("/static/js/page.js", {"accept-encoding": "gzip"}),
        ("/media/big.js", {"accept-encoding": "gzip"}),
    ],
)
def test_anything_else_is_sent_as_it_is(path: str, headers: dict[str, str]) -> None:
    (got,), reads = asked((path, headers))
    assert "content-encoding" not in got.headers
    assert got.headers["etag"] == '"abc"'
    assert reads == {path: 1}


def test_a_browser_that_has_the_file_is_told_so() -> None:
    (got,), _ = asked(("/static/js/big.js", {"accept-encoding": "gzip", "if-none-match": '"abc"'}))
    assert got.status_code == 304


def test_memory_does_not_grow_with_the_ways_of_writing_an_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packed, "MOST_FILES", 2)
    paths = [f"/static/{step}/big.js" for step in range(4)]
    got, reads = asked(*[(path, {"accept-encoding": "gzip"}) for path in (*paths, *paths)])
    assert [answer.text == SCRIPT for answer in got] == [True] * 8
    assert reads == {paths[0]: 1, paths[1]: 1, paths[2]: 2, paths[3]: 2}
