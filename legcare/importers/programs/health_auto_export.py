"""Health Auto Export: Apple Health's values and workouts as JSON, each with its unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from legcare.importers.cells.instants import iso_day, iso_parts
from legcare.importers.cells.numbers import number
from legcare.importers.cells.units import conversion, unit_named
from legcare.importers.harvest import Harvest
from legcare.importers.jsontext import loaded, starts_with_key
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import BUILT_IN

KEY, LABEL = "health_auto_export", "Health Auto Export"
_STORED = {factor.key: factor.unit for factor in BUILT_IN}
_METRICS = {
    "step_count": "steps",
    "dietary_water": "hydration_ml",
    "dietary_magnesium": "magnesium_mg",
    "dietary_potassium": "potassium_mg",
    "dietary_sodium": "sodium_mg",
    "dietary_caffeine": "caffeine_mg",
    "weight_body_mass": "weight_kg",
    "resting_heart_rate": "resting_hr",
    "apple_exercise_time": "exercise_min",
}


def recognise(peek: Peek) -> str | None:
    """By its lists of metrics or workouts inside ``data``."""
    listed = starts_with_key(peek, "metrics") or starts_with_key(peek, "workouts")
    if starts_with_key(peek, "data") and listed:
        return "Its lists of “metrics” and “workouts” are those of Health Auto Export."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """Daily values, nights and workouts."""
    found = Harvest(source.name, KEY, LABEL)
    data = loaded(source)
    data = data.get("data", {}) if isinstance(data, dict) else {}
    for metric in data.get("metrics") or ():
        for point in metric.get("data") or ():
            with found.row(None, str(metric.get("name", ""))):
                _point(found, metric, point)
    for workout in data.get("workouts") or ():
        with found.row(None, str(workout.get("name", ""))):
            _workout(found, workout, asked)
    return found.extract()


def _point(found: Harvest, metric: Mapping[str, Any], point: Mapping[str, Any]) -> None:
    name, unit = str(metric.get("name")), str(metric.get("units", ""))
    day = iso_day(str(point["date"]))
    if name == "sleep_analysis":
        hours = number(point.get("totalSleep")) or number(point.get("asleep"))
        found.value("sleep_h", day, hours or None)
        return
    factor = _METRICS.get(name)
    if factor is None:
        return
    plain = unit.replace("_us", "").replace("_", " ")
    same = plain in ("count", "count/min", "", _STORED[factor])
    how = (1.0, 0.0) if same else conversion(unit_named(plain, _STORED[factor]), _STORED[factor])
    value = number(point.get("qty"))
    if how is None:
        raise ValueError(f"{name} is given in {unit[:20]!r}, which is no unit that is known")
    found.value(factor, day, None if value is None else value * how[0])


def _workout(found: Harvest, workout: Mapping[str, Any], asked: Asked) -> None:
    at, ended = (iso_parts(str(workout[end])) for end in ("start", "end"))
    seconds = number(workout.get("duration")) or (ended - at).total_seconds()
    far = workout.get("distance")
    far = far if isinstance(far, dict) else {}
    how = conversion(unit_named(str(far.get("units", ""))), "km")
    km = (number(far.get("qty")) or 0) * how[0] if how else None
    found.workout(
        at if at.tzinfo else found.wall(at, asked.zone), seconds / 60, str(workout["name"]), km=km
    )


FORMATS = (Format(KEY, LABEL, recognise, extract),)
