"""What an estimate may say, and what is missing before it may say anything.

All thresholds stand here.

The thresholds come from 41,680 simulated logs: below them an estimate is mostly noise, and what
reaches significance overstates the truth several times over (see ``docs/methods.md``).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from legcare.analysis.estimate import Verdict
from legcare.analysis.timeline import Flags, Floats
from legcare.records import written

FEWEST_DAYS_RATE = 7
FEWEST_DAYS = 21
FEWEST_DAYS_SCORE = 28
FEWEST_EVENTS = 10
FEWEST_EVENTS_EACH = 3
FEWEST_DAYS_EACH = 3
CLEAR_EVENTS = 30
FEWEST_EFFECTIVE_DAYS = 15
SLOWEST = 0.85
FEWEST_BOUTS_HOUR = 15
FEWEST_PAIRS = 6
WELL_LOGGED = 0.90
ENOUGH_LOGGED = 0.80
ALPHA = 0.05
EXPLORED = 0.01  # of each family beside the main questions: all pages together stay near 10 %
MOST_QUESTIONS = 6

CHANCE = 2.8  # z for 95 % confidence (1.96) plus z for 80 % power (0.84)


@dataclass(frozen=True)
class Refusal:
    """Why there is no number, and how many days or events would change that.

    Empty where nothing is missing.
    """

    reason: str = ""
    needed: str = ""

    def __bool__(self) -> bool:
        return bool(self.reason)


ACCEPTED = Refusal()


def plural(number: int, thing: str) -> str:
    """A number with its noun: 1 day, 2 days."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def more(number: int, thing: str) -> str:
    """How many more of something: "4 more tracked days"."""
    return f"{number} more {thing}" if number == 1 else f"{number} more {thing}s"


def on_rate(days: int) -> Refusal:
    """Whether a rate may be shown after so many tracked days."""
    if days >= FEWEST_DAYS_RATE:
        return ACCEPTED
    return Refusal(
        f"A rate needs at least {FEWEST_DAYS_RATE} tracked days; there are {days} so far.",
        more(FEWEST_DAYS_RATE - days, "tracked day"),
    )


def sides(x: Floats) -> tuple[Flags, Flags]:
    """Two groups of days, little and much of the factor, as flags.

    Its two values, or below and above its median.

    Days at the median join the smaller group, so that turning the factor's sign round only swaps
    the groups.
    """
    middle = np.median(x)
    low, high = x < middle, x > middle
    if low.sum() <= high.sum():
        return ~high, high
    return low, ~low


def on_counts(y: Floats, x: Floats) -> Refusal:
    """Whether a ratio may be shown.

    Usable days, events, and events with little and with much of the factor.
    """
    if y.size == 0 or np.ptp(x) == 0:
        return _constant(y.size)
    little, much = sides(x)
    return on_events(
        y, (little, much), ("after days with little or none of it", "after days with more of it")
    )


def on_events(y: Floats, groups: tuple[Flags, ...] = (), words: tuple[str, ...] = ()) -> Refusal:
    """Whether days hold enough to compare.

    21 days and 10 cramps in all, 3 cramps in each group of days.
    """
    events = int(y.sum())
    missing = []
    if y.size < FEWEST_DAYS:
        missing.append(more(FEWEST_DAYS - y.size, "usable day"))
    if events < FEWEST_EVENTS:
        missing.append(more(FEWEST_EVENTS - events, "cramp"))
    for group, place in zip(groups, words, strict=True):
        held = int(y[group].sum())
        if held < FEWEST_EVENTS_EACH:
            missing.append(f"{more(FEWEST_EVENTS_EACH - held, 'cramp')} {place}")
    if not missing:
        return ACCEPTED
    found = f"{plural(y.size, 'usable day')} and {plural(events, 'cramp')} so far"
    return Refusal(f"Too little to compare: {found}.", " and ".join(missing))


def on_scores(y: Floats, x: Floats) -> Refusal:
    """Whether a difference of scores may be shown.

    Usable days, and days with little and with much of the factor.
    """
    if y.size == 0 or np.ptp(x) == 0:
        return _constant(y.size, FEWEST_DAYS_SCORE)
    if np.ptp(y) == 0:
        return Refusal(
            "The score was the same on every usable day, so nothing can go with it.",
            more(FEWEST_DAYS_EACH, "tracked day") + " with another score",
        )
    if y.size < FEWEST_DAYS_SCORE:
        return Refusal(
            f"Too little to compare: {plural(y.size, 'usable day')} so far.",
            more(FEWEST_DAYS_SCORE - y.size, "tracked day") + " with score and factor known",
        )
    rarer = min(int(group.sum()) for group in sides(x))
    if rarer < FEWEST_DAYS_EACH:
        return Refusal(
            f"The factor differed on only {plural(rarer, 'day')}.",
            more(FEWEST_DAYS_EACH - rarer, "day") + " on which it differs",
        )
    return ACCEPTED


def _constant(days: int, fewest: int = FEWEST_DAYS) -> Refusal:
    if days == 0:
        return Refusal(
            "No day yet has both the outcome and the factor.",
            more(fewest, "tracked day") + " with the factor known",
        )
    differing = more(max(FEWEST_DAYS_EACH, fewest - days), "tracked day")
    return Refusal(
        f"The factor was the same on all {plural(days, 'usable day')}: without a difference there"
        " is nothing to compare.",
        f"{differing}, at least {FEWEST_DAYS_EACH} of them with another value",
    )


def on_persistence(persistence: float) -> Refusal:
    """Whether a factor changes often enough: above 0.85 false findings reached 9 to 16 %."""
    if persistence <= SLOWEST:
        return ACCEPTED
    return Refusal(
        "This changes too slowly to learn from a diary; run an experiment.",
        f"{FEWEST_PAIRS * 14} days of an experiment ({FEWEST_PAIRS} pairs of 7-day blocks)",
    )


def on_effective_days(n: int, inflation: float) -> Refusal:
    """Whether a score's days are worth at least 15 independent ones."""
    if n / inflation >= FEWEST_EFFECTIVE_DAYS:
        return ACCEPTED
    return Refusal(
        f"The scores change so slowly that {n} days are worth only {written.whole(n / inflation)}"
        " independent ones.",
        more(ceil(FEWEST_EFFECTIVE_DAYS * inflation) - n, "tracked day"),
    )


def on_same_day_massage() -> Refusal:
    """Massage and cramp of one day may stand in either order.

    A cramp may be the reason for the massage.
    """
    return Refusal(
        "Massage is never compared with cramps of the same day: the cramp may have come first, and"
        " may have been the reason for the massage.",
        "a lag of at least 1 day",
    )


def of_interval(low: float, high: float, *, null: float, events: int | None = None) -> Verdict:
    """The verdict of a shown interval.

    For counts ``events`` must reach 30 before it may be called clear.
    """
    if (events is not None and events < CLEAR_EVENTS) or low <= null <= high:
        return Verdict.NO_CLEAR
    return Verdict.HIGHER if low > null else Verdict.LOWER


def of_q(
    value: float, q: float, *, null: float, events: int | None = None, alpha: float = ALPHA
) -> Verdict:
    """The verdict of a test among several: q at most alpha, and for counts at least 30 events."""
    if not q <= alpha or (events is not None and events < CLEAR_EVENTS):
        return Verdict.NO_CLEAR
    return Verdict.HIGHER if value > null else Verdict.LOWER


def logging_caveat(share: float) -> tuple[str, ...]:
    """The sentence that must stand beside a result when fewer than 90 % of the days are logged."""
    if not share < WELL_LOGGED:
        return ()
    sentence = f"Only {written.percent(share)} of the days in this period are logged"
    if share < ENOUGH_LOGGED:
        return (
            (
                f"{sentence}: trust the range that unlogged days leave open more than the number"
                " itself."
            ),
        )
    return (f"{sentence}: if unlogged days differ from logged ones, the number is off.",)


def early_caveat(events: int) -> tuple[str, ...]:
    """The sentence beside a ratio that rests on few cramps.

    Such ratios overstate what they find.
    """
    if events >= CLEAR_EVENTS:
        return ()
    return (
        (
            f"This rests on {events} cramps. Below {CLEAR_EVENTS}, a ratio that looks clear usually"
            " overstates the truth, so it is not called clear."
        ),
    )


def compared(number: int) -> str:
    """The line that says how many comparisons were made and how many would look clear by chance."""
    expected = number * ALPHA
    words = f"about {written.whole(expected)}" if expected >= 0.95 else "fewer than one"
    return f"{plural(number, 'comparison')}, {words} expected by chance."
