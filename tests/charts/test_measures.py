"""Answers in a reader's units are the same fit at another step.

What is taken away keeps the log's own.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.associations import Family, associate
from legcare.analysis.response import response
from legcare.charts.associations import forest_chart
from legcare.charts.measures import in_units, shape_in_units
from legcare.charts.one_question import response_chart
from legcare.charts.sentences import association_sentence
from legcare.records import DecimalSign, Formats, Units, written
from tests.charts.logs import told

US = Formats(units=Units.US)
PINT = 16 * 29.5735295625


def days(column: str, low: float, high: float, length: int = 240) -> pd.DataFrame:
    """Every day tracked, a factor between two values, and fewer cramps where it is high."""
    draw = np.random.default_rng(3)
    x = draw.uniform(low, high, length)
    cramps = draw.poisson(1.2 * np.exp(-1.2 * (x - low) / (high - low)))
    index = pd.date_range("2026-01-01", periods=length, name="day")
    return pd.DataFrame({"tracked": True, "cramps": cramps.astype(float), column: x}, index=index)


WATER = days("hydration_ml", 800, 3200)
LATER = WATER.assign(hydration_ml=WATER["hydration_ml"].shift(-1))
FOUND = associate(LATER, outcome="cramps", factor="hydration_ml", lag=1)


def test_a_ratio_per_pint_is_the_same_slope_at_another_step() -> None:
    with written.used(US):
        american = in_units(FOUND)
        assert in_units(american) == american
    assert (FOUND.per, american.per) == ("per 500 ml", "per 16 fl oz")
    for before, after in (
        (FOUND.value, american.value),
        (FOUND.low, american.low),
        (FOUND.high, american.high),
    ):
        assert math.log(after) / PINT == pytest.approx(math.log(before) / 500)
    assert (american.p, american.verdict, american.n_days) == (FOUND.p, FOUND.verdict, FOUND.n_days)
    assert in_units(FOUND) is FOUND


@pytest.mark.parametrize(
    ("factor", "low", "high", "per"),
    [
        ("temperature_c", -5, 30, "per 10 °F"),
        ("weight_kg", 70, 90, "per 2 lb"),
        ("ankle_cm", 4, 12, "per 0.5 in"),
        ("sleep_h", 4, 9, "per 1 h"),
    ],
)
def test_the_new_step_is_a_round_number_near_the_old_one(
    factor: str, low: float, high: float, per: str
) -> None:
    with written.used(US):
        assert (
            in_units(associate(days(factor, low, high), outcome="cramps", factor=factor)).per == per
        )


def test_a_factor_of_yes_and_no_has_no_unit_to_change() -> None:
    ticks = days("hydration_ml", 0, 1).assign(
        hydration_ml=lambda frame: frame["hydration_ml"].round()
    )
    found = associate(ticks, outcome="cramps", factor="hydration_ml")
    with written.used(US):
        assert in_units(found) is found


def test_picture_and_sentence_speak_ounces_and_the_data_millilitres() -> None:
    with written.used(Formats(units=Units.US, decimal=DecimalSign.COMMA)):
        chart = forest_chart(Family((FOUND,)))
        sentence = association_sentence(FOUND)
        drawn = in_units(FOUND)
    assert chart.data[["per", "estimate", "low", "high"]].to_numpy().tolist() == [
        ["per 500 ml", FOUND.value, FOUND.low, FOUND.high]
    ]
    assert chart.figure.data[0].x[0] == pytest.approx(drawn.value, abs=1e-4)
    assert f"{drawn.value:.2f}".replace(".", ",") + " times as many per 16 fl oz" in sentence
    assert "per 16 fl oz" in told(chart.figure.data[0])[0]
    assert (
        "."
        not in told(chart.figure.data[0])[0]
        .replace(").", "")
        .rstrip(".")
        .replace("shown: ", "")
        .split("<br>")[1]
    )


def test_a_file_says_thousands_of_steps_the_same_way_to_everybody() -> None:
    found = associate(days("steps", 2000, 14000), outcome="cramps", factor="steps")
    with written.used(Formats(decimal=DecimalSign.COMMA)):
        assert set(forest_chart(Family((found,))).data["per"]) == {"per 2,000 steps"}


def test_a_shape_lies_along_the_unit_of_the_reader() -> None:
    curve = response(WATER, outcome="cramps", factor="hydration_ml")
    few = response(WATER.head(60), outcome="cramps", factor="hydration_ml")
    with written.used(US):
        chart, bins = response_chart(curve), shape_in_units(few)
    assert (curve.kind, few.kind) == ("spline", "bins")
    assert chart.figure.layout.xaxis.title.text == "Hydration (fl oz)"
    assert max(chart.figure.data[-1].x) == pytest.approx(
        curve.table["x"].max() / 29.5735295625, abs=1e-3
    )
    assert chart.data is curve.table
    assert f"its middle value ({curve.middle / 29.5735295625:.0f})" in chart.sentence
    first = few.bins[0].up_to / 29.5735295625
    assert bins.table["label"].iloc[0] == f"up to {first:.0f}"
    assert few.table["label"].iloc[0] == f"up to {few.bins[0].up_to:g}"
