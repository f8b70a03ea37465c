"""Two servers behind nginx on one PostgreSQL; one is killed while people type.

Prints one JSON object.

    python benchmarks/several_servers.py

Everything runs on this machine's loopback: nginx and PostgreSQL from Debian's packages, a sign-in
provider, two ``streamlit run`` processes, Chromium. Ann and Bob, each on another server, tap three
entries, write a note into one and save it, and begin another note. Then Ann's server is killed as a
power cut would (SIGKILL). Her page comes back through nginx on the other server by itself; what she
saved must be there, and the next tap must be saved. The exit code is 1 where anything saved is
missing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

from legcare.records import Cramp, Massage, Record, Workout  # noqa: E402
from legcare.storage.database import Database  # noqa: E402
from legcare.storage.logbook import Logbook  # noqa: E402
from tests import postgres  # noqa: E402
from tests.browser.chromium import FLAGS, found  # noqa: E402
from tests.browser.server import Server, free_port, ready, settled  # noqa: E402

DOUBLE_TAP_MS = 6000  # a second tap sooner than this counts as the same one
TAPS = ("Cramp", "Massage", "Workout")
# ``userid`` gives each browser a cookie; the hash of it picks the server, so that a browser stays
# with its server.
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  upstream legcare {{
    hash $uid_got$uid_set consistent;
    server 127.0.0.1:{first} max_fails=1 fail_timeout=10s;
    server 127.0.0.1:{second} max_fails=1 fail_timeout=10s;
  }}
  server {{
    listen 127.0.0.1:{port};
    userid on; userid_name legcare_place; userid_flags httponly samesite=lax;
    client_max_body_size 200m;
    add_header X-Served-By $upstream_addr always;
    location /_stcore/metrics {{ return 404; }}
    location / {{
      proxy_pass http://legcare;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 1h;
      proxy_connect_timeout 2s;
    }}
  }}
}}
"""


@contextmanager
def provider() -> Iterator[str]:
    """A sign-in provider that knows Ann and Bob."""
    command = [sys.executable, "-W", "ignore", str(ROOT / "tests" / "browser" / "provider.py")]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        try:
            yield f"http://127.0.0.1:{running.stdout.readline().strip()}"
        finally:
            running.stdin.close()


@contextmanager
def nginx(folder: Path, first: int, second: int, port: int) -> Iterator[None]:
    """The proxy, until it is no longer needed."""
    user = "user root;" if os.geteuid() == 0 else ""
    written = folder / "nginx.conf"
    written.write_text(
        NGINX.format(folder=folder, first=first, second=second, port=port, user=user)
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise SystemExit("There is no nginx. Install it (Debian: apt-get install nginx-light).")
    with subprocess.Popen([program, "-c", str(written), "-p", str(folder)]) as running:
        try:
            yield
        finally:
            running.terminate()


def secrets(home: Path, port: int, issuer: str) -> None:
    """What both servers share: the same secrets, and the proxy's address."""
    place = home / ".streamlit" / "secrets.toml"
    place.parent.mkdir()
    place.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret ='
        f' "{"s" * 40}"\nclient_id = "legcare"\nclient_secret = "secret"\nserver_metadata_url ='
        f' "{issuer}/.well-known/openid-configuration"\n'
    )


class Person:
    """Someone at a browser of their own, signed in."""

    def __init__(self, browser: Browser, address: str, name: str) -> None:
        self.name, self.address = name, address
        self.context = browser.new_context(timezone_id="Europe/Berlin", locale="en-GB")
        self.context.set_default_timeout(60_000)

    def server(self) -> str:
        """Which server the proxy gives this browser."""
        return (
            self.context.request.get(f"{self.address}/_stcore/health")
            .headers["x-served-by"]
            .split(", ")[-1]
        )

    def sign_in(self) -> Page:
        """Sign in and open the page for entries."""
        self.page = self.context.new_page()
        self.page.goto(f"{self.address}/today")
        self.page.get_by_role("button", name="Sign in").click()
        self.page.locator("input[name=sub]").fill(self.name)
        self.page.locator("button, input[type=submit]").first.click()
        ready(self.page, "Today")
        return self.page

    def tap(self, what: str) -> None:
        """Log something, and wait until the page says that it is saved."""
        self.page.get_by_role("button", name=f"{what} now").click()
        expect(
            self.page.get_by_text(re.compile(rf"{what} at \d\d:\d\d saved")).first
        ).to_be_visible()
        settled(self.page)

    def note(self, what: str, text: str, *, save: bool) -> None:
        """Write a note into an entry; without ``save`` it only stands on the screen."""
        entry = (
            self.page.get_by_test_id("stExpander").filter(has_text=re.compile(f"{what} at")).first
        )
        box = entry.get_by_label("Note")
        for heading in entry.locator(
            "summary"
        ).all():  # the entry, and the further fields inside it
            if not box.is_visible():
                heading.click()
                self.page.wait_for_timeout(500)
        box.fill(text)
        if save:
            entry.get_by_role("button", name="Save").click()
            expect(
                self.page.get_by_text(re.compile(rf"{what} at \d\d:\d\d changed")).first
            ).to_be_visible()
            settled(self.page)


def two_people(browser: Browser, address: str) -> tuple[Person, Person]:
    """Ann and Bob, on different servers."""
    ann = Person(browser, address, "ann")
    for _ in range(50):
        bob = Person(browser, address, "bob")
        if bob.server() != ann.server():
            return ann, bob
        bob.context.close()
    raise SystemExit("The proxy gave fifty browsers the same server.")


def back(person: Person, began: float) -> float:
    """Seconds since ``began`` until the page that lost its server can be used again.

    Nobody reloads it.
    """
    lost = person.page.get_by_text("Connecting").or_(
        person.page.get_by_test_id("stConnectionStatus")
    )
    expect(lost.first).to_be_visible()
    expect(lost).to_have_count(0, timeout=120_000)
    settled(person.page)
    return round(time.monotonic() - began, 1)


def tried(browser: Browser, address: str, servers: dict[str, Server]) -> dict[str, object]:
    """The story, and what it showed."""
    ann, bob = two_people(browser, address)
    for person in (ann, bob):
        person.sign_in()
        for what in TAPS:
            person.tap(what)
        person.note("Cramp", f"saved by {person.name}", save=True)
        person.note("Massage", f"begun by {person.name}", save=False)
    killed, began = ann.server(), time.monotonic()
    servers[killed].stop(kill=True)
    told: dict[str, object] = {
        "killed": killed,
        "seconds_until_usable": back(ann, began),
        "now_on": ann.server(),
    }
    typed = ann.page.get_by_label("Note").evaluate_all("boxes => boxes.map(box => box.value)")
    told["unsaved_text_still_on_screen"] = "begun by ann" in typed
    ann.page.wait_for_timeout(DOUBLE_TAP_MS)
    for person in (ann, bob):
        person.tap("Cramp")
    ann.page.reload()
    ready(ann.page, "Today")
    shown = ann.page.get_by_test_id("stExpander").filter(
        has_text=re.compile(r"(Cramp|Massage|Workout) at")
    )
    told["entries_shown_after_a_reload"] = shown.count()
    return told


def kept(url: str, issuer: str, name: str) -> tuple[Record, ...]:
    """What the database holds of one person."""
    database = Database.open(url)
    try:
        return Logbook(database, database.person(issuer, name)).log().records
    finally:
        database.close()


def whole(records: tuple[Record, ...], name: str) -> bool:
    """Whether everything is there that the page said was saved.

    Four taps and one note, once each.
    """
    kinds = [
        sum(isinstance(record, kind) for record in records) for kind in (Cramp, Massage, Workout)
    ]
    notes = {record.note for record in records if isinstance(record, (Cramp, Massage, Workout))} - {
        ""
    }
    return kinds == [2, 1, 1] and notes == {f"saved by {name}"}


def main() -> int:
    """Start everything, tell the story, stop everything."""
    reason = postgres.missing()
    if reason:
        raise SystemExit(reason)
    expect.set_options(timeout=60_000)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="legcare-servers-")))
        database = stack.enter_context(postgres.started())
        issuer = stack.enter_context(provider())
        port = free_port()
        secrets(folder, port, issuer)
        both = [Server(folder, LEGCARE_DATABASE_URL=database.url) for _ in range(2)]
        for number, server in enumerate(both):
            server.log = folder / f"server{number}.log"
            stack.callback(server.stop)
            server.start()
        stack.enter_context(nginx(folder, both[0].port, both[1].port, port))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=found(), args=list(FLAGS)
        )
        told = tried(
            browser, f"http://127.0.0.1:{port}", {f"127.0.0.1:{each.port}": each for each in both}
        )
        browser.close()
        complete = {name: whole(kept(database.url, issuer, name), name) for name in ("ann", "bob")}
        errors = sum(server.said().count("Unexpected error") for server in both)
    print(
        json.dumps(
            {"servers": 2, **told, "everything_saved_is_there": complete, "errors": errors},
            indent=2,
        )
    )
    return int(not all(complete.values()) or errors > 0)


if __name__ == "__main__":
    sys.exit(main())
