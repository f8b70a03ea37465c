"""The logbook.

What goes in comes out, every write can be taken back, a double submit is one record.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.errors import BadFactor, BadRecord, StorageError
from legcare.records import Cramp, Factor, Preferences, Reading, Record, Side, TrackedSpan
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook, Undone
from tests.strategies import LOGS, RATINGS

SUMMER = timezone(timedelta(hours=2))


def cramp(day: int = 1, **rest: object) -> Cramp:
    made = datetime(2026, 5, day, tzinfo=UTC)
    return Cramp(at=datetime(2026, 5, day, 3, 10, tzinfo=SUMMER), created_at=made, **rest)  # type: ignore[arg-type]


def held(logbook: Logbook) -> dict[object, Record]:
    return {record.id: record for record in logbook.log().records}


def by_id(*records: Record) -> dict[object, Record]:
    return {record.id: record for record in records}


@given(LOGS)
def test_what_goes_in_comes_out_exactly(log) -> None:
    memory = Database.open("sqlite://")
    logbook = Logbook(memory, memory.person("local", "owner"))
    assert logbook.keep(log.records, label="all").count == len(log)
    assert held(logbook) == by_id(*log.records)
    memory.close()


def test_a_double_submit_is_one_record(logbook: Logbook) -> None:
    once = cramp(severity=4)
    assert logbook.keep([once], label="cramp").count == 1
    again = logbook.keep([once.model_copy(update={"severity": 9.0})], label="cramp")
    assert again.count == 0
    assert held(logbook) == by_id(once)
    assert len(logbook.changes()) == 1
    assert logbook.undo(again.id) == Undone(0, 0)


def test_the_same_id_twice_in_one_write_is_one_record(logbook: Logbook) -> None:
    once = cramp()
    assert logbook.keep([once, once], label="cramp").count == 1
    assert held(logbook) == by_id(once)


def test_an_edit_is_taken_back_to_what_was_there(logbook: Logbook) -> None:
    first = cramp(note="old")
    logbook.keep([first], label="cramp")
    change = logbook.edit(
        first.model_copy(update={"note": "new", "at": first.at + timedelta(days=2)}), label="edit"
    )
    assert held(logbook)[first.id].note == "new"
    assert logbook.undo(change.id) == Undone(1, 0)
    assert held(logbook) == by_id(first)
    assert logbook.undo(change.id) == Undone(0, 0)


def test_edits_are_taken_back_one_by_one_and_only_from_the_last(logbook: Logbook) -> None:
    first = cramp(severity=1)
    kept = logbook.keep([first], label="cramp")
    second = logbook.edit(first.model_copy(update={"severity": 2.0}))
    third = logbook.edit(first.model_copy(update={"severity": 3.0}))
    assert logbook.undo(second.id) == Undone(0, 1)
    assert logbook.undo(kept.id) == Undone(0, 1)
    assert [logbook.undo(change.id) for change in (third, second, kept)] == [Undone(1, 0)] * 3
    assert held(logbook) == {}


def test_an_edit_that_changes_nothing_is_no_change(logbook: Logbook) -> None:
    first = cramp()
    logbook.keep([first], label="cramp")
    assert logbook.edit(first).count == 0
    assert [change.kind for change in logbook.changes()] == ["saved"]


def test_editing_a_deleted_record_is_refused(logbook: Logbook) -> None:
    with pytest.raises(BadRecord, match="no longer in the log"):
        logbook.edit(cramp())
    assert held(logbook) == {}


def test_removed_records_come_back(logbook: Logbook) -> None:
    records = [cramp(day) for day in range(1, 6)]
    logbook.keep(records, label="five")
    change = logbook.remove([records[0].id, records[1].id, uuid4()], label="two")
    assert (change.count, change.kind) == (2, "removed")
    assert held(logbook) == by_id(*records[2:])
    assert logbook.undo(change.id) == Undone(2, 0)
    assert held(logbook) == by_id(*records)


def test_an_import_is_taken_back_whole_but_what_was_changed_since_stays(logbook: Logbook) -> None:
    mine, rows = cramp(20), [cramp(day, source="sheet.csv") for day in range(1, 11)]
    logbook.keep([mine], label="mine")
    change = logbook.keep([*rows, mine], label="sheet.csv", kind="imported")
    assert change.count == 10
    edited = rows[3].model_copy(update={"severity": 7.0})
    logbook.edit(edited)
    logbook.remove([rows[4].id])
    assert logbook.undo(change.id) == Undone(8, 2)
    assert held(logbook) == by_id(mine, edited)
    assert logbook.undo(change.id) == Undone(0, 0)


def test_save_adds_and_replaces_as_one_change(logbook: Logbook) -> None:
    known, same, new = cramp(1), cramp(2), cramp(3)
    logbook.keep([known, same], label="two")
    better = known.model_copy(update={"side": Side.LEFT})
    change = logbook.save([better, same, new], label="table")
    assert change.count == 2
    assert held(logbook) == by_id(better, same, new)
    assert logbook.undo(change.id) == Undone(2, 0)
    assert held(logbook) == by_id(known, same)


WRITES = st.lists(
    st.tuples(
        st.sampled_from(["keep", "save", "edit", "remove"]),
        st.lists(st.integers(0, 5), min_size=1),
        RATINGS,
    ),
    min_size=1,
    max_size=8,
)


@given(WRITES)
def test_undoing_every_change_from_the_last_leads_back_through_every_state(writes) -> None:
    memory = Database.open("sqlite://")
    logbook = Logbook(memory, memory.person("local", "owner"))
    states = [(None, held(logbook))]
    for how, numbers, severity in writes:
        ids = [UUID(int=number) for number in numbers]
        records = [
            cramp(1 + number, id=id_, severity=severity)
            for number, id_ in zip(numbers, ids, strict=True)
        ]
        if how == "edit":
            records = [record for record in records if record.id in held(logbook)][:1]
        if how == "remove":
            change = logbook.remove(ids)
        else:
            change = (logbook.keep if how == "keep" else logbook.save)(records, label=how)
        states.append((change, held(logbook)))
    for (change, _), (_, before) in zip(states[:0:-1], states[-2::-1], strict=True):
        assert logbook.undo(change.id) == Undone(change.count, 0)
        assert held(logbook) == before
    assert held(logbook) == {}
    memory.close()


def test_changes_are_listed_newest_first(logbook: Logbook) -> None:
    for day in range(1, 5):
        logbook.keep([cramp(day)], label=f"cramp {day}")
    last = logbook.changes()[0]
    logbook.undo(last.id)
    listed = logbook.changes(limit=3)
    assert [change.label for change in listed] == ["cramp 4", "cramp 3", "cramp 2"]
    assert [change.undone for change in listed] == [True, False, False]
    assert listed[0].at.utcoffset() == timedelta(0)


def test_every_write_changes_the_revision_and_no_read_does(logbook: Logbook) -> None:
    seen = [logbook.revision()]
    record = cramp()
    change = logbook.keep([record], label="cramp")
    seen.append(logbook.revision())
    for write in (
        lambda: logbook.edit(record.model_copy(update={"severity": 1.0})),
        lambda: logbook.remove([record.id]),
        lambda: logbook.undo(change.id),
        lambda: logbook.set_preferences(Preferences(units="us")),
        lambda: logbook.remember("mapping/a", {"b": 1}),
    ):
        write()
        seen.append(logbook.revision())
    assert seen == sorted(set(seen))
    (
        logbook.log(),
        logbook.changes(),
        logbook.preferences(),
        logbook.recall("x"),
        logbook.documents(),
    )
    assert logbook.revision() == seen[-1]


def test_preferences_come_back_and_reach_the_log(logbook: Logbook) -> None:
    assert logbook.preferences() == Preferences()
    tea = Factor(key="tea_cups", label="Tea", unit="cups", own=True)
    chosen = Preferences(
        zone="Europe/Berlin", own_factors=(tea,), preferred_sources={"steps": ("watch", "entered")}
    )
    logbook.set_preferences(chosen)
    assert logbook.preferences() == chosen
    assert logbook.log().factor("tea_cups") == tea
    assert logbook.log().preferred == {"steps": ("watch", "entered")}


@pytest.mark.parametrize("keys", [("steps",), ("tea", "tea")])
def test_an_own_factor_cannot_take_the_name_of_another(
    logbook: Logbook, keys: tuple[str, ...]
) -> None:
    own = tuple(Factor(key=key, label="Mine", unit="", own=True) for key in keys)
    with pytest.raises(BadFactor, match="already a factor"):
        logbook.set_preferences(Preferences(own_factors=own))
    assert logbook.preferences() == Preferences()


def test_documents_are_remembered_by_key_and_prefix(logbook: Logbook) -> None:
    logbook.set_preferences(Preferences(units="us"))
    logbook.remember("mapping/1", {"a": ["é", "\x00", None]})
    logbook.remember("mapping/2", 2.5)
    logbook.remember("Mapping/3", True)
    logbook.remember("mapping/2", 3)
    assert logbook.recall("mapping/1") == {"a": ["é", "\x00", None]}
    assert logbook.documents("mapping/") == {
        "mapping/1": {"a": ["é", "\x00", None]},
        "mapping/2": 3,
    }
    assert logbook.recall("mapping/3") is None
    assert list(logbook.documents()) == ["Mapping/3", "mapping/1", "mapping/2"]


def test_erasing_leaves_nothing_of_this_person_and_everything_of_others(database: Database) -> None:
    mine, other = (Logbook(database, database.person("local", name)) for name in ("me", "you"))
    for each in (mine, other):
        each.keep([cramp(note="secret")], label="secret label")
        each.edit(each.log().cramps[0].model_copy(update={"severity": 1.0}))
        each.remember("belief", "secret")
    before = mine.revision()
    mine.erase()
    assert (mine.log().records, mine.changes(), mine.documents(), mine.revision()) == (
        (),
        (),
        {},
        0,
    )
    assert (len(other.log()), len(other.changes()), other.recall("belief")) == (1, 2, "secret")
    with pytest.raises(StorageError, match="was deleted"):
        mine.keep([cramp()], label="late tab")
    again = Logbook(database, database.person("local", "me"))
    assert again.revision() > before
    assert again.keep([cramp()], label="anew").count == 1


def test_readings_and_spans_stand_at_their_days(logbook: Logbook) -> None:
    reading = Reading(day="2026-05-04", factor="sleep_h", value=6.1)
    span = TrackedSpan(first_day="2026-05-01", last_day="2026-05-09")
    logbook.keep([reading, span], label="both")
    log = logbook.log()
    assert (log.readings, log.spans) == ((reading,), (span,))
