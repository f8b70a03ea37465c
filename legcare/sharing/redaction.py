"""The one place where a log is cut down to what was granted, before anything is computed from it.

What is left out never reaches a coach's page: records outside the period, kinds and factors that were not named,
notes and other free text, and, unless exact times were granted, the clock. Identifiers, the moment of entry and the
names of imported files would tell more than was granted (an identifier holds the millisecond at which it was made),
so they are always replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid5

from legcare.records import (
    BUILT_IN,
    Event,
    Log,
    Massage,
    Preferences,
    Reading,
    Record,
    TrackedSpan,
    Workout,
    legcare_day,
)
from legcare.sharing.grant import Grant

NIGHT_FROM, NOON, EVENING_FROM = time(22), time(12), time(18)
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
# Ratings in a massage that measure the same as a daily factor are shared with it, or not at all.
_SAME_AS = {"stress": ("stress_before", "stress_after"), "heaviness": ("heaviness_before", "heaviness_after")}


def redacted(log: Log, preferences: Preferences, grant: Grant) -> tuple[Log, Preferences]:
    """The part of a log that a grant shows, and the preferences needed to read it; both made of granted data only."""
    shown = granted(log, preferences, grant)
    sources = _sources(shown)
    order = _order(shown)
    records = tuple(_masked(record, preferences.day_start, grant, sources, order[record.id]) for record in shown)
    known = {factor.key for factor in BUILT_IN}
    own = tuple(f for f in log.own_factors if f.key in grant.factors and f.key not in known)
    preferred = {
        key: tuple(sources[name] for name in names if name in sources)
        for key, names in log.preferred.items()
        if key in grant.factors
    }
    chosen = Preferences(
        day_start=preferences.day_start,
        units=preferences.units,
        zone=preferences.zone if grant.exact_times else "",
        checkin=(),
        own_factors=own,
        preferred_sources=preferred,
        confounders=tuple(key for key in preferences.confounders if key in grant.factors),
    )
    return Log(records, own, preferred), chosen


def granted(log: Log, preferences: Preferences, grant: Grant) -> tuple[Record, ...]:
    """The records that a grant shows, not yet masked; tracked spans are cut to the period."""
    first, last = grant.first_day or date.min, grant.last_day or date.max
    shown: list[Record] = []
    for record in log.records:
        if isinstance(record, TrackedSpan):
            begin, end = max(first, record.first_day), min(last, record.last_day)
            if begin <= end:
                shown.append(record.model_copy(update={"first_day": begin, "last_day": end}))
        elif _named(record, grant) and first <= day_of(record, preferences.day_start) <= last:
            shown.append(record)
    return tuple(shown)


def day_of(record: Record, day_start: time) -> date:
    """The legcare day of a record; the last day of a tracked span."""
    if isinstance(record, Event):
        return legcare_day(record.at, day_start)
    return record.day if isinstance(record, Reading) else record.last_day


def part_of_day(at: datetime, day_start: time) -> datetime:
    """The moment that stands for the part of the day ``at`` lies in: night, morning, afternoon or evening.

    The legcare day stays, and so does whether it was night by the clock: from 22:00 to the day start. Night is 02:00
    (23:00 where the day starts at 02:00 or before), morning 09:00, afternoon 15:00, evening 20:00; a part that the
    day start cuts stands at the day start.
    """
    clock = at.replace(tzinfo=None).time()
    if clock >= NIGHT_FROM or clock < day_start:
        stands = time(2) if day_start > time(2) else time(23)
    else:
        usual = time(9) if clock < NOON else time(15) if clock < EVENING_FROM else time(20)
        stands = max(usual, day_start)
    day = legcare_day(at, day_start) + timedelta(days=int(stands < day_start))
    return datetime.combine(day, stands.replace(second=0, microsecond=0), at.tzinfo)


def _named(record: Record, grant: Grant) -> bool:
    return record.factor in grant.factors if isinstance(record, Reading) else record.type in grant.kinds


def _masked(record: Record, day_start: time, grant: Grant, sources: dict[str, str], place: int) -> Record:
    update: dict[str, object] = {
        "id": uuid5(grant.id, str(record.id)),
        "source": sources[record.source],
        "created_at": _MADE + timedelta(seconds=place),
    }
    if isinstance(record, Event):
        update |= _masked_event(record, day_start, grant)
    if isinstance(record, Massage):
        update |= {name: None for key, names in _SAME_AS.items() if key not in grant.factors for name in names}
    return record.model_copy(update=update)


def _masked_event(event: Event, day_start: time, grant: Grant) -> dict[str, object]:
    update: dict[str, object] = {}
    if not grant.exact_times:
        update["at"] = part_of_day(event.at, day_start)
    if not grant.notes:
        update["note"] = ""
        if isinstance(event, Workout):
            update["kind_text"] = ""
    return update


def _sources(records: Iterable[Record]) -> dict[str, str]:
    """A name without meaning for each source: a file's name may hold a person's."""
    names = sorted({record.source for record in records} - {"entered"})
    return {"entered": "entered"} | {name: f"import {place:03}" for place, name in enumerate(names, 1)}


def _order(records: Iterable[Record]) -> dict[object, int]:
    """The place of a reading among those of its factor and day, by the moment of entry: the last one may count."""
    places: dict[object, int] = {}
    held: dict[tuple[str, date], int] = {}
    for record in sorted(records, key=lambda record: record.created_at):
        if isinstance(record, Reading):
            seen = held.get((record.factor, record.day), 0)
            held[record.factor, record.day] = seen + 1
            places[record.id] = seen
        else:
            places[record.id] = 0
    return places
