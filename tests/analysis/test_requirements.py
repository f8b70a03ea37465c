from __future__ import annotations

import numpy as np
import pytest

from legcare.analysis.associations import associate
from legcare.analysis.estimate import Verdict
from legcare.analysis.frequency import cramp_rate
from legcare.analysis.headline import absent, headline, questions_of
from legcare.analysis.requirements import requirement
from legcare.errors import BadFactor
from tests.analysis.logs import a_log


def test_a_rate_needs_seven_days():
    found = cramp_rate(a_log(n=6).assign(tracked=True, cramps=0.0))
    assert not found.shown
    assert found.still_needed == "1 more tracked day"


def test_what_the_log_could_have_seen_is_said_in_words():
    found = requirement(associate(a_log(n=120), outcome="cramps", factor="factor"))
    assert found.ready
    assert 0.3 < found.mde < 0.7
    assert f"{found.mde:.2f} times as many with against without" in found.sentence
    assert found.more_days > 0
    assert f"{found.more_days} more tracked days" in found.sentence


def test_more_days_follow_the_formula():
    one = associate(a_log(n=120), outcome="cramps", factor="factor")
    found = requirement(one, worthwhile=0.8)
    assert found.more_days == np.ceil(one.n_days * ((np.log(one.mde) / np.log(0.8)) ** 2 - 1))
    assert requirement(one, worthwhile=0.1).more_days == 0


def test_what_is_missing_is_passed_on():
    found = requirement(associate(a_log(n=12), outcome="cramps", factor="factor"))
    assert not found.ready
    assert "usable days" in found.still_needed


def test_the_headline_family_is_six_at_most_and_shares_its_q():
    days = a_log(n=300).assign(
        hydration_ml=lambda d: d["other"] * 40, stress=lambda d: d["other"].shift(3) / 10
    )
    found = headline(days)
    assert [one.factor for one in found.answers] == ["hydration_ml", "stress", "massage_min"]
    assert all(one.comparisons == 3 and one.q >= one.p for one in found.answers)
    assert found.line == "3 comparisons, fewer than one expected by chance."
    assert absent(days) == ("stretch_min", "exercise_min", "sleep_h")
    assert all(one.verdict is Verdict.NO_CLEAR for one in found.answers)


def test_magnesium_is_asked_only_where_it_is_taken():
    days = a_log(n=60).assign(stress=3.0, magnesium_mg=0.0)
    assert "magnesium_mg" not in questions_of(days)
    taken = days.assign(magnesium_mg=[300.0] * 10 + [0.0] * 50)
    assert "magnesium_mg" in questions_of(taken)
    assert "stress" not in questions_of(taken)
    assert questions_of(taken)[0] == "stretch_min"


def test_a_seventh_headline_question_is_refused():
    with pytest.raises(BadFactor, match="At most 6"):
        headline(a_log(), factors=[f"own_{number}" for number in range(7)])
