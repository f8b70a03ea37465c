"""Apple Health.

``export.xml`` of any language and size, bare or inside its zip, to readings and workouts.

Steps, water and the like are summed per day and source name; several sources stay apart, because
phone and watch count the same minutes. Sleep is the union of asleep spans, on the day of waking;
time in bed where no source knows sleep.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from legcare.errors import BadTime
from legcare.importers.apple import units as apple
from legcare.importers.apple.stream import ROOT, feed
from legcare.importers.apple.target import AppleTarget, AppleWorkout, Attributes, day_of
from legcare.importers.cells.instants import iso_day, local
from legcare.importers.counted import counted
from legcare.importers.daily import DayValues, sleep_per_day
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.result import Problem
from legcare.importers.source import Peek, Source
from legcare.records import Workout, imported_id

KEY, LABEL = "apple_health", "Apple Health"
ROUTES = "*.gpx"  # the ways of the workouts that the export itself tells


def recognise(peek: Peek) -> str | None:
    """By its root element or document type, which no other file has.

    The clinical twin (CDA) has neither.
    """
    if b"<!DOCTYPE HealthData" in peek.head or ROOT + b" " in peek.head or ROOT + b">" in peek.head:
        return "Its first lines declare HealthData, the document type of an Apple Health export."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """Daily readings, workouts and what could not be kept."""
    target = AppleTarget(asked.zone, source.name)
    with source.open() as stream:
        problems = feed(stream, target, source.name)
    target.finish()
    values = DayValues(source.name, KEY)
    notes: list[str] = []
    _sums(values, target, problems)
    _singles(values, target, problems)
    _sleep(values, target, notes)
    _standing(values, target)
    workouts = tuple(_workouts(target, source.name, problems))
    _exercise(values, target, notes, has_workouts=bool(workouts))
    readings = values.readings()
    notes += _unused(target)
    return Extract(
        (*workouts, *readings),
        (*problems, *target.problems, *values.problems),
        tuple(notes),
        claims=frozenset((ROUTES,)),
    )


def _named(source: str) -> str:
    return f"{LABEL}: {' '.join(source.split()) or 'unnamed'}"[:200]


def _sums(values: DayValues, target: AppleTarget, problems: list[Problem]) -> None:
    unknown: set[tuple[str, str]] = set()
    for (kind, source, unit, day), total in target.sums.items():
        factor, units = apple.SUMMED[kind]
        if unit not in units:
            unknown.add((kind, unit))
        elif factor != "exercise_min":
            values.add(factor, _named(source), day_of(day), total * units[unit])
    problems += [_unit(target, kind, unit) for kind, unit in sorted(unknown)]


def _singles(values: DayValues, target: AppleTarget, problems: list[Problem]) -> None:
    for at, kind, source, unit, value in sorted(target.singles):
        factor, units = apple.SINGLE[kind]
        if unit in units:
            values.add(factor, _named(source), at.date(), value * units[unit])
        else:
            problems.append(_unit(target, kind, unit))


def _unit(target: AppleTarget, kind: str, unit: str) -> Problem:
    word = kind.removeprefix(apple.QUANTITY)
    return Problem(
        target.name,
        f"{word} in a unit that is not known: those values were left out.",
        value=unit[:40],
    )


def _sleep(values: DayValues, target: AppleTarget, notes: list[str]) -> None:
    for (source, asleep), spans in target.sleep.items():
        if asleep:
            for day, hours in sleep_per_day(spans).items():
                values.add("sleep_h", _named(source), day, hours)
    known = values.days("sleep_h")
    bed = 0
    for (source, asleep), spans in target.sleep.items():
        if asleep:
            continue
        for day, hours in sleep_per_day(spans).items():
            if day not in known:
                bed += 1
                values.add("sleep_h", _named(f"{source} (time in bed)"), day, hours)
    if bed:
        notes.append(
            f"On {counted(bed, 'day')} no source says when you slept: the time in bed stands"
            " for it."
        )


def _standing(values: DayValues, target: AppleTarget) -> None:
    for (source, ordinal), count in target.stood.items():
        values.add("standing_h", _named(source), day_of(ordinal), float(count))
    if not target.stood:
        for day, hours in _rings(target, "appleStandHours", 24):
            values.add("standing_h", _named("activity rings"), day, hours)


def _exercise(
    values: DayValues, target: AppleTarget, notes: list[str], *, has_workouts: bool
) -> None:
    """Exercise minutes of the ring count walking too.

    Beside workouts they would measure two different things.
    """
    rings = list(_rings(target, "appleExerciseTime", 1440))
    timed = [
        (key, total)
        for key, total in target.sums.items()
        if apple.SUMMED[key[0]][0] == "exercise_min"
    ]
    if not rings and not timed:
        return
    if has_workouts:
        notes.append(
            "Apple's exercise minutes were left out: your workouts say more exactly when and how"
            " you exercised."
        )
        return
    for day, minutes in rings:
        values.add("exercise_min", _named("activity rings"), day, minutes)
    for (_, source, unit, ordinal), total in timed if not rings else ():
        values.add(
            "exercise_min", _named(source), day_of(ordinal), total * apple.MINUTES.get(unit, 1.0)
        )


def _rings(target: AppleTarget, name: str, most: float) -> Iterator[tuple[date, float]]:
    """A daily summary's value.

    A day of zero is a day on which the watch was not worn, or did not count yet.
    """
    for attributes in target.activity:
        try:
            day, value = iso_day(attributes["dateComponents"]), float(attributes[name])
        except (KeyError, ValueError, BadTime):
            continue
        if 0 < value <= most:
            yield day, value


def _workouts(target: AppleTarget, file: str, problems: list[Problem]) -> Iterator[Workout]:
    for found in target.workouts:
        try:
            yield _workout(found)
        except (ValueError, KeyError, BadTime) as error:
            said = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            shown = found.attributes.get("startDate", "")[:40]
            problems.append(
                Problem(file, f"A workout was left out: {said}", column="Workout", value=shown)
            )


def _workout(found: AppleWorkout) -> Workout:
    attributes = found.attributes
    start, end = (
        _instant(attributes["startDate"]),
        _instant(attributes.get("endDate", attributes["startDate"])),
    )
    minutes = _minutes(attributes, end - start)
    kind, text = apple.workout_kind(attributes.get("workoutActivityType", ""))
    source = _named(attributes.get("sourceName", ""))
    return Workout(
        id=imported_id(
            KEY, "workout", start.astimezone(UTC), end.astimezone(UTC), kind, text, source
        ),
        at=local(start, found.zone),
        minutes=round(minutes, 4),
        kind=kind,
        kind_text=text,
        source=source,
        note=_told(found),
    )


def _instant(printed: str) -> datetime:
    return datetime.strptime(printed, "%Y-%m-%d %H:%M:%S %z")


def _minutes(attributes: Attributes, between: timedelta) -> float:
    """The duration that Apple gives leaves pauses out.

    Only without it does the time between start and end stand.
    """
    unit = apple.MINUTES.get(attributes.get("durationUnit", "min"))
    minutes = between.total_seconds() / 60
    if "duration" in attributes and unit is not None:
        minutes = float(attributes["duration"]) * unit
    if not 0 <= minutes <= 1440:
        raise ValueError(f"it would have lasted {minutes:g} minutes")
    return minutes


def _told(found: AppleWorkout) -> str:
    """Distance and energy in words.

    From the children that iOS 16 and later write, else from the old attributes.
    """
    told: dict[str, str] = {}
    for name, total in (("Distance", "totalDistance"), ("Energy", "totalEnergyBurned")):
        value, unit = found.attributes.get(total), found.attributes.get(total + "Unit")
        if value and unit and _positive(value):
            told[name] = f"{name} {float(value):.4g} {unit}"
    for child in found.statistics:
        kind = child.get("type", "").removeprefix(apple.QUANTITY)
        name = (
            "Distance"
            if kind.startswith("Distance")
            else "Energy"
            if kind == "ActiveEnergyBurned"
            else ""
        )
        if name and _positive(child.get("sum", "")):
            told[name] = f"{name} {float(child['sum']):.4g} {child.get('unit', '')}"
    return "; ".join(told[name] for name in sorted(told))[:500]


def _positive(text: str) -> bool:
    try:
        return 0 < float(text) < 1e9
    except ValueError:
        return False


def _unused(target: AppleTarget) -> list[str]:
    if not target.unused:
        return []
    names = sorted(target.unused, key=lambda kind: -target.unused[kind])
    words = [kind.rpartition("Identifier")[2][:40] or kind[:40] for kind in names[:6]]
    more = f" and {len(names) - 6} other kinds" if len(names) > 6 else ""
    total = counted(sum(target.unused.values()), "entry", "entries")
    return [f"Left out, because legcare has no use for them: {total} ({', '.join(words)}{more})."]


FORMATS = (Format(KEY, LABEL, recognise, extract),)
