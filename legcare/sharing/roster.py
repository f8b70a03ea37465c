"""The roster of a signed-in coach.

Everybody who shared a log with them, those who need a look first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from legcare.analysis.estimate import Rate
from legcare.analysis.frequency import rate_of
from legcare.records import Event, Log, Preferences, Reading, Record, legcare_day, tracked_days
from legcare.sharing.grant import Given, Grant
from legcare.sharing.redaction import granted

WEEKS = 4
SPAN = timedelta(weeks=WEEKS)
QUIET = timedelta(days=14)


@dataclass(frozen=True)
class RosterLine:
    """One shared log at a glance, from granted records only.

    ``now`` and ``before`` are cramps a week in the last four weeks and the four weeks before them,
    each refused below 7 tracked days. ``last_entry`` is the last legcare day with a shared entry in
    these eight weeks, None where there is none. ``new`` counts shared entries made since the
    coach's last visit (all of these weeks where there was none). ``why`` says in words why somebody
    needs a look; empty where nobody needs to.
    """

    given: Given
    now: Rate
    before: Rate
    last_entry: date | None
    new: int
    why: tuple[str, ...]

    @property
    def grant(self) -> Grant:
        """What was shared."""
        return self.given.grant


def roster_line(
    given: Given, log: Log, preferences: Preferences, *, today: date, seen: datetime | None
) -> RosterLine:
    """The line of one shared log; ``seen`` is the coach's last visit, None for none."""
    start = preferences.day_start
    first = max(begins(today), given.grant.first_day or date.min)
    shown = granted(log, preferences, given.grant.model_copy(update={"first_day": first}))
    shared_cramps = "cramp" in given.grant.kinds
    now = _rate(shown, start, today - SPAN + timedelta(days=1), today, known=shared_cramps)
    before = _rate(shown, start, begins(today), today - SPAN, known=shared_cramps)
    entries = [record for record in shown if isinstance(record, Event | Reading)]
    days = [day for day in (_day(record, start) for record in entries) if day <= today]
    last = max(days, default=None)
    new = sum(seen is None or record.created_at > seen for record in entries)
    return RosterLine(given, now, before, last, new, _why(now, before, last, today))


def begins(today: date) -> date:
    """The first day that a roster looks at: eight weeks back."""
    return today - 2 * SPAN + timedelta(days=1)


def by_need(lines: Iterable[RosterLine]) -> tuple[RosterLine, ...]:
    """Those who need a look first, then by how much more they cramp than before, then by name."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                not line.why,
                -len(line.why),
                -_rise(line),
                line.grant.name.casefold(),
            ),
        )
    )


def _day(record: Event | Reading, start: time) -> date:
    return record.day if isinstance(record, Reading) else legcare_day(record.at, start)


def _rate(records: Iterable[Record], start: time, first: date, last: date, *, known: bool) -> Rate:
    log = Log(tuple(records))
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    tracked = tracked_days(log, day_start=start) if known else set()
    counts = dict.fromkeys(days, 0)
    for cramp in log.cramps:
        day = legcare_day(cramp.at, start)
        if day in counts:
            counts[day] += 1
    y = np.array([float(counts[day]) if day in tracked else np.nan for day in days])
    return rate_of(y, float(np.isfinite(y).mean()))


def _why(now: Rate, before: Rate, last: date | None, today: date) -> tuple[str, ...]:
    said = []
    if now.shown and before.shown and now.low > before.high:
        said.append("More cramps than in the four weeks before, beyond what chance explains.")
    if last is None:
        said.append("No entry in eight weeks.")
    elif today - last > QUIET:
        said.append(f"No entry for {(today - last).days} days.")
    return tuple(said)


def _rise(line: RosterLine) -> float:
    return line.now.value - line.before.value if line.now.shown and line.before.shown else 0.0
