"""Sleep apps: Sleep as Android, Sleepmeter and Plees-Tracker.

Sleep as Android writes a new header before every record; Sleepmeter stacks several tables in one
file.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from legcare.errors import BadTime
from legcare.importers.cells.instants import from_millis, printed_time
from legcare.importers.cells.numbers import number
from legcare.importers.columns import Row, places_of, rows_of
from legcare.importers.daily import Span, sleep_per_day
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source

ANDROID, METER, PLEES = "Sleep as Android", "Sleepmeter", "Plees-Tracker"
SHORTEST = timedelta(minutes=1)
_METER = ("wake", "sleep", "bedtime", "holes", "type")


def recognise_android(peek: Peek) -> str | None:
    """By the first columns of its records."""
    if peek.header[:6] == ("id", "tz", "from", "to", "sched", "hours"):
        return "Its columns Id, Tz, From, To, Sched, Hours are those of Sleep as Android."
    return None


def extract_android(source: Source, asked: Asked) -> Extract:
    """Hours asleep per wake-up day, in each record's own zone."""
    found = Harvest(source.name, "sleep_as_android", ANDROID)
    places = places_of(source.peek.rows[0])
    for line, cells in source.rows():
        if cells[0].strip() == "Id":
            places = places_of(cells)
            continue
        with found.row(line, cells[0]):
            _night(found, Row(line, cells, places), asked)
    return found.extract()


def _night(found: Harvest, row: Row, asked: Asked) -> None:
    try:
        zone = ZoneInfo(row("tz"))
    except (KeyError, ValueError, OSError):
        zone = asked.zone
    ended = found.wall(printed_time(row("to")), zone)
    asleep = number(row("hours"))
    if asleep is not None and asleep < 0:
        raise ValueError(f"{asleep:g} hours of sleep")
    found.value("sleep_h", ended.date(), asleep)


def recognise_meter(peek: Peek) -> str | None:
    """By its own tables, the first of which lists the person's own aids or the nights."""
    if peek.header[:5] == _METER or peek.header[:1] == ("custom_aid_id",):
        return "Its stacked tables (custom_aid_id, wake and sleep) are Sleepmeter's."
    return None


def extract_meter(source: Source, asked: Asked) -> Extract:
    """Nights and naps per wake-up day, less the holes in them (minutes from falling asleep)."""
    found = Harvest(source.name, "sleepmeter", METER)
    places: dict[str, list[int]] = {}
    spans: list[Span] = []
    for line, cells in source.rows():
        if tuple(cell.strip() for cell in cells[:5]) == _METER:
            places = places_of(cells)
        elif places and len(cells) >= 5:
            with found.row(line, cells[0]):
                spans += _less_holes(found, Row(line, cells, places), asked)
    for day, hours in sleep_per_day(spans).items():
        found.value("sleep_h", day, hours)
    return found.extract()


def _less_holes(found: Harvest, row: Row, asked: Asked) -> list[Span]:
    woke, slept = (_minute(found, row(name), asked) for name in ("wake", "sleep"))
    if not timedelta(0) <= woke - slept <= timedelta(hours=36):
        raise ValueError(f"no possible night, from {row('sleep')} to {row('wake')}")
    spans: list[Span] = []
    start = slept
    for hole in sorted(_holes(row("holes"))):
        out, back = (slept + timedelta(minutes=minutes) for minutes in hole)
        if out > start:
            spans.append((start, min(out, woke)))
        start = max(start, back)
    return [*spans, (start, woke)] if start < woke else spans


def _holes(text: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in re.findall(r"(\d{1,4})-(\d{1,4})", text)]


def _minute(harvest: Harvest, text: str, asked: Asked) -> datetime:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d \d\d:\d\d)([+-]\d{4})?", text)
    if found is None:
        raise BadTime(f"{text[:40]!r} is no time that Sleepmeter writes.")
    return harvest.iso(found[1] + ":00" + (found[2] or ""), asked.zone)


def recognise_plees(peek: Peek) -> str | None:
    """By its four columns."""
    if peek.header[:4] == ("sid", "start", "stop", "rating"):
        return "Its columns sid, start, stop, rating are those of Plees-Tracker."
    return None


def extract_plees(source: Source, asked: Asked) -> Extract:
    """Hours asleep per wake-up day."""
    found = Harvest(source.name, "plees", PLEES)
    spans: list[Span] = []
    for row in rows_of(source):
        with found.row(row.line, row.at(0)):
            start, stop = (from_millis(float(row(name)), asked.zone) for name in ("start", "stop"))
            if not timedelta(0) <= stop - start <= timedelta(hours=36):
                raise ValueError(f"no possible night, from {start} to {stop}")
            if stop - start < SHORTEST:
                found.problem(
                    "The entry is shorter than a minute: left out as a slip.", row.line, row.at(0)
                )
            else:
                spans.append((start, stop))
    for day, hours in sleep_per_day(spans).items():
        found.value("sleep_h", day, hours)
    return found.extract()


FORMATS = (
    Format("sleep_as_android", ANDROID, recognise_android, extract_android),
    Format("sleepmeter", METER, recognise_meter, extract_meter),
    Format("plees", PLEES, recognise_plees, extract_plees),
)
