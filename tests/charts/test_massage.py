"""The massage answer in words a person can check, and one picture that says the same."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from legcare.analysis.estimate import NAN, Verdict
from legcare.analysis.massage import MassageAnswer
from legcare.analysis.massage.answer import Nights
from legcare.charts.amounts import amount, ratio_words, span
from legcare.charts.massage import massage_chart, massage_words
from legcare.charts.svg import Drawing

NUMBER = re.compile(r"\d+")
JARGON = re.compile(r"interval|tracked|usable|ratio|times as many|adjusted|median|verdict:", re.I)


def answer(**fields: object) -> MassageAnswer:
    known: dict[str, object] = {
        "value": 0.5,
        "low": 0.3,
        "high": 0.9,
        "n_days": 300,
        "unit": "ratio",
        "method": "x",
        "verdict": Verdict.LOWER,
        "n_events": 120,
        "base": 11.5,
        "share": 0.5,
        "with_massage": 7.7,
        "without": 15.3,
        "n_massages": 150,
        "after": Nights(150, 40),
        "others": Nights(150, 70),
        "next_date": date(2026, 12, 1),
        "given_on": date(2026, 9, 1),
    }
    return MassageAnswer(**{**known, **fields})  # type: ignore[arg-type]


STATES = {
    "none": answer(value=NAN, with_massage=NAN, n_massages=0, after=Nights(), others=Nights()),
    "early": answer(
        value=NAN,
        with_massage=NAN,
        n_massages=5,
        after=Nights(5, 2),
        others=Nights(9, 5),
        opens=date(2026, 3, 14),
    ),
    "guess": answer(
        value=NAN,
        low=NAN,
        high=NAN,
        best=0.8,
        best_low=0.5,
        best_high=1.2,
        verdict=Verdict.NOT_ENOUGH,
        opens=date(2026, 3, 14),
    ),
    "fewer": answer(),
    "more": answer(
        value=1.9, low=1.2, high=3.0, verdict=Verdict.HIGHER, with_massage=15.0, without=7.9
    ),
    "open": answer(
        value=1.1,
        low=0.7,
        high=1.7,
        verdict=Verdict.NO_CLEAR,
        with_massage=13.0,
        without=12.0,
        direction="60 % of your 122 planned massages come after a cramp.",
    ),
}


def test_a_clear_answer_speaks_in_cramps_with_what_else_would_fit() -> None:
    words = massage_words(STATES["fewer"])
    assert words.headline == (
        "In 4 weeks of days after a massage 8 cramps. Without one 15. About half as many."
    )
    assert words.lines == (
        "4 to 14 would also fit your log.",
        "A diary cannot prove that massage is the reason.",
    )
    assert "0.50 times as many" in " ".join(words.detail)


def test_the_first_evenings_are_counted_and_the_question_has_a_date() -> None:
    words = massage_words(STATES["early"])
    assert words.headline == "After 5 massage evenings: 2 nights with a cramp."
    assert words.lines == (
        "After 9 others: 5.",
        "At your rate the question opens about 14 March 2026.",
    )


def test_a_best_guess_is_called_one_and_never_a_verdict() -> None:
    words = massage_words(STATES["guess"])
    assert words.headline.startswith("Best guess so far, pulled towards no effect.")
    assert "fewer" not in " ".join((words.headline, *words.lines))


def test_without_a_clear_answer_the_warning_on_direction_stands_beside_it() -> None:
    words = massage_words(STATES["open"])
    assert words.headline.startswith("Your log cannot say yet.")
    assert words.warning.startswith("60 %")


@pytest.mark.parametrize("state", STATES)
def test_no_sentence_holds_more_than_two_numbers_or_a_word_of_the_trade(state: str) -> None:
    words = massage_words(STATES[state])
    for sentence in re.split(r"(?<=\.) ", " ".join((words.headline, *words.lines))):
        without_dates = re.sub(r"\d+ [A-Z][a-z]+ \d{4}", "", sentence)
        assert len(NUMBER.findall(without_dates)) <= 2, sentence
        assert not JARGON.search(sentence), sentence
        assert "prevent" not in sentence.lower()


def test_the_picture_shows_the_nights_of_the_answer() -> None:
    chart = massage_chart(STATES["fewer"])
    # 110 of 300 nights had a cramp: 10.3 in 28, at 11.5 cramps in 4 weeks.
    assert chart.data["with a cramp"].tolist() == [7, 14]
    assert isinstance(chart.figure, Drawing)
    filled = [
        sum(
            mark.get("fill") != "none"
            for mark in ElementTree.fromstring(panel).iter()
            if mark.tag.endswith("circle")
        )
        for panel in chart.figure.panels
    ]
    assert filled == [7, 14]
    early = massage_chart(STATES["early"])
    assert early.data[["shown", "with a cramp"]].to_numpy().tolist() == [[5, 2], [9, 5]]


def test_numbers_are_whole_and_ranges_go_outward() -> None:
    assert [amount(x, 4) for x in (0.4, 1.6, 20.2, 33.0)] == [
        "fewer than 1",
        "2",
        "about 20",
        "about 35",
    ]
    assert span(4.7, 11.2, 4) == "4 to 12"
    assert [ratio_words(x) for x in (0.3, 0.5, 0.75, 1.0, 1.4, 2.0, 3.2)] == [
        "less than half as many",
        "about half as many",
        "about a quarter fewer",
        "about the same",
        "somewhat more",
        "about twice as many",
        "about 3 times as many",
    ]
