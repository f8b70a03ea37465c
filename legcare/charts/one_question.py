"""One question closely.

The shape of the answer, whether it holds, and what a naive tool would have said.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from legcare.analysis.naive import Naive
from legcare.analysis.response import Response
from legcare.analysis.sensitivity import Sensitivity
from legcare.charts import sentences as say
from legcare.charts.associations import panel_chart
from legcare.charts.chart import Chart
from legcare.charts.measures import shape_in_units, unit_of
from legcare.charts.theme import (
    Meaning,
    colour,
    figure_of,
    hover,
    interval_band,
    interval_bars,
    nothing_drawn,
    rows,
)
from legcare.records import written


def response_chart(found: Response) -> Chart:
    """How the outcome changes along the factor, with the interval at every point.

    Never only a line.
    """
    name, unit = found.measure.in_sentence, unit_of(found.measure).unit
    read = shape_in_units(found)
    return Chart(
        name=f"shape-{found.factor.replace('_', '-')}",
        title="The shape of it",
        figure=(
            _shape(read, _axis(name, unit)) if found.shown else nothing_drawn(say.refused(found))
        ),
        data=found.table,
        sentence=_shape_sentence(read, name, unit) if found.shown else say.refused(found),
        caveats=(
            ("Where the band is wide, few days lie there: do not read bends into it.",)
            if found.shown
            else ()
        ),
    )


def _axis(name: str, unit: str) -> str:
    title = f"{name[:1].upper()}{name[1:]}"
    return f"{title} ({unit})" if unit else title


def _shape(found: Response, x_title: str) -> go.Figure:
    ratio = found.unit == "ratio"
    figure = figure_of(
        _curve(found) if found.kind == "spline" else [_bins(found)],
        x_title=x_title,
        y_title="Times as many" if ratio else "Difference in points",
    )
    figure.add_hline(
        y=1.0 if ratio else 0.0, line={"width": 1, "dash": "dot", "color": colour(Meaning.UNKNOWN)}
    )
    if found.kind == "bins":
        # A bin called "0" would otherwise turn the axis into numbers and lose the other bins.
        figure.update_xaxes(type="category", range=[-0.5, len(found.table) - 0.5])
    return figure.update_yaxes(rangemode="tozero") if ratio else figure


def _curve(found: Response) -> list[go.Scatter]:
    table = found.table
    line = go.Scatter(
        x=table["x"].round(3),
        y=table["value"].round(4),
        mode="lines",
        line={"color": colour(Meaning.BETTER), "width": 2.5},
        **hover(
            [
                _point(found, f"At {written.brief(row.x, 4)}", row.value, row.low, row.high)
                for row in rows(table)
            ]
        ),
    )
    return [*interval_band(table["x"].round(3), table["low"], table["high"], Meaning.BETTER), line]


def _bins(found: Response) -> go.Scatter:
    table = found.table
    told = [
        f"{_point(found, row.label[:1].upper() + row.label[1:], row.value, row.low, row.high)}<br>"
        f"{say.counted(row.n, 'day')}, {say.counted(row.events, 'cramp')}."
        for row in rows(table)
    ]
    return go.Scatter(
        x=table["label"],
        y=table["value"].round(4),
        mode="markers",
        marker={"color": colour(Meaning.BETTER), "size": 12, "symbol": "diamond"},
        error_y=interval_bars(table["value"], table["low"], table["high"], Meaning.BETTER),
        **hover(told),
    )


def _point(found: Response, where: str, value: float, low: float, high: float) -> str:
    unit = "times as many" if found.unit == "ratio" else "points more"
    return (
        f"{where}: {say.number(value, 2)} {unit}<br>as at {found.reference}"
        f" ({say.between(low, high, 2)})."
    )


def _shape_sentence(found: Response, name: str, unit: str) -> str:
    basis = f"{say.counted(found.n_days, 'usable day')}"
    if found.unit == "ratio":
        basis += f", {say.counted(found.n_events, 'cramp')}"
    known = found.table[found.table["value"].notna()]
    last = next(rows(known.tail(1)))
    where = (
        last.label if last.label[:1].isalpha() else f"at {last.label or written.brief(last.x, 4)}"
    )
    compared = (
        f"{say.number(last.value, 2)}"
        f" {'times as many cramps' if found.unit == 'ratio' else 'points more'}"
    )
    return (
        f"With {name} {where}{_of(unit)}: {compared} as at {found.reference} "
        f"({say.between(last.low, last.high, 2)}; {basis})."
    )


def _of(unit: str) -> str:
    return f" {unit}" if unit and unit != "0-10" else ""


def sensitivity_chart(found: Sensitivity) -> Chart:
    """The answer and the same answer with one decision changed at a time."""
    names = ["As answered", *(f"{words[:1].upper()}{words[1:]}" for words, _ in found.checks)]
    return panel_chart([found.answer, *(one for _, one in found.checks)], names, found.sentence)


def naive_chart(found: Naive) -> Chart:
    """The correlation with its star, as many tools print it, and why ours differs."""
    name = found.ours.factor_name
    data = pd.DataFrame(
        {"factor": [found.ours.factor], "r": [found.r], "p": [found.p], "days": [found.n]}
    )
    known = found.r == found.r
    said = (
        f"r = {written.decimal(found.r, 2)}{found.stars} over {say.counted(found.n, 'day')}"
        if known
        else "nothing"
    )
    return Chart(
        name=f"naive-{found.ours.factor.replace('_', '-')}",
        title="What a naive tool would say",
        figure=_star(found, name) if known else nothing_drawn(found.sentence),
        data=data,
        sentence=f"A naive tool would print {said}, with unlogged days as zero. {found.sentence}",
        caveats=("Shown to compare; nothing else here uses it.",),
    )


def _star(found: Naive, name: str) -> go.Figure:
    dot = go.Scatter(
        x=[round(found.r, 3)],
        y=[name],
        mode="markers+text",
        text=[found.stars],
        textposition="top center",
        marker={"color": colour(Meaning.UNKNOWN), "size": 12, "symbol": "star"},
        **hover(
            [f"r = {written.decimal(found.r, 2)}{found.stars}: no interval,<br>no days, no doubt."]
        ),
    )
    figure = figure_of([dot], x_title="Pearson correlation r", height=140)
    figure.add_vline(x=0, line={"width": 1, "dash": "dot", "color": colour(Meaning.UNKNOWN)})
    return figure.update_xaxes(range=[-1, 1], showgrid=True)
