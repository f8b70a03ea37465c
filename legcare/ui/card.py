"""The chart card: no page can show a chart without its sentence, its caveats and its numbers to take away."""

from __future__ import annotations

import streamlit as st

from legcare.charts.chart import Chart
from legcare.reports.csv import to_csv
from legcare.ui.text import plain

PLOT_OPTIONS = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False}


def chart_card(chart: Chart, *, key: str = "", heading: bool = True) -> None:
    """Show a chart: title, the sentence that says the same, the picture, caveats, and its data as CSV."""
    name = f"{key}{chart.name}"
    with st.container(border=True, key=f"card-{name}"):
        if heading:
            st.subheader(plain(chart.title), anchor=False)
        st.markdown(plain(chart.sentence))
        st.plotly_chart(chart.figure, key=f"plot-{name}", alt=chart.sentence, config=PLOT_OPTIONS)
        for caveat in chart.caveats:
            st.markdown(f":material/info: {plain(caveat)}")
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
                st.dataframe(frame, hide_index=True, alt=chart.sentence)
