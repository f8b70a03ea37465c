"""Counts in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from legcare.records import BUILT_IN, Factor, written

KINDS = {
    "cramp": ("cramp", "cramps"),
    "massage": ("massage", "massages"),
    "workout": ("workout", "workouts"),
    "reading": ("reading", "readings"),
    "tracked_span": ("stretch of tracked days", "stretches of tracked days"),
}
LABELS = {factor.key: factor.label for factor in BUILT_IN}


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: ``1 day``, ``2 days``, ``3 entries`` (plural given)."""
    return f"{written.whole(number)} {noun if number == 1 else plural or noun + 's'}"


def kinds_counted(counts: Mapping[str, int], own: Mapping[str, Factor] = {}) -> str:
    """What a file holds: ``1 cramp, 12 readings of hydration``.

    Keys are kinds of record and factors.
    """
    return ", ".join(_counted(kind, many, own) for kind, many in sorted(counts.items()))


def _counted(kind: str, many: int, own: Mapping[str, Factor]) -> str:
    if kind in KINDS:
        return counted(many, *KINDS[kind])
    label = own[kind].label if kind in own else LABELS.get(kind, kind).lower()
    return counted(many, f"reading of {label}", f"readings of {label}")
