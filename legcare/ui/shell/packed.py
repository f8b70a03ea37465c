"""The program's own script files, packed once and kept.

They are most of what a first visit has to wait for.

Streamlit sends its script files as they are, 7.4 MB for a page with a chart, because packing them
anew for every visitor would cost more than it brings. They never change while a server runs, so
here each is packed the first time somebody asks for it and sent from memory afterwards: a third of
the bytes, which is most of the wait on a phone. They are the same for everybody and hold no secret,
so packing them tells nothing about anyone.
"""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = "/static/"
TEXT = ("text/javascript", "application/javascript", "text/css")
SMALLEST = 1000
# Streamlit has fewer; an address can be written in many ways, and memory must not grow with them
MOST_FILES = 500
LEVEL = 6
# True of the file as it lies on the disk, not of its packed form.
NOT_OF_PACKED = ("etag", "accept-ranges", "content-length")


@dataclass(frozen=True)
class Packed:
    """A file as it is sent: its headers and its packed bytes."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def answer(self) -> list[Message]:
        """The messages of a whole answer.

        The headers as a list of its own, since what comes after adds to it.
        """
        start = {"type": "http.response.start", "status": 200, "headers": list(self.headers)}
        return [start, {"type": "http.response.body", "body": self.body}]


class PackedFiles:
    """Sends Streamlit's script and style files packed to every browser that can unpack them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.held: dict[str, Packed] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = str(scope.get("path", ""))
        if not _wanted(scope) or (path not in self.held and len(self.held) >= MOST_FILES):
            await self.app(scope, receive, send)
            return
        answer = (
            self.held[path].answer()
            if path in self.held
            else await self._first(path, scope, receive)
        )
        for message in answer:
            await send(message)

    async def _first(self, path: str, scope: Scope, receive: Receive) -> list[Message]:
        """Ask for the file and keep it packed.

        Unless the answer is anything but a text file of some size.
        """
        told: list[Message] = []

        async def collect(message: Message) -> None:
            told.append(message)

        await self.app({**scope, "extensions": {}}, receive, collect)
        headers = MutableHeaders(raw=list(told[0]["headers"]))
        body = b"".join(message.get("body", b"") for message in told[1:])
        text = headers.get("content-type", "").partition(";")[0] in TEXT
        if (
            told[0]["status"] != 200
            or not text
            or len(body) < SMALLEST
            or "content-encoding" in headers
        ):
            return told
        small = await asyncio.to_thread(gzip.compress, body, LEVEL)
        for name in NOT_OF_PACKED:
            del headers[name]
        headers.update({"content-encoding": "gzip", "content-length": str(len(small))})
        headers.add_vary_header("Accept-Encoding")
        self.held[path] = Packed(tuple(headers.raw), small)
        return self.held[path].answer()


def _wanted(scope: Scope) -> bool:
    """Whether this asks for a whole script or style file, packed.

    By a browser that can unpack it and has no copy of it.
    """
    if scope["type"] != "http" or scope["method"] != "GET" or STATIC not in scope["path"]:
        return False
    asked = Headers(scope=scope)
    whole = not any(name in asked for name in ("range", "if-none-match", "if-modified-since"))
    return (
        whole
        and scope["path"].endswith((".js", ".css"))
        and "gzip" in asked.get("accept-encoding", "")
    )
