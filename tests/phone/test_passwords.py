"""Signing in with a password: one person or a family, each with a log of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from legcare.commands import password as command
from legcare.config import config
from legcare.errors import BadSetting
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell import passwords, sign_in
from legcare.ui.shell.password_pages import WRONG_PASSWORDS
from legcare.ui.shell.passwords import SESSION_COOKIE, session_of
from tests.phone.conftest import Ask

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
ONE = QUICK.hash("four quiet words here")
FAMILY = f"anna:{QUICK.hash('annas long password')} ben:{QUICK.hash('bens long password')}"


@pytest.fixture(autouse=True)
def no_wrong_passwords_yet() -> Iterator[None]:
    WRONG_PASSWORDS.forget()
    yield
    WRONG_PASSWORDS.forget()


def signed_in(ask: Ask, name: str, password: str) -> str:
    """The cookie of a sign-in; empty where it is refused."""
    answer = ask("POST", "/api/sign-in", json={"name": name, "password": password})
    return answer.cookies.get(SESSION_COOKIE, "")


def test_an_only_person_signs_in_to_the_log_of_local_mode(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGCARE_OWNER_PASSWORD", ONE)
    assert sign_in.configured()
    session = session_of(signed_in(ask, "whoever", "four quiet words here"))
    assert session is not None
    assert session.person == ("local", "owner")
    assert signed_in(ask, "", "four quiet words") == ""


def test_each_of_a_family_has_a_log_of_their_own(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGCARE_OWNER_PASSWORD", FAMILY)
    anna = session_of(signed_in(ask, " Anna ", "annas long password"))
    ben = session_of(signed_in(ask, "ben", "bens long password"))
    assert anna is not None
    assert ben is not None
    assert (anna.person, ben.person) == (("password", "anna"), ("password", "ben"))
    assert anna.number != ben.number
    for name, password in (("anna", "bens long password"), ("eve", "annas long password")):
        assert signed_in(ask, name, password) == ""


def test_a_cookie_that_is_forged_old_or_of_a_past_password_signs_nobody_in(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGCARE_OWNER_PASSWORD", FAMILY)
    cookie = signed_in(ask, "anna", "annas long password")
    text, _, signature = cookie.partition(".")
    other = passwords.cookie_of("ben").partition(".")
    for forged in (f"{other[0]}.{signature}", f"{text}.", text, "", "x.y", None, object()):
        assert session_of(forged) is None
    now = passwords.time.time()
    monkeypatch.setattr(passwords.time, "time", lambda: now + 31 * 86400)
    assert session_of(cookie) is None
    monkeypatch.undo()
    monkeypatch.setenv("LEGCARE_OWNER_PASSWORD", f"anna:{QUICK.hash('annas long password')}")
    assert session_of(cookie) is None


def test_the_cookie_is_closed_to_scripts_and_secure_behind_https(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGCARE_OWNER_PASSWORD", ONE)
    body = {"name": "", "password": "four quiet words here"}
    answer = ask("POST", "/api/sign-in", json=body, base="https://legcare.example.org")
    set_cookie = answer.headers["set-cookie"]
    assert all(word in set_cookie for word in ("HttpOnly", "Secure", "SameSite=lax"))
    evil: dict[str, str | None] = {"Origin": "https://evil.example"}
    assert ask("POST", "/api/sign-in", json=body, headers=evil).status_code == 403


def test_wrong_passwords_are_counted_out(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGCARE_OWNER_PASSWORD", ONE)
    body = [{"name": "", "password": f"guess {number}"} for number in range(11)]
    answers = [ask("POST", "/api/sign-in", json=each).status_code for each in body]
    assert answers == [403] * 10 + [429]
    assert signed_in(ask, "", "four quiet words here") == ""


def test_signing_out_ends_the_session_also_where_its_cookie_was_copied(
    ask: Ask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGCARE_OWNER_PASSWORD", ONE)
    logbook = Logbook(database, database.person("local", "owner"))
    cookies = [signed_in(ask, "", "four quiet words here") for _ in range(2)]
    ask("GET", "/sign-out", headers={"Cookie": f"{SESSION_COOKIE}={cookies[0]}"})
    cross: dict[str, str | None] = {
        "Cookie": f"{SESSION_COOKIE}={cookies[1]}",
        "Sec-Fetch-Site": "cross-site",
    }
    ask("GET", "/sign-out", headers=cross)  # another site signs nobody out
    sessions = [session_of(cookie) for cookie in cookies]
    state = logbook.state()
    answers = [
        sign_in.ended(sign_in.session_identity(each), state)
        for each in sessions
        if each is not None
    ]
    assert answers == ["You signed out in this browser. Sign in again to see your log.", ""]


def test_with_a_password_this_machine_itself_must_sign_in_too(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGCARE_OWNER_PASSWORD", ONE)
    assert ask("POST", "/api/entries", json={"type": "cramp"}).status_code == 401


@pytest.mark.parametrize("value", ["secret", "anna:secret", f"{ONE} {ONE}", f"a:{ONE} a:{ONE}"])
def test_what_is_no_hash_is_refused_and_never_quoted(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGCARE_OWNER_PASSWORD", value)
    with pytest.raises(BadSetting, match=r"legcare\.commands password prints") as refusal:
        config()
    assert value not in str(refusal.value)


def test_the_command_prints_the_line_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "getpass", lambda _: "annas long password")
    assert command.main(["anna"]) == 0
    name, _, value = capsys.readouterr().out.strip().partition("=")
    monkeypatch.setenv(name, value.strip("'"))
    assert passwords.matches("anna", "annas long password")
    monkeypatch.setattr(command, "getpass", lambda _: "short")
    assert command.main([]) == 1
    assert command.main(["an na"]) == 2
    assert "annas" not in capsys.readouterr().out
