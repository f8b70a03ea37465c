"""Signing in against a real OpenID Connect provider on this machine; two people.

A coach with a link.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import DESKTOP, TROUBLE, Server, ready, settled


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider's address; it knows Ann and Bob."""
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("provider.py"))]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        yield f"http://127.0.0.1:{running.stdout.readline().strip()}"
        running.stdin.close()
        running.wait(20)


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Iterator[Server]:
    """A server with sign-in configured, as the hosting page says."""
    server = Server(tmp_path_factory.mktemp("hosted"))
    secrets = server.home / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text(
        f'[auth]\nredirect_uri = "{server.url}/oauth2callback"\ncookie_secret = "{"s" * 40}"\n'
        'client_id = "legcare"\nclient_secret = "secret"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    server.start()
    yield server
    server.stop()
    assert not TROUBLE.search(server.said()), server.said()


@pytest.fixture
def fresh(chromium: Browser, hosted: Server) -> Iterator[object]:
    """Opens an address in a browser that has never been here."""
    contexts = []

    def opened(path: str) -> Page:
        context = chromium.new_context(
            viewport=DESKTOP, timezone_id="Europe/Berlin", locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{hosted.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def sign_in(page: Page, sub: str) -> None:
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").fill(sub)
    page.locator("button, input[type=submit]").first.click()


def test_a_stranger_sees_nothing_but_the_sign_in(fresh, hosted: Server) -> None:  # type: ignore[no-untyped-def]
    for path in ("/settings", "/log", "/timing", "/share", "/"):
        page = fresh(path)
        ready(page, "legcare")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
        assert "Delete everything" not in page.inner_text("body")


def test_a_cramp_of_one_person_is_nobody_elses(fresh, hosted: Server) -> None:  # type: ignore[no-untyped-def]
    ann = fresh("/today?do=cramp")
    sign_in(ann, "ann")
    ready(ann, "Day and night")  # the deep link survived
    assert "/today?do=cramp" in ann.url
    ann.get_by_role("button", name="Cramp now").click()
    expect(ann.get_by_text(re.compile(r"Cramp at \d\d:\d\d saved"))).to_be_visible()
    ann.get_by_role("button", name="Sign out").click()
    ann.wait_for_timeout(1500)
    assert "_streamlit_user" not in {cookie["name"] for cookie in ann.context.cookies()}
    bob = fresh("/log")
    sign_in(bob, "bob")
    ready(bob, "Diary")
    expect(bob.get_by_text("There are no cramps in the chosen period.")).to_be_visible()
    again = fresh("/log")
    sign_in(again, "ann")
    ready(again, "Diary")
    expect(again.get_by_text("There are no cramps in the chosen period.")).to_have_count(0)


def test_a_link_opens_for_a_coach_until_it_is_revoked(fresh, hosted: Server) -> None:  # type: ignore[no-untyped-def]
    ann = fresh("/share")
    sign_in(ann, "ann")
    ready(ann, "For your doctor or coach")
    ann.get_by_text("Make a link").first.click()
    ann.get_by_label("Your name, as the coach reads it").fill("Ann *A*")
    ann.keyboard.press("Tab")
    settled(ann)  # the name has arrived before the form is sent
    ann.get_by_role("button", name="Make the link").click()
    settled(ann)
    link = ann.locator("[data-testid=stCode]").inner_text().strip()
    token = link.rpartition("/s/")[2]
    assert len(token) >= 43
    coach = fresh(f"/s/{token}")
    ready(coach, "Today")
    assert token not in coach.url
    expect(coach.get_by_text("Ann *A* shared this log with you to read")).to_be_visible()
    expect(coach.get_by_test_id("stSidebarNav").get_by_text("Add files")).to_have_count(0)
    coach.reload()
    ready(coach, "Today")
    coach.goto(f"{hosted.url}/today")
    settled(coach)
    expect(coach.get_by_role("button", name="Cramp now")).to_have_count(0)
    ann.get_by_role("button", name="Revoke").click()
    settled(ann)
    coach.goto(f"{hosted.url}/timing")
    expect(coach.get_by_text("This link does not open a log")).to_be_visible()
    wrong = fresh(f"/s/{'x' * 43}")
    expect(wrong.get_by_text("This link does not open a log")).to_be_visible()
    assert token not in hosted.said()


def test_signing_out_everywhere_ends_other_browsers_at_once(fresh, hosted: Server) -> None:  # type: ignore[no-untyped-def]
    here, there = fresh("/settings"), fresh("/log")
    for page, heading in ((here, "Settings"), (there, "Diary")):
        sign_in(page, "bob")
        ready(page, heading)
    here.get_by_role("button", name="Sign out everywhere").click()
    here.wait_for_timeout(1500)
    there.reload()
    expect(there.get_by_text("You were signed out everywhere")).to_be_visible()


def test_an_open_page_of_another_browser_delivers_no_file_after_its_end(  # type: ignore[no-untyped-def]
    fresh, hosted: Server
) -> None:
    there, here = fresh("/today"), fresh("/settings")
    for page, heading in ((there, "Day and night"), (here, "Settings")):
        sign_in(page, "eve")
        ready(page, heading)
    there.get_by_role("button", name="Cramp now").click()
    expect(there.get_by_text("saved").first).to_be_visible()
    there.goto(f"{hosted.url}/share")
    ready(there, "For your doctor or coach")
    files: list[object] = []
    there.on("download", lambda file: files.append(file))
    here.get_by_role("button", name="Sign out everywhere").click()
    here.wait_for_url("**/end_session**")
    there.get_by_role("button", name="Download all records").click()
    expect(there.get_by_text("Failed to generate file")).to_be_visible()
    assert files == []


def test_signing_out_ends_the_other_tab_and_a_copied_cookie(fresh, hosted: Server) -> None:  # type: ignore[no-untyped-def]
    first = fresh("/today")
    sign_in(first, "eve")
    ready(first, "Day and night")
    copied = first.context.cookies()
    second = first.context.new_page()
    second.goto(f"{hosted.url}/today")
    ready(second, "Day and night")
    first.get_by_role("button", name="Sign out").click()
    first.wait_for_url("**/end_session**")
    second.get_by_role("button", name="Massage now").click()
    expect(second.get_by_text("You signed out in this browser")).to_be_visible()
    thief = fresh("/today")
    thief.context.add_cookies(copied)
    thief.goto(f"{hosted.url}/today")
    expect(thief.get_by_text("You signed out in this browser")).to_be_visible()
