"""Record -> row -> record is exact.

Odd offsets, clock changes, a flight, any text, on both databases.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legcare.records import Cramp, Reading, Record, in_zone
from legcare.storage.logbook import Logbook
from tests.profile import FACTOR
from tests.strategies import LOGS

BERLIN = ZoneInfo("Europe/Berlin")
PER_DATABASE = settings(
    max_examples=12 * FACTOR, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def round_trip(logbook: Logbook, *records: Record) -> dict[object, Record]:
    logbook.keep(records, label="records")
    return {record.id: record for record in logbook.log().records}


@given(LOGS)
@PER_DATABASE
def test_every_kind_of_record(logbook: Logbook, log) -> None:
    back = round_trip(logbook, *log.records)
    for record in log.records:
        assert back[record.id] == record
        if isinstance(record, Cramp):
            assert back[record.id].at.utcoffset() == record.at.utcoffset()


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=st.timezones()), st.text()
)
@PER_DATABASE
def test_every_time_zone_since_1901_and_every_text(
    logbook: Logbook, at: datetime, note: str
) -> None:
    cramp = Cramp(at=at, note=note)
    back = round_trip(logbook, cramp)[cramp.id]
    assert back == cramp
    assert back.at.replace(tzinfo=None) == at.replace(tzinfo=None, fold=0)
    assert back.at.utcoffset() == at.utcoffset()


def test_the_hour_that_happens_twice_stays_two_moments(logbook: Logbook) -> None:
    wall = datetime(2026, 10, 25, 2, 30)
    first, second = (Cramp(at=in_zone(wall, BERLIN, second=later)) for later in (False, True))
    back = round_trip(logbook, first, second)
    assert back[second.id].at - back[first.id].at == timedelta(hours=1)
    assert {back[cramp.id].at.replace(tzinfo=None) for cramp in (first, second)} == {wall}


def test_the_night_that_lost_an_hour(logbook: Logbook) -> None:
    before = Cramp(at=in_zone(datetime(2026, 3, 29, 1, 59), BERLIN))
    after = Cramp(at=in_zone(datetime(2026, 3, 29, 3, 1), BERLIN))
    back = round_trip(logbook, before, after)
    assert back[after.id].at - back[before.id].at == timedelta(minutes=2)
    assert [back[cramp.id].at.hour for cramp in (before, after)] == [1, 3]


def test_a_flight_keeps_the_clock_of_each_place(logbook: Logbook) -> None:
    auckland = Cramp(at=datetime(2026, 5, 2, 23, 0, tzinfo=ZoneInfo("Pacific/Auckland")))
    honolulu = Cramp(at=datetime(2026, 5, 2, 7, 0, tzinfo=ZoneInfo("Pacific/Honolulu")))
    back = round_trip(logbook, auckland, honolulu)
    assert str(back[auckland.id].at) == "2026-05-02 23:00:00+12:00"
    assert str(back[honolulu.id].at) == "2026-05-02 07:00:00-10:00"


def test_an_offset_with_seconds_survives_an_edit_and_its_undo(logbook: Logbook) -> None:
    old = Cramp(at=datetime(1901, 2, 3, 4, 5, 6, 789, tzinfo=timezone(timedelta(seconds=-1172))))
    logbook.keep([old], label="old")
    change = logbook.edit(old.model_copy(update={"severity": 3.0}))
    assert logbook.log().cramps[0].at.utcoffset() == timedelta(seconds=-1172)
    logbook.undo(change.id)
    assert logbook.log().cramps == (old,)


def test_missing_is_not_zero(logbook: Logbook) -> None:
    unknown, none = (
        Cramp(at=datetime(2026, 5, 1, tzinfo=BERLIN)),
        Cramp(at=datetime(2026, 5, 2, tzinfo=BERLIN), severity=0),
    )
    zero = Reading(day="2026-05-02", factor="alcohol_units", value=0)
    back = round_trip(logbook, unknown, none, zero)
    assert (back[unknown.id].severity, back[none.id].severity, back[zero.id].value) == (None, 0, 0)
    assert back[unknown.id].woke_me is None


def test_nul_and_every_kind_of_text_in_names_and_labels(logbook: Logbook) -> None:
    cramp = Cramp(
        at=datetime(2026, 5, 1, tzinfo=BERLIN),
        source="a\x00b.csv",
        note="\x00\u2028🦵\U0010ffff'\"--",
    )
    change = logbook.keep([cramp], label="from a\x00b.csv \ud800")
    assert logbook.log().cramps == (cramp,)
    assert logbook.changes()[0].label == change.label == "from a\ufffdb.csv ?"
    logbook.remember("map\x00ping", "\x00\ud800")
    assert logbook.recall("map\x00ping") == "\x00\ud800"
