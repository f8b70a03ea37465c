"""Calendar files that any calendar program can read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from legcare.reports.calendar import Entry, calendar

STAMP = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


def test_an_entry_has_exclusive_end_text_and_reminder() -> None:
    entry = Entry(
        "block-1@legcare",
        date(2026, 1, 5),
        date(2026, 1, 11),
        "Block 1 of 12",
        "A, or B; who knows",
        time(20),
    )
    lines = calendar([entry], name="Experiment", stamp=STAMP).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20260105" in lines
    assert "DTEND;VALUE=DATE:20260112" in lines
    assert "DTSTAMP:20260105T093000Z" in lines
    assert "DESCRIPTION:A\\, or B\\; who knows" in lines
    alarm = lines[lines.index("BEGIN:VALARM") : lines.index("END:VALARM")]
    assert {"TRIGGER:PT20H", "REPEAT:6", "DURATION:P1D"} <= set(alarm)


def written(text: str) -> str:
    entry = Entry("a@legcare", date(2026, 1, 5), date(2026, 1, 5), "Title", text)
    return calendar([entry], name="Experiment", stamp=STAMP)


def test_own_words_cannot_break_out_of_their_line() -> None:
    lines = written("a\\b;c,d\ne\r\nEND:VEVENT\x07").split("\r\n")
    assert "DESCRIPTION:a\\\\b\\;c\\,d\\ne\\nEND:VEVENT" in lines
    assert lines.count("END:VEVENT") == 1


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=400))
def test_a_text_comes_back_whole_from_lines_of_75_octets(text: str) -> None:
    found = written(text)
    assert all(len(line.encode("utf-8")) <= 75 for line in found.split("\r\n"))
    (event,) = Calendar.from_ical(found).walk("VEVENT")
    assert str(event["description"]) == text
