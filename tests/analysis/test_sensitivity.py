from __future__ import annotations

from dataclasses import replace

import numpy as np

from legcare.analysis.associations import associate, question
from legcare.analysis.estimate import Verdict
from legcare.analysis.sensitivity import LEFT_OUT_WEEK, heaviest_week, judged, sensitivity
from legcare.analysis.timeline import timeline
from tests.analysis.logs import a_log, persistent


def test_a_strong_effect_that_lasts_holds_in_every_check():
    days = a_log(n=700)
    rng = np.random.default_rng(2)
    factor = (persistent(rng, 700, 0.6) > 0).astype(float)
    days["factor"] = factor
    earlier = np.concatenate([[0.0], factor[:-1]])
    days["cramps"] = np.where(days["tracked"], rng.poisson(0.6 * 0.35**earlier), np.nan)
    found = sensitivity(days, outcome="cramps", factor="factor")
    assert found.holds is True
    assert found.sentence.startswith("The answer holds")
    assert len(found.table) == 7
    assert found.table["check"].iloc[0] == "as answered"


def test_one_week_that_makes_the_answer_is_found():
    days = a_log(n=200, base=0.3)
    days["factor"] = 0.0
    days.loc[days.index[[20, 45, 77, 90, 120, 150, 171]], "factor"] = 1.0
    days.loc[days.index[98:105], "factor"] = 1.0
    days.loc[days.index[98:105], "cramps"] = 5.0
    days.loc[days.index[98:105], "tracked"] = True
    left_out = heaviest_week(
        timeline(days, ["cramps", "factor"]), question("cramps", "factor", lag=0)
    )
    assert list(np.flatnonzero(left_out)) == list(range(98, 105))
    found = sensitivity(days, outcome="cramps", factor="factor", lag=0)
    assert found.answer.low > 1
    assert not dict(found.checks)[LEFT_OUT_WEEK].shown
    assert found.holds is False
    assert (
        found.sentence
        == f"The answer is fragile: {LEFT_OUT_WEEK} there is too little left to compare."
    )


def test_no_clear_association_in_any_check():
    found = sensitivity(a_log(), outcome="cramps", factor="factor")
    assert found.holds is True
    assert found.sentence.startswith("No clear association in any of")


def test_massage_is_never_checked_on_the_same_day():
    found = sensitivity(a_log(n=300), outcome="cramps", factor="massage_min")
    assert all(one.lag >= 1 for _, one in found.checks)
    assert len(found.checks) == 5


def test_a_refused_answer_has_no_checks():
    found = sensitivity(a_log(n=10), outcome="cramps", factor="factor")
    assert found.holds is None
    assert found.checks == ()
    assert "no answer to check yet" in found.sentence


def test_that_another_day_leans_the_other_way_is_no_mark_against_an_answer():
    answer = associate(a_log(n=300, effect=0.3), outcome="cramps", factor="factor", lag=1)
    assert answer.verdict is Verdict.LOWER
    leaning = replace(answer, lag=2, value=1.1, low=0.7, high=1.7, verdict=Verdict.NO_CLEAR)
    holds, sentence = judged(answer, (("2 days earlier", leaning), ("without adjustment", answer)))
    assert holds
    assert sentence == (
        "The answer holds: it stays clear in 1 of 1 checks on the same days, and none is clear the"
        " other way."
    )
    clear = replace(leaning, value=2.0, low=1.5, high=2.6, verdict=Verdict.HIGHER)
    holds, sentence = judged(answer, (("2 days earlier", clear),))
    assert not holds
    assert sentence == "The answer does not hold: 2 days earlier the opposite is clear."
