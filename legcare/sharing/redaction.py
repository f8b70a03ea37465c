"""The one place where a log is cut down to what was granted, before anything is computed from it.

What is left out never reaches a coach's page: records outside the period, kinds and factors that
were not named, notes and other free text, and, unless exact times were granted, the clock.
Identifiers, the moment of entry and the names of imported files would tell more than was granted
(an identifier holds the millisecond at which it was made), so they are always replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid5

from legcare.records import (
    Clock,
    Cramp,
    Event,
    Log,
    Mark,
    Massage,
    Preferences,
    Reading,
    Record,
    TrackedSpan,
    Workout,
    legcare_day,
)
from legcare.sharing.grant import Grant

DAWN = time(6)
# From, until and the moment that stands for it, in minutes; the night runs on past midnight.
PARTS = ((360, 720, 540), (720, 1080, 900), (1080, 1320, 1200), (1320, 1800, 1560))
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
# Ratings in a massage that measure the same as a daily factor are shared with it, or not at all.
_SAME_AS = {
    "stress": ("stress_before", "stress_after"),
    "heaviness": ("heaviness_before", "heaviness_after"),
}


def redacted(log: Log, preferences: Preferences, grant: Grant) -> Log:
    """The part of a log that a grant shows, made of granted data only.

    ``preferences`` give the day start.
    """
    shown = granted(log, preferences, grant)
    sources = _sources(shown)
    order = _order(shown)
    records = tuple(
        _masked(record, preferences.day_start, grant, sources, order[record.id]) for record in shown
    )
    preferred = {
        key: tuple(sources[name] for name in names if name in sources)
        for key, names in log.preferred.items()
        if key in grant.factors
    }
    return Log(records, redacted_preferences(preferences, grant).own_factors, preferred)


def redacted_preferences(preferences: Preferences, grant: Grant) -> Preferences:
    """What is needed to read a shared log: day start, units, shared own factors.

    The zone only with exact times.
    """
    return Preferences(
        day_start=preferences.day_start,
        units=preferences.units,
        zone=preferences.zone if grant.exact_times else "",
        checkin=(),
        own_factors=tuple(
            factor for factor in preferences.own_factors if factor.key in grant.factors
        ),
        confounders=tuple(key for key in preferences.confounders if key in grant.factors),
    )


def granted(log: Log, preferences: Preferences, grant: Grant) -> tuple[Record, ...]:
    """The records that a grant shows, not yet masked; tracked spans are cut to the period."""
    first, last = grant.first_day or date.min, grant.last_day or date.max
    shown: list[Record] = []
    for record in log.records:
        if isinstance(record, (TrackedSpan, Mark)):
            begin, end = max(first, record.first_day), min(last, record.last_day or last)
            if begin <= end and (isinstance(record, TrackedSpan) or grant.notes):
                cut = {"first_day": begin, "last_day": record.last_day and end}
                shown.append(record.model_copy(update=cut))
        elif _named(record, grant) and first <= day_of(record, preferences.day_start) <= last:
            shown.append(record)
    return tuple(shown)


def day_of(record: Record, day_start: time) -> date:
    """The legcare day of a record; the last day of a tracked span."""
    if isinstance(record, Event):
        return legcare_day(record.at, day_start)
    if isinstance(record, Reading):
        return record.day
    return record.last_day or record.first_day


def part_of_day(at: datetime, day_start: time) -> datetime:
    """The moment that stands for the part of the day ``at`` lies in.

    Night (22:00 to 06:00) stands at 02:00, morning at 09:00, afternoon (from 12:00) at 15:00,
    evening (from 18:00) at 20:00, so that the day of a cramp and whether it came at night stay as
    they were. Where the day start cuts a part in two, each half keeps to its own legcare day: a
    half without the usual moment stands at its beginning.
    """
    clock, start = _minute(at.time()), _minute(day_start)
    begins, ends, stands = next(part for part in PARTS if part[0] <= clock < part[1])
    if begins < start < ends and (stands < start) != (clock < start):
        stands = begins if clock < start else start
    # The night of a date runs past midnight: minutes are counted from 06:00 of the date it began
    # on.
    date_ = at.date() - timedelta(days=int(at.time() < DAWN))
    return datetime.combine(date_, time(), at.tzinfo) + timedelta(minutes=stands)


def _minute(clock: time) -> int:
    minute = clock.hour * 60 + clock.minute
    return minute + 24 * 60 if clock.replace(tzinfo=None) < DAWN else minute


def _named(record: Record, grant: Grant) -> bool:
    return (
        record.factor in grant.factors
        if isinstance(record, Reading)
        else record.type in grant.kinds
    )


def _masked(
    record: Record, day_start: time, grant: Grant, sources: dict[str, str], place: int
) -> Record:
    update: dict[str, object] = {
        "id": uuid5(grant.id, str(record.id)),
        "source": sources[record.source],
        "created_at": _MADE + timedelta(seconds=place),
    }
    if isinstance(record, Event):
        update |= _masked_event(record, day_start, grant)
    if isinstance(record, Massage):
        update |= {
            name: None
            for key, names in _SAME_AS.items()
            if key not in grant.factors
            for name in names
        }
    return record.model_copy(update=update)


def _masked_event(event: Event, day_start: time, grant: Grant) -> dict[str, object]:
    update: dict[str, object] = {}
    if not grant.exact_times:
        update["at"] = part_of_day(event.at, day_start)
        if event.clock.timed:
            update["clock"] = _clock_of(event.at)
    if not grant.notes:
        update["note"] = ""
        if isinstance(event, Workout):
            update["kind_text"] = ""
        if isinstance(event, Cramp):
            update |= {"doing_text": "", "place": "", "relief_text": ""}
    return update


def _clock_of(at: datetime) -> Clock:
    """The part of the day that a coach without exact times is shown."""
    place = next(n for n, part in enumerate(PARTS) if part[0] <= _minute(at.time()) < part[1])
    return (Clock.MORNING, Clock.AFTERNOON, Clock.EVENING, Clock.NIGHT)[place]


def _sources(records: Iterable[Record]) -> dict[str, str]:
    """A name without meaning for each source: a file's name may hold a person's."""
    names = sorted({record.source for record in records} - {"entered"})
    return {"entered": "entered"} | {
        name: f"import {place:03}" for place, name in enumerate(names, 1)
    }


def _order(records: Iterable[Record]) -> dict[object, int]:
    """The place of a reading among those of its factor and day, by the moment of entry.

    The last one may count.
    """
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
