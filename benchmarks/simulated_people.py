"""Invented people with known truth, for error rates: a log of records from a scenario and a seed.

Latent cramp risk follows a log-normal AR(1) process; heaviness, stress and soreness follow AR(1)
processes. A scenario says what massage truly does (only in ``effect``), and what else could make it
look as if it did something.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import numpy as np

from legcare.records import Cramp, Log, Massage, Place, Reading, TrackedSpan, Workout
from legcare.records.enums import Context, Muscle, Reason, Side, WorkoutKind

FIRST = date(2025, 1, 6)
PLACES = (
    (Muscle.CALF, Side.LEFT),
    (Muscle.CALF, Side.RIGHT),
    (Muscle.FOOT, Side.LEFT),
    (Muscle.HAMSTRING, Side.RIGHT),
)
SHARES = (0.45, 0.25, 0.2, 0.1)


class Scenario(StrEnum):
    """What is true of the invented person."""

    EFFECT = "true effect"
    NONE = "no effect"
    REVERSE = "only reverse causation"
    TREND = "only a trend"
    EXERCISE = "only confounding by exercise"


@dataclass(frozen=True)
class Person:
    """One invented person.

    Length of the record, base rate of cramps a day, persistence and share of logged days.
    """

    days: int = 365
    rate: float = 0.4
    rho: float = 0.5
    logged: float = 0.9


def simulated(scenario: Scenario, seed: int, person: Person | None = None) -> Log:
    """The log of one invented person."""
    return _Diary(scenario, np.random.default_rng(seed), person or Person()).log()


class _Diary:
    """Writes one person's records day by day."""

    def __init__(self, scenario: Scenario, random: np.random.Generator, person: Person) -> None:
        self.scenario, self.random, self.person = scenario, random, person
        self.records: list[Cramp | Massage | Workout | Reading | TrackedSpan] = []
        self.massaged = False
        self.minutes: list[float] = []
        self.cramped: int | None = None
        self.last_place = 0
        self.yesterday = 0
        self.load = 0.0
        self.tender: dict[int, int] = {}

    def log(self) -> Log:
        """Every record of the person."""
        states = {
            name: self._ar1() for name in ("risk", "heaviness", "stress", "soreness", "ankle")
        }
        for number in range(self.person.days):
            logged = self.random.random() < self.person.logged
            self._day(number, {name: float(path[number]) for name, path in states.items()}, logged)
        return Log(tuple(self.records))

    def _ar1(self) -> np.ndarray:
        path = np.empty(self.person.days)
        path[0] = self.random.normal()
        for day in range(1, len(path)):
            path[day] = (
                self.person.rho * path[day - 1]
                + np.sqrt(1 - self.person.rho**2) * self.random.normal()
            )
        return path

    def _day(self, number: int, state: dict[str, float], logged: bool) -> None:
        helps = self.scenario is Scenario.EFFECT
        drift = number / self.person.days if self.scenario is Scenario.TREND else 0.0
        worked, load_now = self._workout(number, logged)
        hard = load_now / 300 if self.scenario is Scenario.EXERCISE else 0.0
        before = self.massaged
        sore = (
            2 + state["soreness"] + 2 * self.load / 300 - (1.0 if helps and before else 0) - drift
        )
        heavy = 4 + 1.5 * state["heaviness"] - (1.0 if helps and before else 0) - 1.5 * drift + hard
        tense = 4 + 1.5 * state["stress"] - (0.8 if helps and before else 0) - 1.5 * drift
        massage_h = self._massage(
            number, worked, {"heavy": heavy, "stress": tense, "load": load_now}, drift, logged
        )
        self._cramps(number, state, (massage_h, load_now, drift), logged)
        if logged:
            self._readings(
                number,
                {"soreness": sore, "heaviness": heavy, "stress": tense},
                state["ankle"],
                drift,
            )
        self.load = load_now

    def _workout(self, number: int, logged: bool) -> tuple[bool, float]:
        if self.random.random() > 0.45:
            return False, 0.0
        minutes, effort = float(self.random.integers(20, 90)), float(self.random.integers(3, 9))
        if logged:
            at = self._at(number, 17.0)
            self.records.append(
                Workout(at=at, minutes=minutes, effort=effort, kind=WorkoutKind.RUN)
            )
        return True, minutes * effort

    def _massage(
        self, number: int, worked: bool, feels: dict[str, float], drift: float, logged: bool
    ) -> float | None:
        chance = 0.35 + 0.4 * drift
        if self.scenario is Scenario.REVERSE:
            bad = self.yesterday > 0 or feels["heavy"] > 5 or feels["stress"] > 5
            chance = 0.75 if bad else 0.2
        if self.scenario is Scenario.EXERCISE:
            chance = 0.1 + 0.8 * min(feels["load"] / 400, 1)
        self.massaged = bool(self.random.random() < chance)
        self.minutes.append(float(self.random.integers(5, 30)) if self.massaged else 0.0)
        if not self.massaged:
            return None
        hour = 20.0 + self.random.random()
        if logged:
            self._record_massage(number, hour, feels)
        return hour

    def _record_massage(self, number: int, hour: float, feels: dict[str, float]) -> None:
        before = _rating(feels["stress"] + self.random.normal())
        effect = 1.0 if self.scenario is Scenario.EFFECT else 0.0
        after = _rating(feels["stress"] - effect + self.random.normal())
        found = tuple(Place(muscle=PLACES[p][0], side=PLACES[p][1]) for p in self._tender(number))
        self.records.append(
            Massage(
                at=self._at(number, hour),
                minutes=self.minutes[-1],
                reason=Reason.ROUTINE,
                tender=found,
                tension_before=before,
                tension_after=after,
                stress_before=before,
                stress_after=after,
            )
        )

    def _tender(self, number: int) -> list[int]:
        """Which places are felt tender: at random; after a cramp there, in the reverse scenario."""
        found = [p for p in range(len(PLACES)) if self.random.random() < 0.12]
        if (
            self.scenario is Scenario.REVERSE
            and self.cramped is not None
            and self.random.random() < 0.7
        ):
            found = sorted({*found, self.cramped})
        self.tender |= dict.fromkeys(found, number)
        return found

    def _cramps(
        self,
        number: int,
        state: dict[str, float],
        now: tuple[float | None, float, float],
        logged: bool,
    ) -> None:
        massage_h, load, drift = now
        log_rate = 0.6 * state["risk"] - 0.18 - 0.9 * drift
        if self.scenario is Scenario.EXERCISE:
            log_rate += 0.8 * (load / 300) - 0.4
        if self.scenario is Scenario.EFFECT and massage_h is not None:
            log_rate -= 0.8
        count = int(self.random.poisson(self.person.rate * np.exp(log_rate)))
        self.yesterday = count
        if logged:
            day = FIRST + timedelta(days=number)
            self.records.append(TrackedSpan(first_day=day, last_day=day))
        for _ in range(count):
            place = self._place(number)
            self.cramped = place
            if logged:
                at = self._at(number, 22.5 + 6.5 * self.random.random())
                self.records.append(
                    Cramp(
                        at=at,
                        muscle=PLACES[place][0],
                        side=PLACES[place][1],
                        context=Context.IN_BED,
                        severity=5,
                    )
                )

    def _place(self, number: int) -> int:
        """Where a cramp comes: usual shares, often the last place again.

        Tender places more only if that is true.
        """
        if self.random.random() < 0.3:
            return self.last_place
        weight = np.array(SHARES)
        if self.scenario is Scenario.EFFECT:
            weight = weight * np.array(
                [3.0 if number - self.tender.get(p, -99) <= 7 else 1.0 for p in range(4)]
            )
        self.last_place = int(self.random.choice(4, p=weight / weight.sum()))
        return self.last_place

    def _readings(self, number: int, scores: dict[str, float], ankle: float, drift: float) -> None:
        day = FIRST + timedelta(days=number)
        for factor, value in scores.items():
            self.records.append(Reading(day=day, factor=factor, value=_rating(value)))
        if number % 7 == 6:
            effect = 0.01 if self.scenario is Scenario.EFFECT else 0.0
            value = 9 + 0.5 * ankle + effect * sum(self.minutes[-14:]) + 2 * drift
            self.records.append(Reading(day=day, factor="ankle_cm", value=round(max(value, 0), 1)))

    def _at(self, number: int, hour: float) -> datetime:
        return datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(
            days=number, hours=hour
        )


def _rating(value: float) -> float:
    return float(np.clip(round(value), 0, 10))
