"""Other programs' words for kinds of exercise, in the languages their exports come in."""

from __future__ import annotations

import re

from legcare.importers.cells.diary import plain
from legcare.records import WorkoutKind

_WORDS = (
    (r"swim|schwimm|natation|nataci|nuoto|\bsim|sv[øö]m", WorkoutKind.SWIM),
    (r"ride|cycl|bik|\brad|fahrrad|vélo|velo|cicli|bici|cykel|spinning|biking", WorkoutKind.RIDE),
    (
        r"\brun|jog|lauf|course|correr|carrera|corsa|corrida|l[øö]b|l[øö]pning|treadmill|hardlopen",
        WorkoutKind.RUN,
    ),
    (
        r"walk|hik|wander|spazier|gehen|marche|randonn|camina|senderis|cammin|g[åa]tur|promenad",
        WorkoutKind.WALK,
    ),
    (
        r"strength|weight|kraft|muscul|fuerza|forza|styrke|styrka|gym\b|functional|lifting",
        WorkoutKind.STRENGTH,
    ),
)


def workout_kind(activity: str) -> tuple[WorkoutKind | None, str]:
    """The kind, and the file's own word where the five kinds do not say it all.

    None where the file has no word.
    """
    said = " ".join(activity.replace("_", " ").split())
    plainly = plain(activity)
    if not said:
        return None, ""
    for pattern, kind in _WORDS:
        if re.search(pattern, plainly):
            return kind, ""
    return WorkoutKind.OTHER, said[:200]
