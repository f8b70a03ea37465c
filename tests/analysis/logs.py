"""Seeded logs for the tests of the analyses.

Day tables made by hand, as other programs may make them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def persistent(rng: np.random.Generator, n: int, rho: float) -> np.ndarray:
    """A standard normal series in which each day resembles the one before by ``rho``."""
    drawn = rng.normal(size=n)
    for t in range(1, n):
        drawn[t] = rho * drawn[t - 1] + np.sqrt(1 - rho**2) * drawn[t]
    return drawn


def a_log(
    seed: int = 1, n: int = 180, *, base: float = 0.5, effect: float = 1.0, lag: int = 1
) -> pd.DataFrame:
    """A dated day table with a yes/no ``factor`` and ``other``.

    The factor multiplies the cramps ``lag`` days later.
    """
    rng = np.random.default_rng(seed)
    factor = (rng.random(n) < 0.5).astype(float)
    earlier = np.concatenate([np.zeros(lag), factor[: n - lag]]) if lag else factor
    tracked = rng.random(n) > 0.1
    cramps = rng.poisson(base * effect**earlier).astype(float)
    return pd.DataFrame(
        {
            "tracked": tracked,
            "cramps": np.where(tracked, cramps, np.nan),
            "factor": factor,
            "other": rng.normal(50, 10, n),
            "massage_min": rng.integers(0, 3, n) * 10.0,
        },
        index=pd.date_range("2024-01-01", periods=n, name="day"),
    )


def cramps_at(moments: list[str]) -> pd.DataFrame:
    """A cramp table with the columns every analysis of timing reads."""
    at = pd.Series(pd.to_datetime(moments))
    return pd.DataFrame(
        {
            "at": at,
            "utc": at.dt.tz_localize("UTC"),
            "day": (at - pd.Timedelta(hours=6)).dt.normalize(),
            "hour": at.dt.hour + at.dt.minute / 60,
        }
    )
