"""What a format gathers while it reads row by row.

A bad row becomes a problem, the rest goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from legcare.errors import BadFile, BadTime
from legcare.importers.cells.clocks import ANCHORS
from legcare.importers.cells.dates import Order, order_of
from legcare.importers.cells.diary import doubtful, kind_of, method_of
from legcare.importers.cells.instants import NO_TIME, iso_parts, wall
from legcare.importers.cells.legs import leg_of
from legcare.importers.cells.words import workout_kind
from legcare.importers.counted import counted
from legcare.importers.daily import DayValues
from legcare.importers.registry import Asked, Extract
from legcare.importers.result import Problem
from legcare.records import Clock, Cramp, Event, Massage, Record, TrackedSpan, Workout, imported_id

MOST_PROBLEMS = 200
HOPELESS = 5_000


class Harvest:
    """Records, problems and remarks of one file. ``key`` and ``label`` are those of its format."""

    def __init__(self, file: str, key: str, label: str) -> None:
        self._file, self._key, self.label = file, key, label
        self._records: dict[object, Record] = {}
        self._doubtful: dict[str, int] = {}
        self._words: Counter[str] = Counter()
        self._named: Counter[str] = Counter()
        self.values = DayValues(file, key)
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.claims: set[str] = set()
        self.continued = False
        self.undecided: set[str] = set()
        self._good = self._bad = 0

    @contextmanager
    def row(self, line: int | None, value: str = "") -> Iterator[None]:
        """Whatever goes wrong inside is this row's problem only."""
        try:
            yield
            self._good += 1
        except ValidationError as error:
            first = error.errors()[0]
            self._bad_row(
                f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}", line, value
            )
        except (ValueError, BadTime, ArithmeticError) as error:
            self._bad_row(str(error), line, value)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            self._bad_row(f"The row is not of the expected shape ({error}).", line, value)

    def _bad_row(self, reason: str, line: int | None, value: str) -> None:
        self._bad += 1
        self.problem(reason, line, value)
        if self._bad > HOPELESS and self._bad > 10 * self._good:
            raise BadFile(
                f"{self._file} begins like a {self.label} file, but hardly a row of it can be read."
                f" The first one: {self.problems[0]}"
            )

    def problem(
        self, reason: str, line: int | None = None, value: str = "", *, kept: bool = False
    ) -> None:
        """Something that is not kept (or was changed).

        Beyond 200 they are not listed one by one.
        """
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(
                Problem(self._file, reason[:400], row=line, value=value[:80], kept=kept)
            )

    def note(self, sentence: str) -> None:
        """A remark for the summary, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def wall(self, naive: datetime, zone: ZoneInfo) -> datetime:
        """A naive time as read in ``zone``; what a change of the clocks made of it is told."""
        at, remark = wall(naive, zone)
        if remark:
            self.problem(remark, value=f"{naive:%Y-%m-%d %H:%M}", kept=True)
        return at

    def iso(self, text: str, zone: ZoneInfo) -> datetime:
        """An ISO 8601 time; without an offset it is read in ``zone``."""
        read = iso_parts(text)
        return self.wall(read, zone) if read.tzinfo is None else read

    def sometime(self, day: date, zone: ZoneInfo, clock: Clock = Clock.UNKNOWN) -> datetime:
        """Where an event stands of which the file gives only the day, or a part of it."""
        if clock is Clock.UNKNOWN:
            self.note(NO_TIME)
        return wall(datetime.combine(day, ANCHORS[clock]), zone)[0]

    def no_cramps(self, day: date) -> None:
        """A day on which the diary says that there was no cramp."""
        name = imported_id(self._key, "span", day)
        span = TrackedSpan(id=name, first_day=day, last_day=day, source=self.label)
        self._records.setdefault(name, span)

    def event(
        self,
        name: str,
        at: datetime,
        own: Mapping[str, str],
        *,
        severity: float | None = None,
        minutes: float | None = None,
        note: str = "",
        clock: Clock = Clock.EXACT,
    ) -> bool:
        """A cramp or massage, if the diary's word for it means one. Says whether it did."""
        kind = kind_of(name, own)
        self._named[" ".join(name.split())[:100]] += 1
        if kind is None:
            self._words[" ".join(name.split())[:100]] += 1
            if doubtful(name, own):
                word = " ".join(name.split())[:60]
                self._doubtful[word] = self._doubtful.get(word, 0) + 1
            return False
        identity = imported_id(self._key, kind, at.astimezone(UTC))
        told = "; ".join(part for part in (" ".join(name.split()), note) if part)[:10_000]
        if kind == "massage":
            self._keep(
                Massage(
                    id=identity,
                    at=at,
                    clock=clock,
                    minutes=minutes,
                    method=method_of(name),
                    note=told,
                    source=self.label,
                )
            )
            return True
        muscle, side = leg_of(name)
        self._keep(
            Cramp(
                id=identity,
                at=at,
                clock=clock,
                severity=severity,
                minutes=minutes,
                muscle=muscle,
                side=side,
                note=told,
                source=self.label,
            )
        )
        return True

    def workout(
        self,
        at: datetime,
        minutes: float | None,
        activity: str,
        *,
        effort: float | None = None,
        note: str = "",
        clock: Clock = Clock.EXACT,
        km: float | None = None,
    ) -> None:
        """One workout; ``activity`` is the file's word for its kind.

        Where no clock time is known, a second of a day is another one.
        """
        kind, text = workout_kind(activity)
        moment = imported_id(self._key, "workout", at.astimezone(UTC), activity)
        number = 2
        while not clock.timed and moment in self._records:
            moment = imported_id(self._key, "workout", at.astimezone(UTC), activity, number)
            number += 1
        rounded = None if minutes is None else round(minutes, 4)
        self._keep(
            Workout(
                id=moment,
                at=at,
                clock=clock,
                minutes=rounded,
                distance_km=round(km, 4) if km else None,
                kind=kind,
                kind_text=text,
                effort=effort,
                note=note[:10_000],
                source=self.label,
            )
        )

    def value(self, factor: str, day: object, value: float | None, source: str = "") -> None:
        """A measurement of a factor on a day; None is nothing."""
        if value is not None:
            self.values.add(factor, source or self.label, day, value)  # type: ignore[arg-type]

    def order(self, cells: Iterable[str], asked: Asked) -> Order:
        """The order of day and month in the file's dates: by themselves, or as the person says.

        Where neither does, day first is assumed, said, and asked about.
        """
        settled = order_of(cells)
        if settled.order is not None or not settled.needed:
            return settled.order or Order.DMY
        if asked.order is None:
            self.undecided.add("date order")
            self.note(f"Assumed, for the file does not say: {Order.DMY.label}.")
        return asked.order or Order.DMY

    def extract(self) -> Extract:
        """All of it, in the shape that the registry wants."""
        readings = self.values.readings()
        problems = (*self.problems, *self.values.problems[:MOST_PROBLEMS])
        return Extract(
            (*self._records.values(), *readings),
            problems,
            (*self.notes, *self._asked()),
            claims=frozenset(self.claims),
            continued=self.continued,
            words=dict(self._words),
            named=dict(self._named),
            undecided=frozenset(self.undecided),
        )

    def _keep(self, record: Record) -> None:
        if record.id in self._records:
            told = f"{record.at:%Y-%m-%d %H:%M}" if isinstance(record, Event) else ""
            self.problem(f"A second {record.type} at the same moment: it is kept once.", value=told)
            return
        self._records[record.id] = record

    def _asked(self) -> list[str]:
        if not self._doubtful:
            return []
        said = ", ".join(
            f"“{name}” ({counted(count, 'time')})"
            for name, count in list(self._doubtful.items())[:20]
        )
        return [
            f"Not taken for leg cramps or leg massages: {said}. If they are, add them as your own"
            " words."
        ]
