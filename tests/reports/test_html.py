"""The report.

What it says, that it shows text as text, asks nobody for anything, and its numbers are the charts'.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from plotly.graph_objects import Figure, Scatter

from legcare import days as tables
from legcare.analysis.frequency import cramp_rate
from legcare.analysis.safety import safety_text
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.commands.report import main
from legcare.records import Cramp, Log, Mark, Preferences, TrackedSpan
from legcare.reports.archive import write_zip
from legcare.reports.csv import to_csv
from legcare.reports.first_page import Cover
from legcare.reports.html import Report, report
from legcare.samples import load
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook

MADE_ON = date(2026, 3, 10)


@cache
def runner() -> Log:
    made = load("runner")
    return Log(made.records)


@cache
def whole() -> Report:
    return report(runner(), Preferences(), Cover(MADE_ON, "Ann <b>"))


def test_it_says_the_rate_the_period_and_every_chart_in_words() -> None:
    page = whole().html
    days = tables.day_table(runner(), day_start=Preferences().day_start)
    assert say.rate_sentence(cramp_rate(days)) in page
    assert f"{say.day_words(days.index[0])} to {say.day_words(days.index[-1])}" in page
    assert f"Made on {say.day_words(MADE_ON)}" in page
    assert [chart.name for chart in whole().charts] == [
        "cramps-by-month",
        "last-nights",
        "cramps-by-hour",
    ]
    for chart in whole().charts:
        assert f"<h2>{chart.title}</h2>" in page
        assert chart.sentence in page
    assert page.count("<li>") == len(runner().cramps)


def test_text_stays_text() -> None:
    page = whole().html
    assert "Leg cramps: Ann &lt;b&gt;" in page
    assert "Ann <b>" not in page


def test_what_somebody_called_a_thing_cannot_become_a_script() -> None:
    nasty = "</script><img src=x onerror=alert(1)>"
    figure = Figure(Scatter(x=[nasty], y=[1], name=nasty))
    chart = Chart("nasty", nasty, figure, pd.DataFrame({"x": [nasty]}), nasty, (nasty,))
    log = Log((*runner().records, Mark(first_day=MADE_ON, name=nasty, dose=nasty)))
    cover = Cover(MADE_ON, nasty, nasty, nasty)
    page = report(log, Preferences(), cover, parts=(), more=(chart,)).html
    assert page.count("&lt;/script&gt;&lt;img src=x") == 4 + 4 + 2, "chart, cover and mark"
    assert "<img" not in page
    assert "<script" not in page


def test_it_says_what_was_left_out_and_carries_the_safety_banner() -> None:
    cover = Cover(MADE_ON, left_out=("Notes are left out.", "Only <May>."))
    made = report(runner(), Preferences(), cover, parts=())
    assert '<p class="quiet">Notes are left out.</p>' in made.html
    assert "Only &lt;May&gt;." in made.html
    assert safety_text().banner in html.unescape(made.html)


def test_it_asks_nobody_for_anything() -> None:
    page = whole().html
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) == {"http://www.w3.org/2000/svg"}
    assert re.findall(r"<(?:link|iframe|img|object|embed)\b|\bsrc=", page) == []
    assert "default-src 'none'" in page


@pytest.mark.parametrize("person", ["older", "runner", "desk"])
def test_it_can_be_mailed_and_holds_no_script(person: str) -> None:
    page = report(Log(load(person).records), Preferences(), Cover(MADE_ON)).html
    assert len(page.encode()) < 300_000
    assert "<script" not in page
    assert page.count("<svg") > 2


def test_only_the_parts_asked_for_in_the_order_of_the_page() -> None:
    made = report(runner(), Preferences(), Cover(MADE_ON), parts=("timing", "frequency"))
    assert [chart.name for chart in made.charts] == ["cramps-by-month", "cramps-by-hour"]
    assert "<li>" not in made.html


def test_further_charts_follow() -> None:
    more = whole().charts[0]
    made = report(runner(), Preferences(), Cover(MADE_ON), parts=("timing",), more=(more,))
    assert made.charts[-1] is more


@pytest.mark.parametrize(
    "records", [(), (TrackedSpan(first_day=date(2026, 1, 1), last_day=date(2026, 1, 20)),)]
)
def test_a_log_without_cramps_says_so(records: tuple[TrackedSpan, ...]) -> None:
    made = report(Log(records), Preferences(), Cover(MADE_ON))
    assert made.charts == ()
    assert "There are no cramps in this part of the log yet" in made.html
    assert ("There are no days in this log yet" in made.html) is not bool(records)
    assert zipfile.ZipFile(io.BytesIO(made.csv_zip())).namelist() == []


def test_the_numbers_are_those_of_the_charts() -> None:
    archive = zipfile.ZipFile(io.BytesIO(whole().csv_zip()))
    assert archive.namelist() == [f"{chart.name}.csv" for chart in whole().charts]
    for chart in whole().charts:
        assert archive.read(f"{chart.name}.csv") == to_csv(chart.data)
        assert len(archive.read(f"{chart.name}.csv").decode("utf-8-sig").splitlines()) > 1


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A ZIP with the runner's log."""
    path = tmp_path / "log.zip"
    path.write_bytes(write_zip(runner(), Preferences()))
    return path


def test_from_a_zip_on_the_command_line(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, numbers = tmp_path / "r.html", tmp_path / "r.zip"
    asked = [
        "--from",
        str(kept),
        "--out",
        str(out),
        "--csv",
        str(numbers),
        "--name",
        "Ann",
        "--parts",
        "frequency",
    ]
    assert main(asked) == 0
    assert capsys.readouterr().out == f"{out}: 1 charts, {len(runner())} records\n"
    assert "<h1>Leg cramps: Ann</h1>" in out.read_text(encoding="utf-8")
    weekly = whole().charts[0]
    assert zipfile.ZipFile(numbers).read(f"{weekly.name}.csv") == to_csv(weekly.data)


def test_from_a_database_on_the_command_line(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'log.db'}"
    database = Database.open(address)
    Logbook(database, database.person("local", "owner")).keep(
        [Cramp(at=datetime(2026, 3, 9, 2, tzinfo=UTC))], label=""
    )
    out = tmp_path / "r.html"
    assert main(["--from", address, "--out", str(out), "--parts", "calendar"]) == 0
    assert whole().charts[1].title in out.read_text(encoding="utf-8")


def test_a_zip_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "gone.zip"
    assert main(["--from", str(missing), "--out", str(tmp_path / "r.html")]) == 1
    assert (
        "there is no such file. Give the path of a ZIP made by legcare." in capsys.readouterr().err
    )
    assert not (tmp_path / "r.html").exists()


def test_a_zip_that_is_something_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"not a zip")
    assert main(["--from", str(other), "--out", str(tmp_path / "r.html")]) == 1
    said = capsys.readouterr().err
    assert "other.zip" in said
    assert "Traceback" not in said


def test_a_place_that_cannot_be_written_to(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "no" / "such" / "folder.html"
    assert main(["--from", str(kept), "--out", str(out), "--parts", "timing"]) == 1
    assert capsys.readouterr().err.endswith("Choose another place and try again.\n")


def test_a_question_that_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--parts", "horoscope"])
    assert stopped.value.code == 2
    assert "horoscope" in capsys.readouterr().err
