"""What is taken away gives no sealed block away.

The script of the docs finds honest and forged plans out.
"""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from legcare.analysis.experiment.outcomes import OUTCOMES, QUESTIONS, outcomes, question
from legcare.analysis.experiment.result import result
from legcare.records import BUILT_IN, Factor
from legcare.reports.experiment import as_calendar, as_json, as_packing_list, as_sheet, day_rows
from legcare.reports.experiment_folder import CHECK, as_folder
from tests.experiment.made import AFTER, FIRST, SORENESS, an_experiment, by_arm

DOCS = Path(__file__).parents[2] / "docs/experiment.md"
FEW, MANY = [0, 0, 1, 0, 0, 0, 0], [1, 0, 1, 1, 0, 1, 1]
STAMP = datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_before_the_end_nothing_is_given_away() -> None:
    experiment = an_experiment()
    days = by_arm(experiment.plan, FEW, MANY)
    today = FIRST + timedelta(days=8)
    text = as_json(experiment, days, today=today)
    assert experiment.plan.salt not in text
    assert json.loads(text)["plan"]["seed"] == "sealed until the end"
    assert json.loads(text)["result"] is None
    assert {row["block"] for row in json.loads(text)["days"]} == {1, 2}
    assert "value" not in day_rows(experiment, days, today=today)
    assert "cramps" not in day_rows(experiment, days, today=today)
    sheet = as_sheet(experiment, today=today)
    assert sheet.count("&hellip;") == 70
    calendar = as_calendar(experiment, today=today, remind_at=time(20), stamp=STAMP).replace(
        "\r\n ", ""
    )
    titles = re.findall(r"SUMMARY:(.*)\r\n", calendar)
    assert [": " in title for title in titles] == [True, True] + [False] * 10


def test_the_sheet_shows_own_words_as_text() -> None:
    sheet = as_sheet(an_experiment(a="<script>alert(1)</script>"), today=FIRST)
    assert "<script>" not in sheet
    assert "&lt;script&gt;" in sheet


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    experiment = an_experiment(a="Wadenmassage – 10 Minuten")
    days = by_arm(experiment.plan, FEW, MANY)
    found = result(experiment, days, today=AFTER)
    path = tmp_path / "taken.json"
    path.write_text(as_json(experiment, days, today=AFTER, result=found), encoding="utf-8")
    return path


def checked(path: Path) -> str:
    """What the script in the documentation says about a file."""
    script = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert script is not None
    assert len(ast.parse(script[1]).body) <= 10
    done = subprocess.run(
        [sys.executable, "-c", script[1], str(path)], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_script_of_the_docs_finds_an_honest_plan_honest(taken: Path) -> None:
    assert [line.endswith(" matches") for line in checked(taken).splitlines()] == [True, True]


def test_the_script_of_the_docs_finds_a_forged_plan_out(taken: Path) -> None:
    said = json.loads(taken.read_text(encoding="utf-8"))
    said["plan"]["worthwhile"] = 0.95
    taken.write_text(json.dumps(said), encoding="utf-8")
    assert checked(taken).splitlines()[0].endswith("DOES NOT MATCH")
    said["days"][0]["arm"] = "B" if said["days"][0]["arm"] == "A" else "A"
    for day in said["days"][:7]:
        day["arm"] = said["days"][0]["arm"]
    taken.write_text(json.dumps(said), encoding="utf-8")
    assert checked(taken).splitlines()[1].endswith("DOES NOT MATCH")


def test_the_result_is_in_the_file_with_every_analysis(taken: Path) -> None:
    found = json.loads(taken.read_text(encoding="utf-8"))["result"]
    assert found["as planned"]["finding"] == "helps"
    assert found["as planned"]["p"] == 2 / 2**6
    assert "Fewer than two pairs" in found["as done"]["refusal"]
    assert set(found) == {
        "as planned",
        "as done",
        "first day of each block left out",
        "pairs with an incomplete block left out",
    }


def test_questions_lead_to_outcomes_that_exist_and_own_factors_may_be_chosen() -> None:
    known = {outcome.column for outcome in OUTCOMES}
    assert {asked.outcome for asked in QUESTIONS.values()} <= known
    own = Factor(key="cold_feet", label="Cold feet", unit="0-10", own=True)
    assert outcomes([own])["cold_feet"].unit == "points"
    assert question("cold_feet", [own]).a == "more cold feet"
    assert question("steps", BUILT_IN).a == "more steps"
    assert question("nothing known").a == ""


def folder_of(tmp_path: Path, **changes: object) -> Path:
    """A finished experiment of the second kind, taken away and unpacked."""
    experiment = an_experiment(**({"a": "Wadenmassage – 10 Minuten", "rules": 2} | changes))
    column = experiment.plan.outcome.column
    days = by_arm(experiment.plan, [1, 0, 2, 0, 0, 0, 1], [1, 2, 1, 1, 0, 1, 1], column)
    days.loc[days.index[[3, 20, 21]], column] = float("nan")
    after = FIRST + timedelta(days=experiment.plan.days)
    answer = result(experiment, days, today=after)
    with zipfile.ZipFile(io.BytesIO(as_folder(experiment, days, answer))) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "legcare-experiment"


def check(folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "check.py"], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "changes",
    [{}, {"pairs": 14}, {"pairs": 14, "outcome": SORENESS, "worthwhile": 1.0}],
    ids=["all-orders", "drawn-orders", "scores"],
)
def test_the_folder_checks_itself_and_gives_the_answer_again(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    folder = folder_of(tmp_path, **changes)
    lines = check(folder)
    assert [line.endswith(" matches") for line in lines] == [True, True, False, True]
    value = json.loads((folder / "result.json").read_text())["as planned"]["value"]
    assert f"A to B {value:.6g}," in lines[2]
    assert len(CHECK.splitlines()) < 45
    assert "as_folder" not in CHECK


@pytest.mark.parametrize(
    ("name", "before", "after", "line"),
    [
        ("plan.json", '"worthwhile":0.6', '"worthwhile":0.9', 0),
        ("days.csv", ",A,", ",B,", 1),
        ("result.json", '"p": 0', '"p": 1', 3),
    ],
)
def test_a_folder_that_was_tampered_with_is_found_out(
    tmp_path: Path, name: str, before: str, after: str, line: int
) -> None:
    folder = folder_of(tmp_path)
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    assert check(folder)[line].endswith("DOES NOT MATCH")


def test_packed_arms_are_not_given_away_before_the_end() -> None:
    experiment = an_experiment(rules=2, hidden=True)
    days, today = by_arm(experiment.plan, FEW, MANY), FIRST + timedelta(days=8)
    assert "arm" not in day_rows(experiment, days, today=today)
    assert '"arm"' not in as_json(experiment, days, today=today)
    assert as_sheet(experiment, today=today).count("&hellip;") == 84
    packing = as_packing_list(experiment)
    assert packing.count("Packet ") == 12
    assert "Packet 1: " in packing
