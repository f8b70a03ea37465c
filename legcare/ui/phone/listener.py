"""The second listener: phones on the home network reach the night page, and nothing else.

The dashboard stays on this machine's own address. The listener is off until the person turns it on
in Settings; then it starts with the server.
"""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Thread

import streamlit as st
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from legcare.config import config
from legcare.errors import BadSetting, LegcareError
from legcare.storage.logbook import Logbook
from legcare.storage.people import LOCAL_PERSON, person_id
from legcare.ui.phone.entries import entry_routes
from legcare.ui.phone.files import file_routes
from legcare.ui.phone.pairing import pairing_routes
from legcare.ui.shell import sign_in
from legcare.ui.shell.server import SafeHeaders
from legcare.ui.shell.server_state import close_databases, open_database
from legcare.ui.shell.visitor import LOOPBACK

DOCUMENT = "phone-listener"
# An address that nobody has (RFC 5737). Asking which way leads there sends nothing.
NOWHERE = ("192.0.2.1", 9)


def night_app() -> ASGIApp:
    """What the listener knows: pairing, the night page and its writes, for paired phones alone."""
    routes = [*file_routes(), *entry_routes(), *pairing_routes()]
    app = Starlette(routes=routes, middleware=[Middleware(SafeHeaders)])
    app.state.paired_only = True
    return app


class Listener:
    """One listener of a server process, on a thread of its own."""

    def __init__(self) -> None:
        self.port: int | None = None
        self._server: uvicorn.Server | None = None

    def start(self, port: int) -> None:
        """Listen on every address of this machine.

        Raises ``BadSetting`` where the port cannot be had.
        """
        if self._server is not None:
            return
        door = _open_socket(port)
        settings = uvicorn.Config(
            night_app(),
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            limit_concurrency=50,
        )
        self._server, self.port = uvicorn.Server(settings), door.getsockname()[1]
        run = self._server.run
        Thread(target=lambda: run(sockets=[door]), name="legcare-phones", daemon=True).start()

    def stop(self) -> None:
        """Close the listener; phones keep what they could not send."""
        if self._server is not None:
            self._server.should_exit = True
        self._server = self.port = None


LISTENER = Listener()


def _open_socket(port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("0.0.0.0", port))
        door.listen(128)
    except OSError as error:
        door.close()
        if error.errno == errno.EADDRINUSE:
            raise BadSetting(
                f"Port {port} is in use by another program on this computer, so phones cannot reach"
                " legcare. Stop that program, or set LEGCARE_PHONE_PORT to another port."
            ) from None
        raise BadSetting(
            f"Port {port} may not be opened on this computer ({error.strerror}). Set"
            " LEGCARE_PHONE_PORT to a port above 1024."
        ) from None
    return door


def own_addresses() -> tuple[str, ...]:
    """This machine's addresses on its networks, the one that leads outside first."""
    addresses: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(NOWHERE)
        addresses.append(str(probe.getsockname()[0]))
    with suppress(OSError):  # a machine's own name may lead nowhere
        addresses += socket.gethostbyname_ex(socket.gethostname())[2]
    return tuple(dict.fromkeys(each for each in addresses if not each.startswith("127.")))


def is_wanted(kept: object) -> bool:
    """Whether the person turned the listener on, from what is remembered under ``DOCUMENT``."""
    return isinstance(kept, dict) and kept.get("on") is True


@asynccontextmanager
async def phones(_: object) -> AsyncIterator[None]:
    """While the server runs: the listener, where its person turned it on.

    At its end every log is left as one whole file.
    """
    try:
        settings = config()
        local = not settings.explore_only and not sign_in.configured()
        if local and st.get_option("server.address") in LOOPBACK:
            database = open_database(settings.database_url)
            if is_wanted(Logbook(database, person_id(*LOCAL_PERSON)).recall(DOCUMENT)):
                LISTENER.start(settings.phone_port)
    except LegcareError as trouble:  # the page says the same; the dashboard starts all the same
        logging.getLogger("legcare").warning("%s", trouble)
    yield
    LISTENER.stop()
    close_databases()
