"""A real server on a free port, and waiting until a page has been drawn to the end."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect

from legcare.records import Log
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook

ROOT = Path(__file__).parents[2]
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 60_000
# True once the script has finished and nothing is still a grey placeholder.
IDLE = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
}"""
TROUBLE = re.compile(r"Uncaught app execution|Unexpected error|Traceback")


class Server:
    """One ``streamlit run app.py`` on a free port of this machine."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.database = home / "legcare.db"
        self.log = home / "server.log"
        self.script = "app.py"
        self.environment = {"LEGCARE_DATABASE_URL": f"sqlite:///{self.database}", **environment}
        self.process: subprocess.Popen[bytes] | None = None
        self.port = free_port()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            self.script,
            f"--server.port={self.port}",
        ]
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("LEGCARE_", "STREAMLIT_"))
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--server.fileWatcherType=none"],
                cwd=ROOT,
                env={**kept, "HOME": str(self.home), **self.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def stop(self, *, kill: bool = False) -> None:
        """Stop it, politely or as a power cut would."""
        if self.process is None:
            return
        (self.process.kill if kill else self.process.terminate)()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.process = None

    def empty(self) -> None:
        """Delete everybody's log, as people do on the Settings page, and what the server wrote."""
        connection = sqlite3.connect(self.database)
        with closing(connection):
            connection.execute("PRAGMA foreign_keys = ON")
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'person'").fetchone():
                connection.execute("DELETE FROM person")
            connection.commit()
        # Nor shall the mark beside the file miss what was deleted here.
        self.database.with_name(f"{self.database.name}.seen").unlink(missing_ok=True)
        os.truncate(self.log, 0)

    def restart(self, *, kill: bool = False) -> None:
        """Stop it and start it on the same database."""
        self.stop(kill=kill)
        self.start()

    def said(self) -> str:
        """Everything in its log so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def _wait(self) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.read() == b"ok":
                        return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"The server did not start:\n{self.said()}")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(page: Page, heading: str) -> None:
    """Wait until the page with that heading has been drawn to the end."""
    expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible(
        timeout=PATIENCE_MS
    )
    settled(page)


def settled(page: Page) -> None:
    """Wait until nothing runs any more: a run may follow another, so it must hold for a moment."""
    page.wait_for_timeout(250)
    page.wait_for_function(IDLE, timeout=PATIENCE_MS)
    page.wait_for_timeout(150)
    page.wait_for_function(IDLE, timeout=PATIENCE_MS)


def kept(server: Server) -> Log:
    """What stands in the server's database."""
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    try:
        return Logbook(database, database.person("local", "owner")).log()
    finally:
        database.close()
