from __future__ import annotations

from pathlib import Path

import pytest

from legcare.commands.load import main
from legcare.records import Cramp, Log
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from tests.importers.invented import BEARABLE, DAYLIO, STRAVA_ZIP


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "bearable.csv").write_text(BEARABLE)
    (tmp_path / "daylio.csv").write_text(DAYLIO)
    (tmp_path / "strava.zip").write_bytes(STRAVA_ZIP)
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return tmp_path


def log_in(folder: Path) -> Log:
    database = Database.open(f"sqlite:///{folder / 'log.db'}")
    try:
        return Logbook(database, database.person("local", "owner")).log()
    finally:
        database.close()


def run(folder: Path, *arguments: str) -> int:
    return main([*arguments, "--into", str(folder / "log.db"), "--zone", "Europe/Berlin"])


def test_files_go_into_the_log_once(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, str(files / "bearable.csv"), str(files / "strava.zip")) == 0
    said = capsys.readouterr().out
    assert (
        "Found: 1 cramp, 1 reading of magnesium, 1 massage, 1 reading of sleep, 1 reading of"
        " stress." in said
    )
    assert "Kept: 5 records." in said
    assert "Kept: 3 records." in said
    held = log_in(files)
    assert len(held) == 8
    assert run(files, str(files / "bearable.csv")) == 0
    assert "New: 0; already in the log: 5." in capsys.readouterr().out
    assert {record.id for record in log_in(files).records} == {record.id for record in held.records}


def test_a_dry_run_keeps_nothing(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "--dry-run", str(files / "bearable.csv")) == 0
    assert "Nothing was kept: this was a dry run." in capsys.readouterr().out
    assert len(log_in(files)) == 0


def test_a_bad_file_is_told_and_the_others_are_kept(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(files, str(files / "photo.csv"), str(files / "absent.csv"), str(files / "bearable.csv"))
        == 1
    )
    told = capsys.readouterr().err
    assert "photo.csv\n  Not read." in told
    assert "absent.csv cannot be opened (No such file or directory)." in told
    assert len(log_in(files)) == 5


def test_own_words_are_taken_at_their_word(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "--word", "stomach cramps=cramp", str(files / "daylio.csv")) == 0
    assert "2 cramp" in capsys.readouterr().out
    assert sum(isinstance(record, Cramp) for record in log_in(files).records) == 2


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--zone", "Moon/Crater", "is no time zone"),
        ("--word", "knots=poem", "such as knots=massage"),
    ],
)
def test_a_question_that_is_not_understood(
    files: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, sentence: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(files / "bearable.csv"), "--into", str(files / "log.db"), option, value])
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_database_that_cannot_be_opened_is_a_sentence(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(files / "bearable.csv"), "--into", "mysql://nowhere/x"]) == 1
    assert capsys.readouterr().err.strip().endswith(".")


def test_a_table_that_leaves_open_what_it_is_is_refused_or_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.csv").write_text("When,Minutes\n2026-02-14 20:00,15\n")
    assert run(tmp_path, str(tmp_path / "list.csv")) == 1
    assert "leaves open: kind. Say what its rows are with --kind" in capsys.readouterr().err
    assert len(log_in(tmp_path)) == 0
    assert run(tmp_path, "--kind", "massages", str(tmp_path / "list.csv")) == 0
    assert [massage.minutes for massage in log_in(tmp_path).massages] == [15.0]


def test_dates_that_could_be_either_are_refused_or_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cramps.csv").write_text("date,time,side\n03/04/2026,10:00,left\n")
    assert run(tmp_path, str(tmp_path / "cramps.csv")) == 1
    assert "date order" in capsys.readouterr().err
    assert run(tmp_path, "--order", "mdy", str(tmp_path / "cramps.csv")) == 0
    assert [f"{cramp.at:%Y-%m-%d}" for cramp in log_in(tmp_path).cramps] == ["2026-03-04"]
