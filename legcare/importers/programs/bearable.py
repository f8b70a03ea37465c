"""Bearable: the CSV of its symptom diary, one row per entry.

Parts of the day are kept as such: pre is the night, mid the afternoon. Severity runs from 1
(mild) to 4.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from legcare.importers.cells.instants import clock, printed_time
from legcare.importers.cells.numbers import hours, number
from legcare.importers.columns import Row, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import DESCRIBED, Clock

KEY, LABEL = "bearable", "Bearable"
PARTS = {
    "pre": Clock.NIGHT,
    "am": Clock.MORNING,
    "mid": Clock.AFTERNOON,
    "pm": Clock.EVENING,
    "all day": Clock.UNKNOWN,
    "": Clock.UNKNOWN,
}
_GRADED = re.compile(
    r"^(?P<name>.*?)\s*\((mild|moderate|severe|unbearable|extreme)\)\s*$", re.IGNORECASE
)
_DOSE = re.compile(r"magnesium.*\((?P<unit>mg|mcg|µg|g)\)", re.IGNORECASE)


def recognise(peek: Peek) -> str | None:
    """By its columns, one of which no other program has."""
    if peek.has("date", "category", "rating/amount", "detail"):
        return "Its columns “category”, “rating/amount” and “detail” are Bearable's."
    return None


def extract(source: Source, asked: Asked) -> Extract:
    """Cramps, massages, magnesium, sleep and stress."""
    found = Harvest(source.name, KEY, LABEL)
    for row in rows_of(source):
        with found.row(row.line, row("detail")):
            _entry(found, row, asked)
    return found.extract()


def _entry(found: Harvest, row: Row, asked: Asked) -> None:
    category, detail = row("category").casefold(), row("detail")
    naive = printed_time(row("date formatted") or row("date"))
    at, known = _moment(found, naive.date(), row("time of day"), asked)
    if category == "symptom":
        _symptom(found, row, at, known, asked)
    elif category in ("factors", "food diary factors", "sleep factors", "health measurements"):
        for part in detail.split("|"):
            found.event(part, at, asked.words, note=row("notes"), clock=known)
    elif category == "sleep":
        found.value("sleep_h", naive.date(), hours(row("rating/amount")))
    elif category.startswith("meds") and (dose := _DOSE.search(detail)):
        amount = number(row("rating/amount"))
        worth = DESCRIBED["magnesium_mg"].worth(dose["unit"])
        milligrams = None if amount is None or worth is None else amount * worth
        found.value("magnesium_mg", naive.date(), milligrams)


def _symptom(found: Harvest, row: Row, at: datetime, known: Clock, asked: Asked) -> None:
    graded = _GRADED.match(row("detail"))
    name = graded["name"] if graded else row("detail")
    grade = number(row("rating/amount"))
    if name.strip().casefold() == "stress" and grade is not None:
        found.value("stress", at.date(), min(grade * 3, 10))
    else:
        found.event(
            name,
            at,
            asked.words,
            severity=None if grade is None else min(grade * 2.5, 10),
            note=row("notes"),
            clock=known,
        )


def _moment(found: Harvest, day: date, text: str, asked: Asked) -> tuple[datetime, Clock]:
    part = PARTS.get(text.casefold())
    if part is None:
        return found.wall(datetime.combine(day, clock(text)), asked.zone), Clock.EXACT
    if part is not Clock.UNKNOWN:
        found.note("Parts of the day are kept as such: no hour is counted for them.")
    return found.sometime(day, asked.zone, part), part


FORMATS = (Format(KEY, LABEL, recognise, extract),)
