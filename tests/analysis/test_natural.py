"""Associations in cramps: the numbers that stand on the page for a ratio."""

from __future__ import annotations

import numpy as np
import pytest

from legcare.analysis.associations import associate
from legcare.analysis.natural import in_cramps
from tests.analysis.logs import a_log


def test_a_yes_no_factor_speaks_of_days_without_and_with_it():
    days = a_log(n=300, effect=0.5)
    one = associate(days, outcome="cramps", factor="factor", lag=1)
    said = in_cramps(one)
    assert said is not None
    assert one.quartiles == (0.0, 1.0)
    mean = (1 - one.share) * said.little + one.share * said.much
    assert mean == pytest.approx(one.base)
    assert (said.much, said.low, said.high) == pytest.approx(
        tuple(said.little * ratio for ratio in (one.value, one.low, one.high))
    )
    usable = days["cramps"].notna() & days["factor"].shift(1).notna()
    assert one.base == pytest.approx(28 * days.loc[usable, "cramps"].mean())


def test_an_amount_speaks_of_the_persons_own_quartiles():
    days = a_log(n=200)
    days["hydration_ml"] = np.random.default_rng(1).normal(1800, 400, 200)
    one = associate(days, outcome="cramps", factor="hydration_ml")
    said = in_cramps(one)
    assert said is not None
    low, high = one.quartiles
    used = days.loc[days["cramps"].notna(), "hydration_ml"]
    assert (low, high) == pytest.approx(tuple(used.quantile([0.25, 0.75])))
    expected = said.little * one.value ** ((high - low) / one.step)
    assert said.much == pytest.approx(expected)
    assert said.low < said.much < said.high


def test_scores_and_refused_questions_have_none():
    days = a_log(n=10)
    assert in_cramps(associate(days, outcome="cramps", factor="factor", lag=1)) is None
    days = a_log(n=100)
    assert in_cramps(associate(days, outcome="other", factor="factor", lag=1)) is None
