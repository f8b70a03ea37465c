"""A chart's CSV: right letters, full numbers, no formulas."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from legcare.importers.cells.quoting import guarded, unguarded
from legcare.reports.csv import to_csv


def rows(frame: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(frame).decode("utf-8-sig"), newline="")))


def test_numbers_times_words_and_gaps() -> None:
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2026-05-14", "2026-05-15"]),
            "at": [datetime(2026, 5, 14, 3, 10, tzinfo=UTC), pd.NaT],
            "rate": [-1.5, np.nan],
            "n": [3, -4],
            "woke": pd.array([True, None], dtype="boolean"),
            "label": ["=SUM(A1)", "Größe"],
        }
    )
    assert to_csv(frame).startswith(b"\xef\xbb\xbf")
    assert rows(frame) == [
        ["day", "at", "rate", "n", "woke", "label"],
        ["2026-05-14", "2026-05-14T03:10:00+00:00", "-1.5", "3", "true", "'=SUM(A1)"],
        ["2026-05-15", "", "", "-4", "", "Größe"],
    ]


def test_a_named_index_is_a_column_and_a_running_number_is_not() -> None:
    frame = pd.DataFrame({"x": [0.1]}, index=pd.Index(["calf"], name="muscle"))
    assert rows(frame) == [["muscle", "x"], ["calf", "0.1"]]
    assert rows(frame.reset_index(drop=True)) == [["x"], ["0.1"]]


def test_an_empty_frame_keeps_its_header() -> None:
    assert rows(pd.DataFrame(columns=["a", "b"])) == [["a", "b"]]


@given(st.text() | st.text(alphabet="'=+-@\t\r\na"))
def test_guarded_text_comes_back_and_is_never_a_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_numbers_come_back_exactly(values: list[float]) -> None:
    assert [float(cell) for (cell,) in rows(pd.DataFrame({"v": values}))[1:]] == values


def test_categories_lists_and_other_objects() -> None:
    frame = pd.DataFrame(
        {
            "c": pd.Categorical(["=a", "b"]),
            "l": [("x", "y"), ["=z"]],
            "o": [pd.NaT, pd.Timestamp(0)],
        }
    )
    frame["p"] = pd.Series([pd.NA, datetime(2026, 5, 14, 3)], dtype=object)
    assert rows(frame)[1:] == [
        ["'=a", "x; y", "", ""],
        ["b", "'=z", "1970-01-01", "2026-05-14T03:00:00"],
    ]
