"""The factor registry.

One table that drives entry form, import mapping, units, lag rule, axis labels and docs.
"""

from __future__ import annotations

from enum import StrEnum
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


class Factor(BaseModel):
    """One thing measured per day. ``low`` to ``high`` is what may be entered, in ``unit``."""

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


OUNCE = DisplayUnit(unit="fl oz", per=1 / 29.5735295625, decimals=0)
INCH = DisplayUnit(unit="in", per=1 / 2.54)
POUND = DisplayUnit(unit="lb", per=2.2046226218)
FAHRENHEIT = DisplayUnit(unit="°F", per=1.8, plus=32.0, decimals=0)


def _rating(key: str, label: str, *synonyms: str, phase: Phase = Phase.DAY) -> Factor:
    return Factor(key=key, label=label, unit="0-10", synonyms=synonyms, phase=phase)


BUILT_IN: tuple[Factor, ...] = (
    Factor(
        key="hydration_ml",
        label="Hydration",
        unit="ml",
        high=15000,
        step=250,
        combine=Combine.SUM,
        synonyms=(
            "water",
            "fluid",
            "fluids",
            "drink",
            "drinks",
            "water intake",
            "fluid intake",
            "wasser",
            "agua",
            "eau",
        ),
        shown_in=(OUNCE,),
    ),
    Factor(
        key="electrolyte_drinks",
        label="Electrolyte drinks",
        unit="drinks",
        high=30,
        combine=Combine.SUM,
        blank=Blank.ZERO,
        synonyms=("electrolyte", "electrolytes", "sports drink", "isotonic"),
    ),
    Factor(
        key="magnesium_mg",
        label="Magnesium",
        unit="mg",
        high=5000,
        step=50,
        combine=Combine.SUM,
        blank=Blank.ZERO,
        synonyms=("magnesium", "mg supplement", "magnesium supplement"),
    ),
    Factor(
        key="potassium_mg",
        label="Potassium",
        unit="mg",
        high=20000,
        step=100,
        combine=Combine.SUM,
        synonyms=("potassium",),
    ),
    Factor(
        key="sodium_mg",
        label="Sodium",
        unit="mg",
        high=30000,
        step=100,
        combine=Combine.SUM,
        synonyms=("sodium", "salt"),
    ),
    _rating("diet_quality", "Diet quality", "diet", "food quality", "nutrition"),
    Factor(
        key="alcohol_units",
        label="Alcohol",
        unit="units",
        high=60,
        combine=Combine.SUM,
        blank=Blank.ZERO,
        synonyms=("alcohol", "units of alcohol", "alcoholic drinks"),
    ),
    Factor(
        key="caffeine_mg",
        label="Caffeine",
        unit="mg",
        high=3000,
        step=50,
        combine=Combine.SUM,
        synonyms=("caffeine", "coffee"),
    ),
    Factor(
        key="sleep_h",
        label="Sleep",
        unit="h",
        high=24,
        step=0.5,
        combine=Combine.SUM,
        synonyms=(
            "sleep",
            "sleep hours",
            "hours slept",
            "hours of sleep",
            "sleep duration",
            "schlaf",
        ),
    ),
    _rating("sleep_quality", "Sleep quality", "quality of sleep"),
    _rating("stress", "Stress", "stress level"),
    _rating("soreness", "Soreness", "sore", "muscle soreness", "doms", phase=Phase.END),
    _rating("stiffness", "Stiffness", "stiff", phase=Phase.END),
    _rating("heaviness", "Heaviness of the legs", "heavy legs", "leg heaviness", phase=Phase.END),
    Factor(
        key="ankle_cm",
        label="Ankle bend (knee to wall)",
        unit="cm",
        high=30,
        step=0.5,
        phase=Phase.END,
        synonyms=("ankle", "knee to wall", "ankle bend"),
        shown_in=(INCH,),
    ),
    Factor(
        key="ankle_left_cm",
        label="Ankle bend, left (knee to wall)",
        unit="cm",
        high=30,
        step=0.5,
        phase=Phase.END,
        synonyms=("ankle left", "knee to wall left", "ankle cm left", "left ankle"),
        shown_in=(INCH,),
    ),
    Factor(
        key="ankle_right_cm",
        label="Ankle bend, right (knee to wall)",
        unit="cm",
        high=30,
        step=0.5,
        phase=Phase.END,
        synonyms=("ankle right", "knee to wall right", "ankle cm right", "right ankle"),
        shown_in=(INCH,),
    ),
    Factor(
        key="reach_cm",
        label="Sit and reach",
        unit="cm",
        low=-40,
        high=60,
        step=0.5,
        phase=Phase.END,
        synonyms=("sit and reach", "reach"),
        shown_in=(INCH,),
    ),
    Factor(
        key="stretch_min",
        label="Stretching",
        unit="min",
        high=600,
        step=5,
        combine=Combine.SUM,
        blank=Blank.ZERO,
        synonyms=("stretching", "stretch", "stretch minutes"),
    ),
    Factor(
        key="steps",
        label="Steps",
        unit="steps",
        high=200000,
        step=500,
        combine=Combine.SUM,
        synonyms=("steps", "step count", "daily steps"),
    ),
    Factor(
        key="standing_h",
        label="Standing",
        unit="h",
        high=24,
        step=0.5,
        combine=Combine.SUM,
        synonyms=("standing", "hours standing", "stand hours"),
    ),
    Factor(
        key="weight_kg",
        label="Weight",
        unit="kg",
        low=1,
        high=500,
        step=0.1,
        combine=Combine.LAST,
        phase=Phase.END,
        synonyms=("weight", "body weight", "bodyweight"),
        shown_in=(POUND,),
    ),
    Factor(
        key="resting_hr",
        label="Resting heart rate",
        unit="bpm",
        low=20,
        high=250,
        synonyms=("resting heart rate", "rhr", "resting hr"),
    ),
    Factor(
        key="temperature_c",
        label="Temperature",
        unit="°C",
        low=-60,
        high=60,
        synonyms=("temperature", "temp", "outside temperature"),
        shown_in=(FAHRENHEIT,),
    ),
    Factor(
        key="exercise_min",
        label="Exercise",
        unit="min",
        high=1440,
        step=5,
        combine=Combine.SUM,
        blank=Blank.ZERO,
        synonyms=("exercise", "exercise minutes", "training minutes", "activity minutes"),
    ),
    Factor(
        key="exercise_load",
        label="Exercise load",
        unit="min x effort",
        high=14400,
        step=50,
        combine=Combine.SUM,
        blank=Blank.ZERO,
        synonyms=("load", "training load", "exercise load"),
    ),
)
BUILT_IN_KEYS = frozenset(factor.key for factor in BUILT_IN)
