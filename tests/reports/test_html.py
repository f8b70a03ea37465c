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
from legcare.charts.web import drawn, library
from legcare.commands.report import main
from legcare.records import Cramp, Log, Preferences, TrackedSpan
from legcare.reports.archive import write_zip
from legcare.reports.csv import to_csv
from legcare.reports.html import PARTS, Report, report
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
    return report(runner(), Preferences(), made_on=MADE_ON, name="Ann <b>")


def own_words(made: Report) -> str:
    """The page without the drawing library."""
    return made.html.replace(library(), "")


def test_it_says_the_rate_the_period_and_every_chart_in_words() -> None:
    page = own_words(whole())
    days = tables.day_table(runner(), day_start=Preferences().day_start)
    assert f'<p class="lead">{say.rate_sentence(cramp_rate(days))}</p>' in page
    assert f"{say.day_words(days.index[0])} to {say.day_words(days.index[-1])}" in page
    assert f"made on {say.day_words(MADE_ON)}" in page
    assert len(whole().charts) == len(PARTS)
    for place, chart in enumerate(whole().charts):
        assert f"<h2>{chart.title}</h2>" in page
        assert f'id="chart-{place}"' in page
    assert page.count("Plotly.newPlot(") == len(PARTS)


def test_text_stays_text() -> None:
    page = own_words(whole())
    assert "Leg cramps: Ann &lt;b&gt;" in page
    assert "Ann <b>" not in page


def test_what_somebody_called_a_thing_cannot_become_a_script() -> None:
    nasty = "</script><img src=x onerror=alert(1)>"
    figure = Figure(Scatter(x=[nasty], y=[1], name=nasty))
    chart = Chart("nasty", nasty, figure, pd.DataFrame({"x": [nasty]}), nasty, (nasty,))
    page = own_words(report(runner(), Preferences(), made_on=MADE_ON, parts=(), more=(chart,)))
    assert page.count("&lt;/script&gt;&lt;img src=x") == 4, "title twice, sentence and caveat"
    assert "<img" not in page


def test_it_says_what_was_left_out_and_carries_the_safety_banner() -> None:
    made = report(
        runner(),
        Preferences(),
        made_on=MADE_ON,
        parts=(),
        left_out=("Notes are left out.", "Only <May>."),
    )
    assert '<p class="quiet">Notes are left out.</p>' in made.html
    assert "Only &lt;May&gt;." in made.html
    assert f'<p class="notice">{safety_text().banner}</p>' in html.unescape(made.html)


def test_it_asks_nobody_for_anything() -> None:
    page = own_words(whole())
    assert re.findall(r"https?://[^\s\"'<]+", page) == []
    assert re.findall(r"<(?:link|iframe|img|object|embed)\b|\bsrc=", page) == []
    assert "default-src 'none'" in page


def test_the_library_stands_in_the_page_once_and_only_where_something_is_drawn() -> None:
    assert whole().html.count(library()) == 1
    assert library() not in report(runner(), Preferences(), made_on=MADE_ON, parts=()).html
    assert "<script" in drawn(whole().charts[0], name="alone")
    assert library()[:200] not in drawn(whole().charts[0], name="alone")


def test_charts_are_drawn_for_paper_and_the_given_chart_is_left_as_it_was() -> None:
    chart = whole().charts[0]
    before = chart.figure.to_json()
    assert '"paper_bgcolor":"#ffffff"' in drawn(chart, name="alone")
    assert chart.figure.to_json() == before


def test_only_the_parts_asked_for_in_the_order_of_the_page() -> None:
    made = report(runner(), Preferences(), made_on=MADE_ON, parts=("timing", "frequency"))
    assert [chart.name for chart in made.charts] == [whole().charts[0].name, whole().charts[2].name]


def test_further_charts_follow() -> None:
    more = whole().charts[0]
    made = report(runner(), Preferences(), made_on=MADE_ON, parts=("timing",), more=(more,))
    assert made.charts[-1] is more
    assert own_words(made).count("<h2>") == 3, "two charts and how to read them"


@pytest.mark.parametrize(
    "records", [(), (TrackedSpan(first_day=date(2026, 1, 1), last_day=date(2026, 1, 20)),)]
)
def test_a_log_without_cramps_says_so(records: tuple[TrackedSpan, ...]) -> None:
    made = report(Log(records), Preferences(), made_on=MADE_ON)
    assert made.charts == ()
    assert "There are no cramps in this part of the log yet" in made.html
    assert ("no days yet" in made.html) is not bool(records)
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
