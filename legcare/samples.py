"""The three invented people whose logs anyone may explore. Nothing in them happened to anyone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from legcare.errors import BadFile
from legcare.records import ANY_RECORD, Log, Record, calendar_days

FOLDER = Path(__file__).resolve().parents[1] / "sample_data"


@dataclass(frozen=True)
class TrueEffect:
    """What acts on an invented person's cramps.

    The rate of cramps is ``rate_ratio`` times as high ``per`` so much.
    """

    factor: str
    lag: int
    rate_ratio: float
    per: str


@dataclass(frozen=True)
class SamplePerson:
    """One invented person.

    ``about`` is their story, ``massage`` says what massage truly does to their cramps, ``truth`` is
    all that the script that made the log put into it.
    """

    key: str
    name: str
    about: str
    massage: str
    days: int
    truth: tuple[TrueEffect, ...]


@cache
def people() -> tuple[SamplePerson, ...]:
    """Everyone whose log can be explored.

    Raises ``BadFile`` where the sample files are not beside the program.
    """
    told: Mapping[str, Mapping[str, Any]] = json.loads(_content("truth.json"))["people"]
    return tuple(
        SamplePerson(
            key=key,
            name=said["name"],
            about=said["about"],
            massage=said["massage"],
            days=said["days"],
            truth=tuple(TrueEffect(**effect) for effect in said["effects_on_cramps"]),
        )
        for key, said in told.items()
    )


@cache
def load(key: str) -> Log:
    """The log of one invented person. Raises ``BadFile`` for a person who is not there."""
    known = tuple(person.key for person in people())
    if key not in known:
        raise BadFile(f"There is no sample log called {key!r}; choose one of {', '.join(known)}.")
    return Log.of(
        ANY_RECORD.validate_python(record, strict=False)
        for record in json.loads(_content(f"{key}.json"))
    )


def load_until(key: str, last: date) -> Log:
    """The same log, moved by whole days so that its last day is ``last``."""
    log = load(key)
    days = last - max(max(calendar_days(record)) for record in log.records)
    return Log.of(_moved(record, days) for record in log.records)


def _moved(record: Record, days: timedelta) -> Record:
    names = [name for name in ("at", "day", "first_day", "last_day") if hasattr(record, name)]
    moved = {name: getattr(record, name) for name in names}
    return record.model_copy(update={name: value and value + days for name, value in moved.items()})


def _content(name: str) -> str:
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except OSError:
        raise BadFile(
            f"The sample file {name} is missing from {FOLDER.name}; `make sample` makes it again."
        ) from None
