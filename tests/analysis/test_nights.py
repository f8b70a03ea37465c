"""The nights of the first screen: counts of what was logged, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from xml.etree import ElementTree

from legcare.analysis.nights import Nights, last_nights
from legcare.charts.nights import night_strip
from legcare.charts.svg import Drawing
from legcare.days import day_table
from legcare.records import Cramp, Log, Mark, Massage, Reason, Record, TrackedSpan

START, TODAY = time(6), date(2026, 3, 10)
AT = datetime(2026, 3, 8, 2, 30, tzinfo=UTC)  # the night of the legcare day 7 March


def nights(*records: Record, today: date = TODAY) -> Nights:
    log = Log.of(records)
    days = day_table(log, day_start=START)
    found = last_nights(log, days, day_start=START, today=today)
    assert found is not None
    return found


def test_an_empty_log_has_no_nights() -> None:
    empty = Log()
    days = day_table(empty, day_start=START)
    assert last_nights(empty, days, day_start=START, today=TODAY) is None


def test_a_night_holds_what_was_logged_and_an_unlogged_one_nothing() -> None:
    found = nights(
        Cramp(at=AT, woke_me=True),
        Cramp(at=AT + timedelta(hours=1)),
        Massage(at=AT - timedelta(hours=5)),
        Massage(at=AT, reason=Reason.RELIEF),
        Mark(first_day=date(2026, 3, 9), name="water tablet"),
        TrackedSpan(first_day=date(2026, 3, 5), last_day=date(2026, 3, 5)),
    )
    by_day = {night.day.day: night for night in found.nights}
    assert list(by_day) == [5, 6, 7, 8, 9]
    seventh = by_day[7]
    assert (seventh.cramps, seventh.woke, seventh.massages, seventh.relief) == (2, 1, 1, 1)
    assert [night.day.day for night in found.logged] == [5, 7]
    assert (found.cramps, found.woken, by_day[9].marks) == (2, 1, "water tablet")


def test_today_stands_here_only_once_something_was_logged_on_it() -> None:
    span = TrackedSpan(first_day=date(2026, 3, 1), last_day=date(2026, 3, 9))
    assert nights(span).last.day == date(2026, 3, 9)
    assert nights(span, Cramp(at=datetime(2026, 3, 10, 9, tzinfo=UTC))).last.day == TODAY


def test_a_log_that_ended_long_ago_shows_its_newest_stretch_with_its_date() -> None:
    span = TrackedSpan(first_day=date(2025, 3, 1), last_day=date(2025, 6, 30))
    found = nights(span, Cramp(at=datetime(2025, 6, 20, 2, tzinfo=UTC)))
    assert found.stale
    assert (len(found.nights), found.last.day) == (28, date(2025, 6, 30))
    assert night_strip(found).sentence == (
        "1 cramp in 28 logged days. The log ends on 30 June 2025."
    )


def test_the_sentence_grows_with_the_log() -> None:
    first = nights(Cramp(at=AT + timedelta(days=1)), today=date(2026, 3, 9))
    assert night_strip(first).sentence.startswith("1 cramp in your first logged day.")
    span = TrackedSpan(first_day=date(2026, 3, 3), last_day=date(2026, 3, 9))
    week = nights(span, Cramp(at=AT, woke_me=True), Cramp(at=AT + timedelta(days=1)))
    assert night_strip(week).sentence == "2 cramps in 7 logged days. 1 night woke you."


def test_every_night_says_in_words_what_its_marks_show() -> None:
    chart = night_strip(
        nights(
            Cramp(at=AT, woke_me=True),
            Massage(at=AT - timedelta(hours=5)),
            Mark(first_day=date(2026, 3, 8), name="<b>shoes</b>"),
        )
    )
    assert isinstance(chart.figure, Drawing)
    root = ElementTree.fromstring(chart.figure.panels[0])
    words = [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert words == [
        "Saturday 7 March: 1 cramp, woke you, massage",
        "Sunday 8 March: not logged, so unknown, <b>shoes</b>",
        "Monday 9 March: not logged, so unknown",
    ]


def test_an_entry_dated_after_today_does_no_harm() -> None:
    found = nights(Cramp(at=AT + timedelta(days=30)), Cramp(at=AT))
    assert found.last.day == date(2026, 3, 9)
    alone = nights(Cramp(at=AT + timedelta(days=30)))
    assert len(alone.nights) == 1
