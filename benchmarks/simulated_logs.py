"""Simulated logs with a known truth: what the calibration of the statistics is measured on.

A person's risk is persistent (latent AR(1), log-normal), so is the factor; both may drift over the
record; a fifth of the days of either is lost. Scenarios bend one of these assumptions on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RISK_SPREAD = 0.8
DRIFT_OF_RISK = np.log(0.4)
DRIFT_OF_FACTOR = 1.5
LOST = 0.2
SCORE_NOISE = 0.5


@dataclass(frozen=True)
class Cell:
    """One cell of the grid.

    Days, persistence of risk and factor, drift of both, outcome, cramps a day.
    """

    days: int
    rho: float
    drift: bool = False
    score: bool = False
    base: float = 0.3

    @property
    def outcome(self) -> str:
        """The outcome's column."""
        return "score" if self.score else "cramps"


def persistent(rng: np.random.Generator, n: int, rho: float, series: int = 1) -> Floats:
    """Standard normal AR(1) series, one per column."""
    drawn = rng.normal(size=(n, series))
    for t in range(1, n):
        drawn[t] = rho * drawn[t - 1] + np.sqrt(1 - rho**2) * drawn[t]
    return drawn


def earlier(x: Floats, lag: int = 1) -> Floats:
    """The series ``lag`` days before; zero where the record had not begun."""
    return np.concatenate([np.zeros((lag, *x.shape[1:])), x[:-lag]])


def log_of(
    rng: np.random.Generator, cell: Cell, *, effect: float = 0.0, factors: int = 1
) -> pd.DataFrame:
    """One log: ``tracked``, the outcome and yes/no factors ``f0``, ``f1``, ....

    ``f0`` acts one day later.

    ``effect`` is its log ratio (counts) or difference (score).
    """
    n, time = cell.days, np.linspace(-0.5, 0.5, cell.days)
    drawn = persistent(rng, n, cell.rho, factors + 1)
    moved = drawn[:, 1:] + (DRIFT_OF_FACTOR * time[:, None] if cell.drift else 0.0)
    x = (moved > 0).astype(float)
    lean = effect * earlier(x[:, 0]) + (DRIFT_OF_RISK * time if cell.drift else 0.0)
    y = _score(rng, drawn[:, 0], lean) if cell.score else _counts(rng, drawn[:, 0], lean, cell.base)
    tracked = rng.random(n) >= LOST
    known = np.where(rng.random((n, factors)) >= LOST, x, np.nan)
    days = pd.DataFrame({f"f{number}": known[:, number] for number in range(factors)})
    return days.assign(tracked=tracked, **{cell.outcome: np.where(tracked, y, np.nan)})


def _counts(rng: np.random.Generator, latent: Floats, lean: Floats, base: float) -> Floats:
    risk = np.exp(RISK_SPREAD * latent - RISK_SPREAD**2 / 2 + lean)
    return rng.poisson(base * risk).astype(float)


def _score(rng: np.random.Generator, latent: Floats, lean: Floats) -> Floats:
    return np.asarray(
        5 + latent + lean / RISK_SPREAD + rng.normal(0, SCORE_NOISE, latent.size), dtype=float
    )


def because_of_cramps(rng: np.random.Generator, cell: Cell) -> pd.DataFrame:
    """Massage follows cramps (75 % against 25 % of days) and does nothing.

    The person calls it planned.
    """
    risk = persistent(rng, cell.days, cell.rho)[:, 0]
    y = _counts(rng, risk, np.zeros(cell.days), cell.base)
    given = rng.random(cell.days) < np.where(y > 0, 0.75, 0.25)
    tracked = rng.random(cell.days) >= LOST
    minutes = np.where(tracked, np.where(given, 10.0, 0.0), np.nan)
    return pd.DataFrame(
        {"tracked": tracked, "cramps": np.where(tracked, y, np.nan), "massage_min": minutes}
    )


def quiet_days_unlogged(
    rng: np.random.Generator, cell: Cell, *, effect: float = 0.0
) -> pd.DataFrame:
    """Days without a cramp are logged half the time, days with one 95 %."""
    drawn = persistent(rng, cell.days, cell.rho, 2)
    x = (drawn[:, 1] > 0).astype(float)
    y = _counts(rng, drawn[:, 0], effect * earlier(x), cell.base)
    tracked = rng.random(cell.days) < np.where(y > 0, 0.95, 0.5)
    return pd.DataFrame({"tracked": tracked, "cramps": np.where(tracked, y, np.nan), "f0": x})


def seasonal(rng: np.random.Generator, cell: Cell) -> pd.DataFrame:
    """Exercise and cramps both follow the season (one wave a year, random start).

    Exercise does nothing.
    """
    wave = np.sin(2 * np.pi * (np.arange(cell.days) / 365 + rng.random()))
    drawn = persistent(rng, cell.days, cell.rho, 2)
    y = _counts(rng, drawn[:, 0], 0.6 * wave, cell.base)
    minutes = np.maximum(0.0, 30 + 25 * wave + 20 * drawn[:, 1])
    tracked = rng.random(cell.days) >= LOST
    known = np.where(rng.random(cell.days) >= LOST, minutes, np.nan)
    return pd.DataFrame(
        {"tracked": tracked, "cramps": np.where(tracked, y, np.nan), "exercise_min": known}
    )
