"""``/api/entries`` on the local server: who may write, what is refused, what is one entry."""

from __future__ import annotations

from datetime import timedelta

import pytest

from legcare.records import Cramp, Massage, Reading, TrackedSpan, new_id, now
from legcare.storage.logbook import Logbook
from legcare.ui.phone.pace import A_MINUTE, Pace
from tests.phone.conftest import Ask

ENTRIES = "/api/entries"


def test_the_shortest_entry_is_a_cramp_now(ask: Ask, logbook: Logbook) -> None:
    answer = ask("POST", ENTRIES, json={"type": "cramp"})
    assert answer.json() == {"result": "kept"}
    (cramp,) = logbook.log().records
    assert isinstance(cramp, Cramp)
    assert abs(cramp.at - now()) < timedelta(minutes=5)
    assert cramp.source == "entered"
    assert logbook.changes()[0].label.endswith("from this computer")


def test_every_kind_of_record_has_the_fields_that_the_importer_knows(
    ask: Ask, logbook: Logbook
) -> None:
    body = [
        {"type": "massage", "at": "2026-03-01T21:00+01:00", "minutes": 10, "areas": []},
        {"type": "reading", "day": "2026-03-01", "factor": "hydration_ml", "value": 1500},
        {"type": "tracked_span", "first_day": "2026-03-01", "last_day": "2026-03-02"},
        {"type": "mark", "first_day": "2026-03-01", "name": "New shoes", "kind": "shoes"},
    ]
    for each in body:
        assert ask("POST", ENTRIES, json=each).json() == {"result": "kept"}
    log = logbook.log()
    assert {type(record).__name__ for record in log.records} >= {"Massage", "Reading", "Mark"}
    assert [span.last_day.day for span in log.spans] == [2]
    assert [reading.value for reading in log.readings] == [1500]


def test_the_same_id_is_one_entry_and_without_one_a_minute_is(ask: Ask, logbook: Logbook) -> None:
    entry = {"type": "cramp", "id": str(new_id()), "at": "2026-03-01T03:00:00+01:00"}
    assert ask("POST", ENTRIES, json=entry).json() == {"result": "kept"}
    second = {**entry, "severity": 9}
    assert ask("POST", ENTRIES, json=second).json() == {"result": "already there"}
    answers = {ask("POST", ENTRIES, json={"type": "massage"}).text for _ in range(3)}
    assert len(answers) <= 2
    assert len(logbook.log().massages) <= 2  # a minute may have passed in between
    assert [cramp.severity for cramp in logbook.log().cramps] == [None]


def test_an_undone_entry_does_not_come_back_by_a_late_repeat(ask: Ask, logbook: Logbook) -> None:
    entry, step = str(new_id()), str(new_id())
    ask("POST", ENTRIES, json={"type": "cramp", "id": entry})
    undo = {"step": step, "earlier": [entry]}
    assert ask("DELETE", f"{ENTRIES}/{entry}", json=undo).json() == {"result": "kept"}
    late = ask("POST", ENTRIES, json={"type": "cramp", "id": entry})
    assert late.json() == {"result": "already there"}
    assert len(logbook.log()) == 0


def test_a_device_changes_only_its_own_entries_and_nothing_that_was_edited(
    ask: Ask, logbook: Logbook
) -> None:
    other = Massage(at=now())
    logbook.keep([other], label="on the dashboard")
    values = {"step": str(new_id()), "earlier": [], "values": {"minutes": 5}}
    assert ask("PATCH", f"{ENTRIES}/{other.id}", json=values).status_code == 422
    assert ask("DELETE", f"{ENTRIES}/{other.id}", json=values).status_code == 422
    entry = str(new_id())
    ask("POST", ENTRIES, json={"type": "cramp", "id": entry})
    (cramp,) = logbook.log().cramps
    logbook.edit(cramp.model_copy(update={"minutes": 7.0, "severity": 4.0}))
    late = ask("PATCH", f"{ENTRIES}/{entry}", json={**values, "step": str(new_id())})
    assert "changed on the dashboard" in late.json()["reason"]
    relief = {"relief": ["stretch"], "relief_after": [1.5]}
    more = {"step": str(new_id()), "earlier": [], "values": relief}
    assert ask("PATCH", f"{ENTRIES}/{entry}", json=more).json() == {"result": "kept"}
    (cramp,) = logbook.log().cramps
    assert (cramp.minutes, cramp.severity, cramp.relief_after) == (7.0, 4.0, (1.5,))
    assert other in logbook.log().records


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"type": "nap"}, "type must be one of: cramp, massage"),
        ({}, "type must be one of"),
        ({"type": "cramp", "severity": 11}, "severity cannot be kept"),
        ({"type": "cramp", "mood": 3}, "mood cannot be kept"),
        ({"type": "cramp", "at": "yesterday"}, "at cannot be kept"),
        ({"type": "cramp", "at": "2126-01-01T03:00+00:00"}, "lies in the future"),
        ({"type": "reading", "factor": "luck", "value": 1}, "There is no factor 'luck'"),
        ({"type": "reading", "factor": "stress", "value": 99}, "must lie between 0 and 10"),
        ({"type": "cramp", "note": "x" * 5000}, "at most 4096 bytes"),
        ([1], "one JSON object"),
    ],
)
def test_what_cannot_be_kept_gets_a_sentence(
    ask: Ask, logbook: Logbook, body: object, sentence: str
) -> None:
    answer = ask("POST", ENTRIES, json=body)
    assert answer.status_code == 422
    assert answer.json()["result"] == "refused"
    assert sentence in answer.json()["reason"]
    assert len(logbook.log()) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"headers": {"Origin": None}},
        {"headers": {"Origin": "http://evil.example"}},
        {"headers": {"Origin": "null"}},
        {"headers": {"Sec-Fetch-Site": "cross-site"}},
        {"headers": {"Sec-Fetch-Site": "same-site"}},
        {"headers": {"X-Forwarded-For": "10.0.0.7"}},
        {"headers": {"Forwarded": "for=10.0.0.7"}},
        {"base": "http://rebound.example"},
        {"base": "http://192.168.1.20:8501"},
        {"client": "192.168.1.30"},
        {"headers": {"Content-Type": "text/plain"}},
    ],
)
def test_nothing_but_the_servers_own_page_on_this_machine_may_write(
    ask: Ask, logbook: Logbook, change: dict[str, object]
) -> None:
    body = b'{"type": "cramp"}'
    answer = ask("POST", ENTRIES, content=body, **change)
    assert answer.status_code in (401, 403, 415)
    assert answer.json()["result"] == "refused"
    assert len(logbook.log()) == 0


def test_reading_an_address_never_writes_and_tells_nothing_of_the_log(
    ask: Ask, logbook: Logbook
) -> None:
    logbook.keep([Cramp(at=now(), note="secret")], label="one")
    assert ask("GET", ENTRIES).status_code == 405
    assert ask("GET", f"{ENTRIES}/{new_id()}").status_code == 405
    about = ask("GET", "/api/device").json()
    assert set(about) == {"name", "day_start", "version"}
    assert ask("GET", "/night?do=cramp").status_code == 200
    assert len(logbook.log()) == 1


def test_the_page_and_its_files_come_from_here_alone_and_run_nothing_else(ask: Ask) -> None:
    page = ask("GET", "/night")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in page.text
    assert "style=" not in page.text
    assert "http" not in page.text.replace("http-equiv", "")
    assert ask("GET", "/night/worker.js").headers["Service-Worker-Allowed"] == "/night"
    assert ask("GET", "/night/night.webmanifest").json()["shortcuts"][0]["url"] == "/night?do=cramp"
    assert ask("GET", "/night/../queue.js").status_code == 404
    assert ask("GET", "/night/night.html").status_code == 404


def test_without_a_time_a_day_without_cramps_is_the_last_one(ask: Ask, logbook: Logbook) -> None:
    assert ask("POST", ENTRIES, json={"type": "tracked_span"}).json() == {"result": "kept"}
    (span,) = logbook.log().spans
    assert isinstance(span, TrackedSpan)
    assert span.first_day == span.last_day < now().date()
    assert not any(isinstance(record, Reading) for record in logbook.log().records)


def test_a_device_that_sends_too_much_waits() -> None:
    at = [0.0]
    pace = Pace(lambda: at[0])
    assert [pace.wait("one") for _ in range(A_MINUTE)] == [0] * A_MINUTE
    assert pace.wait("one") == 60
    assert pace.wait("other") == 0
    at[0] = 60.0
    assert pace.wait("one") == 0
