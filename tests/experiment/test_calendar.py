"""Calendar files that any calendar program can read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from legcare.reports.calendar import Entry, calendar, escaped, folded

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
    assert lines[lines.index("TRIGGER:PT20H0M") :][:3] == [
        "TRIGGER:PT20H0M",
        "REPEAT:6",
        "DURATION:P1D",
    ]


def test_own_words_cannot_break_out_of_their_line() -> None:
    assert escaped("a\\b;c,d\ne\r\nEND:VEVENT\x07") == "a\\\\b\\;c\\,d\\ne\\nEND:VEVENT"


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=400))
def test_folding_is_undone_by_unfolding_and_keeps_to_75_octets(text: str) -> None:
    written = folded(text)
    assert written.replace("\r\n ", "") == text
    assert all(len(piece.encode("utf-8")) <= 75 for piece in written.split("\r\n"))
