"""Calendar files: all-day entries and weekly repeated ones, each with a reminder.

Times are floating local times, so a reminder at 20:00 rings at 20:00 wherever the person is. The
form (RFC 5545: escaping, folding, recurrence rules) is the library's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Alarm, Event

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Entry:
    """One all-day calendar entry over both days named.

    ``remind_at`` rings on every day of it, if given.
    """

    uid: str
    first_day: date
    last_day: date
    title: str
    text: str = ""
    remind_at: time | None = None


@dataclass(frozen=True)
class Series:
    """An entry that comes back every week on the ``weekdays``, so many ``times`` in all.

    0 is Monday.

    ``begins`` is naive: the wall clock of wherever the person is. It must fall on one of the
    weekdays.
    """

    uid: str
    begins: datetime
    minutes: int
    weekdays: tuple[int, ...]
    times: int
    title: str
    text: str = ""
    remind_before: int | None = None


def calendar(entries: Iterable[Entry | Series], *, name: str, stamp: datetime) -> str:
    """The whole calendar as text with CRLF line ends; ``stamp`` is the aware moment it was made."""
    # Half a second to import: only a download pays for it.
    from icalendar import Calendar, Event, vText

    whole = Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", "-//legcare//legcare//EN")
    whole.add("calscale", "GREGORIAN")
    whole.add("x-wr-calname", vText(name))
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("summary", _printable(entry.title))
        if entry.text:
            event.add("description", _printable(entry.text))
        if isinstance(entry, Series):
            _repeat(event, entry, stamp)
        else:
            _span(event, entry)
        whole.add_component(event)
    return bytes(whole.to_ical()).decode("utf-8")


def _printable(text: str) -> str:
    """Text without control characters, which no calendar line may hold."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))


def _span(event: Event, entry: Entry) -> None:
    """Whole days, with a reminder from the start of the first, repeated daily to the last."""
    event.add("dtstart", entry.first_day)
    event.add("dtend", entry.last_day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if entry.remind_at is None:
        return
    after = timedelta(hours=entry.remind_at.hour, minutes=entry.remind_at.minute)
    alarm = _reminder(entry, after)
    repeats = (entry.last_day - entry.first_day).days
    if repeats:
        alarm.add("repeat", repeats)
        alarm.add("duration", timedelta(days=1))
    event.add_component(alarm)


def _repeat(event: Event, series: Series, stamp: datetime) -> None:
    """The sequence number grows with every minute: a calendar takes the later file."""
    weekdays = [DAYS[day] for day in series.weekdays]
    rule = {"freq": "weekly", "wkst": "MO", "byday": weekdays, "count": series.times}
    event.add("sequence", int(stamp.timestamp() // 60))
    event.add("dtstart", series.begins)
    event.add("duration", timedelta(minutes=series.minutes))
    event.add("rrule", rule)
    if series.remind_before is not None:
        event.add_component(_reminder(series, -timedelta(minutes=series.remind_before)))


def _reminder(entry: Entry | Series, trigger: timedelta) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _printable(entry.title))
    alarm.add("trigger", trigger)
    return alarm
