"""Which device sends a request, and into whose log it may write."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid5

from starlette.requests import Request

from legcare.config import config
from legcare.records import Preferences
from legcare.storage.database import Database
from legcare.storage.device_log import DeviceLog
from legcare.storage.logbook import Logbook
from legcare.ui.phone.origin import from_this_machine
from legcare.ui.shell.server_state import open_database
from legcare.ui.shell.visitor import LOCAL_PERSON

THIS_COMPUTER = "this computer"


@dataclass(frozen=True)
class Caller:
    """A device that may write; ``is_token`` where it may only add."""

    log: DeviceLog
    preferences: Preferences
    is_token: bool = False


def caller_of(request: Request) -> Caller | None:
    """The device that a request proves to come from, None where it proves nothing."""
    database = open_database(config().database_url)
    if from_this_machine(request):
        person = database.person(*LOCAL_PERSON)
        device = uuid5(person, THIS_COMPUTER)
        return _caller(database, DeviceLog(database, person, device, THIS_COMPUTER))
    return None


def _caller(database: Database, log: DeviceLog, *, is_token: bool = False) -> Caller:
    return Caller(log, Logbook(database, log.person_id).preferences(), is_token)
