"""A small log with known answers, and the tables that the charts take."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from legcare.days import cramp_table, day_table, massage_table
from legcare.records import Cramp, Log, Massage, Muscle, Reading, Reason, Side, TrackedSpan

START = time(6)
FIRST = date(2026, 3, 2)  # a Monday
GAP = range(42, 56)


def long_log(length: int = 140) -> Log:
    """Cramps at 23:30 and 01:30, more of them with stress; weeks 7 and 8 untracked.

    A massage every third evening.
    """
    draw = np.random.default_rng(7)
    stress = draw.integers(0, 11, length)
    evening = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    held: list[object] = []
    for day in (day for day in range(length) if day not in GAP):
        held.append(Reading(day=FIRST + timedelta(day), factor="stress", value=float(stress[day])))
        if draw.random() < 0.08 * stress[day]:
            at = evening + timedelta(days=day, hours=2 * (day % 2))
            held.append(
                Cramp(
                    at=at,
                    side=Side.LEFT,
                    muscle=Muscle.CALF,
                    severity=4 + day % 5,
                    minutes=1 + day % 4,
                )
            )
        if day % 3 == 0:
            held.append(
                Massage(
                    at=evening + timedelta(days=day, hours=-2), minutes=10, reason=Reason.ROUTINE
                )
            )
    spans = ((0, GAP.start - 1), (GAP.stop, length - 1))
    held += [
        TrackedSpan(first_day=FIRST + timedelta(a), last_day=FIRST + timedelta(b)) for a, b in spans
    ]
    return Log.of(held)  # type: ignore[arg-type]


LOG = long_log()
DAYS = day_table(LOG, day_start=START)
CRAMPS = cramp_table(LOG, day_start=START)
MASSAGES = massage_table(LOG, day_start=START)
NO_LOG = Log()
NO_DAYS = day_table(NO_LOG, day_start=START)
NO_CRAMPS = cramp_table(NO_LOG, day_start=START)
ONE = Log.of([Cramp(at=datetime(2026, 3, 2, 23, tzinfo=UTC))])


def told(trace: object) -> list[str]:
    """The sentences that pointing at a trace reads."""
    data = trace.customdata  # type: ignore[attr-defined]
    return [
        str(each[0]) if isinstance(each, (list, tuple, np.ndarray)) else str(each) for each in data
    ]
