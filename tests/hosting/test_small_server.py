"""What docs/hosting.md says of a small server: settings from secrets, restarts, links, sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from legcare.sharing import Grant, Sharing
from legcare.storage.database import Database
from tests.browser.server import Server
from tests.hosting.test_documents import HOSTING
from tests.phone.test_passwords import FAMILY
from tests.phone.test_start_key import answer_to


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server whose password stands where Streamlit's own hosting keeps settings."""
    secrets = tmp_path / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text(f'LEGCARE_OWNER_PASSWORD = "{FAMILY}"\n', encoding="utf-8")
    running = Server(tmp_path)
    running.start()
    yield running
    running.stop()


def page_of(server: Server, **headers: str) -> tuple[int, str]:
    answer = answer_to(server, "GET", "/overview", Accept="text/html", **headers)
    return answer.status, str(answer.headers.get("Location", ""))


def test_a_sign_in_and_a_link_outlive_a_restart(server: Server) -> None:
    assert page_of(server) == (303, "/sign-in")
    wrong = answer_to(server, "POST", "/api/sign-in", {"name": "anna", "password": "no"})
    assert wrong.status == 403
    body = {"name": "anna", "password": "annas long password"}
    answer = answer_to(server, "POST", "/api/sign-in", body)
    session = str(answer.headers["Set-Cookie"]).partition(";")[0]
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    link = Sharing(database, database.person("password", "anna")).share(Grant())
    database.close()
    server.restart()
    assert page_of(server, Cookie=session) == (200, "")
    came = answer_to(server, "GET", link.path)
    assert came.status == 303
    token = str(came.headers["Set-Cookie"]).partition(";")[0]
    assert page_of(server, Cookie=token) == (200, "")
    assert answer_to(server, "POST", "/api/entries", {"type": "cramp"}, Cookie=token).status == 401
    assert link.token not in server.said()


def test_the_settings_of_the_fifteen_minutes_are_settings() -> None:
    section = HOSTING.partition("## Host it in fifteen minutes")[2].partition("\n## ")[0]
    lines = [line.strip() for line in section.splitlines() if line.strip().startswith("LEGCARE_")]
    compose = Path("compose.yaml").read_text(encoding="utf-8")
    assert len(lines) >= 4
    for line in lines:
        assert f"${{{line.partition('=')[0]}:" in compose
