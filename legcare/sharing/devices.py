"""Phones that are paired and keys for programs: who may add entries to a log without reading it.

A phone is paired with a code that counts once and for five minutes; it then gets a key of its own,
which only its browser knows. A program gets a key that is shown once. Of codes and keys only
hashes are kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from legcare.errors import BadRecord
from legcare.records import new_id, now
from legcare.storage.database import Database
from legcare.storage.devices import Device, Devices
from legcare.storage.shares import key_hash

PHONE, TOKEN = "phone", "token"
CODE_COUNTS = timedelta(minutes=5)
LONGEST_NAME = 60
MOST_DEVICES = 50
CODE_BYTES, KEY_BYTES = 16, 32


@dataclass(frozen=True)
class NewDevice:
    """A device that was just made, with its code or key, which is shown once and kept nowhere."""

    device: Device
    secret: str


class OwnDevices:
    """The devices of one person, for the person."""

    def __init__(self, database: Database, person_id: UUID) -> None:
        self._devices = Devices(database, person_id)

    def all(self) -> tuple[Device, ...]:
        """Every device that works or may still be paired, newest first."""
        return tuple(
            device
            for device in self._devices.all()
            if device.works or (not device.revoked_at and (device.expires_at or now()) > now())
        )

    def offer(self, name: str) -> NewDevice:
        """A code with which one phone may be paired within five minutes."""
        device = replace(self._new(PHONE, name), expires_at=now() + CODE_COUNTS)
        return self._keep(device, secrets.token_urlsafe(CODE_BYTES), "pairing")

    def make_token(self, name: str) -> NewDevice:
        """A key for a program, which may add entries and do nothing else."""
        device = replace(self._new(TOKEN, name), paired_at=now())
        return self._keep(device, f"legcare-{secrets.token_urlsafe(KEY_BYTES)}", TOKEN)

    def revoke(self, device_id: UUID) -> None:
        """End a device at once."""
        self._devices.revoke(device_id, now())

    def _new(self, kind: str, name: str) -> Device:
        if len(self.all()) >= MOST_DEVICES:
            raise BadRecord(f"There are already {MOST_DEVICES} devices. Remove one of them first.")
        called = " ".join(name.split())[:LONGEST_NAME]
        return Device(new_id(), kind, called or ("A phone" if kind == PHONE else "A device"), now())

    def _keep(self, device: Device, secret: str, use: str) -> NewDevice:
        self._devices.add(device, device_key(use, secret))
        return NewDevice(device, secret)


def pair(database: Database, code: str) -> NewDevice | None:
    """Take up an offer: the phone with its key; None for a code that is wrong, used or too old."""
    for person_id, device_id in database.shares_of_key(device_key("pairing", code)):
        key = secrets.token_urlsafe(KEY_BYTES)
        devices = Devices(database, person_id)
        if devices.pair(device_id, device_key(PHONE, key), now()):
            device = devices.one(device_id)
            return NewDevice(device, key) if device else None
    return None


def device_of(database: Database, kind: str, key: str) -> tuple[UUID, Device] | None:
    """The person and the device that a key belongs to; None where it opens nothing."""
    for person_id, device_id in database.shares_of_key(device_key(kind, key)):
        devices = Devices(database, person_id)
        device = devices.one(device_id)
        if device is not None and device.works and device.kind == kind:
            devices.note_use(device_id, now())
            return person_id, device
    return None


def device_key(use: str, secret: str) -> str:
    """What is kept of a code or key: a hash in which its use stands too."""
    return key_hash(f"device {use} {secret}")
