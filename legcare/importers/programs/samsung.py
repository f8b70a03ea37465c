"""Samsung Health's personal data.

One CSV per kind, with a line above the header and a comma too many in every row.

Times are UTC with the offset beside them; ``day_time`` is UTC midnight of the local day. Of the
daily steps only the row of all devices counts (source type -2), because the others are parts of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta, timezone

from legcare.errors import BadFile
from legcare.importers.cells.instants import from_millis, iso_day, iso_parts, local
from legcare.importers.cells.numbers import number
from legcare.importers.columns import Row, rows_of
from legcare.importers.daily import Span, sleep_per_day
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import fixed

KEY, LABEL = "samsung", "Samsung Health"
_TYPED = re.compile(r"^\ufeff?com\.samsung\.[\w.]+(,\d+)*,?$")
_KINDS = {
    "water_intake": "hydration_ml",
    "step_daily_trend": "steps",
    "pedometer_day_summary": "steps",
    "weight": "weight_kg",
    "caffeine_intake": "caffeine_mg",
    "sleep": "sleep_h",
    "exercise": "workout",
    "stress": "stress",
}
_BARE = (("exercise_type", "exercise"), ("sleep_stage", "sleep"), ("count", "step_count"))
_EXERCISE = {
    "1001": "walking",
    "1002": "running",
    "11007": "cycling",
    "13001": "hiking",
    "14001": "swimming",
    "15002": "weight machines (strength)",
    "15005": "treadmill",
    "15003": "exercise bike",
}


def recognise(peek: Peek) -> str | None:
    """By the type on the first line, or, in a copy without it, by its columns."""
    first = peek.text.split("\n", 1)[0].strip()
    if _TYPED.match(first):
        return f"Its first line names the Samsung Health type {first.split(',')[0]}."
    if peek.has("start_time", "end_time", "source_name") and any(
        name in peek.header for name, _ in _BARE
    ):
        return "Its columns are those of a Samsung Health table."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """What the one kind of this file gives.

    ``BadFile`` for a kind that says nothing about a log.
    """
    first = source.peek.text.split("\n", 1)[0].strip()
    typed = bool(_TYPED.match(first))
    kind = first.split(",")[0].rpartition(".")[2] if typed else _bare(source.peek)
    if kind not in _KINDS and kind != "step_count":
        raise BadFile(f"{source.name} holds Samsung's “{kind[:60]}”, which legcare has no use for.")
    found = Harvest(source.name, KEY, LABEL)
    spans: dict[str, list[Span]] = defaultdict(list)
    for row in rows_of(source, skip=int(typed)):
        with found.row(row.line, row.at(0)):
            _told(found, kind, row, asked, spans)
    for named, nights in spans.items():
        for day, hours in sleep_per_day(nights).items():
            found.value("sleep_h", day, hours, named)
    return found.extract()


def _bare(peek: Peek) -> str:
    return next(kind for name, kind in _BARE if name in peek.header)


def _cell(row: Row, name: str) -> str:
    """The column whose last dotted part is ``name``; the prefixed one wins."""
    found = [column for column in row.places if column.rpartition(".")[2] == name]
    return row(max(found, key=len)) if found else ""


def _told(found: Harvest, kind: str, row: Row, asked: Asked, spans: dict[str, list[Span]]) -> None:
    named = f"{LABEL}: {row('source_name')}" if row("source_name") else LABEL
    if kind == "exercise":
        _exercise(found, row, asked)
    elif kind == "sleep":
        spans[named].append((_time(row, "start_time", asked), _time(row, "end_time", asked)))
    elif kind == "step_daily_trend":
        if _cell(row, "source_type") in ("-2", ""):
            found.value("steps", _day(row, asked), number(_cell(row, "count")))
    elif kind == "pedometer_day_summary":
        found.value(
            "steps", _day(row, asked), number(_cell(row, "step_count")), f"{LABEL}: pedometer"
        )
    elif kind == "step_count":
        found.value("steps", _time(row, "start_time", asked).date(), number(row("count")), named)
    else:
        _single(found, kind, row, asked)


def _single(found: Harvest, kind: str, row: Row, asked: Asked) -> None:
    column = {"weight": "weight", "stress": "score"}.get(kind, "amount")
    value = number(_cell(row, column))
    if value is not None:
        day = _time(row, "start_time", asked).date()
        found.value(_KINDS[kind], day, value / 10 if kind == "stress" else value)


def _exercise(found: Harvest, row: Row, asked: Asked) -> None:
    start = _time(row, "start_time", asked)
    millis = number(_cell(row, "duration"))
    if millis is None:
        millis = (_time(row, "end_time", asked) - start).total_seconds() * 1000
    code = _cell(row, "exercise_type")
    word = _EXERCISE.get(code, f"Samsung exercise {code}" if code.isdigit() else code)
    found.workout(start, millis / 60_000, word, note=_cell(row, "title"))


def _time(row: Row, name: str, asked: Asked) -> datetime:
    text, offset = _cell(row, name), _offset(_cell(row, "time_offset"))
    if re.fullmatch(r"\d{11,14}", text):
        moment = from_millis(float(text), asked.zone)
    elif re.search(r"[+-]\d\d:?\d\d$|Z$", text):
        return iso_parts(text)
    else:
        moment = local(datetime.fromisoformat(text).replace(tzinfo=UTC), asked.zone)
    return moment if offset is None else fixed(moment.astimezone(timezone(offset)))


def _offset(text: str) -> timedelta | None:
    """``UTC+0530``, or milliseconds in old versions."""
    found = re.fullmatch(r"UTC([+-])(\d\d):?(\d\d)", text)
    if found:
        minutes = int(found[2]) * 60 + int(found[3])
        return (
            timedelta(minutes=-minutes if found[1] == "-" else minutes)
            if minutes <= 14 * 60
            else None
        )
    if re.fullmatch(r"-?\d{5,8}", text) and abs(int(text)) <= 14 * 3_600_000:
        return timedelta(milliseconds=int(text))
    return None


def _day(row: Row, asked: Asked) -> date:
    text = _cell(row, "day_time")
    if re.fullmatch(r"\d{11,14}", text):
        return (datetime(1970, 1, 1) + timedelta(milliseconds=int(text))).date()
    return iso_day(text) if text else _time(row, "start_time", asked).date()


FORMATS = (Format(KEY, LABEL, recognise, extract),)
