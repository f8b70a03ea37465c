"""Lists: one value, one stretch of logged days, or one mark per row."""

from __future__ import annotations

from typing import Any

from legcare.importers.cells.cell import Bad, Rough, missing, plain_words
from legcare.importers.cells.words import choices, factor_words
from legcare.importers.tables.build import maker
from legcare.importers.tables.daily import good_days
from legcare.importers.tables.mapping import Kind, Use
from legcare.importers.tables.moments import NO_DATE, days
from legcare.importers.tables.reading import Reading as Pass
from legcare.importers.tables.values import by_value, measured, text_of
from legcare.records import (
    Mark,
    MarkKind,
    Reading,
    Record,
    TrackedSpan,
)
from legcare.records.models import EARLIEST, LATEST


def read_long(work: Pass) -> list[Record]:
    """Readings of a table with day, factor and value in each row."""
    named, valued = work.mapping.column_of("factor"), work.mapping.column_of("value")
    good = good_days(work, days(work.table, work.mapping))
    if named is None or valued is None:
        return []
    said = factor_words(tuple(work.factors.values()))
    keys = by_value(work.table.columns[named.column], lambda cell: _key(text_of(cell), said, work))
    make, ids = maker(Reading, work.source, work.made), work.ids()
    origins = work.origins(ids)
    readers = {
        key: measured(work.factors[key], work.mapping.decimal, _stored(work, key))
        for key in work.factors
    }
    records: list[Record] = []
    for row, key, cell in zip(work.rows(), keys, work.table.columns[valued.column], strict=True):
        if row not in good or missing(cell):
            continue
        if key is None or isinstance(key, Bad):
            reason = key.reason if key else "The row does not say what was measured. Name it."
            work.tell(row, reason, named)
            continue
        value = _number(work, row, valued, readers[key](cell))
        if value is not None:
            name = ids.get(row) or work.names.of(f"reading\x1f{good[row]}\x1f{key}\x1f{value!r}")
            records.append(
                make(
                    {"day": good[row], "factor": key, "value": value, **origins.get(row, {})}, name
                )
            )
    return records


def _number(work: Pass, row: int, use: Use, value: object) -> float | None:
    """The value that a cell gives, where it gives one; what is rough or bad is told."""
    if isinstance(value, Rough):
        work.tell(row, value.remark, use, kept=True)
        value = value.value
    if isinstance(value, Bad):
        work.tell(row, value.reason, use)
    return value if isinstance(value, float) else None


def _stored(work: Pass, key: str) -> Any:
    return work.scale(Use(column=0, field=f"factor:{key}"))


def _key(text: str, said: dict[str, str], work: Pass) -> object:
    if text in work.factors:
        return text
    known = said.get(plain_words(text))
    return known or Bad(
        "This is no factor of this log. Add it under Settings as your own factor, then upload"
        " again."
    )


def read_spans(work: Pass) -> list[Record]:
    """Tracked spans, or marks, of a table with a first and a last day in each row."""
    marks = work.mapping.kind is Kind.MARKS
    firsts, lasts = (days(work.table, work.mapping, f"{end}_day") for end in ("first", "last"))
    ids = work.ids()
    origins = work.origins(ids)
    make = (
        maker(Mark, work.source, work.made) if marks else maker(TrackedSpan, work.source, work.made)
    )
    records: list[Record] = []
    for row, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        open_end = marks and isinstance(last, Bad) and last.reason == NO_DATE
        bad = first if isinstance(first, Bad) else last if not open_end else None
        if isinstance(bad, Bad):
            field = "first_day" if isinstance(first, Bad) else "last_day"
            work.tell(row, bad.reason, work.mapping.column_of(field))
            continue
        span: dict[str, Any] = {"first_day": first, "last_day": None if open_end else last}
        ends = [day for day in span.values() if day is not None]
        if not all(EARLIEST <= day.year <= LATEST for day in ends) or ends[-1] < ends[0]:
            reason = (
                f"The last day lies before the first, or a year outside {EARLIEST} to {LATEST}."
                " Correct it."
            )
            work.tell(row, reason, work.mapping.column_of("last_day"))
            continue
        name = ids.get(row) or work.names.of(f"{'mark' if marks else 'span'}\x1f{first}\x1f{last}")
        told = _mark(work, row) if marks else {}
        if marks and not told.get("name"):
            continue
        records.append(make({**span, **told, **origins.get(row, {})}, name))
    return records


def _mark(work: Pass, row: int) -> dict[str, Any]:
    """What a row of marks says beside its days."""
    told: dict[str, Any] = {}
    for field, limit in (("name", 200), ("dose", 200), ("note", 10_000)):
        use = work.mapping.column_of(field)
        if use is not None and not missing(work.table.columns[use.column][row]):
            told[field] = text_of(work.table.columns[use.column][row])[:limit]
    use = work.mapping.column_of("mark")
    word = "" if use is None else plain_words(str(work.table.columns[use.column][row]))
    told["kind"] = MarkKind(choices()["mark"].get(word, "other"))
    if not told.get("name"):
        named = work.mapping.column_of("name")
        work.tell(row, "The row does not say what it is. Name it.", named)
    return told
