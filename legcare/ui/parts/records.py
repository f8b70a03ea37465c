"""Records as a table to read: one row each, newest first, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from legcare.records import (
    Clock,
    Event,
    Factor,
    Formats,
    Mark,
    Reading,
    Record,
    TrackedSpan,
)
from legcare.records.enums import Word

KINDS = {
    "cramp": "Cramps",
    "massage": "Massages",
    "workout": "Workouts",
    "reading": "Readings",
    "tracked_span": "Tracked days",
    "mark": "Medicines and marks",
}
WHEN = "When"
HIDDEN = frozenset({"id", "type", "created_at", "at", "day", "clock"})
HEADINGS = {"woke_me": "Woke me", "sore_after": "Sore after", "kind_text": "In your words"}


def record_frame(
    records: Sequence[Record], written: Formats, factors: Mapping[str, Factor]
) -> tuple[pd.DataFrame, list[Record]]:
    """The table of records of one kind and the records in the order of its rows, newest first.

    Moments are those of the wall clock. Days and moments are no text, so that a column can be
    sorted by them: ``legcare.ui.parts.tables.columns`` writes them as the reader does.

    Readings stand in the units of the reader, with the label of their factor, as far as ``factors``
    knows it.
    """
    newest = sorted(records, key=_moment, reverse=True)
    exact = all(one.clock is Clock.EXACT for one in newest if isinstance(one, Event))
    rows = [
        {**_when(record, written, exact), **_what(record), **_measured(record, written, factors)}
        for record in newest
    ]
    frame = pd.DataFrame(rows).dropna(axis="columns", how="all")
    return frame.loc[:, [name for name in frame if not (frame[name] == "").all()]], newest


def _moment(record: Record) -> str:
    if isinstance(record, (TrackedSpan, Mark)):
        return record.first_day.isoformat()
    return record.day.isoformat() if isinstance(record, Reading) else record.at.isoformat()


def _when(record: Record, written: Formats, exact: bool) -> dict[str, object]:
    """The moment; where an hour of the table is not known, the day and the time in words."""
    if isinstance(record, Event):
        if exact:
            return {WHEN: record.at.replace(tzinfo=None)}
        day = pd.Timestamp(record.at.replace(tzinfo=None)).normalize()
        clock = written.time(record.at)
        about = f"about {clock}" if record.clock is Clock.ABOUT else clock
        return {"Day": day, "Time": about if record.clock.timed else record.clock.label}
    return {"Day": pd.Timestamp(record.day)} if isinstance(record, Reading) else {}


def _what(record: Record) -> dict[str, object]:
    return {
        HEADINGS.get(name, name.replace("_", " ").capitalize()): _said(getattr(record, name))
        for name in type(record).model_fields
        if name not in HIDDEN
    }


def _measured(record: Record, written: Formats, factors: Mapping[str, Factor]) -> dict[str, object]:
    if not isinstance(record, Reading) or record.factor not in factors:
        return {}
    factor = factors[record.factor]
    unit = factor.display(written.units)
    return {
        "Factor": factor.titled(written.units),
        "Value": round(unit.shown(record.value), max(unit.decimals, 1)),
    }


def _said(value: object) -> object:
    if isinstance(value, tuple):
        return ", ".join(part.label for part in value)
    if isinstance(value, Word):
        return value.label
    if isinstance(value, date):
        return pd.Timestamp(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value if isinstance(value, (int, float)) or value is None else str(value)
