"""The body of a request, read no further than an entry can be long."""

from __future__ import annotations

from starlette.requests import Request

from legcare.errors import BadRecord
from legcare.sharing.entries import LARGEST


async def small_body(request: Request) -> bytes:
    """The whole body; raises ``BadRecord`` as soon as it is too large."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise BadRecord(f"An entry may have at most {LARGEST} bytes. Shorten its note.")
    return body
