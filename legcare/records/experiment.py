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

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from legcare.records.clock import now
from legcare.records.identity import new_id
from legcare.records.models import Day, Moment, Note, Part, Rating

Words = Annotated[str, Field(min_length=1, max_length=200)]
Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Seed = Annotated[int, Field(ge=0, lt=2**53)]
T_INTERVAL, INVERSION = 1, 2
"""How a plan is drawn and read: as plans were until version 72e79f3, or as they are now."""
ALPHA = 0.025
LATER = ("rules", "more", "looks", "alpha", "previous", "hidden", "belief")
"""Fields that the first plans did not have: left out where they say nothing, so old seals hold."""


class Arm(StrEnum):
    """Which of the things compared a block or a day is about; B is what the others are held to."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def other(self) -> Arm:
        """The arm that this one is compared with."""
        return Arm.A if self is Arm.B else Arm.B


class OutcomeKind(StrEnum):
    """How an outcome is counted: events per day, an amount per day (minutes), or a score."""

    COUNT = "count"
    AMOUNT = "amount"
    SCORE = "score"


class Outcome(Part):
    """What the experiment looks at: a column of the day table, and which way is better."""

    column: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    label: Words
    unit: Annotated[str, Field(max_length=40)] = ""
    kind: OutcomeKind = OutcomeKind.COUNT
    lower_is_better: bool = True

    @property
    def is_ratio(self) -> bool:
        """Whether A and B are compared as a ratio of what comes in a day, not as a difference."""
        return self.kind is not OutcomeKind.SCORE


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
    rules: Annotated[int, Field(ge=T_INTERVAL, le=INVERSION)] = T_INTERVAL
    more: Annotated[tuple[Words, ...], Field(max_length=2)] = ()
    looks: Annotated[tuple[int, ...], Field(max_length=12)] = ()
    alpha: Annotated[float, Field(gt=0, le=ALPHA)] = ALPHA
    previous: Annotated[tuple[Digest, ...], Field(max_length=50)] = ()
    hidden: bool = False
    belief: Annotated[int, Field(ge=0, le=10)] | None = None

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.outcome.is_ratio and not self.worthwhile < 1:
            raise ValueError("the smallest worthwhile ratio must lie below 1: 0.6 means 40 % fewer")
        texts = [text.strip().casefold() for text in (self.a, self.b, *self.more)]
        if len(set(texts)) < len(texts):
            names = "A and B" if not self.more else "two of the things"
            raise ValueError(f"{names} are the same words: there would be nothing to compare")
        if list(self.looks) != sorted({n for n in self.looks if 0 < n < self.pairs}):
            raise ValueError("the looks must follow each other, before the last pair")
        if self.more and self.looks:
            raise ValueError("with more than two things the answer is read once, at the end")
        if self.rules == T_INTERVAL and (self.more or self.looks or self.previous):
            raise ValueError("a plan of the first kind has two things and one reading")
        return self

    @model_serializer(mode="wrap")
    def _without_empty_later_fields(
        self, handler: SerializerFunctionWrapHandler
    ) -> dict[str, object]:
        fields: dict[str, object] = handler(self)
        empty = (n for n in LATER if getattr(self, n) == type(self).model_fields[n].default)
        for name in empty:
            fields.pop(name, None)
        return fields

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The arms of this plan, in order of their letters."""
        return tuple(Arm)[: 2 + len(self.more)]

    @property
    def days(self) -> int:
        """Length without pauses, in days, wash-out included."""
        return len(self.arms) * self.pairs * (self.block_days + self.washout_days)

    def words(self, arm: Arm) -> str:
        """What the person does under an arm, in their own words."""
        return (self.a, self.b, *self.more)[self.arms.index(arm)]


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


class BlockGuess(Part):
    """Which arm the person takes a packed block to have been; ``None``: cannot say."""

    block: Annotated[int, Field(ge=1)]
    arm: Arm | None
    noted_at: Moment = Field(default_factory=now)


class Decision(StrEnum):
    """What a planned look decided."""

    GO_ON = "go on"
    HELPS = "helps"
    NOT_ENOUGH = "does not help enough to matter"
    FUTILE = "going on would hardly show it"


class Look(Part):
    """A planned look that was taken: after how many pairs, and what it decided."""

    pairs: Annotated[int, Field(ge=1)]
    decision: Decision
    noted_at: Moment = Field(default_factory=now)


class Experiment(Part):
    """A sealed plan and what happened since.

    ``ended_on`` is the last day that counts of one that was ended early, by the person or by a
    planned look.
    """

    plan: Plan
    seal: Digest
    sealed_at: Moment = Field(default_factory=now)
    marks: tuple[DayMark, ...] = ()
    pauses: tuple[Pause, ...] = ()
    ended_on: Day | None = None
    ended_why: Note = ""
    looks: tuple[Look, ...] = ()
    guesses: tuple[BlockGuess, ...] = ()

    @property
    def stop_look(self) -> Look | None:
        """The planned look that ended it, if one did."""
        last = self.looks[-1] if self.looks else None
        return None if last is None or last.decision is Decision.GO_ON else last

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
