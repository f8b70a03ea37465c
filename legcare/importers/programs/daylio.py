"""Daylio: the CSV of its mood diary.

Activities may be cramps and massages, scales may be sleep and ratings.
"""

from __future__ import annotations

import re
from datetime import datetime

from legcare.importers.cells.cell import plain_words
from legcare.importers.cells.instants import clock, iso_day
from legcare.importers.cells.numbers import hours, number
from legcare.importers.cells.words import factor_words
from legcare.importers.columns import Row, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import Clock

KEY, LABEL = "daylio", "Daylio"
_RATING = re.compile(r"(?P<value>\d+(?:[.,]\d+)?)\s*/\s*10\b")


def recognise(peek: Peek) -> str | None:
    """By its columns."""
    if peek.has("full_date", "weekday", "mood", "activities"):
        return "Its columns “full_date”, “mood” and “activities” are Daylio's."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """Activities that are cramps or massages, and scales that are factors."""
    found = Harvest(source.name, KEY, LABEL)
    width = len(source.peek.rows[0])
    for row in rows_of(source):
        if len(row.cells) > width:
            found.problem(
                f"The row has {len(row.cells)} cells under {width} columns: read up to there.",
                row.line,
                kept=True,
            )
        with found.row(row.line, row("full_date")):
            _entry(found, row, asked)
    return found.extract()


def _entry(found: Harvest, row: Row, asked: Asked) -> None:
    day = iso_day(row("full_date"))
    known = Clock.EXACT if row("time") else Clock.UNKNOWN
    if row("time"):
        at = found.wall(datetime.combine(day, clock(row("time"))), asked.zone)
    else:
        at = found.sometime(day, asked.zone)
    note = " ".join(re.sub(r"<[^>]*>", " ", row("note")).split())
    for activity in row("activities").split("|"):
        found.event(activity, at, asked.words, note=note, clock=known)
    for scale in row("scales").replace("\u00a0", " ").split("|"):
        name, _, said = scale.partition(":")
        factor = factor_words().get(plain_words(name))
        if factor == "sleep_h":
            found.value(factor, day, hours(said))
        elif factor is not None and (rating := _RATING.search(said)):
            found.value(factor, day, number(rating["value"].replace(",", ".")))


FORMATS = (Format(KEY, LABEL, recognise, extract),)
