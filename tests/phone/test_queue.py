"""A thousand nights of two phones and a dashboard on a network that loses, repeats and delays.

The phones run the night page's own queue in a JavaScript engine; what they send is worked by the
program's own handlers. Nothing that was tapped may be lost, doubled, or come back.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

import playwright
import pytest

from legcare.errors import BadRecord
from legcare.records import Cramp, Preferences
from legcare.storage.database import Database
from legcare.storage.device_log import DeviceLog
from legcare.storage.logbook import Logbook
from legcare.ui.phone import entries
from legcare.ui.phone.caller import Caller
from legcare.ui.phone.files import WEB

NODE = Path(playwright.__file__).parent / "driver" / "node"
WORK = {"POST": entries._add, "PATCH": entries._change, "DELETE": entries._take_back}
BEGIN = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)  # the clocks change in this night
STEPS = 16
PREFERENCES = Preferences()


class Phones:
    """The JavaScript side."""

    def __init__(self) -> None:
        command = [str(NODE), str(Path(__file__).with_name("phones.mjs")), str(WEB / "queue.js")]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, go: str, network: Network | None = None, **command: object) -> Any:
        """Let a phone do something; ``network`` answers what it sends meanwhile."""
        reply = self._line({"go": go, **command})
        while "request" in reply:
            assert network is not None
            phone = int(str(command["phone"]))
            reply = self._line({"answer": network.carry(phone, reply["request"])})
        return reply["done"]

    def _line(self, what: dict[str, object]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        reply: dict[str, Any] = json.loads(self.process.stdout.readline())
        return reply


@pytest.fixture(scope="module")
def phones() -> Iterator[Phones]:
    running = Phones()
    yield running
    running.process.stdin.close()  # type: ignore[union-attr]
    running.process.wait(10)
    running.process.stdout.close()  # type: ignore[union-attr]


@dataclass
class Network:
    """Carries requests to the server, and loses, repeats and delays them."""

    logbook: Logbook
    database: Database
    luck: random.Random
    fair: bool = False
    past: list[tuple[int, list[Any]]] = field(default_factory=list)

    def carry(self, phone: int, request: list[Any]) -> dict[str, object] | None:
        """The answer as the phone gets it; None where it hears nothing."""
        if not self.fair and self.past and self.luck.random() < 0.2:
            self.work(*self.luck.choice(self.past))  # an older request arrives only now, again
        if not self.fair and self.luck.random() < 0.25:
            return None
        answer = self.work(phone, request)
        self.past.append((phone, request))
        if not self.fair and self.luck.random() < 0.25:
            return None  # done, but the answer is lost
        odd = {"status": 200, "body": None}, {"status": 503, "body": {"result": "later"}}
        return answer if self.fair or self.luck.random() < 0.9 else self.luck.choice(odd)

    def work(self, phone: int, request: list[Any]) -> dict[str, object]:
        """What the server does with a request."""
        method, path, body = request
        device = uuid5(self.logbook.person_id, str(phone))
        log = DeviceLog(self.database, self.logbook.person_id, device, f"phone {phone}")
        caller = Caller(log, PREFERENCES)
        request_like: Any = SimpleNamespace(path_params={"entry": path.rpartition("/")[2]})
        try:
            outcome = WORK[method](caller, body, request_like)
        except BadRecord as refusals:
            return {"status": 422, "body": {"result": "refused", "reason": str(refusals)}}
        return {"status": 200, "body": {"result": outcome.value}}


@dataclass
class Night:
    """What was done, as the people remember it."""

    tapped: dict[str, tuple[int, str]] = field(default_factory=dict)
    minutes: dict[str, float] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    severity: dict[str, float] = field(default_factory=dict)


def play(phones: Phones, database: Database, seed: int) -> tuple[Night, Logbook, list[Any]]:
    """One night: random taps, changes, undo, reloads, edits; then the network is sound again."""
    luck = random.Random(seed)
    logbook = Logbook(database, database.person("night", str(seed)))
    network, night = Network(logbook, database, luck), Night()
    at = BEGIN
    phones.ask("start", seed=seed + 1, millis=int(at.timestamp() * 1000))
    for _ in range(STEPS):
        at += timedelta(seconds=luck.randint(-2, 900))  # a phone's clock may step back
        _step(phones, network, night, luck, at)
    network.fair = True
    for phone in (0, 1):
        assert phones.ask("send", network, phone=phone) == ""
    for phone, request in network.past:  # and everything that was ever sent arrives once more
        network.work(phone, request)
    return night, logbook, [phones.ask("show", phone=phone) for phone in (0, 1)]


def _step(
    phones: Phones, network: Network, night: Night, luck: random.Random, at: datetime
) -> None:
    phone = luck.randrange(2)
    own = [each for each, (owner, _) in night.tapped.items() if owner == phone]
    own = [each for each in own if each not in night.undone]
    wish = luck.choice(["add", "add", "change", "undo", "send", "send", "reload", "edit", "delete"])
    millis = int(at.timestamp() * 1000)
    if wish == "add":
        record = {"type": luck.choice(["cramp", "massage"]), "at": at.isoformat()}
        entry = phones.ask("add", phone=phone, record=record, millis=millis)
        night.tapped[entry] = (phone, record["type"])
    elif wish == "change" and own:
        entry = luck.choice(own)
        night.minutes[entry] = luck.randint(1, 90) / 10
        values = {"minutes": night.minutes[entry]}
        phones.ask("change", phone=phone, entry=entry, values=values, millis=millis)
    elif wish == "undo" and own:
        night.undone.add(entry := luck.choice(own))
        phones.ask("undo", phone=phone, entry=entry, millis=millis)
    elif wish in ("send", "reload"):
        phones.ask(wish, network, phone=phone, millis=millis)
    elif wish in ("edit", "delete"):
        _at_the_dashboard(network.logbook, night, luck, wish)


def _at_the_dashboard(logbook: Logbook, night: Night, luck: random.Random, wish: str) -> None:
    records = sorted(logbook.log().records, key=lambda record: record.id)
    if not records:
        return
    record = luck.choice(records)
    if wish == "delete":
        logbook.remove([record.id])
        night.deleted.add(str(record.id))
    elif isinstance(record, Cramp):
        night.severity[str(record.id)] = float(luck.randint(0, 10))
        logbook.edit(record.model_copy(update={"severity": night.severity[str(record.id)]}))


def test_a_thousand_nights_lose_nothing_double_nothing_and_bring_nothing_back(
    phones: Phones,
) -> None:
    database = Database.open("sqlite://")
    seen = {"kept": 0, "undone": 0, "refused": 0, "changed": 0}
    for seed in range(1000):
        night, logbook, screens = play(phones, database, seed)
        log = {str(record.id): record for record in logbook.log().records}
        assert len(log) == len(logbook.log().records)
        assert set(log) <= set(night.tapped)
        assert [each["waiting"] for each in screens] == [0, 0]
        refusals = {
            e["id"]: e["refused"] for each in screens for e in each["entries"] if e["refused"]
        }
        for entry, (_, kind) in night.tapped.items():
            is_gone = entry in night.deleted or (entry in night.undone and entry not in refusals)
            assert (entry not in log) == is_gone, (seed, entry)
            if is_gone:
                seen["undone"] += entry in night.undone
                continue
            record = log[entry]
            assert record.type == kind
            seen["kept"] += 1
            if entry in night.severity:
                assert isinstance(record, Cramp)
                assert record.severity == night.severity[entry], (seed, entry)
            if entry in night.minutes and entry not in refusals:
                assert record.minutes == night.minutes[entry], (seed, entry)  # type: ignore[union-attr]
                seen["changed"] += 1
        assert all(len(reason) > 40 for reason in refusals.values())
        seen["refused"] += len(refusals)
    database.close()
    assert min(seen.values()) > 100, seen


def test_an_id_made_on_the_phone_is_a_uuid_that_sorts_by_time(phones: Phones) -> None:
    phones.ask("start", seed=7, millis=int(BEGIN.timestamp() * 1000))
    ids = []
    for second in range(50):
        millis = int((BEGIN + timedelta(seconds=second)).timestamp() * 1000)
        ids.append(phones.ask("add", phone=0, record={"type": "cramp"}, millis=millis))
    assert ids == sorted(set(ids))
    assert {UUID(each).version for each in ids} == {7}
