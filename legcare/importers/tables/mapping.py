"""What each column of a table is taken for, with the reason.

What the wizard shows and remembers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from legcare.importers.cells.dates import Order
from legcare.records import Cramp, Massage, Workout


class Kind(StrEnum):
    """What the rows of a table are."""

    CRAMPS = "cramps"
    MASSAGES = "massages"
    WORKOUTS = "workouts"
    DAYS = "days"
    EVENTS = "events"
    READINGS = "readings"
    SPANS = "spans"
    MARKS = "marks"

    @property
    def label(self) -> str:
        """How the wizard names it."""
        return {
            "cramps": "One cramp per row",
            "massages": "One massage per row",
            "workouts": "One workout per row",
            "days": "One day per row, with a column for each thing measured",
            "events": "One cramp, massage or workout per row: a column says which",
            "marks": "One medicine, condition or change per row, with its first day",
            "readings": "One value per row: day, what was measured, value",
            "spans": "Stretches of days in which every cramp was logged",
        }[self.value]


class Use(BaseModel):
    """One column.

    The field it fills, how its numbers become the stored unit, and why it is taken for that.

    ``open`` says that nobody knows what its few words mean, so the person is asked.

    ``field`` is a record's field, ``date``, ``time``, ``cramp_count``, ``massage_minutes``,
    ``factor:KEY`` or ``own``; empty for a column that is not kept.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: int
    field: str = ""
    why: str = ""
    unit: str = ""
    per: float = 1.0
    plus: float = 0.0
    open: bool = False


class Doubt(StrEnum):
    """What a file may leave open, so that the person must say it."""

    ORDER = "order"
    DECIMAL = "decimal"
    TIME = "time"
    KIND = "kind"
    UNIT = "unit"
    WORDS = "words"
    COLUMN = "column"
    FUTURE = "dates"

    @property
    def key(self) -> str:
        """How a part of an upload names the question."""
        return {"order": "date order", "decimal": "decimal sign"}.get(self.value, self.value)


class TableMapping(BaseModel):
    """How a table is read.

    ``undecided`` names what the file does not settle; the values there are only proposals.
    ``words`` are the person's: a plain word with the stored one that it means, or what a row is.
    ``missing_time`` is where in its day a row without a time stands; no hour is counted there.
    Rows behind ``latest`` are left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    why: str = ""
    uses: tuple[Use, ...] = ()
    order: Order = Order.DMY
    order_why: str = ""
    decimal: Annotated[str, Field(pattern=r"^[.,]$")] = "."
    decimal_why: str = ""
    missing_time: time = time(12, 0)
    latest: date | None = None
    words: Mapping[str, str] = Field(default_factory=dict)
    undecided: frozenset[Doubt] = frozenset()

    def column_of(self, field: str) -> Use | None:
        """The column that fills a field."""
        return next((use for use in self.uses if use.field == field), None)

    def answered(self, doubt: Doubt, **changed: object) -> TableMapping:
        """The mapping after the person settled a doubt."""
        return self.model_copy(update={**changed, "undecided": self.undecided - {doubt}})

    def with_use(self, use: Use) -> TableMapping:
        """The mapping with one column taken for something else."""
        uses = tuple(use if old.column == use.column else old for old in self.uses)
        return self.model_copy(update={"uses": uses})


EVENTS: Mapping[Kind, type[Cramp] | type[Massage] | type[Workout]] = {
    Kind.CRAMPS: Cramp,
    Kind.MASSAGES: Massage,
    Kind.WORKOUTS: Workout,
}
RATINGS = frozenset(("severity", "sleep_disturbance", "effort")) | frozenset(
    f"{what}_{when}" for what in ("tension", "stress", "heaviness") for when in ("before", "after")
)
_DAY = ("date", "time", "half", "asleep", "awake")
_WHEN = ("at", "date", "time", "half")
_OWN = ("note", "id", "source", "created_at")


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The fields that a column of such a table may fill.

    Besides ``factor:KEY`` where rows are days.
    """
    if kind is Kind.DAYS:
        return (
            *_DAY,
            "cramp_count",
            "severity",
            "side",
            "muscle",
            "massage_minutes",
            "note",
            "own",
        )
    if kind is Kind.READINGS:
        return ("date", "factor", "value", *_OWN[1:])
    if kind is Kind.SPANS:
        return ("first_day", "last_day", *_OWN[1:])
    if kind is Kind.MARKS:
        return ("first_day", "last_day", "mark", "name", "dose", *_OWN)
    if kind is Kind.EVENTS:
        every = dict.fromkeys(field for one in EVENTS for field in fields_of(one))
        return ("what", "answer", *(field for field in every if field != "kind"))
    fields = [
        name for name in EVENTS[kind].model_fields if name not in (*_OWN, "at", "type", "kind_text")
    ]
    return (*_WHEN, "end", *fields, *_OWN)


def label_of(field: str, factors: Mapping[str, str]) -> str:
    """How a field is named to the person."""
    if field.startswith("factor:"):
        return factors.get(field[7:], field[7:])
    named = {
        "": "Not kept",
        "own": "A factor of my own, named like the column",
        "at": "Date and time",
        "what": "What the row is (cramp, massage, workout)",
        "answer": "Whether it happened (yes, no) or how often",
        "half": "am or pm",
        "clock": "How well the time is known",
        "distance_km": "Distance (km)",
        "temperature_c": "Temperature (°C)",
        "mark": "What it is (medicine, condition, shoes ...)",
        "date": "Date",
        "end": "End (date and time, or time)",
        "time": "Time of day",
        "woke_me": "Woke me",
        "cramp_count": "Number of cramps (0 or no: a day without cramps)",
        "massage_minutes": "Massage (minutes)",
        "minutes": "Duration (minutes)",
        "id": "Record's own name",
        "factor": "What was measured",
        "asleep": "Went to bed or fell asleep",
        "awake": "Woke or got up",
        "severity": "Severity (0-10)",
        "kind": "Kind of exercise",
        "effort": "Effort (0-10)",
    }
    return named.get(field, field.replace("_", " ").capitalize())
