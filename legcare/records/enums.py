"""The words a record may use.

The value is what is stored and exported; ``label`` is what is shown.
"""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """A stored word with its label in sentence case."""

    @property
    def label(self) -> str:
        """How the word is shown: ``Side.LEFT.label == "Left"``."""
        return str(self.value).replace("_", " ").capitalize()


class Side(Word):
    """Which leg."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    UNKNOWN = "unknown"


class Muscle(Word):
    """Where in the leg, in words that a physio and a runner share."""

    CALF = "calf"
    FOOT = "foot"
    TOES = "toes"
    SHIN = "shin"
    HAMSTRING = "hamstring"
    QUADRICEPS = "quadriceps"
    ADDUCTOR = "adductor"
    GLUTE = "glute"
    OTHER = "other"


class Context(Word):
    """What the person was doing when the cramp came."""

    IN_BED = "in_bed"
    RESTING = "resting"
    DURING_EXERCISE = "during_exercise"
    AFTER_EXERCISE = "after_exercise"
    STANDING_OR_WALKING = "standing_or_walking"
    OTHER = "other"

    @property
    def label(self) -> str:
        """How the word is shown; "after exercise" says its six hours."""
        return "Within 6 h after exercise" if self is Context.AFTER_EXERCISE else super().label


class Relief(Word):
    """What was done to end a cramp."""

    STRETCH = "stretch"
    MASSAGE = "massage"
    WALK = "walk"
    HEAT = "heat"
    COLD = "cold"
    DRINK = "drink"
    NONE = "none"
    OTHER = "other"


class Method(Word):
    """How a massage was given."""

    HANDS = "hands"
    FOAM_ROLLER = "foam_roller"
    MASSAGE_BALL = "massage_ball"
    MASSAGE_STICK = "massage_stick"
    MASSAGE_GUN = "massage_gun"
    PROFESSIONAL = "professional"
    OTHER = "other"


class Reason(Word):
    """Why a massage was given.

    Only ``RELIEF`` makes it a relief massage, which is never an exposure.
    """

    ROUTINE = "routine"
    BEFORE_EXERCISE = "before_exercise"
    AFTER_EXERCISE = "after_exercise"
    RELIEF = "relief"

    @property
    def label(self) -> str:
        """How the word is shown."""
        return "Relief of a cramp" if self is Reason.RELIEF else super().label


class Oil(Word):
    """What was put on the skin."""

    NONE = "none"
    PLAIN = "plain"
    MAGNESIUM = "magnesium"
    ARNICA = "arnica"
    OTHER = "other"

    @property
    def label(self) -> str:
        """How the word is shown."""
        return "Plain oil or cream" if self is Oil.PLAIN else super().label


class WorkoutKind(Word):
    """What kind of exercise; anything else is ``OTHER`` with the person's own words beside it."""

    RUN = "run"
    RIDE = "ride"
    WALK = "walk"
    SWIM = "swim"
    STRENGTH = "strength"
    OTHER = "other"
