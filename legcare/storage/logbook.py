"""The logbook of one person.

Everything they recorded, read and written in records, one transaction per user action.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from pydantic import JsonValue

from legcare.errors import BadRecord
from legcare.records import Log, Preferences, Record
from legcare.storage import changes, people, tables
from legcare.storage.changes import REMOVED, Change, Undone, new_change
from legcare.storage.database import Database
from legcare.storage.documents import (
    PREFERENCES,
    ImportSettings,
    LogState,
    document_body,
    preferences_body,
    read_state,
    write_document,
)
from legcare.storage.merging import EditConflict, merged
from legcare.storage.rows import COLUMNS, records_of, rows_since

__all__ = ["Change", "EditConflict", "ImportSettings", "LogState", "Logbook", "Undone"]


class Logbook:
    """What one person recorded.

    Holds no data itself, so any number of threads and pages may use one.
    """

    def __init__(self, database: Database, person_id: UUID) -> None:
        self._database = database
        self.person_id = person_id

    def begin(self, label: str = "") -> None:
        """Begin an empty log where there is none."""
        with self._database.writing(self.person_id) as rows:
            people.begin_log(rows, label)

    def revision(self) -> int:
        """A number that grows with every write of this person; 0 where there is no log."""
        with self._database.reading(self.person_id) as rows:
            return people.revision(rows)

    def state(self, known: LogState | None = None) -> LogState:
        """The revision with every document beside the log.

        Where nothing was written since ``known``, that is given back and nothing more is read.
        """
        with self._database.reading(self.person_id) as rows:
            return read_state(rows, self.person_id, known)

    def log(self, *, since: date | None = None) -> Log:
        """Everything recorded, with the person's own factors and preferred sources.

        ``since`` leaves out older days.
        """
        with self._database.reading(self.person_id) as rows:
            records = rows.select(tables.record, COLUMNS, *rows_since(since))
            preferences = read_state(rows, self.person_id, only=PREFERENCES).preferences
        return Log(records_of(records), preferences.own_factors, preferences.preferred_sources)

    def keep(self, records: Iterable[Record], *, label: str, kind: str = "saved") -> Change:
        """Add records.

        One whose id is there already is left untouched, so a double submit is harmless.

        Returns the change; its ``count`` says how many were new.
        """
        with self._database.writing(self.person_id) as rows:
            return changes.write_records(rows, records, new_change(label, kind), replace=False)

    def keep_import(
        self, records: Iterable[Record], settings: ImportSettings, *, label: str, kind: str
    ) -> Change:
        """Add records and, with them, what their file says of own factors, settings and columns.

        All of it or nothing is kept, and the undo takes all of it back.
        """
        change = new_change(label, kind)
        self._database.back_up("import")
        with self._database.writing(self.person_id) as rows:
            return changes.write_records(rows, records, change, replace=False, settings=settings)

    def save(self, records: Iterable[Record], *, label: str, kind: str = "saved") -> Change:
        """Add records that are new and replace those that are known.

        ``count`` says how many were new or differ.
        """
        with self._database.writing(self.person_id) as rows:
            return changes.write_records(rows, records, new_change(label, kind), replace=True)

    def edit(self, record: Record, *, base: Record | None = None, label: str = "") -> Change:
        """Replace one record by its new version.

        With ``base``, the version that the edit began from, fields that were changed elsewhere
        since are kept. Raises ``EditConflict`` for a field that was changed on both sides, and
        ``BadRecord`` where the record was deleted meanwhile.
        """
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)  # on PostgreSQL the writers of one log wait here
            kept = rows.select(tables.record, COLUMNS, tables.record.c.id == record.id)
            if not kept:
                raise BadRecord(
                    "This entry is no longer in the log: it was deleted meanwhile. Add it anew to"
                    " keep it."
                )
            if base is not None:
                record = merged(record, base, records_of(kept)[0])
            return changes.write_records(rows, [record], new_change(label, "edited"), replace=True)

    def remove(self, ids: Iterable[UUID], *, label: str = "") -> Change:
        """Delete records; ``count`` says how many were there."""
        with self._database.writing(self.person_id) as rows:
            return changes.remove_records(rows, set(ids), new_change(label, REMOVED))

    def changes(self, limit: int = 50) -> tuple[Change, ...]:
        """The latest changes, newest first."""
        with self._database.reading(self.person_id) as rows:
            return changes.latest_changes(rows, limit)

    def undo(self, change_id: UUID) -> Undone:
        """Take a change back whole, also an import and also later.

        What was changed since is left alone and counted.

        A second undo of the same change does nothing.
        """
        with self._database.writing(self.person_id) as rows:
            return changes.undo(rows, change_id)

    def preferences(self) -> Preferences:
        """How the person wants their log read and shown."""
        with self._database.reading(self.person_id) as rows:
            return read_state(rows, self.person_id, only=PREFERENCES).preferences

    def set_preferences(self, preferences: Preferences) -> None:
        """Keep the preferences.

        Raises ``BadFactor`` where an own factor takes the name of another.
        """
        self._write(PREFERENCES, preferences_body(preferences))

    def recall(self, key: str) -> JsonValue:
        """What was remembered under this key; None where nothing was."""
        with self._database.reading(self.person_id) as rows:
            return read_state(rows, self.person_id, only=people.without_nul(key)).document(key)

    def remember(self, key: str, value: JsonValue) -> None:
        """Keep a small document in place of an earlier one.

        Such as a column mapping or an experiment.
        """
        self._write(people.without_nul(key), document_body(value))

    def revise(self, key: str, revision: Callable[[JsonValue], JsonValue]) -> None:
        """Keep ``revision`` of what is remembered under this key, whoever else writes meanwhile."""
        key = people.without_nul(key)
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)
            earlier = read_state(rows, self.person_id, only=key).document(key)
            write_document(rows, key, document_body(revision(earlier)))

    def documents(self, prefix: str = "") -> dict[str, JsonValue]:
        """Everything remembered whose key begins with ``prefix``, by key.

        The preferences stand apart.
        """
        return self.state().documents(prefix)

    def erase(self, *, keep_backup: bool = False) -> None:
        """Delete everything of this person, for good; a new log begins at the next visit.

        The automatic backups of a log of this machine go too, but for one with ``keep_backup``,
        which stays for 30 days. Raises ``StorageError`` where another program holds on to a copy.
        """
        self._database.drop_backups(keep_one=keep_backup)
        with self._database.writing(self.person_id) as rows:
            for table in reversed(tables.metadata.sorted_tables):
                rows.delete(table)
        self._database.tidy()

    def _write(self, key: str, body: str) -> None:
        with self._database.writing(self.person_id) as rows:
            people.bump_revision(rows)
            write_document(rows, key, body)
