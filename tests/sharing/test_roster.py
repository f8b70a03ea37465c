"""The roster: from granted records only, those who need a look first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from legcare.analysis.frequency import rate_of
from legcare.records import Cramp, Log, Preferences, Reading, TrackedSpan
from legcare.sharing import Given, Grant, Guest, RosterLine, Sharing
from legcare.sharing.roster import by_need, roster_line
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook

TODAY = date(2026, 5, 31)
SPAN = TrackedSpan(first_day="2026-01-01", last_day=TODAY)
SEEN = datetime(2026, 5, 20, tzinfo=UTC)


def cramp(days_ago: int, made: datetime = SEEN) -> Cramp:
    day = TODAY - timedelta(days=days_ago)
    return Cramp(at=datetime(day.year, day.month, day.day, 21, tzinfo=UTC), created_at=made)


def line(*records: object, seen: datetime | None = SEEN, **terms: object) -> RosterLine:
    given = Given(grant=Grant(**terms))  # type: ignore[arg-type]
    return roster_line(given, Log(tuple(records)), Preferences(), today=TODAY, seen=seen)  # type: ignore[arg-type]


def test_now_against_before_in_cramps_a_week() -> None:
    found = line(
        SPAN, *(cramp(ago) for ago in (0, 3, 27)), *(cramp(ago) for ago in (28, 55)), cramp(56)
    )
    assert (found.now.value, found.now.n_days, found.now.n_events) == (3 / 4, 28, 3)
    assert (found.before.value, found.before.n_days, found.before.n_events) == (2 / 4, 28, 2)
    reference = rate_of(*_counts([0, 3, 27]))
    assert (found.now.low, found.now.high) == (reference.low, reference.high)
    assert found.last_entry == TODAY
    assert found.why == ()


def _counts(days_ago: list[int]) -> tuple[object, float]:
    import numpy as np

    y = np.zeros(28)
    y[[27 - ago for ago in days_ago]] = 1
    return y, 1.0


def test_days_that_were_not_tracked_are_no_days_without_cramps() -> None:
    found = line(TrackedSpan(first_day=TODAY - timedelta(days=9), last_day=TODAY), cramp(1))
    assert found.now.n_days == 10
    assert not found.before.shown


def test_a_clear_rise_and_silence_need_a_look() -> None:
    rising = line(SPAN, *(cramp(ago) for ago in range(0, 28, 1)), cramp(30), name="Rising")
    quiet = line(SPAN, cramp(20), name="Quiet")
    silent = line(SPAN, name="Silent")
    steady = line(SPAN, cramp(2), cramp(30), name="Steady")
    assert rising.why == (
        "More cramps than in the four weeks before, beyond what chance explains.",
    )
    assert quiet.why == ("No entry for 20 days.",)
    assert (silent.why, silent.last_entry) == (("No entry in eight weeks.",), None)
    ordered = [each.grant.name for each in by_need([steady, silent, quiet, rising])]
    assert ordered == ["Rising", "Quiet", "Silent", "Steady"]


@pytest.mark.parametrize(
    ("seen", "new"), [(None, 3), (SEEN, 1), (datetime(2026, 6, 1, tzinfo=UTC), 0)]
)
def test_new_entries_are_those_made_since_the_last_visit(seen: datetime | None, new: int) -> None:
    later = SEEN + timedelta(days=1)
    hidden = Reading(day=TODAY, factor="stress", value=1, created_at=later)
    assert line(SPAN, cramp(1, later), cramp(2), cramp(3), hidden, seen=seen).new == new


def test_only_what_was_shared_is_counted() -> None:
    found = line(SPAN, cramp(1), kinds=("massage",))
    assert (found.now.shown, found.last_entry, found.new) == (False, None, 0)
    early = line(SPAN, cramp(1), cramp(10), last_day=TODAY - timedelta(days=5))
    assert (early.now.n_events, early.now.n_days, early.last_entry) == (
        1,
        23,
        TODAY - timedelta(days=10),
    )


def test_a_coach_gets_a_line_for_each_log_that_is_shared(database: Database) -> None:
    for name in ("anna", "berta", "carla"):
        person = database.person("club", name)
        Logbook(database, person).keep([SPAN, cramp(1), cramp(70)], label="log")
        Sharing(database, person).share(
            Grant(name=name, email="coach@example.org" if name != "carla" else None)
        )
    lines = Guest(database, "coach@example.org").roster(TODAY)
    assert [(each.grant.name, each.now.n_events, each.last_entry) for each in lines] == [
        ("anna", 1, TODAY - timedelta(days=1)),
        ("berta", 1, TODAY - timedelta(days=1)),
    ]
    assert Guest(database, "other@example.org").roster(TODAY) == ()


def test_a_line_drawn_before_is_drawn_anew_only_when_something_changed(database: Database) -> None:
    person = database.person("club", "anna")
    logbook, sharing = Logbook(database, person), Sharing(database, person)
    logbook.keep([SPAN, cramp(1)], label="log")
    link = sharing.share(Grant(name="anna", email="coach@example.org"))
    guest, known = Guest(database, "coach@example.org"), {}
    (first,) = guest.roster(TODAY, known)
    assert guest.roster(TODAY, known)[0] is first
    logbook.keep([cramp(0)], label="one more")
    assert guest.roster(TODAY, known)[0].now.n_events == 2
    assert guest.roster(TODAY - timedelta(days=1), known)[0].now.n_events == 1
    guest.enter(link.grant.id)
    assert guest.roster(TODAY, known)[0].given.opened_at is not None
    assert Guest(database, "other@example.org").roster(TODAY, known) == ()
    sharing.revoke(link.grant.id)
    assert guest.roster(TODAY, known) == ()
