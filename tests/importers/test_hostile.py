"""Files that mean harm: a sentence each, little memory, nothing written anywhere."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.errors import LegcareError
from legcare.importers import Import, read
from tests.importers.invented import APPLE, INVENTED, STRAVA, STRAVA_ZIP, zipped
from tests.profile import examples

BERLIN = ZoneInfo("Europe/Berlin")
MB = 1024 * 1024


def opened(data: bytes, name: str = "upload.zip") -> Import:
    return read(name, io.BytesIO(data), zone=BERLIN)


def zip_of(*members: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in members:
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def link() -> bytes:
    info = zipfile.ZipInfo("export.xml")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zip_of((info, b"/etc/passwd"))


def nameless() -> bytes:
    data = zipped({"q": STRAVA.encode()})
    at = data.index(b"PK\x01\x02")
    central = data[at : at + 28] + b"\0\0" + data[at + 30 : at + 46] + data[at + 47 :]
    size = int.from_bytes(data[-10:-6], "little") - 1
    return data[:at] + central[:-10] + size.to_bytes(4, "little") + central[-6:]


def encrypted() -> bytes:
    data = bytearray(zipped({"activities.csv": STRAVA.encode()}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def zeros(name: str) -> bytes:
    return zipped({name: b"0" * (30 * MB)})


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (lambda: zeros("activities.csv"), "would expand to"),
    "a gzip bomb": (
        lambda: gzip.compress(b"<HealthData >" + (b"<!--" + b"x" * 9000 + b"-->\n") * 4000),
        "200 times",
    ),
    "a zip in a zip": (
        lambda: zipped({"a.zip": zipped({"b.zip": zipped({"activities.csv": STRAVA.encode()})})}),
        "inside a zip",
    ),
    "a way out": (
        lambda: zipped({"../../etc/activities.csv": STRAVA.encode()}),
        "points outside the zip",
    ),
    "no name": (nameless, "has no name"),
    "a root path": (
        lambda: zipped({"/etc/activities.csv": STRAVA.encode()}),
        "points outside the zip",
    ),
    "a way out of Windows": (
        lambda: zipped({"C:\\activities.csv": STRAVA.encode()}),
        "points outside the zip",
    ),
    "a symbolic link": (link, "symbolic link"),
    "a password": (encrypted, "protected by a password"),
    "an empty zip": (lambda: zipped({}), "empty zip"),
    "half a zip": (lambda: STRAVA_ZIP[: len(STRAVA_ZIP) // 2], "cut off or damaged"),
    "an empty file": (lambda: b"", "is empty"),
    "a million columns": (lambda: STRAVA[:40].encode() + b",x" * 1_000_000 + b"\n1,2\n", ""),
    "a gigantic cell": (lambda: STRAVA.encode() + b'103,"' + b"x" * (3 * MB), "million characters"),
    "a large cell": (
        lambda: STRAVA.encode() + b'103,"' + b"x" * 500_000 + b'"\n',
        "cell cannot be read",
    ),
    "an open quote": (
        lambda: STRAVA.encode() + b'103,"' + b"x\n" * (2 * MB),
        "cell cannot be read",
    ),
    "endless nesting": (lambda: b'[{"waterAmount":' + b"[" * 200_000, ""),
    "endless lists": (
        lambda: b'[{"waterAmount":1},' + b"{}," * (4 * MB),
        "parts, more than any export",
    ),
    "a huge number": (
        lambda: b'[{"waterAmount":1,"date":"05/18/15","x":' + b"9" * 10_000 + b"}]",
        "no whole JSON",
    ),
    "one endless element": (
        lambda: b"<HealthData >" + b"<Record " + b"a" * (20 * MB),
        "larger than 16 MB",
    ),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000), ""),
    "a program": (lambda: b"\x7fELF" + bytes(range(256)) * 100, ""),
    "no database": (
        lambda: b"SQLite format 3\0" + bytes(200) + b"_record_table" + bytes(4096),
        "damaged",
    ),
    "a million bad rows": (
        lambda: STRAVA.encode() + b"1,2,3\n" * 1_000_000,
        "hardly a row of it can be read",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_with_a_sentence_in_little_memory(what: str) -> None:
    make, sentence = HOSTILE[what]
    data = make()
    tracemalloc.start()
    try:
        with pytest.raises(LegcareError) as refused:
            opened(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sentence in str(refused.value)
    assert str(refused.value).endswith((".", "works."))
    assert peak < 250 * MB


def test_a_hostile_member_does_not_take_the_good_ones_with_it() -> None:
    packed = zipped(
        {
            "../x.csv": b"1,2\n",
            "sub/activities.csv": STRAVA.encode(),
            "b.zip": zipped({"c.zip": STRAVA_ZIP}),
        }
    )
    found = opened(packed)
    assert found.summary.counts == {"workout": 2}
    said = " ".join(str(problem) for problem in found.problems)
    assert "points outside the zip" in said
    assert "inside a zip is not opened" in said


def test_nothing_is_written_but_a_temporary_file_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert (
        opened(zipped({"h.db": INVENTED["health_connect"].data})).summary.format == "health_connect"
    )
    assert opened(zipped({"x/export.xml": APPLE.encode()})).summary.format == "apple_health"
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_nul_bytes_and_other_encodings_are_read_through() -> None:
    text = STRAVA.replace("Evening run", "Läufe")
    for data in (
        text.encode("utf-16"),
        b"\xef\xbb\xbf" + text.encode(),
        text.encode("cp1252"),
        text.encode().replace(b"Laps", b"La\0ps"),
    ):
        found = opened(data, "activities.csv")
        assert found.summary.counts == {"workout": 2}
        assert any("Läufe" in record.note for record in found.records if record.type == "workout")


def test_a_strava_zip_reads_its_table_and_says_what_it_left() -> None:
    found = opened(STRAVA_ZIP)
    assert found.summary.format == "strava+fit"  # 999.fit.gz is in no row of the table
    assert found.summary.counts == {"workout": 3}
    assert any("1 other file in the zip (1 .jpg)" in note for note in found.summary.notes)


KEYS = sorted(INVENTED)


@examples(40)
@given(st.sampled_from(KEYS), st.data())
def test_mutated_files_give_records_or_a_sentence(key: str, draw: st.DataObject) -> None:
    data = bytearray(INVENTED[key].data)
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, len(data) - 1))
        how = draw.draw(st.sampled_from(("flip", "cut", "insert", "double", "digit")))
        if how == "flip":
            data[at] = draw.draw(st.integers(0, 255))
        elif how == "cut" and len(data) > 20:
            del data[at : at + draw.draw(st.integers(1, 40))]
        elif how == "insert":
            data[at:at] = draw.draw(st.binary(min_size=1, max_size=8))
        elif how == "double":
            data[at:at] = data[at : at + 60]
        else:
            data[at] = ord(draw.draw(st.sampled_from("0123456789-,.\"'<>{}[]\n")))
        data = data or bytearray(b"x")
    try:
        found = opened(bytes(data), INVENTED[key].name)
    except LegcareError as error:
        said = str(error)
    else:
        said = found.summary.why
        assert sum(found.summary.counts.values()) == len(found.records)
    assert said.endswith((".", "works."))
