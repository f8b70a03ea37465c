"""Every kind of file that people have is read right, or asks, as the upload page would show it."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from legcare.errors import LegcareError
from legcare.importers import parts
from legcare.records import Record
from tests.cases.invented import CASES, Case

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 6, 1)


def plain(record: Record) -> dict[str, Any]:
    body = record.model_dump(mode="json")
    for name in ("at", "day", "first_day"):
        if body.get(name) is not None:
            body[name] = getattr(record, name).isoformat()
    return body


def fits(wanted: dict[str, Any], record: dict[str, Any]) -> bool:
    """Whether a record is as it should be: numbers within two per cent, moments as far as said."""
    for name, value in wanted.items():
        there = record.get(name)
        if isinstance(value, int | float):
            if there is None or abs(there - value) > 0.02 * max(1, abs(value)):
                return False
        elif name in ("at", "day", "first_day"):
            if not str(there).startswith(value):
                return False
        elif there != value:
            return False
    return True


def test_every_kind_stands_there_twice() -> None:
    assert min(Counter(case.kind for case in CASES).values()) >= 2
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.name}")
def test_a_file_is_read_right_or_asks(case: Case) -> None:
    found = parts(case.name, io.BytesIO(case.data), zone=BERLIN, today=TODAY)
    questions = {question for part in found for question in part.questions}
    if case.asks:
        assert case.asks <= questions
        return
    assert questions == set()
    left = [plain(record) for part in found for record in part.read().records]
    for wanted in case.records:
        hit = next((record for record in left if fits(wanted, record)), None)
        assert hit is not None, (wanted, left)
        left.remove(hit)
    kinds = {wanted["type"] for wanted in case.records}
    assert [record for record in left if record["type"] in kinds] == []


def sentences(case: Case, data: bytes) -> list[str]:
    """What reading a file says: its one sentence, or the lines of its problems."""
    try:
        found = parts(case.name, io.BytesIO(data), zone=BERLIN, today=TODAY)
        return [str(problem) for part in found for problem in part.read().problems]
    except LegcareError as error:
        return [str(error)]


def test_damaged_files_of_every_kind_give_records_or_a_sentence() -> None:
    """Two hundred here; ``benchmarks/fuzz_importers.py`` tries twenty thousand."""
    chance, signs = Random(19), b",;:-/\n\"'~ 019x\xff\0"
    for _ in range(200):
        case = chance.choice(CASES)
        data = bytearray(case.data)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 8)] = bytes(chance.choices(signs, k=3))
        assert all(sentence.strip() for sentence in sentences(case, bytes(data)))
