"""Pairing: who gets in with a code, what a phone may then do, and how it ends."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta

import pytest

from legcare.errors import BadSetting
from legcare.records import Cramp, new_id, now
from legcare.sharing import Grant, Sharing
from legcare.sharing import devices as sharing
from legcare.sharing.attempts import Attempts
from legcare.sharing.devices import OwnDevices
from legcare.storage import tables
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.phone.listener import DOCUMENT, Listener, is_wanted, own_addresses
from legcare.ui.phone.pairing import PHONE_COOKIE, WRONG_CODES
from legcare.ui.shell.server_state import SHARE_COOKIE
from tests.phone.conftest import Ask

ENTRIES = "/api/entries"
# A phone comes from elsewhere, so it is not this machine.
PHONE = {"base": "http://192.168.1.20:8602", "client": "192.168.1.30"}


@pytest.fixture
def own(database: Database, logbook: Logbook) -> OwnDevices:
    return OwnDevices(database, logbook.person_id)


@pytest.fixture(autouse=True)
def no_wrong_codes_yet() -> Iterator[None]:
    WRONG_CODES.forget()
    yield
    WRONG_CODES.forget()


def cookie_of(ask: Ask, code: str) -> str:
    """The key that a phone gets for a code; empty where it gets none."""
    return ask("POST", "/api/pair", json={"code": code}, **PHONE).cookies.get(PHONE_COOKIE, "")


def send(ask: Ask, key: str, entry: str = "") -> int:
    body = {"type": "cramp", "id": entry or str(new_id())}
    return ask(
        "POST", ENTRIES, json=body, headers={"Cookie": f"{PHONE_COOKIE}={key}"}, **PHONE
    ).status_code


def test_a_code_pairs_one_phone_which_may_add_and_read_nothing(
    ask: Ask, own: OwnDevices, logbook: Logbook
) -> None:
    logbook.keep([Cramp(at=now(), note="secret")], label="mine")
    offer = own.offer("Anna's phone")
    answer = ask("POST", "/api/pair", json={"code": offer.secret}, **PHONE)
    assert answer.json() == {"name": "Anna's phone"}
    set_cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in set_cookie
    assert "samesite=strict" in set_cookie.lower()
    key = answer.cookies[PHONE_COOKIE]
    assert send(ask, key) == 200
    assert len(logbook.log().cramps) == 2
    assert logbook.changes()[0].label.endswith("from Anna's phone")
    about = ask("GET", "/api/device", headers={"Cookie": f"{PHONE_COOKIE}={key}"}, **PHONE)
    assert "secret" not in about.text
    assert own.all()[0].used_at is not None


def test_a_code_counts_once_for_five_minutes_and_no_guess_counts(
    ask: Ask, own: OwnDevices, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = own.offer("phone")
    assert cookie_of(ask, offer.secret)
    assert cookie_of(ask, offer.secret) == ""
    late = own.offer("late")
    monkeypatch.setattr(sharing, "now", lambda: now() + timedelta(minutes=5, seconds=1))
    assert cookie_of(ask, late.secret) == ""
    assert [device.name for device in own.all()] == ["phone"]
    monkeypatch.undo()


def test_wrong_codes_are_counted_out(ask: Ask, own: OwnDevices) -> None:
    offer = own.offer("phone")
    answers = [ask("POST", "/api/pair", json={"code": f"x{i}"}, **PHONE) for i in range(11)]
    assert [answer.status_code for answer in answers] == [403] * 10 + [429]
    assert cookie_of(ask, offer.secret) == ""  # the right one, too, from there
    assert len(offer.secret) >= 22  # 128 random bits


def test_a_foreign_page_cannot_pair_or_write_with_the_phones_cookie(
    ask: Ask, own: OwnDevices, logbook: Logbook
) -> None:
    evil = {"Origin": "https://evil.example"}
    offer = own.offer("phone")
    assert (
        ask("POST", "/api/pair", json={"code": offer.secret}, headers=evil, **PHONE).status_code
        == 403
    )
    key = cookie_of(ask, offer.secret)
    headers = {**evil, "Cookie": f"{PHONE_COOKIE}={key}"}
    assert ask("POST", ENTRIES, json={"type": "cramp"}, headers=headers, **PHONE).status_code == 403
    assert len(logbook.log()) == 0


def test_a_removed_phone_is_out_at_once_and_what_it_added_stays(
    ask: Ask, own: OwnDevices, logbook: Logbook
) -> None:
    offer = own.offer("phone")
    key = cookie_of(ask, offer.secret)
    entry = str(new_id())
    assert send(ask, key, entry) == 200
    own.revoke(offer.device.id)
    assert send(ask, key) == 401
    undo = {"step": str(new_id()), "earlier": [entry]}
    headers = {"Cookie": f"{PHONE_COOKIE}={key}"}
    answer = ask("DELETE", f"{ENTRIES}/{entry}", json=undo, headers=headers, **PHONE)
    assert answer.status_code == 401
    assert len(logbook.log().cramps) == 1
    assert own.all() == ()


def test_a_revoked_code_pairs_nobody(ask: Ask, own: OwnDevices) -> None:
    offer = own.offer("phone")
    own.revoke(offer.device.id)
    assert cookie_of(ask, offer.secret) == ""


def test_a_key_for_a_program_adds_and_does_nothing_else(
    ask: Ask, own: OwnDevices, logbook: Logbook
) -> None:
    token = own.make_token("button")
    bearer: dict[str, str | None] = {"Authorization": f"Bearer {token.secret}", "Origin": None}
    entry = str(new_id())
    body = {"type": "cramp", "id": entry}
    for _ in range(2):
        assert ask("POST", ENTRIES, json=body, headers=bearer, **PHONE).status_code == 200
    assert len(logbook.log().cramps) == 1
    undo = {"step": str(new_id()), "earlier": [entry], "values": {"minutes": 1}}
    for method in ("PATCH", "DELETE"):
        answer = ask(method, f"{ENTRIES}/{entry}", json=undo, headers=bearer, **PHONE)
        assert answer.status_code == 403
    wrong: dict[str, str | None] = {"Authorization": "Bearer legcare-guess", "Origin": None}
    assert ask("POST", ENTRIES, json=body, headers=wrong).status_code == 401  # not even from here
    phone = cookie_of(ask, own.offer("phone").secret)
    as_token: dict[str, str | None] = {"Authorization": f"Bearer {phone}", "Origin": None}
    assert ask("POST", ENTRIES, json=body, headers=as_token, **PHONE).status_code == 401
    own.revoke(token.device.id)
    assert ask("POST", ENTRIES, json=body, headers=bearer, **PHONE).status_code == 401
    assert len(logbook.log().cramps) == 1


def test_only_hashes_of_codes_and_keys_are_kept(
    ask: Ask, own: OwnDevices, database: Database, logbook: Logbook
) -> None:
    offer, token = own.offer("phone"), own.make_token("button")
    key = cookie_of(ask, offer.secret)
    with database.reading(logbook.person_id) as rows:
        all_rows = [
            str(row)
            for table in tables.metadata.sorted_tables
            for row in rows.select(table, [column.name for column in table.columns])
        ]
    assert len(all_rows) > 3
    assert not any(
        secret in row for row in all_rows for secret in (offer.secret, token.secret, key)
    )


def test_the_phone_of_one_person_writes_into_nobody_elses_log(
    ask: Ask, own: OwnDevices, database: Database, logbook: Logbook
) -> None:
    other = Logbook(database, database.person("other", "person"))
    theirs = OwnDevices(database, other.person_id)
    key = cookie_of(ask, theirs.offer("theirs").secret)
    (cramp,) = [Cramp(at=now())]
    logbook.keep([cramp], label="mine")
    assert send(ask, key) == 200
    undo = {"step": str(new_id()), "earlier": [], "values": {"minutes": 3}}
    headers = {"Cookie": f"{PHONE_COOKIE}={key}"}
    for method in ("PATCH", "DELETE"):
        answer = ask(method, f"{ENTRIES}/{cramp.id}", json=undo, headers=headers, **PHONE)
        assert answer.status_code == 422
    assert logbook.log().records == (cramp,)
    assert len(other.log().cramps) == 1
    own.revoke(theirs.all()[0].id)  # an id of another's device ends nothing
    assert send(ask, key) == 200


def test_erasing_a_log_ends_its_phones(ask: Ask, own: OwnDevices, logbook: Logbook) -> None:
    key = cookie_of(ask, own.offer("phone").secret)
    logbook.erase()
    assert send(ask, key) == 401


@pytest.fixture
def listener(database: Database) -> Iterator[Listener]:
    running = Listener()
    running.start(0)
    yield running
    running.stop()


def test_the_listener_knows_the_night_page_and_nothing_of_the_dashboard(
    listener: Listener, logbook: Logbook
) -> None:
    here = f"http://127.0.0.1:{listener.port}"

    def status(path: str, **options: object) -> int:
        request = urllib.request.Request(f"{here}{path}", **options)  # type: ignore[arg-type]
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    assert {path: status(path) for path in ("/night", "/pair", "/night/night.js")} == {
        "/night": 200,
        "/pair": 200,
        "/night/night.js": 200,
    }
    for path in ("/", "/today", "/s/token", "/_stcore/health", "/_stcore/stream", "/media/x"):
        assert status(path) == 404
    # not even this machine itself may write there without being paired
    headers = {"Content-Type": "application/json", "Origin": here}
    assert status(ENTRIES, data=b'{"type": "cramp"}', headers=headers, method="POST") == 401
    assert status("/api/device") == 401
    assert len(logbook.log()) == 0


def test_a_port_in_use_is_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        with pytest.raises(BadSetting, match=r"is in use by another program .* LEGCARE_PHONE_PORT"):
            Listener().start(other.getsockname()[1])


def test_the_listener_is_off_until_it_is_turned_on(logbook: Logbook) -> None:
    assert not is_wanted(logbook.recall(DOCUMENT))
    logbook.remember(DOCUMENT, {"on": True, "address": ""})
    assert is_wanted(logbook.recall(DOCUMENT))
    assert not [address for address in own_addresses() if address.startswith("127.")]


def test_wrong_tries_are_counted_for_each_place_and_forgotten() -> None:
    at = [0.0]
    attempts = Attempts(lambda: at[0])
    for _ in range(10):
        assert not attempts.is_out("here")
        attempts.wrong("here")
    assert attempts.is_out("here")
    assert not attempts.is_out("there")
    at[0] = 300.0
    assert not attempts.is_out("here")


def test_a_carers_link_adds_and_takes_back_its_own_and_reads_nothing(
    ask: Ask, database: Database, logbook: Logbook
) -> None:
    links = Sharing(database, logbook.person_id)
    adding, reading = links.share(Grant(label="Ben", adds=True)), links.share(Grant())

    def status(token: str, method: str = "POST", path: str = ENTRIES, **body: object) -> int:
        headers: dict[str, str | None] = {"Cookie": f"{SHARE_COOKIE}={token}"}
        return ask(method, path, json=body, headers=headers, **PHONE).status_code

    entry = str(new_id())
    assert status(reading.token, type="cramp", id=entry) == 401
    assert status(adding.token, type="cramp", id=entry) == 200
    assert logbook.changes()[0].label.endswith("from Ben")
    undo = {"step": str(new_id()), "earlier": [entry]}
    assert status(adding.token, "DELETE", f"{ENTRIES}/{entry}", **undo) == 200
    links.revoke(adding.grant.id)
    assert status(adding.token, type="cramp", id=str(new_id())) == 401
    assert len(logbook.log()) == 0
