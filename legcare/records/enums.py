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


class Clock(Word):
    """How well the clock time of an event is known.

    ``at`` of an event is a time only where ``timed``; else it stands for a part of its legcare day
    or for the whole of it, and no analysis of hours may use it.
    """

    EXACT = "exact"
    ABOUT = "about"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    UNKNOWN = "unknown"

    @property
    def timed(self) -> bool:
        """Whether the clock was read, if only roughly."""
        return self in (Clock.EXACT, Clock.ABOUT)

    @property
    def label(self) -> str:
        """How the word is shown."""
        return _CLOCK_LABELS.get(self.value, super().label)


_CLOCK_LABELS = {
    "exact": "At this time",
    "about": "About this time",
    "evening": "In the evening, before bed",
    "night": "At night",
    "morning": "In the morning",
    "afternoon": "In the afternoon",
    "unknown": "Time unknown",
}


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

    @property
    def label(self) -> str:
        """How the word is shown: as people say it, not as a clinic does."""
        return _MUSCLE_LABELS.get(self.value, super().label)


_MUSCLE_LABELS = {
    "foot": "Sole of foot",
    "hamstring": "Back of thigh",
    "quadriceps": "Front of thigh",
    "adductor": "Inner thigh",
    "glute": "Buttock",
}


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


class Activity(Word):
    """What the person was doing in the minute before the cramp."""

    ASLEEP = "asleep"
    TURNING_OVER = "turning_over"
    POINTING_TOES = "pointing_toes"
    GETTING_UP = "getting_up"
    LYING = "lying"
    SITTING = "sitting"
    STANDING = "standing"
    WALKING = "walking"
    DRIVING = "driving"
    RUNNING = "running"
    CYCLING = "cycling"
    SWIMMING = "swimming"
    OTHER = "other"


class Position(Word):
    """How the body lay or stood when the cramp came."""

    ON_BACK = "on_back"
    ON_SIDE = "on_side"
    ON_FRONT = "on_front"
    SITTING = "sitting"
    UPRIGHT = "upright"


class Hindrance(Word):
    """What a cramp kept the person from."""

    SLEEP = "sleep"
    WALKING = "walking"
    EXERCISE = "exercise"
    WORK = "work"
    OTHER = "other"


class Relief(Word):
    """What was done to end a cramp. ``MASSAGE`` is the rubbing of the muscle by hand."""

    STRETCH = "stretch"
    MASSAGE = "massage"
    WALK = "walk"
    HEAT = "heat"
    COLD = "cold"
    DRINK = "drink"
    STAND = "stand"
    PICKLE_JUICE = "pickle_juice"
    MUSTARD = "mustard"
    SALT = "salt"
    MEDICINE = "medicine"
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


class Pressure(Word):
    """How hard a massage pressed."""

    LIGHT = "light"
    FIRM = "firm"
    PAINFUL = "painful"


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


class MarkKind(Word):
    """What a dated mark in the log stands for."""

    MEDICINE = "medicine"
    SUPPLEMENT = "supplement"
    CONDITION = "condition"
    SHOES = "shoes"
    HOLIDAY = "holiday"
    PREGNANCY = "pregnancy"
    DIALYSIS = "dialysis"
    CYCLE = "cycle"
    OTHER = "other"
