"""Any record and any log, for property tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from legcare.records import (
    BUILT_IN,
    Context,
    Cramp,
    Log,
    Massage,
    Method,
    Muscle,
    Oil,
    Place,
    Reading,
    Reason,
    Relief,
    Side,
    TrackedSpan,
    Workout,
    WorkoutKind,
)

OFFSETS = st.integers(-14 * 4, 14 * 4).map(
    lambda quarters: timezone(timedelta(minutes=15 * quarters))
)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=OFFSETS)
MADE = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
RATINGS = st.none() | st.integers(0, 100).map(lambda tenths: tenths / 10)
MINUTES = st.none() | st.floats(0, 240, allow_nan=False)
NOTES = st.text(max_size=40)
PLACES = st.builds(Place, muscle=st.sampled_from(Muscle), side=st.sampled_from(Side))
SOURCES = st.sampled_from(["entered", "watch", "sheet.csv"])


def _maybe(words: type) -> st.SearchStrategy:
    return st.none() | st.sampled_from(words)


MADE_BY = {"id": st.uuids(version=4), "source": SOURCES, "created_at": MADE}
CRAMPS = st.builds(
    Cramp,
    **MADE_BY,
    at=MOMENTS,
    side=_maybe(Side),
    muscle=_maybe(Muscle),
    severity=RATINGS,
    minutes=MINUTES,
    woke_me=st.none() | st.booleans(),
    sleep_disturbance=RATINGS,
    context=_maybe(Context),
    sore_after=st.none() | st.booleans(),
    relief=st.lists(st.sampled_from(Relief), max_size=3, unique=True).map(tuple),
    note=NOTES,
)
MASSAGES = st.builds(
    Massage,
    **MADE_BY,
    at=MOMENTS,
    minutes=MINUTES,
    method=_maybe(Method),
    reason=_maybe(Reason),
    oil=_maybe(Oil),
    areas=st.lists(PLACES, max_size=3).map(tuple),
    tender=st.lists(PLACES, max_size=3).map(tuple),
    **{
        f"{what}_{when}": RATINGS
        for what in ("tension", "stress", "heaviness")
        for when in ("before", "after")
    },
    note=NOTES,
)
WORKOUTS = st.builds(
    Workout,
    **MADE_BY,
    at=MOMENTS,
    minutes=MINUTES,
    kind=_maybe(WorkoutKind),
    kind_text=NOTES,
    effort=RATINGS,
    note=NOTES,
)
READINGS = st.builds(
    Reading,
    **MADE_BY,
    day=DAYS,
    factor=st.sampled_from([factor.key for factor in BUILT_IN]),
    value=st.floats(-1e6, 1e6, allow_nan=False),
)
SPANS = st.builds(
    lambda first, length, **made: TrackedSpan(
        first_day=first, last_day=first + timedelta(days=length), **made
    ),
    first=DAYS,
    length=st.integers(0, 60),
    **MADE_BY,
)
RECORDS = st.one_of(CRAMPS, MASSAGES, WORKOUTS, READINGS, SPANS)
LOGS = st.lists(RECORDS, max_size=25, unique_by=lambda record: record.id).map(Log.of)
