"""The sheet as it was written, coloured and marked by what each column and cell was taken for."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from legcare.importers import Import
from legcare.importers.cells.cell import missing
from legcare.importers.counted import counted
from legcare.importers.tables import Table, TableMapping, label_of
from legcare.records import Factor
from legcare.ui.upload.parts import Part

FIRST = 12
# Translucent, so that both themes keep their text readable. The word in the heading and the sign
# in the cell say the same as the colour.
TINTS = {
    "when": "rgba(66, 133, 244, 0.22)",
    "what": "rgba(171, 71, 188, 0.22)",
    "value": "rgba(15, 157, 88, 0.20)",
    "note": "rgba(128, 128, 128, 0.14)",
    "": "",
}
OPEN = "rgba(244, 180, 0, 0.40)"
_WHEN = frozenset(("at", "date", "time", "half", "end", "asleep", "awake", "first_day", "last_day"))
_SAID = frozenset(
    ("what", "answer", "side", "muscle", "method", "reason", "context", "kind", "areas", "relief")
)


def show_sheet(part: Part, found: Import | None, factors: tuple[Factor, ...]) -> None:
    """The first rows of a table, and of the rest those with a cell that is not kept as written."""
    table, mapping = part.table, part.mapping
    if table is None or mapping is None or not len(table):
        return
    remarks = _remarks(table, found)
    rows = list(range(min(FIRST, len(table))))
    rows += [row for row in sorted({row for row, _ in remarks}) if row >= FIRST][:FIRST]
    frame = _frame(table, mapping, rows, remarks, {one.key: one.title for one in factors})
    st.dataframe(
        _tinted(frame, mapping, rows, remarks), hide_index=False, width="stretch", placeholder=""
    )
    said = "Each heading says what its column is taken for."
    if remarks:
        said += f" ⚠ marks {counted(len(remarks), 'cell')} read as something else, or not kept."
    st.caption(f"{said} The first {len(rows)} of {len(table)} rows, as they were written.")


def _remarks(table: Table, found: Import | None) -> set[tuple[int, int]]:
    """Row and column of every cell of which a problem speaks."""
    if found is None:
        return set()
    lines = {line: row for row, line in enumerate(table.lines)}
    titles = {table.title(column): column for column in range(len(table.names))}
    return {
        (lines[problem.row], titles[problem.column])
        for problem in found.problems
        if problem.row in lines and problem.column in titles
    }


def _frame(
    table: Table,
    mapping: TableMapping,
    rows: list[int],
    remarks: set[tuple[int, int]],
    names: dict[str, str],
) -> pd.DataFrame:
    columns: dict[str, list[str]] = {}
    for use in mapping.uses:
        taken = label_of(use.field, names) if use.field else "not kept"
        title = f"{table.title(use.column)} → {'?' if use.open else taken}"
        cells = table.columns[use.column]
        columns[title] = [
            ("" if missing(cells[row]) else str(cells[row])[:60])
            + (" ⚠" if (row, use.column) in remarks else "")
            for row in rows
        ]
    return pd.DataFrame(columns, index=pd.Index([table.lines[row] for row in rows], name="Line"))


def _tinted(
    frame: pd.DataFrame, mapping: TableMapping, rows: list[int], remarks: set[tuple[int, int]]
) -> Styler:
    tints = [_tint(use.field) for use in mapping.uses]

    def of(_: pd.DataFrame) -> pd.DataFrame:
        styles = [
            [
                f"background-color: {OPEN if (row, use.column) in remarks or use.open else tint}"
                for use, tint in zip(mapping.uses, tints, strict=True)
            ]
            for row in rows
        ]
        return pd.DataFrame(styles, index=frame.index, columns=frame.columns)

    return frame.style.apply(of, axis=None)


def _tint(field: str) -> str:
    if not field:
        return TINTS[""] or "transparent"
    if field in _WHEN:
        return TINTS["when"]
    if field in _SAID:
        return TINTS["what"]
    return TINTS["note"] if field in ("note", "id", "source", "created_at") else TINTS["value"]
