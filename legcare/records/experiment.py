"""What a randomised self-experiment is: the sealed plan, and everything that happened to it since.

The plan never changes once it is sealed. Marks, pauses and an early end are kept beside it, each
with the moment it was noted, and are only ever added to: the last word on a day counts, the earlier
ones stay readable.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from legcare.records.clock import now
from legcare.records.identity import new_id
from legcare.records.models import Day, Moment, Note, Part, Rating

Words = Annotated[str, Field(min_length=1, max_length=200)]
Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Seed = Annotated[int, Field(ge=0, lt=2**53)]


class Arm(StrEnum):
    """Which of the two things a block or a day is about."""

    A = "A"
    B = "B"

    @property
    def other(self) -> Arm:
        """The arm that this one is compared with."""
        return Arm.B if self is Arm.A else Arm.A


class OutcomeKind(StrEnum):
    """How an outcome is counted: events per day, or a value per day."""

    COUNT = "count"
    SCORE = "score"


class Outcome(Part):
    """What the experiment looks at: a column of the day table, and which way is better."""

    column: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    label: Words
    unit: Annotated[str, Field(max_length=40)] = ""
    kind: OutcomeKind = OutcomeKind.COUNT
    lower_is_better: bool = True


class Plan(Part):
    """Pairs of equal blocks, one of A and one of B, the order of each pair drawn by lot.

    ``worthwhile`` is the smallest change that would matter to the person: for a count the ratio of
    A to B (0.6: 40 % fewer), for a score the difference in points. ``washout_days`` open each block
    and are lived but not counted. ``b_is_usual`` says that a day without A is a day of B. ``seed``
    and ``salt`` draw the order.
    """

    id: UUID = Field(default_factory=new_id)
    a: Words
    b: Words
    b_is_usual: bool = True
    outcome: Outcome
    worthwhile: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    pairs: Annotated[int, Field(ge=1, le=60)] = 6
    block_days: Annotated[int, Field(ge=1, le=28)] = 7
    washout_days: Annotated[int, Field(ge=0, le=14)] = 0
    first_day: Day
    seed: Seed
    salt: Hex

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.outcome.kind is OutcomeKind.COUNT and not self.worthwhile < 1:
            raise ValueError("the smallest worthwhile ratio must lie below 1: 0.6 means 40 % fewer")
        if self.a.strip().casefold() == self.b.strip().casefold():
            raise ValueError("A and B are the same words: there would be nothing to compare")
        return self

    @property
    def days(self) -> int:
        """Length without pauses, in days, wash-out included."""
        return 2 * self.pairs * (self.block_days + self.washout_days)

    def words(self, arm: Arm) -> str:
        """What the person does under an arm, in their own words."""
        return self.a if arm is Arm.A else self.b


class DayMark(Part):
    """What was really done on a day: A, B, or (``None``) neither of them."""

    day: Day
    done: Arm | None
    noted_at: Moment = Field(default_factory=now)


class Pause(Part):
    """Days that do not count and that shift the rest of the plan.

    Without a last day it is still going on.
    """

    first_day: Day
    last_day: Day | None = None
    why: Note = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(
                f"the pause ends ({self.last_day}) before it begins ({self.first_day})"
            )
        return self

    def holds(self, day: date) -> bool:
        """Whether the day lies in the pause."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class Experiment(Part):
    """A sealed plan and what happened since.

    ``ended_on`` is the last day that counts of one that was ended early.
    """

    plan: Plan
    seal: Digest
    sealed_at: Moment = Field(default_factory=now)
    marks: tuple[DayMark, ...] = ()
    pauses: tuple[Pause, ...] = ()
    ended_on: Day | None = None
    ended_why: Note = ""

    @property
    def document(self) -> str:
        """The key under which a logbook remembers it."""
        return f"experiment/{self.plan.id}"

    def done_on(self, day: date) -> DayMark | None:
        """The last word on a day, or nothing where the day was not marked."""
        return next((mark for mark in reversed(self.marks) if mark.day == day), None)


class CoinSession(Part):
    """One session decided by a coin: rated, flipped, done (A) or rested (B), rated again."""

    at: Moment
    number: Annotated[int, Field(ge=1)]
    arm: Arm
    before: Rating
    after: Rating | None = None


class CoinTrial(Part):
    """Single sessions, each decided by a coin after the first rating.

    With one rating before and one after.
    """

    id: UUID = Field(default_factory=new_id)
    a: Words = "10 minutes of massage"
    b: Words = "10 minutes of rest"
    rating: Words = "Tension"
    seed: Seed
    salt: Hex
    started_at: datetime = Field(default_factory=now)
    sessions: tuple[CoinSession, ...] = ()

    @property
    def document(self) -> str:
        """The key under which a logbook remembers it."""
        return f"sessions/{self.id}"

    @property
    def open(self) -> CoinSession | None:
        """The session that still waits for its second rating."""
        return next((session for session in self.sessions if session.after is None), None)
