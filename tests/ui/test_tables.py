"""Tables on the screen.

A decimal comma where the reader writes one, days in their order, numbers still numbers.
"""

from __future__ import annotations

import pandas as pd
from pandas.io.formats.style import Styler

from legcare.records import ClockFace, DateOrder, DecimalSign, Formats, written
from legcare.ui.parts.tables import MOST_CELLS, columns, shown

FRAME = pd.DataFrame(
    {
        "day": pd.to_datetime(["2026-03-01", "2026-03-02"]),
        "at": pd.to_datetime(["2026-03-01 03:10", None]),
        "p": [0.00041234567, float("nan")],
        "days": [12, 1250],
        "name": ["1.5 h", "x"],
    }
)


def cells(styled: Styler) -> list[list[str]]:
    """What the screen shows, by row: the styler's own words for each cell."""
    told = styled._translate(False, False)
    return [[cell["display_value"] for cell in row if cell["type"] == "td"] for row in told["body"]]


def test_a_point_reader_gets_the_frame_as_it_is() -> None:
    assert shown(FRAME) is FRAME


def test_a_comma_reader_sees_commas_and_the_numbers_stay_numbers() -> None:
    with written.used(Formats(decimal=DecimalSign.COMMA)):
        styled = shown(FRAME)
    assert isinstance(styled, Styler)
    rows = cells(styled)
    assert [row[2:] for row in rows] == [["0,000412346", "12", "1.5 h"], ["", "1250", "x"]]
    assert styled.data["p"].iloc[0] == 0.00041234567


def test_a_table_too_large_to_write_cell_by_cell_is_left_to_the_browser() -> None:
    large = pd.DataFrame({"x": [0.5] * (MOST_CELLS + 1)})
    with written.used(Formats(decimal=DecimalSign.COMMA)):
        assert shown(large) is large


def test_days_and_moments_stand_in_the_order_of_the_reader() -> None:
    with written.used(Formats(clock=ClockFace.HOURS_12, order=DateOrder.MONTH_FIRST)):
        kinds = {name: column["type_config"] for name, column in columns(FRAME).items()}
    assert {name: (kind["type"], kind["format"]) for name, kind in kinds.items()} == {
        "day": ("date", "MM/DD/YYYY"),
        "at": ("datetime", "MM/DD/YYYY h:mm a"),
    }
    assert columns(FRAME[["p"]]) == {}
    midnight = columns(FRAME[["day"]], moments=("day",))["day"]["type_config"]
    assert (midnight["type"], midnight["format"]) == ("datetime", "YYYY-MM-DD HH:mm")
