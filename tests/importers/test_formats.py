"""Every registered format.

Known by its content, read as its golden file says, a sentence where it is broken.

``LEGCARE_GOLDEN=write python -m pytest tests/importers/test_formats.py`` writes the golden files
anew; read the difference before you commit it.
"""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from legcare.errors import BadFile
from legcare.importers import Import, formats, read, recognise
from tests.importers.invented import INVENTED, Invented

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[2] / "docs" / "formats.md"
BERLIN = ZoneInfo("Europe/Berlin")
KEYS = [form.key for form in formats()]


def read_bytes(data: bytes, name: str = "file") -> Import:
    return read(name, io.BytesIO(data), zone=BERLIN)


def told(found: Import) -> dict[str, object]:
    """What a golden file holds.

    Records without what the moment of reading puts in, problems, notes.
    """
    records = [
        json.loads(record.model_dump_json(exclude={"created_at"}, exclude_defaults=True))
        | {"type": record.type}
        for record in found.records
    ]
    return {
        "why": found.summary.why,
        "counts": dict(found.summary.counts),
        "span": [str(found.summary.first_day), str(found.summary.last_day)],
        "notes": list(found.summary.notes),
        "problems": [str(problem) for problem in found.problems],
        "records": sorted(records, key=lambda each: json.dumps(each, sort_keys=True)),
    }


def test_every_format_has_its_file_its_golden_result_its_broken_twin_and_its_row_in_the_docs() -> (
    None
):
    cells = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", DOCS.read_text(), re.MULTILINE)
    rows = {key for cell in cells for key in re.findall(r"\w+", cell)}
    assert set(KEYS) == set(INVENTED)
    assert set(KEYS) == {path.stem for path in GOLDEN.glob("*.json")}
    assert set(KEYS) <= rows, f"docs/formats.md has no row for {set(KEYS) - rows}"
    for key, invented in INVENTED.items():
        assert invented.broken != invented.data, key
        assert invented.complaint, key


@pytest.mark.parametrize("key", KEYS)
def test_a_file_says_what_it_is_whatever_its_name(key: str) -> None:
    invented = INVENTED[key]
    known = recognise("wrong.pdf", io.BytesIO(invented.data))
    assert known is not None
    form, why = known
    assert form.key == key
    assert why.endswith(".")
    assert not any(
        other.key != key and _knows(other, invented.data)
        for other in formats()
        if not other.package
    )


def _knows(form: object, data: bytes) -> bool:
    from legcare.importers import Format, Peek

    assert isinstance(form, Format)
    return bool(form.recognise(Peek("x", data[:65536]))) and not data.startswith(b"PK")


@pytest.mark.parametrize("key", KEYS)
def test_a_file_is_read_as_its_golden_result_says(key: str) -> None:
    invented = INVENTED[key]
    found = told(read_bytes(invented.data, invented.name))
    path = GOLDEN / f"{key}.json"
    if os.environ.get("LEGCARE_GOLDEN") == "write":
        path.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    assert found["records"], "a golden file without records shows nothing"
    assert found == json.loads(path.read_text())


def _broken(invented: Invented) -> tuple[str, set[object]]:
    try:
        found = read_bytes(invented.broken, invented.name)
    except BadFile as error:
        return str(error), set()
    return " ".join(str(problem) for problem in found.problems), {
        record.id for record in found.records
    }


@pytest.mark.parametrize("key", KEYS)
def test_a_broken_file_gives_a_sentence_and_invents_nothing(key: str) -> None:
    invented = INVENTED[key]
    said, records = _broken(invented)
    assert invented.complaint in said
    assert records <= {record.id for record in read_bytes(invented.data, invented.name).records}


@pytest.mark.parametrize("key", KEYS)
def test_reading_twice_gives_the_same_identities(key: str) -> None:
    first, second = (read_bytes(INVENTED[key].data, INVENTED[key].name) for _ in range(2))
    assert [record.id for record in first.records] == [record.id for record in second.records]
    assert len({record.id for record in first.records}) == len(first.records)
