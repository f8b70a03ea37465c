"""The chart card.

No page can show a chart without its sentence, its caveats and its numbers to take away.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Literal

import streamlit as st

from legcare.charts.chart import Chart
from legcare.charts.svg import Drawing
from legcare.reports.csv import to_csv
from legcare.ui.parts.download import download_button
from legcare.ui.parts.picture import show_picture
from legcare.ui.parts.tables import columns, shown
from legcare.ui.parts.text import plain
from legcare.ui.parts.touch import tapped

Heading = Callable[..., object]
PLOT_OPTIONS = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False}


@dataclass(frozen=True)
class Picking:
    """That parts of a chart can be picked.

    Under which ``key`` the picked points stand, what follows, and how.
    """

    key: str
    on_select: Callable[[], None] | Literal["rerun"] = "rerun"
    modes: tuple[Literal["points", "box"], ...] = ("points",)


def chart_card(
    chart: Chart,
    *,
    key: str = "",
    heading: Heading | None = st.subheader,
    picking: Picking | None = None,
) -> None:
    """Show a chart.

    Title, the sentence that says the same, the picture, caveats, and its data as CSV.

    A card stands in a section of its page and has a heading of the third level; one that is a
    section of its own takes ``heading=st.header``, one whose section's heading already says what it
    is takes none.
    """
    name = f"{key}{chart.name}"
    with st.container(border=True, key=f"card-{name}"):
        if heading is not None:
            heading(plain(chart.title), anchor=False)
        st.markdown("  \n".join(plain(line) for line in chart.sentence.splitlines()))
        if (
            chart.data.empty
        ):  # the sentence says what is missing; a picture and a table of nothing would say it again
            return
        if isinstance(chart.figure, Drawing):
            show_picture(chart.figure, chart.alt, key=f"picture-{name}")
        elif chart.has_picture:
            _picture(chart, name, picking)
        for caveat in chart.caveats:
            st.markdown(f":material/info: {plain(caveat)}")
        _take_away(chart, name)


def _picture(chart: Chart, name: str, picking: Picking | None) -> None:
    draw = partial(st.plotly_chart, chart.figure, alt=chart.alt, config=PLOT_OPTIONS)
    if picking is None:
        draw(key=f"plot-{name}")
        return
    with tapped(name) if picking.modes == ("points",) else nullcontext():
        draw(key=picking.key, on_select=picking.on_select, selection_mode=picking.modes)


def _take_away(chart: Chart, name: str) -> None:
    frame = chart.data
    with st.container(horizontal=True):
        if chart.detail:
            with st.popover(chart.detail_label, key=f"detail-{name}"):
                for line in chart.detail:
                    st.markdown(plain(line))
        download_button(
            "CSV",
            make=lambda: to_csv(frame),
            file_name=f"legcare-{chart.name}.csv",
            mime="text/csv",
            key=f"csv-{name}",
            icon=":material/download:",
            help=f"The {len(frame)} rows that this chart draws",
        )
        # Only an open table is sent: ten years of days would come along with every picture
        # otherwise.
        with (
            table := st.popover(
                "Table", icon=":material/table:", key=f"table-{name}", on_change="rerun"
            )
        ):
            if table.open:
                st.dataframe(
                    shown(frame), column_config=columns(frame), hide_index=True, alt=chart.alt
                )
