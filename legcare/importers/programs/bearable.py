"""Bearable: the CSV of its symptom diary, one row per entry.

Parts of the day stand for times: pre 03:00, am 09:00, mid 14:00, pm 20:00. Severity runs from 1
(mild) to 4.
"""

from __future__ import annotations

import re
from datetime import datetime, time

from legcare.importers.cells.instants import NOON, clock, hours, in_words, wall
from legcare.importers.cells.printed import number
from legcare.importers.columns import Row, rows_of
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source
from legcare.records import DESCRIBED

KEY, LABEL = "bearable", "Bearable"
PARTS = {"pre": time(3), "am": time(9), "mid": time(14), "pm": time(20), "all day": NOON, "": NOON}
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
    naive = in_words(row("date formatted") or row("date"))
    at = wall(datetime.combine(naive, _time(found, row("time of day"))), asked.zone)
    if category == "symptom":
        _symptom(found, row, at, asked)
    elif category in ("factors", "food diary factors", "sleep factors", "health measurements"):
        for part in detail.split("|"):
            found.event(part, at, asked.words, note=row("notes"))
    elif category == "sleep":
        found.value("sleep_h", naive.date(), hours(row("rating/amount")))
    elif category.startswith("meds") and (dose := _DOSE.search(detail)):
        amount = number(row("rating/amount"))
        worth = DESCRIBED["magnesium_mg"].worth(dose["unit"])
        milligrams = None if amount is None or worth is None else amount * worth
        found.value("magnesium_mg", naive.date(), milligrams)


def _symptom(found: Harvest, row: Row, at: datetime, asked: Asked) -> None:
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
        )


def _time(found: Harvest, text: str) -> time:
    if text.casefold() not in PARTS:
        return clock(text)
    found.note(
        "Parts of the day stand for times: pre 03:00, am 09:00, mid 14:00, pm 20:00, none 12:00."
    )
    return PARTS[text.casefold()]


FORMATS = (Format(KEY, LABEL, recognise, extract),)
