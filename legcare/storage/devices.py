"""Phones and other devices of one person, as rows. Only hashes of their keys are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, or_

from legcare.storage import tables
from legcare.storage.database import Database
from legcare.storage.people import without_nul
from legcare.storage.person_rows import PersonRows

_COLUMNS = ("id", "kind", "name", "created_at", "expires_at", "paired_at", "used_at", "revoked_at")
_USED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Device:
    """One device; moments are in UTC.

    ``kind`` is "phone" or "token". Until ``paired_at`` it is an offer that ends at ``expires_at``.
    """

    id: UUID
    kind: str
    name: str
    created_at: datetime
    expires_at: datetime | None = None
    paired_at: datetime | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def works(self) -> bool:
        """Whether it may add entries now."""
        return self.paired_at is not None and self.revoked_at is None


class Devices:
    """The devices of one person."""

    def __init__(self, database: Database, person_id: UUID) -> None:
        self._database = database
        self.person_id = person_id

    def add(self, device: Device, key: str) -> None:
        """Keep a new device and the hash of the key that it is known by."""
        row = {name: _naive(getattr(device, name)) for name in _COLUMNS}
        with self._database.writing(self.person_id) as rows:
            rows.insert(tables.device, [{**row, "name": without_nul(device.name)}])
            _set_key(rows, device.id, key)

    def all(self) -> tuple[Device, ...]:
        """Every device, newest first."""
        with self._database.reading(self.person_id) as rows:
            device_rows = rows.select(tables.device, _COLUMNS, newest_by="created_at")
        return tuple(_device(row) for row in device_rows)

    def one(self, device_id: UUID) -> Device | None:
        """The device with this id."""
        return next((device for device in self.all() if device.id == device_id), None)

    def pair(self, device_id: UUID, key: str, now: datetime) -> bool:
        """Take up an offer: of all who try, one gets True, and from then on its key counts."""
        device = tables.device.c
        still_open = (
            device.id == device_id,
            device.paired_at.is_(None),
            device.revoked_at.is_(None),
            device.expires_at > _naive(now),
        )
        with self._database.writing(self.person_id) as rows:
            if not rows.update(tables.device, {"paired_at": _naive(now)}, *still_open):
                return False
            _set_key(rows, device_id, key)
        return True

    def revoke(self, device_id: UUID, now: datetime) -> None:
        """End a device for good: its key opens nothing any more."""
        this = tables.device.c.id == device_id
        with self._database.writing(self.person_id) as rows:
            rows.update(tables.device, {"revoked_at": _naive(now)}, this)
            rows.delete(tables.share_key, tables.share_key.c.share_id == device_id)

    def note_use(self, device_id: UUID, now: datetime) -> None:
        """Remember when a device was used last, to five minutes."""
        used_at, due = tables.device.c.used_at, _naive(now - _USED_EVERY)
        with self._database.writing(self.person_id) as rows:
            this = (tables.device.c.id == device_id, or_(used_at.is_(None), used_at < due))
            rows.update(tables.device, {"used_at": _naive(now)}, *this)


def _set_key(rows: PersonRows, device_id: UUID, key: str) -> None:
    rows.delete(tables.share_key, tables.share_key.c.share_id == device_id)
    rows.insert(tables.share_key, [{"door_key": key, "share_id": device_id}])


def _device(row: Row[tuple[object, ...]]) -> Device:
    moments = (_utc(getattr(row, name)) for name in _COLUMNS[4:])
    return Device(row.id, row.kind, row.name, row.created_at.replace(tzinfo=UTC), *moments)


def _naive(value: object) -> object:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(tzinfo=UTC)
