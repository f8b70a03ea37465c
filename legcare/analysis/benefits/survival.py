"""Kaplan-Meier curves.

How long until something is back to usual, where the end is not always seen.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from legcare.analysis.timeline import Floats

NAN = float("nan")


def kaplan_meier(time: Floats, ended: np.ndarray, *, level: float = 0.95) -> pd.DataFrame:
    """Share still waiting after each time at which a wait ended.

    ``time`` is the length of each wait, ``ended`` whether its end was seen (otherwise it was still
    running then). Columns ``time``, ``at_risk``, ``events``, ``share``, ``low``, ``high``; the
    interval is Greenwood's on the log(-log) scale. The first row is time 0 with everyone waiting.
    (Kaplan and Meier 1958; Greenwood 1926.)
    """
    from scipy import special

    moments = np.unique(time[ended.astype(bool)])
    at_risk = np.array([(time >= moment).sum() for moment in moments], dtype=float)
    events = np.array([((time == moment) & ended).sum() for moment in moments], dtype=float)
    share = np.cumprod(1 - events / at_risk) if len(moments) else np.empty(0)
    low, high = _limits(share, events, at_risk, float(special.ndtri(0.5 + level / 2)))
    frame = pd.DataFrame(
        {
            "time": moments,
            "at_risk": at_risk,
            "events": events,
            "share": share,
            "low": low,
            "high": high,
        }
    )
    start = pd.DataFrame(
        {
            "time": [0.0],
            "at_risk": [float(len(time))],
            "events": 0.0,
            "share": 1.0,
            "low": 1.0,
            "high": 1.0,
        }
    )
    return pd.concat([start, frame], ignore_index=True) if len(frame) else start


def _limits(share: Floats, events: Floats, at_risk: Floats, z: float) -> tuple[Floats, Floats]:
    low, high = np.zeros(len(share)), np.zeros(len(share))
    open_ = share > 0
    greenwood = np.cumsum(events[open_] / (at_risk[open_] * (at_risk[open_] - events[open_])))
    inner = np.log(share[open_])
    reach = z * np.sqrt(greenwood) / np.abs(inner)
    low[open_], high[open_] = np.exp(inner * np.exp(reach)), np.exp(inner * np.exp(-reach))
    return low, high


def median_wait(curve: pd.DataFrame) -> tuple[float, float, float]:
    """Median of a Kaplan-Meier curve with its interval (Brookmeyer and Crowley 1982).

    NaN where not reached.
    """
    value, low, high = (_first(curve, column) for column in ("share", "low", "high"))
    return value, low, high


def _first(curve: pd.DataFrame, column: str) -> float:
    reached = curve.loc[curve[column] <= 0.5 + 1e-12, "time"]
    return float(reached.iloc[0]) if len(reached) else NAN
