"""Tables out: CSV that a spreadsheet opens with the right letters and never takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import pandas as pd

from legcare.importers.cells.quoting import guarded

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the letters of the country it runs in


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 with byte order mark, without its running number.

    A named index comes as the first columns.

    Missing values are empty cells, times ISO 8601, numbers in full precision with a decimal point,
    true and false as words; text that begins like a formula is guarded with an apostrophe.
    """
    named = [name for name in frame.index.names if name is not None]
    shown = frame.reset_index() if named else frame
    names = [
        " ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in shown.columns
    ]
    columns = [_cells(shown.iloc[:, place]) for place in range(shown.shape[1])]
    return written(names, zip(*columns, strict=True))


def written(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of finished cells under their names.

    The names are guarded here, the cells are as given.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guarded(name) for name in names])
    writer.writerows(rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8", "replace")


def _cells(column: pd.Series) -> list[str]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [_time(value) for value in column]
    return [_cell(value) for value in column.tolist()]


def _time(value: datetime) -> str:
    if pd.isna(value):
        return ""
    whole = (
        value.hour == value.minute == value.second == value.microsecond == 0
        and value.tzinfo is None
    )
    return f"{value:%Y-%m-%d}" if whole else value.isoformat()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if value != value else repr(value).removesuffix(".0")
    if isinstance(value, (list, tuple, set, frozenset)):
        return guarded("; ".join(map(str, value)))
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, int) else guarded(str(value))
