"""Fields that came later: an old log reads unchanged, a new one survives the ZIP."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest

from legcare.days import cramp_table
from legcare.importers.archive import read_archive
from legcare.records import (
    ANY_RECORD,
    Activity,
    Clock,
    Cramp,
    Hindrance,
    Log,
    Mark,
    MarkKind,
    Massage,
    Position,
    Preferences,
    Pressure,
    Relief,
    Workout,
)
from legcare.reports.archive import write_zip

AT = datetime(2026, 5, 14, 3, 10, tzinfo=UTC)
OLD = (
    f'{{"id":"{uuid4()}","source":"entered","created_at":"2026-05-14T03:11:00Z",'
    '"at":"2026-05-14T03:10:00Z","type":"cramp","side":"left","muscle":"calf","severity":7.0,'
    '"minutes":null,"woke_me":true,"sleep_disturbance":null,"context":"in_bed","sore_after":null,'
    '"relief":["stretch"],"note":"=1"}'
)
FULL = (
    Cramp(
        at=AT,
        clock=Clock.NIGHT,
        sore_hours=6.5,
        near=True,
        doing=Activity.TURNING_OVER,
        doing_text="to the wall",
        position=Position.ON_SIDE,
        kept_from=(Hindrance.SLEEP, Hindrance.WALKING),
        place="hand; left",
        relief=(Relief.STRETCH, Relief.PICKLE_JUICE),
        relief_after=(0.5, 2.0),
        relief_text="a cold floor",
    ),
    Massage(at=AT, pressure=Pressure.FIRM, clock=Clock.EVENING),
    Workout(at=AT, distance_km=12.5, temperature_c=-3.0, because_of_cramp=False),
    Mark(first_day=date(2026, 1, 1), kind=MarkKind.MEDICINE, name="water tablet", dose="5 mg"),
    Mark(first_day=date(2026, 2, 1), last_day=date(2026, 2, 9), name="=new shoes", note="tight"),
)


def test_an_entry_of_an_earlier_version_reads_unchanged() -> None:
    cramp = ANY_RECORD.validate_json(OLD)
    assert isinstance(cramp, Cramp)
    assert (cramp.clock, cramp.near, cramp.relief, cramp.note) == (
        Clock.EXACT,
        None,
        (Relief.STRETCH,),
        "=1",
    )


def test_every_field_survives_the_zip() -> None:
    data = write_zip(Log.of(FULL), Preferences())
    found = read_archive("log.zip", data)
    assert found.problems == ()
    assert set(found.records) == set(FULL)


def test_a_zip_of_an_earlier_version_has_no_marks_and_no_fault() -> None:
    whole = zipfile.ZipFile(io.BytesIO(write_zip(Log.of(FULL[:3]), Preferences())))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as older:
        for name in whole.namelist():
            if name != "marks.csv":
                older.writestr(name, whole.read(name))
    found = read_archive("log.zip", out.getvalue())
    assert (len(found.records), found.problems) == (3, ())


def test_minutes_stand_beside_every_relief_or_none() -> None:
    with pytest.raises(ValueError, match="minutes of every relief"):
        Cramp(at=AT, relief=(Relief.STRETCH, Relief.WALK), relief_after=(1.0,))


def test_a_time_that_nobody_read_has_no_hour() -> None:
    log = Log.of([Cramp(at=AT), Cramp(at=AT, clock=Clock.NIGHT), Cramp(at=AT, clock=Clock.ABOUT)])
    table = cramp_table(log, day_start=time(6))
    hours = dict(zip(table["clock"], table["hour"].isna(), strict=True))
    assert hours == {"exact": False, "night": True, "about": False}
