"""No statement without a person.

Shown from the source, from what the engine is asked, and from PostgreSQL itself.
"""

from __future__ import annotations

import ast
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import event

import legcare.storage
from legcare.errors import StorageError
from legcare.records import Cramp, Preferences, now
from legcare.storage import tables
from legcare.storage.database import SUPERUSER, Database
from legcare.storage.logbook import ImportSettings, Logbook
from tests.postgres import Postgres

MAKERS = {
    "select",
    "insert",
    "update",
    "delete",
    "text",
    "table",
    "column",
    "literal_column",
    "union",
    "exists",
}
# Neither names a table that holds a person's rows: the version of the schema; the person a
# transaction works for.
ALLOWED = {
    "person_rows.py": {"select", "insert", "update", "delete"},
    "schema.py": {"text"},
    "database.py": {"text"},
}
PACKAGE = Path(legcare.storage.__file__).parent


def everything(logbook: Logbook) -> None:
    cramp = Cramp(at=now())
    change = logbook.keep([cramp], label="one")
    logbook.save([cramp.model_copy(update={"severity": 1.0}), Cramp(at=now())], label="two")
    logbook.edit(cramp.model_copy(update={"severity": 2.0}))
    logbook.undo(logbook.remove([cramp.id]).id)
    logbook.undo(change.id)
    brought = ImportSettings(documents={"columns": 1}, additions={"words": {"knot": "cramp"}})
    logbook.undo(logbook.keep_import([], brought, label="three", kind="import").id)
    logbook.set_preferences(Preferences(units="us"))
    logbook.remember("a", 1), logbook.recall("a"), logbook.documents("a")
    logbook.log(), logbook.changes(), logbook.preferences(), logbook.revision()
    logbook.erase()


def test_only_one_module_makes_statements() -> None:
    for path in PACKAGE.glob("*.py"):
        made = {
            name.name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
            for name in node.names
        } & MAKERS
        assert made <= ALLOWED.get(path.name, set()), path.name


def test_no_module_reaches_round_it_by_a_tables_own_methods() -> None:
    own = {
        "select",
        "insert",
        "update",
        "delete",
        "execute",
        "exec_driver_sql",
        "scalars",
        "scalar",
    }
    for path in PACKAGE.glob("*.py"):
        # backup.py and log_file.py copy and count whole files, repair.py puts every row that can
        # be read of a damaged one into a new one: none shows a row to anybody.
        whole_files = {"backup.py", "log_file.py", "repair.py"}
        if path.name in {"person_rows.py", "schema.py", "database.py", "engine.py", *whole_files}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in own
            ):
                assert ast.unparse(node.func.value) == "rows", f"{path.name}: {ast.unparse(node)}"


@pytest.mark.parametrize("name", ["backup.py", "log_file.py"])
def test_backups_read_no_row_of_a_person(name: str) -> None:
    words = [
        node.value
        for node in ast.walk(ast.parse((PACKAGE / name).read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    asked = [word for word in words if word.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    assert all(query.startswith("SELECT count(*) FROM ") for query in asked)


def test_every_table_has_an_owner() -> None:
    assert {
        table.name for table in tables.metadata.sorted_tables if "person_id" not in table.c
    } == set()


def test_every_statement_carries_the_person(database: Database) -> None:
    person = database.person("local", "owner")
    asked: list[tuple[str, object]] = []
    event.listen(
        database._engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, values, context, many: asked.append(
            (statement, values)
        ),
    )
    everything(Logbook(database, person))
    names = [table.name for table in tables.metadata.sorted_tables]
    on_tables = [
        (statement, values)
        for statement, values in asked
        if any(name in statement.split() for name in names)
    ]
    assert {statement.split()[0] for statement, _ in on_tables} == {
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
    }
    for statement, values in on_tables:
        assert "person_id = " in statement or statement.startswith("INSERT"), statement
        rows = values if isinstance(values, list) else [values]
        assert all(person in _ids(row) for row in rows), statement


def _ids(values: object) -> set[UUID]:
    found: set[UUID] = set()
    for value in values.values() if isinstance(values, dict) else values:
        if isinstance(value, UUID):
            found.add(value)
        elif isinstance(value, str) and len(value) == 32:
            found.add(UUID(value))
    return found


def test_the_same_record_id_in_two_logs_is_two_records(database: Database) -> None:
    one, two = (Logbook(database, database.person("local", name)) for name in ("a", "b"))
    cramp = Cramp(at=now(), note="of one")
    assert one.keep([cramp], label="one").count == 1
    assert two.keep([cramp.model_copy(update={"note": "of two"})], label="two").count == 1
    two.remove([cramp.id])
    assert [record.note for record in one.log().cramps] == ["of one"]
    assert two.log().records == ()


def test_a_change_of_another_person_cannot_be_undone(database: Database) -> None:
    one, two = (Logbook(database, database.person("local", name)) for name in ("a", "b"))
    change = one.keep([Cramp(at=now())], label="one")
    assert two.undo(change.id).restored == 0
    assert len(one.log()) == 1


def test_issuer_and_subject_cannot_be_pushed_together(database: Database) -> None:
    pairs = [("a", "b c"), ("a b", "c"), ("ab", "c"), ("a", "bc"), ("1 a", "b"), ("a", "B c")]
    assert len({database.person(*pair) for pair in pairs}) == len(pairs)
    assert database.person("a", "b c", "new label") == database.person("a", "b c")


@pytest.mark.postgres
def test_postgresql_itself_shows_and_takes_no_row_of_another(postgres: Postgres) -> None:
    database = Database.open(postgres.url)
    one, two = (database.person("local", name) for name in ("a", "b"))
    for person in (one, two):
        Logbook(database, person).keep([Cramp(at=now())], label="x")
    plain = postgres.url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (0,)
        connection.execute("SELECT set_config('legcare.person', %s, false)", [str(one)])
        assert connection.execute("SELECT person_id FROM record").fetchall() == [(one,)]
        assert (
            connection.execute("UPDATE record SET body = '{}' WHERE person_id = %s", [two]).rowcount
            == 0
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO document VALUES (%s, 'a', '1')", [two])
    assert len(Logbook(database, two).log()) == 1
    database.close()


@pytest.mark.postgres
def test_a_superuser_is_told_that_the_second_wall_does_not_hold(
    postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    Database.open(postgres.url).close()
    assert caplog.messages == []
    Database.open(postgres.url.replace("legcare@", "postgres@")).close()
    assert caplog.messages == [SUPERUSER]


def test_an_error_quotes_nothing_of_the_person(database: Database) -> None:
    logbook = Logbook(database, UUID(int=7))
    with pytest.raises(StorageError) as refused:
        logbook.keep([Cramp(at=now(), note="very private")], label="private label")
    assert str(refused.value) == "This log was deleted. Reload the page to begin a new one."
    assert refused.value.__cause__ is None
