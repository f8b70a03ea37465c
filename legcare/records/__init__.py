"""What a log is: records, the words they use, the factor registry and wall-clock time."""

from legcare.records.clock import DAY_START, fixed, happened_twice, in_zone, legcare_day, now, restored
from legcare.records.enums import (
    Context,
    Method,
    Muscle,
    Oil,
    Reason,
    Relief,
    Side,
    WorkoutKind,
)
from legcare.records.factors import BUILT_IN, RESERVED, Blank, Combine, DisplayUnit, Factor, Phase, Units
from legcare.records.formats import Formats
from legcare.records.identity import imported_id, new_id
from legcare.records.log import Log
from legcare.records.models import (
    ANY_RECORD,
    RECORD_TYPES,
    Cramp,
    Event,
    Massage,
    Place,
    Reading,
    Record,
    TrackedSpan,
    Workout,
)
from legcare.records.preferences import ClockFace, DateOrder, DecimalSign, Preferences, WeekStart, zones

__all__ = [
    "ANY_RECORD",
    "BUILT_IN",
    "DAY_START",
    "RECORD_TYPES",
    "RESERVED",
    "Blank",
    "ClockFace",
    "Combine",
    "Context",
    "Cramp",
    "DateOrder",
    "DecimalSign",
    "DisplayUnit",
    "Event",
    "Factor",
    "Formats",
    "Log",
    "Massage",
    "Method",
    "Muscle",
    "Oil",
    "Phase",
    "Place",
    "Preferences",
    "Reading",
    "Reason",
    "Record",
    "Relief",
    "Side",
    "TrackedSpan",
    "Units",
    "WeekStart",
    "Workout",
    "WorkoutKind",
    "fixed",
    "happened_twice",
    "imported_id",
    "in_zone",
    "legcare_day",
    "new_id",
    "now",
    "restored",
    "zones",
]
