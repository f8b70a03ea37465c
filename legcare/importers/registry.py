"""The formats that legcare reads.

A format is a declaration: how to know a file by its content, and how to read it.

To add one, write a module with a ``FORMAT`` and name it in ``FORMATS``:
``docs/adding-a-format.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from zoneinfo import ZoneInfo

from legcare.importers.cells.dates import Order
from legcare.importers.result import Problem
from legcare.importers.source import Peek, Source
from legcare.records import Factor, Record


@dataclass(frozen=True)
class Asked:
    """What the person says about a file.

    The zone of naive times, which of their words mean cramp or massage, the order of day and month.
    """

    zone: ZoneInfo
    words: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None


@dataclass(frozen=True)
class Extract:
    """What a format read.

    Records, what it could not keep, remarks for the summary, factors the file defines.

    ``claims`` are names of other files in the same zip that tell the same things and need not be
    read, or ``*.ending`` for all of an ending. ``continued`` says that a day's sum may go on in the
    next file of the same zip, so that the two are added. ``words`` are a diary's own words that
    were not taken for cramps or massages, with how often each stands there; ``named`` are all its
    words, taken or not. ``undecided`` are the questions that the file leaves open.
    """

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    own_factors: tuple[Factor, ...] = ()
    claims: frozenset[str] = frozenset()
    continued: bool = False
    words: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)
    undecided: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Format:
    """One kind of file.

    ``recognise`` looks at the beginning and says in words why the file is of this kind, or None; it
    never trusts the name. ``extract`` reads it. ``package`` formats take a zip whole (their peek
    has ``members``) instead of one member.
    """

    key: str
    label: str
    recognise: Callable[[Peek], str | None]
    extract: Callable[[Source, Asked], Extract]
    package: bool = False


_MODULES = (
    "apple.health",
    "programs.strava",
    "programs.garmin",
    "programs.fit",
    "programs.fitbit",
    "programs.fitbit_tables",
    "programs.samsung",
    "programs.health_connect",
    "programs.bearable",
    "programs.daylio",
    "programs.loop",
    "programs.habitbull",
    "programs.nomie",
    "programs.waterminder",
    "programs.whoop",
    "programs.sleep_apps",
    "programs.withings",
    "programs.oura",
    "programs.zepp",
    "programs.gym",
    "programs.training",
    "programs.tracks",
    "programs.health_auto_export",
    "programs.polar",
    "programs.track_graph",
    "programs.backups",
)
_LAST_RESORT = "legcare.importers.lastresort"


@cache
def formats() -> tuple[Format, ...]:
    """Every device and diary format, in the order in which they are asked."""
    found: list[Format] = []
    for name in _MODULES:
        found += import_module(f"legcare.importers.{name}").FORMATS
    return tuple(found)


@cache
def fallbacks() -> tuple[Format, ...]:
    """Formats asked only where no other knows the file: legcare's own archive, and any table."""
    return tuple(import_module(_LAST_RESORT).FORMATS)


def recognised(source: Source, among: tuple[Format, ...]) -> tuple[Format, str] | None:
    """The first format that knows the file, with its reason in words."""
    zipped = bool(source.members)
    for form in among:
        if form.package is zipped and (why := form.recognise(source.peek)):
            return form, why
    return None
