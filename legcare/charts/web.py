"""A chart for a page that opens without a network.

Its drawing library stands in the same file, once.
"""

from __future__ import annotations

from plotly.graph_objects import Figure
from plotly.io import to_html
from plotly.offline import get_plotlyjs

from legcare.charts.chart import Chart

DARK, PAPER = "#1a1a1a", "#ffffff"


def library() -> str:
    """The drawing library as one script (about 4.8 MB)."""
    return str(get_plotlyjs())


def drawn(chart: Chart, *, name: str) -> str:
    """The chart as an element of a page that holds the library.

    Dark on white, as it will be printed.
    """
    figure = Figure(chart.figure)
    figure.update_layout(font={"color": DARK, "size": 12}, paper_bgcolor=PAPER, plot_bgcolor=PAPER)
    figure.update_layout(legend_font_color=DARK)
    figure.update_xaxes(tickfont_color=DARK, title_font_color=DARK)
    figure.update_yaxes(tickfont_color=DARK, title_font_color=DARK)
    options = {"staticPlot": False, "displayModeBar": False, "responsive": True}
    return str(
        to_html(figure, config=options, include_plotlyjs=False, full_html=False, div_id=name)
    )
