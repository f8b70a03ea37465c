"""What a log is made of.

Only ``at`` (or ``day``) is required of any record; missing stays missing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from legcare.records.clock import fixed, now
from legcare.records.enums import (
    Activity,
    Clock,
    Context,
    Hindrance,
    MarkKind,
    Method,
    Muscle,
    Oil,
    Position,
    Pressure,
    Reason,
    Relief,
    Side,
    WorkoutKind,
)
from legcare.records.identity import new_id

EARLIEST, LATEST = 1900, 2200


def _plausible(day: date) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(f"the year must lie between {EARLIEST} and {LATEST}")
    return day


def _moment(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("the time needs a time zone")
    _plausible(at.date())
    return fixed(at)


Moment = Annotated[datetime, AfterValidator(_moment)]
Day = Annotated[date, AfterValidator(_plausible)]
Rating = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
Minutes = Annotated[float, Field(ge=0, le=24 * 60, allow_inf_nan=False)]
Note = Annotated[str, Field(max_length=10_000)]
Words = Annotated[str, Field(max_length=200)]


class Part(BaseModel):
    """Common manners of everything in a log: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Part):
    """A muscle of one leg."""

    muscle: Muscle
    side: Side = Side.UNKNOWN

    @property
    def label(self) -> str:
        """How a place is shown: "Left calf"."""
        if self.side is Side.UNKNOWN:
            return self.muscle.label
        return f"{self.side.label} {self.muscle.value}"


class Entry(Part):
    """What every record carries beside its content."""

    id: UUID = Field(default_factory=new_id)
    source: Annotated[str, Field(min_length=1, max_length=200)] = "entered"
    created_at: Annotated[datetime, AfterValidator(_moment)] = Field(default_factory=now)

    @model_validator(mode="after")
    def _created_in_utc(self) -> Self:
        if self.created_at.utcoffset() != UTC.utcoffset(None):
            object.__setattr__(self, "created_at", fixed(self.created_at.astimezone(UTC)))
        return self


class Event(Entry):
    """A record that happened at one moment.

    Where ``clock`` is not ``timed``, the hour of ``at`` only places the event in its legcare day:
    nobody read it from a clock, and no hour is ever shown or counted for it.
    """

    at: Moment
    clock: Clock = Clock.EXACT


class Cramp(Event):
    """One cramp.

    ``minutes`` may be a fraction; over 10 minutes raises the red flag of the safety text.
    ``near`` is a cramp that threatened and was stopped. ``relief`` stands in the order in which it
    was tried, ``relief_after`` beside it in minutes after the onset (all of them or none).
    ``sore_hours`` is how long the muscle stayed sore. ``place`` holds the person's own words for a
    place outside the leg (``muscle`` is then ``OTHER``).
    """

    type: Literal["cramp"] = "cramp"
    side: Side | None = None
    muscle: Muscle | None = None
    severity: Rating | None = None
    minutes: Minutes | None = None
    woke_me: bool | None = None
    sleep_disturbance: Rating | None = None
    context: Context | None = None
    sore_after: bool | None = None
    sore_hours: Annotated[float, Field(ge=0, le=14 * 24, allow_inf_nan=False)] | None = None
    near: bool | None = None
    doing: Activity | None = None
    doing_text: Words = ""
    position: Position | None = None
    kept_from: tuple[Hindrance, ...] = ()
    place: Words = ""
    relief: tuple[Relief, ...] = ()
    relief_after: tuple[Minutes, ...] = ()
    relief_text: Words = ""
    note: Note = ""

    @model_validator(mode="after")
    def _one_minute_each(self) -> Self:
        if self.relief_after and len(self.relief_after) != len(self.relief):
            raise ValueError("give the minutes of every relief, or of none")
        return self


class Massage(Event):
    """One massage. Ratings before and after run from 0 (none) to 10 (worst imaginable)."""

    type: Literal["massage"] = "massage"
    minutes: Minutes | None = None
    method: Method | None = None
    reason: Reason | None = None
    pressure: Pressure | None = None
    oil: Oil | None = None
    areas: tuple[Place, ...] = ()
    tender: tuple[Place, ...] = ()
    tension_before: Rating | None = None
    tension_after: Rating | None = None
    stress_before: Rating | None = None
    stress_after: Rating | None = None
    heaviness_before: Rating | None = None
    heaviness_after: Rating | None = None
    note: Note = ""

    @property
    def planned(self) -> bool:
        """Whether the massage may count as an exposure: it was not given because of a cramp."""
        return self.reason is not Reason.RELIEF


class Workout(Event):
    """One piece of exercise; ``effort`` from 0 (rest) to 10 (all out)."""

    type: Literal["workout"] = "workout"
    minutes: Minutes | None = None
    kind: WorkoutKind | None = None
    kind_text: Words = ""
    effort: Rating | None = None
    distance_km: Annotated[float, Field(ge=0, le=2000, allow_inf_nan=False)] | None = None
    temperature_c: Annotated[float, Field(ge=-60, le=60, allow_inf_nan=False)] | None = None
    because_of_cramp: bool | None = None
    note: Note = ""


class Reading(Entry):
    """One day's value of one factor, in the factor's own unit.

    ``because_of_cramp`` says that the person did it because they had cramped.
    """

    type: Literal["reading"] = "reading"
    day: Day
    factor: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    value: Annotated[float, Field(allow_inf_nan=False)]
    because_of_cramp: bool | None = None


class TrackedSpan(Entry):
    """Days in which the person logged every cramp, both ends included.

    A single day is a "no cramps today" tick.
    """

    type: Literal["tracked_span"] = "tracked_span"
    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day < self.first_day:
            raise ValueError(
                f"the last day ({self.last_day}) lies before the first ({self.first_day})"
            )
        return self


class Mark(Entry):
    """Something that begins, and may end, on a day: a medicine, a condition, new shoes, a holiday.

    ``last_day`` is None while it goes on. ``dose`` is in the person's own words.
    """

    type: Literal["mark"] = "mark"
    first_day: Day
    last_day: Day | None = None
    kind: MarkKind = MarkKind.OTHER
    name: Annotated[str, Field(min_length=1, max_length=200)]
    dose: Words = ""
    note: Note = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(
                f"the last day ({self.last_day}) lies before the first ({self.first_day})"
            )
        return self


Record = Cramp | Massage | Workout | Reading | TrackedSpan | Mark
RECORD_TYPES: dict[
    str,
    type[Cramp] | type[Massage] | type[Workout] | type[Reading] | type[TrackedSpan] | type[Mark],
] = {
    "cramp": Cramp,
    "massage": Massage,
    "workout": Workout,
    "reading": Reading,
    "tracked_span": TrackedSpan,
    "mark": Mark,
}

ANY_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="type")])


def calendar_days(record: Record) -> tuple[date, ...]:
    """The calendar days that a record names: one, or the first and the last of a span."""
    if isinstance(record, Event):
        return (record.at.date(),)
    if isinstance(record, Reading):
        return (record.day,)
    return (record.first_day, record.last_day or record.first_day)
