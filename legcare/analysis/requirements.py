"""What is missing before an estimate may be shown, and what this log could have seen at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log

from legcare.analysis import verdict as rules
from legcare.analysis.estimate import NAN, Association
from legcare.records import written

WORTHWHILE = 0.6
WORTHWHILE_POINTS = 1.0


@dataclass(frozen=True)
class Requirement:
    """How far a log is from an answer.

    ``ready`` whether the estimate may be shown; otherwise ``refusal`` says why and ``still_needed``
    what is missing. ``n_days`` and ``n_events`` are what there is. ``mde`` is the smallest effect
    this log would have shown with 80 % power (a ratio below 1 for counts, a difference for scores);
    ``more_days`` how many more tracked days it would take to see the smallest worthwhile one (0:
    enough already; None: cannot be said yet). ``sentence`` says it.
    """

    ready: bool
    n_days: int
    n_events: int
    refusal: str = ""
    still_needed: str = ""
    mde: float = NAN
    more_days: int | None = None
    sentence: str = ""


def requirement(found: Association, *, worthwhile: float | None = None) -> Requirement:
    """What is missing before an association may be shown, and what its log could have seen.

    ``worthwhile`` is the smallest effect worth knowing: a ratio for counts (default 0.6), points
    for a score (default 1), per step of the factor.
    """
    if not found.shown:
        return Requirement(False, found.n_days, found.n_events, found.refusal, found.still_needed)
    counts = found.unit == "ratio"
    target = worthwhile or (WORTHWHILE if counts else WORTHWHILE_POINTS)
    size = abs(log(target)) if counts else abs(target)
    seen = abs(log(found.mde)) if counts else found.mde
    extra = max(0, ceil(found.n_days * ((seen / size) ** 2 - 1)))
    sentence = _sentence(found, target, extra, counts)
    return Requirement(
        True, found.n_days, found.n_events, mde=found.mde, more_days=extra, sentence=sentence
    )


def _sentence(found: Association, target: float, extra: int, counts: bool) -> str:
    smallest = (
        f"{_size(found.mde, counts)} times as many"
        if counts
        else f"a difference of {_size(found.mde, counts)}"
    )
    words = (
        f"The smallest effect that {rules.plural(found.n_days, 'day')} could have shown is"
        f" {smallest} {found.per}"
    )
    if extra == 0:
        return f"{words}."
    return (
        f"{words}; to see {_size(target, counts)} takes about"
        f" {rules.plural(extra, 'more tracked day')}."
    )


def _size(effect: float, counts: bool) -> str:
    return written.decimal(effect, 2) if counts else f"{written.decimal(effect)} points"


def joined(parts: Sequence[str]) -> str:
    """What several estimates still need, as one line without repetition."""
    return "; ".join(dict.fromkeys(part for part in parts if part))
