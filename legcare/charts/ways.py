"""The four ways and the companions of massage, each against cramps."""

from __future__ import annotations

import pandas as pd
from plotly import graph_objects as go

from legcare.analysis.benefits.companions import Companion
from legcare.analysis.benefits.ways import ASPECTS, Ways
from legcare.charts.benefit_words import estimate_sentence, missing
from legcare.charts.chart import Chart
from legcare.charts.theme import Meaning, colour, figure_of, hover, interval_bars, nothing_drawn


def ways_chart(found: Ways, aspect: str) -> Chart:
    """Cramps in the 24 hours after each way of massaging, as ratio to days without massage; how many of each first."""
    rows = [way for way in found.ways if way.aspect == aspect]
    data = pd.DataFrame(
        [(w.label, w.massages, *(value for one in (w.within_24, w.within_48) for value in (one.value, one.low, one.high)),
          w.within_24.n_days, w.within_24.n_events, w.within_24.q, w.within_24.refusal) for w in rows],
        columns=["way", "massages", "ratio_24h", "low_24h", "high_24h", "ratio_48h", "low_48h", "high_48h", "days",
                 "cramps", "q_24h", "refusal"],
    )  # fmt: skip
    name, title = f"ways-{aspect.replace('_', '-')}", ASPECTS[aspect]
    counts = ", ".join(f"{row.label.lower()} {row.massages}" for row in rows) or "none logged"
    sentence = f"Planned massages: {counts}."
    if found.unsaid[aspect]:
        sentence += f" {found.unsaid[aspect]} do not say."
    sentence += "".join(f" {estimate_sentence(row.label, row.within_24)}" for row in rows)
    shown = data.dropna(subset=["ratio_24h"])
    if shown.empty:
        return Chart(
            name, title, nothing_drawn("Too few of each to compare with days without massage."), data, sentence
        )
    return Chart(name, title, _ratios(shown), data, sentence, (found.line,))


def _ratios(shown: pd.DataFrame) -> go.Figure:
    sentences = [f"{r.way}: {r.ratio_24h:.2f} times ({r.low_24h:.2f} to {r.high_24h:.2f}), {r.massages} massages"
                 for r in shown.itertuples()]  # fmt: skip
    points = go.Scatter(
        x=shown["ratio_24h"], y=[f"{r.way} ({r.massages})" for r in shown.itertuples()], mode="markers",
        marker={"symbol": "square", "size": 12, "color": colour(Meaning.MASSAGE)},
        error_x=interval_bars(shown["ratio_24h"], shown["low_24h"], shown["high_24h"], Meaning.MASSAGE),
        **hover(sentences),
    )  # fmt: skip
    figure = figure_of([points], x_title="Cramps in 24 h, ratio to days without massage", height=110 + 40 * len(shown))
    figure.update_xaxes(type="log", tickvals=[0.1, 0.25, 0.5, 1, 2, 4, 10])
    figure.add_vline(x=1, line={"width": 1, "color": colour(Meaning.UNKNOWN)})
    return figure


def companion_curve(found: Companion) -> Chart:
    """Cramps by thirds of a companion, as ratio to the lowest third: a bend can show."""
    data = found.curve
    name, title = f"companion-{found.factor.replace('_', '-')}", found.label.capitalize()
    sentence = estimate_sentence(f"Cramps, {found.line.per or 'per step'} of {found.label}", found.line)
    shown = data.dropna(subset=["low"]) if len(data) else data
    if shown.empty:
        needed = missing(found.line) if not found.line.shown else sentence
        return Chart(name, title, nothing_drawn("Too little to draw a curve yet."), data, needed)
    drawn = pd.concat([data.head(1).assign(low=1.0, high=1.0), shown])
    sentences = [f"{r.third} third, around {r.middle:.4g}: {r.ratio:.2f} times ({r.low:.2f} to {r.high:.2f}), {r.n} days"
                 for r in drawn.itertuples()]  # fmt: skip
    points = go.Scatter(
        x=drawn["middle"], y=drawn["ratio"], mode="lines+markers", line={"color": colour(Meaning.CRAMP), "width": 1},
        error_y=interval_bars(drawn["ratio"], drawn["low"], drawn["high"], Meaning.CRAMP), **hover(sentences),
    )  # fmt: skip
    figure = figure_of([points], x_title=title, y_title="Cramps, ratio to lowest third")
    figure.update_yaxes(type="log", tickvals=[0.1, 0.25, 0.5, 1, 2, 4, 10])
    figure.add_hline(y=1, line={"width": 1, "color": colour(Meaning.UNKNOWN)})
    thirds = "; ".join(f"{r.third} third {r.ratio:.2f} ({r.low:.2f} to {r.high:.2f})" for r in shown.itertuples())
    return Chart(name, title, figure, data, f"{sentence} Against the lowest third: {thirds}.")
