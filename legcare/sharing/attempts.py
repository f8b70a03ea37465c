"""Wrong codes, keys and passwords are counted for each place that they come from."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

MOST = 10
WINDOW = 300.0
PLACES = 10_000


class Attempts:
    """Counts wrong tries per place over the last five minutes.

    A place is an address as the server sees it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._turn = Lock()

    def is_out(self, place: str) -> bool:
        """Whether this place has had its ten wrong tries."""
        since = self._clock() - WINDOW
        with self._turn:
            return sum(at > since for at in self._wrong.get(place, ())) >= MOST

    def wrong(self, place: str) -> None:
        """Note a wrong try.

        The place that was quiet longest is forgotten when there are very many.
        """
        with self._turn:
            self._wrong.setdefault(place, deque(maxlen=MOST)).append(self._clock())
            self._wrong.move_to_end(place)
            while len(self._wrong) > PLACES:
                self._wrong.popitem(last=False)

    def forget(self) -> None:
        """Begin anew."""
        with self._turn:
            self._wrong.clear()
