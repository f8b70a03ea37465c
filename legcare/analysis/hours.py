"""Times that can be trusted, and the busy times of the day.

A default left standing, or a cramp entered the next morning, heaps many cramps on one minute of the
clock. Then no hour is named and the night is not set against the day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from legcare.analysis.timeline import Floats
from legcare.records import written

DAY_HOURS = 24.0
HEAP_SHARE = 0.10
FEWEST_IN_HEAP = 6
TIMES_THE_NEXT = 3.0
NEAR_HOURS = 2.0
BUSY_HOURS = 3
APART_HOURS = 3  # the slope of one busy time is no second one
HELD_HOURS = 6
MOST_BUSY = 3
FEWEST_BUSY = 5
ALPHA_BUSY = 0.01
DRAWS, SEED = 999, 20240518


def heap(hours: Floats) -> tuple[float, float] | None:
    """The minute of the clock on which times are heaped, as an hour, and its share of all.

    A tenth of all times and three times as many as on any other minute within two hours: a true
    busy time, even one written in full hours, has neighbours. None where no minute is like that.
    """
    minutes, held = np.unique(np.round(hours * 60).astype(int) % (24 * 60), return_counts=True)
    for place in np.argsort(-held):
        if held[place] < max(FEWEST_IN_HEAP, HEAP_SHARE * hours.size):
            return None
        apart = np.abs((minutes - minutes[place] + 720) % 1440 - 720)
        near = held[(apart > 0) & (apart <= NEAR_HOURS * 60)]
        if held[place] >= TIMES_THE_NEXT * (near.max() if near.size else 0):
            return float(minutes[place]) / 60, float(held[place] / hours.size)
    return None


def heap_sentence(hours: Floats) -> str:
    """Why no hour can be trusted; "" where the times are not heaped."""
    heaped = heap(hours)
    if heaped is None:
        return ""
    hour, share = heaped
    return (
        f"{written.percent(share)} of the times are exactly {written.clock(hour)}: that looks like"
        " a time that was filled in, not like when cramps came. So no hour is named and night is"
        " not set against day. Where you do not know the time, choose “Time unknown” or “At night”."
    )


@dataclass(frozen=True)
class Window:
    """A stretch of full hours (it may pass midnight) and the bouts that began in it."""

    first: int
    hours: int
    bouts: int
    share: float

    @property
    def last(self) -> int:
        """The hour at which it ends, 1 to 24."""
        return (self.first + self.hours - 1) % 24 + 1

    @property
    def words(self) -> str:
        """The window in words, on the reader's clock."""
        return f"between {written.clock(self.first)} and {written.clock(self.last % 24)}"


def fullest(begins: Floats, hours: int = HELD_HOURS) -> Window:
    """The stretch of full hours in which most bouts began; the first of several."""
    counts = _in_windows(begins, hours)
    first = int(np.argmax(counts))
    return Window(first, hours, int(counts[first]), float(counts[first] / max(begins.size, 1)))


def busy_times(begins: Floats) -> tuple[Window, ...]:
    """Up to three stretches of three hours that hold more bouts than chance, by the clock.

    The fullest stretch is set against the fullest ones of 999 even clocks, so that choosing it
    costs nothing; then it is taken away and what is left of the day is looked at in the same way.
    """
    held: list[Window] = []
    left, free = begins, np.ones(24, dtype=bool)
    while len(held) < MOST_BUSY and free.sum() > BUSY_HOURS:
        counts = np.where(_free(free), _in_windows(left, BUSY_HOURS), 0)
        first = int(np.argmax(counts))
        if counts[first] < FEWEST_BUSY or _scan_p(left.size, int(counts[first]), free) > ALPHA_BUSY:
            break
        held.append(Window(first, BUSY_HOURS, int(counts[first]), counts[first] / begins.size))
        taken = (np.arange(-APART_HOURS, BUSY_HOURS + APART_HOURS) + first) % 24
        free[taken] = False
        left = left[~np.isin(np.floor(left).astype(int) % 24, taken)]
    return tuple(held)


def _in_windows(begins: Floats, hours: int) -> np.ndarray:
    """Bouts in the stretch that begins at each full hour."""
    per_hour = np.bincount(np.floor(begins).astype(int) % 24, minlength=24)
    return np.asarray(sum(np.roll(per_hour, -step) for step in range(hours)))


def _free(free: np.ndarray) -> np.ndarray:
    """Whether the whole stretch that begins at each hour is still free."""
    return np.asarray(np.all([np.roll(free, -step) for step in range(BUSY_HOURS)], axis=0))


def _scan_p(bouts: int, most: int, free: np.ndarray) -> float:
    """How often some stretch of an even clock holds as many of so many bouts."""
    drawn = np.random.default_rng(SEED).multinomial(bouts, free / free.sum(), size=DRAWS)
    inside = np.where(_free(free), sum(np.roll(drawn, -s, axis=1) for s in range(BUSY_HOURS)), 0)
    return float((1 + np.count_nonzero(inside.max(axis=1) >= most)) / (DRAWS + 1))
