"""The four ways and the companions of massage, each against cramps."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from plotly import graph_objects as go

from legcare.analysis.benefits.companions import Companion
from legcare.analysis.benefits.ways import ASPECTS, Ways
from legcare.analysis.estimate import Association
from legcare.charts import sentences as say
from legcare.charts.benefit_words import estimate_sentence
from legcare.charts.chart import Chart
from legcare.charts.one_question import response_chart
from legcare.charts.theme import (
    Meaning,
    colour,
    figure_of,
    hover,
    interval_bars,
    nothing_drawn,
    rows,
)
from legcare.records import written

TICKS = [0.1, 0.25, 0.5, 1, 2, 4, 10]


def ways_chart(found: Ways, aspect: str) -> Chart:
    """Cramps in the 24 hours after each way of massaging, as ratio to days without massage.

    How many of each first.
    """
    ways = [way for way in found.ways if way.aspect == aspect]
    data = pd.DataFrame(
        [
            (
                w.label,
                w.massages,
                *_limits(w.within_24),
                *_limits(w.within_48),
                w.within_24.n_days,
                w.within_24.n_events,
                w.within_24.q,
                w.within_24.refusal,
            )
            for w in ways
        ],
        columns=[
            "way",
            "massages",
            "ratio_24h",
            "low_24h",
            "high_24h",
            "ratio_48h",
            "low_48h",
            "high_48h",
            "days",
            "cramps",
            "q_24h",
            "refusal",
        ],
    )
    name, title = f"ways-{aspect.replace('_', '-')}", ASPECTS[aspect]
    counts = ", ".join(f"{row.label.lower()} {row.massages}" for row in ways) or "none logged"
    sentence = f"Planned massages: {counts}."
    if found.unsaid[aspect]:
        sentence += f" {found.unsaid[aspect]} do not say."
    sentence += "".join(f"\n{estimate_sentence(row.label, row.within_24)}" for row in ways)
    shown = data.dropna(subset=["ratio_24h"])
    if shown.empty:
        return Chart(
            name,
            title,
            nothing_drawn("Too few of each to compare with days without massage."),
            data,
            sentence,
        )
    return Chart(name, title, _ratios(shown), data, sentence, (found.line,))


def _limits(found: Association) -> tuple[float, float, float]:
    return found.value, found.low, found.high


def _times(value: float, low: float, high: float) -> str:
    return (
        f"{written.decimal(value, 2)} times ({written.decimal(low, 2)} to"
        f" {written.decimal(high, 2)})"
    )


def _ratios(shown: pd.DataFrame) -> go.Figure:
    sentences = [
        f"{r.way}: {_times(r.ratio_24h, r.low_24h, r.high_24h)}, {r.massages} massages"
        for r in rows(shown)
    ]
    points = go.Scatter(
        x=shown["ratio_24h"],
        y=[f"{r.way} ({r.massages})" for r in shown.itertuples()],
        mode="markers",
        marker={"symbol": "square", "size": 12, "color": colour(Meaning.MASSAGE)},
        error_x=interval_bars(
            shown["ratio_24h"], shown["low_24h"], shown["high_24h"], Meaning.MASSAGE
        ),
        **hover(sentences),
    )
    return _against_one(points, "Times as many within 24 h", len(shown))


def _against_one(points: go.Scatter, title: str, number: int) -> go.Figure:
    figure = figure_of([points], x_title=title, height=110 + 40 * number)
    figure.update_xaxes(
        type="log", tickvals=TICKS, ticktext=[written.brief(tick) for tick in TICKS]
    )
    figure.add_vline(x=1, line={"width": 1, "color": colour(Meaning.UNKNOWN)})
    return figure


def companion_curve(found: Companion) -> Chart:
    """Cramps along a companion as ratio to its reference, as a curve or three bins.

    A bend can show.
    """
    shape = response_chart(found.curve)
    name, title = f"companion-{found.factor.replace('_', '-')}", found.label
    words = say.association_sentence(found.line)
    if not found.curve.shown:
        return Chart(
            name,
            _headed(title),
            nothing_drawn("Too little to draw a curve yet."),
            found.curve.table,
            words,
        )
    return Chart(
        name,
        _headed(title),
        shape.figure,
        found.curve.table,
        f"{words} {shape.sentence}",
        shape.caveats,
    )


def kinds_chart(found: Sequence[Companion]) -> Chart:
    """Cramps on days with each kind of workout, as ratio to other tracked days.

    How many days of each first.
    """
    kinds = [one for one in found if one.is_kind]
    data = pd.DataFrame(
        [
            (
                one.label,
                one.on_days,
                *_limits(one.line),
                one.line.n_days,
                one.line.q,
                one.line.refusal,
            )
            for one in kinds
        ],
        columns=["kind", "days", "ratio", "low", "high", "usable_days", "q", "refusal"],
    )
    sentence = "Days with each: " + ", ".join(f"{one.label} {one.on_days}" for one in kinds) + "."
    sentence += "".join(f"\n{say.association_sentence(one.line)}" for one in kinds)
    shown = data.dropna(subset=["ratio"])
    if shown.empty:
        return Chart(
            "companion-kinds",
            "Kinds of exercise",
            nothing_drawn("Too few of each to compare."),
            data,
            sentence,
        )
    told = [
        f"{_headed(r.kind)}: {_times(r.ratio, r.low, r.high)}, {r.days} days" for r in rows(shown)
    ]
    points = go.Scatter(
        x=shown["ratio"],
        y=[f"{_headed(r.kind)} ({r.days})" for r in rows(shown)],
        mode="markers",
        marker={"symbol": "diamond", "size": 12, "color": colour(Meaning.BETTER)},
        error_x=interval_bars(shown["ratio"], shown["low"], shown["high"], Meaning.BETTER),
        **hover(told),
    )
    figure = _against_one(points, "Times as many as other days", len(shown))
    return Chart("companion-kinds", "Kinds of exercise", figure, data, sentence)


def _headed(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
