"""FIT files of watches and bike computers (``.fit``, ``.fit.gz``).

One workout per session, weights of a scale.

Times are UTC; the offset of the watch is ``local_timestamp`` less ``timestamp`` of the activity
message.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import fitdecode

from legcare.importers.cells.instants import local, wall
from legcare.importers.harvest import Harvest
from legcare.importers.programs.fit_thin import Unclear, thinned
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import fixed

KEY, LABEL = "fit", "FIT file"
MOST_BYTES = 20 * 1024 * 1024
CUT = "The file is damaged or cut off: what stood before that place was read."
_NEEDED = ("session", "activity", "weight_scale")
# The decoder meets nonsense with whatever Python raises, assertions included.
_BROKEN = (
    fitdecode.FitError,
    struct.error,
    AssertionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RecursionError,
)
Fields = dict[str, Any]


def recognise(peek: Peek) -> str | None:
    """By the letters .FIT behind its first eight bytes."""
    return (
        "Its header says .FIT, the format of watches and bike computers."
        if peek.head[8:12] == b".FIT"
        else None
    )


def extract(source: Source, asked: Asked) -> Extract:
    """Workouts and weights; of a damaged file, what stood before the damage."""
    found = Harvest(source.name, KEY, LABEL)
    messages = _decoded(found, source.whole(MOST_BYTES))
    offset = next((_offset(fields) for name, fields in messages if name == "activity"), None)
    switched_on = next(
        (_switched_on(fields) for name, fields in messages if name == "activity"), None
    )
    for name, fields in messages:
        with found.row(None, name):
            if name == "session":
                _session(found, _dated(fields, switched_on, asked), asked, offset)
            elif name == "weight_scale" and isinstance(fields.get("weight"), int | float):
                day = _local(fields["timestamp"], asked, offset).date()
                found.value("weight_kg", day, float(fields["weight"]))
    if not any(name in ("session", "weight_scale") for name, _ in messages):
        found.problem(
            "There is no workout in this file: courses, settings and step counts of a FIT file are"
            " not read."
        )
    return found.extract()


def _decoded(found: Harvest, data: bytes) -> list[tuple[str, Fields]]:
    """The messages that are asked for, as far as the file is whole."""
    try:
        thin = thinned(data)
        data = thin.data
        if not thin.whole:
            found.problem(CUT)
    except Unclear:
        pass  # then the decoder sees all of it, and says itself what is wrong
    messages: list[tuple[str, Fields]] = []
    try:
        for message in _messages(data):
            messages.append(message)
    except _BROKEN as error:
        found.problem(f"{CUT} ({str(error)[:100]})")
    return messages


def _messages(data: bytes) -> Iterator[tuple[str, Fields]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with fitdecode.FitReader(data, check_crc=fitdecode.CrcCheck.DISABLED) as reader:
            for frame in reader:
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name in _NEEDED:
                    yield (
                        frame.name,
                        {
                            field.name: field.value
                            for field in frame.fields
                            if field.value is not None
                        },
                    )


def _switched_on(activity: Fields) -> datetime | None:
    """The wall-clock time at which a watch began to count.

    For watches that count seconds since they were switched on.
    """
    there, seconds = activity.get("local_timestamp"), activity.get("timestamp")
    if not isinstance(there, datetime) or not isinstance(seconds, int):
        return None
    return there.replace(tzinfo=None) - timedelta(seconds=seconds)


def _dated(fields: Fields, switched_on: datetime | None, asked: Asked) -> Fields:
    start = fields.get("start_time")
    if switched_on is None or not isinstance(start, int):
        return fields
    return {**fields, "start_time": wall(switched_on + timedelta(seconds=start), asked.zone)[0]}


def _session(found: Harvest, fields: Fields, asked: Asked, offset: timedelta | None) -> None:
    start = _local(fields.get("start_time", fields.get("timestamp")), asked, offset)
    seconds = fields.get("total_timer_time", fields.get("total_elapsed_time"))
    sport = str(fields.get("sport") or "")
    sub = str(fields.get("sub_sport") or "")
    distance = fields.get("total_distance")
    km = distance / 1000 if isinstance(distance, int | float) and distance > 0 else None
    named = sub if "strength" in sub else sport
    found.workout(start, seconds / 60 if isinstance(seconds, int | float) else None, named, km=km)


def _local(at: object, asked: Asked, offset: timedelta | None) -> datetime:
    """Seconds since the watch was switched on (below 2^28) name no date.

    Such a session is a problem.
    """
    if not isinstance(at, datetime):
        raise ValueError("The watch had no date when it recorded this: its start is not known.")
    moment = local(at, asked.zone)
    return moment if offset is None else fixed(at.astimezone(timezone(offset)))


def _offset(fields: Fields) -> timedelta | None:
    there, utc = fields.get("local_timestamp"), fields.get("timestamp")
    if not isinstance(there, datetime) or not isinstance(utc, datetime):
        return None
    minutes = (
        round((there.replace(tzinfo=UTC) - utc.replace(tzinfo=UTC)).total_seconds() / 900) * 15
    )
    return timedelta(minutes=minutes) if abs(minutes) <= 14 * 60 else None


FORMATS = (Format(KEY, LABEL, recognise, extract),)
