"""What Apple's types and units mean here.

Units stand on every record and are read from there, never from the type.
"""

from __future__ import annotations

from collections.abc import Mapping

from legcare.records import WorkoutKind

QUANTITY = "HKQuantityTypeIdentifier"
CATEGORY = "HKCategoryTypeIdentifier"
WORKOUT = "HKWorkoutActivityType"

_VOLUME = {
    "mL": 1.0,
    "cL": 10.0,
    "dL": 100.0,
    "L": 1000.0,
    "fl_oz_us": 29.5735295625,
    "fl_oz_imp": 28.4130625,
    "cup_us": 236.5882365,
    "cup_imp": 284.130625,
    "pt_us": 473.176473,
    "pt_imp": 568.26125,
}
_MASS = {"mg": 1.0, "g": 1000.0, "kg": 1e6, "mcg": 0.001, "µg": 0.001, "oz": 28349.523125}
_WEIGHT = {"kg": 1.0, "g": 0.001, "lb": 0.45359237, "oz": 0.028349523125, "st": 6.35029318}
_TIME = {"min": 1.0, "hr": 60.0, "h": 60.0, "s": 1 / 60, "sec": 1 / 60, "ms": 1 / 60000}
MINUTES: Mapping[str, float] = _TIME

# type -> (factor, what one unit is in the factor's unit)
SUMMED: Mapping[str, tuple[str, Mapping[str, float]]] = {
    QUANTITY + "DietaryWater": ("hydration_ml", _VOLUME),
    QUANTITY + "DietaryMagnesium": ("magnesium_mg", _MASS),
    QUANTITY + "DietaryPotassium": ("potassium_mg", _MASS),
    QUANTITY + "DietarySodium": ("sodium_mg", _MASS),
    QUANTITY + "DietaryCaffeine": ("caffeine_mg", _MASS),
    QUANTITY + "NumberOfAlcoholicBeverages": ("alcohol_units", {"count": 1.0}),
    QUANTITY + "StepCount": ("steps", {"count": 1.0}),
    QUANTITY + "AppleExerciseTime": ("exercise_min", _TIME),
}
SINGLE: Mapping[str, tuple[str, Mapping[str, float]]] = {
    QUANTITY + "RestingHeartRate": ("resting_hr", {"count/min": 1.0, "count/s": 60.0, "Hz": 60.0}),
    QUANTITY + "BodyMass": ("weight_kg", _WEIGHT),
}
STAND = CATEGORY + "AppleStandHour"
STOOD = "HKCategoryValueAppleStandHourStood"
SLEEP = CATEGORY + "SleepAnalysis"
SLEEP_VALUE = "HKCategoryValueSleepAnalysis"
ASLEEP = frozenset(
    SLEEP_VALUE + stage
    for stage in ("Asleep", "AsleepUnspecified", "AsleepCore", "AsleepDeep", "AsleepREM")
)
IN_BED = SLEEP_VALUE + "InBed"

_KINDS = {
    "Running": WorkoutKind.RUN,
    "Cycling": WorkoutKind.RIDE,
    "HandCycling": WorkoutKind.RIDE,
    "Walking": WorkoutKind.WALK,
    "Hiking": WorkoutKind.WALK,
    "Swimming": WorkoutKind.SWIM,
    "TraditionalStrengthTraining": WorkoutKind.STRENGTH,
    "FunctionalStrengthTraining": WorkoutKind.STRENGTH,
    "CoreTraining": WorkoutKind.STRENGTH,
}


def workout_kind(activity: str) -> tuple[WorkoutKind, str]:
    """Kind and, where the five kinds do not say it all, Apple's own word."""
    word = activity.removeprefix(WORKOUT)[:200]
    kind = _KINDS.get(word, WorkoutKind.OTHER)
    return kind, word if kind is WorkoutKind.OTHER else ""
