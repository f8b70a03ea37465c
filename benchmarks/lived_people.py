"""People as they live: logs of records in which nothing matters, from two generating processes.

``breeding``: cramps come by the hour, good and bad spells last weeks, each cramp breeds others
within hours. ``latent``: each day has a persistent risk, its cramps are drawn and given hours. A
``Life`` says how a person deviates; every factor is drawn without regard to cramps unless it says
otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from legcare.records import (
    Cramp,
    Factor,
    Log,
    Mark,
    MarkKind,
    Massage,
    Muscle,
    Reading,
    Record,
    Side,
    TrackedSpan,
    Workout,
)

FIRST = date(2024, 1, 1)
BASE = datetime(2024, 1, 1, tzinfo=UTC)
NIGHT = (22, 23, 0, 1, 2, 3, 4, 5)
MUSCLES = tuple(muscle for muscle in Muscle if muscle is not Muscle.OTHER)
START = 6.0


@dataclass(frozen=True)
class Life:
    """One way to live and to log; the defaults are a year in which nothing matters."""

    name: str = "nothing matters"
    days: int = 365
    per_week: float = 3.0
    even_clock: bool = False
    logged: float = 0.9
    same_day: bool = False
    day_after: bool = False
    short_nights: bool = False
    default_water: bool = False
    both_legs: bool = False
    clock: str = "exact"
    massage: str = "at random"
    rare_factors: int = 0
    bursts: bool = False
    weekend: bool = False
    cycle: bool = False
    marked: bool = False
    step: bool = False


def ar1(rng: np.random.Generator, n: int, rho: float) -> np.ndarray:
    """A persistent standard normal series."""
    drawn = rng.normal(size=n)
    for t in range(1, n):
        drawn[t] = rho * drawn[t - 1] + np.sqrt(1 - rho**2) * drawn[t]
    return drawn


def wave(life: Life) -> np.ndarray:
    """The 28-day cycle, per day."""
    return np.sin(2 * np.pi * np.arange(life.days) / 28)


def moments(rng: np.random.Generator, life: Life, process: str) -> np.ndarray:
    """Hours since midnight of the first day at which cramps came."""
    daily = np.full(life.days, life.per_week / 7)
    daily *= np.exp(0.5 * wave(life)) if life.cycle else 1.0
    weekend = np.isin(np.arange(life.days) % 7, (5, 6))
    daily *= np.where(weekend, 1.8, 1.0) if life.weekend else 1.0
    daily *= np.where(np.arange(life.days) >= life.days // 2, 0.4, 1.0) if life.step else 1.0
    if life.bursts:
        return bursts(rng, life)
    clock = np.where(np.isin(np.arange(24), NIGHT), 4.0, 1.0)
    clock = np.ones(24) if life.even_clock else clock
    clock /= clock.sum()
    return breeding(rng, daily, clock) if process == "breeding" else latent(rng, daily, clock)


def breeding(rng: np.random.Generator, daily: np.ndarray, clock: np.ndarray) -> np.ndarray:
    """Hourly cramps in spells of weeks; a third breed another within hours."""
    spell = ar1(rng, daily.size, np.exp(-1 / 14))
    risk = np.exp(0.6 * spell - 0.18)
    hourly = np.repeat(daily * risk * 0.67, 24) * np.tile(clock, daily.size)
    parents = np.repeat(np.arange(hourly.size), rng.poisson(hourly)) + 0.0
    parents = parents + rng.random(parents.size)
    held = [parents]
    while parents.size:
        parents = np.repeat(parents, rng.poisson(0.33, parents.size))
        parents = parents + rng.exponential(5.0, parents.size)
        held.append(parents)
    every = np.sort(np.concatenate(held))
    return every[every < daily.size * 24 - 24]


def latent(rng: np.random.Generator, daily: np.ndarray, clock: np.ndarray) -> np.ndarray:
    """Cramps of each day by a persistent log-normal risk; their hours follow the clock."""
    risk = np.exp(0.8 * ar1(rng, daily.size, 0.5) - 0.32)
    counts = rng.poisson(daily * risk)
    hour = rng.choice(24, size=counts.sum(), p=clock) + rng.random(counts.sum())
    every = np.sort(np.repeat(np.arange(daily.size) * 24.0, counts) + (hour - START) % 24 + START)
    return every[every < daily.size * 24 - 24]


def bursts(rng: np.random.Generator, life: Life) -> np.ndarray:
    """Six to thirteen cramps in one night, then weeks of nothing."""
    nights = np.flatnonzero(rng.random(life.days - 2) < life.per_week / 7 / 9)
    each = [night * 24 + 22 + rng.random(rng.integers(6, 14)) * 8 for night in nights]
    return np.sort(np.concatenate(each)) if each else np.zeros(0)


def lived(rng: np.random.Generator, life: Life, process: str) -> Log:
    """The log of one person."""
    hours = moments(rng, life, process)
    cramps = np.bincount(((hours - START) // 24).astype(int).clip(0), minlength=life.days)
    at_night = np.isin(np.floor(hours).astype(int) % 24, NIGHT)
    nights = np.bincount(((hours[at_night] - START) // 24).astype(int).clip(0), minlength=life.days)
    logged = rng.random(life.days) < life.logged
    if life.weekend:
        logged &= ~np.isin(np.arange(life.days) % 7, (5, 6)) | (rng.random(life.days) < 0.5)
    records: list[Record] = [span(day) for day in np.flatnonzero(logged)]
    kept = logged[((hours - START) // 24).astype(int).clip(0, life.days - 1)]
    records += cramps_of(rng, life, hours[kept])
    readings, own = factors(rng, life, cramps, nights)
    for name, values in readings.items():
        known = logged & np.isfinite(values)
        records += [
            Reading(day=on(d), factor=name, value=float(values[d])) for d in np.flatnonzero(known)
        ]
    records += exercise(rng, life, logged, cramps) + massages(rng, life, logged, hours)
    records += marks(life)
    return Log(tuple(records), own_factors=own)


def on(day: int) -> date:
    """A day of the record as a date."""
    return FIRST + timedelta(days=int(day))


def span(day: int) -> TrackedSpan:
    """The tick of one day."""
    return TrackedSpan(first_day=on(day), last_day=on(day))


def cramps_of(rng: np.random.Generator, life: Life, hours: np.ndarray) -> list[Record]:
    """The cramps as they were written down."""
    spell = np.repeat(np.arange(hours.size // 10 + 1), 10)[: hours.size]
    order = rng.integers(0, len(MUSCLES), hours.size)
    if life.both_legs:
        order = rng.integers(0, len(MUSCLES), hours.size // 10 + 1)[spell]
    sides = rng.choice([Side.LEFT, Side.RIGHT], hours.size)
    records: list[Record] = []
    for place, hour in enumerate(hours):
        side = Side.BOTH if life.both_legs and rng.random() < 0.8 else Side(str(sides[place]))
        records.append(
            Cramp(at=written_at(rng, life, hour), muscle=MUSCLES[order[place]], side=side)
        )
    return records


def written_at(rng: np.random.Generator, life: Life, hour: float) -> datetime:
    """The time that stands in the log."""
    if life.clock == "next morning":
        hour = np.floor((hour - 7) / 24) * 24 + 31
    elif life.clock == "default":
        night = np.floor((hour - START) / 24) * 24 + 27
        hour = night if rng.random() < 0.3 else np.round(hour * 2) / 2
    return BASE + timedelta(minutes=round(float(hour) * 60))


def factors(
    rng: np.random.Generator, life: Life, cramps: np.ndarray, nights: np.ndarray
) -> tuple[dict[str, np.ndarray], tuple[Factor, ...]]:
    """A value for each day and factor, NaN where nothing was typed, and the own factors."""
    n = life.days
    cause = np.concatenate([[0], cramps[:-1]]) if life.day_after else cramps
    follows = life.same_day or life.day_after
    water = np.round(1900 + 350 * ar1(rng, n, 0.4) + (150 * cause if follows else 0), -1)
    if life.default_water:
        water = np.where((cramps == 0) & (rng.random(n) < 0.7), 2000, water)
    stress = 4 + 1.5 * ar1(rng, n, 0.5) + (0.5 * cause if follows else 0)
    stress += 1.2 * wave(life) if life.cycle else 0.0
    likely = np.where(cause > 0, 0.45, 0.25) if follows else np.full(n, 0.3)
    sleep = 7 + 0.8 * ar1(rng, n, 0.3) - (40 / 60 * nights if life.short_nights else 0)
    sleep -= 0.5 * wave(life) if life.cycle else 0.0
    heavy = 4 + 1.5 * ar1(rng, n, 0.4) + (1.2 * wave(life) if life.cycle else 0.0)
    values = {
        "hydration_ml": np.maximum(water, 0),
        "stress": np.clip(np.round(stress), 0, 10),
        "magnesium_mg": np.where(rng.random(n) < likely, 300.0, 0.0),
        "sleep_h": np.clip(np.round(sleep * 6) / 6, 2, 12),
        "stretch_min": np.where(rng.random(n) < 0.4, 10.0, 0.0),
        "heaviness": np.clip(np.round(heavy), 0, 10),
        "soreness": np.clip(np.round(3 + 1.5 * ar1(rng, n, 0.5)), 0, 10),
    }
    own = tuple(
        Factor(key=f"rare_{k}", label=f"Rare {k}", unit="", high=1, own=True)
        for k in range(life.rare_factors)
    )
    values |= {one.key: (rng.random(n) < 0.05).astype(float) for one in own}
    return values, own


def exercise(
    rng: np.random.Generator, life: Life, logged: np.ndarray, cramps: np.ndarray
) -> list[Record]:
    """Workouts between 16 and 19 o'clock."""
    likely = np.full(life.days, 0.4)
    if life.weekend:
        likely = np.where(np.isin(np.arange(life.days) % 7, (5, 6)), 0.8, 0.25)
    if life.day_after:
        likely = np.where(np.concatenate([[0], cramps[:-1]]) > 0, 0.2, likely)
    held = np.flatnonzero(logged & (rng.random(life.days) < likely))
    return [
        Workout(
            at=BASE + timedelta(hours=24 * int(day) + 16 + 3 * rng.random()),
            minutes=float(rng.integers(20, 70)),
            effort=float(rng.integers(3, 9)),
        )
        for day in held
    ]


def massages(
    rng: np.random.Generator, life: Life, logged: np.ndarray, hours: np.ndarray
) -> list[Record]:
    """Massages in the evening, called planned."""
    at = np.arange(life.days) * 24 + 20.5 + rng.random(life.days)
    past = np.searchsorted(hours, at) - np.searchsorted(hours, at - 24)
    week = np.searchsorted(hours, at) - np.searchsorted(hours, at - 168)
    likely = np.full(life.days, 0.4)
    if life.massage == "because of cramps":
        likely = np.where(past > 0, 0.75, 0.2)
    elif life.massage == "after a bad week":
        likely = np.where(week > np.median(week), 0.65, 0.2)
    if life.cycle:
        likely = np.clip(0.4 + 0.3 * wave(life), 0, 1)
    if life.step:
        likely = np.where(np.arange(life.days) >= life.days // 2, 0.7, 0.1)
    held = np.flatnonzero(logged & (rng.random(life.days) < likely))
    return [
        Massage(
            at=BASE + timedelta(hours=float(at[day])),
            minutes=10,
            tension_before=float(rng.integers(4, 8)),
            tension_after=float(rng.integers(2, 6)),
        )
        for day in held
    ]


def marks(life: Life) -> list[Record]:
    """What the person marked."""
    if not life.marked:
        return []
    if life.cycle:
        return [
            Mark(first_day=on(day), kind=MarkKind.CYCLE, name="period")
            for day in range(0, life.days, 28)
        ]
    return [Mark(first_day=on(life.days // 2), kind=MarkKind.MEDICINE, name="new medicine")]
