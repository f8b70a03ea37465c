"""A phone in the home network: paired by a code, tapped while nothing answers, removed again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import PATIENCE_MS, PHONE, Server, free_port, kept, settled
from tests.browser.test_night_page import all_sent, tap

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("home"), LEGCARE_PHONE_PORT=str(free_port()))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A second device: its own cookies and its own storage."""
    context = chromium.new_context(
        viewport=PHONE, color_scheme="dark", has_touch=True, timezone_id="Europe/Berlin"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.clock.install()
    yield page
    context.close()


def pair(visit: Visit, phone: Page) -> tuple[Page, str, str]:
    """Settings on the computer with one phone paired, the listener's address, and the code."""
    desk = visit("/settings", heading="Settings")
    switch = desk.get_by_text("Let phones on this network reach the night page")
    if not desk.get_by_label("What the phone is called").is_visible():
        switch.click()
    desk.get_by_label("What the phone is called").fill("Anna's phone")
    desk.get_by_role("button", name="Show a code for it").click()
    expect(desk.get_by_alt_text(re.compile("The address and the code"))).to_be_visible()
    box = desk.locator(".st-key-pairing-code")
    address = re.search(r"http://[\d.]+:\d+", box.inner_text())
    assert address is not None
    code = box.locator("code").inner_text()
    phone.goto(f"{address[0]}/pair#{code}")
    expect(phone.get_by_label("Code from Settings, Add a phone")).to_have_value(code)
    assert phone.url == f"{address[0]}/pair"
    phone.get_by_role("button", name="Pair this phone").tap()
    expect(phone.get_by_role("button", name="Cramp now")).to_be_visible()
    return desk, address[0], code


def test_a_paired_phone_loses_and_doubles_nothing_and_reads_nothing(
    visit: Visit, phone: Page, server: Server
) -> None:
    desk, address, code = pair(visit, phone)
    tap(phone, "Cramp now")
    all_sent(phone)
    assert len(kept(server)) == 1
    phone.context.set_offline(True)
    for name in ("Massage", "Cramp now") * 5:
        tap(phone, name)
        expect(phone.get_by_role("status")).to_contain_text("saved on this phone")
    server.stop(kill=True)
    phone.context.set_offline(False)
    phone.clock.fast_forward(61_000)
    expect(phone.get_by_text("10 to send.")).to_be_visible()
    server.start()  # and with it the phones' listener, because it was on
    all_sent(phone)
    assert len(kept(server)) == 11
    tab = phone.context.new_page()
    tab.goto(f"{address}/night")
    expect(tab.get_by_text("Everything is in your log.")).to_be_visible()
    assert len(kept(server)) == 11
    for path in ("/", "/overview", "/log", "/_stcore/health"):
        answer = tab.request.get(f"{address}{path}")
        assert answer.status == 404
    assert code not in server.said()
    desk.close()


def test_a_code_that_was_used_pairs_no_second_phone(
    visit: Visit, phone: Page, chromium: Browser
) -> None:
    _, address, code = pair(visit, phone)
    other = chromium.new_context(viewport=PHONE).new_page()
    for wrong in (code, "guessed"):
        other.goto(f"{address}/pair#{wrong}")
        other.get_by_role("button", name="Pair this phone").click()
        expect(other.get_by_role("status")).to_contain_text("was used already")
    other.goto(f"{address}/night")
    other.get_by_role("button", name="Cramp now").click()
    expect(other.get_by_role("alert")).to_contain_text("not paired")
    other.context.close()


def test_a_removed_phone_keeps_what_it_could_not_send(
    visit: Visit, phone: Page, server: Server
) -> None:
    desk, _, _ = pair(visit, phone)
    before = len(kept(server))
    desk.get_by_role("button", name="Is it paired?").click()
    settled(desk)
    while desk.get_by_role("button", name="Remove").count():
        desk.get_by_role("button", name="Remove").first.click()
        settled(desk)
    tap(phone, "Cramp now")
    expect(phone.get_by_role("alert")).to_contain_text("removed from the list")
    expect(phone.get_by_text("1 to send.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("1 to send.")).to_be_visible()
    assert len(kept(server)) == before
