"""A family on a small server: each signs in with a password and finds their own log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from legcare.records import Log
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests.browser.conftest import Visit
from tests.browser.server import PATIENCE_MS, Server, settled
from tests.phone.test_passwords import FAMILY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("family"), LEGCARE_OWNER_PASSWORD=FAMILY)
    running.start()
    yield running
    running.stop()


def log_of(server: Server, name: str) -> Log:
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    try:
        return Logbook(database, database.person("password", name)).log()
    finally:
        database.close()


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Name (may stay empty").fill(name)
    page.get_by_label("Password").fill(f"{name}s long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(f"Signed in as {name}")).to_be_visible(timeout=PATIENCE_MS)


def test_each_of_a_family_signs_in_to_their_own_log_and_out_again(
    visit: Visit, server: Server
) -> None:
    page = visit("/today?do=cramp")
    assert page.url == f"{server.url}/sign-in"
    sign_in(page, "anna")
    assert page.url == f"{server.url}/today?do=cramp"
    page.get_by_role("button", name="Cramp now").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    cookies = page.context.cookies()
    other = visit("/")
    sign_in(other, "ben")
    assert (len(log_of(server, "anna").cramps), len(log_of(server, "ben").cramps)) == (1, 0)
    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    copied = visit("/")
    copied.context.add_cookies([{**each, "url": server.url} for each in cookies_of(cookies)])
    copied.goto(f"{server.url}/today")
    expect(copied.get_by_text("You signed out in this browser")).to_be_visible(timeout=PATIENCE_MS)
    expect(copied.get_by_role("link", name="Sign in with your password")).to_be_visible()
    settled(other)


def cookies_of(cookies: list[dict[str, object]]) -> list[dict[str, object]]:
    """Name and value alone, as somebody who copied them would have them."""
    return [{"name": each["name"], "value": each["value"]} for each in cookies]
