"""The chart card: no page can show a chart without its sentence, its caveats and its numbers to take away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from legcare.charts.chart import Chart
from legcare.reports.csv import to_csv
from legcare.ui.tables import columns, shown
from legcare.ui.text import plain

Heading = Callable[..., object]
PLOT_OPTIONS = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False}


@dataclass(frozen=True)
class Picking:
    """That parts of a chart can be picked: under which ``key`` the picked points stand, what follows, and how."""

    key: str
    on_select: Callable[[], None] | Literal["rerun"] = "rerun"
    modes: tuple[Literal["points", "box"], ...] = ("points",)


def chart_card(
    chart: Chart, *, key: str = "", heading: Heading | None = st.subheader, picking: Picking | None = None
) -> None:
    """Show a chart: title, the sentence that says the same, the picture, caveats, and its data as CSV.

    A card stands in a section of its page and has a heading of the third level; one that is a section of its own takes
    ``heading=st.header``, one whose section's heading already says what it is takes none.
    """
    name = f"{key}{chart.name}"
    with st.container(border=True, key=f"card-{name}"):
        if heading is not None:
            heading(plain(chart.title), anchor=False)
        st.markdown(plain(chart.sentence))
        _picture(chart, picking or Picking(f"plot-{name}"), picked=picking is not None)
        for caveat in chart.caveats:
            st.markdown(f":material/info: {plain(caveat)}")
        _take_away(chart, name)


def _picture(chart: Chart, picking: Picking, *, picked: bool) -> None:
    st.plotly_chart(
        chart.figure,
        key=picking.key,
        alt=chart.sentence,
        config=PLOT_OPTIONS,
        on_select=picking.on_select if picked else "ignore",
        selection_mode=picking.modes,
    )


def _take_away(chart: Chart, name: str) -> None:
    frame = chart.data
    with st.container(horizontal=True):
        st.download_button(
            "CSV",
            data=lambda: to_csv(frame),
            file_name=f"legcare-{chart.name}.csv",
            mime="text/csv",
            key=f"csv-{name}",
            icon=":material/download:",
            on_click="ignore",
            help=f"The {len(frame)} rows that this chart draws",
        )
        with st.popover("Table", icon=":material/table:", key=f"table-{name}"):
            st.dataframe(shown(frame), column_config=columns(frame), hide_index=True, alt=chart.sentence)
