"""What a file holds, in words that fit the number."""

from __future__ import annotations

from legcare.importers.counted import counted, kinds_counted
from legcare.records import DecimalSign, Factor, Formats, written


def test_one_is_singular_and_stretches_of_days_are_not_called_days() -> None:
    counts = {"cramp": 2, "massage": 1, "tracked_span": 3, "workout": 1}
    assert kinds_counted(counts) == "2 cramps, 1 massage, 3 stretches of tracked days, 1 workout"
    assert kinds_counted({"tracked_span": 1}) == "1 stretch of tracked days"


def test_readings_are_named_by_their_factor() -> None:
    own = {"own_socks": Factor(key="own_socks", label="Compression socks", unit="h", own=True)}
    said = kinds_counted({"hydration_ml": 1, "own_socks": 12, "reading": 2, "unheard_of": 1}, own)
    assert (
        said == "1 reading of hydration, 12 readings of Compression socks, 2 readings, 1 reading of"
        " unheard_of"
    )


def test_large_counts_are_grouped_as_the_reader_groups_them() -> None:
    assert counted(12345, "day") == "12,345 days"
    with written.used(Formats(decimal=DecimalSign.COMMA)):
        assert counted(12345, "entry", "entries") == "12\u202f345 entries"
