"""``/api/entries``: a phone adds entries and changes or takes back its own; it reads nothing.

Small, counted, never by GET. What is refused is answered as ``{"result": "refused", "reason":
...}``, so that the phone can tell a refusal from a server that is out of order.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from legcare.errors import BadRecord, LegcareError
from legcare.records import Preferences, fixed
from legcare.records import now as utc_now
from legcare.sharing.entries import AMENDED, entry
from legcare.storage.device_log import Outcome
from legcare.ui.phone.caller import Caller, caller_of
from legcare.ui.phone.exchange import refuse, reply, sent_fields
from legcare.ui.phone.files import version
from legcare.ui.phone.origin import from_own_page
from legcare.ui.phone.pace import PACE
from legcare.ui.phone.pairing import set_phone_cookie

NOT_PAIRED = (
    "This device may not add entries: it is not on the list of phones and devices, or was removed"
    " from it. Add it in Settings, Add a phone."
)
Work = Callable[[Caller, dict[str, Any], Request], Outcome]


def write_handler(work: Work, *, append_only: bool) -> Callable[[Request], Awaitable[Response]]:
    """The handler of one kind of write: who is it, may they, is it small; then the work."""

    async def handler(request: Request) -> Response:
        try:
            caller = await run_in_threadpool(caller_of, request)
            if caller is None:
                return refuse(NOT_PAIRED, 401)
            hurdle = _hurdle(request, caller, append_only=append_only)
            if hurdle is not None:
                return hurdle
            body = await sent_fields(request)
            outcome = await run_in_threadpool(work, caller, body, request)
        except BadRecord as bad:
            return refuse(str(bad), 422)
        except ClientDisconnect:
            return Response(status_code=400)
        except LegcareError as trouble:  # the log is busy or away: the device asks again later
            return _later(str(trouble), 503)
        return reply({"result": outcome.value})

    return handler


def _hurdle(request: Request, caller: Caller, *, append_only: bool) -> Response | None:
    """Why a caller who is known may still not write like this; None where they may."""
    if caller.is_token and not append_only:
        return refuse("This key may add entries and nothing else.", 403)
    if not caller.is_token and not from_own_page(request):
        return refuse("Only legcare's own page may send entries from a browser.", 403)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return refuse("Send JSON, with Content-Type: application/json.", 415)
    wait = PACE.wait(str(caller.log.device_id))
    if wait:
        return _later("Too many entries in a minute; send them later.", 429, wait)
    return None


def _add(caller: Caller, body: dict[str, Any], _: Request) -> Outcome:
    preferences = caller.preferences
    device = caller.log.device_id
    return caller.log.add(entry(body, device, clock(preferences), preferences))


def _change(caller: Caller, body: dict[str, Any], request: Request) -> Outcome:
    values = body.get("values")
    if not isinstance(values, dict) or not values or set(values) - AMENDED:
        raise BadRecord(f"values may hold {', '.join(sorted(AMENDED))}. Nothing was changed.")
    return caller.log.change(_entry_id(request), _step(body), _earlier(body), values)


def _take_back(caller: Caller, body: dict[str, Any], request: Request) -> Outcome:
    return caller.log.take_back(_entry_id(request), _step(body), _earlier(body))


def clock(preferences: Preferences) -> datetime:
    """Now on the person's clock: their zone, else the zone of this machine."""
    zone = ZoneInfo(preferences.zone) if preferences.zone else None
    return fixed(utc_now().astimezone(zone))


def _entry_id(request: Request) -> UUID:
    return _uuid(request.path_params["entry"])


def _step(body: dict[str, Any]) -> UUID:
    return _uuid(body.get("step"))


def _earlier(body: dict[str, Any]) -> Iterable[UUID]:
    steps = body.get("earlier", [])
    return [_uuid(step) for step in steps] if isinstance(steps, list) else []


def _uuid(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise BadRecord("The id of an entry or step must be a UUID.") from None


def _later(reason: str, status: int, wait: int = 5) -> Response:
    headers = {"Retry-After": str(wait)}
    return JSONResponse({"result": "later", "reason": reason}, status_code=status, headers=headers)


async def _device(request: Request) -> Response:
    """What a device may know: its own name, when a day starts, and the version of its page."""
    try:
        caller = await run_in_threadpool(caller_of, request)
    except LegcareError as trouble:
        return _later(str(trouble), 503)
    if caller is None:
        return refuse(NOT_PAIRED, 401)
    start = f"{caller.preferences.day_start:%H:%M}"
    about = {"name": caller.log.name, "day_start": start, "version": version()}
    response = reply(about)
    if caller.key:
        set_phone_cookie(request, response, caller.key)
    return response


def entry_routes() -> Sequence[BaseRoute]:
    """The addresses that devices write to."""
    one = "/api/entries/{entry}"
    return [
        Route("/api/device", _device, methods=["GET"]),
        Route("/api/entries", write_handler(_add, append_only=True), methods=["POST"]),
        Route(one, write_handler(_change, append_only=False), methods=["PATCH"]),
        Route(one, write_handler(_take_back, append_only=False), methods=["DELETE"]),
    ]
