"""Calendar files (iCalendar, RFC 5545): one all-day entry per event, with a reminder.

Times are floating local times, so a reminder at 20:00 rings at 20:00 wherever the person is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

LINE_OCTETS = 75


@dataclass(frozen=True)
class Entry:
    """One all-day calendar entry over both days named; ``remind_at`` rings on every day of it, if given."""

    uid: str
    first_day: date
    last_day: date
    title: str
    text: str = ""
    remind_at: time | None = None


def escaped(text: str) -> str:
    """Text as RFC 5545 section 3.3.11 wants it: backslash, semicolon, comma and line breaks written out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in plain if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
    for character, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(character, written)
    return plain


def folded(line: str) -> str:
    """A content line cut into pieces of at most 75 octets, never inside a character (RFC 5545 section 3.1)."""
    pieces, current, size = [], "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > LINE_OCTETS:
            pieces.append(current)
            current, size = " ", 1
        current, size = current + character, size + octets
    return "\r\n".join([*pieces, current])


def calendar(entries: Iterable[Entry], *, name: str, stamp: datetime) -> str:
    """The whole calendar as text with CRLF line ends; ``stamp`` is the aware moment it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//legcare//experiment//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for entry in entries:
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(entry: Entry, stamp: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.uid)}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{entry.first_day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.last_day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(entry.title)}",
        "TRANSP:TRANSPARENT",
    ]
    if entry.text:
        lines.append(f"DESCRIPTION:{escaped(entry.text)}")
    return [*lines, *_alarm(entry), "END:VEVENT"]


def _alarm(entry: Entry) -> list[str]:
    """A reminder counted from the start of the first day, repeated daily to the last."""
    if entry.remind_at is None:
        return []
    after = f"PT{entry.remind_at.hour}H{entry.remind_at.minute}M"
    repeats = (entry.last_day - entry.first_day).days
    again = [f"REPEAT:{repeats}", "DURATION:P1D"] if repeats else []
    said = f"DESCRIPTION:{escaped(entry.title)}"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", said, f"TRIGGER:{after}", *again, "END:VALARM"]
