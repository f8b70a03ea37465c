from __future__ import annotations

import numpy as np
import pytest

from legcare.analysis.associations import associate
from legcare.analysis.response import response, three_bins
from tests.analysis.logs import a_log


def test_a_curve_stands_at_one_where_it_is_compared_with():
    days = a_log(n=300)
    found = response(days, outcome="cramps", factor="other")
    assert found.kind == "spline"
    middle = found.table.iloc[(found.table["x"] - days["other"].median()).abs().argmin()]
    assert middle["value"] == pytest.approx(1, abs=0.02)
    assert (found.table["low"] <= found.table["value"]).all()
    assert (found.table["value"] <= found.table["high"]).all()


def test_a_u_shape_is_seen_as_a_u():
    days = a_log(n=600)
    rng = np.random.default_rng(8)
    distance = (days["other"].shift(1).fillna(50) - 50) / 10
    days["cramps"] = rng.poisson(0.3 * np.exp(0.5 * distance**2).clip(upper=8)).astype(float)
    table = response(days, outcome="cramps", factor="other", lag=1).table
    middle = table["low"].iloc[20]
    assert table["value"].iloc[0] > 1.5
    assert table["value"].iloc[-1] > 1.5
    assert table["low"].iloc[0] > middle


def test_a_yes_no_factor_has_two_bins_with_the_ratio_of_the_association():
    days = a_log(n=400, effect=0.5)
    found = response(days, outcome="cramps", factor="factor", lag=1)
    whole = associate(days, outcome="cramps", factor="factor", lag=1)
    assert found.kind == "bins"
    assert list(found.table["label"]) == ["0", "1"]
    assert found.table["value"].iloc[1] == pytest.approx(whole.value, rel=1e-4)
    assert found.table["low"].iloc[1] == pytest.approx(whole.low, rel=1e-3)
    assert found.table["events"].sum() == whole.n_events


def test_bins_come_from_the_factor_alone():
    bins, stretches = three_bins(np.array([0.0] * 5 + [10.0, 20.0, 30.0, 40.0]))
    assert [each.words("{:g}".format) for each in stretches] == ["0", "over 0 to 25", "over 25"]
    assert [each.words("{:g}".format) for each in three_bins(np.arange(9.0))[1]] == [
        "up to 2.66667",
        "over 2.66667 to 5.33333",
        "over 5.33333",
    ]
    assert list(bins) == [0] * 5 + [1, 1, 2, 2]


def test_a_score_has_a_curve_of_differences():
    days = a_log(n=200)
    days["soreness"] = 3 + 0.05 * days["other"].shift(1).fillna(50)
    days["soreness"] += np.random.default_rng(2).normal(0, 0.3, 200)
    table = response(days, outcome="soreness", factor="other", lag=1).table
    assert table["value"].iloc[-1] - table["value"].iloc[0] == pytest.approx(
        0.05 * (table["x"].iloc[-1] - table["x"].iloc[0]), abs=0.25
    )


def test_too_little_is_refused_as_the_association_is():
    found = response(a_log(n=15), outcome="cramps", factor="other")
    assert not found.shown
    assert "usable days" in found.still_needed
    assert found.table.empty
    assert not response(a_log(), outcome="cramps", factor="massage_min", lag=0).shown
