"""Sessions decided by a coin, and several experiments read as one."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from legcare.analysis.estimate import Verdict
from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.sessions import ancova, begun, finished, new_trial, session_effect
from legcare.errors import LegcareError
from legcare.records.experiment import Arm, CoinTrial
from tests.experiment.made import NOON

ANOREXIA = Path(__file__).parents[1] / "reference/anorexia.csv"


def test_ancova_agrees_with_r() -> None:
    # R lm(Postwt ~ Prewt + Treat, MASS::anorexia)
    rows = list(csv.DictReader(ANOREXIA.read_text().splitlines()))
    post, pre = ([float(row[name]) for row in rows] for name in ("Postwt", "Prewt"))
    found = ancova(post, pre, [row["Treat"] for row in rows], base="CBT")
    assert found["before"].value == pytest.approx(0.43446115036, abs=1e-9)
    assert found["Cont"].value == pytest.approx(-4.0970655281, abs=1e-8)
    assert (found["Cont"].se, found["FT"].se) == pytest.approx(
        (1.893492607, 2.1333359226), abs=1e-8
    )


def test_ancova_agrees_with_statsmodels() -> None:
    import statsmodels.api as sm

    rng = np.random.default_rng(5)
    pre, arm = rng.uniform(2, 9, 30), rng.integers(0, 2, 30)
    post = 0.6 * pre - arm + rng.normal(0, 1, 30)
    theirs = sm.OLS(post, sm.add_constant(np.column_stack([arm, pre]))).fit()
    ours = ancova(list(post), list(pre), ["A" if one else "B" for one in arm], base="B")["A"]
    assert (ours.value, ours.se, ours.p) == pytest.approx(
        (theirs.params[1], theirs.bse[1], theirs.pvalues[1])
    )
    assert (ours.low, ours.high) == pytest.approx(tuple(theirs.conf_int()[1]))


def lived(trial: CoinTrial, number: int, *, drop: float, before: float | None = None) -> CoinTrial:
    for count in range(number):
        start = (count * 7) % 5 + 4.0 if before is None else before
        trial = begun(trial, start, NOON + timedelta(days=count))
        arm = trial.sessions[-1].arm
        trial = finished(trial, start - 1 - drop * (arm is Arm.A) + 0.3 * (count % 3))
    return trial


def a_trial() -> CoinTrial:
    return CoinTrial(seed=11, salt="ab" * 16)


def test_the_coin_falls_after_the_first_rating_and_is_fair() -> None:
    trial = lived(a_trial(), 200, drop=1)
    assert 70 < sum(session.arm is Arm.A for session in trial.sessions) < 130
    open_ = begun(trial, 5, NOON)
    assert open_.open is not None
    with pytest.raises(LegcareError, match="still waits for its rating after"):
        begun(open_, 5, NOON)
    with pytest.raises(LegcareError, match="No session is open"):
        finished(trial, 3)


@pytest.mark.parametrize("before", [None, 6.0])
def test_enough_sessions_give_the_difference_at_the_same_rating_before(
    before: float | None,
) -> None:
    found = session_effect(lived(a_trial(), 30, drop=2, before=before))
    assert found.value == pytest.approx(-2, abs=0.25)
    assert found.verdict is Verdict.LOWER
    assert found.low < found.value < found.high < 0
    assert "what you expected" in found.caveats[0]


def test_too_few_sessions_say_how_many_more_of_which() -> None:
    found = session_effect(lived(a_trial(), 3, drop=1))
    assert found.verdict is Verdict.NOT_ENOUGH
    arms = [session.arm for session in lived(a_trial(), 3, drop=1).sessions]
    assert f"{6 - arms.count(Arm.A)} more of “10 minutes of massage”" in found.still_needed


def test_a_session_that_belies_its_coin_is_refused() -> None:
    trial = lived(a_trial(), 14, drop=1)
    forged = trial.sessions[3].model_copy(update={"arm": trial.sessions[3].arm.other})
    with pytest.raises(BrokenSeal, match="Session 4"):
        session_effect(
            trial.model_copy(
                update={"sessions": (*trial.sessions[:3], forged, *trial.sessions[4:])}
            )
        )


def test_a_new_trial_has_its_own_coin() -> None:
    assert new_trial("a", "b", "Tension").salt != new_trial("a", "b", "Tension").salt
