"""How many nights with cramps the next two weeks bring, and how often such forecasts came true.

Nothing is stored: a past forecast is made again from the days before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

import numpy as np

from legcare.analysis.massage.diary import HOURS, Diary, diary_of
from legcare.analysis.massage.rows import NIGHT_SHARE, nightly
from legcare.analysis.timeline import Flags, Floats
from legcare.records import Log

AHEAD = 14
FEWEST_NIGHTS = 14
FEWEST_SCORED = 7
CHANCE = 0.8
HALF_LIFE = 56.0
STEADY = 10.0
FIRST_GUESS = (0.5, 1.5)


@dataclass(frozen=True)
class Fortnight:
    """One forecast: of ``n`` nights from ``first`` on, ``low`` to ``high`` with a cramp, 8 in 10.

    ``expected`` is the mean. ``seen`` is how many there were, None while it is still open.
    """

    first: date
    n: int
    expected: float
    low: int
    high: int
    seen: int | None = None

    @property
    def held(self) -> bool:
        """Whether what was seen lies in the range."""
        return self.seen is not None and self.low <= self.seen <= self.high


@dataclass(frozen=True)
class Forecast:
    """The next two weeks (None with under 14 logged nights), and every past forecast scored.

    ``nights`` tells whether nights with a cramp are counted; where most cramps come by day, days
    with one are.
    """

    coming: Fortnight | None
    past: tuple[Fortnight, ...]
    nights: bool

    @property
    def held(self) -> int:
        """How many of the past forecasts held."""
        return sum(one.held for one in self.past)


def forecast(log: Log, *, day_start: time, today: date | None = None) -> Forecast:
    """The forecast that a log gives on ``today``, whose own half-lived day is not read."""
    return forecast_of(diary_of(log, day_start=day_start, today=today))


def forecast_of(diary: Diary) -> Forecast:
    """The forecast of a diary whose days are all over."""
    counts, nights = _counts(diary)
    hit, known = counts > 0, diary.tracked
    past = []
    for begin in range(AHEAD, diary.days - AHEAD + 1, AHEAD):
        seen = slice(begin, begin + AHEAD)
        n = int(known[seen].sum())
        if n >= FEWEST_SCORED and known[:begin].sum() >= FEWEST_NIGHTS:
            came = int((hit & known)[seen].sum())
            past.append(_fortnight(diary, (hit[:begin], known[:begin]), n, came))
    coming = _fortnight(diary, (hit, known), AHEAD, None) if known.sum() >= FEWEST_NIGHTS else None
    return Forecast(coming, tuple(past), nights)


def _counts(diary: Diary) -> tuple[Floats, bool]:
    """Cramps of every night; of every day where fewer than half of them come at night."""
    night = nightly(diary)
    if night.sum() >= NIGHT_SHARE * diary.events:
        return night, True
    timed = (diary.cramps // HOURS).astype(np.int64)
    days = np.concatenate([timed, diary.night_cramps, diary.loose_cramps])
    return np.bincount(days, minlength=diary.days).astype(float), False


def _fortnight(diary: Diary, history: tuple[Flags, Flags], n: int, seen: int | None) -> Fortnight:
    """Beta-binomial: the share of nights with a cramp, recent ones counting more.

    A night counts half as much for every eight weeks that it lies back. However long the log, the
    share is trusted like one from 10 nights: good and bad spells come without warning.
    """
    hit, known = history
    weight = known * 0.5 ** (np.arange(hit.size)[::-1] / HALF_LIFE)
    share = (FIRST_GUESS[0] + weight @ hit) / (sum(FIRST_GUESS) + weight.sum())
    steady = min(STEADY, float(weight.sum()) + sum(FIRST_GUESS))
    low, high = _eight_in_ten(_chances(n, share * steady, (1 - share) * steady))
    first = diary.first + timedelta(days=hit.size)
    return Fortnight(first, n, n * float(share), low, high, seen)


def _chances(n: int, a: float, b: float) -> Floats:
    """The beta-binomial distribution of 0 to ``n``."""
    from scipy import special

    k = np.arange(n + 1.0)
    ways = special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    chances = np.exp(ways + special.betaln(k + a, n - k + b) - special.betaln(a, b))
    return np.asarray(chances / chances.sum())


def _eight_in_ten(chances: Floats) -> tuple[int, int]:
    """The likeliest counts, in one piece, whose chances come nearest to 8 in 10."""
    low = high = int(np.argmax(chances))
    held = float(chances[low])
    while True:
        below = chances[low - 1] if low else 0.0
        above = chances[high + 1] if high + 1 < chances.size else 0.0
        grown = held + float(max(below, above))
        if abs(grown - CHANCE) >= abs(held - CHANCE):
            return low, high
        low, high = (low - 1, high) if below > above else (low, high + 1)
        held = grown
