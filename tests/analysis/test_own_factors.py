"""An own factor is treated as a built-in one: its lag, its unit, its step, its name."""

from __future__ import annotations

from datetime import date, time, timedelta

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.associations import associate, family, question, scan
from legcare.analysis.missing import as_zero
from legcare.analysis.naive import naive
from legcare.analysis.response import response
from legcare.analysis.sensitivity import sensitivity
from legcare.charts.one_question import naive_chart, response_chart, sensitivity_chart
from legcare.charts.sentences import association_sentence, reach_words
from legcare.days import Days, day_table, described, factors_of
from legcare.records import BUILT_IN, DESCRIBED, Factor, Log, Phase, Reading, TrackedSpan
from tests.analysis.logs import a_log, persistent

PILLS = Factor(key="own_pills", label="Pills", unit="mg", high=1000, own=True)
SORE = Factor(key="own_sore", label="Sore Feet", unit="0-10", phase=Phase.END, own=True)
LENGTH = 300


def a_table() -> Days:
    """Milligrams of caffeine, and the very same numbers as pills, before fewer cramps."""
    rng = np.random.default_rng(4)
    amount = np.round(900 * rng.random(LENGTH))
    days = a_log(n=LENGTH).assign(
        caffeine_mg=amount, own_pills=amount, stress=persistent(rng, LENGTH, 0.7)
    )
    days["cramps"] = np.where(days["tracked"], rng.poisson(np.exp(-amount / 700)), np.nan)
    days["own_sore"] = rng.integers(0, 11, LENGTH).astype(float)
    return described(days, DESCRIBED.with_more([PILLS, SORE]))


def as_pills(words: str) -> str:
    """A sentence about caffeine as it reads for the own factor."""
    return words.replace("Caffeine", "Pills").replace("caffeine", "Pills")


def test_the_same_numbers_get_the_same_sentences() -> None:
    days = a_table()
    built_in, own = (associate(days, outcome="cramps", factor=name) for name in COLUMNS)
    assert (own.lag, own.per) == (0, "per 100 mg")
    assert (own.value, own.low, own.high, own.mde) == pytest.approx(
        (built_in.value, built_in.low, built_in.high, built_in.mde)
    )
    assert association_sentence(own) == as_pills(association_sentence(built_in))
    assert reach_words(own) == reach_words(built_in)


COLUMNS = ("caffeine_mg", "own_pills")


def test_every_card_says_the_same() -> None:
    days = a_table()
    for work, chart in (
        (response, response_chart),
        (sensitivity, sensitivity_chart),
        (naive, naive_chart),
    ):
        built_in, own = (
            chart(work(days, outcome="cramps", factor=name)).sentence for name in COLUMNS
        )
        assert own == as_pills(built_in)


def test_its_chosen_lag_is_used_and_its_name_said() -> None:
    days = a_table()
    assert associate(days, outcome="cramps", factor="own_sore").lag == 1
    lags = scan(days, outcome="cramps", factors=["own_pills", "own_sore"])["lag"]
    assert lags.tolist() == [0, 1]
    found = associate(days, outcome="cramps", factor="own_sore", confounders=["own_pills"])
    assert found.adjusted_for[-1] == "Pills"
    assert "Sore Feet" in association_sentence(found)
    assert found.per == "per 1 point"


def test_a_bare_frame_is_asked_as_before() -> None:
    days = pd.DataFrame(a_table())
    assert factors_of(days) is DESCRIBED
    found = associate(days, outcome="cramps", factor="own_pills")
    assert (found.lag, found.step) == (1, 1.0)
    assert associate(days, outcome="cramps", factor="caffeine_mg").per == "per 100 mg"


def test_the_day_table_carries_the_factors_of_its_log() -> None:
    first = date(2026, 1, 1)
    span = TrackedSpan(first_day=first, last_day=first + timedelta(days=9))
    log = Log((span, Reading(day=first, factor="own_pills", value=100)), own_factors=(PILLS,))
    days = day_table(log, day_start=time(6))
    assert isinstance(days, pd.DataFrame)
    assert factors_of(days)["own_pills"] is PILLS
    assert all(factors_of(days)[factor.key] is factor for factor in BUILT_IN)


@pytest.mark.parametrize(
    "step",
    [
        lambda days: days.iloc[3:],
        lambda days: days[days["tracked"]],
        lambda days: days.loc[days.index[5] :, ["tracked", "cramps", "own_pills"]],
        lambda days: days.assign(more=1.0),
        lambda days: days.drop(columns="stress"),
        lambda days: days.reindex(days.index[:7]),
        lambda days: days.rename(columns={"stress": "strain"}),
        lambda days: days.copy(),
        lambda days: days.tail(30),
        lambda days: days.sort_index(ascending=False),
        lambda days: days.reset_index(),
        lambda days: days.join(pd.Series(1.0, days.index, name="joined")),
        lambda days: pd.concat([days, pd.Series(1.0, days.index, name="beside")], axis=1),
        lambda days: pd.concat([days.head(3), days.tail(3)]),
        as_zero,
    ],
)
def test_what_is_made_of_a_day_table_keeps_its_factors(step) -> None:
    assert factors_of(step(a_table()))["own_pills"] is PILLS


def test_what_is_allowed_for_reaches_every_card() -> None:
    days = a_table()
    days["stress"] = days["own_pills"] / 100 + days["own_sore"]
    plain, allowed = (
        [
            response(days, outcome="cramps", factor="own_pills", confounders=confounders).table,
            sensitivity(days, outcome="cramps", factor="own_pills", confounders=confounders).table,
        ]
        for confounders in ((), ("stress",))
    )
    for without, with_stress in zip(plain, allowed, strict=True):
        assert not without.equals(with_stress)
    answer = associate(days, outcome="cramps", factor="own_pills", confounders=["stress"])
    holds = sensitivity(days, outcome="cramps", factor="own_pills", confounders=["stress"])
    assert holds.answer == answer
    assert holds.checks[0][1].adjusted_for[-1] == "stress"
    assert naive(days, outcome="cramps", factor="own_pills", confounders=["stress"]).ours == answer
    asked = [question("cramps", "own_pills", confounders=["stress"], factors=days.factors)]
    assert family(asked, days).answers[0].value == answer.value


def test_many_questions_allow_for_the_same_as_one() -> None:
    """More than six go by score test, which takes the confounders out of its null model."""
    days = a_table()
    days["stress"] = days["own_pills"] / 100 + days["own_sore"]
    one, many = (
        [
            question("cramps", "own_pills", lag=lag, confounders=confounders, factors=days.factors)
            for lag in range(8)
            for confounders in ((), ("stress",))
        ][:count]
        for count in (2, 16)
    )
    in_full, by_score = family(one, days).answers, family(many, days).answers
    for full, score in zip(in_full, by_score, strict=False):
        assert score.adjusted_for == full.adjusted_for
        assert score.n_days == full.n_days
        assert score.value == pytest.approx(full.value, rel=0.05)
    assert by_score[1].value != pytest.approx(by_score[0].value, rel=0.01)
