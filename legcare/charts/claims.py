"""The seven claims as one table and one picture: what was measured, each in its own unit."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from plotly import graph_objects as go
from plotly.subplots import make_subplots

from legcare.analysis.benefits import Benefit, Seven, Standing
from legcare.charts.benefit_words import counted, interval
from legcare.charts.chart import Chart
from legcare.charts.measures import lengths_in_units
from legcare.charts.theme import Meaning, colour, figure_of, hover, interval_bars
from legcare.records import written

ANKLE_ERROR_CM = 1.9


@dataclass(frozen=True)
class Naming:
    """How a claim is named by what is measured, and what research found, with its object."""

    name: str
    research: str
    fewer: str
    more: str


NAMINGS = {
    "circulation": Naming("Heavy legs", "Mixed: blood flow to the muscle", "lighter", "heavier"),
    "tension": Naming("Tension left", "Weak: softer for minutes", "fewer cramps", "more cramps"),
    "flexibility": Naming("Ankle bend", "Supported: a small gain", "less", "more"),
    "waste": Naming("Next-day soreness", "Contradicted: nothing is flushed out", "lower", "higher"),
    "stress": Naming("Stress the day after", "Supported: less anxiety", "lower", "higher"),
    "recovery": Naming(
        "Cramps after workouts", "Supported: less soreness. Not tested: cramps", "fewer", "more"
    ),
    "problem_areas": Naming(
        "Sore spots as a warning sign", "Not tested", "less often", "more often"
    ),
}


def claims_table(seven: Seven) -> pd.DataFrame:
    """One row per claim: what is measured, what research found, what this log shows."""
    return pd.DataFrame(
        [
            {
                "What is measured": NAMINGS[one.key].name,
                "What research found": NAMINGS[one.key].research,
                "What your log shows": log_words(one),
            }
            for one in seven.benefits
        ]
    )


def log_words(benefit: Benefit) -> str:
    """What the log shows of one claim in its own unit, in a few words."""
    found, naming = lengths_in_units(benefit.headline), NAMINGS[benefit.key]
    if not found.shown:
        return f"Not yet: {benefit.waiting_for}"
    if benefit.standing is Standing.NO_CLEAR:
        return "No clear difference so far"
    low = found.value < (1 if found.unit == "ratio" else 0)
    direction = naming.fewer if low else naming.more
    if found.unit == "ratio":
        return f"About {written.decimal(found.value)} times as often"
    size = f"{written.decimal(abs(found.value))} {found.unit} {direction}"
    small = found.unit == "cm" and abs(found.value) < ANKLE_ERROR_CM
    return f"{size}: too small to feel" if small else size


def claims_chart(seven: Seven) -> Chart:
    """Small pictures of every claim that has a number, each on an axis of its own unit."""
    shown = [one for one in seven.benefits if one.headline.shown]
    return Chart(
        name="seven-claims",
        title="The seven claims, each in its own unit",
        figure=_multiples(shown),
        data=_data(shown),
        sentence=_sentence(seven),
        detail=(seven.line,) if shown else (),
    )


def _sentence(seven: Seven) -> str:
    clear = [one for one in seven.benefits if one.standing in (Standing.BETTER, Standing.WORSE)]
    if not clear:
        return "None of the seven is clear in your log so far."
    return f"Clear so far: {'; '.join(NAMINGS[one.key].name.lower() for one in clear)}."


def _data(shown: list[Benefit]) -> pd.DataFrame:
    rows = []
    for one in shown:
        found = lengths_in_units(one.headline)
        values = (found.value, found.low, found.high, found.unit, found.per, found.n_days, found.q)
        rows.append((NAMINGS[one.key].name, *values))
    columns = ["measured", "value", "low", "high", "unit", "per", "days", "q"]
    return pd.DataFrame(rows, columns=columns)


def _multiples(shown: list[Benefit]) -> go.Figure:
    if not shown:
        return go.Figure()
    titles = [NAMINGS[one.key].name for one in shown]
    figure = make_subplots(rows=len(shown), cols=1, subplot_titles=titles, vertical_spacing=0.12)
    figure.update_layout(figure_of([], height=60 + 120 * len(shown)).layout).update_layout(
        margin_t=30
    )
    for row, one in enumerate(shown, 1):
        found = lengths_in_units(one.headline)
        ratio = found.unit == "ratio"
        words = f"{log_words(one)} ({interval(found)}; {counted(found)})"
        point = go.Scatter(
            x=[found.value],
            y=[""],
            mode="markers",
            marker={"size": 11, "color": colour(Meaning.MASSAGE)},
            error_x=interval_bars(
                pd.Series([found.value]), pd.Series([found.low]), pd.Series([found.high])
            ),
            showlegend=False,
            **hover([words]),
        )
        figure.add_trace(point, row=row, col=1)
        middle = 1.0 if ratio else 0.0
        line = {"width": 1, "color": colour(Meaning.UNKNOWN)}
        figure.add_vline(x=middle, line=line, row=row, col=1)
        unit = f"times as many, {found.per}" if ratio else f"{found.unit}, {found.per}"
        figure.update_xaxes(
            title_text=unit, type="log" if ratio else "linear", row=row, col=1, automargin=True
        )
    return figure
