"""Which device sends a request, and into whose log it may write."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid5

from starlette.requests import Request

from legcare.config import config
from legcare.records import Preferences
from legcare.sharing.devices import PHONE, TOKEN, device_of
from legcare.storage.database import Database
from legcare.storage.device_log import DeviceLog
from legcare.storage.logbook import Logbook
from legcare.ui.phone.origin import from_this_machine
from legcare.ui.phone.pairing import PHONE_COOKIE
from legcare.ui.shell.server_state import open_database
from legcare.ui.shell.visitor import LOCAL_PERSON

THIS_COMPUTER = "this computer"


@dataclass(frozen=True)
class Caller:
    """A device that may write; ``is_token`` where it may only add."""

    log: DeviceLog
    preferences: Preferences
    is_token: bool = False
    key: str = ""


def caller_of(request: Request) -> Caller | None:
    """The device that a request proves to come from, None where it proves nothing.

    A request with a key of its own counts by that alone, and its cookies do not.
    """
    database = open_database(config().database_url)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        return _with_key(database, TOKEN, token.strip()) if scheme.lower() == "bearer" else None
    phone = request.cookies.get(PHONE_COOKIE, "")
    caller = _with_key(database, PHONE, phone) if phone else None
    if caller is not None:
        return caller
    if from_this_machine(request):
        person = database.person(*LOCAL_PERSON)
        device = uuid5(person, THIS_COMPUTER)
        log = DeviceLog(database, person, device, THIS_COMPUTER)
        return Caller(log, Logbook(database, person).preferences())
    return None


def _with_key(database: Database, kind: str, key: str) -> Caller | None:
    known = device_of(database, kind, key)
    if known is None:
        return None
    person, device = known
    log = DeviceLog(database, person, device.id, device.name)
    preferences = Logbook(database, person).preferences()
    return Caller(log, preferences, is_token=kind == TOKEN, key=key if kind == PHONE else "")
