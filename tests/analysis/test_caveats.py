from __future__ import annotations

import numpy as np
import pandas as pd

from legcare.analysis.associations import associate
from tests.analysis.logs import a_log, persistent


def said(days: pd.DataFrame, factor: str, **options: int) -> str:
    return " ".join(associate(days, outcome="cramps", factor=factor, **options).caveats)


def test_a_full_log_of_an_ordinary_factor_needs_no_caveat():
    assert (
        said(
            a_log(n=300).assign(tracked=True, cramps=a_log(n=300, seed=2)["cramps"].fillna(0)),
            "factor",
        )
        == ""
    )


def test_massage_that_follows_cramps_is_noticed():
    days = a_log(n=300)
    cramped = days["cramps"].fillna(0) > 0
    rng = np.random.default_rng(1)
    days["massage_min"] = np.where(rng.random(300) < np.where(cramped, 0.8, 0.2), 10.0, 0.0)
    found = said(days, "massage_min")
    assert "the cramps may be the reason for the massage" in found
    assert "on 2" in found.split("and on", 1)[0] or "% of days with or right after cramps" in found
    assert "may be the reason" not in said(a_log(n=300), "massage_min")


def test_a_factor_that_follows_the_season_is_noticed():
    days = a_log(n=365)
    wave = np.sin(2 * np.pi * np.arange(365) / 365)
    days["exercise_min"] = 30 + 25 * wave + np.random.default_rng(2).normal(0, 10, 365)
    assert "season" in said(days, "exercise_min")
    assert "season" not in said(days, "other")


def test_unlogged_quiet_days_are_suspected():
    days = a_log(n=200, base=0.9)
    days["tracked"] = days["tracked"] & ((days["cramps"] > 0) | (np.arange(200) % 8 == 0))
    assert "left unlogged" in said(days, "factor")
    assert "left unlogged" not in said(a_log(n=200), "factor")


def test_days_that_resemble_each_other_are_worth_less():
    rng = np.random.default_rng(4)
    days = a_log(n=300).assign(tracked=True)
    days["score"] = 5 + persistent(rng, 300, 0.9)  # of counts, the days before are taken out
    days["factor"] = (persistent(rng, 300, 0.85) > 0).astype(float)
    found = associate(days, outcome="score", factor="factor")
    assert found.inflation >= 2
    assert (
        f"these {found.n_days} days are worth about {found.n_days / found.inflation:.0f}"
        in " ".join(found.caveats)
    )


def test_a_log_with_gaps_says_so():
    thin = a_log(n=300).assign(tracked=lambda d: d["tracked"] & (np.arange(300) % 5 > 0))
    assert said(thin, "factor").startswith("Only 7")
