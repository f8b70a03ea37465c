"""Kaplan-Meier against lifelines and against R's survival package (aml: medians 31 and 23)."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.benefits.survival import kaplan_meier, median_wait

REFERENCE = Path(__file__).parents[1] / "reference"


def test_agrees_with_lifelines() -> None:
    theirs = json.loads((REFERENCE / "lifelines.json").read_text())
    ours = kaplan_meier(np.array(theirs["times"]), np.array(theirs["seen"]))
    assert ours["time"].tolist() == theirs["value"]["time"]
    np.testing.assert_allclose(ours["share"], theirs["value"]["share"], rtol=1e-12)
    np.testing.assert_allclose(
        ours[["low", "high"]].to_numpy()[1:], theirs["value"]["limits"], rtol=1e-9
    )


def test_by_hand() -> None:
    curve = kaplan_meier(np.array([1.0, 2, 3]), np.array([True, False, True]))
    assert curve["time"].tolist() == [0.0, 1.0, 3.0]
    assert curve["at_risk"].tolist() == [3.0, 3.0, 1.0]
    np.testing.assert_allclose(curve["share"], [1, 2 / 3, 0])
    assert median_wait(curve)[0] == 3.0


def test_nobody_came_back() -> None:
    curve = kaplan_meier(np.array([2.0, 4.0]), np.array([False, False]))
    assert curve["share"].tolist() == [1.0]
    assert np.isnan(median_wait(curve)).all()


@pytest.mark.parametrize("group", ["Maintained", "Nonmaintained"])
def test_curve_and_median_of_r_survfit_aml(group: str) -> None:
    """R survival: survfit(Surv(time, status) ~ x, aml), every step of the curve and the median."""
    expected = json.loads((REFERENCE / "r.json").read_text())["refs"]["km_aml"]["value"]
    aml = pd.read_csv(REFERENCE / "aml.csv")
    chosen = aml[aml["x"] == group]
    curve = kaplan_meier(
        chosen["time"].to_numpy(dtype=float), chosen["status"].to_numpy(dtype=bool)
    )
    first_of_second = int(np.argmin(expected["S"]["time"]))
    mine = slice(0, first_of_second) if group == "Maintained" else slice(first_of_second, None)
    times, shares = expected["S"]["time"][mine], expected["S"]["surv"][mine]
    step = np.searchsorted(curve["time"].to_numpy(), times, side="right") - 1
    np.testing.assert_allclose(curve["share"].to_numpy()[step], shares, rtol=1e-9, atol=1e-12)
    assert median_wait(curve)[0] == expected["median"][f"x={group}"]
