"""An entry as a phone or another device sends it: one JSON object, the fields of a record.

Only ``type`` is needed. ``at`` (or the day) is then now, and without an ``id`` what one device
sends twice within a minute is one entry.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import ValidationError

from legcare.errors import BadRecord
from legcare.records import (
    ANY_RECORD,
    BUILT_IN,
    RECORD_TYPES,
    Event,
    Factor,
    Preferences,
    Reading,
    Record,
    calendar_days,
    imported_id,
    legcare_day,
    written,
)
from legcare.records import now as utc_now
from legcare.storage.device_log import refusal

LARGEST = 4096
AHEAD = timedelta(hours=1)  # a clock that goes wrong by more is said, not kept
AMENDED = frozenset({"minutes", "relief", "relief_after"})


def fields(body: bytes) -> dict[str, object]:
    """The JSON object of a request; raises ``BadRecord`` where it is none."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise BadRecord('Send one JSON object, such as {"type": "cramp"}. Nothing was saved.')
    return content


def entry(
    body: Mapping[str, object], device: UUID, now: datetime, preferences: Preferences
) -> Record:
    """The record that was sent, made whole; ``now`` is on the person's clock.

    Raises ``BadRecord`` with the field and what is wrong with it.
    """
    kind = body.get("type")
    if not isinstance(kind, str) or kind not in RECORD_TYPES:
        raise BadRecord(f"type must be one of: {', '.join(RECORD_TYPES)}. Nothing was saved.")
    stamp = {"source": "entered", "created_at": utc_now()}
    whole = {**_moment(kind, now, preferences), **body, **stamp}
    whole.setdefault("id", imported_id(device, kind, f"{now:%Y-%m-%d %H:%M}"))
    try:
        record = ANY_RECORD.validate_python(whole)
    except ValidationError as error:
        raise BadRecord(refusal(error)) from None
    _check_time(record, now)
    if isinstance(record, Reading):
        _check_factor(record, {each.key: each for each in (*BUILT_IN, *preferences.own_factors)})
    return record


def _moment(kind: str, now: datetime, preferences: Preferences) -> dict[str, object]:
    """When it was, where nothing else is said: now, and for a day without cramps the last one."""
    today = legcare_day(now, preferences.day_start)
    if kind == "tracked_span":
        return {"first_day": today - timedelta(days=1), "last_day": today - timedelta(days=1)}
    if issubclass(RECORD_TYPES[kind], Event):
        return {"at": now}
    return {"day" if kind == "reading" else "first_day": today}


def _check_time(record: Record, now: datetime) -> None:
    late = (
        record.at > now + AHEAD
        if isinstance(record, Event)
        else calendar_days(record)[0] > (now + timedelta(days=1)).date()
    )
    if late:
        raise BadRecord(
            "Its time lies in the future, so it was not saved: check the clock of the device, then"
            " log it again."
        )


def _check_factor(reading: Reading, factors: Mapping[str, Factor]) -> None:
    factor = factors.get(reading.factor)
    if factor is None:
        raise BadRecord(
            f"There is no factor {reading.factor!r} in this log. The names stand in the data"
            " dictionary of the ZIP (Share page). Nothing was saved."
        )
    if not factor.low <= reading.value <= factor.high:
        raise BadRecord(
            f"{factor.label} must lie between {written.brief(factor.low)} and"
            f" {written.brief(factor.high)}; it is {written.brief(reading.value)}. Nothing was"
            " saved."
        )
