"""Four ways to massage.

By method, reason, oil and time of day, each against days without a planned massage.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.associations import adjusted
from legcare.analysis.benefits.comparison import Words, compare, not_shown
from legcare.analysis.benefits.material import (
    Material,
    before_moment,
    by_day,
    cramps_between,
)
from legcare.analysis.estimate import Association
from legcare.days import DAY, TRACKED
from legcare.records import Method, Oil, Reason

ASPECTS: dict[str, str] = {
    "method": "By method",
    "reason": "By reason",
    "oil": "By oil",
    "part_of_day": "By time of day",
}
FEWEST_MASSAGES = 10
PARTS_OF_DAY = ("morning", "afternoon", "evening", "night")
NOTES = {
    "foam_roller": "foam_roller",
    "professional": "professional",
    "after_exercise": "after_exercise",
    "magnesium": "magnesium_oil",
    "arnica": "arnica",
}
_WORDS = {str(word.value): word.label for words in (Method, Reason, Oil) for word in words}


@dataclass(frozen=True)
class Way:
    """One way of massaging.

    How many planned massages of it there are, and cramps in the 24 and 48 h after it.

    Both are rate ratios against days without any planned massage. ``aspect`` is what is told apart,
    ``way`` its word as stored, ``note`` the key of its evidence note or "".
    """

    aspect: str
    way: str
    massages: int
    within_24: Association
    within_48: Association

    @property
    def label(self) -> str:
        """How the way is shown."""
        return (
            "No oil"
            if (self.aspect, self.way) == ("oil", "none")
            else _WORDS.get(self.way, self.way.capitalize())
        )

    @property
    def note(self) -> str:
        """Key of the evidence note, "" where there is none."""
        return "" if self.aspect == "oil" and self.way == "none" else NOTES.get(self.way, "")


@dataclass(frozen=True)
class Ways:
    """Every way that the log holds, with q over the 24 h comparisons that have a number."""

    ways: tuple[Way, ...]
    unsaid: dict[str, int]

    @property
    def line(self) -> str:
        """How many comparisons were run."""
        return rules.compared(sum(way.within_24.shown for way in self.ways))


def four_ways(material: Material) -> Ways:
    """Cramps after each way of massaging, planned massages only, with how few there are of each.

    ``unsaid`` counts the planned massages whose method, reason or oil is not known.
    """
    planned = material.planned
    planned = planned.assign(part_of_day=part_of_day(planned["hour"]))
    found = [
        _way(material, planned[planned[aspect] == way].reset_index(drop=True), (aspect, str(way)))
        for aspect in ASPECTS
        for way in planned[aspect].dropna().value_counts().index
    ]
    judged = adjusted([way.within_24 for way in found])
    unsaid = {aspect: int(planned[aspect].isna().sum()) for aspect in ASPECTS}
    return Ways(
        tuple(replace(way, within_24=one) for way, one in zip(found, judged, strict=True)), unsaid
    )


def part_of_day(hour: pd.Series) -> pd.Series:
    """Morning from 5, afternoon from 12, evening from 17, night from 22 o'clock."""
    bins = np.digitize(hour.to_numpy(dtype=float), [5, 12, 17, 22])
    names = np.array(["night", *PARTS_OF_DAY], dtype=object)
    return pd.Series(names[bins], index=hour.index, dtype="str").where(hour.notna())


def _way(material: Material, chosen: pd.DataFrame, named: tuple[str, str]) -> Way:
    aspect, way = named
    words = Words(
        f"cramps after ({way.replace('_', ' ')})",
        way,
        "against days without massage",
        ("recent cramps",),
    )
    if chosen["hour"].notna().sum() < FEWEST_MASSAGES:
        few = _too_few(words, int(chosen["hour"].notna().sum()))
        return Way(aspect, way, len(chosen), few, few)
    quiet = _quiet_days(material, _middle_hour(material, chosen["hour"].dropna()))
    day, two_days = (_compared(material, (chosen, quiet), words, hours) for hours in (24.0, 48.0))
    return Way(aspect, way, len(chosen), day, two_days)


def _too_few(words: Words, held: int) -> Association:
    reason = f"{held} of {FEWEST_MASSAGES} planned massages of this kind with their time so far."
    return not_shown(
        words,
        reason,
        rules.more(FEWEST_MASSAGES - held, "planned massage") + " of this kind",
        counts=True,
    )


def _compared(
    material: Material,
    moments: tuple[pd.DataFrame, pd.DataFrame],
    words: Words,
    hours: float,
) -> Association:
    """Windows after the massages of this way, and windows from the same hour on other days.

    The other days are those without a planned massage.
    """
    after, without = (
        by_day(each, cramps_between(material, each, first_h=0, last_h=hours)) for each in moments
    )
    outcome = pd.concat([after, without[~without.index.isin(after.index)]])
    exposure = pd.Series(np.where(outcome.index.isin(after.index), 1.0, 0.0), index=outcome.index)
    before = pd.concat([before_moment(material, each) for each in moments])
    before = before[~before.index.duplicated()]
    return compare(outcome, exposure, words, counts=True, others=before)


def _middle_hour(material: Material, hours: pd.Series) -> float:
    """The median hour within the legcare day: 23:30 and 00:30 lie round midnight, not noon."""
    start = material.day_start.hour + material.day_start.minute / 60
    return float((((hours - start) % 24).median() + start) % 24)


def _quiet_days(material: Material, hour: float) -> pd.DataFrame:
    """Tracked days without a planned massage, each with one moment at this hour of its legcare day.

    The moment in UTC takes the offset of the nearest massage: windows are whole days long, so an
    hour's shift at a change of the clocks does not matter.
    """
    days = material.days
    free = pd.DatetimeIndex(
        days.index[days[TRACKED].to_numpy(dtype=bool) & (days["massages"] == 0).to_numpy()]
    )
    start = material.day_start.hour + material.day_start.minute / 60
    at = pd.Series(free + pd.Timedelta(hours=hour if hour >= start else hour + 24))
    offset = (material.planned["at"] - material.planned["utc"].dt.tz_localize(None)).median()
    return pd.DataFrame({DAY: free, "at": at, "utc": (at - offset).dt.tz_localize("UTC")})
