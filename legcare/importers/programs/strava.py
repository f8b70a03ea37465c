"""Strava's bulk export: ``activities.csv`` in any language, alone or in its zip.

Five column names stand twice (the second in seconds and metres), the number of columns drifts, and
times are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC

from legcare.errors import BadTime
from legcare.importers.cells.instants import local, printed_time
from legcare.importers.cells.numbers import number
from legcare.importers.columns import Row, plain_name, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source

KEY, LABEL = "strava", "Strava"
OLD = ("id", "date", "name", "type", "description", "elapsed_time", "distance")
ENGLISH = ("activity id", "activity date", "activity name", "activity type")
# The first 17 columns stand in the same places in every language.
PLACES = {
    "date": 1,
    "name": 2,
    "type": 3,
    "elapsed": 5,
    "filename": 12,
    "elapsed_s": 15,
    "moving_s": 16,
    "metres": 17,
}


def recognise(peek: Peek) -> str | None:
    """By its English or old column names, or by what stands in the first columns."""
    if not peek.rows:
        return None
    names = tuple(plain_name(cell) for cell in peek.rows[0])
    if names[:4] == ENGLISH or names[:7] == OLD:
        return f"Its first columns are “{', '.join(names[:4])}”, as in Strava's activities.csv."
    first = peek.rows[1] if len(peek.rows) > 1 else ()
    if (
        len(names) >= 40
        and len(first) >= 17
        and re.fullmatch(r"\d{5,}", first[0])
        and _is_date(first[1])
    ):
        return (
            "Its columns stand as in Strava's activities.csv: a long number, a date in words, name"
            " and type."
        )
    return None


def _is_date(text: str) -> bool:
    try:
        printed_time(text)
    except BadTime:
        return False
    return True


def extract(source: Source, asked: Asked) -> Extract:
    """One workout per row."""
    found = Harvest(source.name, KEY, LABEL)
    for row in rows_of(source):
        with found.row(row.line, row.at(1)):
            _activity(found, row, asked)
    return found.extract()


def _activity(found: Harvest, row: Row, asked: Asked) -> None:
    cells = _cells(row)
    at = local(printed_time(cells["date"]).replace(tzinfo=UTC), asked.zone)
    seconds = number(cells["moving_s"]) or number(cells["elapsed_s"]) or number(cells["elapsed"])
    metres = number(cells["metres"])
    effort = number(row("perceived exertion"))
    found.workout(
        at,
        None if seconds is None else seconds / 60,
        cells["type"],
        effort=effort if effort else None,
        note=cells["name"],
        km=metres / 1000 if metres else None,
    )
    if cells["filename"]:
        found.claims.add(cells["filename"].rpartition("/")[2].removesuffix(".gz"))


def _cells(row: Row) -> Mapping[str, str]:
    if "activity id" in row:
        return {
            "date": row("activity date"),
            "name": row("activity name"),
            "type": row("activity type"),
            "elapsed": row("elapsed time"),
            "elapsed_s": row("elapsed time", 2),
            "moving_s": row("moving time"),
            "metres": row("distance", 2),
            "filename": row("filename"),
        }
    if "elapsed_time" in row:
        return {
            "date": row("date"),
            "name": row("name"),
            "type": row("type"),
            "elapsed": row("elapsed_time"),
            "elapsed_s": "",
            "moving_s": "",
            "metres": row("distance"),
            "filename": row("filename"),
        }
    return {name: row.at(place) for name, place in PLACES.items()}


FORMATS = (Format(KEY, LABEL, recognise, extract),)
