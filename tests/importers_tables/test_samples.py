"""The sample files are upload examples.

Each reads through the wizard's own way, with nothing left over.
"""

from __future__ import annotations

import json
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from legcare.errors import BadFile
from legcare.importers.records import is_records, read_records
from legcare.importers.tables import open_tables, propose, read_table
from legcare.records import Log
from legcare.samples import FOLDER, load, people

ZONE = ZoneInfo("Europe/London")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*-*.*")), ids=lambda path: path.name)
def test_each_sheet_is_read_whole_and_asks_nothing(path) -> None:  # type: ignore[no-untyped-def]
    (table,) = open_tables(path.name, path.read_bytes())
    mapping = propose(table)
    found = read_table(table, mapping, zone=ZONE)
    assert mapping.undecided == frozenset()
    assert [problem for problem in found.problems if not problem.kept] == []
    kind = {"cramps": "cramp", "massages": "massage", "daily": "reading"}[path.stem.split("-")[1]]
    written = Counter(record.type for record in load(path.stem.split("-")[0]).records)[kind]
    assert found.summary.counts[kind] == written


@pytest.mark.parametrize("key", [person.key for person in people()])
def test_the_json_of_a_sample_is_its_log(key: str) -> None:
    data = (FOLDER / f"{key}.json").read_bytes()
    assert is_records(data)
    found = read_records(f"{key}.json", data, known=Log.of(load(key).records[:3]))
    assert found.records == load(key).records
    assert found.problems == ()
    assert len(found.duplicates) == 3


def test_a_record_that_cannot_be_kept_is_told_with_its_place() -> None:
    data = json.dumps(
        [{"type": "cramp", "at": "2026-05-14T03:10:00Z", "severity": 12}, {"type": "cramp"}]
    ).encode()
    assert is_records(data)
    found = read_records("log.json", data)
    assert found.records == ()
    assert [(problem.row, problem.column, problem.value) for problem in found.problems] == [
        (1, "severity", "12"),
        (2, "at", "{'type': 'cramp'}"),
    ]
    assert not is_records(b'[{"type": "other"}]')
    assert not is_records(b'{"type": ')
    with pytest.raises(BadFile, match="not valid JSON"):
        read_records("log.json", b"[{")
