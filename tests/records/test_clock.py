"""Wall-clock time comes back exactly as the person saw it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from legcare.errors import BadTime
from legcare.records import Cramp, fixed, happened_twice, in_zone, legcare_day, restored
from tests.strategies import MOMENTS

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "America/St_Johns",
        "Pacific/Apia",
    ]
).map(ZoneInfo)
WALLS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)).map(
    lambda at: at.replace(microsecond=0)
)


@given(WALLS, ZONES, st.booleans())
def test_the_clock_the_person_saw_comes_back_from_utc_and_offset(
    wall: datetime, zone: ZoneInfo, second: bool
) -> None:
    try:
        at = in_zone(wall, zone, second=second)
    except BadTime:
        assume(False)
    offset = at.utcoffset()
    assert offset is not None
    back = restored(at.astimezone(UTC).replace(tzinfo=None), int(offset.total_seconds()))
    assert back.replace(tzinfo=None) == wall
    assert back == at
    assert back.utcoffset() == offset


@pytest.mark.parametrize(
    ("zone", "wall"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 2, 30)),
        ("America/New_York", datetime(2026, 3, 8, 2, 0)),
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15)),  # half an hour only
    ],
)
def test_a_time_that_the_clocks_jumped_over_is_refused_with_a_remedy(
    zone: str, wall: datetime
) -> None:
    with pytest.raises(
        BadTime, match=rf"{wall:%H:%M} did not exist in {zone}.*Enter the time an hour later"
    ):
        in_zone(wall, ZoneInfo(zone))


@pytest.mark.parametrize("wall", [datetime(2026, 3, 29, 1, 59, 59), datetime(2026, 3, 29, 3, 0)])
def test_the_edges_of_the_jump_exist(wall: datetime) -> None:
    assert in_zone(wall, BERLIN).replace(tzinfo=None) == wall


def test_the_hour_that_happened_twice_names_two_instants_an_hour_apart() -> None:
    wall = datetime(2026, 10, 25, 2, 30)
    first, second = in_zone(wall, BERLIN), in_zone(wall, BERLIN, second=True)
    assert happened_twice(wall, BERLIN)
    assert second - first == timedelta(hours=1)
    assert first.replace(tzinfo=None) == second.replace(tzinfo=None) == wall
    assert (first.utcoffset(), second.utcoffset()) == (timedelta(hours=2), timedelta(hours=1))


@pytest.mark.parametrize(
    "wall",
    [datetime(2026, 10, 25, 1, 59), datetime(2026, 10, 25, 3, 0), datetime(2026, 3, 29, 2, 30)],
)
def test_other_hours_did_not_happen_twice(wall: datetime) -> None:
    assert not happened_twice(wall, BERLIN)


@given(WALLS, ZONES)
def test_second_matters_only_where_the_hour_happened_twice(wall: datetime, zone: ZoneInfo) -> None:
    try:
        same = in_zone(wall, zone) == in_zone(wall, zone, second=True)
    except BadTime:
        assume(False)
    assert same != happened_twice(wall, zone)


def test_a_flight_keeps_both_clocks_and_the_true_gap() -> None:
    """Berlin 23:30, eight hours in the air, a cramp on landing in New York.

    At 01:30 of the local clock.
    """
    before = Cramp(at=in_zone(datetime(2026, 5, 1, 23, 30), BERLIN))
    after = Cramp(at=in_zone(datetime(2026, 5, 2, 1, 30), ZoneInfo("America/New_York")))
    assert after.at - before.at == timedelta(hours=8)
    assert (before.at.hour, after.at.hour) == (23, 1)
    assert legcare_day(before.at) == legcare_day(after.at) == date(2026, 5, 1)


@given(MOMENTS)
def test_fixing_changes_neither_instant_nor_clock(at: datetime) -> None:
    assert fixed(at) == at
    assert fixed(at).replace(tzinfo=None) == at.replace(tzinfo=None)
    assert fixed(fixed(at)).utcoffset() == at.utcoffset()


def test_a_naive_time_is_not_an_instant() -> None:
    with pytest.raises(BadTime, match="2026-05-01 03:10 has no time zone"):
        fixed(datetime(2026, 5, 1, 3, 10))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 5, 5, 3, 10), date(2026, 5, 4)),  # Tuesday 03:10 counts for Monday
        (datetime(2026, 5, 5, 5, 59, 59), date(2026, 5, 4)),
        (datetime(2026, 5, 5, 6, 0), date(2026, 5, 5)),
        (datetime(2026, 5, 5, 9, 30), date(2026, 5, 5)),
        (datetime(2026, 1, 1, 0, 30), date(2025, 12, 31)),
    ],
)
def test_the_day_a_moment_counts_for(at: datetime, day: date) -> None:
    assert legcare_day(at.replace(tzinfo=UTC)) == day


@given(MOMENTS, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_every_moment_lies_in_its_legcare_day(at: datetime, day_start: time) -> None:
    begins = datetime.combine(legcare_day(at, day_start), day_start)
    assert begins <= at.replace(tzinfo=None) < begins + timedelta(days=1)


@given(st.dates(date(2026, 3, 20), date(2026, 4, 5)), st.integers(6, 29))
def test_the_change_of_clocks_moves_no_cramp_to_another_day(day: date, hour: int) -> None:
    """Hours 6 to 29 of the wall clock belong to one legcare day, whatever the clocks do.

    Hour 29 is 05:00 next morning.
    """
    wall = datetime.combine(day, time()) + timedelta(hours=hour, minutes=20)
    try:
        at = in_zone(wall, BERLIN)
    except BadTime:
        assume(False)
    assert legcare_day(at) == day
