"""Garbage is collected, but never for more than a small part of the time."""

from __future__ import annotations

import gc
import weakref

import pytest

from legcare.ui.shell import memory


class Loop:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time now; a collection takes half a second."""
    now = [1000.0]
    collect = gc.collect

    def slow() -> int:
        now[0] += 0.5
        return collect()

    monkeypatch.setattr(memory, "monotonic", lambda: now[0])
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(gc, "collect", slow)
    return now


def test_a_sweep_frees_what_nobody_holds(clock: list[float]) -> None:
    sweeps = memory.Sweeps()
    loop = Loop()
    gone = weakref.ref(loop)
    del loop
    assert sweeps.sweep()
    assert gone() is None


def test_sweeps_take_at_most_a_twentieth_of_the_time(clock: list[float]) -> None:
    sweeps = memory.Sweeps()
    began, swept = clock[0], 0
    while clock[0] < began + 600:
        swept += sweeps.sweep()
        clock[0] += 0.1
    assert 0.04 < 0.5 * swept / 600 <= 1 / 20
