"""An import is one change with all that it brings; undo takes all of it back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from legcare.errors import BadFactor
from legcare.records import Cramp, Factor, Preferences, Reading, now
from legcare.storage import changes, schema
from legcare.storage.database import Database
from legcare.storage.logbook import ImportSettings, Logbook, Undone

TEA = Factor(key="tea_cups", label="Tea", unit="cups", own=True)
MATE = Factor(key="mate_cups", label="Mate", unit="cups", own=True)
BROUGHT = ImportSettings(
    (TEA,), Preferences(units="us"), {"mapping/1": {"a": 1}}, {"words": {"knot": "cramp"}}
)


def cups(factor: Factor = TEA, day: int = 1) -> Reading:
    return Reading(day=date(2026, 5, day), factor=factor.key, value=2.0)


def everything(logbook: Logbook) -> tuple[object, ...]:
    return logbook.log().records, logbook.preferences(), logbook.documents()


def test_an_import_brings_everything_and_its_undo_takes_everything_back(logbook: Logbook) -> None:
    logbook.remember("words", {"cramp": "cramp"})
    before = everything(logbook)
    change = logbook.keep_import([cups()], BROUGHT, label="tea.csv", kind="import")
    assert change.count == 1
    assert logbook.preferences() == Preferences(units="us", own_factors=(TEA,))
    assert logbook.documents() == {
        "mapping/1": {"a": 1},
        "words": {"cramp": "cramp", "knot": "cramp"},
    }
    assert logbook.undo(change.id) == Undone(1, 0)
    assert everything(logbook) == before


def test_an_import_that_fails_keeps_nothing(
    logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(logbook)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(changes, "_save_previous", broken)
    with pytest.raises(KeyboardInterrupt):
        logbook.keep_import([cups()], BROUGHT, label="tea.csv", kind="import")
    monkeypatch.undo()
    assert everything(logbook) == before
    taken = ImportSettings((TEA.model_copy(update={"key": "steps"}),))
    with pytest.raises(BadFactor):
        logbook.keep_import([cups()], taken, label="tea.csv", kind="import")
    assert everything(logbook) == before


def test_what_changed_since_the_import_stays(logbook: Logbook) -> None:
    first = logbook.keep_import([cups()], BROUGHT, label="tea.csv", kind="import")
    more = ImportSettings((MATE,), additions={"words": {"ache": "leave"}})
    logbook.keep_import([cups(MATE)], more, label="mate.csv", kind="import")
    chosen = logbook.preferences().model_copy(update={"zone": "Europe/Berlin"})
    logbook.set_preferences(chosen)
    assert logbook.undo(first.id) == Undone(1, 0)
    assert logbook.preferences() == Preferences(zone="Europe/Berlin", own_factors=(MATE,))
    assert logbook.documents() == {"words": {"ache": "leave"}}


def test_an_own_factor_that_other_entries_use_outlives_its_import(logbook: Logbook) -> None:
    change = logbook.keep_import([cups()], BROUGHT, label="tea.csv", kind="import")
    logbook.keep([cups(day=2)], label="mine")
    logbook.undo(change.id)
    assert logbook.preferences() == Preferences(own_factors=(TEA,))
    assert [record.day.day for record in logbook.log().readings] == [2]


def test_an_import_of_settings_alone_can_be_taken_back(logbook: Logbook) -> None:
    change = logbook.keep_import([], BROUGHT, label="settings", kind="import")
    assert [(each.label, each.count) for each in logbook.changes()] == [("settings", 1)]
    assert logbook.undo(change.id) == Undone(1, 0)
    assert everything(logbook) == ((), Preferences(), {})
    again = logbook.keep_import([], ImportSettings(), label="nothing", kind="import")
    assert again.count == 0


def test_an_own_factor_of_the_log_is_not_replaced_by_an_import(logbook: Logbook) -> None:
    logbook.set_preferences(Preferences(own_factors=(TEA,)))
    other = ImportSettings((TEA.model_copy(update={"label": "Green tea"}), MATE))
    logbook.keep_import([cups()], other, label="tea.csv", kind="import")
    assert logbook.preferences().own_factors == (TEA, MATE)


def test_a_log_of_an_older_version_opens_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS).replace("%", "%%"))
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    engine.dispose()
    cramp = Cramp(at=now(), note="old")
    with closing(sqlite3.connect(file)) as held, held:
        assert held.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
    database = Database.open(f"sqlite:///{file}")
    logbook = Logbook(database, database.person("local", "owner"))
    change = logbook.keep([cramp], label="one")
    assert logbook.log().records == (cramp,)
    assert logbook.undo(change.id) == Undone(1, 0)
    database.close()
