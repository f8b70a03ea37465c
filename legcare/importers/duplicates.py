"""Marking duplicates: what the log already holds is marked and shown, never dropped in silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from uuid import UUID

from legcare.days import source_overlaps
from legcare.importers.counted import counted
from legcare.importers.daily import FACTORS
from legcare.importers.registry import Extract
from legcare.importers.result import Import, Problem
from legcare.records import Event, Log, Reading, Record, TrackedSpan, Workout


def added(extracts: Iterable[Extract]) -> list[Record]:
    """The records of all files, with the sums of a day that goes on in the next file added."""
    records: list[Record] = []
    sums: dict[UUID, int] = {}
    for extract in extracts:
        for record in extract.records:
            place = sums.get(record.id)
            if extract.continued and place is not None and isinstance(record, Reading):
                total = records[place]
                if isinstance(total, Reading):
                    records[place] = total.model_copy(
                        update={"value": round(total.value + record.value, 6)}
                    )
                continue
            if extract.continued:
                sums[record.id] = len(records)
            records.append(record)
    return records


def merged(records: Iterable[Record]) -> tuple[tuple[Record, ...], list[Problem]]:
    """Each record once, by its id; of one workout that two sources tell, the first teller's."""
    every = list(records)
    once = {record.id: record for record in reversed(every)}
    problems = _twice(every, once)
    workouts = sorted((r for r in once.values() if isinstance(r, Workout)), key=lambda r: r.at)
    kept: list[Workout] = []
    for workout in workouts:
        same = next((other for other in kept[-5:] if _same_workout(other, workout)), None)
        if same is None:
            kept.append(workout)
            continue
        del once[workout.id]
        reason = f"{workout.source} tells the same workout as {same.source}: it is kept once."
        problems.append(Problem(workout.source, reason, value=f"{workout.at:%Y-%m-%d %H:%M}"))
    return tuple(record for record in every if once.pop(record.id, None) is not None), problems


def _label(factor: str) -> str:
    """How a factor is called on screen; a person's own by its key."""
    return FACTORS[factor].label.lower() if factor in FACTORS else factor


def _twice(every: list[Record], once: Mapping[UUID, Record]) -> list[Problem]:
    """Sentences about what the files tell twice.

    A plain repetition is counted, another value is named.
    """
    problems: list[Problem] = []
    repeated: Counter[str] = Counter()
    for record in every:
        first = once[record.id]
        if isinstance(record, Reading) and isinstance(first, Reading) and _differs(first, record):
            what = f"{_label(record.factor)} of {record.day}"
            reason = f"{what} is told twice with different values: {first.value:g} was kept."
            problems.append(Problem(record.source, reason, value=f"{record.value:g}"))
        elif first is not record:
            repeated[record.source] += 1
    for source, count in repeated.items():
        said = counted(count, "entry", "entries")
        problems.append(Problem(source, f"{said} told twice, word for word: kept once."))
    return problems


def marked(records: Sequence[Record], known: Log | None) -> tuple[frozenset[object], list[str]]:
    """The ids that the log already holds, and sentences on values that differ.

    And on sources that overlap. An entry is held by its id, or where the log has as many of the
    same kind in the same minute; a reading where it has one of its day, factor and source, or of
    its value.
    """
    if known is None or not known.records:
        return frozenset(), _overlap_notes(records, ())
    held = {record.id: record for record in known.records}
    readings = {(r.day, r.factor, r.source): r for r in known.readings}
    duplicates: set[object] = {record.id for record in records if record.id in held}
    changed: Counter[str] = Counter()
    left = Counter(
        mark for record in known.records if record.id not in duplicates for mark in _marks(record)
    )
    for record in records:
        marks = () if record.id in duplicates else [m for m in _marks(record) if left[m] > 0]
        if marks:
            duplicates.add(record.id)
            left.subtract(marks)
        if isinstance(record, Reading):
            there = held.get(record.id) or readings.get((record.day, record.factor, record.source))
            changed[record.factor] += isinstance(there, Reading) and _differs(there, record)
    told = _told_already(records, known, duplicates)
    return frozenset(duplicates | told), [
        *_changed_notes(changed),
        *_told_notes(told),
        *_overlap_notes(records, known.readings),
    ]


def marked_import(found: Import, known: Log | None) -> Import:
    """What was read, with what the log already holds of it."""
    duplicates, notes = marked(found.records, known)
    summary = replace(found.summary, notes=(*found.summary.notes, *notes))
    return replace(found, duplicates=duplicates, summary=summary)


def _marks(record: Record) -> Iterable[tuple[object, ...]]:
    """What makes two records the same for a person, whatever their ids."""
    if isinstance(record, Event):
        yield type(record).__name__, record.at.astimezone(UTC).replace(second=0, microsecond=0)
    elif isinstance(record, Reading):
        yield "source", record.day, record.factor, record.source
        yield "value", record.day, record.factor, round(record.value, 6)
    elif isinstance(record, TrackedSpan):
        yield "span", record.first_day, record.last_day
    else:
        yield "mark", record.first_day, record.kind, record.name


def _differs(held: Reading, read: Reading) -> bool:
    return abs(held.value - read.value) > 1e-6 * max(1.0, abs(held.value))


def _same_workout(one: Workout, other: Workout) -> bool:
    if one.source == other.source:
        return False
    lengths = [timedelta(minutes=workout.minutes or 0) for workout in (one, other)]
    shared = min(one.at + lengths[0], other.at + lengths[1]) - max(one.at, other.at)
    return shared > min(lengths) / 2


def _told_already(records: Sequence[Record], known: Log, duplicates: set[object]) -> set[UUID]:
    by_day: dict[object, list[Workout]] = defaultdict(list)
    for workout in known.workouts:
        by_day[workout.at.astimezone(UTC).date()].append(workout)
    told: set[UUID] = set()
    for record in records:
        if isinstance(record, Workout) and record.id not in duplicates:
            day = record.at.astimezone(UTC).date()
            near = (w for step in (-1, 0, 1) for w in by_day.get(day + timedelta(days=step), ()))
            if any(_same_workout(workout, record) for workout in near):
                told.add(record.id)
    return told


def _changed_notes(changed: Counter[str]) -> list[str]:
    differing = {factor: count for factor, count in changed.items() if count}
    if not differing:
        return []
    said = ", ".join(
        f"{_label(factor)} on {counted(count, 'day')}"
        for factor, count in sorted(differing.items())
    )
    return [
        f"Changed since the last import: {said}. Your log keeps its own value; delete it there to"
        " take the file's."
    ]


def _told_notes(told: set[UUID]) -> list[str]:
    if not told:
        return []
    return [
        "Already in your log from another source, at the same time:"
        f" {counted(len(told), 'workout')}."
    ]


def _overlap_notes(records: Iterable[Record], known: Iterable[Reading]) -> list[str]:
    fresh = [record for record in records if isinstance(record, Reading)]
    factors = {reading.factor for reading in fresh}
    overlaps = source_overlaps(
        [*fresh, *(reading for reading in known if reading.factor in factors)]
    )
    return [
        f"Several sources tell {_label(factor)} on the same day ({', '.join(sources)}): "
        "per day one counts, never the sum."
        for factor, sources in overlaps.items()
    ]
