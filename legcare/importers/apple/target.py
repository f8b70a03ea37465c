"""What is kept of Apple's elements while they stream by: sums per day, spans of sleep, workouts.

The calls per element decide how fast an export is read, so they are plain and flat on purpose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from legcare.importers.apple import units as apple
from legcare.importers.result import Problem

Attributes = dict[str, str]
MOST_CACHED = 50_000
MOST_PROBLEMS = 200
HUGE = 1e9
_RESUME = "legcare-resume"


@dataclass
class AppleWorkout:
    """A workout's own attributes and those of its direct children."""

    attributes: Attributes
    zone: ZoneInfo
    statistics: list[Attributes] = field(default_factory=list)


class Days:
    """The local day of a printed instant. Apple prints the export's offset, not the sample's."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._hours: dict[str, int | tuple[str, int, int]] = {}

    def instant(self, printed: str) -> datetime:
        """``2026-05-14 07:30:00 +0200`` as an instant on the clock of this zone.

        ``ValueError`` where it is none.
        """
        if len(printed) != 25 or printed[10] != " ":
            raise ValueError(f"{printed[:40]!r} is no time like 2026-05-14 07:30:00 +0200")
        try:
            read = datetime.fromisoformat(printed[:19] + printed[20:])
            if not 1900 < read.year < 2200:
                raise ValueError(f"{printed[:40]!r} lies outside the years 1900 to 2200")
            return read.astimezone(self.zone)
        except OverflowError as error:
            raise ValueError(f"{printed[:40]!r} is no time") from error

    def of(self, printed: str) -> int:
        """The day's ordinal. One hour's records ask the zone only once."""
        known = self._hours.get(printed[:13] + printed[19:])
        if known is None:
            known = self._hour(printed)
        if type(known) is int:
            return known
        minute, before, after = known  # type: ignore[misc]
        return after if printed[14:16] >= minute else before

    def _hour(self, printed: str) -> int | tuple[str, int, int]:
        self.instant(printed)
        start = self.instant(printed[:13] + ":00:00" + printed[19:])
        first = self._after(start, 0)
        known: int | tuple[str, int, int] = first
        if (last := self._after(start, 59)) != first:
            minute = next(minute for minute in range(60) if self._after(start, minute) == last)
            known = (f"{minute:02}", first, last)
        if len(self._hours) > MOST_CACHED:
            self._hours.clear()
        self._hours[printed[:13] + printed[19:]] = known
        return known

    def _after(self, start: datetime, minutes: int) -> int:
        return (
            (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(self.zone).toordinal()
        )


class AppleTarget:
    """Listens to the elements of one export."""

    def __init__(self, zone: ZoneInfo, name: str) -> None:
        self.name = name
        self._own = self._days = Days(zone)
        self._zones: dict[str, Days] = {}
        self._inside = ""
        self._pending: tuple[Callable[[Attributes], None], Attributes] | None = None
        self._workout: AppleWorkout | None = None
        self._handlers: dict[str | None, Callable[[Attributes], None]] = {
            **dict.fromkeys(apple.SUMMED, self._sum),
            **dict.fromkeys(apple.SINGLE, self._single),
            apple.SLEEP: self._sleep,
            apple.STAND: self._stand,
        }
        self.ended = False
        self.wanted = (*(kind for kind in self._handlers if kind), _RESUME)
        self.sums: dict[tuple[str, str, str, int], float] = {}
        self.singles: list[tuple[datetime, str, str, str, float]] = []
        self.sleep: dict[tuple[str, bool], list[tuple[datetime, datetime]]] = {}
        self.stood: Counter[tuple[str, int]] = Counter()
        self.workouts: list[AppleWorkout] = []
        self.activity: list[Attributes] = []
        self.unused: dict[str, int] = {}
        self.problems: list[Problem] = []

    def start(self, tag: str, attrib: Attributes) -> None:
        """An element begins.

        Records inside a Correlation stand again at the top, so there they are passed over.
        """
        if tag == "Record":
            if self._inside:
                return
            kind = attrib.get("type", "")
            handler = self._handlers.get(kind)
            if handler is None:
                self.unused[kind] = self.unused.get(kind, 0) + 1
            else:
                self._pending = handler, attrib
        elif tag == "MetadataEntry":
            if self._pending is not None or self._inside:
                self._metadata(attrib)
        elif tag == "WorkoutStatistics":
            if self._workout is not None and self._inside == "Workout":
                self._workout.statistics.append(attrib)
        elif tag == "Workout":
            self._begin_workout(attrib)
        elif tag in ("Correlation", "WorkoutActivity"):
            self._inside = tag
        elif tag == "ActivitySummary":
            self.activity.append(attrib)

    def end(self, tag: str) -> None:
        """An element ends: a record is whole now, with the zone it may name."""
        if tag == "Record":
            if self._pending is not None and not self._inside:
                handler, attrib = self._pending
                self._pending = None
                try:
                    handler(attrib)
                except (ValueError, KeyError) as error:
                    self._complain(attrib, error)
                self._days = self._own
        elif tag == "Workout":
            self._end_workout()
        elif tag == "Correlation":
            self._inside = ""
        elif tag == "WorkoutActivity":
            self._inside = "Workout" if self._workout is not None else ""
        elif tag == "HealthData":
            self.ended = True

    def passed(self, kind: str, count: int) -> None:
        """Records that the stream took out because nobody wants them."""
        self.unused[kind] = self.unused.get(kind, 0) + count

    def close(self) -> None:
        """The parser is done; nothing to tidy."""

    def finish(self) -> None:
        """What was open when the file broke off had all of its own attributes, so it counts."""
        self._inside = "" if self._inside == "Correlation" else self._inside
        self.end("Record")
        self._end_workout()

    def resume(self) -> bytes:
        """The elements that are open here, for a parser that begins again after a broken place."""
        opened = b"<HealthData>"
        if self._workout is not None:
            opened += b'<Workout workoutActivityType="' + _RESUME.encode() + b'">'
        if self._inside in ("Correlation", "WorkoutActivity"):
            opened += b"<" + self._inside.encode() + b">"
        if self._pending is not None:
            handler, attrib = self._pending
            self._handlers[_RESUME] = lambda _: handler(attrib)
            opened += b'<Record type="' + _RESUME.encode() + b'">'
        return opened

    def _begin_workout(self, attrib: Attributes) -> None:
        if attrib.get("workoutActivityType") == _RESUME:
            self._inside = "Workout"
            return
        self._inside = "Workout"
        self._workout = AppleWorkout(attrib, self._own.zone)

    def _end_workout(self) -> None:
        if self._workout is not None:
            self.workouts.append(self._workout)
        self._workout, self._inside = None, ""

    def _metadata(self, attrib: Attributes) -> None:
        if attrib.get("key") != "HKTimeZone":
            return
        name = attrib.get("value", "")
        try:
            days = self._zones.get(name) or Days(ZoneInfo(name))
        except (KeyError, ValueError, OSError):
            return
        self._zones[name] = days
        if self._workout is not None:
            self._workout.zone = days.zone
        elif self._pending is not None:
            self._days = days

    def _complain(self, attrib: Attributes, error: Exception) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            said = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            kind = attrib.get("type", "").rpartition("Identifier")[2]
            self.problems.append(
                Problem(self.name, said, column=kind, value=attrib.get("value", "")[:60])
            )

    def _sum(self, attrib: Attributes) -> None:
        value = float(attrib["value"])
        if not 0 <= value < HUGE:
            raise ValueError("no possible amount")
        key = (
            attrib["type"],
            attrib["sourceName"],
            attrib["unit"],
            self._days.of(attrib["startDate"]),
        )
        self.sums[key] = self.sums.get(key, 0.0) + value

    def _single(self, attrib: Attributes) -> None:
        value = float(attrib["value"])
        if not 0 < value < HUGE:
            raise ValueError("no possible value")
        at = self._days.instant(attrib["startDate"])
        self.singles.append((at, attrib["type"], attrib["sourceName"], attrib["unit"], value))

    def _sleep(self, attrib: Attributes) -> None:
        value = attrib["value"]
        if value in apple.ASLEEP or value == apple.IN_BED:
            span = self._days.instant(attrib["startDate"]), self._days.instant(attrib["endDate"])
            if not timedelta(0) <= span[1] - span[0] <= timedelta(hours=36):
                raise ValueError(
                    f"no possible sleep, from {attrib['startDate']} to {attrib['endDate']}"
                )
            self.sleep.setdefault((attrib["sourceName"], value != apple.IN_BED), []).append(span)

    def _stand(self, attrib: Attributes) -> None:
        if attrib["value"] == apple.STOOD:
            self.stood[attrib["sourceName"], self._days.of(attrib["startDate"])] += 1


def day_of(ordinal: int) -> date:
    """The date of a day's ordinal."""
    return date.fromordinal(ordinal)
