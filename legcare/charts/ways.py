"""The four ways and the companions of massage, each against cramps."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from plotly import graph_objects as go

from legcare.analysis.benefits.companions import Companion
from legcare.analysis.benefits.ways import ASPECTS, Ways
from legcare.analysis.estimate import Association
from legcare.charts.benefit_words import estimate_sentence
from legcare.charts.chart import Chart
from legcare.charts.measures import in_units, shape_in_units, unit_of
from legcare.charts.theme import Meaning, colour, figure_of, hover, interval_band, interval_bars, nothing_drawn, rows
from legcare.records import written

TICKS = [0.1, 0.25, 0.5, 1, 2, 4, 10]


def ways_chart(found: Ways, aspect: str) -> Chart:
    """Cramps in the 24 hours after each way of massaging, as ratio to days without massage; how many of each first."""
    ways = [way for way in found.ways if way.aspect == aspect]
    data = pd.DataFrame(
        [(w.label, w.massages, *_limits(w.within_24), *_limits(w.within_48), w.within_24.n_days, w.within_24.n_events,
          w.within_24.q, w.within_24.refusal) for w in ways],
        columns=["way", "massages", "ratio_24h", "low_24h", "high_24h", "ratio_48h", "low_48h", "high_48h", "days",
                 "cramps", "q_24h", "refusal"],
    )  # fmt: skip
    name, title = f"ways-{aspect.replace('_', '-')}", ASPECTS[aspect]
    counts = ", ".join(f"{row.label.lower()} {row.massages}" for row in ways) or "none logged"
    sentence = f"Planned massages: {counts}."
    if found.unsaid[aspect]:
        sentence += f" {found.unsaid[aspect]} do not say."
    sentence += "".join(f" {estimate_sentence(row.label, row.within_24)}" for row in ways)
    shown = data.dropna(subset=["ratio_24h"])
    if shown.empty:
        return Chart(
            name, title, nothing_drawn("Too few of each to compare with days without massage."), data, sentence
        )
    return Chart(name, title, _ratios(shown), data, sentence, (found.line,))


def _limits(found: Association) -> tuple[float, float, float]:
    return found.value, found.low, found.high


def _times(value: float, low: float, high: float) -> str:
    return f"{written.decimal(value, 2)} times ({written.decimal(low, 2)} to {written.decimal(high, 2)})"


def _ratios(shown: pd.DataFrame) -> go.Figure:
    sentences = [f"{r.way}: {_times(r.ratio_24h, r.low_24h, r.high_24h)}, {r.massages} massages" for r in rows(shown)]
    points = go.Scatter(
        x=shown["ratio_24h"], y=[f"{r.way} ({r.massages})" for r in shown.itertuples()], mode="markers",
        marker={"symbol": "square", "size": 12, "color": colour(Meaning.MASSAGE)},
        error_x=interval_bars(shown["ratio_24h"], shown["low_24h"], shown["high_24h"], Meaning.MASSAGE),
        **hover(sentences),
    )  # fmt: skip
    figure = figure_of([points], x_title="Cramps in 24 h, ratio to days without massage", height=110 + 40 * len(shown))
    figure.update_xaxes(type="log", tickvals=TICKS, ticktext=[written.brief(tick) for tick in TICKS])
    figure.add_vline(x=1, line={"width": 1, "color": colour(Meaning.UNKNOWN)})
    return figure


def companion_curve(found: Companion) -> Chart:
    """Cramps along a companion as ratio to its reference, as a curve or three bins: a bend can show."""
    read = replace(found, line=in_units(found.line), curve=shape_in_units(found.curve))
    curve, data = read.curve, read.curve.table
    name, title = f"companion-{found.factor.replace('_', '-')}", found.label.capitalize()
    sentence = estimate_sentence(f"Cramps, {read.line.per or 'per step'}: {found.label}", read.line)
    if not curve.shown:
        return Chart(name, title, nothing_drawn("Too little to draw a curve yet."), found.curve.table, sentence)
    drawn, unit = data.dropna(subset=["value"]), unit_of(found.factor).unit
    figure = figure_of(
        _curve_traces(read, drawn), x_title=f"{title} ({unit})" if unit else title, y_title="Cramps, ratio", height=300
    )
    figure.update_yaxes(type="log", tickvals=TICKS, ticktext=[written.brief(tick) for tick in TICKS])
    figure.add_hline(y=1, line={"width": 1, "color": colour(Meaning.UNKNOWN)})
    sentence += f" The picture compares with {curve.reference}, over {curve.n_days} days."
    if curve.kind == "bins":
        sentence += "".join(f" {r.label}: {_times(r.value, r.low, r.high)}." for r in rows(drawn.iloc[1:]))
    return Chart(name, title, figure, found.curve.table, sentence)


def _curve_traces(found: Companion, drawn: pd.DataFrame) -> list[go.Scatter]:
    places = drawn["label"].tolist() if found.curve.kind == "bins" else drawn["x"].tolist()
    named = [place if isinstance(place, str) else written.brief(place, 4) for place in places]
    sentences = [f"{place}: {_times(r.value, r.low, r.high)}" for place, r in zip(named, rows(drawn), strict=True)]
    red = colour(Meaning.CRAMP)
    if found.curve.kind == "bins":
        bars = interval_bars(drawn["value"], drawn["low"], drawn["high"], Meaning.CRAMP)
        points = {"x": places, "y": drawn["value"], "marker": {"size": 11, "color": red}, "error_y": bars}
        return [go.Scatter(**points, mode="markers", **hover(sentences))]
    band = interval_band(places, drawn["low"], drawn["high"], Meaning.CRAMP)
    return [*band, go.Scatter(x=places, y=drawn["value"], mode="lines", line={"color": red}, **hover(sentences))]
