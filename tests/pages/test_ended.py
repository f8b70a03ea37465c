"""Ended means ended: signing out and revoking hold for tabs that are open, copies and downloads."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from uuid import UUID

import pytest
import streamlit as st

from legcare.errors import LegcareError, NotAllowed
from legcare.records import Log
from legcare.sharing import REFUSED, Grant, Sharing
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook, LogState
from legcare.ui.parts.download import FAILED, made_for
from legcare.ui.shell import sign_in
from legcare.ui.shell.visitor import Mode, Visitor, sign_out, visitor
from tests.pages.conftest import Opener
from tests.pages.test_coach import COACH, OWNER, hosted, owners, signed_in_as, words

__all__ = ["hosted", "owners"]
HERE, THERE = replace(OWNER, sign_in="here"), replace(OWNER, sign_in="there")
ENDED = "You signed out in this browser."


@pytest.fixture(autouse=True)
def no_redirect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "logout", lambda: None)
    monkeypatch.setattr(sign_in, "has_provider", lambda: True)
    monkeypatch.setattr(st, "user", SimpleNamespace(is_logged_in=True))


def test_signing_out_ends_every_tab_and_copy_of_that_browser_and_no_other(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in_as(monkeypatch, THERE)
    other_browser = open_page("today")
    signed_in_as(monkeypatch, HERE)
    first, second = open_page("frequency"), open_page("today")
    first.button(key="sign-out").click().run()
    assert ENDED in words(first)
    second.button(key="night-cramp").click().run()
    assert len(owners.changes()) == 1, "a tab of that browser still wrote"
    assert ENDED in words(open_page("overview")), "a copy of the cookie still opened the log"
    signed_in_as(monkeypatch, THERE)
    other_browser.button(key="night-cramp").click().run()
    assert len(owners.changes()) == 2
    signed_in_as(monkeypatch, replace(OWNER, sign_in="here again"))
    assert ENDED not in words(open_page("today"))


def test_sign_outs_are_forgotten_once_their_cookies_are_too_old(
    hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 1_000_000.0
    monkeypatch.setattr(sign_in.time, "time", lambda: moment)
    signed_in_as(monkeypatch, HERE)
    sign_out()
    moment += sign_in.COOKIE_LIVES_S
    signed_in_as(monkeypatch, THERE)
    sign_out()
    assert owners.recall(sign_in.SIGNED_OUT) == {"there": int(moment)}


def test_a_download_of_an_open_page_ends_with_the_sign_in(
    hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in_as(monkeypatch, HERE)
    here = visitor()
    signed_in_as(monkeypatch, THERE)
    there = visitor()
    assert [made_for(each, lambda: "log") for each in (here, there)] == ["log", "log"]
    sign_out()
    refused(there, "You signed out in this browser")
    assert made_for(here, lambda: "log") == "log"
    owners.remember(sign_in.VALID_FROM, OWNER.issued_at + 1)
    refused(here, "signed out everywhere")


def test_a_download_of_a_coachs_open_page_ends_with_the_share(
    hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    sharing = Sharing(hosted, owners.person_id)
    link = sharing.share(Grant())
    signed_in_as(monkeypatch, None, link.token)
    coach = visitor()
    assert made_for(coach, lambda: "log") == "log"
    sharing.revoke(link.grant.id)
    refused(coach, REFUSED)


def test_a_comment_from_an_open_page_ends_with_the_sign_in(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach = replace(COACH, sign_in="coach")
    link = Sharing(hosted, owners.person_id).share(Grant(email=COACH.email))
    signed_in_as(monkeypatch, coach, link.token)
    page = open_page("overview")
    Logbook(hosted, hosted.person(COACH.issuer, COACH.subject)).remember(
        sign_in.SIGNED_OUT, {"coach": 1}
    )
    page.text_area(key="comment-text").set_value("still here")
    page.button(key="comment").click().run()
    assert Sharing(hosted, owners.person_id).comments() == ()


def test_an_error_in_a_download_quotes_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> str:
        raise ValueError("very private")

    with pytest.raises(LegcareError, match="could not be made") as failed:
        made_for(Visitor(Mode.LOCAL, LogState(UUID(int=1), 1, {}), Log, "me"), broken)
    assert (str(failed.value), failed.value.__cause__) == (FAILED, None)
    assert "private" not in caplog.text


def refused(who: Visitor, reason: str) -> None:
    made = []
    with pytest.raises(NotAllowed, match=reason):
        made_for(who, lambda: made.append("log") or "log")
    assert made == []
