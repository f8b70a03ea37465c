"""What must agree before an association is called clear, and what is taken out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest

from benchmarks.lived_people import Life, lived
from benchmarks.simulated_logs import persistent
from legcare.analysis.associations import associate, family, question
from legcare.analysis.checks import usual_value
from legcare.analysis.estimate import Verdict
from legcare.analysis.headline import headline
from legcare.analysis.quasi_poisson import Rows, at_most_one, fit, nuisance, shift_p
from legcare.days import day_table
from legcare.records import Cramp, Log, Mark, MarkKind, Reading, TrackedSpan, Workout
from tests.analysis.logs import a_log

START = time(6)


@pytest.mark.parametrize("life", [Life(same_day=True), Life(short_nights=True)])
def test_what_follows_a_cramp_on_its_day_is_never_called_its_cause(life: Life) -> None:
    for seed in range(4):
        log = lived(np.random.default_rng([7, seed]), life, "breeding")
        found = headline(day_table(log, day_start=START)).answers
        assert {one.verdict for one in found if one.shown} <= {Verdict.NO_CLEAR}


def test_the_same_day_is_clear_only_where_the_day_after_agrees() -> None:
    rng = np.random.default_rng(2)
    stress = persistent(rng, 400, 0.8)[:, 0] + 4
    index = pd.date_range("2024-01-01", periods=400, name="day")
    both = rng.poisson(0.4 * np.exp(0.35 * (stress - 4) + 0.35 * np.roll(stress - 4, 1)))
    only = rng.poisson(0.5 * np.exp(0.8 * (np.round(rng.normal(4, 1, 400)) - 4)))
    days = pd.DataFrame({"tracked": True, "cramps": both.astype(float), "stress": stress}, index)
    agrees = associate(days, outcome="cramps", factor="stress", lag=0)
    assert agrees.verdict is Verdict.HIGHER
    noise = np.round(np.random.default_rng(3).normal(4, 1, 400))
    only = np.random.default_rng(4).poisson(0.5 * np.exp(0.5 * (noise - 4))).astype(float)
    alone = associate(days.assign(cramps=only, stress=noise), outcome="cramps", factor="stress")
    assert alone.low > 1
    assert alone.verdict is Verdict.NO_CLEAR
    assert alone.verdict_p > 0.05 > alone.p
    assert "nobody knows which came first" in " ".join(alone.caveats)


def test_a_default_tapped_on_quiet_days_is_recognised() -> None:
    rng = np.random.default_rng(5)
    cramps = rng.poisson(0.5, 400).astype(float)
    water = np.round(rng.normal(1900, 350, 400), -1)
    quiet = np.roll(cramps == 0, -1) & (rng.random(400) < 0.7)
    water[quiet] = 2000
    assert usual_value(water) == 2000
    days = pd.DataFrame(
        {"tracked": True, "cramps": cramps, "hydration_ml": water},
        pd.date_range("2024-01-01", periods=400, name="day"),
    )
    found = associate(days, outcome="cramps", factor="hydration_ml", lag=1)
    if found.p < 0.05:
        assert "habit of tapping" in " ".join(found.caveats)
    assert found.verdict is Verdict.NO_CLEAR


@pytest.mark.parametrize(
    "values", [[0.0] * 300 + [10.0, 20, 30, 40, 50], [0.0, 1.0] * 50, list(range(100))]
)
def test_none_of_it_yes_or_no_and_scattered_values_are_no_default(values: list[float]) -> None:
    assert usual_value(np.array(values)) is None


def test_yes_or_no_days_vary_less_than_counts() -> None:
    rng, n = np.random.default_rng(6), 120
    shown = []
    for _ in range(120):
        y = (rng.random(n) < 0.6).astype(float)
        x = (persistent(rng, n, 0.4)[:, 0] > 0).astype(float)
        usable = np.ones(n, dtype=bool)
        shown.append(fit(Rows(y, x, nuisance(usable, np.arange(n) % 7), usable), counts=True).p)
    assert at_most_one(y)
    assert not at_most_one(np.array([0.0, 1, 0, 0]))
    assert 0.01 < np.mean(np.array(shown) < 0.05) < 0.12  # 0 to 1 % where days count as Poisson


def test_a_weekend_is_taken_out_whole() -> None:
    n = 280
    usable = np.ones(n, dtype=bool)
    z = nuisance(usable, np.arange(n) % 7)
    weekend = (np.arange(n) % 7 >= 5).astype(float)
    left = weekend - z @ np.linalg.lstsq(z, weekend, rcond=None)[0]
    assert np.abs(left).max() < 1e-9


def marked_log(*marks: Mark) -> Log:
    first = date(2024, 1, 1)
    cramps = [
        Cramp(at=datetime(2024, 1, 1, 23, tzinfo=UTC) + timedelta(days=3 * n)) for n in range(40)
    ]
    return Log((TrackedSpan(first_day=first, last_day=date(2024, 4, 30)), *cramps, *marks))


def test_a_new_medicine_and_an_own_cycle_are_taken_out() -> None:
    medicine = Mark(first_day=date(2024, 2, 15), kind=MarkKind.MEDICINE, name="new")
    cycle = [
        Mark(first_day=date(2024, 1, 10), kind=MarkKind.CYCLE, name="period"),
        Mark(first_day=date(2024, 2, 9), kind=MarkKind.CYCLE, name="period"),
    ]
    days = day_table(marked_log(medicine, *cycle), day_start=START)
    step = days["marked_0"]
    assert (step.loc["2024-02-14"], step.loc["2024-02-15"]) == (0, 1)
    peaks = days.index[days["marked_cycle_cos"] > 0.9999]
    assert [str(day.date()) for day in peaks[:3]] == ["2024-01-10", "2024-02-09", "2024-03-08"]
    plain = day_table(marked_log(), day_start=START)
    assert not [name for name in plain if str(name).startswith("marked_")]
    rows = associate(
        days.assign(x=step + np.random.default_rng(1).normal(0, 0.001, len(days))),
        outcome="cramps",
        factor="x",
        lag=0,
    )
    assert not rows.shown or rows.verdict is Verdict.NO_CLEAR


def test_what_was_done_because_of_a_cramp_is_no_exposure() -> None:
    first = date(2024, 1, 1)
    log = Log(
        (
            TrackedSpan(first_day=first, last_day=date(2024, 1, 9)),
            Reading(day=date(2024, 1, 2), factor="magnesium_mg", value=300),
            Reading(day=date(2024, 1, 4), factor="magnesium_mg", value=300, because_of_cramp=True),
            Reading(day=date(2024, 1, 6), factor="magnesium_mg", value=300),
            Workout(at=datetime(2024, 1, 3, 17, tzinfo=UTC), minutes=20),
            Workout(at=datetime(2024, 1, 5, 17, tzinfo=UTC), minutes=20, because_of_cramp=True),
        )
    )
    days = day_table(log, day_start=START)
    assert days["magnesium_mg"].tolist()[1:6] == pytest.approx(
        [300, 0, np.nan, 0, 300], nan_ok=True
    )
    assert days["exercise_min"].tolist()[2:5] == pytest.approx([20, 0, np.nan], nan_ok=True)


def test_a_rare_factor_is_held_to_every_shift_of_itself() -> None:
    rng, n = np.random.default_rng(8), 365
    usable = np.ones(n, dtype=bool)
    found = []
    for _ in range(150):
        y = rng.poisson(0.4, n).astype(float)
        x = (rng.random(n) < 0.04).astype(float)
        found.append(shift_p(Rows(y, x, nuisance(usable, np.arange(n) % 7), usable)))
    assert min(found) >= 1 / n - 1e-9
    assert 0.01 < np.mean(np.array(found) < 0.05) < 0.10


def test_what_only_explores_is_held_to_one_in_a_hundred() -> None:
    days = a_log(n=300, effect=0.45)
    asked = [question("cramps", "factor", lag=lag) for lag in range(1, 9)]
    found = family(asked, days).answers
    clear = [one for one in found if one.verdict is Verdict.LOWER]
    assert all(one.q <= 0.01 for one in clear)
