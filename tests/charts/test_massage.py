"""The massage answer in words and in its one picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from legcare.analysis.estimate import Verdict
from legcare.analysis.massage import Forecast, Fortnight, MassageAnswer, Nights
from legcare.charts.in_cramps import span_of
from legcare.charts.massage import (
    State,
    answer_sentences,
    forecast_sentences,
    nights_chart,
    state_of,
)
from legcare.charts.svg import Drawing

ANSWER = MassageAnswer(
    value=0.55,
    low=0.33,
    high=0.82,
    n_days=300,
    unit="ratio",
    method="",
    verdict=Verdict.LOWER,
    base=11.0,
    share=0.5,
    with_massage=7.8,
    without=14.2,
    best=0.6,
    best_low=0.45,
    best_high=0.8,
    leaning=Verdict.LOWER,
    after=Nights(5, 2),
    others=Nights(9, 5),
    next_date=date(2026, 3, 14),
)


def test_clear_fewer_speaks_in_cramps_of_four_weeks():
    assert state_of(ANSWER) is State.FEWER
    assert answer_sentences(ANSWER) == (
        "Clearly fewer cramps after a massage.",
        "In 4 weeks of days after a massage 8 cramps.",
        "Without one 14.",
        "4 to 12 would also fit your log.",
        "A diary cannot prove that massage is the reason.",
        "The next verdict comes on 14 March 2026.",
    )


def test_clear_more_and_cannot_say():
    more = replace(ANSWER, verdict=Verdict.HIGHER)
    assert answer_sentences(more)[0] == "Clearly more cramps after a massage."
    unclear = replace(ANSWER, verdict=Verdict.NO_CLEAR)
    assert state_of(unclear) is State.OPEN
    assert answer_sentences(unclear)[0] == (
        "Your log cannot say yet whether massage helps you. Best guess so far: probably fewer"
        " cramps after a massage."
    )
    for quiet in (
        replace(unclear, direction="Most follow."),
        replace(unclear, leaning=Verdict.NO_CLEAR),
    ):
        assert answer_sentences(quiet)[0] == "Your log cannot say yet whether massage helps you."


def test_a_best_guess_is_called_that_and_never_stands_where_massage_follows_cramps():
    guess = replace(ANSWER, verdict=Verdict.NOT_ENOUGH)
    assert state_of(guess) is State.GUESS
    lines = answer_sentences(guess)
    assert lines[:4] == (
        "Best guess so far: probably fewer cramps after a massage.",
        "In 4 weeks of days after a massage 8 cramps.",
        "Without one 14.",
        "8 in 10 such guesses lie within 6 to 11.",
    )
    assert lines[4] == (
        "After 5 massage evenings: 2 nights with a cramp. After 9 other evenings: 5 nights with a"
        " cramp."
    )
    assert state_of(replace(guess, direction="Most follow.")) is State.EARLY


def test_too_early_says_what_is_missing_and_when_it_will_be_there():
    early = replace(
        ANSWER,
        verdict=Verdict.NOT_ENOUGH,
        best=float("nan"),
        still_needed="4 more cramps",
        opens=date(2026, 2, 1),
    )
    assert answer_sentences(early)[0] == (
        "Too early to say. Still needed: 4 more cramps. At your rate the question opens about"
        " 1 February 2026."
    )


def test_rare_cramps_are_said_for_twelve_weeks_and_equal_numbers_as_the_same():
    rare = replace(ANSWER, base=1.5, with_massage=1.4, without=1.6, low=0.5, high=1.5)
    assert answer_sentences(rare)[1].startswith("In 12 weeks of days after a massage 4 cramps.")
    same = replace(ANSWER, with_massage=8.4, without=7.6)
    assert answer_sentences(same)[1].startswith(
        "In 4 weeks of days after a massage and of days without, about the same: 8 cramps."
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.4, "fewer than 1 cramp"), (1.2, "1 cramp"), (8.4, "8 cramps"), (23.0, "about 25 cramps")],
)
def test_numbers_are_said_as_a_person_would(value: float, words: str):
    assert span_of(10).cramps(value) == words


def test_ranges_are_rounded_outward():
    span = span_of(10)
    assert span.between(4.7, 11.1) == "4 to 12"
    assert span.between(0.3, 26.0) == "fewer than 1 to 30"
    assert span.between(3.0, float("inf")) == "3 or more"


def test_the_forecast_says_how_the_ones_before_fared():
    past = tuple(Fortnight(date(2026, 1, 1), 14, 3, 1, 5, seen) for seen in (2, 4, 9))
    found = Forecast(Fortnight(date(2026, 2, 1), 14, 2.8, 1, 6), past, nights=True)
    assert forecast_sentences(found) == (
        "Next 2 weeks: about 3 nights with a cramp, 8 in 10 chance of 1 to 6.",
        "2 of 3 past forecasts held; 8 in 10 should.",
    )


def test_the_picture_has_a_mark_for_each_night_filled_where_a_cramp_came():
    nights = pd.DataFrame(
        {
            "day": pd.date_range("2026-01-01", periods=60),
            "massage": [number % 2 == 0 for number in range(60)],
            "cramps": [int(number % 5 == 0) for number in range(60)],
        }
    )
    chart = nights_chart(nights)
    assert isinstance(chart.figure, Drawing)
    after, without = (str(panel) for panel in chart.figure.panels)
    assert after.count("<circle") == without.count("<circle") == 28
    assert after.count('fill="#f06660" stroke') == 5
    assert without.count('fill="#f06660" stroke') == 6
    assert "5 January 2026" not in without
    assert chart.sentence == (
        "28 last nights after a massage: 5 with a cramp. 28 last nights without one: 6 with a"
        " cramp."
    )
    assert len(chart.data) == 56


def test_no_nights_no_picture():
    empty = pd.DataFrame(
        {"day": pd.to_datetime([]), "massage": pd.array([], dtype=bool), "cramps": []}
    )
    chart = nights_chart(empty)
    assert not chart.has_picture
    assert chart.sentence == "No night is logged yet on which massage is known."
