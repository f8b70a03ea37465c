"""Calendar files (iCalendar, RFC 5545).

All-day entries and weekly repeated ones, each with a reminder.

Times are floating local times, so a reminder at 20:00 rings at 20:00 wherever the person is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

LINE_OCTETS = 75
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


def escaped(text: str) -> str:
    """Text as RFC 5545 section 3.3.11 wants it.

    Backslash, semicolon, comma and line breaks written out.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in plain if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
    for character, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(character, written)
    return plain


def folded(line: str) -> str:
    """A content line cut into pieces of at most 75 octets, never inside a character.

    RFC 5545 section 3.1.
    """
    pieces, current, size = [], "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > LINE_OCTETS:
            pieces.append(current)
            current, size = " ", 1
        current, size = current + character, size + octets
    return "\r\n".join([*pieces, current])


def calendar(entries: Iterable[Entry | Series], *, name: str, stamp: datetime) -> str:
    """The whole calendar as text with CRLF line ends; ``stamp`` is the aware moment it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//legcare//legcare//EN",
        "CALSCALE:GREGORIAN",
    ]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for entry in entries:
        lines += _series(entry, stamp) if isinstance(entry, Series) else _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(entry: Entry, stamp: datetime) -> list[str]:
    when = [
        f"DTSTART;VALUE=DATE:{entry.first_day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.last_day + timedelta(days=1):%Y%m%d}",
        "TRANSP:TRANSPARENT",
    ]
    return _framed(entry, stamp, [*when, *_alarm(entry)])


def _series(series: Series, stamp: datetime) -> list[str]:
    """The sequence number grows with every minute: a calendar takes the later file."""
    weekdays = ",".join(DAYS[day] for day in series.weekdays)
    when = [
        f"SEQUENCE:{int(stamp.timestamp() // 60)}",
        f"DTSTART:{series.begins:%Y%m%dT%H%M%S}",
        f"DURATION:PT{series.minutes}M",
        f"RRULE:FREQ=WEEKLY;WKST=MO;BYDAY={weekdays};COUNT={series.times}",
    ]
    remind = series.remind_before
    return _framed(
        series, stamp, when if remind is None else [*when, *_reminder(series, f"-PT{remind}M")]
    )


def _framed(entry: Entry | Series, stamp: datetime, lines: list[str]) -> list[str]:
    """An event: what it is called, around when it is."""
    said = [
        f"SUMMARY:{escaped(entry.title)}",
        *([f"DESCRIPTION:{escaped(entry.text)}"] if entry.text else []),
    ]
    made = f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return ["BEGIN:VEVENT", f"UID:{escaped(entry.uid)}", made, *said, *lines, "END:VEVENT"]


def _reminder(entry: Entry | Series, trigger: str, *again: str) -> list[str]:
    said = f"DESCRIPTION:{escaped(entry.title)}"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", said, f"TRIGGER:{trigger}", *again, "END:VALARM"]


def _alarm(entry: Entry) -> list[str]:
    """A reminder counted from the start of the first day, repeated daily to the last."""
    if entry.remind_at is None:
        return []
    after = f"PT{entry.remind_at.hour}H{entry.remind_at.minute}M"
    repeats = (entry.last_day - entry.first_day).days
    again = [f"REPEAT:{repeats}", "DURATION:P1D"] if repeats else []
    return _reminder(entry, after, *again)
