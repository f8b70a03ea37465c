import math

import numpy as np
import pytest

from legcare.analysis.associations import Family, associate, family, question
from legcare.analysis.estimate import Association, Verdict
from legcare.analysis.naive import naive
from legcare.analysis.response import response
from legcare.analysis.sensitivity import sensitivity
from legcare.charts import associations as charts
from legcare.charts import one_question as cards
from legcare.charts import sentences as say
from legcare.charts.theme import PALETTE, Meaning
from legcare.records import DESCRIBED, Factor
from tests.charts.logs import DAYS, told

# each day's stress moved to the day before: on the same day nobody knows which came first
EARLIER = DAYS.assign(stress=DAYS["stress"].shift(-1))
CELLS = [
    question("cramps", "stress", lag=1),
    question("cramps", "massage_min"),
    question("cramps", "massage_min", lag=0),
]
FOUND = family(CELLS, EARLIER)
STRESS = FOUND.answers[0]


def test_a_forest_draws_figure_and_interval_of_every_shown_row():
    chart = charts.forest_chart(FOUND)
    dots = chart.figure.data[0]
    shown = [one for one in FOUND.answers if one.shown]
    assert len(shown) == 2
    assert list(dots.x) == [round(one.value, 4) for one in shown]
    assert [x + up for x, up in zip(dots.x, dots.error_x.array, strict=True)] == pytest.approx(
        [one.high for one in shown], abs=0.001
    )
    assert chart.figure.layout.xaxis.type == "log"


def test_a_refused_row_says_what_is_still_needed():
    chart = charts.forest_chart(FOUND)
    words = [each.text for each in chart.figure.layout.annotations]
    assert any("Not enough yet" in each and "a lag of at" in each for each in words)
    assert len(chart.data) == 3
    assert (
        chart.data["refusal"]
        .iloc[2]
        .startswith("Massage is never compared with cramps of the same day")
    )


def test_direction_has_colour_and_shape():
    assert STRESS.verdict is Verdict.HIGHER
    dots = charts.forest_chart(FOUND).figure.data[0]
    assert (dots.marker.color[0], dots.marker.symbol[0]) == (PALETTE[Meaning.WORSE], "x")
    assert (dots.marker.color[1], dots.marker.symbol[1]) == (
        PALETTE[Meaning.UNKNOWN],
        "circle-open",
    )


def test_the_sentence_names_directions_and_counts_comparisons():
    words = charts.forest_chart(FOUND).sentence
    assert "In your data so far these go with more cramps: stress" in words
    assert "Not clear, which is not the same as no effect: planned massage." in words
    assert words.endswith(FOUND.line)


def test_pointing_reads_verdict_figure_and_days():
    sentence = told(charts.forest_chart(FOUND).figure.data[0])[1]
    assert sentence.startswith("Not clear, which is not the same as no effect:<br>")
    assert "95 % interval" in sentence
    assert f"{FOUND.answers[1].n_days} days" in sentence
    assert f"Smallest effect it could have shown: {FOUND.answers[1].mde:.2f}." in sentence


def test_unclear_says_the_whole_range_and_what_could_have_been_seen():
    one = FOUND.answers[1]
    words = charts.single_chart(one).sentence
    assert "That is not the same as no effect: anything from" in words
    assert f"{one.low:.2f} to {one.high:.2f}" in words
    assert "The smallest effect that" in words


def test_an_unclear_row_apart_from_no_difference_is_explained():
    beside = Association(
        value=0.7,
        low=0.5,
        high=0.97,
        n_days=90,
        unit="ratio",
        method="psi-t",
        verdict=Verdict.NO_CLEAR,
        n_events=59,
        outcome="cramps",
        factor="hydration_ml",
        per="per 500 ml",
        mde=0.6,
        q=0.17,
        comparisons=5,
    )
    assert "is not called clear" in charts.forest_chart(Family((beside,))).sentence
    assert "is not called clear" not in charts.forest_chart(FOUND).sentence


def test_a_question_asked_by_itself_points_to_those_asked_together():
    assert charts.BY_ITSELF in charts.single_chart(STRESS).caveats
    assert charts.BY_ITSELF not in charts.single_chart(FOUND.answers[1]).caveats


def test_own_factors_keep_their_spelling_as_text():
    socks = Factor(key="own_b", label="<b>Socks</b>", unit="h", own=True)
    one = Association(
        value=2.0,
        low=1.5,
        high=3.0,
        n_days=90,
        unit="ratio",
        method="psi-t",
        verdict=Verdict.HIGHER,
        n_events=40,
        outcome="cramps",
        factor="own_b",
        per="per 1 h",
        mde=0.6,
        factors=DESCRIBED.with_more([socks]),
    )
    chart = charts.single_chart(one)
    assert "&lt;b&gt;Socks&lt;/b&gt;" in chart.figure.layout.yaxis.ticktext[0]
    assert "<b>Socks" in chart.sentence


def test_lags_and_exploring_count_what_was_asked():
    found = family([question("cramps", "stress", lag=lag) for lag in range(4)], DAYS)
    explored = charts.explore_chart(found)
    p = explored.data["p"].to_numpy()
    assert (np.diff(p) >= 0).all()
    assert explored.sentence.startswith("4 comparisons")


def test_a_long_exploration_is_drawn_in_part():
    found = family(
        [
            question("cramps", name, lag=lag)
            for name in ("stress", "massage_min")
            for lag in range(1, 15)
        ],
        DAYS,
    )
    chart = charts.explore_chart(found)
    assert len(chart.figure.layout.yaxis.ticktext) == charts.MOST_DRAWN
    assert len(chart.data) == 28
    assert f"the {charts.MOST_DRAWN} strongest of 28 rows" in chart.caveats[-1]


def test_a_shape_has_its_interval_at_every_point():
    found = response(DAYS, outcome="cramps", factor="massage_min", lag=1)
    chart = cards.response_chart(found)
    dots = chart.figure.data[0]
    assert list(dots.x) == found.table["label"].tolist()
    assert chart.figure.layout.xaxis.type == "category"
    assert chart.figure.layout.xaxis.title.text == "Planned massage (min)"
    assert "95 % interval" in chart.sentence


def test_a_refused_shape_says_why():
    found = response(DAYS.head(20), outcome="cramps", factor="stress")
    chart = cards.response_chart(found)
    assert chart.sentence == say.refused(found)
    assert chart.figure.layout.annotations[0].text


def test_the_panel_has_one_row_for_each_decision():
    found = sensitivity(DAYS, outcome="cramps", factor="stress")
    chart = cards.sensitivity_chart(found)
    assert chart.sentence == found.sentence
    assert chart.data["reading"].tolist()[0] == "As answered"
    assert len(chart.data) == len(found.checks) + 1


def test_the_naive_answer_stands_without_interval_and_with_its_reason():
    found = naive(DAYS, outcome="cramps", factor="stress")
    chart = cards.naive_chart(found)
    assert chart.figure.data[0].x[0] == round(found.r, 3)
    assert f"r = {found.r:.2f}{found.stars}" in chart.sentence
    assert chart.sentence.endswith(found.sentence)


def test_scores_are_differences_on_a_plain_axis():
    one = associate(DAYS, outcome="severity", factor="stress")
    chart = charts.single_chart(one)
    assert chart.figure.layout.xaxis.type != "log"
    assert chart.figure.layout.xaxis.title.text in ("Difference in points",)
    assert math.isnan(one.value) or "points" in chart.sentence
