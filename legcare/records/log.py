"""A log: everything one person has recorded, with the factors they defined themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from legcare.errors import BadFactor
from legcare.records.built_in import BUILT_IN
from legcare.records.factors import Factor
from legcare.records.models import Cramp, Mark, Massage, Reading, Record, TrackedSpan, Workout


def _in_time(event: Cramp | Massage | Workout) -> tuple[datetime, UUID]:
    """The id settles ties, so that the order in which records come never changes a result."""
    return event.at, event.id


def _by_day(reading: Reading) -> tuple[date, str, datetime, UUID]:
    return reading.day, reading.factor, reading.created_at, reading.id


def _by_first_day(span: TrackedSpan) -> tuple[date, date, UUID]:
    return span.first_day, span.last_day, span.id


@dataclass(frozen=True)
class Log:
    """All records of one person in any order, own factors, and the preferred sources.

    A preferred source wins where two report one factor.

    ``preferred`` maps a factor key to its sources, best first; a source that is not named comes
    after those.
    """

    records: tuple[Record, ...] = ()
    own_factors: tuple[Factor, ...] = ()
    preferred: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @staticmethod
    def of(records: Iterable[Record], **rest: object) -> Log:
        """A log of the given records."""
        return Log(tuple(records), **rest)  # type: ignore[arg-type]

    @cached_property
    def cramps(self) -> tuple[Cramp, ...]:
        """Every cramp, in time order."""
        return tuple(sorted((r for r in self.records if isinstance(r, Cramp)), key=_in_time))

    @cached_property
    def massages(self) -> tuple[Massage, ...]:
        """Every massage, in time order."""
        return tuple(sorted((r for r in self.records if isinstance(r, Massage)), key=_in_time))

    @cached_property
    def workouts(self) -> tuple[Workout, ...]:
        """Every workout, in time order."""
        return tuple(sorted((r for r in self.records if isinstance(r, Workout)), key=_in_time))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every reading, by day."""
        return tuple(sorted((r for r in self.records if isinstance(r, Reading)), key=_by_day))

    @cached_property
    def spans(self) -> tuple[TrackedSpan, ...]:
        """Every tracked span, by first day."""
        return tuple(
            sorted((r for r in self.records if isinstance(r, TrackedSpan)), key=_by_first_day)
        )

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark, by first day."""
        return tuple(
            sorted(
                (r for r in self.records if isinstance(r, Mark)), key=lambda m: (m.first_day, m.id)
            )
        )

    @cached_property
    def factors(self) -> dict[str, Factor]:
        """Built-in factors and the person's own, by key."""
        return {factor.key: factor for factor in (*BUILT_IN, *self.own_factors)}

    def factor(self, key: str) -> Factor:
        """The factor with this key; raises ``BadFactor`` where there is none."""
        if key not in self.factors:
            raise BadFactor(f"There is no factor called {key!r} in this log.")
        return self.factors[key]

    def __len__(self) -> int:
        """Number of records."""
        return len(self.records)
