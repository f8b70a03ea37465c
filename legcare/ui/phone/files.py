"""The night page's own files: sent with a strict policy, and kept by the phone for a week.

A phone that opens the page while the computer sleeps gets its kept copy; the page asks for the
newer one as soon as the server says that there is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

WEB = Path(__file__).with_name("web")
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
WEEK = "private, max-age=604800"


@cache
def version() -> str:
    """Changes with any of the files."""
    content = b"".join(path.read_bytes() for path in sorted(WEB.iterdir()) if path.is_file())
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def content(name: str) -> bytes:
    """A file as it is sent."""
    raw = (WEB / name).read_bytes()
    return raw if name.endswith(".png") else raw.replace(b"VERSION", version().encode())


def file_response(name: str, *, cache_control: str = WEEK) -> Response:
    """A file of this folder with the policy that it may fetch from here alone."""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": cache_control}
    if name == "worker.js":
        headers |= {"Service-Worker-Allowed": "/night", "Cache-Control": "no-cache"}
    return Response(content(name), media_type=TYPES[Path(name).suffix], headers=headers)


async def _page(_: Request) -> Response:
    return file_response("night.html")


async def _file(request: Request) -> Response:
    name = str(request.path_params["name"])
    names = {path.name for path in WEB.iterdir() if path.is_file() and path.suffix != ".html"}
    if name not in names:
        return Response("Not found", status_code=404, media_type="text/plain")
    return file_response(name)


def file_routes() -> Sequence[BaseRoute]:
    """The night page and what it loads."""
    return [
        Route("/night", _page, methods=["GET"]),
        Route("/night/{name}", _file, methods=["GET"]),
    ]
