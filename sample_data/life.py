"""One invented person's life, day by day, and what of it they wrote down."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from legcare.errors import BadTime
from legcare.records import (
    Context,
    Cramp,
    Massage,
    Place,
    Reading,
    Reason,
    Record,
    Relief,
    TrackedSpan,
    Workout,
    WorkoutKind,
    imported_id,
    in_zone,
)
from sample_data.people import LAST_DAY, Habit, Person

SOURCE = "sample"
TENDER_DAYS = 7
HOURS_AFTER = 24
ANKLE_DAYS = 14


class Life:
    """Lives one person's days in order, because today's massage may depend on yesterday's cramp."""

    def __init__(self, person: Person) -> None:
        """Draw everything that does not depend on cramps first."""
        self.person = person
        self.chance = np.random.default_rng(person.seed)
        self.first = LAST_DAY - timedelta(days=person.days - 1)
        self.records: list[Record] = []
        self.z = {habit.factor: self._wave(habit.rho) for habit in person.habits}
        self.mood = self._wave(0.5) * person.clustering
        self.urge = self._wave(0.3)
        self.massaged = np.zeros(person.days, dtype=bool)
        self.massage_hours: list[float] = []
        self.massage_min = np.zeros(person.days)
        self.cramps = np.zeros(person.days, dtype=int)
        self.load = np.zeros(person.days)
        self.tender: list[tuple[int, Place]] = []
        self.soreness = 1.5
        gone = {day for start, length in person.away for day in range(start, start + length)}
        forgot = self.chance.random(person.days) < person.forgets
        self.logged = np.array([day not in gone and not forgot[day] for day in range(person.days)])

    def lived(self) -> tuple[Record, ...]:
        """Every record of every logged day, in time order, and the tracked spans."""
        for day in range(self.person.days):
            before = len(self.records)
            self._live(day)
            if not self.logged[day]:
                del self.records[before:]
        return (*self.records, *self._spans())

    def _live(self, day: int) -> None:
        self._readings(day)
        ended = self._workout(day)
        self._massage(day, ended)
        self._cramps(day, ended)
        self._evening(day)

    def _wave(self, rho: float) -> np.ndarray:
        """A standard normal series whose neighbours correlate by ``rho``."""
        noise = self.chance.standard_normal(self.person.days)
        wave = np.empty_like(noise)
        wave[0] = noise[0]
        for day in range(1, len(noise)):
            wave[day] = rho * wave[day - 1] + math.sqrt(1 - rho**2) * noise[day]
        return wave

    def _date(self, day: int) -> date:
        return self.first + timedelta(days=day)

    def _at(self, day: int, hour: float) -> datetime:
        """The wall-clock moment ``hour`` hours into the day, where the person was.

        27.5 is half past three at night.
        """
        zone = ZoneInfo(self.person.zone)
        if self.person.journey and 0 <= day - self.person.journey[0] < self.person.journey[1]:
            zone = ZoneInfo(self.person.journey[2])
        wall = datetime.combine(self._date(day), time()) + timedelta(minutes=round(hour * 60))
        try:
            return in_zone(wall, zone)
        except BadTime:
            return in_zone(wall + timedelta(hours=1), zone)

    def _made(self, day: int) -> dict[str, object]:
        created = datetime.combine(self._date(day) + timedelta(days=1), time(6), tzinfo=UTC)
        return {
            "id": imported_id(SOURCE, self.person.key, day, len(self.records)),
            "source": SOURCE,
            "created_at": created,
        }

    def _said(
        self, value: float, share: float = 0.9, *, step: float = 1.0, high: float = 10.0
    ) -> float | None:
        """A rating as written down: rounded, clipped, and now and then left out."""
        if self.chance.random() > share:
            return None
        return float(np.clip(round(value / step) * step, 0, high))

    def _readings(self, day: int) -> None:
        for habit in self.person.habits:
            value = self._value(habit, day)
            if self.chance.random() < habit.every:
                self._read(day, habit.factor, value)

    def _value(self, habit: Habit, day: int) -> float:
        season = 8 * math.sin(2 * math.pi * (self._date(day).timetuple().tm_yday - 110) / 365)
        value = (
            habit.mean
            + habit.sd * self.z[habit.factor][day]
            + (season if habit.factor == "temperature_c" else 0)
        )
        low, high = (
            (-30, 45)
            if habit.factor == "temperature_c"
            else (0, 10 if habit.step == 1 and habit.mean < 10 else 1e6)
        )
        return float(np.clip(round(value / habit.step) * habit.step, low, high))

    def _read(self, day: int, factor: str, value: float) -> None:
        made = self._made(day)
        self.records.append(
            Reading(day=self._date(day), factor=factor, value=round(value, 2), **made)
        )

    def _workout(self, day: int) -> float | None:
        """The hour at which today's workout ended, if there was one."""
        weekday = self._date(day).weekday()
        if weekday not in self.person.workout_days or self.chance.random() < 0.12:
            return None
        long = weekday == max(self.person.workout_days)
        minutes = float(np.clip(round(self.chance.normal(95 if long else 48, 12)), 15, 240))
        effort = float(np.clip(round(self.chance.normal(6.5 if long else 5.5, 1.3)), 1, 10))
        begins = self.chance.normal(9.5 if long else 17.8, 0.6)
        kind = WorkoutKind.RUN if len(self.person.workout_days) > 1 else WorkoutKind.WALK
        self.load[day] = minutes * effort
        self.records.append(
            Workout(
                at=self._at(day, begins),
                minutes=minutes,
                effort=effort,
                kind=kind,
                **self._made(day),
            )
        )
        return float(begins + minutes / 60)

    def _massage(self, day: int, ended: float | None) -> None:
        person = self.person
        share = person.massage_share
        if person.massage_after_cramp and day and self.cramps[day - 1]:
            share = person.massage_after_cramp
        if self.urge[day] >= _quantile(share):
            return
        after = ended is not None and self.chance.random() < 0.75
        hour = (
            ended + self.chance.uniform(0.3, 2.5)
            if after and ended
            else self.chance.normal(20.6, 0.6)
        )
        minutes = float(np.clip(round(self.chance.gamma(5, 3.6)), 5, 60))
        self.massaged[day], self.massage_min[day] = True, minutes
        self.massage_hours.append(24 * day + float(hour))
        reason = Reason.AFTER_EXERCISE if after else Reason.ROUTINE
        self.records.append(self._session(day, float(hour), minutes, reason))

    def _session(self, day: int, hour: float, minutes: float, reason: Reason) -> Massage:
        person = self.person
        ratings: dict[str, float | None] = {}
        for what, ease in person.eases.items():
            before = self.chance.normal(5.6, 1.6)
            ratings[f"{what}_before"] = self._said(before)
            ratings[f"{what}_after"] = self._said(before - self.chance.normal(ease, 1.2))
        return Massage(
            at=self._at(day, hour),
            minutes=self._said(minutes, 0.96, high=1440),
            method=person.methods[self.chance.integers(len(person.methods))],
            oil=person.oils[self.chance.integers(len(person.oils))],
            reason=reason,
            areas=person.areas,
            tender=self._found(day),
            **ratings,
            **self._made(day),
        )

    def _found(self, day: int) -> tuple[Place, ...]:
        if self.person.tender_ratio == 1 or self.chance.random() > 0.30:
            return ()
        place = self._drawn(self.person.places)
        self.tender.append((day, place))
        return (place,)

    def _drawn(self, weights: dict[Place, float]) -> Place:
        places = list(weights)
        shares = np.array([weights[place] for place in places])
        return places[self.chance.choice(len(places), p=shares / shares.sum())]

    def _weights(self, day: int) -> dict[Place, float]:
        sore = {place for found, place in self.tender if 1 <= day - found <= TENDER_DAYS}
        return {
            place: weight * (self.person.tender_ratio if place in sore else 1)
            for place, weight in self.person.places.items()
        }

    def _rate(self, day: int) -> float:
        person = self.person
        risk = self.mood[day] - person.clustering**2 / 2
        for habit in person.habits:
            if habit.ratio != 1:
                risk += (
                    math.log(habit.ratio) * self.z[habit.factor][day]
                    - math.log(habit.ratio) ** 2 / 2
                )
        if person.workout_days and person.load_ratio != 1:
            risk += math.log(person.load_ratio) * (self.load[day] - 150) / 200
        risk -= person.massage_share * math.log(person.massage_ratio)
        extra = sum(self._weights(day).values()) / sum(person.places.values())
        return person.per_day * extra * math.exp(risk)

    def _cramps(self, day: int, ended: float | None) -> None:
        many = min(6, int(self.chance.poisson(self._rate(day))))
        hours = sorted(self._hour(ended) for _ in range(many))
        came = [(hour, context) for hour, context in hours if not self._averted(day, hour)]
        self.cramps[day] = len(came)
        for hour, context in came:
            self._cramp(day, hour, context)

    def _averted(self, day: int, hour: float) -> bool:
        """Whether a massage in the 24 h before kept this cramp away: the truth, by the clock."""
        if self.person.massage_ratio == 1:
            return False
        apart = [24 * day + hour - at for at in self.massage_hours[-3:]]
        near = any(0 < each <= HOURS_AFTER for each in apart)
        return near and self.chance.random() > self.person.massage_ratio

    def _hour(self, ended: float | None) -> tuple[float, Context]:
        if self.chance.random() < self.person.night:
            return float(np.clip(self.chance.normal(26.8, 1.7), 22.2, 29.8)), Context.IN_BED
        if ended is not None and self.chance.random() < 0.8:
            if self.chance.random() < 0.55:
                return ended - self.chance.uniform(0.02, 0.35), Context.DURING_EXERCISE
            return (
                ended + float(np.clip(self.chance.exponential(1.6), 0.05, 5.9)),
                Context.AFTER_EXERCISE,
            )
        calm = self.chance.random() < 0.7
        return float(np.clip(self.chance.normal(17, 3.5), 7, 21.9)), (
            Context.RESTING if calm else Context.STANDING_OR_WALKING
        )

    def _cramp(self, day: int, hour: float, context: Context) -> None:
        place = self._drawn(self._weights(day))
        night = context is Context.IN_BED
        minutes = float(
            np.round(np.clip(self.chance.lognormal(math.log(3), 0.7), 0.25, 45) * 2) / 2
        )
        severity = self._said(self.chance.normal(5.5, 2.0))
        relief = (Relief.STRETCH,) if self.chance.random() < 0.7 else (Relief.WALK,)
        eased = self.chance.random() < self.person.relief_share
        self.records.append(
            Cramp(
                at=self._at(day, hour),
                muscle=place.muscle if self.chance.random() < 0.95 else None,
                side=place.side if self.chance.random() < 0.95 else None,
                severity=None if severity is None else max(1.0, severity),
                minutes=minutes if self.chance.random() < 0.85 else None,
                context=context if self.chance.random() < 0.92 else None,
                woke_me=bool(self.chance.random() < 0.7) if night else False,
                sleep_disturbance=self._said(self.chance.normal(5, 2), 0.8) if night else None,
                sore_after=bool(self.chance.random() < 0.3),
                relief=(*relief, Relief.MASSAGE) if eased else relief,
                **self._made(day),
            )
        )
        if eased:
            self._relief(day, hour + minutes / 60, place)

    def _relief(self, day: int, hour: float, place: Place) -> None:
        minutes = float(self.chance.integers(2, 7))
        made = self._made(day)
        self.records.append(
            Massage(
                at=self._at(day, hour),
                minutes=minutes,
                reason=Reason.RELIEF,
                areas=(place,),
                **made,
            )
        )

    def _evening(self, day: int) -> None:
        """What is known only at the day's end.

        Soreness after exercise, and the ankle on Sundays and Wednesdays.
        """
        if self.person.soreness_eased:
            push = self.load[day - 1] / 160 if day else 0.0
            eased = (
                self.person.soreness_eased
                if day and self.massaged[day - 1] and self.load[day - 1]
                else 0.0
            )
            self.soreness = 0.45 * self.soreness + 0.6 + push - eased + self.chance.normal(0, 0.7)
            told = self._said(max(self.soreness, 0.0), 0.94)
            if told is not None:
                self._read(day, "soreness", told)
        if self.person.ankle_per_hour and self._date(day).weekday() in (2, 6):
            hours = self.massage_min[max(0, day - ANKLE_DAYS) : day].sum() / 60
            for side, mean in (("left", 9.6), ("right", 10.4)):
                bend = mean + self.person.ankle_per_hour * hours + self.chance.normal(0, 0.35)
                self._read(day, f"ankle_{side}_cm", round(bend * 2) / 2)

    def _spans(self) -> list[TrackedSpan]:
        spans: list[TrackedSpan] = []
        edges = np.flatnonzero(np.diff(np.concatenate([[0], self.logged.astype(int), [0]])))
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            made = self._made(int(end) - 1) | {
                "id": imported_id(SOURCE, self.person.key, "span", int(begin))
            }
            first, last = self._date(int(begin)), self._date(int(end) - 1)
            spans.append(TrackedSpan(first_day=first, last_day=last, **made))
        return spans


def _quantile(share: float) -> float:
    """Below which a standard normal value falls with probability ``share``."""
    from scipy.special import ndtri

    return float(ndtri(share))
