"""Daily scores against planned massage the day before.

Shared by circulation (heaviness) and stress.
"""

from __future__ import annotations

import pandas as pd

from legcare.analysis.benefits.background import (
    adjusted_words,
    before_massage,
    massage_yesterday,
    tracked_only,
)
from legcare.analysis.benefits.comparison import Words, compare, not_shown
from legcare.analysis.benefits.material import Material
from legcare.analysis.estimate import Association
from legcare.analysis.verdict import FEWEST_DAYS_SCORE, more

YESTERDAY = "a planned massage the day before"


def after_massage(material: Material, outcome: str) -> Association:
    """The score on days after a planned massage against other days.

    Lower is a negative difference.
    """
    words = Words(outcome, YESTERDAY, "with against without", adjusted_words(material))
    if outcome not in material.days or not material.days[outcome].notna().any():
        reason = f"No day holds a rating of {outcome} yet."
        return not_shown(
            words, reason, f"{more(FEWEST_DAYS_SCORE, 'tracked day')} with it", counts=False
        )
    return compare(
        tracked_only(material.days, outcome),
        massage_yesterday(material.days),
        words,
        counts=False,
        others=before_massage(material, outcome),
    )


def scored_days(material: Material, outcome: str) -> int:
    """Tracked days that hold the score."""
    return (
        int(tracked_only(material.days, outcome).notna().sum()) if outcome in material.days else 0
    )


def spread(material: Material, outcome: str) -> float:
    """Standard deviation of the score over tracked days: its ordinary fluctuation.

    1 where it cannot be known.
    """
    if scored_days(material, outcome) < 2:
        return 1.0
    return float(tracked_only(material.days, outcome).std(ddof=1))


def dose(material: Material, outcome: str) -> pd.DataFrame:
    """The score by planned massage minutes the day before: none, up to your median, more.

    Columns ``minutes`` (words), ``low_min``, ``high_min``, ``n`` days, ``mean``, ``difference``
    from days without massage with ``low`` and ``high`` (psi-t), missing where there is too little
    to compare.
    """
    if outcome not in material.days:
        return pd.DataFrame(
            columns=["minutes", "low_min", "high_min", "n", "mean", "difference", "low", "high"]
        )
    minutes = material.days["massage_min"].shift(1)
    middle = float(minutes[minutes > 0].median()) if (minutes > 0).any() else 0.0
    top = float(minutes.max()) if minutes.notna().any() else 0.0
    score = tracked_only(material.days, outcome)
    rows = [
        _dose_row(material, score, minutes, span)
        for span in ((0.0, 0.0), (0.0, middle), (middle, top))
    ]
    return pd.DataFrame(rows)


def _dose_row(
    material: Material, score: pd.Series, minutes: pd.Series, span: tuple[float, float]
) -> dict[str, str | float]:
    low, high = span
    none = minutes == 0
    inside = none if high == 0 else (minutes > low) & (minutes <= high)
    row: dict[str, str | float] = {
        "minutes": "none" if high == 0 else f"over {low:g} to {high:g} min",
        "low_min": low,
        "high_min": high,
        "n": int((inside & score.notna()).sum()),
        "mean": float(score[inside].mean()),
        "difference": float("nan"),
        "low": float("nan"),
        "high": float("nan"),
    }
    if high == 0 or not inside.any():
        return row
    exposure = inside.astype(float).where(inside | none)
    found = compare(
        score,
        exposure,
        Words(str(score.name), "massage minutes", ""),
        counts=False,
        others=before_massage(material, str(score.name)),
    )
    return row | {"difference": found.value, "low": found.low, "high": found.high}
