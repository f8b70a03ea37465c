from __future__ import annotations

import io
from zoneinfo import ZoneInfo

import pytest

from legcare.importers import read, words_in
from legcare.importers.cells.diary import doubtful, event_of, kind_of, method_of
from legcare.importers.cells.legs import leg_of
from legcare.records import Method, Muscle, Side
from tests.importers.invented import DAYLIO

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "name",
    [
        "Leg cramp",
        "leg_cramps",
        "#legcramp",
        "LegCramps",
        "Calf Cramp",
        "charley horse",
        "Charlie-horse",
        "foot cramps",
        "cramp in my left calf",
        "Wadenkrampf",
        "Fußkrämpfe",
        "crampe au mollet",
        "calambre en la pierna",
        "Night leg cramps 🌙",
        "hamstring cramping cramp in leg",
    ],
)
def test_leg_cramps_in_the_words_of_many(name: str) -> None:
    assert kind_of(name, {}) == "cramp"


@pytest.mark.parametrize(
    "name",
    [
        "Abdominal cramps",
        "menstrual cramps",
        "Period Cramps",
        "stomach cramp",
        "cramps",
        "Muscle cramps",
        "uterine cramp",
        "hand cramp",
        "writer's cramp",
        "Bauchkrämpfe",
        "belly cramps after leg day",
        "legs",
        "calf raise",
        "",
        "🦵",
    ],
)
def test_what_is_no_leg_cramp_never_becomes_one(name: str) -> None:
    assert kind_of(name, {}) is None


@pytest.mark.parametrize(
    "name",
    ["massage", "Leg Massage", "Foam rolling", "foam_roller", "Faszienrolle", "sports massage"],
)
def test_massages(name: str) -> None:
    assert kind_of(name, {}) == "massage"


@pytest.mark.parametrize(
    "name", ["neck massage", "Head massage", "back massage", "roller coaster", "message"]
)
def test_massages_of_other_places_are_not_taken(name: str) -> None:
    assert kind_of(name, {}) is None


def test_the_persons_own_words_win_and_nothing_else_is_taken_from_them() -> None:
    own = {"Knots": "massage", "cramps": "cramp", "odd": "poem"}
    assert kind_of("#knots", own) == "massage"
    assert kind_of("Cramps", own) == "cramp"
    assert kind_of("odd", own) is None
    assert kind_of("stomach cramps", own) is None


def test_doubtful_words_are_those_the_person_is_asked_about() -> None:
    assert doubtful("cramps", {})
    assert doubtful("neck massage", {})
    assert not doubtful("leg cramp", {})
    assert not doubtful("coffee", {})


def test_what_a_name_says_beyond_its_kind() -> None:
    assert method_of("foam roller") is Method.FOAM_ROLLER
    assert method_of("massage gun") is Method.MASSAGE_GUN
    assert method_of("massage") is None
    assert leg_of("left calf cramp") == (Muscle.CALF, Side.LEFT)
    assert leg_of("bright calf") == (Muscle.CALF, None)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Krampf", "cramp"),
        ("cramp after a run", "cramp"),
        ("foam roller", "massage"),
        ("gerollt", "massage"),
        ("Schaumrolle 10 min", "massage"),
        ("5 km run", "workout"),
        ("Training", "workout"),
        ("stomach cramps", None),
        ("roller coaster", None),
        ("dentist", None),
        ("", None),
    ],
)
def test_what_a_row_of_a_leg_diary_is(text: str, event: str | None) -> None:
    assert event_of(text) == event


def test_a_diarys_other_words_are_told_to_ask_about() -> None:
    words = words_in("x", io.BytesIO(DAYLIO.encode()), zone=BERLIN)
    assert words == {"work": 1, "stomach cramps": 1}
    found = read("x", io.BytesIO(DAYLIO.encode()), zone=BERLIN, words={"work": "cramp"})
    assert found.summary.counts["massage"] == 2
    assert sum(record.type == "cramp" for record in found.records) == 1  # one entry, one cramp
    assert any("A second cramp at the same moment" in str(problem) for problem in found.problems)
