"""Test, interval, looks and orders of plans of the second kind."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import numpy as np
import pytest

from legcare.analysis.experiment import inversion, looks
from legcare.analysis.experiment.inversion import (
    Contrast,
    contrast,
    invert,
    quota,
    quotas_at,
    spending,
)
from legcare.analysis.experiment.pairs import Pairs
from legcare.analysis.experiment.random_order import exchanges, fair, random_order
from legcare.analysis.experiment.result import Finding, result
from legcare.analysis.experiment.schedule import NotYet, ended
from legcare.records.experiment import INVERSION, Arm, Decision, Experiment
from tests.experiment.made import AFTER, FIRST, NOON, SORENESS, a_plan, an_experiment, by_arm

FEW, MANY = [0, 0, 1, 0, 0, 0, 0], [1, 0, 1, 1, 0, 1, 1]


def counts(a: list[float], b: list[float]) -> Pairs:
    return Pairs(np.array(a), np.full(len(a), 7.0), np.array(b), np.full(len(b), 7.0))


def every(pairs: int) -> np.ndarray:
    """Every way of exchanging some of the pairs, nothing exchanged left out."""
    return np.array(list(itertools.product([False, True], repeat=pairs))[1:]).T


def one_sided(a: np.ndarray, b: np.ndarray, ratio: float) -> float:
    """The p of "A is at least ``ratio`` times B", by exchanging A / ratio and B in every way."""
    excess = a / ratio - b
    sums = [(np.array(signs) * excess).sum() for signs in itertools.product([1, -1], repeat=len(a))]
    return float(np.mean([s <= excess.sum() + 1e-9 for s in sums]))


def test_the_upper_end_is_where_the_test_by_brute_force_changes_its_mind() -> None:
    a, b = np.array([2.0, 0, 1, 3, 1, 0, 2]), np.array([4.0, 5, 2, 6, 2, 3, 7])
    allowed = quota(0.025, 2**7 - 1)
    high = float(invert(contrast(counts(list(a), list(b)), ratio=True), every(7), allowed).high)
    assert one_sided(a, b, high * 1.001) <= 0.025 < one_sided(a, b, high * 0.999)


def test_the_interval_never_contradicts_the_test() -> None:
    rng = np.random.default_rng(5)
    for ratio in (True, False):
        a, b = rng.poisson(2.0, (300, 7)).astype(float), rng.poisson(4.0, (300, 7)).astype(float)
        days = rng.integers(0, 8, (2, 300, 7)).astype(float)
        parts = contrast(
            Pairs(np.where(days[0], a, 0), days[0], np.where(days[1], b, 0), days[1]), ratio=ratio
        )
        read = invert(parts, every(7), quota(0.025, 127))
        outside = (read.high < parts.null) | (read.low > parts.null)
        assert ((read.p <= 0.05) == outside).all()
        assert outside.any()
        assert (read.low <= read.value).all()
        assert (read.value <= read.high).all()


def test_exchanging_a_and_b_turns_the_interval_upside_down() -> None:
    rng = np.random.default_rng(6)
    a, b = rng.poisson(3.0, 8).astype(float), rng.poisson(5.0, 8).astype(float)
    allowed = quota(0.025, 255)
    forth = invert(contrast(counts(list(a), list(b)), ratio=True), every(8), allowed)
    back = invert(contrast(counts(list(b), list(a)), ratio=True), every(8), allowed)
    assert float(forth.low * back.high) == pytest.approx(1.0)
    assert float(forth.p) == float(back.p)


def test_fewer_than_six_pairs_leave_every_size_open() -> None:
    parts = contrast(counts([0.0] * 5, [9.0] * 5), ratio=True)
    read = invert(parts, every(5), quota(0.025, 31))
    assert (float(read.low), float(read.high)) == (0.0, np.inf)


def test_the_error_of_looks_is_spent_as_by_lan_and_demets() -> None:
    # Jennison and Turnbull 2000, table 2.3 (K = 5, two-sided 5 %): nominal z 4.56 at a fifth
    assert spending(0.2, 0.025) == pytest.approx(5.4e-7, rel=0.2)
    assert spending(0.5, 0.025) == pytest.approx(0.00153, abs=2e-5)
    assert spending(1.0, 0.025) == pytest.approx(0.025)


def test_over_all_orders_the_looks_say_helps_as_often_as_they_may_and_no_oftener() -> None:
    size = np.random.default_rng(7).gamma(1.0, 1.0, 10)
    stages = [(6, 0.02), (8, 0.03), (10, 0.05)]
    helped = 0
    for signs in itertools.product([1.0, -1.0], repeat=10):
        parts = Contrast(np.array(signs) * size, np.ones(10), 0.0)
        allowed = quotas_at(parts, every(10), stages)
        helped += any(
            float(invert(parts.first(n), every(10)[:n], count).high) < 0
            for (n, _), count in zip(stages, allowed, strict=True)
        )
    assert 0.035 < helped / 2**10 <= 0.05


def test_orders_are_balanced_and_follow_from_the_seed_and_the_test_compares_with_such() -> None:
    plan = a_plan(pairs=14, block_days=3, outcome=SORENESS, worthwhile=1.0, rules=INVERSION)
    order = random_order(plan)
    b_first = np.array([[order[2 * n] is Arm.B] for n in range(14)])
    assert fair(b_first, plan).all()
    assert fair(b_first ^ exchanges(plan), plan).all()
    assert not fair(np.zeros((14, 1), dtype=bool), plan).any()
    days = [FIRST + timedelta(days=n) for n in range(plan.days)]
    sundays = [str(order[n // 3]) for n, day in enumerate(days) if day.weekday() == 6]
    assert abs(sundays.count("A") - sundays.count("B")) <= 4
    firsts = {str(random_order(plan.model_copy(update={"seed": n}))[0]) for n in range(20)}
    assert firsts == {"A", "B"}


def planned(**changes: object) -> Experiment:
    return an_experiment(**({"rules": INVERSION} | changes))


def test_a_plan_of_the_second_kind_says_helps_where_all_pairs_agree() -> None:
    experiment = planned()
    answer = result(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER)
    assert answer.planned.finding is Finding.HELPS
    assert answer.planned.p == 2 / 50, "fifty orders may be drawn"
    assert answer.planned.high < 1
    assert [name for name, _ in answer.checks][2:] == [
        "second half of each block",
        "first half of the pairs",
        "second half of the pairs",
    ]


def looked(experiment: Experiment, a: list[float], b: list[float], day: date) -> Experiment:
    days = by_arm(experiment.plan, a, b)
    return looks.take_looks(experiment, days, now=NOON, today=day)


def test_a_look_stops_where_it_helps_and_the_answer_rests_on_its_pairs() -> None:
    experiment = planned(pairs=24, looks=looks.usual_looks(24))
    assert experiment.plan.looks == (8, 12, 16, 20)
    before = looked(experiment, FEW, MANY, FIRST + timedelta(days=8 * 14 - 1))
    assert before.looks == ()
    after = looked(experiment, FEW, MANY, FIRST + timedelta(days=12 * 14))
    assert [(look.pairs, look.decision) for look in after.looks] == [
        (8, Decision.GO_ON),
        (12, Decision.HELPS),
    ]
    assert after.ended_on == FIRST + timedelta(days=12 * 14 - 1)
    answer = result(
        after, by_arm(experiment.plan, FEW, MANY), today=FIRST + timedelta(days=12 * 14)
    ).planned
    assert answer.finding is Finding.HELPS
    assert answer.n_pairs == 12
    assert answer.level > 0.99, "an early answer has a wider interval"


def test_a_look_stops_where_going_on_would_hardly_show_it() -> None:
    experiment = planned(pairs=24, looks=looks.usual_looks(24))
    after = looked(experiment, MANY, FEW, FIRST + timedelta(days=8 * 14))
    assert after.stop_look is not None
    assert after.stop_look.decision in (Decision.FUTILE, Decision.NOT_ENOUGH)


def test_between_looks_nothing_is_read() -> None:
    experiment = planned(pairs=24, looks=(8, 12, 16, 20))
    days = by_arm(experiment.plan, FEW, MANY)
    with pytest.raises(NotYet):
        result(experiment, days, today=FIRST + timedelta(days=9 * 14))


def test_the_chance_to_the_end_by_hand() -> None:
    # half way, z = 1, and what was hoped for is two standard errors of the whole: information grows
    # from 1/2 to 1; (1 * sqrt(.5) + 2 * .5 - 1.96) / sqrt(.5)
    found = looks.chance_to_the_end(np.array(1.0), np.array(np.sqrt(2.0)), 0.5, 2.0, 0.025)
    assert float(found) == pytest.approx(0.360, abs=0.002)


def rerun(first: Experiment, **changes: object) -> Experiment:
    begin = first.plan.first_day + timedelta(days=first.plan.days)
    return planned(first_day=begin, previous=(first.seal,), seed=77, **changes)


def test_a_rerun_is_read_with_the_earlier_run_and_what_is_left_of_the_error() -> None:
    first = planned(alpha=0.02)
    again = rerun(first)
    days = by_arm(first.plan, FEW, MANY).combine_first(by_arm(again.plan, FEW, MANY))
    today = again.plan.first_day + timedelta(days=again.plan.days)
    answer = result(again, days, today=today, earlier=[first])
    assert (answer.runs, answer.planned.n_pairs) == (2, 12)
    assert answer.planned.finding is Finding.HELPS
    assert result(again, days, today=today).planned.n_pairs == 6, "only runs that it names"


def test_four_runs_say_helps_as_often_as_one_may() -> None:
    size = np.random.default_rng(8).gamma(1.0, 1.0, 12)
    for last in (0.025, 0.05):
        stages = [(6, 0.025), (8, last), (10, last), (12, last)]
        helped = 0
        rng = np.random.default_rng(9)
        orders = rng.random((12, 999)) < 0.5
        for signs in rng.choice([1.0, -1.0], (1500, 12)):
            parts = Contrast(signs * size, np.ones(12), 0.0)
            allowed = quotas_at(parts, orders, stages)
            helped += any(
                float(invert(parts.first(n), orders[:n], count).high) < 0
                for (n, _), count in zip(stages, allowed, strict=True)
            )
        assert helped / 1500 <= last + 3 * np.sqrt(last / 1500)


def test_pairs_that_agree_by_luck_on_few_cramps_leave_the_question_open() -> None:
    experiment = planned()
    one = [1, 0, 0, 0, 0, 0, 0]
    answer = result(experiment, by_arm(experiment.plan, one, one), today=AFTER).planned
    assert answer.finding is Finding.CANNOT_TELL
    assert answer.low < 0.4
    assert answer.high > 2.5


def test_three_arms_are_each_held_to_b_with_half_of_the_error() -> None:
    experiment = planned(more=("magnesium",), pairs=8)
    order = random_order(experiment.plan)
    assert all(set(order[3 * n : 3 * n + 3]) == {Arm.A, Arm.B, Arm.C} for n in range(8))
    levels = {Arm.A: FEW, Arm.B: MANY, Arm.C: MANY}
    days = by_arm(experiment.plan, FEW, MANY, c=levels[Arm.C])
    answer = result(experiment, days, today=FIRST + timedelta(days=experiment.plan.days))
    assert answer.planned.finding is Finding.HELPS
    assert [(arm, effect.value) for arm, effect in answer.others] == [(Arm.C, pytest.approx(1.0))]
    assert answer.planned.level == pytest.approx(0.975)


def test_an_experiment_ended_in_its_first_pair_cannot_tell() -> None:
    experiment = ended(planned(), FIRST + timedelta(days=3))
    answer = result(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER).planned
    assert answer.finding is Finding.CANNOT_TELL
    assert inversion.TIE < 1e-6
