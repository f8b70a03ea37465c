"""What one device may do to one log: add entries, and change or take back its own.

Nothing is read out. Every write of a device is a change whose id follows from the device and from
the step that the device names, so that a step sent twice, by two tabs or after a lost answer, is
done once, also where the entry was edited or deleted on the dashboard in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from uuid import UUID, uuid5

from pydantic import ValidationError

from legcare.errors import BadRecord
from legcare.records import ANY_RECORD, RECORD_TYPES, Event, Record, TrackedSpan, written
from legcare.storage import changes, tables
from legcare.storage.changes import REMOVED, Change
from legcare.storage.database import Database
from legcare.storage.person_rows import PersonRows
from legcare.storage.rows import COLUMNS, records_of

NOT_YOURS = (
    "This entry was not made by this device, so it cannot be changed from here. Change it on the"
    " Log page."
)
GONE = "This entry is no longer in the log: it was deleted on the dashboard. Nothing was changed."
EDITED = (
    "This entry was changed on the dashboard since, and was left as it is. Change it on the Log"
    " page."
)


class Outcome(StrEnum):
    """What became of a step: done now, or done before."""

    KEPT = "kept"
    ALREADY_THERE = "already there"


class DeviceLog:
    """The writes of one device into one person's log."""

    def __init__(self, database: Database, person_id: UUID, device_id: UUID, name: str) -> None:
        self._database = database
        self.person_id = person_id
        self.device_id = device_id
        self.name = name

    def add(self, record: Record) -> Outcome:
        """Keep a new entry; its id is the id of the step."""
        with self._database.writing(self.person_id) as rows:
            if self._is_done(rows, record.id):
                return Outcome.ALREADY_THERE
            change = self._change(record.id, record, "saved")
            result = changes.write_records(rows, [record], change, replace=False)
        return Outcome.KEPT if result.count else Outcome.ALREADY_THERE

    def change(
        self, record_id: UUID, step: UUID, earlier: Iterable[UUID], values: Mapping[str, object]
    ) -> Outcome:
        """Set values of an entry that this device made in its ``earlier`` steps.

        Raises ``BadRecord`` where it is another's, gone, or says something else since.
        """
        with self._database.writing(self.person_id) as rows:
            if self._is_done(rows, step):
                return Outcome.ALREADY_THERE
            if not self._is_done(rows, record_id):
                raise BadRecord(NOT_YOURS)
            now = _record(rows, record_id)
            if now is None:
                raise BadRecord(GONE)
            record, change_id = now
            new = _with_values(record, values)
            if change_id not in self._changes((record_id, *earlier)):
                _refuse_edited(record, new, values)
            changes.write_records(rows, [new], self._change(step, record, "edited"), replace=True)
        return Outcome.KEPT

    def take_back(self, record_id: UUID, step: UUID, earlier: Iterable[UUID]) -> Outcome:
        """Delete an entry that this device made and nobody changed since.

        Raises ``BadRecord`` where it is another's, or was changed since.
        """
        with self._database.writing(self.person_id) as rows:
            now = _record(rows, record_id)
            if self._is_done(rows, step) or (now is None and self._is_done(rows, record_id)):
                return Outcome.ALREADY_THERE
            if now is None or not self._is_done(rows, record_id):
                raise BadRecord(NOT_YOURS)
            record, change_id = now
            if change_id not in self._changes((record_id, *earlier)):
                raise BadRecord(EDITED)
            changes.remove_records(rows, [record_id], self._change(step, record, REMOVED))
        return Outcome.KEPT

    def _change(self, step: UUID, record: Record, kind: str) -> Change:
        label = f"{_title(record)} {kind} from {self.name}"
        return replace(changes.new_change(label, kind), id=uuid5(self.device_id, str(step)))

    def _changes(self, steps: Iterable[UUID]) -> frozenset[UUID]:
        return frozenset(uuid5(self.device_id, str(step)) for step in steps)

    def _is_done(self, rows: PersonRows, step: UUID) -> bool:
        this = tables.change.c.id == uuid5(self.device_id, str(step))
        return bool(rows.select(tables.change, ["id"], this))


def _record(rows: PersonRows, record_id: UUID) -> tuple[Record, UUID] | None:
    """The entry as it is now, with the change that it comes from."""
    columns = (*COLUMNS, "change_id")
    matches = rows.select(tables.record, columns, tables.record.c.id == record_id)
    return (records_of(matches)[0], matches[0].change_id) if matches else None


def _title(record: Record) -> str:
    """What the entry is called in the history of changes."""
    if isinstance(record, TrackedSpan):
        return f"No cramps on {written.weekday(record.first_day)}"
    kind = record.type.capitalize()
    return f"{kind} at {record.at:%H:%M}" if isinstance(record, Event) else kind


def _refuse_edited(now: Record, new: Record, names: Iterable[str]) -> None:
    """What was entered on the dashboard is never written over from a device."""
    for name in names:
        value = getattr(now, name)
        if value not in (None, ()) and value != getattr(new, name):
            raise BadRecord(EDITED)


def _with_values(record: Record, values: Mapping[str, object]) -> Record:
    try:
        return ANY_RECORD.validate_python({**record.model_dump(), **values})
    except ValidationError as error:
        raise BadRecord(refusal(error)) from None


def refusal(error: ValidationError) -> str:
    """The sentence for an entry that cannot be kept: the field, and what is wrong with it."""
    first = error.errors()[0]
    place = " ".join(str(part) for part in first["loc"] if part not in RECORD_TYPES) or "The entry"
    message = str(first["msg"]).removeprefix("Value error, ")
    return (
        f"{place} cannot be kept: {message[:1].lower()}{message[1:]}. Correct it and send it again."
    )
