"""Devices as rows: a log from before there were any opens unchanged; one of many pairs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from legcare.errors import BadRecord
from legcare.records import Cramp, new_id, now
from legcare.sharing.grant import Comment, Grant
from legcare.sharing.guest import Guest
from legcare.sharing.owner import Sharing
from legcare.storage import schema
from legcare.storage.database import Database
from legcare.storage.device_log import DeviceLog
from legcare.storage.devices import Device, Devices
from legcare.storage.logbook import Logbook


def test_a_log_from_before_there_were_devices_opens_unchanged(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'log.sqlite3'}"
    new = Database.open(url)
    logbook = Logbook(new, new.person("local", "owner"))
    logbook.keep([cramp := Cramp(at=now(), note="old")], label="one")
    link = Sharing(new, logbook.person_id).share(Grant(label="Coach"))
    day = now().date()
    comment = Comment(share_id=link.grant.id, first_day=day, last_day=day, text="Well done")
    Guest(new).comment(link.token, comment)
    new.close()
    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS).replace("%", "%%"))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")  # as the version before left it
        assert "device" not in connection.execute(
            text("SELECT group_concat(name) FROM sqlite_master WHERE type = 'table'")
        ).scalar_one().split(",")
    engine.dispose()
    database = Database.open(url)
    logbook = Logbook(database, database.person("local", "owner"))
    assert logbook.log().records == (cramp,)
    (comment_row,) = Sharing(database, logbook.person_id).comments()
    assert comment_row.text == "Well done"
    assert Guest(database).enter(link.token).grant == link.grant
    assert Devices(database, logbook.person_id).all() == ()
    database.close()


def test_of_many_phones_with_one_code_one_is_paired(database: Database, logbook: Logbook) -> None:
    devices = Devices(database, logbook.person_id)
    offer = Device(new_id(), "phone", "one", now(), expires_at=now() + timedelta(minutes=5))
    devices.add(offer, "the hash of the code")
    with ThreadPoolExecutor(8) as many:
        won = list(many.map(lambda n: devices.pair(offer.id, f"key {n}", now()), range(8)))
    assert won.count(True) == 1
    key = f"key {won.index(True)}"
    assert database.shares_of_key(key) == ((logbook.person_id, offer.id),)
    assert database.shares_of_key("the hash of the code") == ()
    (device,) = devices.all()
    assert device.works


def test_what_a_device_sends_is_worked_on_either_database(
    database: Database, logbook: Logbook
) -> None:
    devices = Devices(database, logbook.person_id)
    devices.add(Device(new_id(), "token", "a \x00 name", now(), paired_at=now()), "hash")
    (device,) = devices.all()
    devices.note_use(device.id, now())
    devices.note_use(device.id, now() + timedelta(hours=1))
    (device_after,) = devices.all()
    assert device_after.used_at is not None
    assert device_after.used_at > now() + timedelta(minutes=30)
    devices.revoke(device.id, now())
    assert database.shares_of_key("hash") == ()


def test_a_step_is_done_once_however_often_and_from_however_many_tabs_it_comes(
    database: Database, logbook: Logbook
) -> None:
    log = DeviceLog(database, logbook.person_id, new_id(), "phone")
    cramp, step, undo = Cramp(at=now()), new_id(), new_id()
    with ThreadPoolExecutor(8) as many:
        outcomes = list(many.map(lambda _: log.add(cramp), range(8)))
    assert sorted(outcomes) == ["already there"] * 7 + ["kept"]
    for outcome in ("kept", "already there"):
        assert log.change(cramp.id, step, [cramp.id], {"minutes": 4.5}) == outcome
    assert [each.minutes for each in logbook.log().cramps] == [4.5]
    for outcome in ("kept", "already there"):
        assert log.take_back(cramp.id, undo, [cramp.id, step]) == outcome
    assert log.add(cramp) == "already there"
    assert log.change(cramp.id, step, [cramp.id], {"minutes": 9}) == "already there"
    assert len(logbook.log()) == 0
    with pytest.raises(BadRecord, match="no longer in the log"):
        log.change(cramp.id, new_id(), [cramp.id, step], {"minutes": 9})
    changes = [change for change in logbook.changes() if not change.undone]
    assert [change.kind for change in changes] == ["removed", "edited", "saved"]
    logbook.undo(changes[0].id)  # the dashboard may bring back what a phone took back
    assert [each.minutes for each in logbook.log().cramps] == [4.5]
