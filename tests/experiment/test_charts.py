"""What the pictures of an experiment draw, and what is said beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from legcare.analysis.experiment.combine import combined
from legcare.analysis.experiment.pairs import Pairs
from legcare.analysis.experiment.planning import TYPICAL_COUNT, Outlook
from legcare.analysis.experiment.result import effect_of, result
from legcare.analysis.experiment.schedule import progress, revealed
from legcare.analysis.experiment.words import (
    advice,
    asked,
    change,
    finding_sentence,
    how_it_went,
    outlook_sentence,
)
from legcare.charts.experiment import answer_chart, blocks_chart, outlook_chart, plan_strip
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


def an_outlook(works: float, *, formula: float = NAN) -> Outlook:
    return Outlook(
        (12.0, 24.0), (6, 12), (works / 2, works), (0.1, 0.3), formula, TYPICAL_COUNT, 90
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
    assert asked(a_plan()) == "40 % fewer"
    more = SORENESS.model_copy(update={"lower_is_better": False})
    assert asked(a_plan(outcome=more, worthwhile=1.0)) == "1.0 points higher"


def said(a: list[float], b: list[float], worthwhile: float = 0.6) -> str:
    days = np.full(len(a), 7.0)
    plan = a_plan(worthwhile=worthwhile)
    return finding_sentence(
        effect_of(Pairs(np.array(a), days, np.array(b), days), CRAMPS, worthwhile), plan
    )


def test_the_answer_has_verdict_interval_days_and_pairs() -> None:
    text = said([1.0] * 6, [5.0] * 6)
    assert text.startswith(
        "A helps. In your data so far, A goes with 79 % fewer cramps than B (95 % interval: "
    )
    assert "84 days in 6 pairs of blocks; randomisation test p = 0.031)" in text
    assert text.endswith("Whether it is as much as 40 % fewer is not settled.")
    assert said([1.0] * 6, [15.0] * 6).endswith("It is at least 40 % fewer.")


def test_the_answer_says_what_is_ruled_out_what_it_would_take_and_when_it_went_the_other_way() -> (
    None
):
    assert said([14.0] * 6, [14.0] * 6).startswith(
        "A does not help enough to matter (you asked for 40 % fewer)."
    )
    assert said([14.0] * 6, [14.0] * 6).endswith("A change that large is ruled out.")
    assert said([15.0] * 6, [3.0] * 6).endswith(
        "It went the other way: A goes with more, so leave it."
    )
    unclear = said([1.0] * 6, [2.0] * 6)
    assert unclear.startswith("This experiment cannot tell.")
    assert "weeks like these in all, 12 of which you have" in unclear


def test_advice_is_plain() -> None:
    assert advice(an_outlook(0.9), 24) == "That is a good chance: go ahead."
    assert "give it 24 weeks" in advice(an_outlook(0.9), 12)
    hopeless = advice(an_outlook(0.1, formula=92.4), 12)
    assert hopeless.startswith("This is hopeless within a year. You would need about 92 weeks.")
    assert "soreness" in hopeless
    short = Outlook((12.0, 52.0), (6, 26), (0.02, 0.7), (0.1, 0.8), 57.0, TYPICAL_COUNT, 84)
    assert advice(short, 12).startswith(
        "Even a year gives a chance of only 70 %. You would need about 57 weeks."
    )


def test_the_outlook_says_what_it_rests_on() -> None:
    assert "(from 4,000 invented experiments on your own 90 days)" in outlook_sentence(
        an_outlook(0.5), 24
    )
    fewer = replace(an_outlook(0.5), repeats=1_000)
    assert "(from 1,000 invented experiments on your own 90 days)" in outlook_sentence(fewer, 24)
    typical = Outlook((12.0,), (6,), (0.5,), (0.001,), NAN, TYPICAL_COUNT, 0)
    assert "typical figures, as your log is still too short" in outlook_sentence(typical, 12)
    assert "under 1 % if it does nothing" in outlook_sentence(typical, 12)


def test_the_outlook_chart_draws_both_chances() -> None:
    chart = outlook_chart(an_outlook(0.8), 24)
    assert list(chart.figure.data[0].y) == [40.0, 80.0]
    assert list(chart.figure.data[1].y) == [10.0, 30.0]
    assert chart.figure.layout.xaxis.title.text == "Length (weeks)"
    assert list(chart.data.columns) == ["weeks", "pairs", "if_it_works", "if_it_does_nothing"]


def test_the_range_that_the_log_leaves_open_is_a_band_in_picture_data_and_words() -> None:
    outlook = replace(an_outlook(0.8), low=(0.25, 0.6), high=(0.5, 0.95))
    chart = outlook_chart(outlook, 24)
    band, line, _ = chart.figure.data
    assert list(zip(band.x, band.y, strict=True)) == [
        (12, 50.0),
        (24, 95.0),
        (24, 60.0),
        (12, 25.0),
    ]
    assert band.name == "range your log leaves open"
    assert (band.fill, band.line.dash, band.line.width) == ("toself", "dot", 1)
    assert (
        line.customdata[1][0].replace("<br>", " ")
        == "24 weeks: 80 % if A brings the change (your log leaves 60 % to 95 % open)"
    )
    assert chart.data[["if_it_works_low", "if_it_works_high"]].to_numpy().tolist() == [
        [0.25, 0.5],
        [0.6, 0.95],
    ]
    assert "(your log leaves 60 % to 95 % open)" in chart.sentence


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
    both = combined([effect, effect], CRAMPS, 0.6)
    assert "12 of which you have" in finding_sentence(both, a_plan()), "two experiments read as one"


def test_how_it_went_names_days_known_and_marked() -> None:
    experiment = an_experiment()
    found = result(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER)
    text = how_it_went(found, progress(experiment, LAST), experiment.plan)
    assert text.startswith("84 of 84 planned days were lived; the outcome is known on 84.")
    assert "early" not in text
