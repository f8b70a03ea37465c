"""The plan: drawn by lot, sealed, revealed block by block, shifted by pauses."""

from __future__ import annotations

import hashlib
import itertools
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from legcare.analysis.experiment.plan import (
    BrokenSeal,
    canonical,
    check_seal,
    fresh_seed,
    seal_of,
    sealed,
    unsealed,
)
from legcare.analysis.experiment.random_order import random_order
from legcare.analysis.experiment.schedule import (
    NotYet,
    Stage,
    arm_on,
    ended,
    is_over,
    last_day,
    marked,
    paused,
    progress,
    resumed,
    revealed,
    schedule,
    stage,
    unmarked,
    unpaused,
)
from legcare.errors import LegcareError
from legcare.records.experiment import Arm, DayMark, Experiment, Pause
from tests.experiment.made import AFTER, FIRST, LAST, NOON, a_plan, an_experiment
from tests.profile import examples


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_each_pair_has_one_block_of_each_and_both_orders_occur() -> None:
    arms = random_order(a_plan(pairs=40))
    firsts = [arms[2 * pair] for pair in range(40)]
    assert all({arms[2 * pair], arms[2 * pair + 1]} == {Arm.A, Arm.B} for pair in range(40))
    assert 10 < firsts.count(Arm.A) < 30


def test_the_order_follows_from_seed_and_salt_alone_and_changes_with_either() -> None:
    assert random_order(a_plan(pairs=40)) == random_order(
        a_plan(pairs=40, a="foam roller", worthwhile=0.5)
    )
    assert random_order(a_plan(pairs=40)) != random_order(a_plan(pairs=40, seed=2027))
    assert random_order(a_plan(pairs=40)) != random_order(a_plan(pairs=40, salt="f" * 32))


def test_over_many_seeds_a_comes_first_as_often_as_b() -> None:
    first = sum(
        random_order(a_plan(pairs=60, seed=seed))[2 * pair] is Arm.A
        for seed in range(50)
        for pair in range(60)
    )
    assert abs(first - 1500) < 4 * (3000 * 0.25) ** 0.5


def test_the_seal_is_the_sha256_of_the_plan_as_json() -> None:
    plan = a_plan(a="Wadenmassage – 10 min")
    text = json.dumps(
        json.loads(plan.model_dump_json()),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    assert canonical(plan) == text
    assert seal_of(plan) == hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"worthwhile": 0.7},
        {"a": "a hot bath"},
        {"seed": 2027},
        {"first_day": day(1)},
        {"pairs": 7},
        {"block_days": 6},
    ],
)
def test_a_plan_changed_after_it_was_sealed_is_refused(change: dict[str, object]) -> None:
    honest = an_experiment()
    forged = honest.model_copy(update={"plan": honest.plan.model_copy(update=change)})
    check_seal(honest)
    with pytest.raises(BrokenSeal, match="was changed afterwards"):
        check_seal(forged)


def test_a_plan_resealed_behind_ones_back_does_not_match_the_seal_written_down() -> None:
    honest = an_experiment()
    forged = sealed(honest.plan.model_copy(update={"worthwhile": 0.9}))
    check_seal(honest, written_down=f" {honest.seal[:6].upper()} {honest.seal[6:12]}")
    with pytest.raises(BrokenSeal, match="does not belong to this plan"):
        check_seal(forged, written_down=honest.seal[:12])


def test_a_seal_survives_being_stored() -> None:
    honest = an_experiment()
    check_seal(Experiment.model_validate_json(honest.model_dump_json()))


def test_seed_and_salt_are_handed_out_only_after_the_end() -> None:
    honest = an_experiment()
    assert "2026" not in str(unsealed(honest, finished=False)["seed"])
    assert unsealed(honest, finished=True)["salt"] == honest.plan.salt


def test_fresh_lots_differ() -> None:
    assert len({str(fresh_seed()) for _ in range(20)}) == 20


def test_nonsense_plans_are_refused_with_a_reason() -> None:
    with pytest.raises(ValidationError, match="means 40 % fewer"):
        a_plan(worthwhile=1.4)
    with pytest.raises(ValidationError, match="nothing to compare"):
        a_plan(b="10 minutes of CALF massage before bed ")


def test_only_the_current_block_is_known() -> None:
    experiment = an_experiment()
    today = day(8)
    assert {planned.block for planned in revealed(experiment, today)} == {1, 2}
    assert arm_on(experiment, day(13), today=today).block == 2  # type: ignore[union-attr]
    with pytest.raises(NotYet, match="not revealed before it begins"):
        arm_on(experiment, day(14), today=today)
    assert revealed(experiment, day(-1)) == ()
    assert len(revealed(experiment, AFTER)) == 84
    assert arm_on(experiment, AFTER, today=AFTER) is None


def test_a_pause_takes_its_days_out_and_shifts_the_rest() -> None:
    experiment = an_experiment()
    away = paused(experiment, Pause(first_day=day(10), last_day=day(14)), today=day(10))
    before, after = schedule(experiment, day(10)), schedule(away, day(20))
    assert [p.arm for p in before] == [p.arm for p in after]
    assert [p.day for p in after[:10]] == [day(n) for n in range(10)]
    assert [p.day for p in after[10:12]] == [day(15), day(16)]
    assert last_day(away, day(20)) == LAST + timedelta(days=5)
    assert arm_on(away, day(12), today=day(12)) is None
    assert stage(away, day(12)) is Stage.PAUSED


def test_an_open_pause_moves_the_end_day_by_day_until_it_is_over() -> None:
    away = paused(an_experiment(), Pause(first_day=day(3)), today=day(3))
    assert last_day(away, day(3)) == LAST + timedelta(days=1)
    assert last_day(away, day(9)) == LAST + timedelta(days=7)
    assert stage(away, day(9)) is Stage.PAUSED
    back = resumed(away, day(9))
    assert stage(back, day(9)) is Stage.RUNNING
    assert last_day(back, day(40)) == LAST + timedelta(days=6)
    assert (
        resumed(paused(back, Pause(first_day=day(20)), today=day(20)), day(20)).pauses
        == back.pauses
    )


def test_a_pause_may_not_rewrite_the_past_or_overlap() -> None:
    away = paused(an_experiment(), Pause(first_day=day(10), last_day=day(14)), today=day(10))
    with pytest.raises(LegcareError, match="would change their block"):
        paused(away, Pause(first_day=day(4), last_day=day(5)), today=day(10))
    with pytest.raises(LegcareError, match="already is a pause from 15 January 2026"):
        paused(away, Pause(first_day=day(14)), today=day(12))


def test_stages_of_a_life() -> None:
    experiment = an_experiment()
    assert stage(experiment, day(-3)) is Stage.WAITING
    assert stage(experiment, FIRST) is Stage.RUNNING
    assert stage(experiment, LAST) is Stage.RUNNING
    assert stage(experiment, AFTER) is Stage.FINISHED
    stopped = ended(experiment, day(30), why="moved house")
    assert stage(stopped, day(30)) is Stage.ENDED_EARLY
    assert is_over(stopped, day(30))
    assert schedule(stopped, day(60))[-1].day == day(30)
    with pytest.raises(LegcareError, match="cannot be moved afterwards"):
        ended(stopped, day(40))


def test_progress_counts_days_and_keeping_and_says_nothing_about_cramps() -> None:
    experiment = an_experiment()
    arms = {planned.day: planned.arm for planned in schedule(experiment, LAST)}
    done = [arms[day(0)], arms[day(1)].other, None]
    for number, arm in enumerate(done):
        experiment = marked(experiment, DayMark(day=day(number), done=arm, noted_at=NOON))
    seen = progress(experiment, day(4))
    assert (seen.days_done, seen.days_planned, seen.marked) == (5, 84, 3)
    assert (seen.kept, seen.swapped, seen.neither) == (1, 1, 1)
    assert seen.share == pytest.approx(5 / 84)


def test_a_corrected_mark_counts_and_the_first_one_stays() -> None:
    experiment = marked(an_experiment(), DayMark(day=FIRST, done=None, noted_at=NOON))
    experiment = marked(
        experiment, DayMark(day=FIRST, done=Arm.A, noted_at=NOON + timedelta(hours=1))
    )
    assert experiment.done_on(FIRST).done is Arm.A  # type: ignore[union-attr]
    assert [mark.done for mark in experiment.marks] == [None, Arm.A]


@examples(25)
@given(
    starts=st.lists(st.integers(0, 120), max_size=4),
    lengths=st.lists(st.integers(1, 20), min_size=4, max_size=4),
    washout=st.integers(0, 2),
)
def test_whatever_the_pauses_every_block_is_whole_in_order_and_never_on_a_paused_day(
    starts: list[int], lengths: list[int], washout: int
) -> None:
    experiment = an_experiment(washout_days=washout)
    for start, length in zip(starts, lengths, strict=False):
        try:
            pause = Pause(first_day=day(start), last_day=day(start + length - 1))
            experiment = paused(experiment, pause, today=FIRST)
        except LegcareError:
            continue
    planned = schedule(experiment, FIRST)
    assert len(planned) == experiment.plan.days
    assert all(earlier.day < later.day for earlier, later in itertools.pairwise(planned))
    assert not any(pause.holds(p.day) for pause in experiment.pauses for p in planned)
    assert [p.counted for p in planned].count(True) == 84
    assert [p.block for p in planned] == sorted(p.block for p in planned)


def test_a_pause_is_taken_out_before_it_begins_and_never_after() -> None:
    pause = Pause(first_day=FIRST + timedelta(days=3))
    planned = paused(an_experiment(), pause, today=FIRST)
    assert unpaused(planned, pause, today=FIRST).pauses == ()
    with pytest.raises(LegcareError, match="would change the block of days already lived"):
        unpaused(planned, pause, today=FIRST + timedelta(days=3))


def test_a_word_taken_back_leaves_the_earlier_one() -> None:
    first, second = (DayMark(day=FIRST, done=arm, noted_at=NOON) for arm in (Arm.B, Arm.A))
    both = marked(marked(an_experiment(), first), second)
    assert unmarked(both, second).marks == (first,)
    assert unmarked(an_experiment(), first).marks == ()
