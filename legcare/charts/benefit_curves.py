"""Pictures over time for single claims.

Two aligned panels, soreness after workouts, waits until recovery.
"""

from __future__ import annotations

import pandas as pd
from plotly import graph_objects as go

from legcare.analysis.benefits import Benefit
from legcare.charts.benefit_words import estimate_sentence, headline_sentence
from legcare.charts.chart import Chart
from legcare.charts.measures import length_unit
from legcare.charts.theme import (
    TEXT,
    Meaning,
    colour,
    dated,
    direct_label,
    figure_of,
    hover,
    interval_band,
    interval_bars,
    nothing_drawn,
)
from legcare.charts.theme import rows as rows_of
from legcare.records import written

GROUPS = {"with": Meaning.MASSAGE, "without": Meaning.UNKNOWN}


def aligned_panels(benefit: Benefit) -> Chart:
    """Flexibility above, massage of the past 14 days below, on one time axis."""
    data = benefit.details["panels"]
    name, title = "flexibility-and-massage", "Flexibility and massage over time"
    if data.empty or data["measure"].notna().sum() == 0:
        return Chart(
            name,
            title,
            nothing_drawn("No flexibility measured yet."),
            data,
            headline_sentence(benefit),
        )
    measured, unit = data.dropna(subset=["measure"]), length_unit(benefit.headline.unit)
    top = go.Scatter(
        x=measured["week"],
        y=measured["measure"] * unit.per,
        mode="lines+markers",
        yaxis="y2",
        line={"color": colour(Meaning.BETTER)},
        **hover(
            f"Week to {written.day(r.week)}: {written.decimal(r.measure * unit.per)} {unit.unit}"
            for r in rows_of(measured)
        ),
    )
    known = data.dropna(subset=["massage_min"])
    bottom = go.Bar(
        x=known["week"],
        y=known["massage_min"],
        marker={"color": colour(Meaning.MASSAGE)},
        **hover(
            f"14 days to {written.day(r.week)}: {written.whole(r.massage_min)} min of massage"
            for r in rows_of(known)
        ),
    )
    figure, outcome = (
        figure_of([bottom, top], height=420),
        f"{benefit.headline.outcome.capitalize()} ({unit.unit})",
    )
    figure.update_layout(
        yaxis={
            "domain": [0, 0.42],
            "title": {"text": "Massage, 14 days (min)"},
            "rangemode": "tozero",
        },
        yaxis2={"domain": [0.56, 1], "title": {"text": outcome}, "anchor": "x"},
    )
    dated(figure).update_yaxes(title_font_color=TEXT, tickfont_color=TEXT)
    return Chart(name, title, figure, data, headline_sentence(benefit))


def soreness_curve(benefit: Benefit) -> Chart:
    """Mean soreness on the days after a workout, with and without massage.

    The difference has its interval.
    """
    data = benefit.details["curve"]
    name, title = "soreness-after-workouts", "Soreness in the days after a workout"
    if data.empty or data["soreness"].notna().sum() == 0:
        return Chart(
            name,
            title,
            nothing_drawn("No soreness rated after a workout yet."),
            data,
            headline_sentence(benefit),
        )
    figure = figure_of([], x_title="Days after the workout", y_title="Soreness (0-10)")
    for group, rows in data.groupby("massage", sort=False):
        figure.add_trace(_soreness_trace(str(group), rows))
    figure.update_xaxes(dtick=1).update_layout(showlegend=True)
    caveat = (
        "The curve with massage is the one without plus the adjusted difference; the interval is"
        " the difference's."
    )
    return Chart(name, title, figure, data, headline_sentence(benefit), (caveat,))


def _soreness_trace(group: str, rows: pd.DataFrame) -> go.Scatter:
    meaning = GROUPS[group]
    sentences = [
        f"{r.days_after} days after, {group} massage: {written.decimal(r.soreness)} ({r.n}"
        " workouts)"
        for r in rows_of(rows)
    ]
    return go.Scatter(
        x=rows["days_after"],
        y=rows["soreness"],
        mode="lines+markers",
        name=f"{group} massage",
        line={"color": colour(meaning), "dash": "solid" if group == "with" else "dash"},
        error_y=interval_bars(
            rows["soreness"],
            rows["low"].fillna(rows["soreness"]),
            rows["high"].fillna(rows["soreness"]),
            meaning,
        ),
        **hover(sentences),
    )


def recovery_curve(benefit: Benefit) -> Chart:
    """Share of workouts still sorer than usual, by days after, with and without massage.

    Kaplan-Meier.
    """
    data = benefit.details["curves"]
    name, title = "days-until-recovered", "Days until soreness is back to usual"
    sentence = " ".join(estimate_sentence(label, one) for label, one in benefit.estimates.items())
    if data.empty:
        return Chart(
            name,
            title,
            nothing_drawn("Not enough workouts with soreness rated after them."),
            data,
            sentence,
        )
    figure = figure_of([], x_title="Days after the workout", y_title="Still sorer than usual (%)")
    for group, rows in data.groupby("massage", sort=False):
        _steps(figure, str(group), rows)
    figure.update_yaxes(range=[0, 101]).update_xaxes(rangemode="tozero", dtick=1)
    caveat = (
        "Described, not tested: harder workouts are massaged more often, and a next workout cuts a"
        " wait short. Soreness is rated once a day."
    )
    return Chart(name, title, figure, data, sentence, (caveat,))


def _steps(figure: go.Figure, group: str, rows: pd.DataFrame) -> None:
    meaning = GROUPS[group]
    stairs = _stairs(rows)
    figure.add_traces(
        interval_band(list(stairs["time"]), 100 * stairs["low"], 100 * stairs["high"], meaning)
    )
    sentences = [
        f"Day {written.brief(r.time)}, {group} massage: {written.percent(r.share)} still sorer than"
        " usual"
        for r in rows_of(stairs)
    ]
    figure.add_trace(
        go.Scatter(
            x=stairs["time"],
            y=100 * stairs["share"],
            mode="lines",
            name=f"{group} massage",
            line={"color": colour(meaning), "dash": "solid" if group == "with" else "dash"},
            **hover(sentences),
        )
    )
    middle = stairs.iloc[len(stairs) // 2]
    direct_label(figure, float(middle["time"]), 100 * float(middle["share"]), f"{group} massage")


def _stairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Both corners of every step, so that the band has the curve's own shape."""
    before = rows.assign(
        share=rows["share"].shift(), low=rows["low"].shift(), high=rows["high"].shift()
    ).iloc[1:]
    both = pd.concat([rows.assign(corner=1), before.assign(corner=0)])
    return both.sort_values(["time", "corner"]).reset_index(drop=True)
