"""What the pictures of an experiment draw, and what is said beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from legcare.analysis.experiment.forecast import OutcomeModel, PowerCurve
from legcare.analysis.experiment.pairs import Pairs
from legcare.analysis.experiment.result import effect_of, result
from legcare.analysis.experiment.schedule import progress, revealed
from legcare.analysis.experiment.words import (
    advice,
    change,
    finding_sentence,
    how_it_went,
    power_sentence,
    worthwhile_words,
)
from legcare.charts.experiment import (
    answer_chart,
    blocks_chart,
    carry_over_chart,
    plan_strip,
    power_chart,
)
from tests.experiment.made import (
    AFTER,
    CRAMPS,
    FIRST,
    LAST,
    SORENESS,
    a_plan,
    an_experiment,
    by_arm,
)

FEW, MANY = [0, 0, 1, 0, 0, 0, 0], [1, 0, 1, 1, 0, 1, 1]
NAN = float("nan")


MODEL = OutcomeModel(0.3, 1.2, 0.9, True, 0.2, 0.3, 90)


def a_curve(works: float, *, model: OutcomeModel = MODEL) -> PowerCurve:
    low, high = (works / 4, works / 2), (works * 0.6, min(works * 1.2, 1.0))
    return PowerCurve(
        (12.0, 24.0), (6, 12), (works / 2, works), (0.001, 0.3), low, high, model, 3000
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.57, "43 % fewer"), (1.12, "12 % more"), (1.001, "no change"), (3.0, "200 % more")],
)
def test_a_ratio_is_said_as_percent_fewer_or_more(value: float, words: str) -> None:
    assert change(value, CRAMPS) == words


def test_a_difference_is_said_in_points() -> None:
    assert change(-1.23, SORENESS) == "1.2 points lower"
    assert change(0.4, SORENESS) == "0.4 points higher"
    assert worthwhile_words(a_plan()) == "40 % fewer"
    more = SORENESS.model_copy(update={"lower_is_better": False})
    assert worthwhile_words(a_plan(outcome=more, worthwhile=1.0)) == "1.0 points higher"


def said(a: list[float], b: list[float], worthwhile: float = 0.6) -> str:
    days = np.full(len(a), 7.0)
    plan = a_plan(worthwhile=worthwhile)
    return finding_sentence(
        effect_of(Pairs(np.array(a), days, np.array(b), days), CRAMPS, worthwhile), plan
    )


def test_the_answer_has_verdict_interval_days_and_pairs() -> None:
    text = said([1.0] * 6, [5.0] * 6)
    assert text.startswith(
        "“10 minutes of calf massage before bed” helps. In your data so far, 79 % fewer cramps with"
        " “10 minutes of calf massage before bed” (A) than with “no massage” (B) (95 % interval: "
    )
    assert "84 days in 6 pairs of blocks; randomisation test p = 0.031)" in text
    assert text.endswith("Whether it is as much as 40 % fewer is not settled.")
    assert said([1.0] * 6, [15.0] * 6).endswith("It is at least 40 % fewer.")


def test_the_answer_says_what_is_ruled_out_what_it_would_take_and_when_it_went_the_other_way() -> (
    None
):
    assert said([14.0] * 6, [14.0] * 6).startswith(
        "“10 minutes of calf massage before bed” does not help enough to matter (you asked for"
        " 40 % fewer)."
    )
    assert said([14.0] * 6, [14.0] * 6).endswith("A change that large is ruled out.")
    assert said([15.0] * 6, [3.0] * 6).endswith("It went the other way, so leave it.")
    unclear = said([1.0] * 6, [2.0] * 6)
    assert unclear.startswith("This experiment cannot tell.")
    assert "weeks like these in all, 12 of which you have" in unclear


def test_advice_is_plain() -> None:
    assert advice(a_curve(0.9), 24) == "A good chance: go ahead."
    assert advice(a_curve(0.9), 12).startswith("A fair chance. For 80 of 100 it takes 24 weeks")
    assert advice(a_curve(0.1), 12) == (
        "Not worth starting. Even a year shows it in only 10 of 100."
    )


def power_words(curve: PowerCurve, weeks: float) -> str:
    return power_sentence(curve, weeks, a="rolling *hard*", change_hoped="40 % fewer cramps")


def test_the_chance_is_said_first_with_its_range_and_what_it_rests_on() -> None:
    text = power_words(a_curve(0.5), 24)
    assert text.startswith(
        "If “rolling *hard*” really brings 40 % fewer cramps, 50 of 100 such tests of 24 weeks"
        " would show it (25 to 60 of 100 by what your log leaves open)."
    )
    assert "(from 3,000 invented experiments on your own 90 days)" in text
    typical = a_curve(0.5, model=replace(MODEL, own_days=0))
    assert "typical figures, as your log is still too short" in power_words(typical, 12)
    assert "under 1 of 100 would rule that much out" in power_words(typical, 12)


def test_the_chart_draws_both_chances_and_the_range_that_the_log_leaves_open() -> None:
    chart = power_chart(a_curve(0.8), 24, a="x", change_hoped="40 % fewer cramps")
    band, works, nothing = chart.figure.data
    assert list(works.y) == [40.0, 80.0]
    assert list(nothing.y) == [0.1, 30.0]
    assert band.name == "range your log leaves open"
    assert (band.fill, band.line.dash, band.line.width) == ("toself", "dot", 1)
    assert "24 weeks: 80 % if A brings the change" in works.customdata[1][0].replace("<br>", " ")
    assert list(chart.data.columns) == [
        "weeks",
        "pairs",
        "if_it_works",
        "if_it_works_low",
        "if_it_works_high",
        "if_it_does_nothing",
    ]


def test_every_block_is_drawn_at_its_own_mean_per_week() -> None:
    experiment = an_experiment()
    found = result(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER)
    chart = blocks_chart(found, experiment.plan)
    assert [y for y in chart.figure.data[0].y if y is not None] == [1.0] * 12
    assert [y for y in chart.figure.data[1].y if y is not None] == [5.0] * 12
    assert chart.figure.layout.yaxis.title.text == "Cramps a week"
    assert chart.sentence == "In 6 of 6 pairs of blocks the A block had the lower mean."
    assert len(chart.data) == 12


def test_the_answer_chart_has_a_row_per_analysis_and_both_lines() -> None:
    experiment = an_experiment()
    found = result(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER)
    chart = answer_chart(found, experiment.plan)
    assert chart.figure.data[0].y[0] == "as planned"
    assert chart.figure.data[0].x[0] == pytest.approx(6.5 / 30.5, abs=1e-3)
    assert chart.figure.layout.xaxis.type == "log"
    assert chart.figure.layout.xaxis.range[0] >= np.log10(0.05)
    assert [shape.x0 for shape in chart.figure.layout.shapes] == [1.0, 0.6]
    named = {note.text: note.x for note in chart.figure.layout.annotations}
    assert named["no difference"] == 0.0, "annotations on a log axis stand at the logarithm"
    assert named["asked for: 40 % fewer"] == pytest.approx(np.log10(0.6))
    assert "as planned" in named
    assert "as done" not in set(chart.data["analysis"]), (
        "nothing was marked, so there is no as-done answer"
    )


def test_the_strip_shows_no_block_that_has_not_begun() -> None:
    experiment = an_experiment()
    chart = plan_strip(revealed(experiment, FIRST), experiment.plan, FIRST, last=LAST)
    assert chart.figure.layout.xaxis.range == ("2026-01-04", "2026-03-30"), "the whole plan"
    assert set(chart.data["block"]) == {1}
    assert chart.sentence == "1 of 12 blocks are revealed; each of the others when it begins."


def test_what_it_would_take_counts_the_pairs_that_were_lived() -> None:
    days = np.full(3, 7.0)
    effect = effect_of(Pairs(np.array([1.0] * 3), days, np.array([2.0] * 3), days), CRAMPS, 0.6)
    assert "6 of which you have" in finding_sentence(effect, a_plan()), (
        "three pairs of six: ended early"
    )


def test_an_interval_without_an_end_is_said_and_drawn() -> None:
    experiment = an_experiment(rules=2)
    days = by_arm(experiment.plan, [1, 0, 0, 0, 0, 0, 0], [0] * 7)
    answer = result(experiment, days, today=AFTER)
    assert answer.planned.high == np.inf
    assert "to any number more" in finding_sentence(answer.planned, experiment.plan)
    chart = answer_chart(answer, experiment.plan)
    assert np.isfinite(chart.figure.data[0].error_x.array).all()


def test_the_days_within_a_block_are_drawn_by_arm() -> None:
    experiment = an_experiment(rules=2)
    answer = result(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER)
    chart = carry_over_chart(answer, experiment.plan)
    assert [list(line.y) for line in chart.figure.data] == [FEW, MANY]
    assert set(chart.data["days"]) == {6}


def test_how_it_went_names_days_known_and_marked() -> None:
    experiment = an_experiment()
    found = result(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER)
    text = how_it_went(found, progress(experiment, LAST), experiment)
    assert text.startswith("84 of 84 planned days are over; the outcome is known on 84.")
    assert "early" not in text
