"""Many wrong links from one place are slowed down; guessing one is hopeless anyway (256 bits)."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

FREE = 10
WINDOW = 300.0
LONGEST = 8.0
PLACES = 10_000


class Attempts:
    """Counts wrong tries per place over the last five minutes.

    A place is an address as the server sees it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._turn = Lock()

    def wait(self, place: str) -> float:
        """Seconds to wait before answering this place.

        None for the first ten wrong tries, then doubling.
        """
        with self._turn:
            wrong = self._recent(place)
        return 0.0 if wrong <= FREE else min(LONGEST, 0.25 * 2.0 ** min(wrong - FREE, 10))

    def is_out(self, place: str) -> bool:
        """Whether this place has had its ten wrong tries of the last five minutes."""
        with self._turn:
            return self._recent(place) >= FREE

    def wrong(self, place: str) -> None:
        """Note a wrong try.

        The place that was quiet longest is forgotten when there are very many.
        """
        with self._turn:
            self._wrong.setdefault(place, deque(maxlen=FREE + 10)).append(self._clock())
            self._wrong.move_to_end(place)
            while len(self._wrong) > PLACES:
                self._wrong.popitem(last=False)

    def _recent(self, place: str) -> int:
        tries = self._wrong.get(place, deque())
        since = self._clock() - WINDOW
        return sum(1 for at in tries if at > since)
