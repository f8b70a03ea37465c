"""What reading a file gives.

Everything that was read, and everything that was not, with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from legcare.records import Factor, Record


@dataclass(frozen=True)
class Problem:
    """Something in a file that will not be kept (or was changed).

    Where it stands, what it says and why.

    ``row`` is the line of a text file or the row of a sheet, counted from 1 as the person's program
    shows it; ``kept`` is true for a notice about a row that is kept all the same.
    """

    file: str
    reason: str
    row: int | None = None
    column: str = ""
    value: str = ""
    kept: bool = False

    def __str__(self) -> str:
        """The whole sentence, with place and value."""
        place = self.file if self.row is None else f"{self.file}, line {self.row}"
        where = f"{place}, column {self.column}" if self.column else place
        said = f": {self.value!r}" if self.value else ""
        return f"{where}{said}: {self.reason}"


@dataclass(frozen=True)
class Summary:
    """What a file was taken for and why, the days it spans, and how many of each thing."""

    format: str
    label: str
    why: str
    first_day: date | None = None
    last_day: date | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Import:
    """What a file gives. ``duplicates`` are the ids among ``records`` that the log already holds.

    ``own_factors`` are factors that the file defines and the registry does not know (from a legcare
    ZIP). ``words`` are all names that a diary's entries bear, taken for cramps or massages or not,
    with how often each stands there, most frequent first. ``undecided`` are the questions that the
    file leaves open, such as ``date order``.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    summary: Summary
    duplicates: frozenset[object] = frozenset()
    own_factors: tuple[Factor, ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)
    undecided: frozenset[str] = frozenset()
