"""One visual language for every chart.

Colours with meaning, one template, intervals drawn one way, hover sentences.

The same figure is shown on a light page, a dark page and on paper, so every colour stands at 3:1 or
better against all three (WCAG 2.2, 1.4.11), and no two colours come close under protanopia,
deuteranopia or tritanopia. A meaning never rests on colour alone: each has its own marker and dash
too. Text takes the page's own colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from legcare.records import DateOrder
from legcare.records.written import formats

LEVEL = "95 % interval"
CLEAR = "rgba(0,0,0,0)"
# Streamlit turns this colour into the page's own text colour, light or dark; anywhere else it is
# what it says, a near black that reads well on paper. Without it axis text would be a grey below
# 4.5:1.
TEXT = "#000037"
BAND = 0.22
HOVER_WIDTH = 46  # characters that fit across the narrowest phone
LONGEST_IN_DAYS = 27 * 24 * 3600 * 1000  # milliseconds: steps below a month are named by their day


class Meaning(StrEnum):
    """What a colour stands for, everywhere."""

    LEFT = "left"
    RIGHT = "right"
    MASSAGE = "massage"
    CRAMP = "cramp"
    UNKNOWN = "unknown"
    BETTER = "better"
    WORSE = "worse"


PALETTE: dict[Meaning, str] = {
    Meaning.LEFT: "#a278f6",
    Meaning.RIGHT: "#a29006",
    Meaning.MASSAGE: "#06a2a8",
    Meaning.CRAMP: "#f06660",
    Meaning.UNKNOWN: "#666666",
    Meaning.BETTER: "#546ca8",
    Meaning.WORSE: "#905a18",
}
SYMBOLS: dict[Meaning, str] = {
    Meaning.LEFT: "triangle-left",
    Meaning.RIGHT: "triangle-right",
    Meaning.MASSAGE: "square",
    Meaning.CRAMP: "circle",
    Meaning.UNKNOWN: "circle-open",
    Meaning.BETTER: "diamond",
    Meaning.WORSE: "x",
}
DASHES: dict[Meaning, str] = {
    Meaning.LEFT: "dash",
    Meaning.RIGHT: "dot",
    Meaning.MASSAGE: "longdash",
    Meaning.CRAMP: "solid",
    Meaning.UNKNOWN: "4px,4px",
    Meaning.BETTER: "dashdot",
    Meaning.WORSE: "longdashdot",
}
# Bars and areas that stand side by side differ by pattern as well, so that a black-and-white print
# can be read.
PATTERNS: dict[Meaning, str] = {
    Meaning.LEFT: "\\",
    Meaning.RIGHT: "/",
    Meaning.MASSAGE: "-",
    Meaning.CRAMP: "",
    Meaning.UNKNOWN: ".",
    Meaning.BETTER: "+",
    Meaning.WORSE: "x",
}


def colour(meaning: Meaning | str) -> str:
    """The colour of a meaning as ``#rrggbb``.

    Words without a colour of their own take that of *unknown*.
    """
    known = [each for each in Meaning if each == str(meaning)]
    return PALETTE[known[0] if known else Meaning.UNKNOWN]


def faded(meaning: Meaning | str, strength: float = BAND) -> str:
    """The colour of a meaning, let through to the page behind it: for bands and areas."""
    red, green, blue = (int(colour(meaning)[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength:g})"


def _axis(**rest: Any) -> dict[str, Any]:
    return {"automargin": True, "zeroline": False, "gridcolor": "rgba(128,128,128,0.25)", **rest}


# Kept small (the library's own default template weighs 6.5 kB in every chart). Streamlit lays its
# fonts and text colours over a template, never over a figure's own layout: what must hold in both
# themes is set by ``figure_of``.
TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": "system-ui, sans-serif", "size": 14, "color": TEXT},
        "colorway": [PALETTE[meaning] for meaning in Meaning],
        "xaxis": _axis(showgrid=False),
        "yaxis": _axis(),
        "hovermode": "closest",
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }
)


def figure_of(
    traces: Iterable[Any], *, x_title: str = "", y_title: str = "", height: int = 320, **layout: Any
) -> go.Figure:
    """A figure in the house style.

    See-through background, one font, no title of its own (the card has it).

    ``x_title`` and ``y_title`` name what is drawn with its unit. Other keywords go to the figure's
    layout.
    """
    figure = go.Figure(layout={"template": TEMPLATE})
    figure.add_traces(list(traces))
    figure.update_layout(
        height=height,
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        margin={"l": 8, "r": 12, "t": 12, "b": 8, "pad": 4},
        showlegend=False,
        font={"size": 14, "color": TEXT},
        hoverlabel={"align": "left", "font": {"size": 14}, "namelength": 0},
        dragmode=False,
        separators=formats().separators,
    )
    figure.update_xaxes(title_text=x_title)
    figure.update_yaxes(title_text=y_title)
    figure.update_layout(**layout)
    return lettered(figure)


def lettered(figure: go.Figure) -> go.Figure:
    """Write along every axis in the page's text colour.

    For a figure that was given more axes than it began with.
    """
    text = {"title_standoff": 8, "title_font_color": TEXT, "tickfont": {"color": TEXT, "size": 13}}
    return figure.update_xaxes(**text).update_yaxes(**text)


def interval_band(
    x: Sequence[Any] | pd.Index | pd.Series, low: pd.Series, high: pd.Series, meaning: Meaning | str
) -> list[go.Scatter]:
    """The interval as an area, one trace for each unbroken stretch.

    A band never runs across days without data.
    """
    places = list(x)
    known = (low.notna() & high.notna()).to_numpy()
    return [
        _stretch(places[a:b], low.iloc[a:b], high.iloc[a:b], meaning) for a, b in stretches(known)
    ]


def stretches(known: np.ndarray) -> list[tuple[int, int]]:
    """Half-open index ranges in which ``known`` holds without a break."""
    edges = np.flatnonzero(
        np.diff(np.concatenate([[False], known.astype(bool), [False]]).astype(int))
    )
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _stretch(x: list[Any], low: pd.Series, high: pd.Series, meaning: Meaning | str) -> go.Scatter:
    return go.Scatter(
        x=x + x[::-1],
        y=np.round(np.concatenate([high.to_numpy(), low.to_numpy()[::-1]]), 3).tolist(),
        fill="toself",
        fillcolor=faded(meaning),
        # A stretch of a single point would be invisible as an area; the thin line keeps its
        # interval on the page.
        line={"width": 3 if len(x) == 1 else 0, "color": faded(meaning, 0.5)},
        mode="lines",
        hoverinfo="skip",
        name=LEVEL,
        showlegend=False,
    )


def interval_bars(
    value: pd.Series, low: pd.Series, high: pd.Series, meaning: Meaning | str = Meaning.UNKNOWN
) -> dict[str, Any]:
    """Asymmetric error bars from value, low and high, in one thickness for every chart."""
    return {
        "type": "data",
        "symmetric": False,
        "array": (high - value).clip(lower=0).round(4).tolist(),
        "arrayminus": (value - low).clip(lower=0).round(4).tolist(),
        "thickness": 2,
        "width": 5,
        "color": colour(meaning),
    }


def hover(sentences: Iterable[str]) -> dict[str, Any]:
    """What a trace needs so that pointing at it reads one whole sentence, on a phone too."""
    told = [[folded(sentence)] for sentence in sentences]
    return {"customdata": told, "hovertemplate": "%{customdata[0]}<extra></extra>"}


def folded(sentence: str) -> str:
    """A sentence broken into lines that fit beside a finger on a phone.

    The chart library breaks none by itself.
    """
    if len(sentence) <= HOVER_WIDTH:
        return sentence
    return "<br>".join(
        line for part in sentence.split("<br>") for line in wrap(part, HOVER_WIDTH) or [""]
    )


def rows(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a tidy frame, one at a time, for writing a sentence about each."""
    return iter(table.itertuples())


def rows_named_above(figure: go.Figure, places: Sequence[Any], names: Sequence[str]) -> go.Figure:
    """Put the name of each row above it, inside the plot.

    On a phone names at the side would leave no room for it.
    """
    for place, name in zip(places, names, strict=True):
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=place,
            yanchor="bottom",
            yshift=9,
            text=name,
            align="left",
            showarrow=False,
            font={"size": 12, "color": TEXT},
        )
    return figure.update_yaxes(showticklabels=False, automargin=False)


def direct_label(
    figure: go.Figure, x: Any, y: float, text: str, *, xanchor: str = "left"
) -> go.Figure:
    """Write a name beside what it names, in the page's text colour: read before any legend."""
    return figure.add_annotation(
        x=x,
        y=y,
        text=plain(text),
        showarrow=False,
        xanchor=xanchor,
        yanchor="bottom",
        xshift=4,
        font={"size": 13},
    )


def plain(text: str) -> str:
    """A person's own words for a chart, in which some tags would otherwise be read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def at_least(figure: go.Figure, dates: pd.Series, *, days: int) -> go.Figure:
    """Let a time axis span at least so many days, ending at the last date.

    A young log is no row of milliseconds.
    """
    if dates.empty:
        return figure
    first, last = dates.min(), dates.max()
    first = min(first, last - pd.Timedelta(days=days))
    edge = (last - first) * 0.02 + pd.Timedelta(days=4)
    return dated(figure).update_xaxes(range=[first - edge, last + edge])


def dated(figure: go.Figure) -> go.Figure:
    """Let the axis of days name its ticks in the reader's order.

    "8 Mar" or "Mar 8", the year where it changes.
    """
    day = "%b %-d" if formats().order is DateOrder.MONTH_FIRST else "%-d %b"
    stops = [
        ((None, LONGEST_IN_DAYS), f"{day}\n%Y"),
        (("M1", "M6"), "%b\n%Y"),
        (("M12", None), "%Y"),
    ]
    return figure.update_xaxes(
        tickformatstops=[{"dtickrange": span, "value": shown} for span, shown in stops]
    )


def nothing_drawn(sentence: str, *, height: int = 120) -> go.Figure:
    """An empty figure that says why it is empty."""
    figure = figure_of([], height=height)
    figure.update_xaxes(visible=False).update_yaxes(visible=False)
    return figure.add_annotation(
        text=plain(sentence), showarrow=False, xref="paper", yref="paper", x=0.5, y=0.5
    )
