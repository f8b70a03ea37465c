"""What a doctor asks first, counted from the log; only the rate is an estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

import numpy as np
import pandas as pd

from legcare.analysis.estimate import Rate
from legcare.analysis.frequency import cramp_rate
from legcare.analysis.safety import LONG_MINUTES
from legcare.days import TRACKED
from legcare.records import Cramp, Log, Relief, legcare_day
from legcare.records.enums import Word

RECENT_DAYS = 28
QUARTER = 6  # hours in a quarter of the day
QUESTIONS = {
    "swelling": "Swelling of one leg",
    "numbness": "Numbness or tingling",
    "weakness": "Weakness or a thinner leg",
    "walking": "Calf pain on walking that stops at rest",
    "urine": "Dark urine",
}


@dataclass(frozen=True)
class Share:
    """``n`` of the ``of`` cramps that say anything about it; ``what`` names it."""

    what: str
    n: int
    of: int

    @property
    def share(self) -> float:
        """The part from 0 to 1."""
        return self.n / self.of


@dataclass(frozen=True)
class Usual:
    """The median and the value that one in ten lie above, of ``n`` cramps that say."""

    median: float
    tenth: float
    n: int


@dataclass(frozen=True)
class Exercise:
    """Sessions of a stretch; ``load`` (minutes x effort) and ``km`` of those that say."""

    sessions: int
    minutes: float
    load: float
    km: float


@dataclass(frozen=True)
class Stretch:
    """Days in a row, both ends included, and what was logged in them.

    ``woken`` are nights known to have been broken by a cramp; ``silent`` cramps do not say.
    ``near`` are the near-cramps among the cramps.
    """

    first: date
    last: date
    days: int
    logged: int
    rate: Rate
    cramps: int
    woken: int
    silent: int
    near: int
    exercise: Exercise


@dataclass(frozen=True)
class Relieved:
    """Something done at the onset: in how many cramps, and their median minutes (None: unsaid)."""

    relief: Relief
    cramps: int
    minutes: float | None
    with_minutes: int


@dataclass(frozen=True)
class DoctorFacts:
    """The first page for a doctor; an empty tuple or None is what no cramp says."""

    whole: Stretch
    recent: Stretch
    muscles: tuple[Share, ...]
    sides: tuple[Share, ...]
    quarter: Share | None
    quarter_begin: int
    context: tuple[Share, ...]
    activity: tuple[Share, ...]
    severity: Usual | None
    minutes: Usual | None
    long: Share | None
    sore: Share | None
    sore_hours: Usual | None
    relief: tuple[Relieved, ...]


def doctor_facts(log: Log, days: pd.DataFrame, *, day_start: time) -> DoctorFacts | None:
    """The facts of a log and its day table; None where the log holds no day.

    The recent stretch is the last 28 days of the table.
    """
    if days.empty:
        return None
    first, last = (pd.Timestamp(days.index[place]).date() for place in (0, -1))
    recent = max(first, last - timedelta(days=RECENT_DAYS - 1))
    cramps = log.cramps
    begin, quarter = _quarter(cramps)
    return DoctorFacts(
        whole=_stretch(log, days, first, day_start),
        recent=_stretch(log, days, recent, day_start),
        muscles=_shares(cramp.muscle for cramp in cramps),
        sides=_shares(cramp.side for cramp in cramps),
        quarter=quarter,
        quarter_begin=begin,
        context=_shares(cramp.context for cramp in cramps),
        activity=_shares(cramp.doing for cramp in cramps),
        severity=_usual(cramp.severity for cramp in cramps),
        minutes=_usual(cramp.minutes for cramp in cramps),
        long=_yes(None if c.minutes is None else c.minutes > LONG_MINUTES for c in cramps),
        sore=_yes(cramp.sore_after for cramp in cramps),
        sore_hours=_usual(cramp.sore_hours for cramp in cramps),
        relief=_relieved(cramps),
    )


def _stretch(log: Log, days: pd.DataFrame, first: date, day_start: time) -> Stretch:
    part = days.loc[pd.Timestamp(first) :]
    last = pd.Timestamp(part.index[-1]).date()
    inside = [c for c in log.cramps if first <= legcare_day(c.at, day_start) <= last]
    return Stretch(
        first=first,
        last=last,
        days=len(part),
        logged=int(part[TRACKED].sum()),
        rate=cramp_rate(part, whole=True),
        cramps=len(inside),
        woken=len({legcare_day(cramp.at, day_start) for cramp in inside if cramp.woke_me}),
        silent=sum(cramp.woke_me is None for cramp in inside),
        near=sum(cramp.near is True for cramp in inside),
        exercise=_exercise(log, first, last, day_start),
    )


def _exercise(log: Log, first: date, last: date, day_start: time) -> Exercise:
    inside = [w for w in log.workouts if first <= legcare_day(w.at, day_start) <= last]
    return Exercise(
        sessions=len(inside),
        minutes=sum(workout.minutes or 0.0 for workout in inside),
        load=sum((workout.minutes or 0.0) * (workout.effort or 0.0) for workout in inside),
        km=sum(workout.distance_km or 0.0 for workout in inside),
    )


def _shares(words: Iterable[Word | None]) -> tuple[Share, ...]:
    """Every word that was used, most frequent first, of the cramps that use one."""
    counts = Counter(word for word in words if word is not None and word.value != "unknown")
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Share(word.label, n, counts.total()) for word, n in ranked)


def _quarter(cramps: Sequence[Cramp]) -> tuple[int, Share | None]:
    """The quarter of the day (from midnight) with most cramps whose clock was read."""
    hours = [cramp.at.hour for cramp in cramps if cramp.clock.timed]
    if not hours:
        return 0, None
    begin, n = max(Counter(h // QUARTER * QUARTER for h in hours).items(), key=lambda i: i[1])
    return begin, Share("", n, len(hours))


def _yes(answers: Iterable[bool | None]) -> Share | None:
    known = [answer for answer in answers if answer is not None]
    return Share("yes", sum(known), len(known)) if known else None


def _usual(values: Iterable[float | None]) -> Usual | None:
    known = [value for value in values if value is not None]
    if not known:
        return None
    median, tenth = np.quantile(known, [0.5, 0.9])
    return Usual(float(median), float(tenth), len(known))


def _relieved(cramps: Sequence[Cramp]) -> tuple[Relieved, ...]:
    tried = Counter(relief for cramp in cramps for relief in dict.fromkeys(cramp.relief))
    rows = []
    for relief, n in sorted(tried.items(), key=lambda item: (-item[1], item[0])):
        if relief is Relief.NONE:
            continue
        usual = _usual(cramp.minutes for cramp in cramps if relief in cramp.relief)
        rows.append(Relieved(relief, n, usual.median if usual else None, usual.n if usual else 0))
    return tuple(rows)
