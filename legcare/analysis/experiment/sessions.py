"""Single sessions decided by a coin.

Is the rating after A unlike the one after B, given the one before.

The coin is what allows the word effect: without it a person massages when tense, and tension that
falls by itself looks like an effect. The comparison is the analysis of covariance (after ~ arm +
before), ordinary least squares, t interval.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.estimate import Estimate, Verdict
from legcare.analysis.experiment.plan import BrokenSeal, coin
from legcare.errors import LegcareError
from legcare.records import written
from legcare.records.experiment import Arm, CoinSession, CoinTrial

LEAST_PER_ARM = 6


@dataclass(frozen=True)
class Coefficient:
    """One coefficient of a regression.

    Value, standard error, 95 % interval, p and degrees of freedom.
    """

    value: float
    se: float
    low: float
    high: float
    p: float
    df: int


def new_trial(a: str, b: str, rating: str) -> CoinTrial:
    """A trial without sessions, its coin already in its seed."""
    return CoinTrial(a=a, b=b, rating=rating, seed=secrets.randbits(53), salt=secrets.token_hex(16))


def begun(trial: CoinTrial, before: float, at: datetime) -> CoinTrial:
    """The trial with one more session: the rating before is given first, only then the coin falls.

    Raises ``LegcareError`` while a session still waits for its rating after.
    """
    if trial.open is not None:
        raise LegcareError(
            f"The session of {written.moment(trial.open.at)} still waits for its rating after. Give"
            " that first."
        )
    number = len(trial.sessions) + 1
    session = CoinSession(at=at, number=number, arm=coin(trial, number), before=before)
    return trial.model_copy(update={"sessions": (*trial.sessions, session)})


def finished(trial: CoinTrial, after: float) -> CoinTrial:
    """The trial with the rating after of its open session.

    Raises ``LegcareError`` where none is open.
    """
    if trial.open is None:
        raise LegcareError("No session is open: rate before and flip the coin first.")
    last = trial.open.model_copy(update={"after": after})
    sessions = tuple(
        last if session.number == last.number else session for session in trial.sessions
    )
    return trial.model_copy(update={"sessions": sessions})


def ancova(
    after: Sequence[float], before: Sequence[float], arm: Sequence[str], *, base: str
) -> dict[str, Coefficient]:
    """After ~ before + arm by least squares.

    One coefficient per arm other than ``base``, and ``before`` itself.

    ``before`` is left out where it never varied: it then has nothing to tell.
    """
    y = np.asarray(after, dtype=float)
    columns = {
        level: np.array([name == level for name in arm], dtype=float)
        for level in sorted(set(arm) - {base})
    }
    if len(set(before)) > 1:
        columns["before"] = np.asarray(before, dtype=float)
    design = np.column_stack([np.ones_like(y), *columns.values()])
    return dict(zip(columns, _coefficients(design, y)[1:], strict=True))


def _coefficients(design: NDArray[np.float64], y: NDArray[np.float64]) -> list[Coefficient]:
    from scipy import special

    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ y
    df = len(y) - design.shape[1]
    residual = y - design @ beta
    se = np.sqrt(np.diag(inverse) * (residual @ residual) / df)
    reach = special.stdtrit(df, 0.975) * se
    p = 2 * special.stdtr(df, -np.abs(np.divide(beta, se, out=np.zeros_like(beta), where=se > 0)))
    return [
        Coefficient(float(b), float(s), float(b - r), float(b + r), float(q), df)
        for b, s, r, q in zip(beta, se, reach, p, strict=True)
    ]


def session_effect(trial: CoinTrial) -> Estimate:
    """The rating after A minus after B at the same rating before, in points.

    Refused below six sessions of each.

    Raises ``BrokenSeal`` where a session's arm is not what its coin said.
    """
    for session in trial.sessions:
        if session.arm is not coin(trial, session.number):
            raise BrokenSeal(
                f"Session {session.number} does not show what its coin said: it was changed"
                " afterwards."
            )
    whole = [session for session in trial.sessions if session.after is not None]
    counts = {arm: sum(session.arm is arm for session in whole) for arm in (Arm.A, Arm.B)}
    missing = {arm: LEAST_PER_ARM - count for arm, count in counts.items() if count < LEAST_PER_ARM}
    if missing:
        return _refused(trial, missing)
    before = [session.before for session in whole]
    after = [session.after for session in whole if session.after is not None]
    found = ancova(after, before, [str(session.arm) for session in whole], base="B")["A"]
    verdict = (
        Verdict.LOWER if found.high < 0 else Verdict.HIGHER if found.low > 0 else Verdict.NO_CLEAR
    )
    return Estimate(
        value=found.value,
        low=found.low,
        high=found.high,
        n_days=len({s.at.date() for s in whole}),
        unit="points, A minus B",
        method="coin-flipped sessions, analysis of covariance",
        verdict=verdict,
        caveats=(
            "You knew which it was when you rated it: what you expected is part of the difference.",
        ),
        n_events=len(whole),
    )


def _refused(trial: CoinTrial, missing: dict[Arm, int]) -> Estimate:
    nan = float("nan")
    words = {Arm.A: trial.a, Arm.B: trial.b}
    needed = " and ".join(f"{count} more of “{words[arm]}”" for arm, count in missing.items())
    return Estimate(
        value=nan,
        low=nan,
        high=nan,
        n_days=0,
        unit="points, A minus B",
        method="coin-flipped sessions, analysis of covariance",
        verdict=Verdict.NOT_ENOUGH,
        refusal=f"Each of the two needs {LEAST_PER_ARM} finished sessions.",
        still_needed=needed,
    )
