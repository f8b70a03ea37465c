"""Tables on the screen with numbers and dates as the reader writes them.

What is taken away keeps its own signs.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from legcare.records import DecimalSign, written

# Writing each cell costs 15 microseconds; larger tables take the signs of the browser instead.
MOST_CELLS = 20_000
DIGITS = 6


def shown(frame: pd.DataFrame) -> pd.DataFrame | Styler:
    """The frame with its numbers in the reader's signs.

    Sorting still goes by the numbers themselves.
    """
    numbers: list[Hashable] = list(frame.select_dtypes("float").columns)
    reader = written.formats()
    if reader.decimal is DecimalSign.POINT or not numbers or frame.size > MOST_CELLS:
        return frame

    def figure(value: object) -> str:
        """The styler asks when it is drawn, so the reader is kept from now."""
        return reader.figure(f"{value:.{DIGITS}g}") if isinstance(value, float) else str(value)

    return frame.reset_index(drop=True).style.format(figure, subset=numbers, na_rep="")


def columns(frame: pd.DataFrame, *, moments: Collection[str] = ()) -> dict[str, Any]:
    """How each column of days and moments is written, for ``st.dataframe(column_config=...)``.

    A column without any time of day holds days, unless ``moments`` names it.
    """
    order = written.formats().date_input
    clock = "h:mm a" if written.formats().time_input == "12h" else "HH:mm"
    times = frame.select_dtypes(include=["datetime", "datetimetz"])
    return {
        str(name): (
            st.column_config.DateColumn(format=order)
            if name not in moments
            and (times[name].dropna().dt.normalize() == times[name].dropna()).all()
            else st.column_config.DatetimeColumn(format=f"{order} {clock}")
        )
        for name in times
    }
