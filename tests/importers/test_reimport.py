"""The same export again, longer, or after edits.

No duplicate, and nothing of the person's own is lost.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from legcare.importers import Import, read
from legcare.records import Cramp, Log, Reading
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook

BERLIN = ZoneInfo("Europe/Berlin")
HEAD = "full_date,date,weekday,time,mood,activities,scales,note_title,note\n"
FIRST = date(2026, 2, 1)


@pytest.fixture
def logbook(tmp_path: Path) -> Logbook:
    database = Database.open(f"sqlite:///{tmp_path / 'legcare.db'}")
    return Logbook(database, database.person("local", "owner"))


def diary(days: int) -> bytes:
    """Per day one leg cramp at 18:50 and a night of 7 hours and some minutes.

    As many minutes as the day's number.
    """
    rows = (
        f'{FIRST + timedelta(days=n)},"x",Monday,18:50,meh,"leg cramp","Sleep: 7:{n:02d}","",""\n'
        for n in range(days)
    )
    return (HEAD + "".join(rows)).encode()


def taken(logbook: Logbook, data: bytes) -> tuple[Import, int]:
    """What the wizard does: read against the log, keep what is not there already.

    How many were new.
    """
    found = read("diary.csv", io.BytesIO(data), zone=BERLIN, known=logbook.log())
    fresh = [record for record in found.records if record.id not in found.duplicates]
    return found, logbook.keep(fresh, label="import", kind="import").count


def told(log: Log) -> tuple[list[date], list[date]]:
    return [cramp.at.date() for cramp in log.cramps], [reading.day for reading in log.readings]


def every(days: int) -> list[date]:
    return [FIRST + timedelta(days=n) for n in range(days)]


def test_the_same_file_again_adds_nothing(logbook: Logbook) -> None:
    assert taken(logbook, diary(20))[1] == 40
    before = logbook.log().records
    found, new = taken(logbook, diary(20))
    assert (len(found.duplicates), new) == (40, 0)
    assert logbook.log().records == before


def test_ten_more_days_add_ten_more_days(logbook: Logbook) -> None:
    taken(logbook, diary(20))
    before = set(logbook.log().records)
    assert taken(logbook, diary(30))[1] == 20
    assert told(logbook.log()) == (every(30), every(30))
    assert before < set(logbook.log().records)


def test_what_was_edited_by_hand_stays_as_the_person_left_it(logbook: Logbook) -> None:
    taken(logbook, diary(20))
    first, second = logbook.log().cramps[:2]
    night = logbook.log().readings[4]
    edits: list[Cramp | Reading] = [
        first.model_copy(update={"severity": 8.0, "note": "worst so far"}),
        second.model_copy(update={"at": second.at + timedelta(hours=3)}),
        night.model_copy(update={"value": 4.5}),
    ]
    for edited in edits:
        logbook.edit(edited, label="by hand")
    found, new = taken(logbook, diary(30))
    assert new == 20
    held = {record.id: record for record in logbook.log().records}
    assert [held[edited.id] for edited in edits] == edits
    assert len(held) == 60
    assert any(
        "sleep" in note and "Your log keeps its own value" in note for note in found.summary.notes
    )


def test_even_kept_all_the_same_an_edit_is_not_overwritten(logbook: Logbook) -> None:
    taken(logbook, diary(3))
    edited = logbook.log().cramps[0].model_copy(update={"severity": 8.0})
    logbook.edit(edited, label="by hand")
    found = read("diary.csv", io.BytesIO(diary(3)), zone=BERLIN, known=logbook.log())
    assert logbook.keep(found.records, label="all the same", kind="import").count == 0
    assert logbook.log().cramps[0] == edited


def test_a_deleted_entry_comes_back_as_new_and_can_be_undone(logbook: Logbook) -> None:
    """The file still tells it.

    It is shown as new, kept with the rest, and one undo takes only that back.
    """
    taken(logbook, diary(5))
    gone = logbook.log().cramps[2]
    logbook.remove([gone.id], label="deleted")
    found, new = taken(logbook, diary(5))
    assert (gone.id in found.duplicates, new) == (False, 1)
    assert told(logbook.log())[0] == every(5)
    logbook.undo(logbook.changes(1)[0].id)
    assert told(logbook.log()) == ([day for day in every(5) if day != gone.at.date()], every(5))
