"""The day table: what is tracked, what a blank means, which source wins."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from uuid import UUID

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.days import (
    cramp_table,
    day_table,
    is_night,
    massage_table,
    reading_table,
    source_overlaps,
    tender_table,
    tracked_days,
    workout_table,
)
from legcare.records import (
    Context,
    Cramp,
    Factor,
    Log,
    Massage,
    Muscle,
    Place,
    Reading,
    Reason,
    Record,
    Side,
    TrackedSpan,
    Workout,
    legcare_day,
)
from tests.strategies import LOGS, RECORDS

START = time(6)
SUMMER = timezone(timedelta(hours=2))


def at(day: int, hour: int = 21, minute: int = 0) -> datetime:
    """A moment in May 2026, in Berlin."""
    return datetime(2026, 5, day, hour, minute, tzinfo=SUMMER)


def span(first: int, last: int) -> TrackedSpan:
    return TrackedSpan(first_day=date(2026, 5, first), last_day=date(2026, 5, last))


def read(day: int, factor: str, value: float, **fields: object) -> Reading:
    return Reading(day=date(2026, 5, day), factor=factor, value=value, **fields)


def table(*records: Record, **options: object) -> pd.DataFrame:
    own = options.pop("own_factors", ())
    preferred = options.pop("preferred", {})
    return day_table(
        Log(tuple(records), own_factors=own, preferred=preferred), day_start=START, **options
    )


def column(days: pd.DataFrame, name: str) -> list[float | None]:
    return [None if np.isnan(value) else value for value in days[name]]


def test_no_cramp_is_zero_only_where_the_person_was_logging() -> None:
    days = table(Cramp(at=at(1)), span(3, 4), Cramp(at=at(6)), Cramp(at=at(6, 22)))
    assert column(days, "cramps") == [1, None, 0, 0, None, 2]
    assert days["tracked"].tolist() == [True, False, True, True, False, True]


def test_an_early_cramp_and_the_evenings_massage_stand_in_one_row() -> None:
    days = table(Massage(at=at(4, 21), minutes=20), Cramp(at=at(5, 3, 10)), Cramp(at=at(5, 9, 30)))
    assert [day.day for day in days.index] == [4, 5]
    assert column(days, "cramps") == [1, 1]
    assert column(days, "massage_min") == [20, 0]


def test_the_day_start_moves_the_border() -> None:
    cramp = Cramp(at=at(5, 3, 10))
    assert tracked_days(Log((cramp,)), day_start=time(6)) == {date(2026, 5, 4)}
    assert tracked_days(Log((cramp,)), day_start=time(3)) == {date(2026, 5, 5)}


def test_spans_that_overlap_count_a_day_once() -> None:
    assert tracked_days(Log((span(1, 3), span(2, 4))), day_start=START) == {
        date(2026, 5, d) for d in (1, 2, 3, 4)
    }


@pytest.mark.parametrize(
    ("cramp", "night"),
    [
        (Cramp(at=at(5, 15), context=Context.IN_BED), True),
        (Cramp(at=at(5, 3), context=Context.RESTING), False),
        (Cramp(at=at(5, 15), woke_me=True), True),
        (Cramp(at=at(5, 3), woke_me=False), False),
        (Cramp(at=at(5, 22)), True),
        (Cramp(at=at(5, 21, 59)), False),
        (Cramp(at=at(5, 5, 59)), True),
        (Cramp(at=at(5, 6)), False),
    ],
)
def test_what_a_night_cramp_is(cramp: Cramp, night: bool) -> None:
    assert is_night(cramp) is night


def test_counts_of_a_day() -> None:
    days = table(
        Cramp(at=at(1, 23), severity=4, minutes=2, woke_me=True, sleep_disturbance=3),
        Cramp(at=at(2, 3), severity=7, minutes=0.5, woke_me=False, sleep_disturbance=8),
        Cramp(at=at(2, 15), context=Context.RESTING),
    )
    first = days.iloc[0]
    assert (first["cramps"], first["night_cramps"], first["woke"], first["minutes"]) == (
        2,
        1,
        1,
        2.5,
    )
    assert (first["severity"], first["severity_max"], first["sleep_disturbance"]) == (5.5, 7, 8)
    assert (
        days.iloc[1][["woke", "minutes", "severity", "severity_max", "sleep_disturbance"]]
        .isna()
        .all()
    )


def test_a_cramp_that_does_not_say_makes_the_days_sum_unknown_not_smaller() -> None:
    days = table(Cramp(at=at(1), minutes=3, woke_me=True), Cramp(at=at(1, 22)), span(1, 2))
    assert column(days, "minutes") == [None, None]
    assert column(days, "woke") == [None, 0]


def test_a_relief_massage_is_never_an_exposure() -> None:
    days = table(
        Massage(at=at(1), minutes=10, reason=Reason.RELIEF),
        Massage(at=at(1), minutes=15),
        Massage(at=at(2), minutes=5),
        span(1, 3),
    )
    assert column(days, "massages") == [1, 1, 0]
    assert column(days, "massage_min") == [15, 5, 0]
    assert column(days, "massages_relief") == [1, 0, 0]
    assert column(days, "massage_relief_min") == [10, 0, 0]


def test_a_massage_of_unknown_length_counts_but_its_minutes_are_missing() -> None:
    days = table(
        Massage(at=at(1)), Massage(at=at(1), minutes=15), Massage(at=at(2), minutes=5), span(1, 3)
    )
    assert column(days, "massages") == [2, 1, 0]
    assert column(days, "massage_min") == [None, 5, 0]


def test_only_massages_of_unknown_length() -> None:
    days = table(Massage(at=at(1)), span(1, 2))
    assert column(days, "massages") == [1, 0]
    assert column(days, "massage_min") == [None, 0]


@pytest.mark.parametrize(
    "name", ["massages", "massage_min", "massages_relief", "exercise_min", "exercise_load"]
)
def test_a_log_without_massages_or_workouts_does_not_say_zero(name: str) -> None:
    assert column(table(Cramp(at=at(1)), span(1, 2)), name) == [None, None]


def test_a_massage_on_a_day_that_was_not_tracked_is_kept() -> None:
    days = table(Massage(at=at(1), minutes=5), span(3, 3))
    assert column(days, "massages") == [1, None, 0]
    assert column(days, "massage_min") == [5, None, 0]


def test_workouts_give_minutes_and_load() -> None:
    days = table(
        Workout(at=at(1), minutes=30, effort=5),
        Workout(at=at(1), minutes=10, effort=2),
        Workout(at=at(2), minutes=20),
        span(1, 3),
    )
    assert column(days, "exercise_min") == [40, 20, 0]
    assert column(days, "exercise_load") == [170, None, 0]


def test_a_typed_reading_of_exercise_wins_over_the_workouts_of_that_day() -> None:
    days = table(
        Workout(at=at(1), minutes=30),
        Workout(at=at(2), minutes=20),
        read(1, "exercise_min", 45),
        span(1, 3),
    )
    assert column(days, "exercise_min") == [45, 20, 0]


def test_without_workouts_exercise_follows_its_own_blank_rule() -> None:
    days = table(read(1, "exercise_min", 45), read(3, "exercise_min", 30), span(1, 4))
    assert column(days, "exercise_min") == [45, 0, 30, None]


def test_a_blank_is_zero_only_where_the_factor_says_so_and_between_its_readings() -> None:
    days = table(
        read(2, "magnesium_mg", 200),
        read(4, "magnesium_mg", 300),
        read(2, "stress", 3),
        read(4, "stress", 5),
        span(1, 5),
    )
    assert column(days, "magnesium_mg") == [None, 200, 0, 300, None]
    assert column(days, "stress") == [None, 3, None, 5, None]


def test_a_blank_on_a_day_that_was_not_tracked_stays_unknown() -> None:
    days = table(read(1, "magnesium_mg", 200), read(3, "magnesium_mg", 300))
    assert column(days, "magnesium_mg") == [200, None, 300]


def test_several_values_of_a_day_combine_as_the_factor_says() -> None:
    early, late = at(1, 8), at(1, 20)
    days = table(
        *(read(1, name, 1, created_at=late) for name in ("hydration_ml", "stress", "weight_kg")),
        *(read(1, name, 4, created_at=early) for name in ("hydration_ml", "stress", "weight_kg")),
    )
    assert days[["hydration_ml", "stress", "weight_kg"]].iloc[0].tolist() == [5, 2.5, 1]


def test_an_unknown_factor_is_shown_as_its_mean() -> None:
    assert column(table(read(1, "own_socks", 1), read(1, "own_socks", 2)), "own_socks") == [1.5]


def test_an_own_factor_behaves_like_a_built_in_one() -> None:
    socks = Factor(key="own_socks", label="Socks", unit="h", combine="sum", blank="zero", own=True)
    days = table(
        read(1, "own_socks", 1),
        read(1, "own_socks", 2),
        read(3, "own_socks", 2),
        span(1, 3),
        own_factors=(socks,),
    )
    assert column(days, "own_socks") == [3, 0, 2]


def test_what_was_typed_in_wins_then_the_fullest_source() -> None:
    watch = [read(day, "sleep_h", 8, source="watch") for day in (1, 2, 3)]
    phone = [read(day, "sleep_h", 6, source="phone") for day in (1, 2)]
    assert column(table(*watch, *phone, read(1, "sleep_h", 7)), "sleep_h") == [7, 8, 8]


def test_the_chosen_source_wins_and_others_fill_its_gaps() -> None:
    watch = [read(day, "sleep_h", 8, source="watch") for day in (1, 2, 3)]
    phone = [read(day, "sleep_h", 6, source="phone") for day in (1, 2)]
    days = table(*watch, *phone, read(1, "sleep_h", 7), preferred={"sleep_h": ("phone",)})
    assert column(days, "sleep_h") == [6, 6, 8]


def test_two_sources_are_never_added_up() -> None:
    days = table(read(1, "steps", 5000, source="watch"), read(1, "steps", 5200, source="phone"))
    assert days["steps"].iloc[0] in {5000, 5200}


def test_overlapping_sources_are_named() -> None:
    readings = [
        read(1, "steps", 1, source="watch"),
        read(1, "steps", 2, source="phone"),
        read(2, "stress", 2, source="watch"),
    ]
    assert source_overlaps(readings) == {"steps": ("phone", "watch")}


def test_both_ankles_give_one_ankle_and_a_single_number_stands_for_itself() -> None:
    days = table(
        read(1, "ankle_left_cm", 9),
        read(1, "ankle_right_cm", 10),
        read(2, "ankle_cm", 8),
        read(3, "ankle_right_cm", 11),
    )
    assert column(days, "ankle_cm") == [9.5, 8, 11]


def test_a_factor_named_like_a_column_of_the_table_does_not_hide_it() -> None:
    days = table(Cramp(at=at(1), minutes=3), read(1, "cramps", 99), read(1, "minutes", 99))
    assert days[["cramps", "minutes", "own_cramps", "own_minutes"]].iloc[0].tolist() == [
        1,
        3,
        99,
        99,
    ]
    assert days.columns.is_unique


def test_a_period_cuts_and_widens() -> None:
    log = (Cramp(at=at(5)), span(4, 6), read(2, "stress", 3), read(9, "stress", 5))
    days = table(*log, first=date(2026, 5, 5), last=date(2026, 5, 10))
    assert [day.day for day in days.index] == [5, 6, 7, 8, 9, 10]
    assert column(days, "cramps") == [1, 0, None, None, None, None]
    assert column(days, "stress") == [None, None, None, None, 5, None]
    assert [day.day for day in table(*log).index] == list(range(2, 10))
    assert [day.day for day in table(*log, last=date(2026, 5, 3)).index] == [2, 3]


def test_an_empty_log_has_the_same_columns_and_types() -> None:
    empty, full = (
        table(),
        table(Cramp(at=at(1)), Massage(at=at(1), minutes=3), Workout(at=at(1), minutes=3)),
    )
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert empty.index.dtype == full.index.dtype == "datetime64[us]"
    assert empty.index.name == full.index.name == "day"


@pytest.mark.parametrize("events", [cramp_table, massage_table, tender_table, workout_table])
def test_event_tables_of_an_empty_log_have_the_types_of_a_full_one(events: object) -> None:
    place = Place(muscle=Muscle.CALF, side=Side.LEFT)
    full = Log(
        (
            Cramp(
                at=at(1),
                side="left",
                muscle="calf",
                context="in_bed",
                woke_me=True,
                sore_after=False,
                severity=1,
            ),
            Massage(
                at=at(1), minutes=3, method="hands", reason="routine", oil="none", tender=(place,)
            ),
            Workout(at=at(1), minutes=3, kind="run", effort=3),
        )
    )
    assert callable(events)
    empty, filled = events(Log(), day_start=START), events(full, day_start=START)
    assert len(empty) == 0
    assert len(filled) == 1
    assert empty.dtypes.to_dict() == filled.dtypes.to_dict()


def test_reading_table_of_an_empty_log() -> None:
    assert (
        reading_table(Log()).dtypes.to_dict()
        == reading_table(Log((read(1, "stress", 3),))).dtypes.to_dict()
    )


def test_event_tables_show_the_clock_that_the_person_saw() -> None:
    winter = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1)))
    cramps = cramp_table(
        Log((Cramp(at=winter), Cramp(at=winter.replace(tzinfo=SUMMER)))), day_start=START
    )
    assert cramps["at"].tolist() == [pd.Timestamp("2026-10-25 02:30")] * 2
    assert cramps["utc"].diff().iloc[1] == pd.Timedelta(hours=1)
    assert cramps["hour"].tolist() == [2.5, 2.5]
    assert cramps["day"].tolist() == [pd.Timestamp("2026-10-24")] * 2


def test_tender_places_one_row_each() -> None:
    left, right = (Place(muscle=Muscle.CALF, side=side) for side in (Side.LEFT, Side.RIGHT))
    rows = tender_table(
        Log((Massage(at=at(1), tender=(left, right)), Massage(at=at(2)))), day_start=START
    )
    assert rows[["muscle", "side"]].to_numpy().tolist() == [["calf", "left"], ["calf", "right"]]


@given(LOGS, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(log: Log, chance: object) -> None:
    shuffled = list(log.records)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(
        day_table(log, day_start=START),
        day_table(Log.of(shuffled), day_start=START),
        check_exact=True,
    )
    pd.testing.assert_frame_equal(
        cramp_table(log, day_start=START), cramp_table(Log.of(shuffled), day_start=START)
    )


@given(LOGS)
def test_every_cramp_is_counted_once_and_every_day_stands_once(log: Log) -> None:
    days = day_table(log, day_start=START)
    assert days["cramps"].sum() == len(log.cramps)
    assert days["night_cramps"].sum() == sum(is_night(cramp) for cramp in log.cramps)
    assert days["massages"].sum() + days["massages_relief"].sum() == len(log.massages)
    assert (days.index.to_series().diff().dropna() == pd.Timedelta(days=1)).all()
    assert set(days.index[days["tracked"]].date) == tracked_days(log, day_start=START)
    assert days["cramps"].notna().equals(days["tracked"])
    for cramp in log.cramps:
        assert days.loc[pd.Timestamp(legcare_day(cramp.at, START)), "cramps"] >= 1


@given(LOGS)
def test_two_looks_at_one_log_agree_and_the_log_is_as_it_was(log: Log) -> None:
    before = [record.model_dump_json() for record in log.records]
    first = day_table(log, day_start=START)
    first.iloc[:, 1:] = -1.0
    assert not (day_table(log, day_start=START)["cramps"] == -1).any()
    assert [record.model_dump_json() for record in log.records] == before


@given(st.lists(RECORDS, max_size=6), st.lists(RECORDS, min_size=1, max_size=3))
def test_a_record_of_the_log_never_makes_another_days_cramps(
    kept: list[Record], more: list[Record]
) -> None:
    """More readings or massages change no count of cramps."""
    calm = [record for record in more if isinstance(record, Massage | Workout | Reading)]
    unique: dict[UUID, Record] = {record.id: record for record in (*kept, *calm)}
    before = day_table(Log.of(kept), day_start=START)["cramps"].dropna()
    after = day_table(Log.of(unique.values()), day_start=START)["cramps"].dropna()
    pd.testing.assert_series_equal(before, after, check_freq=False)
