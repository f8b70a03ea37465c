"""Fitbit and Google Takeout: JSON lists by month.

Minute values and exercises are printed in UTC as month/day/year, sleep and daily minutes in local
time. A list of ``dateTime`` and ``value`` does not say what it measures: there, and only there, the
file's name must.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date
from typing import Any

from legcare.errors import BadFile
from legcare.importers.cells.dates import Order
from legcare.importers.cells.instants import iso_day, local, printed_time
from legcare.importers.cells.numbers import number
from legcare.importers.harvest import Harvest
from legcare.importers.jsontext import items, starts_with_key
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source

KEY, LABEL = "fitbit", "Fitbit"
_FIELDS = {
    "minutesAsleep": "a night's sleep",
    "activeDuration": "an exercise",
    "waterAmount": "a drink",
}
_VALUES = re.compile(r'^\s*\[\s*\{\s*"dateTime"\s*:\s*"\d\d/\d\d/\d\d')
_MEASURES = ("steps", "resting_heart_rate", "very_active_minutes", "moderately_active_minutes")
_WATER = {"MILLILITER": 1.0, "ML": 1.0, "FL_OZ": 29.5735295625, "CUP": 236.5882365, "LITER": 1000.0}


def recognise_json(peek: Peek) -> str | None:
    """By the field names of Takeout's lists."""
    for name, said in _FIELDS.items():
        if starts_with_key(peek, name):
            return f"Its field “{name}” is that of {said} in a Fitbit export."
    if _VALUES.match(peek.text):
        return (
            "A list of “dateTime” and “value” with month/day/year is how Fitbit exports minute"
            " values."
        )
    return None


def extract_json(source: Source, asked: Asked) -> Extract:
    """Nights, exercises, drinks, steps or resting heart rates, whichever the file holds."""
    found = Harvest(source.name, KEY, LABEL)
    found.continued = True
    measure = _measure(source) if _VALUES.match(source.peek.text) else ""
    sums: dict[date, float] = defaultdict(float)
    for item in items(source):
        with found.row(
            None, str(item.get("dateTime", item.get("startTime", item.get("date", ""))))
        ):
            if measure:
                _value(found, measure, item, asked, sums)
            else:
                _item(found, item, asked)
    for day, total in sums.items():
        found.value("steps" if measure == "steps" else "exercise_min", day, total)
    return found.extract()


def _measure(source: Source) -> str:
    name = source.name.rpartition("/")[2].casefold()
    measure = next(
        (known for known in _MEASURES if name.startswith(known) or f"_{known}" in name), ""
    )
    if not measure:
        raise BadFile(
            f"{source.name} lists Fitbit values but not of what: legcare uses steps, resting heart"
            " rate and active minutes, and knows them only by the name that Takeout gave the file"
            " (steps-2024-03-01.json)."
        )
    return measure


def _value(
    found: Harvest, measure: str, item: Mapping[str, Any], asked: Asked, sums: dict[date, float]
) -> None:
    at = printed_time(str(item["dateTime"]), Order.MDY)
    if measure == "steps":
        sums[local(at.replace(tzinfo=UTC), asked.zone).date()] += number(item["value"]) or 0
    elif measure == "resting_heart_rate":
        found.value("resting_hr", at.date(), number(item["value"]["value"]) or None)
    else:
        sums[at.date()] += number(item["value"]) or 0


def _item(found: Harvest, item: Mapping[str, Any], asked: Asked) -> None:
    if "minutesAsleep" in item:
        found.value(
            "sleep_h", iso_day(str(item["dateOfSleep"])), (number(item["minutesAsleep"]) or 0) / 60
        )
    elif "waterAmount" in item:
        unit = str(item.get("measurementUnit", "MILLILITER")).upper()
        if unit not in _WATER:
            raise ValueError(f"a drink in {unit[:20]}, which is no unit that is known")
        amount = number(item["waterAmount"])
        day = printed_time(str(item["date"]), Order.MDY).date()
        found.value("hydration_ml", day, None if amount is None else amount * _WATER[unit])
    elif "activeDuration" in item:
        at = local(printed_time(str(item["startTime"]), Order.MDY).replace(tzinfo=UTC), asked.zone)
        found.workout(at, float(item["activeDuration"]) / 60_000, str(item.get("activityName", "")))


FORMATS = (Format("fitbit", LABEL, recognise_json, extract_json),)
