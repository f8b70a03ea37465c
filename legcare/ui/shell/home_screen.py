"""A real name and icon for the dashboard on a home screen: three lines in the head of its page."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LINES = (
    b'<link rel="manifest" href="/night/legcare.webmanifest">'
    b'<link rel="apple-touch-icon" href="/night/icon-192.png">'
    b'<meta name="apple-mobile-web-app-title" content="legcare">'
)
HEAD_ENDS = b"</head>"


class HomeScreen:
    """Adds the lines to the page that Streamlit sends at every address of a screen."""

    def __init__(self, app: ASGIApp, pages: frozenset[str]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        page = scope["type"] == "http" and scope["path"].strip("/") in self.pages
        if not page or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        # The page is small; unpacked it can be added to.
        headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        answer: list[Message] = []

        async def collect(message: Message) -> None:
            answer.append(message)

        await self.app({**scope, "headers": headers, "extensions": {}}, receive, collect)
        for message in _with_lines(answer):
            await send(message)


def _with_lines(answer: list[Message]) -> list[Message]:
    start, body = answer[0], b"".join(part.get("body", b"") for part in answer[1:])
    headers = MutableHeaders(scope=start)
    if not headers.get("content-type", "").startswith("text/html") or HEAD_ENDS not in body:
        return answer
    body = body.replace(HEAD_ENDS, LINES + HEAD_ENDS, 1)
    headers["content-length"] = str(len(body))
    return [start, {"type": "http.response.body", "body": body}]
