"""From a table and its mapping to records.

With a line for everything that is not kept or was assumed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from legcare.importers.cells.cell import missing
from legcare.importers.duplicates import marked
from legcare.importers.result import Import, Problem, Summary
from legcare.importers.source import Progress
from legcare.importers.tables import daily, events, lists
from legcare.importers.tables.build import without_collecting
from legcare.importers.tables.mapping import EVENTS, Doubt, Kind, TableMapping
from legcare.importers.tables.mixed import read_mixed
from legcare.importers.tables.reading import Reading as Pass
from legcare.importers.tables.table import Table
from legcare.records import BUILT_IN, Factor, Log, Record, calendar_days


def read_table(
    table: Table,
    mapping: TableMapping,
    *,
    zone: ZoneInfo,
    known: Log | None = None,
    factors: Sequence[Factor] = BUILT_IN,
    progress: Progress | None = None,
) -> Import:
    """Everything in a table, read as ``mapping`` says.

    A row without a readable moment is not kept; a bad cell elsewhere leaves its field empty. Both
    are in ``problems``, the second with ``kept=True``. Naive times are read in ``zone``; what
    ``known`` already holds is in ``duplicates``. Records are named by their content, so reading the
    same rows again gives the same records. ``progress`` is called with a fraction and a sentence,
    and may raise ``Cancelled``.
    """
    with without_collecting():
        work = Pass(
            table, mapping, zone, {factor.key: factor for factor in factors}, progress=progress
        )
        return _read(work, known)


def _read(work: Pass, known: Log | None) -> Import:
    table, mapping = work.table, work.mapping
    work.problems += table.problems
    work.problems += _unkept(table, mapping)
    if mapping.kind in EVENTS:
        records: list[Record] = events.read_events(work)
    elif mapping.kind is Kind.DAYS:
        records = daily.read_days(work)
    elif mapping.kind is Kind.EVENTS:
        records = read_mixed(work)
    elif mapping.kind is Kind.READINGS:
        records = lists.read_long(work)
    else:
        records = lists.read_spans(work)
    problems = sorted(work.problems, key=lambda problem: (problem.row or 0, problem.column))
    duplicates, notes = marked(records, known)
    return Import(
        tuple(records),
        tuple(problems),
        _summary(table, mapping, records, notes),
        duplicates,
        tuple(factor for factor in work.own if factor.key not in work.factors),
    )


def _unkept(table: Table, mapping: TableMapping) -> list[Problem]:
    reason = (
        "This column is taken for nothing, so it is not kept. Choose what it is, or add it to the"
        " note."
    )
    return [
        Problem(table.place, reason, column=table.title(use.column))
        for use in mapping.uses
        if not use.field and not all(missing(cell) for cell in table.columns[use.column])
    ]


def _summary(
    table: Table, mapping: TableMapping, records: Sequence[Record], more: Sequence[str]
) -> Summary:
    days = [day for record in records for day in calendar_days(record)]
    notes = [*table.notes]
    if mapping.decimal_why and Doubt.DECIMAL not in mapping.undecided:
        notes.append(f"Decimal sign: {mapping.decimal_why}.")
    if mapping.order_why and Doubt.ORDER not in mapping.undecided:
        notes.append(f"Dates: {mapping.order_why}.")
    notes += [_assumed(doubt, mapping) for doubt in sorted(mapping.undecided)]
    notes += more
    counts = Counter(str(record.type) for record in records)
    first, last = (min(days), max(days)) if days else (None, None)
    return Summary(
        "table",
        f"Table: {mapping.kind.label}",
        mapping.why,
        first,
        last,
        dict(counts),
        tuple(notes),
    )


def _assumed(doubt: Doubt, mapping: TableMapping) -> str:
    """What was assumed where the file leaves something open and nobody was asked."""
    return {
        Doubt.ORDER: (
            f"Assumed, for the file does not say: dates are written {mapping.order.label}."
        ),
        Doubt.DECIMAL: f"Assumed, for the file does not say: the decimal sign is {mapping.decimal}",
        Doubt.TIME: "Rows without a time of day are kept as such.",
        Doubt.WORDS: "Rows whose word nobody knows are left out.",
        Doubt.COLUMN: "Assumed, for nobody knows its words: a column says nothing of the rows.",
        Doubt.FUTURE: "Assumed, for nobody was asked: dates in the future are right.",
        Doubt.KIND: f"Assumed, for the file does not say: {mapping.kind.label.lower()}.",
        Doubt.UNIT: "Assumed, for a column does not say its unit: the one in which it is stored.",
    }[doubt]
