"""Settings, Add a phone: off by default, says who could reach what, and each trouble in words."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from legcare.config import config
from legcare.records import Cramp, now
from legcare.sharing.devices import OwnDevices, pair
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.phone import card
from legcare.ui.phone.listener import DOCUMENT, LISTENER
from legcare.ui.shell import passwords, sign_in, visitor
from tests.pages.conftest import Opener


@pytest.fixture(autouse=True)
def closed_afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A port of this test's own, and no listener left behind."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("LEGCARE_PHONE_PORT", str(probe.getsockname()[1]))
    monkeypatch.setattr(card, "own_addresses", lambda: ("192.168.1.20",))
    yield
    LISTENER.stop()


def words(page: AppTest) -> str:
    return " ".join(each.value for each in (*page.markdown, *page.warning, *page.error))


def submit(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()


def test_nothing_listens_until_it_is_turned_on(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("settings")
    assert LISTENER.port is None
    assert page.toggle(key="phones-on").value is False
    assert "nobody can read your log there" in words(page)
    assert not any(button.label == "Show a code for it" for button in page.button)
    page.toggle(key="phones-on").set_value(True).run()
    assert LISTENER.port == config().phone_port
    assert logbook.recall(DOCUMENT) == {"on": True, "address": ""}
    page.toggle(key="phones-on").set_value(False).run()
    assert LISTENER.port is None


def test_a_code_is_shown_with_its_picture_and_the_phone_stands_in_the_list(
    open_page: Opener, logbook: Logbook
) -> None:
    page = open_page("settings")
    page.toggle(key="phones-on").set_value(True).run()
    page.text_input(key="phone-name").set_value("Anna's [phone](http://evil.example)")
    submit(page, "Show a code for it")
    code = next(each.value for each in page.code if len(each.value) >= 22)
    assert f"http://192.168.1.20:{LISTENER.port}" in words(page)
    assert "waits to be paired" in words(page)
    assert "[phone](" not in words(page)
    database = Database.open(config().database_url)
    assert pair(database, code) is not None
    page.button(key="phone-paired").click().run()
    assert code not in [each.value for each in page.code]
    assert "never used" in words(page)
    (device,) = OwnDevices(database, logbook.person_id).all()
    page.button(key=f"revoke-{device.id}").click().run()
    assert OwnDevices(database, logbook.person_id).all() == ()
    database.close()


def test_a_key_is_shown_once(open_page: Opener) -> None:
    page = open_page("settings")
    page.text_input(key="token-name").set_value("Bedside button")
    submit(page, "Make a key")
    assert [each.value for each in page.code if re.match("legcare-.{43}", each.value)]
    page.run()
    assert not [each.value for each in page.code if each.value.startswith("legcare-")]
    assert "Bedside button" in words(page)
    assert "key for a program" in words(page)


def test_a_changed_address_a_taken_port_and_no_network_each_have_a_sentence(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    logbook.remember(DOCUMENT, {"on": True, "address": "192.168.1.7"})
    page = open_page("settings")
    assert "had the address 192.168.1.7 when a phone was paired" in words(page)
    for sentence in ("firewall on the computer", "computer awake", "fixed address in the router"):
        assert sentence in words(page)
    monkeypatch.setattr(card, "own_addresses", lambda: ())
    assert "is on no network" in words(page.run())
    LISTENER.stop()
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        monkeypatch.setenv("LEGCARE_PHONE_PORT", str(other.getsockname()[1]))
        assert "in use by another program" in words(page.run())


def test_a_public_address_needs_no_listener(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGCARE_ADDRESS", "https://home.example.ts.net/")
    page = open_page("settings")
    submit(page, "Show a code for it")
    assert "https://home.example.ts.net/pair" in words(page)
    assert LISTENER.port is None


def test_a_link_opens_a_local_log_under_its_private_address_to_read(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    logbook.keep([Cramp(at=now(), note="a secret")], label="one")
    page = open_page("share")
    assert "Here only this computer can" in words(page)
    monkeypatch.setenv("LEGCARE_ADDRESS", "https://home.example.ts.net")
    page = open_page("share")
    submit(page, "Make the link")
    link = next(each.value for each in page.code if "/s/" in each.value)
    assert link.startswith("https://home.example.ts.net/s/")
    monkeypatch.setattr(visitor, "reached_from_elsewhere", lambda: True)
    stranger = open_page("overview")
    assert "it keeps nothing" in words(stranger)
    monkeypatch.setattr(visitor, "share_cookie", lambda: link.rpartition("/")[2])
    coach = open_page("overview")
    assert "shared this log with you to read" in words(coach)
    assert "a secret" not in words(coach)
    monkeypatch.setattr(visitor, "share_cookie", lambda: "guess")
    assert "does not open a log" in words(open_page("overview"))


def test_signing_out_everywhere_ends_a_password_session_at_once(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = passwords.Session("", int(time.time()) - 60, "one")
    monkeypatch.setattr(sign_in, "configured", lambda: True)
    monkeypatch.setattr(sign_in, "identity", lambda: sign_in.session_identity(session))
    page = open_page("settings")
    page.button(key="sign-out-everywhere").click().run()
    assert "signed out everywhere" in " ".join(each.value for each in page.info)
    assert logbook.recall(sign_in.VALID_FROM)
