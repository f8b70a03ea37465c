"""What a format gathers while it reads row by row.

A bad row becomes a problem, the rest goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from pydantic import ValidationError

from legcare.errors import BadFile, BadTime
from legcare.importers.cells.diary import doubtful, kind_of, method_of, muscle_of, side_of
from legcare.importers.cells.sports import workout_kind
from legcare.importers.counted import counted
from legcare.importers.daily import DayValues
from legcare.importers.registry import Extract
from legcare.importers.result import Problem
from legcare.records import Cramp, Event, Massage, Record, Workout, imported_id

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

    def event(
        self,
        name: str,
        at: datetime,
        own: Mapping[str, str],
        *,
        severity: float | None = None,
        minutes: float | None = None,
        note: str = "",
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
                    minutes=minutes,
                    method=method_of(name),
                    note=told,
                    source=self.label,
                )
            )
            return True
        self._keep(
            Cramp(
                id=identity,
                at=at,
                severity=severity,
                minutes=minutes,
                muscle=muscle_of(name),
                side=side_of(name),
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
    ) -> None:
        """One workout; ``activity`` is the file's word for its kind."""
        kind, text = workout_kind(activity)
        moment = imported_id(self._key, "workout", at.astimezone(UTC), activity)
        rounded = None if minutes is None else round(minutes, 4)
        self._keep(
            Workout(
                id=moment,
                at=at,
                minutes=rounded,
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
