from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from legcare.analysis import associations, verdict
from legcare.analysis.associations import COLUMNS, associate, question, scan
from legcare.analysis.estimate import Verdict
from legcare.analysis.quasi_poisson import score_fit
from legcare.analysis.question import rows_of
from legcare.analysis.timeline import timeline
from legcare.errors import BadFactor
from tests.analysis.logs import a_log, persistent


def test_a_real_effect_is_found_with_its_size_inside_the_interval():
    found = associate(a_log(n=700, effect=0.5), outcome="cramps", factor="factor", lag=1)
    assert found.verdict is Verdict.LOWER
    assert found.low < 0.5 < found.high < 1
    assert found.per == "with against without"
    assert found.unit == "ratio"
    assert 0 < found.mde < 1


def test_without_an_effect_nothing_is_claimed():
    found = associate(a_log(), outcome="cramps", factor="factor")
    assert found.verdict is Verdict.NO_CLEAR
    assert found.low < 1 < found.high
    assert found.lag == 1


def test_the_interval_excludes_one_exactly_when_p_is_below_five_per_cent():
    found = [
        associate(a_log(seed, effect=0.65), outcome="cramps", factor="factor") for seed in range(25)
    ]
    assert {one.p < 0.05 for one in found} == {True, False}
    assert all((one.p < 0.05) == (one.high < 1 or one.low > 1) for one in found)


def test_the_clock_sets_the_lag():
    days = a_log().assign(
        hydration_ml=lambda d: d["other"] * 40, soreness=lambda d: d["other"] / 10
    )
    assert associate(days, outcome="cramps", factor="hydration_ml").lag == 0
    assert associate(days, outcome="cramps", factor="soreness").lag == 1
    assert associate(days, outcome="cramps", factor="massage_min").lag == 1
    assert associate(days, outcome="cramps", factor="other", lag=3).lag == 3


def test_massage_is_never_compared_with_the_same_day():
    found = associate(a_log(), outcome="cramps", factor="massage_min", lag=0)
    assert found.verdict is Verdict.NOT_ENOUGH
    assert "same day" in found.refusal
    assert found.still_needed == "a lag of at least 1 day"
    assert np.isnan(found.value)


def test_massage_is_adjusted_for_recent_cramps():
    found = associate(a_log(), outcome="cramps", factor="massage_min")
    assert "cramps of the day before" in found.adjusted_for
    assert found.per == "per 10 min"


def test_units_are_those_a_person_reads():
    days = a_log().assign(hydration_ml=lambda d: d["other"] * 40, stress=lambda d: d["other"] / 10)
    assert associate(days, outcome="cramps", factor="hydration_ml").per == "per 500 ml"
    assert associate(days, outcome="cramps", factor="stress").per == "per 1 point"


def test_a_score_is_answered_by_a_difference():
    days = a_log(n=300)
    rng = np.random.default_rng(5)
    later = days["factor"].shift(1).fillna(0.0)
    days["soreness"] = 4 + 1.5 * later + persistent(rng, len(days), 0.4)
    found = associate(days, outcome="soreness", factor="factor", lag=1)
    assert found.unit == "points"
    assert found.low < 1.5 < found.high
    assert found.verdict is Verdict.HIGHER


@pytest.mark.parametrize(
    ("days", "needed"),
    [
        (a_log(n=15), "usable days"),
        (a_log(base=0.02), "more cramp"),
        (a_log().assign(factor=1.0), "at least 3 of them with another value"),
        (a_log().assign(factor=np.nan), "21 more tracked days"),
    ],
)
def test_a_refusal_says_what_is_missing(days: pd.DataFrame, needed: str):
    found = associate(days, outcome="cramps", factor="factor")
    assert found.verdict is Verdict.NOT_ENOUGH
    assert needed in found.still_needed
    assert any(sign.isdigit() for sign in found.still_needed)
    assert np.isnan([found.value, found.low, found.high, found.p]).all()


def test_a_factor_that_hardly_changes_gets_no_p_value():
    days = a_log(n=365)
    days["slow"] = (np.arange(365) // 22 % 2).astype(float)
    found = associate(days, outcome="cramps", factor="slow", lag=0)
    assert found.refusal.startswith("This changes too slowly")
    assert found.still_needed.startswith("84 days of an experiment")


def test_few_cramps_are_never_called_clear():
    days = a_log(20, n=60, base=0.6, effect=0.2)
    found = associate(days, outcome="cramps", factor="factor")
    assert found.high < 1
    assert found.n_events < verdict.CLEAR_EVENTS
    assert found.verdict is Verdict.NO_CLEAR
    assert any("overstates" in one for one in found.caveats)


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(BadFactor, match='no column "water"'):
        associate(a_log(), outcome="cramps", factor="water")


def test_two_rows_of_one_day_are_refused():
    with pytest.raises(BadFactor, match="same day"):
        associate(pd.concat([a_log(), a_log()]), outcome="cramps", factor="factor")


def test_a_scan_has_one_row_per_test_refused_ones_too():
    found = scan(a_log(), outcome="cramps", factors=["factor", "massage_min"], lags=[0, 1, 2])
    assert tuple(found.columns) == COLUMNS
    assert list(zip(found["factor"], found["lag"], strict=True)) == [
        (factor, lag) for factor in ("factor", "massage_min") for lag in (0, 1, 2)
    ]
    barred = found[(found["factor"] == "massage_min") & (found["lag"] == 0)].iloc[0]
    assert barred["verdict"] == "not enough data"
    assert "same day" in barred["refusal"]
    assert np.isnan(barred["q"])
    assert (found["q"].dropna() >= found["p"].dropna()).all()


def test_questions_about_counts_put_together_are_held_to_the_stricter_test():
    for seed in range(6):
        days = a_log(seed, n=300, effect=0.7)
        row = scan(days, outcome="cramps", factors=["factor", "other"], lags=[1]).iloc[0]
        one = associate(days, outcome="cramps", factor="factor", lag=1)
        rows = rows_of(timeline(days, ["cramps", "factor"]), question("cramps", "factor", lag=1))
        assert row["estimate"] == one.value
        assert row["p"] == pytest.approx(
            max(one.p, score_fit(rows, counts=True).p) if one.p < 0.2 else one.p
        )
        assert row["high"] - row["low"] >= one.high - one.low - 1e-12
        assert (row["p"] < 0.05) == (row["high"] < 1 or row["low"] > 1)


def test_a_scan_row_is_the_association():
    days = a_log()
    row = scan(days, outcome="cramps", factors=["factor"], lags=[1]).iloc[0]
    one = associate(days, outcome="cramps", factor="factor", lag=1)
    assert (row["estimate"], row["low"], row["high"], row["p"]) == (
        one.value,
        one.low,
        one.high,
        one.p,
    )


def test_score_tests_agree_with_full_fits(monkeypatch: pytest.MonkeyPatch):
    days = a_log(n=400)
    rng = np.random.default_rng(3)
    names = [f"own_{number}" for number in range(6)]
    for name in names:
        days[name] = np.where(rng.random(400) < 0.15, np.nan, persistent(rng, 400, 0.5))
    fast = scan(days, outcome="cramps", factors=[*names, "massage_min"], lags=[0, 1, 2])
    monkeypatch.setattr(associations, "FULL_FITS", 100)
    full = scan(days, outcome="cramps", factors=[*names, "massage_min"], lags=[0, 1, 2])
    assert list(fast["refusal"]) == list(full["refusal"])
    assert np.allclose(
        np.log(fast["estimate"]), np.log(full["estimate"]), atol=0.03, equal_nan=True
    )
    assert np.nanmax(np.abs(fast["p"] - full["p"])) < 0.05


def test_the_line_says_what_chance_would_do():
    assert verdict.compared(24) == "24 comparisons, about 1 expected by chance."
    assert verdict.compared(160) == "160 comparisons, about 8 expected by chance."
    assert verdict.compared(6) == "6 comparisons, fewer than one expected by chance."


def test_a_factor_that_is_nothing_but_a_trend_gets_no_number():
    days = a_log(n=200).assign(
        age=np.arange(200) / 365, wave=lambda d: np.cos(2 * np.pi * np.arange(200) / 7)
    )
    for name in ("age", "wave"):
        assert associate(days, outcome="cramps", factor=name).refusal.startswith(
            "This changes too slowly"
        )
    found = scan(days, outcome="cramps", factors=["age", "factor"], lags=range(5))
    assert (found.loc[found["factor"] == "age", "verdict"] == "not enough data").all()
    assert (found.loc[found["factor"] == "factor", "refusal"] == "").all()


def test_words_in_a_factor_are_refused_in_words():
    with pytest.raises(BadFactor, match='"factor" holds words'):
        associate(a_log().assign(factor="yes"), outcome="cramps", factor="factor")


def test_a_scan_without_any_cramp_refuses_every_row():
    days = a_log().assign(cramps=0.0)
    found = scan(days, outcome="cramps", factors=["factor", "other"], lags=range(5))
    assert (found["still_needed"].str.startswith("10 more cramps")).all()
    assert found["estimate"].isna().all()
