"""The night page on a phone: no network, no server, reloads; nothing lost, nothing doubled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import PATIENCE_MS, PHONE, Server, kept

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SAVED = re.compile("saved on this phone")
# The time from the tap to the words, in the page itself.
TAP_TO_WORDS = """() => new Promise((done) => {
  const start = performance.now(), status = document.getElementById('status');
  new MutationObserver(() => done(performance.now() - start)).observe(status, {childList: true});
  document.getElementById('cramp').click();
})"""


@pytest.fixture
def visit(server: Server, chromium: Browser) -> Iterator[Visit]:
    """Open an address on a phone of its own, whose browser keeps copies as phones do."""
    contexts, troubles, urls = [], [], []

    def night_page(path: str) -> Page:
        context = chromium.new_context(
            viewport=PHONE, color_scheme="dark", has_touch=True, timezone_id="Europe/Berlin"
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"error in the page: {error}"))
        context.on("request", lambda request: urls.append(request.url))
        page.goto(f"{server.url}{path}")
        return page

    yield night_page
    for context in contexts:
        context.close()
    assert troubles == []
    assert [url for url in urls if not url.startswith(server.url)] == []


def night_page(visit: Visit, path: str = "/night") -> Page:
    """The night page with a clock that a test can move."""
    page = visit("/night/icon-64.png")
    page.clock.install()
    page.goto(page.url.replace("/night/icon-64.png", path))
    expect(page.get_by_role("button", name="Cramp now")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def tap(page: Page, name: str) -> None:
    """Tap, six seconds after the tap before: sooner it would be the same tap."""
    page.clock.fast_forward(6000)
    page.get_by_role("button", name=name, exact=True).tap()


def all_sent(page: Page) -> None:
    """Let the page ask again, as it does by itself after a while, until nothing waits."""
    all_in_log = page.get_by_text("Everything is in your log.")
    for _ in range(40):
        if all_in_log.is_visible():
            return
        page.clock.fast_forward(61_000)
        page.wait_for_timeout(250)
    expect(all_in_log).to_be_visible()


def test_one_tap_is_on_the_phone_at_once_and_soon_in_the_log(visit: Visit, server: Server) -> None:
    before = len(kept(server).cramps)
    page = night_page(visit)
    tap(page, "Cramp now")
    page.get_by_role("button", name="Cramp now").tap()  # the thumb comes down again
    expect(page.get_by_role("status")).to_contain_text(SAVED)
    all_sent(page)
    tap(page, "Rubbed")
    tap(page, "Gone")
    all_sent(page)
    cramps = kept(server).cramps
    assert len(cramps) == before + 1
    cramp = max(cramps, key=lambda each: each.created_at)
    assert [word.value for word in cramp.relief] == ["massage"]
    expect(page.get_by_role("list")).to_contain_text(re.compile("Cramp at .*gone after .*rubbed"))
    assert cramp.relief_after[0] < (cramp.minutes or 0) < 10
    assert cramp.at.utcoffset() is not None
    page.get_by_role("button", name=re.compile("Undo Cramp")).first.tap()
    all_sent(page)
    assert len(kept(server).cramps) == before


def test_ten_taps_in_airplane_mode_and_a_killed_server_are_ten_entries(
    visit: Visit, server: Server
) -> None:
    before = len(kept(server))
    page = night_page(visit)
    page.context.set_offline(True)
    for name in ("Cramp now", "Massage") * 4:
        tap(page, name)
        expect(page.get_by_role("status")).to_contain_text(SAVED)
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    server.stop(kill=True)
    try:
        page.context.set_offline(False)
        for name in ("Cramp now", "No cramps last night"):
            tap(page, name)
        expect(page.get_by_text("10 to send.")).to_be_visible()
        page.reload()
        other = page.context.new_page()  # a second tab, from the phone's own copy of the page
        other.goto(page.url)
        expect(other.get_by_text("10 to send.")).to_be_visible()
    finally:
        server.start()
    all_sent(page)  # both tabs send the same ten
    all_sent(other)
    assert len(kept(server)) == before + 10
    assert len(kept(server).cramps) >= 5
    page.reload()
    expect(page.get_by_text("Everything is in your log.")).to_be_visible()
    assert len(kept(server)) == before + 10


def test_what_is_refused_stays_with_its_reason_until_it_is_dismissed(
    visit: Visit, server: Server
) -> None:
    before = len(kept(server))
    page = night_page(visit)
    page.clock.fast_forward(3 * 3600_000)  # a phone whose clock goes wrong
    tap(page, "Massage")
    expect(page.get_by_text("lies in the future")).to_be_visible()
    tap(page, "Cramp now")
    page.reload()
    expect(page.get_by_text("lies in the future")).to_have_count(2)
    for _ in range(2):
        page.get_by_role("button", name=re.compile("Dismiss")).first.tap()
    expect(page.get_by_text("lies in the future")).to_have_count(0)
    assert len(kept(server)) == before


def test_every_part_has_a_name_and_a_place_for_a_thumb(visit: Visit) -> None:
    page = night_page(visit, "/night?do=massage")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    expect(page.get_by_role("button", name="Massage", exact=True)).to_be_focused()
    tap(page, "Cramp now")
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 64, button.text_content()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    text = page.get_by_role("region", name="While it hurts").inner_text()
    assert "Straighten the knee" in text
    assert "10 minutes" in text
    all_sent(page)
    page.get_by_role("button", name=re.compile("Undo Cramp")).first.tap()
    all_sent(page)


def test_the_page_is_small_and_saying_so_takes_no_network(visit: Visit) -> None:
    page = visit("/night/icon-64.png")
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(page.url.replace("/night/icon-64.png", "/night"))
    expect(page.get_by_role("button", name="Cramp now")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(sizes) >= 4
    assert sum(sizes) < 45_000  # unpacked, with the service worker's own second look
    page.context.set_offline(True)
    page.evaluate(TAP_TO_WORDS)
    expect(page.get_by_role("status")).to_contain_text(SAVED)
    page.context.set_offline(False)


def test_the_worker_keeps_the_page_where_nobody_answers(visit: Visit, server: Server) -> None:
    page = visit("/night")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    server.stop(kill=True)
    try:
        page.goto(f"{server.url}/night?do=cramp")
        expect(page.get_by_role("button", name="Cramp now")).to_be_focused()
        expect(page.get_by_role("alert")).to_be_hidden()
    finally:
        server.start()


def test_the_dashboard_has_a_name_and_an_icon_for_the_home_screen(
    visit: Visit, server: Server
) -> None:
    page = visit("/night/icon-64.png")
    page.goto(f"{server.url}/today")
    home_screen = page.evaluate(
        """async () => {
          const manifest = document.querySelector('link[rel="manifest"]').href;
          const told = await (await fetch(manifest)).json();
          const icons = [...told.icons.map((icon) => icon.src),
            document.querySelector('link[rel="apple-touch-icon"]').getAttribute('href')];
          const kind = async (icon) => (await fetch(icon)).headers.get('content-type');
          const kinds = await Promise.all(icons.map(kind));
          return {name: told.name, shortcuts: told.shortcuts.map((each) => each.url), kinds,
            title: document.querySelector('meta[name="apple-mobile-web-app-title"]').content};
        }"""
    )
    assert home_screen == {
        "name": "legcare",
        "shortcuts": ["/night?do=cramp", "/night?do=massage"],
        "kinds": ["image/png"] * 3,
        "title": "legcare",
    }


@pytest.mark.parametrize("path", ["/pair", "/sign-in", "/start"])
def test_the_other_plain_pages_can_be_read_and_tapped_too(visit: Visit, path: str) -> None:
    page = visit(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    for field in (*page.get_by_role("textbox").all(), *page.get_by_role("button").all()):
        box = field.bounding_box()
        assert box is not None
        assert box["height"] >= 64


def test_a_torn_note_on_the_phone_holds_up_nothing(visit: Visit, server: Server) -> None:
    before = len(kept(server))
    page = night_page(visit)
    page.evaluate("localStorage.setItem('legcare/waiting/000000000000001/x', '{\"id')")
    page.reload()
    tap(page, "Massage")
    all_sent(page)
    assert len(kept(server)) == before + 1


@pytest.mark.parametrize("path", ["/night", "/overview"])
def test_chromium_would_install_it(visit: Visit, path: str) -> None:
    page = visit(path)
    page.wait_for_function("document.querySelector('link[rel=\"manifest\"]')")
    session = page.context.new_cdp_session(page)
    assert session.send("Page.getAppManifest")["errors"] == []
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} <= {"in-incognito"}  # a test's browser forgets
