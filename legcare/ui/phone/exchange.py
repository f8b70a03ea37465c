"""What comes in and goes out on legcare's own addresses: small JSON, refusals, closed cookies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from legcare.errors import BadRecord
from legcare.sharing.entries import LARGEST, fields
from legcare.ui.phone.origin import is_secure


async def sent_fields(request: Request) -> dict[str, Any]:
    """The JSON object of a request; raises ``BadRecord`` where it is none or too large."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise BadRecord(f"An entry may have at most {LARGEST} bytes. Shorten its note.")
    return fields(body)


def reply(result: Mapping[str, object]) -> JSONResponse:
    """An answer that no cache keeps."""
    return JSONResponse(dict(result), headers={"Cache-Control": "no-store"})


def refuse(reason: str, status: int) -> JSONResponse:
    """A refusal with its reason, which no error of a server or a proxy looks like."""
    content = {"result": "refused", "reason": reason}
    return JSONResponse(content, status_code=status, headers={"Cache-Control": "no-store"})


def keep_cookie(
    request: Request,
    response: Response,
    cookie: tuple[str, str],
    *,
    days: int,
    samesite: Literal["lax", "strict"] = "lax",
) -> None:
    """Set a cookie that no script can read."""
    name, value = cookie
    response.set_cookie(
        name,
        value,
        max_age=days * 86400,
        httponly=True,
        samesite=samesite,
        secure=is_secure(request),
        path="/",
    )
