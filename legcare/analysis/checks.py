"""What an association must pass beside its own p before it may be called clear.

On the same day nobody knows which came first: a glass of water can follow a cramp. And a value
that is tapped whenever a day was quiet goes with quiet days whatever it means.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from legcare.analysis.quasi_poisson import Fit, Rows, score_fit, shift_p
from legcare.analysis.question import Question, rows_of
from legcare.analysis.timeline import Floats, Timeline
from legcare.analysis.verdict import ALPHA
from legcare.days import NIGHT_CRAMPS
from legcare.records import Group, written

USUAL_SHARE = 0.2  # one value on so many days, and twice as often as any other, may be a default
TIMES_THE_NEXT = 2.0
FEWEST_VALUES = 5
FEWEST_DAYS_LEFT = 14
BURSTY = 3.0  # variance over mean of the days
RARE = 0.1  # share of days with, or without, a yes/no factor


@dataclass(frozen=True)
class Check:
    """The p that a verdict must rest on, and the sentences beside an answer that fails a check."""

    p: float
    sentences: tuple[str, ...] = ()


def checked(line: Timeline, asked: Question, rows: Rows, found: Fit) -> Check:
    """The larger p of the answer and of its checks; only an answer near clear is checked."""
    if not found.p < ALPHA or not asked.adjust:
        return Check(found.p)
    parts = [
        Check(found.p),
        _of_order(line, asked, found),
        _of_usual_value(asked, rows, found),
        Check(shift_p(rows) if asked.counts and _uneven(rows, found) else 0.0),
    ]
    return Check(
        max(part.p for part in parts), tuple(word for part in parts for word in part.sentences)
    )


def _uneven(rows: Rows, found: Fit) -> bool:
    """Whether a factor is on few days, or cramps come in bursts, so that t promises too much."""
    on = np.minimum(np.mean(rows.x == rows.x.min()), np.mean(rows.x == rows.x.max()))
    return found.phi > BURSTY or (np.unique(rows.x).size == 2 and on < RARE)


def _of_order(line: Timeline, asked: Question, found: Fit) -> Check:
    """On the same day the day after must agree; of exercise, which ends before it, the night may.

    A drink at three in the morning belongs to the same legcare day as the cramp before it.
    """
    if asked.lag > 0 or asked.massage:
        return Check(0.0)
    later = _agreeing(line, replace(asked, lag=1), found)
    group = asked.factors[asked.factor].group
    if group is Group.EXERCISE and asked.counts and NIGHT_CRAMPS in line.columns:
        later = min(later, _agreeing(line, replace(asked, outcome=NIGHT_CRAMPS), found))
    if later < ALPHA:
        return Check(later)
    name = asked.factors[asked.factor].in_sentence
    return Check(
        later,
        (
            f"On the same day nobody knows which came first: {name} may have followed the cramps."
            " The day after does not clearly agree, so this is not called clear.",
        ),
    )


def _agreeing(line: Timeline, asked: Question, found: Fit) -> float:
    """P of another question that points the same way; 1 where it does not, or holds too little."""
    rows = rows_of(line, asked)
    if rows.y.size <= rows.z.shape[1] + 3 or np.ptp(rows.x) == 0 or not rows.y.any():
        return 1.0
    other = score_fit(rows, counts=asked.counts)
    return other.p if other.slope * found.slope > 0 else 1.0


def _of_usual_value(asked: Question, rows: Rows, found: Fit) -> Check:
    """Without the days on which one usual value stands, the rest must say the same."""
    usual = usual_value(rows.x)
    if usual is None:
        return Check(0.0)
    kept = rows.x != usual
    usable = rows.usable.copy()
    usable[np.flatnonzero(rows.usable)[~kept]] = False
    left = Rows(rows.y[kept], rows.x[kept], rows.z[kept], usable)
    enough = left.y.size > left.z.shape[1] + FEWEST_DAYS_LEFT and left.y.any()
    other = score_fit(left, counts=asked.counts) if enough else None
    p = other.p if other is not None and other.slope * found.slope > 0 else 1.0
    if p < ALPHA:
        return Check(p)
    name = asked.factors[asked.factor].in_sentence
    return Check(
        p,
        (
            f"{written.percent(1 - float(kept.mean()))} of the days hold the same value of {name}"
            f" ({written.brief(usual)}), which may be a habit of tapping. The other days do not"
            " clearly agree, so this is not called clear.",
        ),
    )


def usual_value(x: Floats) -> float | None:
    """The one value that may be a default: on a fifth of the days, twice as often as any other.

    None where there is none. The lowest value is no default ("none of it" is an answer), and few
    different values (yes or no, a rating) leave nothing to tell.
    """
    values, days = np.unique(x, return_counts=True)
    if values.size < FEWEST_VALUES:
        return None
    order = np.argsort(days)
    most, following = order[-1], order[-2]
    plain = most == 0 or days[most] < max(USUAL_SHARE * x.size, TIMES_THE_NEXT * days[following])
    return None if plain else float(values[most])
