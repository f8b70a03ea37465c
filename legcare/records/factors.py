"""What a factor is: everything that is known of one thing measured per day.

The built-in ones stand in ``built_in``. Forms, import, units, lags, steps and sentences ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import floor, log10
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Units(StrEnum):
    """Which units are shown; stored values never change."""

    BROWSER = "browser"
    METRIC = "metric"
    US = "us"


class Combine(StrEnum):
    """How several values of one day become one."""

    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    LAST = "last"


class Blank(StrEnum):
    """What a day without a value means.

    ``ZERO`` holds only on tracked days between first and last reading.
    """

    UNKNOWN = "unknown"
    ZERO = "zero"


class Phase(StrEnum):
    """When in the legcare day a factor is known.

    Over the day (before its night) or only at its end.
    """

    DAY = "day"
    END = "end"


class Group(StrEnum):
    """What a factor belongs to, in the order in which the groups are shown."""

    HYDRATION = "Hydration"
    DIET = "Diet"
    EXERCISE = "Exercise"
    STRETCHING = "Stretching"
    SLEEP = "Sleep"
    STRESS = "Stress"
    BODY = "Body"
    OWN = "Own factors"
    LOG = "The log itself"


# Groups that are looked at beside massage; what the body shows is a result as much as a cause.
COMPANIONS = tuple(group for group in Group if group not in (Group.BODY, Group.LOG))

# What one unit that another program writes is worth in the unit that is stored, by stored unit.
WORTH: Mapping[str, Mapping[str, float]] = {
    "ml": dict.fromkeys(("ml", "milliliter", "millilitre", "milliliters", "millilitres"), 1.0)
    | dict.fromkeys(("l", "liter", "litre", "liters", "litres"), 1000.0)
    | dict.fromkeys(("oz", "fl oz"), 29.5735295625),
    "mg": {"mg": 1.0, "g": 1000.0, "mcg": 0.001, "µg".casefold(): 0.001},
    "h": dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 1.0)
    | dict.fromkeys(("min", "mins", "minute", "minutes"), 1 / 60),
    "min": dict.fromkeys(("min", "mins", "minute", "minutes"), 1.0)
    | dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 60.0),
    "steps": {"steps": 1.0, "step": 1.0, "": 1.0},
    "drinks": {"drinks": 1.0, "drink": 1.0},
    "units": {"units": 1.0, "unit": 1.0},
    "kg": {"kg": 1.0, "lb": 0.45359237, "lbs": 0.45359237},
    "cm": {"cm": 1.0, "mm": 0.1, "in": 2.54, "inch": 2.54, "inches": 2.54},
}


# Columns that the day table fills from cramps, massages and workouts: a factor of that name would
# hide them.
RESERVED = frozenset(
    {
        "day",
        "tracked",
        "cramps",
        "night_cramps",
        "woke",
        "minutes",
        "severity",
        "severity_max",
        "sleep_disturbance",
        "massages",
        "massage_min",
        "massages_relief",
        "massage_relief_min",
    }
)


class DisplayUnit(BaseModel):
    """Another unit to show a factor in: shown value = stored value x ``per`` + ``plus``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: str
    per: float
    plus: float = 0.0
    decimals: int = 1

    def shown(self, stored: float) -> float:
        """A stored value in this unit."""
        return stored * self.per + self.plus

    def stored(self, shown: float) -> float:
        """A value in this unit as it is stored."""
        return (shown - self.plus) / self.per


class Translations(BaseModel):
    """What a factor is called in other languages, lower case: for headings of files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    german: tuple[str, ...] = ()
    french: tuple[str, ...] = ()
    spanish: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The names in every language."""
        return (*self.german, *self.french, *self.spanish)


class Factor(BaseModel):
    """One thing measured per day. ``low`` to ``high`` is what may be entered, in ``unit``.

    ``step`` is that of the entry field, ``sentence_step`` that of a sentence ("per 100 mg"): None
    takes a tenth of the range, rounded to 1, 2 or 5. ``synonyms`` are further English names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    label: Annotated[str, Field(min_length=1, max_length=80)]
    unit: Annotated[str, Field(max_length=40)]
    low: float = 0.0
    high: float = 10.0
    step: float = 1.0
    combine: Combine = Combine.MEAN
    blank: Blank = Blank.UNKNOWN
    phase: Phase = Phase.DAY
    synonyms: tuple[str, ...] = ()
    shown_in: tuple[DisplayUnit, ...] = ()
    own: bool = False
    sentence_step: Annotated[float, Field(gt=0)] | None = None
    group: Group = Group.OWN
    translations: Translations = Translations()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.key in RESERVED:
            raise ValueError(
                f"{self.key} is a word of the log itself; give the factor another name"
            )
        if not self.low < self.high:
            raise ValueError(
                f"the lowest value ({self.low:g}) must lie below the highest ({self.high:g})"
            )
        return self

    @property
    def lag(self) -> int:
        """Days back at which the factor may matter for a day's cramps, as the clock implies.

        What is measured over the day comes before that day's night, so lag 0; what is known only at
        the end of the day can itself be the result of that day's cramps, so lag 1.
        """
        return 0 if self.phase is Phase.DAY else 1

    @property
    def in_sentence(self) -> str:
        """Its name inside a sentence; an own factor keeps the person's own spelling."""
        return self.label if self.own else self.label.lower()

    @property
    def words(self) -> tuple[str, ...]:
        """Every name by which a file may call it."""
        return (self.key, self.label, *self.synonyms, *self.translations.words)

    def worth(self, unit: str) -> float | None:
        """What one unit that a file writes is worth in the stored unit; None where not known."""
        plain = unit.strip().casefold()
        return 1.0 if plain == self.unit.casefold() else WORTH.get(self.unit, {}).get(plain)

    def step_within(self, span: float) -> float:
        """The step a sentence speaks of, where the values seen lie ``span`` apart.

        Where they span less than the usual step it is the power of ten that fits: no estimate
        speaks of more change than was seen. A step of 1 is a unit by itself and stays.
        """
        usual = self.sentence_step or _rounded((self.high - self.low) / 10)
        return 10.0 ** floor(log10(span)) if usual != 1 and 0 < span < usual else usual

    @property
    def title(self) -> str:
        """Label with its unit, as an axis says it."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    def display(self, units: Units) -> DisplayUnit:
        """The unit that a reader of ``units`` sees and enters the factor in."""
        if units is Units.US and self.shown_in:
            return self.shown_in[0]
        return DisplayUnit(unit=self.unit, per=1.0, decimals=2)

    def titled(self, units: Units) -> str:
        """Label with the unit that a reader of ``units`` sees, as a field of a form says it."""
        unit = self.display(units).unit
        if not unit:
            return self.label
        return (
            f"{self.label[:-1]}, {unit})" if self.label.endswith(")") else f"{self.label} ({unit})"
        )


def _rounded(size: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten, by ratio."""
    decade = 10.0 ** floor(log10(size))
    choices = [decade * each for each in (1.0, 2.0, 5.0, 10.0)]
    return min(choices, key=lambda each: abs(log10(each / size)))


class Column(Factor):
    """A column that no one enters: counted from events, derived, or described by its name alone.

    Its label stands in a sentence as it is.
    """

    phase: Phase = Phase.END
    sentence_step: Annotated[float, Field(gt=0)] | None = 1.0
    own: bool = True
    group: Group = Group.LOG

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        return self


@dataclass(frozen=True)
class Factors:
    """What is known of the columns of one day table, by column.

    A column that is not described is spoken of by its name, per 1, at the lag of one day.
    """

    known: Mapping[str, Factor]

    def __getitem__(self, column: str) -> Factor:
        return self.known.get(column) or Column.model_construct(
            key=column, label=column.replace("_", " "), unit=""
        )

    def of_group(self, group: Group) -> tuple[Factor, ...]:
        """The factors that belong to a group, in the order of the registry."""
        return tuple(factor for factor in self.known.values() if factor.group is group)

    def with_more(self, factors: Iterable[Factor]) -> Factors:
        """The same with further columns described."""
        return Factors({**self.known, **{factor.key: factor for factor in factors}})
