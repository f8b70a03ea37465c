import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from legcare.analysis.estimate import Verdict
from legcare.analysis.timing import night_share, preferred_hour, weekday_pattern
from legcare.charts import timing
from legcare.days import cramp_table, day_table
from legcare.records import Clock, ClockFace, Cramp, DateOrder, Formats, Log, WeekStart, written
from tests.charts.logs import CRAMPS, DAYS, MASSAGES, NO_CRAMPS, NO_DAYS, ONE, START, told


def test_the_clock_counts_bouts_by_hour_and_points_at_the_gathering():
    chart = timing.clock_chart(CRAMPS)
    petals, arc, hand = chart.figure.data
    assert sum(petals.r) == chart.data["bouts"].sum() == preferred_hour(CRAMPS).n_bouts
    assert list(np.flatnonzero(petals.r)) == [1, 23]
    assert petals.theta[23] == 23.5 * 15
    found = preferred_hour(CRAMPS)
    assert hand.theta[0] == pytest.approx(found.value * 15)
    assert (arc.theta[0], arc.theta[-1]) == pytest.approx(
        (found.low * 15, found.high * 15), abs=0.1
    )
    assert told(petals)[23].startswith("From 23:00 to 00:00:<br>")
    assert chart.sentence.startswith("Your cramps gather around ")


def test_the_clock_runs_clockwise_from_midnight_at_the_top():
    axis = timing.clock_chart(CRAMPS).figure.layout.polar.angularaxis
    assert (axis.direction, axis.rotation) == ("clockwise", 90)
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True))[180] == "noon"


def test_several_busy_times_are_said():
    log = Log.of(
        [
            Cramp(at=datetime(2026, 3, 2, hour, day, tzinfo=UTC) + timedelta(days=2 * day))
            for day in range(40)
            for hour in ((11, 20)[day % 2],)
        ]
    )
    chart = timing.clock_chart(cramp_table(log, day_start=START))
    assert chart.sentence.startswith("Your cramps have busy times: 50 %, came between ")
    assert "gather around" not in chart.sentence
    assert timing.clock_chart(CRAMPS).caveats == ()


def test_parts_of_the_day_are_drawn_as_parts_and_give_no_hour():
    moments = [datetime(2026, 3, 2 + day, 12, tzinfo=UTC) for day in range(20)]
    clocks = [Clock.NIGHT if day % 4 else Clock.MORNING for day in range(20)]
    log = Log.of(Cramp(at=at, clock=clock) for at, clock in zip(moments, clocks, strict=True))
    chart = timing.clock_chart(cramp_table(log, day_start=START))
    assert dict(zip(chart.data["part"], chart.data["cramps"], strict=True))["night"] == 15
    assert min(chart.figure.data[0].width) >= 60
    assert "15 cramps at night" in chart.sentence


def test_few_cramps_name_no_hour():
    chart = timing.clock_chart(cramp_table(ONE, day_start=START))
    assert len(chart.figure.data) == 1
    assert "14 more separate bouts" in chart.sentence


def test_weekdays_carry_their_intervals():
    chart, found = timing.weekday_chart(DAYS), weekday_pattern(DAYS)
    dots = chart.figure.data[0]
    assert list(dots.x) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert list(dots.y) == found.table["rate"].round(3).tolist()
    assert dots.y[0] + dots.error_y.array[0] == pytest.approx(
        found.table["high"].iloc[0], abs=0.001
    )
    assert chart.figure.layout.yaxis.title.text == "Cramps per day"
    assert "That is not the same as no difference." in chart.sentence


def test_months_of_less_than_two_years_carry_their_warning():
    chart = timing.season_chart(DAYS)
    assert np.isnan(chart.figure.data[0].y[0])
    assert "Less than two years" in chart.caveats[0]


@pytest.mark.parametrize(
    ("column", "unit"), [("minutes", "Length (minutes)"), ("severity", "Severity (0 to 10)")]
)
def test_how_bad_by_hour_has_units_and_numbers(column: str, unit: str):
    chart = timing.hourly_chart(CRAMPS, column=column)
    assert chart.figure.layout.yaxis.title.text == unit
    assert chart.figure.layout.xaxis.title.text == "Hour of the day"
    assert chart.data["cramps"].sum() == len(CRAMPS)
    shown = chart.data[chart.data["mean"].notna()]
    assert ((shown["low"] <= shown["mean"]) & (shown["mean"] <= shown["high"])).all()


def test_waits_stand_beside_ordinary_moments_and_claim_nothing():
    chart = timing.waits_chart(CRAMPS, MASSAGES, DAYS, thing="massage")
    cramps, ordinary = chart.figure.data
    assert sum(cramps.y) == pytest.approx(100, abs=0.5)
    assert sum(ordinary.y) == pytest.approx(100, abs=0.5)
    assert cramps.marker.pattern.shape != ordinary.marker.pattern.shape
    assert "A description, not evidence" in chart.caveats[0]
    assert chart.figure.layout.xaxis.title.text == "Time since the last massage"


def test_night_against_day_says_its_interval():
    words = timing.night_sentence(night_share(CRAMPS))
    assert "times as many per hour of night as per hour of day (95 % interval" in words


def test_an_empty_log_is_said():
    assert "0 so far" in timing.clock_chart(NO_CRAMPS).sentence
    assert "two of them" in timing.season_chart(NO_DAYS).sentence
    assert "0 cramps" in timing.hourly_chart(NO_CRAMPS, column="minutes").sentence
    assert (
        "nothing to lay out"
        in timing.waits_chart(NO_CRAMPS, MASSAGES, DAYS, thing="massage").sentence
    )
    one = day_table(ONE, day_start=START)
    assert "20 more usable days and 9 more cramps" in timing.weekday_chart(one).sentence


def test_an_american_reader_has_twelve_hours_and_weeks_that_begin_on_sunday():
    american = Formats(clock=ClockFace.HOURS_12, order=DateOrder.MONTH_FIRST, week=WeekStart.SUNDAY)
    with written.used(american):
        clock, week = timing.clock_chart(CRAMPS), timing.weekday_chart(DAYS)
        hours = timing.hourly_chart(CRAMPS, column="minutes")
    around = clock.figure.layout.polar.angularaxis.ticktext
    assert list(around) == ["midnight", "3 am", "6 am", "9 am", "noon", "3 pm", "6 pm", "9 pm"]
    assert told(clock.figure.data[0])[23].startswith("From 11:00 pm to 12:00 am:")
    assert not re.search(r"\d\d:\d\d(?! [ap]m)", clock.sentence)
    assert list(week.figure.data[0].x) == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    assert told(week.figure.data[0])[0].startswith("Sunday: ")
    usual = timing.weekday_chart(DAYS)
    assert usual.figure.data[0].x[0] == "Mon"
    assert week.figure.data[0].y[1] == usual.figure.data[0].y[0]
    assert list(hours.figure.data[0].x)[:4] == [
        "12 to 3 am",
        "3 to 6 am",
        "6 to 9 am",
        "9 am to 12 pm",
    ]
    assert list(timing.hourly_chart(CRAMPS, column="minutes").figure.data[0].x)[-1] == "21 to 24"


def test_a_very_small_p_is_never_said_to_be_nothing():
    found = replace(weekday_pattern(DAYS), p=0.00004, verdict=Verdict.HIGHER)
    assert "p < 0.001" in timing.weekday_sentence(found)
    assert "p = 0.034" in timing.weekday_sentence(replace(found, p=0.034))
