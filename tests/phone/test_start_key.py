"""The key that a server asks for once: nothing goes through without it."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator

import pytest

from legcare.ui.shell.start_key import START_COOKIE, WRONG_KEYS
from tests.browser.server import Server, kept
from tests.phone.conftest import Ask

KEY = "a-key-of-my-own-1234"


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LEGCARE_START_KEY", KEY)
    WRONG_KEYS.forget()
    yield
    WRONG_KEYS.forget()


@pytest.mark.usefixtures("locked")
def test_without_the_key_nothing_opens_and_nothing_is_written(ask: Ask) -> None:
    page = ask("GET", "/night", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/start")
    for method, path in (("POST", "/api/entries"), ("GET", "/api/device"), ("GET", "/leave")):
        assert ask(method, path, json={"type": "cramp"}).status_code == 403
    assert ask("GET", "/start").status_code == 200


@pytest.mark.usefixtures("locked")
def test_the_key_is_asked_for_once_and_the_cookie_does_not_tell_it(ask: Ask) -> None:
    cookie_for = ask("POST", "/api/start", json={"key": KEY})
    cookie = cookie_for.cookies[START_COOKIE]
    assert "HttpOnly" in cookie_for.headers["set-cookie"]
    assert KEY not in cookie
    headers: dict[str, str | None] = {"Cookie": f"{START_COOKIE}={cookie}"}
    assert ask("POST", "/api/entries", json={"type": "cramp"}, headers=headers).status_code == 200
    forged: dict[str, str | None] = {"Cookie": f"{START_COOKIE}={cookie[:-1]}x"}
    assert ask("POST", "/api/entries", json={"type": "cramp"}, headers=forged).status_code == 403


@pytest.mark.usefixtures("locked")
def test_wrong_keys_are_counted_out_and_no_other_site_may_try(ask: Ask) -> None:
    evil: dict[str, str | None] = {"Origin": "https://evil.example"}
    assert ask("POST", "/api/start", json={"key": KEY}, headers=evil).status_code == 403
    tries = [ask("POST", "/api/start", json={"key": f"no {i}"}).status_code for i in range(10)]
    assert tries == [403] * 9 + [429]
    assert ask("POST", "/api/start", json={"key": KEY}).status_code == 429


def test_without_the_setting_no_key_is_asked_for_and_none_opens(ask: Ask) -> None:
    assert ask("GET", "/night").status_code == 200
    assert ask("POST", "/api/start", json={"key": ""}).status_code == 403


def test_a_real_server_prints_its_key_and_lets_no_other_account_in(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    server = Server(tmp_path_factory.mktemp("locked"), LEGCARE_START_KEY="true")
    server.start()
    try:
        printed = re.search(rf"http://127\.0\.0\.1:{server.port}/start#(\S+)", server.said())
        assert printed is not None
        for path in ("/", "/log", "/static/js/x.js", "/_stcore/host-config", "/night/a/b.js"):
            assert status(server, "GET", path) == 403
        assert websocket(server) == 403
        assert websocket(server, "/night/_stcore/stream") == 403
        assert status(server, "POST", "/api/entries", {"type": "cramp"}) == 403
        cookie = cookie_for(server, printed[1])
        assert status(server, "GET", "/", Cookie=cookie) == 200
        assert websocket(server, Cookie=cookie) == 101
        assert len(kept(server)) == 0
    finally:
        server.stop()


def answer_to(
    server: Server, method: str, path: str, body: object = None, **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    usual = {"Origin": server.url, "Content-Type": "application/json"}
    all_headers = {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, body=json.dumps(body) if body else None, headers=all_headers)
    answer = connection.getresponse()
    answer.read(0 if answer.status == 101 else None)
    connection.close()
    return answer


def status(server: Server, method: str, path: str, body: object = None, **headers: str) -> int:
    return answer_to(server, method, path, body, **headers).status


def websocket(server: Server, path: str = "/_stcore/stream", **headers: str) -> int:
    wish = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    key = "MDEyMzQ1Njc4OWFiY2RlZg=="
    return status(server, "GET", path, Sec_WebSocket_Key=key, **wish, **headers)


def cookie_for(server: Server, key: str) -> str:
    answer = answer_to(server, "POST", "/api/start", {"key": key})
    assert answer.status == 200
    return str(answer.headers["Set-Cookie"]).partition(";")[0]
