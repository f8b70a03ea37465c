"""The same invented logs as people really keep them.

Three habits of spreadsheet, dates and decimals.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook

from legcare.records import Cramp, Log, Massage, Place

Row = Sequence[object]
STAMP = datetime(2026, 11, 15, 12, 0)


@dataclass(frozen=True)
class Manner:
    """How one person's program writes: separator, encoding, dates, decimal mark."""

    separator: str
    encoding: str
    day: str
    comma: bool = False


MANNERS = {
    "runner": Manner(";", "utf-8-sig", "%d/%m/%Y", comma=True),
    "desk": Manner(",", "utf-8", "%m/%d/%Y"),
    "older": Manner("\t", "utf-16", "%Y-%m-%d"),
}


def sheets(key: str, log: Log) -> dict[str, bytes]:
    """File names and contents: cramps and daily factors as text, massages as Excel."""
    manner = MANNERS[key]
    return {
        f"{key}-cramps.csv": _text(manner, _cramps(key, log.cramps)),
        f"{key}-massages.xlsx": _excel("Massages", _massages(log.massages)),
        f"{key}-daily.csv": _text(manner, _long(log) if key == "older" else _wide(log)),
    }


def _cramps(key: str, cramps: Iterable[Cramp]) -> list[Row]:
    if key == "desk":
        head = ("When", "Where", "Pain 0-10", "Minutes", "Woke me", "Notes")
        return [
            head,
            *(
                (_twelve(c.at), _where(c), c.severity, c.minutes, _yes(c.woke_me), c.note)
                for c in cramps
            ),
        ]
    head = (
        "Date",
        "Time",
        "Muscle",
        "Side",
        "Severity (0-10)",
        "Duration (min)",
        "Woke me",
        "Relief",
        "Notes",
    )
    return [
        head,
        *(
            (
                c.at.date(),
                f"{c.at:%H:%M}",
                c.muscle or "",
                c.side or "",
                c.severity,
                c.minutes,
                _yes(c.woke_me),
                ", ".join(c.relief),
                c.note,
            )
            for c in cramps
        ),
    ]


def _massages(massages: Iterable[Massage]) -> list[Row]:
    ratings = [
        f"{what}_{when}"
        for what in ("tension", "stress", "heaviness")
        for when in ("before", "after")
    ]
    head = (
        "Date",
        "Minutes",
        "Method",
        "Reason",
        "Oil",
        "Areas",
        "Tender",
        *(_heading(name) for name in ratings),
    )
    return [
        head,
        *(
            (
                m.at.replace(tzinfo=None),
                m.minutes,
                *(_word(word) for word in (m.method, m.reason, m.oil)),
                _places(m.areas),
                _places(m.tender),
                *(getattr(m, name) for name in ratings),
            )
            for m in massages
        ),
    ]


def _wide(log: Log) -> list[Row]:
    factors = sorted({reading.factor for reading in log.readings})
    days = sorted({reading.day for reading in log.readings})
    values = {(reading.day, reading.factor): reading.value for reading in log.readings}
    head = ("Date", *(log.factor(factor).title for factor in factors))
    return [head, *((day, *(values.get((day, factor)) for factor in factors)) for day in days)]


def _long(log: Log) -> list[Row]:
    return [
        ("Date", "Factor", "Value"),
        *(
            (reading.day, log.factor(reading.factor).label, reading.value)
            for reading in log.readings
        ),
    ]


def _text(manner: Manner, rows: list[Row]) -> bytes:
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=manner.separator, lineterminator="\r\n")
    writer.writerows([_cell(manner, value) for value in row] for row in rows)
    if manner.encoding == "utf-16":
        return b"\xff\xfe" + page.getvalue().encode("utf-16-le")
    return page.getvalue().encode(manner.encoding)


def _cell(manner: Manner, value: object) -> str:
    if isinstance(value, date):
        return value.strftime(manner.day)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",") if manner.comma else f"{value:g}"
    return "" if value is None else str(value)


def _excel(title: str, rows: list[Row]) -> bytes:
    """An Excel file whose bytes depend on nothing but the rows: fixed times, nothing compressed."""
    book = Workbook()
    book.properties.creator, book.properties.created = "legcare sample data", STAMP
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append([None if value == "" else value for value in row])
    made = io.BytesIO()
    book.save(made)
    return _timeless(made)


def _timeless(made: io.BytesIO) -> bytes:
    fixed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT[\d:]+Z",
                    STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode(),
                    content,
                )
            new.writestr(zipfile.ZipInfo(name, STAMP.timetuple()[:6]), content)
    return fixed.getvalue()


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _word(word: object) -> str:
    return "" if word is None else str(word).replace("_", " ")


def _yes(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"


def _twelve(at: datetime) -> str:
    return f"{at:%m/%d/%Y} {at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def _where(cramp: Cramp) -> str:
    return " ".join(str(word) for word in (cramp.side, cramp.muscle) if word)


def _places(places: Iterable[Place]) -> str:
    return "; ".join(f"{place.side} {place.muscle}" for place in places)
