"""The logbook of one person.

Everything they recorded, read and written in records, one transaction per user action.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import JsonValue

from legcare.errors import BadFactor, BadRecord
from legcare.records import BUILT_IN, Log, Preferences, Record
from legcare.storage import changes, people, tables
from legcare.storage.bound import Bound
from legcare.storage.changes import REMOVED, Change, Undone
from legcare.storage.rows import COLUMNS, records_of, rows_since

if TYPE_CHECKING:
    from legcare.storage.database import Database

__all__ = ["Change", "Logbook", "Undone"]
PREFERENCES = "preferences"
_TAKEN = frozenset(factor.key for factor in BUILT_IN)


class Logbook:
    """What one person recorded.

    Holds no data itself, so any number of threads and pages may use one.
    """

    def __init__(self, database: Database, person_id: UUID) -> None:
        self._database = database
        self.person_id = person_id

    def revision(self) -> int:
        """A number that grows with every write of this person; cheap to ask."""
        with self._database.reading(self.person_id) as mine:
            return people.revision(mine)

    def log(self, *, since: date | None = None) -> Log:
        """Everything recorded, with the person's own factors and preferred sources.

        ``since`` leaves out older days.
        """
        with self._database.reading(self.person_id) as mine:
            rows = mine.rows(tables.record, COLUMNS, *rows_since(since))
            chosen = preferences_of(mine)
        return Log(records_of(rows), chosen.own_factors, chosen.preferred_sources)

    def keep(self, records: Iterable[Record], *, label: str, kind: str = "saved") -> Change:
        """Add records.

        One whose id is there already is left untouched, so a double submit is harmless.

        Returns the change; its ``count`` says how many were new.
        """
        with self._database.writing(self.person_id) as mine:
            return changes.written_records(mine, records, changes.begun(label, kind), replace=False)

    def save(self, records: Iterable[Record], *, label: str, kind: str = "saved") -> Change:
        """Add records that are new and replace those that are known.

        ``count`` says how many were new or differ.
        """
        with self._database.writing(self.person_id) as mine:
            return changes.written_records(mine, records, changes.begun(label, kind), replace=True)

    def edit(self, record: Record, *, label: str = "") -> Change:
        """Replace one record by its new version.

        Raises ``BadRecord`` where it was deleted meanwhile.
        """
        with self._database.writing(self.person_id) as mine:
            if not mine.rows(tables.record, ["id"], tables.record.c.id == record.id):
                raise BadRecord(
                    "This entry is no longer in the log: it was deleted meanwhile. Add it anew to"
                    " keep it."
                )
            return changes.written_records(
                mine, [record], changes.begun(label, "edited"), replace=True
            )

    def remove(self, ids: Iterable[UUID], *, label: str = "") -> Change:
        """Delete records; ``count`` says how many were there."""
        with self._database.writing(self.person_id) as mine:
            return changes.removed_records(mine, set(ids), changes.begun(label, REMOVED))

    def changes(self, limit: int = 50) -> tuple[Change, ...]:
        """The latest changes, newest first."""
        with self._database.reading(self.person_id) as mine:
            return changes.listed(mine, limit)

    def undo(self, change_id: UUID) -> Undone:
        """Take a change back whole, also an import and also later.

        What was changed since is left alone and counted.

        A second undo of the same change does nothing.
        """
        with self._database.writing(self.person_id) as mine:
            return changes.taken_back(mine, change_id)

    def preferences(self) -> Preferences:
        """How the person wants their log read and shown."""
        with self._database.reading(self.person_id) as mine:
            return preferences_of(mine)

    def set_preferences(self, preferences: Preferences) -> None:
        """Keep the preferences.

        Raises ``BadFactor`` where an own factor takes the name of another.
        """
        _check(preferences)
        self._write(PREFERENCES, preferences.model_dump_json())

    def recall(self, key: str) -> JsonValue:
        """What was remembered under this key; None where nothing was."""
        with self._database.reading(self.person_id) as mine:
            rows = mine.rows(tables.document, ["body"], tables.document.c.key == people.plain(key))
        return _value(rows[0].body) if rows else None

    def remember(self, key: str, value: JsonValue) -> None:
        """Keep a small document in place of an earlier one.

        Such as a column mapping or an experiment.
        """
        self._write(people.plain(key), json.dumps(value, allow_nan=False))

    def forget(self, key: str) -> None:
        """Drop what was remembered under this key."""
        with self._database.writing(self.person_id) as mine:
            people.written(mine)
            mine.delete(tables.document, tables.document.c.key == people.plain(key))

    def documents(self, prefix: str = "") -> dict[str, JsonValue]:
        """Everything remembered whose key begins with ``prefix``, by key.

        The preferences stand apart.
        """
        with self._database.reading(self.person_id) as mine:
            rows = mine.rows(tables.document, ["key", "body"])
        found = {str(row.key): row.body for row in rows}
        wanted = sorted(key for key in found if key.startswith(prefix) and key != PREFERENCES)
        return {key: _value(found[key]) for key in wanted}

    def erase(self) -> None:
        """Delete everything of this person, for good; a new log begins at the next visit."""
        with self._database.writing(self.person_id) as mine:
            for table in reversed(tables.metadata.sorted_tables):
                mine.delete(table)
        self._database.tidy()

    def _write(self, key: str, body: str) -> None:
        this = tables.document.c.key == key
        with self._database.writing(self.person_id) as mine:
            people.written(mine)
            if not mine.change(tables.document, {"body": body}, this):
                mine.insert(tables.document, [{"key": key, "body": body}])


def preferences_of(mine: Bound) -> Preferences:
    """The preferences that stand beside the log; the usual ones where none were chosen."""
    rows = mine.rows(tables.document, ["body"], tables.document.c.key == PREFERENCES)
    return Preferences.model_validate_json(str(rows[0].body)) if rows else Preferences()


def _value(body: object) -> JsonValue:
    value: JsonValue = json.loads(str(body))
    return value


def _check(preferences: Preferences) -> None:
    seen = set(_TAKEN)
    for factor in preferences.own_factors:
        if factor.key in seen:
            raise BadFactor(
                f"There is already a factor called {factor.key!r}. Give {factor.label!r} another"
                " name, or use that one."
            )
        seen.add(factor.key)
