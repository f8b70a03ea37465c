"""A real server, set up by environment variables as docs/hosting.md says, asked over HTTP."""

from __future__ import annotations

import http.client
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from legcare.records import Cramp, now
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell.server import HEADERS
from tests.browser.server import ROOT, Server

NAME = "legcare.example.org"
LIMIT_MB = 3


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(
        tmp_path_factory.mktemp("hosted"),
        STREAMLIT_SERVER_ALLOWED_HOSTS=f"{NAME} other.example.org",
        STREAMLIT_SERVER_MAX_UPLOAD_SIZE=str(LIMIT_MB),
    )
    made.start()
    yield made
    made.stop()


def asked(
    server: Server, path: str, *, method: str = "GET", body: bytes = b"", **headers: str
) -> http.client.HTTPResponse:
    """The server's answer; ``Host`` is one of ``headers``."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    sent = {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, body=body or None, headers=sent)
    answer = connection.getresponse()
    answer.read(0 if answer.status == 101 else None)
    connection.close()
    return answer


def websocket(server: Server, **headers: str) -> int:
    """The status that answers a page's wish for its websocket: 101 opens it."""
    wish = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    return asked(
        server, "/_stcore/stream", Sec_WebSocket_Key="MDEyMzQ1Njc4OWFiY2RlZg==", **wish, **headers
    ).status


@pytest.mark.parametrize(
    "path", ["/", "/timing", "/_stcore/health", "/_stcore/host-config", "/leave", "/nowhere.js"]
)
def test_every_response_of_a_real_server_carries_the_headers(server: Server, path: str) -> None:
    held = asked(server, path).headers
    assert {name: held[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/metrics/", "/timing/_stcore/metrics"]
)
def test_a_real_server_closes_its_counters(server: Server, path: str) -> None:
    assert asked(server, path).status == 404


def test_health_tells_a_watcher_that_the_server_lives(server: Server) -> None:
    assert asked(server, "/_stcore/health").status == 200


@pytest.mark.parametrize("host", [NAME, f"{NAME}:443", "other.example.org"])
def test_a_page_under_the_servers_own_name_opens(server: Server, host: str) -> None:
    assert websocket(server, Host=host, Origin=f"http://{host}") == 101


@pytest.mark.parametrize("host", ["evil.example", f"{NAME}.evil.example", "127.0.0.1", "localhost"])
def test_a_foreign_host_is_refused(server: Server, host: str) -> None:
    assert websocket(server, Host=host, Origin=f"http://{host}") == 403


def test_a_page_of_another_site_is_refused(server: Server) -> None:
    assert websocket(server, Host=NAME, Origin="https://evil.example") == 403


def test_an_upload_without_the_pages_own_token_is_refused(server: Server) -> None:
    assert asked(server, "/_stcore/upload_file/session/file", method="PUT", body=b"x").status == 403


def test_a_page_tells_the_browser_nothing_about_the_servers_machine(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", "/_stcore/host-config", headers={"Host": NAME})
    told = json.loads(connection.getresponse().read())
    connection.close()
    assert str(server.home) not in json.dumps(told)
    assert NAME not in told["allowedOrigins"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("client.showErrorDetails", '"none"'),
        ("client.toolbarMode", '"viewer"'),
        ("server.enableStaticServing", "false"),
        ("browser.gatherUsageStats", "false"),
        ("server.enableXsrfProtection", "true"),
        ("server.enableCORS", "true"),
    ],
)
def test_options_that_keep_a_log_private_are_on(shown: str, option: str, value: str) -> None:
    section, name = option.split(".")
    held = shown.partition(f"[{section}]")[2].partition("\n[")[0]
    assert f"{name} = {value}" in held


@pytest.fixture(scope="module")
def shown() -> str:
    """The options as Streamlit reads them from this folder."""
    command = [sys.executable, "-m", "streamlit", "config", "show"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_health_asks_the_database(server: Server) -> None:
    assert asked(server, "/health").status == 200
    assert asked(server, "/_stcore/health").status == 200


def test_a_server_that_is_told_to_stop_leaves_one_whole_file(tmp_path: Path) -> None:
    made = Server(tmp_path)
    made.start()
    assert asked(made, "/health", Host="127.0.0.1").status == 200  # opens the log
    database = Database.open(f"sqlite:///{made.database}")
    Logbook(database, database.person("local", "owner")).keep([Cramp(at=now())], label="one")
    database.close()
    assert made.database.with_name("legcare.db-wal").exists()
    made.stop()
    # Beside it only the mark that a log was here, which holds nothing of it.
    left = {path.name for path in tmp_path.glob("legcare.db*")}
    assert left - {"legcare.db.seen"} == {"legcare.db"}
    with closing(sqlite3.connect(made.database)) as file:
        assert file.execute("SELECT count(*) FROM record").fetchone() == (1,)
