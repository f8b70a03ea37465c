"""Errors that a person can act on.

Each one writes a whole sentence with place, value and remedy.
"""

from __future__ import annotations


class LegcareError(Exception):
    """Something is wrong that a person can put right.

    ``str(error)`` is the sentence shown to them.
    """


class BadFile(LegcareError):
    """A file cannot be read at all.

    What it seems to be, why it was refused and what to do instead.
    """


class BadRecord(LegcareError):
    """One entry cannot be kept as it stands.

    Which field, which value and what would be accepted.
    """


class BadTime(BadRecord):
    """A clock time that does not exist at that place, or cannot be understood.

    A time does not exist where clocks went forward.
    """


class BadNumber(BadRecord):
    """What was typed is no number, or lies outside what may be entered."""


class BadFactor(LegcareError):
    """A factor that is not known, or whose definition contradicts itself."""


class BadSetting(LegcareError):
    """A setting (environment variable or preference) has a value that cannot be used."""


class StorageError(LegcareError):
    """The log could not be read or written; nothing was half-kept."""


class Unreachable(StorageError):
    """The database is busy, down or gives no answer for now; the same may work in a moment."""


class NotAllowed(LegcareError):
    """The person who is looking may not see or change this."""
