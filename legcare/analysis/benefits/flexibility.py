"""Claim 3: flexibility.

Weekly ankle bend, reach or stiffness against massage in the 14 days before.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.associations import refused, worded
from legcare.analysis.benefits.benefit import Benefit, Progress
from legcare.analysis.benefits.comparison import SCORE, Words, not_shown
from legcare.analysis.benefits.material import Material
from legcare.analysis.estimate import Association
from legcare.analysis.quasi_poisson import Fit, Rows, fit
from legcare.analysis.question import Question
from legcare.days import TRACKED
from legcare.records import written

MEASURES = {
    "ankle_cm": ("ankle bend", "cm", 1),
    "reach_cm": ("sit and reach", "cm", 1),
    "stiffness": ("stiffness", "points", -1),
}
FEWEST_WEEKS = 16
FEWEST_EFFECTIVE = 10
PER_MIN = 60.0
KNOWN_DAYS = 10
WEEKLY = "psi-t regression by week"
TREND = "a steady trend over time"


def flexibility(material: Material) -> Benefit:
    """The first of ankle bend, sit and reach, stiffness with enough weeks.

    Otherwise the one with most.
    """
    measure = chosen_measure(material)
    name, unit, sign = MEASURES[measure]
    panels = weekly(material, measure)
    usable = panels.dropna()
    return Benefit(
        key="flexibility",
        claim="Massage promotes flexibility",
        short=f"Flexibility, by {name}",
        measurable=True,
        measured=f"{name} by planned massage in the 14 days before",
        headline=_headline(panels, name, unit),
        sign=sign,
        progress=Progress(
            len(usable), FEWEST_WEEKS, f"weeks with {name} measured and massage known"
        ),
        to_log=(
            "Measure ankle bend (knee to wall) or sit and reach once a week, always at the same"
            " time of day and equally warmed up."
        ),
        pitfall=(
            "Flexibility drifts with season, training and practice at the test itself; a steady"
            " trend is taken out, anything less steady is not."
        ),
        would_change="Weeks with clearly more and clearly less massage than usual, in turn.",
        spread=float(usable["measure"].std(ddof=1)) if len(usable) > 1 else 1.0,
        details={"panels": panels.reset_index()},
    )


def chosen_measure(material: Material) -> str:
    """Which measure speaks: settled by how many weeks hold it, never by what it shows."""
    weeks = {measure: len(weekly(material, measure).dropna()) for measure in MEASURES}
    enough = [measure for measure, held in weeks.items() if held >= FEWEST_WEEKS]
    return enough[0] if enough else max(weeks, key=lambda measure: weeks[measure])


def weekly(material: Material, measure: str) -> pd.DataFrame:
    """One row per week of the record, indexed by its last day.

    ``measure`` (mean), ``massage_min`` of 14 days.

    The 14 days end the day before each measurement; in a week without one, before each of its days.
    Massage is missing where fewer than ten of them are known, otherwise scaled to 14.
    """
    days = material.days
    if measure not in days or days.empty:
        return pd.DataFrame(
            {"measure": [], "massage_min": []},
            dtype="float64",
            index=pd.DatetimeIndex([], name="week"),
        )
    minutes = days["massage_min"].where(days[TRACKED].astype(bool))
    before = minutes.shift(1).rolling(14, min_periods=KNOWN_DAYS).mean() * 14
    ends = days.index[6::7]
    value, fortnight, at_measure = (
        column.rolling(7, min_periods=1).mean().reindex(ends)
        for column in (days[measure], before, before.where(days[measure].notna()))
    )
    frame = pd.DataFrame(
        {"measure": value, "massage_min": at_measure.where(value.notna(), fortnight)}
    )
    frame.index.name = "week"
    return frame


def _headline(panels: pd.DataFrame, name: str, unit: str) -> Association:
    words = Words(
        name,
        "planned massage in the 14 days before",
        f"per {written.brief(PER_MIN)} min more",
        (TREND,),
    )
    usable = panels.notna().all(axis=1).to_numpy()
    if usable.sum() < FEWEST_WEEKS:
        needed = rules.more(FEWEST_WEEKS - int(usable.sum()), "week") + f" with {name} measured"
        reason = f"{rules.plural(int(usable.sum()), 'week')} so far hold both."
        return not_shown(words, reason, needed, counts=False, n=(int(usable.sum()), 0))
    y, x = panels["measure"].to_numpy()[usable], panels["massage_min"].to_numpy()[usable] / PER_MIN
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        reason = (
            "Massage or the measure was the same in every week: without a difference there is"
            " nothing to compare."
        )
        return not_shown(words, reason, "weeks that differ", counts=False, n=(len(y), 0))
    z = np.column_stack([np.ones(len(y)), np.flatnonzero(usable) / len(usable)])
    rows = Rows(y, x, z, usable)
    return replace(
        _answered(rows, fit(rows, counts=False)),
        outcome=name,
        factor=words.factor,
        per=words.per,
        unit=unit,
        n_days=len(y),
        method=WEEKLY,
        adjusted_for=words.adjusted_for,
    )


def _answered(rows: Rows, found: Fit) -> Association:
    asked = Question(SCORE, "fortnight", 0)
    refusal = rules.on_persistence(found.persistence)
    if not refusal and found.n / found.inflation < FEWEST_EFFECTIVE:
        refusal = rules.Refusal(
            f"The weeks resemble each other so much that {found.n} are worth only "
            f"{written.whole(found.n / found.inflation)}.",
            rules.more(int(np.ceil(FEWEST_EFFECTIVE * found.inflation)) - found.n, "week"),
        )
    return refused(asked, refusal, rows) if refusal else worded(asked, rows, found, 1.0)
