"""Planned looks: the answer may come before the last pair, at set times and at no other.

A look stops the experiment where the answer is there (it helps, or it does not help enough to
matter), or where going on would hardly show it: the chance that the plan's last reading says
"helps", were A to bring the change asked for, is under a tenth (conditional power: Jennison and
Turnbull 2000, Group Sequential Methods, section 10.2). What a look decided is kept, not repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd

from legcare.analysis.experiment.pairs import Array
from legcare.analysis.experiment.plan import check_seal
from legcare.analysis.experiment.result import Effect, Finding, read_runs, run_of, threshold
from legcare.analysis.experiment.schedule import schedule
from legcare.records.experiment import Decision, Experiment, Look, Plan

FIRST_LOOK, EVERY = 8, 4
FUTILE = 0.1
MOST_LOOKS = 4


def usual_looks(pairs: int) -> tuple[int, ...]:
    """After 8 pairs and every fourth from there; of more than 24, after each sixth from a third.

    Fewer than twelve pairs are too few for more than one reading.
    """
    if pairs < FIRST_LOOK + EVERY:
        return ()
    step = EVERY if pairs <= FIRST_LOOK + MOST_LOOKS * EVERY else round(pairs / 6)
    return tuple(range(2 * step, pairs, step))[:MOST_LOOKS]


def last_days(experiment: Experiment, today: date) -> dict[int, date]:
    """The last day of every pair, as the plan now stands."""
    return {day.pair: day.day for day in schedule(experiment, today)}


def next_look(experiment: Experiment, today: date) -> tuple[int, date] | None:
    """After how many pairs the next look comes, and the day before it; None where none comes."""
    taken = {look.pairs for look in experiment.looks}
    left = [number for number in experiment.plan.looks if number not in taken]
    if experiment.ended_on is not None or not left:
        return None
    return left[0], last_days(experiment, today)[left[0]]


def take_looks(
    experiment: Experiment,
    days: pd.DataFrame,
    *,
    now: datetime,
    today: date,
    earlier: Sequence[Experiment] = (),
) -> Experiment:
    """The experiment with every look that is due taken, and ended where one stops it.

    Raises ``BrokenSeal`` for a plan that was changed.
    """
    while (due := next_look(experiment, today)) is not None and due[1] < today:
        check_seal(experiment)
        number, last = due
        decision = _decide(experiment, days, today, number, earlier)
        look = Look(pairs=number, decision=decision, noted_at=now)
        ends = {} if decision is Decision.GO_ON else {"ended_on": last}
        experiment = experiment.model_copy(update={"looks": (*experiment.looks, look)} | ends)
    return experiment


def _decide(
    experiment: Experiment,
    days: pd.DataFrame,
    today: date,
    number: int,
    earlier: Sequence[Experiment],
) -> Decision:
    plan = experiment.plan
    before = [run_of(e, days, today=today) for e in earlier if e.seal in plan.previous]
    effect = read_runs([*before, run_of(experiment, days, today=today, pairs=number)])
    if not effect.shown:
        return Decision.GO_ON
    if effect.finding is not Finding.CANNOT_TELL:
        helps = effect.finding is Finding.HELPS
        return Decision.HELPS if helps else Decision.NOT_ENOUGH
    return Decision.FUTILE if _chance_to_the_end(effect, plan, number) < FUTILE else Decision.GO_ON


def _chance_to_the_end(effect: Effect, plan: Plan, number: int) -> float:
    least = threshold(plan.outcome, plan.worthwhile)
    better = -1.0 if plan.outcome.lower_is_better else 1.0
    z = np.asarray(better * effect.log_value / effect.se if effect.se > 0 else 0.0)
    share = number / plan.pairs
    return float(chance_to_the_end(z, np.asarray(effect.se), share, least, plan.alpha))


def chance_to_the_end(z: Array, se: Array, share: float, least: float, alpha: float) -> Array:
    """The chance of "helps" at the last pair, given ``z`` at this share of the pairs, by formula.

    ``se`` is the standard error now; A is taken to bring the change asked for from here on.
    """
    from scipy import special

    drift = least / (se * np.sqrt(share)) * (1 - share)
    limit = -special.ndtri(alpha)
    return np.asarray(special.ndtr((z * np.sqrt(share) + drift - limit) / np.sqrt(1 - share)))
