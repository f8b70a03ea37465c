"""What the experiment says: as planned and as done, with verdicts that follow from the interval."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcare.analysis.estimate import Verdict
from legcare.analysis.experiment.days import experiment_days, pairs_of
from legcare.analysis.experiment.pairs import Pairs
from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.result import (
    Finding,
    effect_of,
    finding_of,
    more_of_the_same,
    result,
    threshold,
)
from legcare.analysis.experiment.schedule import NotYet, ended, marked, schedule
from legcare.records.experiment import Arm, DayMark, Experiment
from tests.experiment.made import (
    AFTER,
    CRAMPS,
    FIRST,
    LAST,
    NOON,
    SORENESS,
    a_plan,
    an_experiment,
    by_arm,
)
from tests.profile import examples

FEW, MANY = [0, 0, 1, 0, 0, 0, 0], [1, 0, 1, 1, 0, 1, 1]


def test_a_clear_difference_helps_and_every_number_can_be_followed_by_hand() -> None:
    experiment = an_experiment()
    found = result(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER).planned
    assert (found.n_pairs, found.n_days, found.n_events) == (6, 84, 36)
    assert found.value == pytest.approx(6.5 / 30.5)
    assert (found.rate_a, found.rate_b) == pytest.approx((6 / 42, 30 / 42))
    assert found.p == 2 / 2**6
    reach = 2.570581836 * np.sqrt(
        1 / 6.5 + 1 / 30.5
    )  # t with 5 degrees of freedom; pairs agree, so Poisson error
    assert (found.low, found.high) == pytest.approx(
        (np.exp(np.log(6.5 / 30.5) - reach), np.exp(np.log(6.5 / 30.5) + reach))
    )
    assert found.finding is Finding.HELPS
    assert found.verdict is Verdict.LOWER


def test_no_difference_with_many_cramps_does_not_help_enough_to_matter() -> None:
    experiment = an_experiment()
    found = result(experiment, by_arm(experiment.plan, [2] * 7, [2] * 7), today=AFTER).planned
    assert found.value == pytest.approx(1.0)
    assert found.low > 0.6
    assert found.finding is Finding.NOT_ENOUGH_TO_MATTER


def test_few_cramps_cannot_tell_and_say_what_it_would_take() -> None:
    experiment = an_experiment()
    found = result(
        experiment, by_arm(experiment.plan, [1, 0, 0, 0, 0, 0, 0], FEW), today=AFTER
    ).planned
    assert found.finding is Finding.CANNOT_TELL
    assert "Only 12 events" in found.caveats[0]
    expected = (2.8 * found.se / np.log(1 / 0.6)) ** 2
    assert more_of_the_same(found, CRAMPS) == pytest.approx(expected)
    assert expected > 4


def test_a_result_is_refused_before_the_end_and_for_a_changed_plan() -> None:
    experiment = an_experiment()
    days = by_arm(experiment.plan, FEW, MANY)
    with pytest.raises(NotYet, match="read once, at the end"):
        result(experiment, days, today=LAST)
    forged = experiment.model_copy(
        update={"plan": experiment.plan.model_copy(update={"worthwhile": 0.9})}
    )
    with pytest.raises(BrokenSeal):
        result(forged, days, today=AFTER)


def test_days_that_were_not_tracked_are_unknown_not_without_cramps() -> None:
    experiment = an_experiment()
    days = by_arm(experiment.plan, FEW, MANY)
    days.loc[days.index[:3], "cramps"] = np.nan
    found = result(experiment, days, today=AFTER)
    assert found.planned.n_days == 81
    assert list(found.blocks["days"])[:2] == [4, 7]
    assert list(found.blocks["planned_days"]) == [7] * 12


def test_incomplete_blocks_and_first_days_are_left_out_beside_not_instead() -> None:
    experiment = an_experiment()
    days = by_arm(experiment.plan, FEW, MANY)
    days.loc[days.index[:3], "cramps"] = np.nan
    checks = dict(result(experiment, days, today=AFTER).checks)
    assert checks["first day of each block left out"].n_days == 72 - 2
    assert checks["pairs with an incomplete block left out"].n_pairs == 5


def kept_as(experiment: Experiment, done: list[Arm | None]) -> Experiment:
    for planned, arm in zip(schedule(experiment, LAST), done, strict=False):
        experiment = marked(experiment, DayMark(day=planned.day, done=arm, noted_at=NOON))
    return experiment


def test_as_done_counts_what_was_done_and_as_planned_does_not_move() -> None:
    experiment = an_experiment()
    days = by_arm(experiment.plan, FEW, MANY)
    arms = [planned.arm for planned in schedule(experiment, LAST)]
    honest = result(kept_as(experiment, list(arms)), days, today=AFTER)
    assert honest.done.value == honest.planned.value
    swapped = result(kept_as(experiment, [arms[0].other, *arms[1:]]), days, today=AFTER)
    assert swapped.planned == honest.planned
    assert swapped.done.n_days == 84
    assert swapped.done.value != honest.done.value
    nothing = result(experiment, days, today=AFTER).done
    assert nothing.verdict is Verdict.NOT_ENOUGH
    assert "Fewer than two pairs" in nothing.refusal


def test_days_of_neither_are_not_counted_as_done() -> None:
    experiment = kept_as(an_experiment(), [None, None])
    lived = experiment_days(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER)
    assert lived["marked"].sum() == 2
    assert lived["done"].isna().all()
    assert pairs_of(lived, by="done").a_days.size == 0


def test_ending_early_drops_the_unpaired_block_and_says_so() -> None:
    experiment = ended(
        an_experiment(), FIRST + timedelta(days=34)
    )  # five blocks lived: two pairs and a half
    found = result(experiment, by_arm(experiment.plan, FEW, MANY), today=AFTER)
    assert found.ended_early
    assert found.planned.n_pairs == 2
    assert found.planned.finding is Finding.CANNOT_TELL
    assert "2 pairs can never show a difference" in found.planned.caveats[0]


def test_ending_before_the_first_day_leaves_nothing_to_read_and_says_so() -> None:
    experiment = ended(an_experiment(), FIRST - timedelta(days=2))
    found = result(experiment, by_arm(experiment.plan, FEW, MANY), today=FIRST - timedelta(days=2))
    assert found.planned.refusal == "Fewer than two pairs of blocks have days with a known outcome."
    assert len(found.blocks) == 0
    assert found.last_day == FIRST - timedelta(days=2)


def test_washout_days_are_lived_but_not_counted() -> None:
    experiment = an_experiment(washout_days=2)
    days = by_arm(experiment.plan, [9, 9, *FEW], [9, 9, *MANY])
    found = result(experiment, days, today=FIRST + timedelta(days=experiment.plan.days)).planned
    assert found.n_events == 36


def test_no_cramps_at_all_and_no_days_at_all_are_refused_in_words() -> None:
    experiment = an_experiment()
    quiet = result(experiment, by_arm(experiment.plan, [0] * 7, [0] * 7), today=AFTER).planned
    assert quiet.refusal == "No cramps in either arm, so there is nothing to compare."
    blank = result(
        experiment, by_arm(experiment.plan, [0] * 7, [0] * 7, column="steps"), today=AFTER
    ).planned
    assert blank.still_needed == "6 more complete pairs"


def test_scores_are_read_as_points_and_more_can_be_better() -> None:
    plan = {"outcome": SORENESS, "worthwhile": 1.0, "block_days": 3}
    experiment = an_experiment(**plan)
    days = by_arm(experiment.plan, [3, 4, 3], [6, 5, 6], column="soreness")
    after = FIRST + timedelta(days=experiment.plan.days)
    found = result(experiment, days, today=after).planned
    assert found.value == pytest.approx(10 / 3 - 17 / 3)
    assert found.finding is Finding.HELPS
    more = SORENESS.model_copy(update={"lower_is_better": False})
    other = an_experiment(**(plan | {"outcome": more}))
    assert result(other, days, today=after).planned.finding is Finding.NOT_ENOUGH_TO_MATTER


@examples(100)
@given(st.floats(-3, 3), st.floats(0, 4), st.floats(0.05, 2), st.sampled_from([1.0, -1.0]))
def test_a_verdict_never_contradicts_its_interval(
    low: float, width: float, least: float, better: float
) -> None:
    high = low + width
    finding = finding_of(low, high, least, better=better)
    best, worst = (-low, -high) if better > 0 else (high, low)
    assert (finding is Finding.HELPS) == (worst > 0 and best >= least)
    assert (finding is Finding.NOT_ENOUGH_TO_MATTER) == (best < least)


@examples(40)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=12))
def test_exchanging_a_and_b_turns_the_answer_upside_down(totals: list[tuple[int, int]]) -> None:
    a, b = np.array(totals, dtype=float).T
    days = np.full(len(totals), 7.0)
    forth = effect_of(Pairs(a, days, b, days), CRAMPS, 0.6)
    back = effect_of(Pairs(b, days, a, days), CRAMPS, 0.6)
    assert forth.value * back.value == pytest.approx(1.0)
    assert forth.low * back.high == pytest.approx(1.0)
    assert forth.p == pytest.approx(back.p)


def test_the_threshold_is_on_the_scale_of_the_estimate() -> None:
    assert threshold(CRAMPS, 0.5) == pytest.approx(np.log(2))
    assert threshold(SORENESS, 1.5) == 1.5


def test_nothing_is_changed_in_the_day_table() -> None:
    plan = a_plan()
    days = by_arm(plan, FEW, MANY)
    before = days.copy()
    result(an_experiment(), days, today=AFTER)
    assert days.equals(before)
