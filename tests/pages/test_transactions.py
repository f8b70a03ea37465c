"""How often a page asks the database: once who is looking, once for what is not known yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, event
from streamlit.testing.v1 import AppTest

from legcare.records import Preferences
from legcare.sharing import Grant, Sharing
from legcare.storage.database import Database
from legcare.storage.engine import WRITES
from legcare.storage.logbook import Logbook
from legcare.ui.shell.menu import ENTRIES
from tests import postgres as server
from tests.pages.conftest import Opener
from tests.pages.logs import sample
from tests.pages.test_coach import COACH, OWNER, hosted, owners, signed_in_as

__all__ = ["hosted", "owners"]


class Counted:
    """Transactions, and what was sent for them: BEGIN, every statement, COMMIT."""

    def __init__(self) -> None:
        self.reads = self.writes = self.messages = 0

    def begin(self, connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        self.writes += writes
        self.reads += not writes
        self.messages += 1

    def statement(self, connection: Connection, cursor: object, statement: str, *_: object) -> None:
        self.messages += not statement.startswith("BEGIN")

    def end(self, connection: Connection) -> None:
        self.messages += 1


@contextmanager
def counted() -> Iterator[Counted]:
    count = Counted()
    events = {
        "begin": count.begin,
        "before_cursor_execute": count.statement,
        "commit": count.end,
        "rollback": count.end,
    }
    for name, listener in events.items():
        event.listen(Engine, name, listener)
    yield count
    for name, listener in events.items():
        event.remove(Engine, name, listener)


def shown(page: AppTest) -> None:
    assert [error.value for error in (*page.exception, *page.error)] == []


@pytest.mark.parametrize("name", [name for name in ENTRIES if name != "people"])
def test_an_idle_rerun_reads_at_most_twice(open_page: Opener, logbook: Logbook, name: str) -> None:
    logbook.keep(sample(), label="sample")
    page = open_page(name)
    page.run()
    with counted() as count:
        page.run()
    shown(page)
    assert (count.reads <= 2, count.writes) == (True, 0), (count.reads, count.writes)


@pytest.mark.parametrize("name", ["overview", "today"])
def test_a_page_reads_nothing_again_that_it_knows(
    open_page: Opener, logbook: Logbook, name: str
) -> None:
    logbook.keep(sample(), label="sample")
    logbook.set_preferences(Preferences(units="us"))
    page = open_page(name)
    page.run()
    with counted() as count:
        page.run()
    assert (count.reads, count.writes) == (1, 0)


def test_a_tap_is_three_reads_and_one_write(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(sample(), label="sample")
    page = open_page("today")
    page.run()
    with counted() as count:
        page.button("night-cramp").click().run()
    shown(page)
    assert (count.reads <= 3, count.writes) == (True, 1), (count.reads, count.writes)


@pytest.mark.parametrize("name", ["overview", "frequency", "share"])
def test_a_coach_reads_at_most_three_times(
    open_page: Opener,
    hosted: Database,
    owners: Logbook,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    sharing = Sharing(hosted, owners.person_id)
    token = sharing.share(Grant(email=COACH.email)).token
    signed_in_as(monkeypatch, COACH, token)
    page = open_page(name)
    page.run()
    with counted() as count:
        page.run()
    shown(page)
    assert (count.reads <= 3, count.writes) == (True, 0), (count.reads, count.writes)


def test_a_signed_in_owner_is_asked_for_once(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in_as(monkeypatch, OWNER)
    page = open_page("frequency")
    page.run()
    with counted() as count:
        page.run()
    shown(page)
    assert (count.reads, count.writes) == (1, 0)


@pytest.mark.postgres
@pytest.mark.parametrize("name", [name for name in ENTRIES if name != "people"])
def test_an_idle_rerun_is_at_most_eleven_messages(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    reason = server.missing()
    if reason:
        pytest.skip(reason)
    running = server.shared()
    monkeypatch.setenv("LEGCARE_DATABASE_URL", running.url)
    database = Database.open(running.url)
    running.empty()
    Logbook(database, database.person("local", "owner")).keep(sample(), label="sample")
    page = open_page(name)
    page.run()
    with counted() as count:
        page.run()
    shown(page)
    database.close()
    assert count.messages <= 11
