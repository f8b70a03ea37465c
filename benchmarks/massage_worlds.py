"""Invented people with cramps by the hour, for the massage answer: several worlds, several habits.

Hours run from 06:00 of the first day, a legcare day is 24 of them. Everyone of a batch is lived at
once, hour by hour, so that a massage may follow a cramp and a cramp may breed others.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.massage.diary import Diary
from legcare.records import Cramp, Log, Massage, TrackedSpan

Floats = NDArray[np.float64]
FIRST = date(2025, 1, 6)
START = 6
HABITS = (
    "evening",
    "because",
    "just now",
    "any hour",
    "bad weeks",
    "new medicine",
    "season",
    "weekend",
)
WORLDS = ("self-exciting", "spells", "replay")


@dataclass(frozen=True)
class World:
    """What is true.

    ``kind`` of cramps, massage ``habit``, cramps a week without massage, ``ratio`` of every
    cramp's hazard in the 24 h after a massage, share of days massaged and logged.
    """

    kind: str = "self-exciting"
    habit: str = "evening"
    weekly: float = 2.0
    ratio: float = 1.0
    days: int = 365
    share: float = 0.45
    logged: float = 0.9
    breeds: float = 0.22


@dataclass(frozen=True)
class Lives:
    """Cramps and massages of a batch, each person's hours in order, and which days were logged."""

    cramps: list[Floats]
    massages: list[Floats]
    logged: NDArray[np.bool_]

    def diaries(self) -> list[Diary]:
        """What each person wrote down."""
        return [self.diary(one) for one in range(len(self.cramps))]

    def diary(self, one: int) -> Diary:
        """What one person wrote down: only the events of logged days."""
        logged = self.logged[one]
        cramps, massages = (
            hours[logged[(hours // 24).astype(int)]]
            for hours in (self.cramps[one], self.massages[one])
        )
        asked = logged.copy()
        asked[: int(massages[0] // 24) if massages.size else logged.size] = False
        none = np.zeros(0, dtype=np.int64)
        return Diary(
            first=FIRST,
            days=logged.size,
            start=float(START),
            cramps=cramps,
            massages=massages,
            night_cramps=none,
            loose_cramps=none,
            bed_massages=none,
            early_massages=none,
            loose_massages=none,
            tracked=logged,
            asked=asked,
        )

    def log(self, one: int) -> Log:
        """The same as records, cramps to the minute."""
        held = self.diary(one)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], held.tracked.astype(int), [0]])))
        spans = [
            TrackedSpan(first_day=_day(begin), last_day=_day(end - 1))
            for begin, end in zip(edges[::2], edges[1::2], strict=True)
        ]
        cramps = [Cramp(at=_moment(hour)) for hour in held.cramps]
        massages = [Massage(at=_moment(hour), minutes=10) for hour in held.massages]
        return Log((*cramps, *massages, *spans))


def _day(number: int) -> date:
    return FIRST + timedelta(days=int(number))


def _moment(hour: float) -> datetime:
    return datetime.combine(FIRST, time(START), tzinfo=UTC) + timedelta(minutes=round(hour * 60))


def clock_of() -> Floats:
    """How cramps spread over the hours from 06:00: three quarters of them from 22 to 06."""
    hour = (np.arange(24) + START) % 24 + 0.5
    apart = np.minimum(abs(hour - 3), 24 - abs(hour - 3))
    shape = 0.35 + 3.2 * np.exp(-0.5 * (apart / 2.6) ** 2)
    return np.asarray(shape / shape.mean())


def lived(world: World, people: int, rng: np.random.Generator) -> Lives:
    """A batch of people in a world."""
    if world.kind == "replay":
        raise ValueError("replay needs diaries: see replayed")
    level = _levels(world, people, rng)
    return _lived(world, level, rng, _logged(world, people, rng))


def _logged(world: World, people: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    return np.asarray(rng.random((people, world.days)) < world.logged)


def _levels(world: World, people: int, rng: np.random.Generator) -> Floats:
    """Risk of each day, mean 1 over time: slow waves, or good and bad spells of weeks."""
    if world.kind == "spells":
        state = np.empty((people, world.days))
        bad = rng.random(people) < 0.4
        for day in range(world.days):
            leave = rng.random(people) < np.where(bad, 1 / 14, 1 / 21)
            bad = bad ^ leave
            state[:, day] = np.where(bad, 1.9, 0.4)
        return state * np.exp(rng.normal(-0.08, 0.4, state.shape))
    spread, stay = 0.6, np.exp(-1 / 15)
    wave = np.empty((people, world.days))
    wave[:, 0] = rng.normal(size=people)
    for day in range(1, world.days):
        wave[:, day] = stay * wave[:, day - 1] + np.sqrt(1 - stay**2) * rng.normal(size=people)
    return np.asarray(np.exp(spread * wave - spread**2 / 2))


def _lived(
    world: World, level: Floats, rng: np.random.Generator, logged: NDArray[np.bool_]
) -> Lives:
    people, days = level.shape
    level = level * _trend(world, days)
    clock, breeds = clock_of(), world.breeds if world.kind == "self-exciting" else 0.0
    base = world.weekly / 168 * (1 - breeds)
    fade, heat = np.exp(-1 / 3.0), np.zeros(people)
    since, hits = np.full(people, np.inf), np.zeros((people, 24 * 8))
    plan = _plan(world, people, rng)
    cramped: list[tuple[NDArray[np.int64], int]] = []
    massaged: list[tuple[NDArray[np.int64], int]] = []
    for hour in range(24 * days):
        day, of_day = divmod(hour, 24)
        if of_day == 0:
            due = _due(world, plan, hits, hour, rng)
            at = plan.hour(world, rng)
        if world.habit == "just now" and of_day == at[0]:
            due = _due(world, plan, hits, hour, rng)
        now = due & (at == of_day)
        since = np.where(now, 0.0, since + 1)
        hazard = base * level[:, day] * clock[of_day] + heat
        hazard = hazard * np.where(since < 24, world.ratio, 1.0)
        counts = rng.poisson(hazard)
        heat = heat * fade + counts * breeds * (1 - fade)
        hits[:, hour % hits.shape[1]] = counts
        if now.any():
            massaged.append((np.flatnonzero(now), hour))
        if counts.any():
            cramped.append((np.repeat(np.arange(people), counts), hour))
    return Lives(
        _by_person(cramped, people, rng, spread=True),
        _by_person(massaged, people, rng, spread=False),
        logged,
    )


def _trend(world: World, days: int) -> Floats:
    time = np.arange(days)
    if world.habit == "new medicine":
        return np.where(time < days // 2, 1.6, 0.64)
    if world.habit == "season":
        return np.asarray(np.exp(0.6 * np.sin(2 * np.pi * time / 365)))
    if world.habit == "weekend":
        return np.where((time + FIRST.weekday()) % 7 >= 5, 1.6, 0.75)
    return np.ones(days)


class _Plan:
    """Each person's way with massage."""

    def __init__(self, world: World, people: int, rng: np.random.Generator) -> None:
        self.people = people
        self.begin = rng.integers(0, 3, people)
        self.share = np.full(people, world.share)

    def hour(self, world: World, rng: np.random.Generator) -> NDArray[np.int64]:
        """Today's hour of massage, counted from 06:00: 21:00, or from 08:00 to 22:00."""
        if world.habit == "any hour":
            return rng.integers(2, 17, self.people)
        return np.full(self.people, 15)


def _plan(world: World, people: int, rng: np.random.Generator) -> _Plan:
    return _Plan(world, people, rng)


def _due(
    world: World, plan: _Plan, hits: Floats, hour: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Whether there is a massage today, where it depends on cramps read at this hour.

    "because" looks back 24 h at 06:00, the night included; "just now" at the massage's own hour.
    """
    share, day = plan.share, hour // 24
    past = hits[:, np.arange(hour - 24, hour) % hits.shape[1]].sum(axis=1)
    if world.habit in ("because", "just now"):
        share = np.where(past > 0, 0.75, 0.20)
    if world.habit == "bad weeks":
        week = hits[:, np.arange(hour - 168, hour) % hits.shape[1]].sum(axis=1)
        share = np.where(week > world.weekly, 0.7, 0.25)
    if world.habit == "new medicine":
        share = np.full(plan.people, 0.6 if day >= world.days // 2 else 0.15)
    if world.habit == "season":
        share = np.full(plan.people, 0.45 + 0.3 * np.sin(2 * np.pi * day / 365))
    if world.habit == "weekend":
        share = np.full(plan.people, 0.75 if (day + FIRST.weekday()) % 7 >= 5 else 0.3)
    return np.asarray((rng.random(plan.people) < share) & (day >= plan.begin))


def _by_person(
    found: Sequence[tuple[NDArray[np.int64], int]],
    people: int,
    rng: np.random.Generator,
    *,
    spread: bool,
) -> list[Floats]:
    """Hours of each person, in order; spread over the hour, massages over its half around it."""
    if not found:
        return [np.zeros(0) for _ in range(people)]
    who = np.concatenate([some for some, _ in found])
    hour = np.concatenate([np.full(some.size, float(at)) for some, at in found])
    hour += rng.random(hour.size) if spread else rng.uniform(-0.5, 0.0, hour.size)
    order = np.lexsort((hour, who))
    borders = np.searchsorted(who[order], np.arange(people + 1))
    return [hour[order][a:b] for a, b in pairwise(borders)]


@dataclass(frozen=True)
class Sequence01:
    """One real or invented diary of days: which were logged, which held an event."""

    logged: NDArray[np.bool_]
    event: NDArray[np.bool_]


def diaries_of(path: Path) -> list[Sequence01]:
    """Diaries of days from a CSV with ``id``, ``dos`` (day number) and ``headache`` (yes or no)."""
    held: dict[str, dict[int, bool]] = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            held.setdefault(row["id"], {})[int(row["dos"])] = row["headache"] == "yes"
    found = []
    for days in held.values():
        first, last = min(days), max(days)
        if last - first >= 20:
            logged = np.array([day in days for day in range(first, last + 1)])
            event = np.array([days.get(day, False) for day in range(first, last + 1)])
            found.append(Sequence01(logged, event))
    return found


def invented_diaries(people: int, rng: np.random.Generator) -> list[Sequence01]:
    """Diaries of days that persist and have gaps as real ones do."""
    found = []
    for _ in range(people):
        length, rate, stay = int(rng.integers(25, 90)), rng.beta(1.5, 4.5), rng.beta(1.2, 5)
        event = np.zeros(length, dtype=bool)
        for day in range(length):
            before = event[day - 1] if day else rng.random() < rate
            event[day] = rng.random() < rate + stay * (float(before) - rate)
        found.append(Sequence01(rng.random(length) < rng.beta(7, 1), event))
    return found


def replayed(
    world: World, people: int, rng: np.random.Generator, diaries: Sequence[Sequence01]
) -> Lives:
    """People whose days of events and gaps are pieces of the given diaries, one after the other.

    Pieces come from diaries with rates near one another. Hours follow the clock, one event in
    five days breeds a second; the massage's effect takes cramps away.
    """
    rates = np.array([one.event[one.logged].mean() for one in diaries])
    order = np.argsort(rates)
    clock = clock_of() / 24
    cramps, massages, logged = [], [], np.zeros((people, world.days), dtype=bool)
    for one in range(people):
        near = int(np.clip(np.searchsorted(rates[order], world.weekly / 8.4), 8, order.size - 8))
        middle = int(np.clip(near + rng.normal(0, 8), 5, order.size - 5))
        event, seen = _joined(world.days, [diaries[k] for k in order[middle - 5 : middle + 5]], rng)
        logged[one] = seen
        day = np.repeat(np.arange(world.days), event * (1 + (rng.random(world.days) < 0.2)))
        hours = np.sort(day * 24 + rng.choice(24, day.size, p=clock) + rng.random(day.size))
        given = _given(world, hours, rng)
        place = np.searchsorted(given, hours)
        apart = hours - np.concatenate([[-np.inf], given])[place]
        kept = (apart > 24) | (rng.random(hours.size) < world.ratio)
        cramps.append(hours[kept])
        massages.append(given)
    return Lives(cramps, massages, logged)


def _joined(
    days: int, pieces: list[Sequence01], rng: np.random.Generator
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    event: list[NDArray[np.bool_]] = []
    logged: list[NDArray[np.bool_]] = []
    while sum(map(len, event)) < days:
        piece = pieces[rng.integers(len(pieces))]
        event.append(piece.event)
        logged.append(piece.logged)
    return np.concatenate(event)[:days], np.concatenate(logged)[:days]


def _given(world: World, hours: Floats, rng: np.random.Generator) -> Floats:
    """Massages of a replayed person, who has the cramps that there would be without effect."""
    day = np.arange(world.days)
    at = day * 24 + (rng.integers(2, 17, day.size) if world.habit == "any hour" else 15)
    at = at - rng.uniform(0, 0.5, day.size)
    share = np.full(day.size, world.share)
    if world.habit == "because":
        recent = np.searchsorted(hours, day * 24) - np.searchsorted(hours, day * 24 - 24)
        share = np.where(recent > 0, 0.75, 0.2)
    return np.asarray(at[rng.random(day.size) < share])


def batch(
    world: World, people: int, rng: np.random.Generator, diaries: Sequence[Sequence01] = ()
) -> Lives:
    """People of a world; a replay takes diaries, or invents some."""
    if world.kind != "replay":
        return lived(world, people, rng)
    return replayed(world, people, rng, diaries or invented_diaries(120, rng))


def contrast(world: World, people: int, rng: np.random.Generator) -> float:
    """The ratio that the world itself gives when massages fall at random.

    Cramps by the hour within 24 h after one, against the same hours of the day without one.
    """
    lives = batch(replace(world, habit="evening"), people, rng)
    with_it, without = np.zeros((2, 24)), np.zeros((2, 24))
    for cramps, massages in zip(lives.cramps, lives.massages, strict=True):
        grid = np.arange(24 * world.days) + 0.5
        for hours, row in ((cramps, 0), (grid, 1)):
            place = np.searchsorted(massages, hours)
            near = hours - np.concatenate([[-np.inf], massages])[place] <= 24
            of_day = (hours % 24).astype(int)
            with_it[row] += np.bincount(of_day[near], minlength=24)
            without[row] += np.bincount(of_day[~near], minlength=24)
    expected = (without[0] / without[1] * with_it[1]).sum()
    return float(with_it[0].sum() / expected)
