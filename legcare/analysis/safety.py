"""Safety text as data (``data/safety.json``) and the rules by which a log itself raises a notice.

A notice is never a diagnosis: it says which rule the log met and which line of the safety text
belongs to it. The thresholds below are ours, chosen to be careful; they are not medical limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import pandas as pd

from legcare.analysis.evidence import package_data
from legcare.days import CRAMPS, DAY, TRACKED
from legcare.records import written

RECENT_DAYS = 28
LONG_MINUTES = 10.0
SEVERE, SEVERE_CRAMPS = 8.0, 3
WOKEN_NIGHTS, DISTURBED = 4, 7.0
FREQUENT_SHARE = 0.5
RISE_DAYS, RISE_RATIO, RISE_CRAMPS, RISE_P = 14, 2.0, 6, 0.05


RULES = (
    f"a cramp of more than {LONG_MINUTES:g} minutes",
    f"{SEVERE_CRAMPS} or more cramps rated {SEVERE:g} or higher out of 10",
    (
        f"{WOKEN_NIGHTS} or more nights in which a cramp woke you or disturbed your sleep by"
        f" {DISTURBED:g} or more"
    ),
    f"cramps on at least {written.percent(FREQUENT_SHARE)} of the tracked days",
    (
        f"{RISE_CRAMPS} or more cramps in {RISE_DAYS} days, at least {RISE_RATIO:g} times the rate"
        f" of the {RECENT_DAYS} days before, and more than chance would often give"
    ),
)


class Level(StrEnum):
    """How soon to act, or whether to massage at all."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    APPOINTMENT = "appointment"
    AVOID = "avoid"
    ASK_FIRST = "ask_first"

    @property
    def heading(self) -> str:
        """The heading under which lines of this level stand."""
        return _HEADINGS[self]


_HEADINGS = {
    Level.EMERGENCY: "Emergency: call the local emergency number",
    Level.SAME_DAY: "Get care today",
    Level.APPOINTMENT: "Book an appointment",
    Level.AVOID: "Do not massage the legs",
    Level.ASK_FIRST: "Ask a doctor, midwife or pharmacist first; light pressure only",
}


@dataclass(frozen=True)
class SafetyLine:
    """One line of the safety text with its sources (number: identifier or page)."""

    key: str
    level: Level
    text: str
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SafetyText:
    """The whole text.

    Banner, red flags, massage cautions, and how rare serious harm from massage is.
    """

    banner: str
    red_flags: tuple[SafetyLine, ...]
    cautions: tuple[SafetyLine, ...]
    risk: str


@dataclass(frozen=True)
class Notice:
    """A rule that the log met.

    ``sentence`` says what was seen, ``line`` is the safety text that belongs to it.
    """

    rule: str
    sentence: str
    line: SafetyLine


@cache
def safety_text() -> SafetyText:
    """The safety text, from the package's own data."""
    data = package_data("safety.json")
    flags, cautions = (
        tuple(_line(entry, data["sources"]) for entry in data[part])
        for part in ("red_flags", "cautions")
    )
    return SafetyText(data["banner"], flags, cautions, data["risk"])


def _line(entry: dict[str, Any], sources: dict[str, str]) -> SafetyLine:
    cited = tuple((number, sources[number]) for number in entry["sources"])
    return SafetyLine(entry["key"], Level(entry["level"]), entry["text"], cited)


def notices(days: pd.DataFrame, cramps: pd.DataFrame) -> tuple[Notice, ...]:
    """Every rule that the last 28 days of this log meet, most urgent first.

    ``days`` is a day table and ``cramps`` a cramp table. The last day of the day table counts as
    today. Untracked days count for nothing, so a rule about frequency can stay silent where too
    little was logged.
    """
    if days.empty:
        return ()
    recent = cramps[cramps[DAY] > days.index[-1] - pd.Timedelta(days=RECENT_DAYS)]
    found = (_long(recent), _severe(recent), _disturbed(recent), _frequent(days), _rising(days))
    return tuple(notice for notice in found if notice is not None)


def _notice(rule: str, line: str, sentence: str) -> Notice:
    lines = {entry.key: entry for entry in safety_text().red_flags}
    return Notice(rule, sentence, lines[line])


def _long(recent: pd.DataFrame) -> Notice | None:
    longest = recent["minutes"].max()
    count = int((recent["minutes"] > LONG_MINUTES).sum())
    if not count:
        return None
    what = "a cramp" if count == 1 else f"{count} cramps"
    return _notice(
        "long_cramp",
        "long_cramp",
        f"In the last {RECENT_DAYS} days your log holds {what} of more than 10 minutes (the longest"
        f" {written.brief(longest)}).",
    )


def _severe(recent: pd.DataFrame) -> Notice | None:
    count = int((recent["severity"] >= SEVERE).sum())
    if count < SEVERE_CRAMPS:
        return None
    return _notice(
        "severity",
        "severe",
        f"In the last {RECENT_DAYS} days you rated {count} cramps {SEVERE:g} or more out of 10.",
    )


def _disturbed(recent: pd.DataFrame) -> Notice | None:
    bad = recent["woke_me"].fillna(False).astype(bool) | (recent["sleep_disturbance"] >= DISTURBED)
    nights = int(recent.loc[bad, DAY].nunique())
    if nights < WOKEN_NIGHTS:
        return None
    return _notice(
        "sleep",
        "disturbing",
        f"In the last {RECENT_DAYS} days cramps woke you or badly disturbed {nights} nights.",
    )


def _frequent(days: pd.DataFrame) -> Notice | None:
    counts = _tracked(days, RECENT_DAYS, 0)
    if len(counts) < RISE_DAYS or (counts > 0).mean() < FREQUENT_SHARE:
        return None
    return _notice(
        "frequent",
        "disturbing",
        f"In the last {RECENT_DAYS} days you had cramps on {int((counts > 0).sum())} of"
        f" {len(counts)} tracked days.",
    )


def _rising(days: pd.DataFrame) -> Notice | None:
    """Twice the rate of the four weeks before, six cramps or more, and more than chance.

    More than chance alone would often give.
    """
    from scipy import stats

    late = _tracked(days, RISE_DAYS, 0)
    early = _tracked(days, RISE_DAYS + RECENT_DAYS, RISE_DAYS)
    if len(late) < RISE_DAYS / 2 or len(early) < RISE_DAYS:
        return None
    if late.sum() < RISE_CRAMPS or late.mean() < RISE_RATIO * early.mean():
        return None
    share = len(late) / (len(late) + len(early))
    test = stats.binomtest(
        int(late.sum()), int(late.sum() + early.sum()), share, alternative="greater"
    )
    if test.pvalue > RISE_P:
        return None
    return _notice(
        "rising",
        "disturbing",
        f"Cramps rose from {written.decimal(7 * early.mean())} a week to"
        f" {written.decimal(7 * late.mean())} a week: the last {RISE_DAYS} days ({len(late)}"
        f" tracked) against the {RECENT_DAYS} days before ({len(early)} tracked).",
    )


def _tracked(days: pd.DataFrame, since: int, until: int) -> pd.Series:
    """Counts of the tracked days from ``since`` to ``until`` days before the end of the table."""
    span = days.iloc[-since : -until or None]
    counts: pd.Series = span.loc[span[TRACKED].to_numpy(dtype=bool), CRAMPS]
    return counts
