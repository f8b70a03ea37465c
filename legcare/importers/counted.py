"""Counts in sentences."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: ``1 day``, ``2 days``, ``3 entries`` (plural given)."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
