"""How many entries one device may send: enough for a long queue, too few to fill a disk."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil
from threading import Lock

A_MINUTE = 120
DEVICES = 10_000


class Pace:
    """Counts the entries of each device over the last minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent: OrderedDict[str, deque[float]] = OrderedDict()
        self._turn = Lock()

    def wait(self, device: str) -> int:
        """Seconds until the device may send the next entry; 0 where it may now, which counts."""
        with self._turn:
            times = self._sent.setdefault(device, deque(maxlen=A_MINUTE))
            self._sent.move_to_end(device)
            while len(self._sent) > DEVICES:
                self._sent.popitem(last=False)
            now = self._clock()
            if len(times) == A_MINUTE and now - times[0] < 60:
                return ceil(60 - (now - times[0]))
            times.append(now)
            return 0


PACE = Pace()
