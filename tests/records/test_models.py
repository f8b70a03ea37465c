"""Records: missing stays missing, and nothing changes on the way to JSON and back."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from pydantic import ValidationError

from legcare.records import (
    ANY_RECORD,
    Cramp,
    Massage,
    Muscle,
    Place,
    Reading,
    Reason,
    Record,
    Side,
    TrackedSpan,
)
from tests.strategies import RECORDS

NIGHT = datetime(2026, 5, 5, 3, 10, tzinfo=timezone(timedelta(hours=2)))


@given(RECORDS)
def test_record_to_json_and_back_is_the_same_record(record: Record) -> None:
    back = ANY_RECORD.validate_json(ANY_RECORD.dump_json(record))
    assert back == record
    assert type(back) is type(record)
    if not isinstance(record, Reading | TrackedSpan):
        assert not isinstance(back, Reading | TrackedSpan)
        assert back.at.utcoffset() == record.at.utcoffset()
        assert back.at.replace(tzinfo=None) == record.at.replace(tzinfo=None)


def test_cramp_now_is_a_complete_entry_with_everything_else_missing() -> None:
    kept = json.loads(ANY_RECORD.dump_json(Cramp(at=NIGHT)))
    said = {
        name: value
        for name, value in kept.items()
        if name not in {"id", "source", "created_at", "at", "type"}
    }
    assert {"severity", "minutes", "side", "muscle", "woke_me"} < set(said)
    assert said.pop("clock") == "exact"
    assert not any(said.values())
    assert [name for name, value in said.items() if value is not None] == [
        "doing_text",
        "kept_from",
        "place",
        "relief",
        "relief_after",
        "relief_text",
        "note",
    ]  # words of which there are none


@pytest.mark.parametrize("name", ["severity", "minutes", "sleep_disturbance"])
def test_missing_and_zero_stay_apart(name: str) -> None:
    zero = Cramp.model_validate({"at": NIGHT, name: 0})
    missing = Cramp.model_validate({"at": NIGHT, name: None})
    assert ANY_RECORD.validate_json(zero.model_dump_json()).model_dump()[name] == 0
    assert ANY_RECORD.validate_json(missing.model_dump_json()).model_dump()[name] is None


def test_not_woken_and_unknown_stay_apart() -> None:
    assert [Cramp(at=NIGHT, woke_me=answer).woke_me for answer in (True, False, None)] == [
        True,
        False,
        None,
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"at": NIGHT.replace(tzinfo=None)},
        {"at": NIGHT.replace(year=1811)},
        {"at": NIGHT, "severity": 10.5},
        {"at": NIGHT, "severity": -1},
        {"at": NIGHT, "severity": float("nan")},
        {"at": NIGHT, "minutes": float("inf")},
        {"at": NIGHT, "minutes": 1441},
        {"at": NIGHT, "muscle": "nose"},
        {"at": NIGHT, "mood": "fine"},
        {"at": NIGHT, "source": ""},
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Cramp.model_validate(fields)


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Cramp(at=NIGHT).severity = 3  # type: ignore[misc]


def test_a_zone_becomes_the_offset_that_was_in_force() -> None:
    from zoneinfo import ZoneInfo

    cramp = Cramp(at=datetime(2026, 7, 1, 3, 0, tzinfo=ZoneInfo("Europe/Berlin")))
    assert cramp.at.tzinfo == timezone(timedelta(hours=2))


def test_created_at_is_kept_in_utc() -> None:
    cramp = Cramp(at=NIGHT, created_at=NIGHT)
    assert cramp.created_at == NIGHT
    assert cramp.created_at.utcoffset() == timedelta(0)
    assert cramp.created_at.hour == 1


@pytest.mark.parametrize(
    ("reason", "planned"),
    [
        (None, True),
        (Reason.ROUTINE, True),
        (Reason.BEFORE_EXERCISE, True),
        (Reason.AFTER_EXERCISE, True),
        (Reason.RELIEF, False),
    ],
)
def test_only_a_relief_massage_is_not_planned(reason: Reason | None, planned: bool) -> None:
    assert Massage(at=NIGHT, reason=reason).planned is planned


def test_a_span_runs_forward() -> None:
    with pytest.raises(
        ValidationError, match=r"the last day \(2026-05-01\) lies before the first \(2026-05-02\)"
    ):
        TrackedSpan(first_day=date(2026, 5, 2), last_day=date(2026, 5, 1))


@pytest.mark.parametrize("factor", ["", "Hydration", "1st", "a" * 65, "x-y"])
def test_a_factor_key_is_a_plain_word(factor: str) -> None:
    with pytest.raises(ValidationError):
        Reading(day=date(2026, 5, 1), factor=factor, value=1)


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (Place(muscle=Muscle.CALF, side=Side.LEFT), "Left calf"),
        (Place(muscle=Muscle.CALF), "Calf"),
        (Place(muscle=Muscle.FOOT, side=Side.BOTH), "Both foot"),
    ],
)
def test_how_a_place_is_shown(place: Place, label: str) -> None:
    assert place.label == label


def test_an_unknown_kind_of_record_is_refused() -> None:
    with pytest.raises(
        ValidationError, match="'dream' found using 'type' does not match any of the expected tags"
    ):
        ANY_RECORD.validate_python({"type": "dream", "at": datetime(2026, 5, 1, tzinfo=UTC)})
