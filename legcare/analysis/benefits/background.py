"""What is taken out before a score is compared with massage.

Its own recent past and recent exercise.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from legcare.analysis.benefits.material import Material
from legcare.day_marks import marked_columns
from legcare.days import TRACKED

KNOWN_SHARE = 0.5
RECENT_SCORE = "the score of the week before"
RECENT_EXERCISE = "exercise of the same day and the day before"


def before_massage(material: Material, outcome: str) -> pd.DataFrame:
    """Per day.

    The outcome yesterday and over the seven days before, and the exercise of today and yesterday.

    A massage may be given because legs were bad or because training was hard; without these columns
    that would look like something massage does. Exercise is left out where fewer than half the
    tracked days hold it.
    """
    days = material.days
    past = days[outcome].shift(1)
    frame = pd.DataFrame(
        {"yesterday": past, "past_week": past.rolling(7, min_periods=1).mean()}, index=days.index
    )
    load = exercise(days)
    if load is not None:
        frame["exercise"], frame["exercise_yesterday"] = load, load.shift(1)
    frame = frame.join(days[marked_columns(days)])
    return frame.fillna(frame.mean()).fillna(0.0)


def exercise(days: pd.DataFrame) -> pd.Series | None:
    """Load, else minutes, of each day's exercise.

    None where neither is known on half the tracked days.
    """
    tracked = days[TRACKED].astype(bool)
    for name in ("exercise_load", "exercise_min"):
        if name in days and tracked.any() and days.loc[tracked, name].notna().mean() >= KNOWN_SHARE:
            return days[name]
    return None


def massage_yesterday(days: pd.DataFrame) -> pd.Series:
    """1 where a planned massage stands in the day before, 0 where none does.

    Missing where that is not known.
    """
    given = days["massages"]
    return pd.Series(np.where(given.notna(), given > 0, np.nan), index=days.index).shift(1)


def tracked_only(days: pd.DataFrame, outcome: str) -> pd.Series:
    """A column on tracked days."""
    return days[outcome].where(days[TRACKED].astype(bool))


def adjusted_words(material: Material) -> tuple[str, ...]:
    """What ``before_massage`` takes out, in words."""
    return (RECENT_SCORE,) + ((RECENT_EXERCISE,) if exercise(material.days) is not None else ())
