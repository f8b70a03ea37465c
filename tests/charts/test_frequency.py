from datetime import date

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.frequency import cramp_rate, rate_change
from legcare.analysis.missing import missing_days
from legcare.charts import frequency
from legcare.charts.theme import Meaning, colour
from legcare.days import cramp_table, day_table
from tests.charts.logs import CRAMPS, DAYS, GAP, NO_CRAMPS, NO_DAYS, ONE, START, told


def test_the_weekly_chart_draws_the_rolling_rate_with_its_band():
    chart = frequency.weekly_chart(DAYS)
    bars, *bands, line = chart.figure.data
    assert list(bars.y[:3]) == chart.data["cramps_in_week"].tolist()[:3]
    assert line.y == pytest.approx(chart.data["per_week"].round(3).to_numpy(), nan_ok=True)
    assert len(bands) == 2  # the unlogged fortnight breaks the band
    assert max(bands[0].y) == pytest.approx(round(chart.data["high"].iloc[:6].max(), 3))
    assert chart.figure.layout.yaxis.title.text == "Cramps per week"


def test_weeks_without_a_log_are_grey_and_empty():
    chart = frequency.weekly_chart(DAYS)
    (grey,) = chart.figure.layout.shapes
    missing = chart.data[chart.data["tracked_in_week"] == 0]
    assert len(missing) == len(GAP) / 7
    assert missing[["cramps_in_week", "per_week", "low", "high"]].isna().to_numpy().all()
    assert (
        pd.Timestamp(grey.x0)
        < missing["week"].min()
        < missing["week"].max()
        < pd.Timestamp(grey.x1)
    )
    assert "Grey: 2 weeks without a tracked day." in chart.caveats[-1]


def test_the_sentence_is_the_estimate():
    rate = cramp_rate(DAYS)
    assert (
        frequency.weekly_chart(DAYS).sentence
        == f"In {rate.n_days} tracked days you had {rate.value:.1f} cramps a week "
        f"(95 % interval {rate.low:.1f} to {rate.high:.1f}; {rate.n_events} cramps)."
    )


def test_pointing_at_a_week_reads_a_sentence():
    chart = frequency.weekly_chart(DAYS)
    line = chart.figure.data[-1]
    assert told(line)[3].startswith("In the four weeks to 29 March 2026:<br>")
    assert told(chart.figure.data[0])[0].startswith("Week of 2 March 2026: ")


def test_ten_years_are_drawn_at_every_fourth_week_and_say_so():
    days = pd.concat([DAYS] * 26).set_axis(
        pd.date_range("2016-01-04", periods=26 * len(DAYS), unit="us", name="day")
    )
    chart = frequency.weekly_chart(days)
    line = chart.figure.data[-1]
    assert len(line.x) == len(chart.data) / 4
    assert pd.Timestamp(line.x[-1]) == chart.data["week"].iloc[-1]
    assert "Drawn at every fourth week; the table holds every week." in chart.caveats[-1]
    assert len(chart.figure.to_json()) < 60_000


def test_severity_adds_up_to_the_rate():
    chart = frequency.severity_chart(DAYS, CRAMPS)
    assert list(chart.figure.data[0].y) == [
        "Mild (1 to 3)",
        "Moderate (4 to 6)",
        "Severe (7 to 10)",
    ]
    assert chart.data["per_week"].sum() == pytest.approx(cramp_rate(DAYS).value)
    assert chart.figure.layout.xaxis.title.text == "Cramps per week"
    assert "severe cramps came" in chart.sentence


def test_places_are_named_with_interval():
    chart = frequency.place_chart(DAYS, CRAMPS)
    assert list(chart.figure.data[0].y) == ["Calf, left"]
    bars = chart.figure.data[0].error_x
    assert chart.figure.data[0].x[0] + bars.array[0] == pytest.approx(
        chart.data["high"].iloc[0], abs=0.01
    )
    assert frequency.place_words("not said", "unknown") == "Place not said, side not said"


def test_the_trend_line_stands_only_where_there_is_a_trend():
    flat = frequency.trend_chart(DAYS)
    assert "Too early to call it a trend" in flat.sentence or "No clear trend" in flat.sentence
    assert len(flat.figure.data) == 1
    span = pd.date_range("2025-01-01", periods=400, freq="D", name="day")
    place = np.arange(len(span))
    counts = np.where(place < 120, 2.0, np.where(place % 7 == 0, 1.0, 0.0))
    falling = pd.DataFrame({"tracked": True, "cramps": counts}, index=span)
    early = frequency.trend_chart(falling.iloc[:60])
    assert "cramps have become" not in early.sentence
    chart = frequency.trend_chart(falling)
    assert "cramps have become fewer" in chart.sentence
    line = chart.figure.data[-1]
    assert line.y[0] > line.y[-1] > 0


def test_before_and_after_always_says_what_doing_nothing_looks_like():
    on = date(2026, 5, 11)
    chart, found = frequency.change_chart(DAYS, on), rate_change(DAYS, on)
    assert list(chart.figure.data[0].y) == ["Before", "From 11 May 2026"]
    assert chart.figure.data[0].x[0] == pytest.approx(
        cramp_rate(DAYS[DAYS.index < "2026-05-11"]).value, abs=0.001
    )
    assert f"{found.value:.2f}" in chart.sentence
    assert found.value < 1
    assert chart.sentence.endswith("doing nothing can look like.")
    assert "fixed before looking" in chart.caveats[0]
    rise = frequency.change_chart(DAYS.set_axis(DAYS.index[::-1]).sort_index(), on)
    assert "doing nothing" not in rise.sentence
    assert "doing nothing can look like" in rise.caveats[0]


def test_unlogged_days_are_drawn_as_a_range_beside_the_rate():
    found = missing_days(DAYS)
    chart = frequency.unlogged_chart(found)
    dots, band = chart.figure.data
    assert dots.x[0] == pytest.approx(found.logged.value, abs=0.001)
    assert list(band.x) == [round(found.low, 3), round(found.high, 3)]
    assert dots.marker.color[0] == colour(Meaning.CRAMP)
    assert found.as_zero.value < found.logged.value


def test_one_cramp_draws_no_rate_and_says_what_is_missing():
    days = day_table(ONE, day_start=START)
    chart = frequency.weekly_chart(days)
    assert np.isnan(chart.figure.data[-1].y[0])
    assert "6 more tracked days" in chart.sentence
    assert frequency.trend_chart(days).sentence.endswith(".")
    assert frequency.place_chart(days, cramp_table(ONE, day_start=START)).data[
        "cramps"
    ].tolist() == [1.0]


def test_a_young_log_has_weeks_on_its_axis_not_milliseconds():
    figure = frequency.weekly_chart(day_table(ONE, day_start=START)).figure
    first, last = (pd.Timestamp(each) for each in figure.layout.xaxis.range)
    assert (last - first).days >= 56
    assert (
        "7 tracked days"
        in frequency.trend_chart(day_table(ONE, day_start=START)).figure.layout.annotations[0].text
    )


def test_an_empty_log_is_said_not_drawn():
    chart = frequency.weekly_chart(NO_DAYS)
    assert chart.figure.layout.annotations[0].text == "No days yet."
    assert frequency.place_chart(NO_DAYS, NO_CRAMPS).sentence == "No cramps with a place yet."
