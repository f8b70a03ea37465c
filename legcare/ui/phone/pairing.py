"""``/pair``: a phone takes up a code and gets a key of its own, in a cookie no script can read."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from legcare.config import config
from legcare.errors import BadRecord, LegcareError
from legcare.sharing.attempts import Attempts
from legcare.sharing.devices import pair
from legcare.ui.phone.exchange import keep_cookie, refuse, reply, sent_fields
from legcare.ui.phone.files import file_response
from legcare.ui.phone.origin import from_own_page, place
from legcare.ui.shell.server_state import open_database

PHONE_COOKIE = "legcare_phone"
DAYS_KEPT = 400  # the longest that browsers keep a cookie; each visit begins it anew
WRONG_CODES = Attempts()
WRONG = (
    "This code does not pair a phone: it is wrong, was used already, or is older than five minutes."
    " Show a new one in Settings, Add a phone."
)
OUT = "Too many wrong codes came from here. Wait five minutes, then show a new code and try again."


async def _page(_: Request) -> Response:
    return file_response("pair.html", cache_control="no-store")


async def _pair(request: Request) -> Response:
    if not from_own_page(request):
        return refuse("Only legcare's own page may pair a phone.", 403)
    if WRONG_CODES.is_out(place(request)):
        return refuse(OUT, 429)
    try:
        code = str((await sent_fields(request)).get("code", ""))
        phone = await run_in_threadpool(pair, open_database(config().database_url), code)
    except BadRecord as bad:
        return refuse(str(bad), 422)
    except LegcareError as trouble:
        return refuse(str(trouble), 503)
    if phone is None:
        WRONG_CODES.wrong(place(request))
        return refuse(WRONG, 403)
    response = reply({"name": phone.device.name})
    set_phone_cookie(request, response, phone.secret)
    return response


def set_phone_cookie(request: Request, response: Response, key: str) -> None:
    """Give the phone its key, or keep it longer."""
    keep_cookie(request, response, (PHONE_COOKIE, key), days=DAYS_KEPT, samesite="strict")


def pairing_routes() -> Sequence[BaseRoute]:
    """The addresses by which a phone is paired."""
    return [Route("/pair", _page, methods=["GET"]), Route("/api/pair", _pair, methods=["POST"])]
