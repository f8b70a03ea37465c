"""Safety text as data (``data/safety.json``) and the rules by which a log itself raises a notice.

A notice is never a diagnosis: it says which rule the log met and which line of the safety text
belongs to it. The thresholds below are ours, chosen to be careful; they are not medical limits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import pandas as pd

from legcare.analysis.evidence import package_data
from legcare.days import CRAMPS, DAY, TRACKED
from legcare.records import written

RECENT_DAYS = 28
LONG_MINUTES, LONG_CRAMPS = 10.0, 2
WOKEN_NIGHTS, DISTURBED = 4, 7.0
FREQUENT_SHARE = 0.5
RISE_DAYS, RISE_RATIO, RISE_CRAMPS, RISE_P = 14, 2.0, 6, 0.05
REMIND_DAYS, CLEARLY_WORSE = 28, 2.0


RULES = (
    f"{LONG_CRAMPS} or more cramps of more than {LONG_MINUTES:g} minutes",
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

    ``sentence`` says what was seen, ``measure`` how much of it (nights, share, rate), so that it
    can be told whether it became clearly worse; ``line`` is the safety text that belongs to it.
    """

    rule: str
    sentence: str
    line: SafetyLine
    measure: float


class Reply(StrEnum):
    """What the person said to a notice."""

    APPOINTMENT = "appointment"
    ASKED = "asked"
    LATER = "later"


@dataclass(frozen=True)
class Replied:
    """What was said to a rule, on which day, and how much of it there was then."""

    reply: Reply
    day: date
    measure: float


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


def notices(
    days: pd.DataFrame, cramps: pd.DataFrame, *, today: date | None = None
) -> tuple[Notice, ...]:
    """Every rule that the 28 days up to ``today`` meet, most urgent first.

    ``days`` is a day table and ``cramps`` a cramp table; without ``today`` the last day of the day
    table is taken. Untracked days count for nothing, so a rule about frequency can stay silent
    where too little was logged. Nothing is said of days before those 28.
    """
    if days.empty:
        return ()
    end = pd.Timestamp(today) if today else days.index[-1]
    begin = end - pd.Timedelta(days=RECENT_DAYS)
    recent = cramps[(cramps[DAY] > begin) & (cramps[DAY] <= end)]
    if recent.empty:
        return ()
    span = pd.date_range(days.index[0], end, freq="D", unit="us")
    held = pd.DataFrame(
        {
            TRACKED: days[TRACKED].reindex(span, fill_value=False).astype(bool),
            CRAMPS: days[CRAMPS].reindex(span),
        }
    )
    found = (_long(recent), _disturbed(recent), _frequent(held), _rising(held))
    return tuple(notice for notice in found if notice is not None)


def due(met: Sequence[Notice], replies: Mapping[str, Replied], today: date) -> tuple[Notice, ...]:
    """The notices to raise: new ones, those to be reminded of, and what became clearly worse.

    Clearly worse is twice as much as when it was replied to.
    """
    return tuple(notice for notice in met if _due(notice, replies.get(notice.rule), today))


def _due(notice: Notice, replied: Replied | None, today: date) -> bool:
    if replied is None or notice.measure >= CLEARLY_WORSE * replied.measure:
        return True
    return replied.reply is Reply.LATER and (today - replied.day).days >= REMIND_DAYS


def _notice(rule: str, line: str, sentence: str, measure: float) -> Notice:
    lines = {entry.key: entry for entry in safety_text().red_flags}
    return Notice(rule, sentence, lines[line], measure)


def _long(recent: pd.DataFrame) -> Notice | None:
    """One long cramp is asked about when it is saved; here, that they come again."""
    count = int((recent["minutes"] > LONG_MINUTES).sum())
    if count < LONG_CRAMPS:
        return None
    return _notice(
        "long_cramp",
        "disturbing",
        f"In the last {RECENT_DAYS} days {count} cramps lasted more than 10 minutes.",
        count,
    )


def _disturbed(recent: pd.DataFrame) -> Notice | None:
    woke = recent["woke_me"].fillna(False).astype(bool)
    woken = set(recent.loc[woke, DAY])
    disturbed = set(recent.loc[recent["sleep_disturbance"] >= DISTURBED, DAY]) - woken
    nights = len(woken) + len(disturbed)
    if nights < WOKEN_NIGHTS:
        return None
    counts = [(len(woken), "woke you"), (len(disturbed), "badly disturbed")]
    words = " and ".join(f"{what} {_nights(count)}" for count, what in counts if count)
    return _notice("sleep", "disturbing", f"In the last {RECENT_DAYS} days cramps {words}.", nights)


def _nights(count: int) -> str:
    return "1 night" if count == 1 else f"{count} nights"


def _frequent(days: pd.DataFrame) -> Notice | None:
    counts = _tracked(days, RECENT_DAYS, 0)
    if len(counts) < RISE_DAYS or (counts > 0).mean() < FREQUENT_SHARE:
        return None
    return _notice(
        "frequent",
        "disturbing",
        f"In the last {RECENT_DAYS} days you had cramps on {int((counts > 0).sum())} of"
        f" {len(counts)} logged days.",
        float((counts > 0).mean()),
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
        f" {written.decimal(7 * late.mean())} in the last {RISE_DAYS} days.",
        float(late.mean()),
    )


def _tracked(days: pd.DataFrame, since: int, until: int) -> pd.Series:
    """Counts of the tracked days from ``since`` to ``until`` days before the end of the table."""
    span = days.iloc[-since : -until or None]
    counts: pd.Series = span.loc[span[TRACKED].to_numpy(dtype=bool), CRAMPS]
    return counts
