"""Polar Flow: one JSON file a training session, and a list of nights.

Times are local, with the offset beside them; lengths are milliseconds, or ``PT2700S`` in old files.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, timezone
from typing import Any

from legcare.importers.cells.instants import iso_day, iso_parts
from legcare.importers.cells.numbers import Scale, number, number_in
from legcare.importers.harvest import Harvest
from legcare.importers.jsontext import items, starts_with_key
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import fixed

KEY, LABEL = "polar", "Polar Flow"
_SPORTS = {
    "1": "running",
    "2": "cycling",
    "3": "walking",
    "11": "hiking",
    "15": "strength",
    "17": "treadmill",
    "18": "indoor cycling",
    "38": "road cycling",
}


def recognise(peek: Peek) -> str | None:
    """By a session's fields, or those of a night."""
    if starts_with_key(peek, "exercises") and starts_with_key(peek, "startTime"):
        return "Its fields “startTime” and “exercises” are those of a Polar training session."
    if starts_with_key(peek, "night") and starts_with_key(peek, "evaluation"):
        return "Its fields “night” and “evaluation” are those of Polar's nights."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """A workout for a session, hours asleep for nights."""
    found = Harvest(source.name, KEY, LABEL)
    for item in items(source):
        with found.row(None, str(item.get("startTime", item.get("night", "")))):
            if "night" in item:
                hours = _minutes(item.get("evaluation", {}).get("asleepDuration"))
                found.value("sleep_h", iso_day(str(item["night"])), hours / 60 if hours else None)
            else:
                _session(found, item, asked)
    return found.extract()


def _session(found: Harvest, item: Mapping[str, Any], asked: Asked) -> None:
    at = iso_parts(str(item["startTime"])[:19])
    offset = item.get("timezoneOffsetMinutes", item.get("timeZoneOffset"))
    known = isinstance(offset, int) and abs(offset) <= 14 * 60
    zoned = fixed(at.replace(tzinfo=timezone(timedelta(minutes=offset)))) if known else None
    millis = number(item.get("durationMillis"))
    minutes = millis / 60_000 if millis else _minutes(item.get("duration"))
    if minutes is None and item.get("stopTime"):
        minutes = (iso_parts(str(item["stopTime"])[:19]) - at).total_seconds() / 60
    metres = number(item.get("distanceMeters", item.get("distance"))) or 0
    exercises: list[Mapping[str, Any]] = item.get("exercises") or [{}]
    sport = item.get("sport") or exercises[0].get("sport", "")
    code = str(sport.get("id", "") if isinstance(sport, dict) else sport)
    found.workout(
        zoned or found.wall(at, asked.zone),
        minutes,
        _SPORTS.get(code, f"Polar sport {code}" if code.isdecimal() else code),
        note=str(item.get("name") or ""),
        km=metres / 1000,
    )


def _minutes(text: object) -> float | None:
    length = number_in(str(text or ""), ".", Scale(target="min")) if text else None
    return length if isinstance(length, float) else None


FORMATS = (Format(KEY, LABEL, recognise, extract),)
