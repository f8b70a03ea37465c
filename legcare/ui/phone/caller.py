"""Which device sends a request, and into whose log it may write."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid5

import streamlit as st
from starlette.requests import Request

from legcare.config import config
from legcare.errors import NotAllowed
from legcare.records import Preferences
from legcare.sharing.devices import PHONE, TOKEN, device_of
from legcare.sharing.guest import Guest
from legcare.storage.database import Database
from legcare.storage.device_log import DeviceLog
from legcare.storage.logbook import Logbook
from legcare.storage.people import LOCAL_PERSON
from legcare.ui.phone.origin import place
from legcare.ui.phone.pairing import PHONE_COOKIE
from legcare.ui.shell import sign_in
from legcare.ui.shell.server_state import SHARE_COOKIE, open_database
from legcare.ui.shell.visitor import FORWARDED, LOOPBACK

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
    link = request.cookies.get(SHARE_COOKIE, "")
    return _with_link(database, link) if link else None


def _with_link(database: Database, token: str) -> Caller | None:
    """A partner or carer whose link may add entries."""
    try:
        person, grant = Guest(database).carer(token)
    except NotAllowed:
        return None
    log = DeviceLog(database, person, grant.id, grant.label or "a carer")
    return Caller(log, Logbook(database, person).preferences())


def _with_key(database: Database, kind: str, key: str) -> Caller | None:
    owner_and_device = device_of(database, kind, key)
    if owner_and_device is None:
        return None
    person, device = owner_and_device
    log = DeviceLog(database, person, device.id, device.name)
    preferences = Logbook(database, person).preferences()
    return Caller(log, preferences, is_token=kind == TOKEN, key=key if kind == PHONE else "")


def from_this_machine(request: Request) -> bool:
    """Whether the request is the local person's: no sign-in here, and nothing in between.

    The same question as ``visitor.reached_from_elsewhere``, asked of a plain request.
    """
    if getattr(request.app.state, "paired_only", False):
        return False  # the phones' listener knows nobody but paired phones
    if sign_in.configured() or config().explore_only:
        return False
    name = urlsplit(f"//{request.headers.get('host', '')}").hostname
    return (
        st.get_option("server.address") in LOOPBACK
        and name in LOOPBACK
        and place(request) in LOOPBACK
        and not any(request.headers.get(header) for header in FORWARDED)
    )
