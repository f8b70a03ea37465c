"""When the server looks for memory to free.

Not after every run, because that costs the more the more people are on it.

Streamlit would collect all garbage after every run of a page (``runner.postScriptGC``, off here).
With thirty people whose logs span ten years that took more processor time than all pages together.
"""

from __future__ import annotations

import gc
from threading import Lock
from time import monotonic

RESTS = 20  # a full collection may take a twentieth of the time at most


class Sweeps:
    """Full garbage collections, each followed by a rest of ``RESTS`` times as long as it took."""

    def __init__(self) -> None:
        gc.collect()
        gc.freeze()  # what was imported stays: walking it takes longer than drawing a page
        self._next = 0.0
        self._lock = Lock()

    def sweep(self) -> bool:
        """Collect, unless another session does so now or the rest is not over.

        Says whether it did.
        """
        if monotonic() < self._next or not self._lock.acquire(blocking=False):
            return False
        try:
            began = monotonic()
            gc.collect()
            ended = monotonic()
            self._next = ended + RESTS * (ended - began)
        finally:
            self._lock.release()
        return True
