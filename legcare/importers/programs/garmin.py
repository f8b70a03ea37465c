"""Garmin Connect.

The activities table of the web page in any language, and the account export's JSON files.

The table gives local times, decimals by the account's locale, and ``--`` for nothing. Its first
seven columns stand in the same places in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, timedelta, timezone

from legcare.errors import BadFile, BadTime
from legcare.importers.cells.dates import Order
from legcare.importers.cells.instants import (
    from_millis,
    iso_day,
    iso_parts,
    printed_time,
)
from legcare.importers.cells.numbers import decimal_comma, hours, number
from legcare.importers.columns import Row, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.jsontext import items, starts_with_key
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import Clock, fixed

KEY, LABEL = "garmin", "Garmin Connect"
_TRUTH = frozenset({"true", "false", "wahr", "falsch", "sant", "falskt", "sand", "falsk"})
_DATED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d{1,2}\.\d{1,2}\.\d{4}( \d\d:\d\d(:\d\d)?)?")
_SLEEP = ("avg score", "avg quality", "avg duration", "avg sleep need")


def recognise_table(peek: Peek) -> str | None:
    """By what stands in the first seven columns.

    Type, local date, favourite yes or no, title, ..., a duration.
    """
    if peek.has(*_SLEEP):
        return "Its columns are those of Garmin Connect's weekly sleep view."
    row = next((row for row in peek.rows[1:] if len(row) >= 15), ())
    if (
        row
        and _DATED.fullmatch(row[1])
        and row[2].casefold() in _TRUTH
        and hours(_duration(row[6])) is not None
    ):
        return (
            "A type, a local date, a favourite mark and a duration stand where Garmin's"
            " Activities.csv has them."
        )
    if peek.has("activity type", "date", "favorite", "title", "calories", "time"):
        return "Its columns are those of Garmin's Activities.csv."
    return None


def extract_table(source: Source, asked: Asked) -> Extract:
    """One workout per row.

    Refuses the weekly sleep view, whose rows are averages of weeks without a year.
    """
    if source.peek.has(*_SLEEP):
        raise BadFile(
            f"{source.name} is Garmin's weekly sleep view: averages of weeks without a year, from"
            " which no night can be told. Ask Garmin for your account export instead; its zip"
            " holds every night."
        )
    found = Harvest(source.name, KEY, LABEL)
    comma = decimal_comma(cell for row in source.peek.rows[1:] for cell in row)
    asked = replace(asked, order=found.order((row.at(1) for row in rows_of(source)), asked))
    for row in rows_of(source):
        with found.row(row.line, row.at(1)):
            _activity(found, row, asked, comma=comma)
    return found.extract()


def _activity(found: Harvest, row: Row, asked: Asked, *, comma: bool) -> None:
    naive = printed_time(row.at(1), asked.order or Order.DMY)
    known = Clock.EXACT if ":" in row.at(1) else Clock.UNKNOWN
    sometime = known is Clock.UNKNOWN
    length = hours(_duration(row("moving time"))) or hours(_duration(row.at(6)))
    effort = number(row("effort"), comma=comma) if "effort" in row else None
    found.workout(
        found.sometime(naive.date(), asked.zone) if sometime else found.wall(naive, asked.zone),
        None if length is None else length * 60,
        row.at(0),
        effort=effort or None,
        note=row.at(3),
        clock=known,
    )


def _duration(cell: str) -> str:
    return cell if cell.count(":") == 2 else ""


_KEYS = {
    "summarizedActivitiesExport": "activities",
    "sleepStartTimestampGMT": "nights",
    "totalSteps": "daily summaries",
    "valueInML": "drinks",
}


def recognise_account(peek: Peek) -> str | None:
    """By the names of the fields that only Garmin's account export has."""
    for name, said in _KEYS.items():
        if starts_with_key(peek, name):
            return f"Its field “{name}” is that of the {said} in Garmin's account export."
    return None


def extract_account(source: Source, asked: Asked) -> Extract:
    """Workouts, nights, steps, resting heart rate and drinks, whichever the file holds."""
    found = Harvest(source.name, KEY, LABEL)
    for item in items(source):
        activities = item.get("summarizedActivitiesExport")
        for each in _listed(activities) if activities is not None else (item,):
            with found.row(None, str(each.get("calendarDate", each.get("name", "")))):
                _told(found, each, asked)
    return found.extract()


def _listed(activities: object) -> Iterator[Mapping[str, object]]:
    if isinstance(activities, Iterable):
        yield from (each for each in activities if isinstance(each, dict))


def _told(found: Harvest, each: Mapping[str, object], asked: Asked) -> None:
    if "startTimeGmt" in each or "beginTimestamp" in each:
        _workout(found, each, asked)
    elif "sleepStartTimestampGMT" in each:
        seconds = [
            number(each.get(name))
            for name in ("deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds")
        ]
        if any(seconds):
            found.value(
                "sleep_h", iso_day(str(each["calendarDate"])), sum(s or 0 for s in seconds) / 3600
            )
    elif "valueInML" in each:
        found.value("hydration_ml", iso_day(str(each["calendarDate"])), number(each["valueInML"]))
    elif "totalSteps" in each:
        day = iso_day(str(each["calendarDate"]))
        found.value("steps", day, number(each["totalSteps"]))
        found.value("resting_hr", day, number(each.get("restingHeartRate")) or None)


def _workout(found: Harvest, each: Mapping[str, object], asked: Asked) -> None:
    gmt = float(str(each.get("startTimeGmt", each.get("beginTimestamp"))))
    at = from_millis(gmt, asked.zone)
    offset = _offset(each.get("startTimeLocal"), gmt)
    millis = number(each.get("movingDuration")) or number(each.get("duration"))
    found.workout(
        at if offset is None else fixed(at.astimezone(timezone(offset))),
        None if millis is None else millis / 60_000,
        str(each.get("activityType") or each.get("sportType") or ""),
        note=str(each.get("name") or ""),
    )


def _offset(local: object, gmt: float) -> timedelta | None:
    """The watch's own offset from UTC, where the file gives local time too and the two fit."""
    if local is None:
        return None
    try:
        text = str(local)
        there = float(text) if re.fullmatch(r"[\d.eE+]+", text) else _utc_millis(text)
    except (ValueError, BadTime):
        return None
    minutes = round((there - gmt) / 60_000)
    return timedelta(minutes=minutes) if abs(minutes) <= 14 * 60 and minutes % 15 == 0 else None


def _utc_millis(text: str) -> float:
    return iso_parts(text).replace(tzinfo=UTC).timestamp() * 1000


FORMATS = (
    Format("garmin", LABEL, recognise_table, extract_table),
    Format("garmin_account", "Garmin account export", recognise_account, extract_account),
)
