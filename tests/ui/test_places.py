"""Pointing at places.

What one more tap does to what was chosen before, for a massage and for a cramp.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from legcare.records import Muscle, Place, Side
from legcare.ui.forms.places import moved, on_the_legs, place_of, said, toggled

LEFT = Place(muscle=Muscle.CALF, side=Side.LEFT)
RIGHT = Place(muscle=Muscle.CALF, side=Side.RIGHT)
BOTH = Place(muscle=Muscle.CALF, side=Side.BOTH)
SOMEWHERE = Place(muscle=Muscle.CALF)
SHIN = Place(muscle=Muscle.SHIN, side=Side.LEFT)
single = st.builds(
    Place, muscle=st.sampled_from(Muscle), side=st.sampled_from([Side.LEFT, Side.RIGHT])
)
chosen = st.lists(
    st.builds(Place, muscle=st.sampled_from(Muscle), side=st.sampled_from(Side)), unique=True
)


def test_a_place_is_added_and_taken_back() -> None:
    assert toggled([SHIN], LEFT) == (SHIN, LEFT)
    assert toggled([SHIN, LEFT], LEFT) == (SHIN,)
    assert toggled([LEFT], RIGHT) == (LEFT, RIGHT)


def test_both_legs_are_split_when_one_is_taken_back() -> None:
    assert toggled([BOTH], LEFT) == (RIGHT,)


def test_a_muscle_of_unknown_side_is_never_dropped() -> None:
    assert toggled([SOMEWHERE], LEFT) == (SOMEWHERE, LEFT)


@given(chosen, single)
def test_pointing_changes_that_one_leg_of_that_muscle_only(
    before: list[Place], pointed: Place
) -> None:
    after = toggled(before, pointed)
    here = (pointed.muscle.value, pointed.side.value)
    assert set(on_the_legs(before)) ^ set(on_the_legs(after)) == {here}
    assert [p for p in before if p.muscle is not pointed.muscle] == [
        p for p in after if p.muscle is not pointed.muscle
    ]
    assert [p for p in before if p.side is Side.UNKNOWN] == [
        p for p in after if p.side is Side.UNKNOWN
    ]


@given(chosen, single)
def test_pointing_twice_changes_nothing_on_the_legs(before: list[Place], pointed: Place) -> None:
    assert set(on_the_legs(toggled(toggled(before, pointed), pointed))) == set(on_the_legs(before))


def test_a_cramp_has_one_muscle_in_one_leg_or_both() -> None:
    assert moved(None, LEFT) == LEFT
    assert moved(LEFT, RIGHT) == BOTH
    assert moved(BOTH, LEFT) == RIGHT
    assert moved(LEFT, LEFT) is None
    assert moved(LEFT, SHIN) == SHIN
    assert moved(SOMEWHERE, RIGHT) == RIGHT


def test_the_place_of_a_cramp() -> None:
    assert place_of(None, Side.LEFT) is None
    assert place_of(Muscle.CALF, None) == SOMEWHERE
    assert place_of(Muscle.CALF, Side.BOTH) == BOTH


def test_what_is_chosen_is_said() -> None:
    assert said([], []) == "Nothing is chosen yet."
    assert said([LEFT, SHIN], [RIGHT]) == "Massaged: left calf, left shin. Sore: right calf."
