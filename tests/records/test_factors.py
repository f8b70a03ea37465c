"""The factor registry and what surrounds it: preferences, identifiers, words."""

from __future__ import annotations

from datetime import time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from legcare.errors import BadFactor
from legcare.importers.cells.cell import plain_words
from legcare.importers.cells.words import factor_words
from legcare.records import (
    BUILT_IN,
    DESCRIBED,
    RESERVED,
    Blank,
    Combine,
    Context,
    Factor,
    Group,
    Log,
    Muscle,
    Oil,
    Phase,
    Preferences,
    Reason,
    Units,
    imported_id,
    new_id,
)

BY_KEY = {factor.key: factor for factor in BUILT_IN}


def test_keys_and_labels_are_unique() -> None:
    assert len(BY_KEY) == len(BUILT_IN)
    assert len({factor.label for factor in BUILT_IN}) == len(BUILT_IN)
    assert not RESERVED & set(BY_KEY)


def test_no_import_heading_means_two_factors() -> None:
    owner: dict[str, str] = {}
    for factor in BUILT_IN:
        for said in {factor.key, factor.label.casefold(), *factor.synonyms}:
            assert owner.setdefault(said, factor.key) == factor.key, said


@pytest.mark.parametrize("factor", BUILT_IN, ids=BY_KEY)
def test_every_factor_can_be_entered(factor: Factor) -> None:
    assert factor.low < factor.high
    assert 0 < factor.step <= factor.high - factor.low
    assert factor.unit
    assert not factor.own
    assert all(said == said.casefold().strip() for said in factor.synonyms)
    assert all(unit.unit != factor.unit and unit.per > 0 for unit in factor.shown_in)


@pytest.mark.parametrize("factor", BUILT_IN, ids=BY_KEY)
def test_everything_is_known_of_every_factor(factor: Factor) -> None:
    """Adding a factor is one entry; this asks it for all that forms, files and sentences need."""
    assert factor.group not in (Group.OWN, Group.LOG)
    assert factor.in_sentence == factor.label.lower()
    step = factor.step_within(factor.high - factor.low)
    assert f"{step:e}"[0] in "1235"  # a round number, or half an hour
    assert factor.step <= step <= factor.high - factor.low
    assert factor.lag in (0, 1)
    assert factor.worth(factor.unit) == 1.0
    assert factor.worth("furlongs") is None
    languages = factor.translations
    for words in (factor.synonyms or (factor.label,), *dict(languages).values()):
        assert words
        assert all(word == plain_words(word) for word in words)
    for word in factor.words:
        assert factor_words()[plain_words(word)] == factor.key


@pytest.mark.parametrize(
    ("low", "high", "span", "step"),
    [
        (0, 1000, 900, 100),
        (0, 10, 10, 1),
        (0, 3000, 2500, 200),
        (0, 3000, 90, 10),
        (20, 45, 20, 2),
        (0, 1, 0.9, 0.1),
        (0, 10, 0.4, 1),
        (0, 1000, 0, 100),
    ],
)
def test_the_step_of_an_own_factor_is_a_round_number(
    low: float, high: float, span: float, step: float
) -> None:
    own = Factor(key="own_pills", label="Pills", unit="mg", low=low, high=high, own=True)
    assert own.step_within(span) == pytest.approx(step)


@pytest.mark.parametrize(
    ("key", "unit", "worth"),
    [
        ("hydration_ml", "L", 1000),
        ("caffeine_mg", "g", 1000),
        ("magnesium_mg", "µg", 0.001),
        ("standing_h", "min", 1 / 60),
        ("alcohol_units", "unit", 1),
        ("temperature_c", "°C", 1),
        ("stress", "mg", None),
    ],
)
def test_units_that_other_programs_write(key: str, unit: str, worth: float | None) -> None:
    assert DESCRIBED[key].worth(unit) == (None if worth is None else pytest.approx(worth))


def test_every_column_of_the_log_has_a_name_and_no_other_column_is_guessed_at() -> None:
    assert DESCRIBED["woke"].in_sentence == "cramps that woke you"
    unknown = DESCRIBED["cold_feet"]
    assert (unknown.in_sentence, unknown.unit, unknown.lag) == ("cold feet", "", 1)
    assert unknown.step_within(1e6) == 1


@pytest.mark.parametrize("factor", BUILT_IN, ids=BY_KEY)
def test_a_blank_is_zero_only_where_zero_may_be_entered(factor: Factor) -> None:
    if factor.blank is Blank.ZERO:
        assert factor.low <= 0 <= factor.high
        assert factor.combine is Combine.SUM  # a rating is never zero because it was not given


def test_the_clock_implies_the_lag() -> None:
    assert {factor.key for factor in BUILT_IN if factor.lag == 1} == {
        "soreness",
        "stiffness",
        "heaviness",
        "ankle_cm",
        "ankle_left_cm",
        "ankle_right_cm",
        "reach_cm",
        "weight_kg",
    }
    assert BY_KEY["hydration_ml"].lag == 0
    assert BY_KEY["soreness"].phase is Phase.END


def test_the_title_carries_the_unit() -> None:
    assert BY_KEY["hydration_ml"].title == "Hydration (ml)"
    assert Factor(key="own_mood", label="Mood", unit="").title == "Mood"


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("hydration_ml", 2000, 67.628),
        ("ankle_cm", 10, 3.937),
        ("weight_kg", 70, 154.324),
        ("temperature_c", 20, 68),
    ],
)
def test_other_units(key: str, value: float, shown: float) -> None:
    unit = BY_KEY[key].shown_in[0]
    assert value * unit.per + unit.plus == pytest.approx(shown, abs=1e-3)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"low": 3, "high": 3}, r"the lowest value \(3\) must lie below the highest \(3\)"),
        ({"key": "cramps"}, "cramps is a word of the log itself"),
        ({"key": "My factor"}, "pattern"),
        ({"label": ""}, "at least 1 character"),
    ],
)
def test_a_factor_that_contradicts_itself_is_refused(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Factor.model_validate({"key": "own_mood", "label": "Mood", "unit": "0-10", **fields})


def test_the_log_knows_its_own_factors() -> None:
    mood = Factor(key="own_mood", label="Mood", unit="0-10", own=True)
    log = Log(own_factors=(mood,))
    assert log.factor("own_mood") is mood
    assert log.factor("stress").label == "Stress"
    with pytest.raises(BadFactor, match="no factor called 'nonsense' in this log"):
        log.factor("nonsense")


def test_identifiers_sort_by_time_and_never_repeat() -> None:
    made = [new_id() for _ in range(200)]
    assert len(set(made)) == 200
    assert {name.version for name in made} == {7}
    assert {name.variant for name in made} == {UUID(int=0, version=4).variant}
    assert [name.int >> 80 for name in made] == sorted(name.int >> 80 for name in made)


def test_the_same_content_gives_the_same_identifier() -> None:
    assert imported_id("file", 3, "x") == imported_id("file", 3, "x")
    assert imported_id("file", 3, "x") != imported_id("file", 3, "y")
    assert imported_id("a", "b") != imported_id("ab")


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_an_imported_identifier_is_the_standards_version_5(parts: list[str]) -> None:
    """Against Python's own uuid5 (RFC 9562): identifiers in people's logs must never change."""
    assert imported_id(*parts) == uuid5(
        UUID("6c656763-6172-5e00-8000-696d706f7274"), "\x1f".join(parts)
    )


@pytest.mark.parametrize(
    ("chosen", "browser", "zone"),
    [
        ("", None, "UTC"),
        ("", "Asia/Tokyo", "Asia/Tokyo"),
        ("", "Not/AZone", "UTC"),
        ("Europe/Berlin", "Asia/Tokyo", "Europe/Berlin"),
    ],
)
def test_whose_clock_is_used(chosen: str, browser: str | None, zone: str) -> None:
    assert Preferences(zone=chosen).in_zone(browser) == ZoneInfo(zone)


def test_preferences_start_as_the_guide_says() -> None:
    assert Preferences().day_start == time(6)
    assert Preferences().units is Units.BROWSER
    assert set(Preferences().checkin) <= set(BY_KEY)
    with pytest.raises(ValidationError, match="'Mars/Olympus' is not a time zone"):
        Preferences(zone="Mars/Olympus")


@pytest.mark.parametrize(
    ("word", "label"),
    [
        (Muscle.CALF, "Calf"),
        (Context.IN_BED, "In bed"),
        (Context.AFTER_EXERCISE, "Within 6 h after exercise"),
        (Reason.RELIEF, "Relief of a cramp"),
        (Reason.AFTER_EXERCISE, "After exercise"),
        (Oil.PLAIN, "Plain oil or cream"),
        (Oil.ARNICA, "Arnica"),
    ],
)
def test_how_words_are_shown(word: Muscle | Context | Reason | Oil, label: str) -> None:
    assert word.label == label
