"""The programs for people who work on legcare, and what a test run says about itself."""

from __future__ import annotations

import importlib
import os
import platform
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**plain, "PYTHONPATH": ".", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def doctor(database: Path) -> tuple[int, str]:
    done = run("tools/doctor.py", LEGCARE_DATABASE_URL=f"sqlite:///{database}")
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) <= 10
    (line,) = (line for line in done.stdout.splitlines() if " Log " in line)
    assert f" {platform.python_version()} " in done.stdout
    return done.returncode, line


def test_the_doctor_says_where_the_log_lies_and_whether_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite3"
    assert doctor(path)[1] == f"ok   Log         {path}: none yet, made at the first start"
    with closing(sqlite3.connect(path)) as log:
        log.execute("CREATE TABLE person (label TEXT)")
        log.executemany("INSERT INTO person VALUES (?)", [("x" * 900,)] * 90)
        log.commit()
    assert doctor(path)[1].endswith("kB, whole")
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    path.write_bytes(data)
    code, line = doctor(path)
    assert code == 1
    assert line.startswith("LOOK Log")
    assert line.endswith("put the last backup in its place")


def test_the_doctor_never_prints_the_address_of_a_server() -> None:
    address = "postgresql+psycopg://somebody:secret@db.example/legcare"
    done = run("tools/doctor.py", LEGCARE_DATABASE_URL=address)
    assert "on a database server" in done.stdout
    assert "secret" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("ci", "code", "remark"),
    [("", 0, "not a failure here"), ("true", 1, "a failure, for CI is set")],
)
@pytest.mark.parametrize("workers", ["0", "1"])
def test_a_skip_is_named_and_fails_where_ci_is_set(
    tmp_path: Path, ci: str, code: int, remark: str, workers: str
) -> None:
    test = tmp_path / "test_one.py"
    test.write_text(
        "import pytest\ndef test_a(): pytest.skip('no such thing here')\ndef test_b(): ...\n"
    )
    options = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-n", workers]
    done = run("-m", "pytest", *options, str(test), CI=ci)
    assert done.returncode == code, done.stdout + done.stderr
    assert f"1 skipped ({remark}): Skipped: no such thing here" in done.stdout
    assert f"Python {platform.python_version()}" in done.stdout


def test_a_newer_release_changes_nothing_that_a_lock_installs() -> None:
    done = run("tools/lock_proof.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("A newer release of every package changes nothing")


def test_the_ruler_measures_a_checkout_and_names_what_breaks_a_limit(tmp_path: Path) -> None:
    body = "".join(f"    a{number} = {number}\n" for number in range(26))
    head = "from legcare.two import told\n\n\ndef long(a, b, c, d, e, f):\n"
    tail = f"\n\n{'x' * 100} = 1\nk = 1  # fmt: skip\n"
    (tmp_path / "legcare").mkdir()
    (tmp_path / "legcare/one.py").write_text(head + body + tail, encoding="utf-8")
    (tmp_path / "legcare/two.py").write_text("def told():\n    reading = 1\n", encoding="utf-8")
    lines = run("tools/measure.py", str(tmp_path)).stdout.splitlines()
    table = {line[:36].strip(): line[36:] for line in lines}
    assert table["functions over 25 statements"] == "1 (50.0 %)"
    assert table["more than 5 parameters"] == "1 (50.0 %)"
    assert table["definitions that are a participle"] == "1 (50.0 %)"
    assert table["values named by a participle"] == "0 (0.0 %)"
    assert table["most imported"] == "legcare/two.py 1"
    done = run("tools/measure.py", str(tmp_path), "--check")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "legcare/one.py:33: 104 columns, at most 100",
        "legcare/one.py:34: laid out by hand; the formatter does that",
        "legcare/one.py:4: long has 26 statements, at most 25",
    ]


def test_the_doctor_names_other_accounts_that_could_open_the_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    module = importlib.import_module("doctor")
    monkeypatch.delenv("LEGCARE_START_KEY", raising=False)
    monkeypatch.setattr(module, "_others", lambda: ["ben", "eve"])
    fine, _, text = module._accounts()
    assert not fine
    assert "ben, eve" in text
    assert "LEGCARE_START_KEY=true" in text
    monkeypatch.setenv("LEGCARE_START_KEY", "true")
    assert module._accounts()[0]
    monkeypatch.delenv("LEGCARE_START_KEY")
    monkeypatch.setattr(module, "_others", list)
    assert module._accounts()[0]
