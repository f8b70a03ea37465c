"""Opening, migrating, sharing between threads, and what a killed process leaves behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from legcare.errors import BadSetting, StorageError, Unreachable
from legcare.records import Cramp, now
from legcare.storage import schema, tables
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests.postgres import Postgres

ROOT = Path(__file__).parents[2]


def cramps(count: int) -> list[Cramp]:
    return [Cramp(at=now(), severity=number % 10) for number in range(count)]


def test_two_databases_in_memory_know_nothing_of_each_other() -> None:
    one, two = Database.open("sqlite://"), Database.open("sqlite://")
    logs = [Logbook(each, each.person("explore", "visitor")) for each in (one, two)]
    logs[0].keep(cramps(3), label="three")
    assert [len(log.log()) for log in logs] == [3, 0]
    one.close(), two.close()


def test_without_an_address_the_log_is_one_private_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "legcare.storage.engine.user_data_path", lambda name, **_: tmp_path / "new" / name
    )
    database = Database.open()
    file = tmp_path / "new" / "legcare" / "legcare.sqlite3"
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    database.close()


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    Database.open(f"sqlite:///{file}").close()
    file.chmod(0o644)
    Database.open(f"sqlite:///{file}").close()
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_was_kept_is_there_after_opening_again(url: str) -> None:
    records = cramps(5)
    first = Database.open(url)
    Logbook(first, first.person("local", "owner")).keep(records, label="five")
    first.close()
    second = Database.open(url)
    assert set(Logbook(second, second.person("local", "owner")).log().records) == set(records)
    second.close()


def test_threads_write_and_read_at_once_and_nothing_is_lost(database: Database) -> None:
    logbook = Logbook(database, database.person("local", "owner"))

    def one_by_one(records: list[Cramp]) -> int:
        return sum(
            logbook.keep([record], label="one").count + 0 * len(logbook.log()) for record in records
        )

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(one_by_one, [cramps(15) for _ in range(4)])) == 60
    assert len(logbook.log()) == 60
    assert len(logbook.changes(limit=100)) == 60


def test_threads_share_a_database_in_memory() -> None:
    database = Database.open("sqlite://")
    logbook = Logbook(database, database.person("explore", "visitor"))
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda _: logbook.keep(cramps(2), label="two").count, range(40)))
    assert (sum(done), len(logbook.log())) == (80, 80)
    database.close()


def test_the_same_submit_from_many_threads_is_one_record(database: Database) -> None:
    logbook = Logbook(database, database.person("local", "owner"))
    record = cramps(1)
    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: logbook.keep(record, label="tap").count, range(8)))
    assert sorted(counts) == [0] * 7 + [1]


def test_servers_that_start_at_once_migrate_once(url: str, request: pytest.FixtureRequest) -> None:
    if url.startswith("postgresql"):
        request.getfixturevalue("postgres").empty(whole=True)
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(lambda _: Database.open(url), range(4)))
    people = {database.person("local", "owner") for database in opened}
    assert len(people) == 1
    for database in opened:
        database.close()


def test_the_migrations_make_the_tables_that_the_code_expects(database: Database) -> None:
    with database._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_the_code_knows_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS).replace("%", "%%"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_a_log_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    Database.open(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StorageError, match="newer version of legcare"):
        Database.open(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("url", "kind", "said"),
    [
        ("mysql://here/there", BadSetting, "LEGCARE_DATABASE_URL"),
        ("nonsense", BadSetting, "must begin with sqlite:///"),
        ("sqlite:////proc/nowhere/log.sqlite3", StorageError, "cannot be opened for writing"),
        (
            "postgresql+psycopg://me:secret@127.0.0.1:1/none?connect_timeout=2",
            StorageError,
            "cannot be reached",
        ),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(
    url: str, kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said) as refused:
        Database.open(url)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_log_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "cramps.csv"
    file.write_text("date;severity\n" * 100)
    with pytest.raises(StorageError, match="is not a legcare log"):
        Database.open(f"sqlite:///{file}")
    assert file.read_text() == "date;severity\n" * 100


KILLED = textwrap.dedent("""
    import os, signal, sys
    from sqlalchemy import event
    from legcare.records import Cramp, now
    from legcare.storage.database import Database
    from legcare.storage.logbook import Logbook
    database = Database.open(sys.argv[1])
    logbook = Logbook(database, database.person("local", "owner"))
    logbook.keep([Cramp(at=now(), note="kept")], label="kept")
    if sys.argv[2] == "inside":
        count = 0
        def kill(connection, cursor, statement, values, context, many):
            if statement.startswith("INSERT INTO record"):
                os.kill(os.getpid(), signal.SIGKILL)
        event.listen(database._engine, "after_cursor_execute", kill)
        logbook.keep([Cramp(at=now(), note="half") for _ in range(2000)], label="half")
    os.kill(os.getpid(), signal.SIGKILL)
""")


@pytest.mark.parametrize("moment", ["inside", "after"])
def test_a_killed_process_leaves_whole_changes_only(url: str, moment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, url, moment],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    database = Database.open(url)
    logbook = Logbook(database, database.person("local", "owner"))
    assert [record.note for record in logbook.log().cramps] == ["kept"]
    assert [change.label for change in logbook.changes()] == ["kept"]
    database.close()


@pytest.mark.postgres
def test_a_dropped_connection_is_a_sentence_and_the_next_try_works(postgres: Postgres) -> None:
    import psycopg

    database = Database.open(postgres.url)
    logbook = Logbook(database, database.person("local", "owner"))
    with psycopg.connect(postgres.admin, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'legcare'"
        )
    assert logbook.keep(cramps(1), label="after").count == 1
    database.close()


@pytest.mark.postgres
def test_a_database_that_gives_no_answer_is_given_up_and_asked_again(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database.open(postgres.url)
    person = database.person("local", "owner")
    monkeypatch.setattr("legcare.storage.database.READ_S", 0.5)

    def asked_for_ever() -> None:
        with database.reading(person) as rows:
            rows._connection.exec_driver_sql("SELECT pg_sleep(600)")

    with pytest.raises(Unreachable, match="cannot be reached for now"):
        asked_for_ever()
    assert Logbook(database, person).keep(cramps(1), label="after").count == 1
    database.close()


@pytest.mark.postgres
def test_the_second_wall_holds_on_a_connection_that_was_found_dead(postgres: Postgres) -> None:
    import psycopg

    database = Database.open(postgres.url)
    one, two = (Logbook(database, database.person("local", name)) for name in ("a", "b"))
    one.keep(cramps(2), label="two")
    with psycopg.connect(postgres.admin, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'legcare'"
        )
    assert (len(two.log()), len(one.log())) == (0, 2)
    database.close()


def test_a_full_disk_is_a_sentence_and_keeps_nothing_half(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'log.sqlite3'}")
    logbook = Logbook(database, database.person("local", "owner"))
    first = cramps(1)
    logbook.keep(first, label="first")
    with database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 60")
    with pytest.raises(StorageError, match="disk that holds the log is full"):
        logbook.keep(cramps(3000), label="too many")
    assert list(logbook.log().records) == first
    assert [change.label for change in logbook.changes()] == ["first"]
    assert logbook.keep(cramps(1), label="one more").count == 1
    database.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            'UPDATE record SET body = \'{"type": "of a later version"}\'',
            "an entry that this version of legcare cannot",
        ),
        ("UPDATE record SET utc_offset_s = 61, at_utc = NULL", "an entry without its time"),
        ("DROP TABLE record", "could not be read or written"),
    ],
)
def test_rows_that_cannot_be_read_are_a_sentence(tmp_path: Path, spoil: str, said: str) -> None:
    file = tmp_path / "log.sqlite3"
    database = Database.open(f"sqlite:///{file}")
    logbook = Logbook(database, database.person("local", "owner"))
    logbook.keep(cramps(1), label="one")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(spoil)
    with pytest.raises(StorageError, match=said) as refused:
        logbook.log()
    assert "later version" not in str(refused.value)
    database.close()
