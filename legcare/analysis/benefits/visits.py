"""Beliefs asked before results are shown, and what changed since the last visit.

Pure data for the logbook to keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, log
from typing import TypedDict

from legcare.analysis.benefits.benefit import Benefit
from legcare.analysis.benefits.seven import Seven

BELIEFS, LAST_VISIT, MASSAGE = "beliefs", "last-visit", "massage"
NARROWER, WIDER = 0.8, 1.25


class Belief(StrEnum):
    """What a person expects of a claim before seeing their own result."""

    YES = "I think so"
    NO = "I do not think so"
    UNSURE = "I do not know"


class Seen(TypedDict):
    """One headline as it was shown.

    Its limits (null where there was no number) and where it stood.
    """

    standing: str
    low: float | None
    high: float | None
    unit: str


@dataclass(frozen=True)
class Change:
    """What happened to one claim since the last visit.

    Appeared, withdrawn, sharpened, weakened or moved.
    """

    key: str
    kind: str
    sentence: str


def snapshot(seven: Seven, answer: str) -> dict[str, Seen]:
    """The massage answer's state and the headline estimates, kept until the next visit."""
    massage = Seen(standing=answer, low=None, high=None, unit="ratio")
    return {MASSAGE: massage} | {benefit.key: _seen(benefit) for benefit in seven.benefits}


def _seen(benefit: Benefit) -> Seen:
    headline = benefit.headline
    low, high = (limit if isfinite(limit) else None for limit in (headline.low, headline.high))
    return {"standing": str(benefit.standing), "low": low, "high": high, "unit": headline.unit}


def changes(before: Mapping[str, Seen] | None, seven: Seven, answer: str) -> tuple[Change, ...]:
    """What differs from the last visit: the massage answer, then claim by claim.

    Nothing at a first visit or from data that cannot be read; nothing of the massage answer where
    the last visit kept none.
    """
    if not before:
        return ()
    claims = (_change(before.get(benefit.key), benefit) for benefit in seven.benefits)
    found = (_answer_change(before.get(MASSAGE), answer), *claims)
    return tuple(change for change in found if change is not None)


def _answer_change(then: Seen | None, answer: str) -> Change | None:
    if then is None or then["standing"] == answer:
        return None
    words = f'Does massage help you: was "{then["standing"]}", is now "{answer}".'
    return Change(MASSAGE, "moved", words)


def _change(then: Seen | None, benefit: Benefit) -> Change | None:
    now = _seen(benefit)
    claim = benefit.claim
    had, has = _width(then), _width(now)
    if had is None and has is None:
        return None
    if had is None or then is None:
        return Change(benefit.key, "appeared", f"{claim}: there is now enough for an estimate.")
    if has is None:
        return Change(
            benefit.key,
            "withdrawn",
            f"{claim}: the estimate was withdrawn, because records it rested on "
            "were edited, deleted or left the chosen period.",
        )
    if then["standing"] != now["standing"]:
        return Change(
            benefit.key, "moved", f'{claim}: was "{then["standing"]}", is now "{now["standing"]}".'
        )
    if has <= NARROWER * had:
        return Change(
            benefit.key, "sharpened", f"{claim}: the interval is narrower than at your last visit."
        )
    if has >= WIDER * had:
        return Change(
            benefit.key, "weakened", f"{claim}: the interval is wider than at your last visit."
        )
    return None


def _width(seen: Seen | None) -> float | None:
    """Width of the interval, of a ratio on the log scale; None where there was no number."""
    if not seen or seen["low"] is None or seen["high"] is None:
        return None
    low, high = seen["low"], seen["high"]
    if seen["unit"] == "ratio":
        return log(max(high, 1e-9)) - log(max(low, 1e-9))
    return high - low
