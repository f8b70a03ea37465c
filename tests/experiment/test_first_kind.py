"""Plans that were sealed before plans had looks, several arms and reruns: verified, read unchanged.

The file was written by version 72e79f3.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from legcare.analysis.experiment.plan import check_seal
from legcare.analysis.experiment.random_order import random_order
from legcare.analysis.experiment.result import result
from legcare.records.experiment import Experiment
from tests.experiment.made import day_frame

FILE = Path(__file__).parents[1] / "samples/experiments_of_the_first_kind.json"


@pytest.mark.parametrize("case", json.loads(FILE.read_text(encoding="utf-8")))
def test_a_plan_of_the_first_kind_is_verified_and_read_unchanged(case: dict) -> None:  # type: ignore[type-arg]
    experiment = Experiment.model_validate(case["experiment"])
    check_seal(experiment, written_down=case["experiment"]["seal"][:12])
    assert experiment.model_dump(mode="json")["plan"] == case["experiment"]["plan"]
    assert "".join(random_order(experiment.plan)) == case["order"]
    days = day_frame(
        {date.fromisoformat(day): value for day, value in case["values"].items()},
        experiment.plan.outcome.column,
    )
    answer = result(experiment, days, today=date.fromisoformat(case["today"])).planned
    before = case["planned"]
    assert str(answer.finding) == before.pop("finding")
    assert {name: getattr(answer, name) for name in before} == pytest.approx(before, rel=1e-12)
