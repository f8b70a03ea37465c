"""Planned massages in a calendar file, read back by dateutil.

A reader of recurrence rules that we did not write.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from legcare.commands.report import main
from legcare.reports.massages import BadPlan, MassagePlan, massage_calendar
from legcare.storage.database import Database

STAMP = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
TUESDAY = date(2026, 3, 10)


def a_plan(**changes: object) -> MassagePlan:
    given = {"weekdays": (0, 2, 4), "at": time(21), "first_day": TUESDAY, "weeks": 2}
    return MassagePlan(**(given | changes))  # type: ignore[arg-type]


def fields(text: str) -> dict[str, str]:
    """The content lines of the event, unfolded; the alarm's stand under ``ALARM-``."""
    found, alarm = {}, ""
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        alarm = {"BEGIN:VALARM": "ALARM-", "END:VALARM": ""}.get(line, alarm)
        found[alarm + name] = value
    return found


def moments(text: str) -> list[datetime]:
    """When the event happens, by dateutil."""
    event = fields(text)
    return list(
        rrulestr(event["RRULE"], dtstart=datetime.strptime(event["DTSTART"], "%Y%m%dT%H%M%S"))
    )


def test_it_repeats_on_the_chosen_days_at_the_time_of_the_place() -> None:
    text = massage_calendar(a_plan(), owner="me", stamp=STAMP)
    event = fields(text)
    assert event["DTSTART"] == "20260311T210000", "floating: neither a zone nor UTC"
    assert (event["DURATION"], event["SUMMARY"]) == ("PT10M", "Leg massage\\, 10 minutes")
    assert [each.day for each in moments(text)] == [11, 13, 16, 18, 20, 23]
    assert {each.time() for each in moments(text)} == {time(21)}
    assert (event["ALARM-TRIGGER"], event["ALARM-ACTION"]) == ("-PT10M", "DISPLAY")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == text.count("BEGIN:VALARM") == 1


@given(
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    first=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    weeks=st.integers(1, 60),
)
def test_every_planned_day_is_in_the_calendar_and_no_other(
    weekdays: set[int], first: date, weeks: int
) -> None:
    plan = a_plan(weekdays=tuple(weekdays), first_day=first, weeks=weeks)
    assert (
        tuple(each.date() for each in moments(massage_calendar(plan, owner="me", stamp=STAMP)))
        == plan.days
    )
    assert len(plan.days) == weeks * len(weekdays)
    assert all(first <= day < first + timedelta(weeks=weeks) for day in plan.days)


def test_a_later_file_takes_the_place_of_the_earlier_one_and_two_people_never_share_one() -> None:
    early, late = (
        fields(massage_calendar(plan, owner="me", stamp=at))
        for plan, at in ((a_plan(), STAMP), (a_plan(at=time(7)), STAMP + timedelta(hours=1)))
    )
    assert early["UID"] == late["UID"]
    assert int(late["SEQUENCE"]) > int(early["SEQUENCE"])
    assert fields(massage_calendar(a_plan(), owner="you", stamp=STAMP))["UID"] != early["UID"]


def test_without_a_reminder_there_is_no_alarm() -> None:
    assert "VALARM" not in massage_calendar(a_plan(remind_before=None), owner="me", stamp=STAMP)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weekdays": ()}, "No weekday is chosen. Choose at least one day of the week."),
        ({"weekdays": (7,)}, "There is no weekday 7. Monday is 0, Sunday is 6."),
        ({"minutes": 0}, "0 minutes cannot be planned. Give 1 to 240 minutes."),
        ({"weeks": 105}, "105 weeks cannot be planned. Give 1 to 104 weeks."),
        (
            {"remind_before": -5},
            "A reminder -5 minutes before cannot be set. Give 0 to 1440 minutes.",
        ),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_remedy(
    wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(BadPlan, match=re.escape(said)):
        a_plan(**wrong)


def test_it_is_said_in_words() -> None:
    assert (
        a_plan().sentence()
        == "6 massages of 10 minutes: every Monday, Wednesday and Friday, from 11 March 2026 to 23"
        " March 2026."
    )
    assert (
        a_plan(weekdays=(1,), weeks=1).sentence()
        == "1 massage of 10 minutes: Tuesday, 10 March 2026."
    )


def asked(tmp_path: Path, *more: str) -> tuple[int, Path]:
    address, out = f"sqlite:///{tmp_path / 'log.db'}", tmp_path / "massages.ics"
    Database.open(address)
    given = [
        "--from",
        address,
        "--out",
        str(tmp_path / "r.html"),
        "--parts",
        "calendar",
        "--massages",
        str(out),
    ]
    return main([*given, *more]), out


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = [
        "--weekdays",
        "tue",
        "sun",
        "--at",
        "07:30",
        "--minutes",
        "15",
        "--weeks",
        "3",
        "--first-day",
        "2026-03-10",
    ]
    code, out = asked(tmp_path, *more, "--remind", "-1")
    text = out.read_bytes().decode("utf-8")
    assert code == 0
    assert [f"{each:%a %d %H:%M}" for each in moments(text)][:2] == ["Tue 10 07:30", "Sun 15 07:30"]
    assert fields(text)["DURATION"] == "PT15M"
    assert "VALARM" not in text
    assert "6 massages of 15 minutes: every Tuesday and Sunday" in capsys.readouterr().out


def test_a_length_that_cannot_be_is_said_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = asked(tmp_path, "--minutes", "0")
    assert code == 1
    assert "0 minutes cannot be planned." in capsys.readouterr().err
    assert not out.exists()
