"""What an experiment says.

One answer as planned, one as done beside it, and how far it hangs on single choices. Several runs
on one question are read as one, with the error that the earlier ones have spent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from legcare.analysis.estimate import Estimate, Verdict
from legcare.analysis.experiment import pairs as arithmetic
from legcare.analysis.experiment.days import (
    all_pairs_of,
    block_table,
    experiment_days,
    mean_by_day,
    pairs_of,
    whole_pairs,
)
from legcare.analysis.experiment.inversion import (
    Inversion,
    contrast,
    invert,
    quotas_at,
    spending,
)
from legcare.analysis.experiment.plan import check_seal
from legcare.analysis.experiment.random_order import joint_exchanges
from legcare.analysis.experiment.schedule import NotYet, Stage, is_over, last_day, stage
from legcare.records import written
from legcare.records.experiment import ALPHA, INVERSION, Arm, Experiment, Outcome, OutcomeKind, Plan

ENOUGH_PAIRS = 6
COMPLETE = 0.8
FEW_EVENTS = 30
POWER_80 = 1.96 + 0.84


class Finding(StrEnum):
    """The only three things an experiment may say."""

    HELPS = "helps"
    NOT_ENOUGH_TO_MATTER = "does not help enough to matter"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Effect(Estimate):
    """A against B: a ratio of rates for counts, a difference of means for scores.

    ``p`` is that of the randomisation test; the interval holds "no difference" wherever the test
    does not speak against it. ``finding`` is read off the interval and ``worthwhile`` alone.
    ``log_value`` and ``se`` are on the additive scale; an end of the interval may be infinite.
    """

    finding: Finding = Finding.CANNOT_TELL
    p: float = float("nan")
    n_pairs: int = 0
    worthwhile: float = float("nan")
    log_value: float = float("nan")
    se: float = float("nan")
    rate_a: float = float("nan")
    rate_b: float = float("nan")


@dataclass(frozen=True)
class Result:
    """The answer of one experiment.

    ``planned`` leads, ``done`` stands beside it, ``checks`` vary one choice each.

    ``others``: with more than two arms, what C and D say against B. ``runs``: how many experiments
    on the question ``planned`` reads as one. ``by_day``: ``arm``, ``day_in_block``, ``mean`` and
    ``days``, for what carries over. ``blocks`` has one row per block: ``pair``, ``block``,
    ``arm``, ``first_day``, ``last_day``, ``days`` (with a known outcome), ``planned_days``,
    ``total``, ``mean`` per day.
    """

    planned: Effect
    done: Effect
    checks: tuple[tuple[str, Effect], ...]
    blocks: pd.DataFrame
    ended_early: bool
    last_day: date
    others: tuple[tuple[Arm, Effect], ...] = ()
    runs: int = 1
    by_day: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True)
class Run:
    """What one experiment brings to an answer: its days up to now and its whole pairs."""

    experiment: Experiment
    lived: pd.DataFrame
    pairs: int

    @property
    def plan(self) -> Plan:
        """The sealed plan."""
        return self.experiment.plan

    def stages(self, before: float) -> list[tuple[int, float]]:
        """Pairs and error spent at each look and at the last reading; ``before``: spent earlier."""
        left = max(self.plan.alpha - before, 0.0)
        at = [n for n in self.plan.looks if n < self.pairs] + [self.pairs]
        planned = bool(self.plan.looks)
        return [
            (n, before + (spending(n / self.plan.pairs, left) if planned else left)) for n in at
        ]


def run_of(experiment: Experiment, days: pd.DataFrame, *, today: date, pairs: int = 60) -> Run:
    """The days of an experiment and how many of its first ``pairs`` are whole."""
    lived = experiment_days(experiment, days, today=today)
    number = min(whole_pairs(lived, len(experiment.plan.arms)), pairs)
    return Run(experiment, lived[lived["pair"] <= pairs], number)


def result(
    experiment: Experiment,
    days: pd.DataFrame,
    *,
    today: date,
    earlier: Sequence[Experiment] = (),
) -> Result:
    """Read a finished experiment from the day table, the ``earlier`` runs that it names included.

    Raises ``BrokenSeal`` where the plan was changed after it was sealed and ``NotYet`` before the
    end.
    """
    check_seal(experiment)
    if not is_over(experiment, today):
        raise NotYet(
            "The result is read once, at the end: looking earlier would find differences that are"
            " not there."
        )
    run = run_of(experiment, days, today=today)
    named = [each for each in earlier if each.seal in experiment.plan.previous]
    for each in named:
        check_seal(each)
    before = [run_of(each, days, today=today) for each in named]
    return Result(
        planned=read_runs([*before, run]),
        done=_effect(run, by="done"),
        checks=_checks(run),
        blocks=block_table(run.lived),
        ended_early=stage(experiment, today) is Stage.ENDED_EARLY,
        last_day=min(last_day(experiment, today), today),
        others=tuple((arm, _effect(run, test=arm)) for arm in experiment.plan.arms[2:]),
        runs=1 + len(before),
        by_day=mean_by_day(run.lived),
    )


def _checks(run: Run) -> tuple[tuple[str, Effect], ...]:
    plan, lived = run.plan, run.lived
    later = lived[lived["day_in_block"] > plan.washout_days + 1]
    blocks = block_table(lived)
    thin = blocks.loc[blocks["days"] < COMPLETE * plan.block_days, "pair"]
    present = blocks.groupby("pair").size()
    full = present.index[present == len(plan.arms)]
    whole = lived[~lived["pair"].isin(thin) & lived["pair"].isin(full)]
    checks = [
        ("first day of each block left out", later),
        ("pairs with an incomplete block left out", whole),
    ]
    if plan.rules >= INVERSION:
        middle = plan.washout_days + plan.block_days / 2
        checks += [
            ("second half of each block", lived[lived["day_in_block"] > middle]),
            ("first half of the pairs", lived[lived["pair"] <= run.pairs // 2]),
            ("second half of the pairs", lived[lived["pair"] > run.pairs // 2]),
        ]
    return tuple((name, _effect(replace(run, lived=days))) for name, days in checks)


def _effect(run: Run, *, by: str = "arm", test: Arm = Arm.A) -> Effect:
    """One reading of one run; plans of the first kind are read as they always were."""
    plan = run.plan
    data = pairs_of(run.lived, by=by, test=test)
    why = _reason_to_refuse(data, plan.outcome, by)
    if why:
        return _refused(plan.outcome, data.a_days.size, why)
    if plan.rules < INVERSION:
        return effect_of(data, plan.outcome, plan.worthwhile, seed=plan.seed)
    return read_runs([run], by=by, test=test)


def _reason_to_refuse(data: arithmetic.Pairs, outcome: Outcome, by: str) -> str:
    if data.a_days.size < 2:
        kind = "days" if by == "arm" else "marked days"
        return f"Fewer than two pairs of blocks have {kind} with a known outcome."
    if outcome.is_ratio and data.a_total.sum() + data.b_total.sum() == 0:
        return f"No {outcome.label.lower()} in either arm, so there is nothing to compare."
    return ""


def read_runs(runs: Sequence[Run], *, by: str = "arm", test: Arm = Arm.A) -> Effect:
    """One or more runs on the same question as one answer, by inversion of the test.

    The earlier runs' spent error is not spent again: "helps" is harder to reach than in one run.
    """
    plan = runs[-1].plan
    if len(runs) == 1 and plan.rules < INVERSION:
        return _effect(runs[0], by=by, test=test)
    data = _one_after_the_other([all_pairs_of(r.lived, r.pairs, by=by, test=test) for r in runs])
    known = arithmetic.Pairs(
        *(part[(data.a_days > 0) & (data.b_days > 0)] for part in _parts(data))
    )
    why = _reason_to_refuse(known, plan.outcome, by)
    if why:
        return _refused(plan.outcome, known.a_days.size, why)
    parts = contrast(data, ratio=plan.outcome.is_ratio)
    orders = joint_exchanges([run.plan for run in runs], [run.pairs for run in runs])
    better = 1.0 if plan.outcome.lower_is_better else -1.0
    allowed = int(quotas_at(parts, orders, _stages(runs), better=better)[-1])
    effect = _as_effect(invert(parts, orders, allowed), known, plan, runs)
    share = ALPHA / _comparisons(plan) if _plain(runs) else allowed / (orders.shape[1] + 1)
    return replace(effect, level=1 - 2 * share)


def _plain(runs: Sequence[Run]) -> bool:
    """Whether the answer has the usual level: one run, one look, nothing kept aside."""
    return len(runs) == 1 and not runs[0].plan.looks and runs[0].plan.alpha == ALPHA


def _comparisons(plan: Plan) -> int:
    return len(plan.arms) - 1


def _stages(runs: Sequence[Run]) -> list[tuple[int, float]]:
    """Pairs and error spent, all runs one after the other; several comparisons share the error."""
    stages: list[tuple[int, float]] = []
    before, share = 0.0, 1 / _comparisons(runs[-1].plan)
    for run in runs:
        done = stages[-1][0] if stages else 0
        stages += [(done + number, share * alpha) for number, alpha in run.stages(before)]
        before = max(before, run.plan.alpha)
    return stages


def _one_after_the_other(data: Sequence[arithmetic.Pairs]) -> arithmetic.Pairs:
    return arithmetic.Pairs(
        *(np.concatenate(part) for part in zip(*map(_parts, data), strict=True))
    )


def _parts(data: arithmetic.Pairs) -> tuple[arithmetic.Array, ...]:
    return data.a_total, data.a_days, data.b_total, data.b_days


def _with_chance_floor(
    found: Inversion, known: arithmetic.Pairs, outcome: Outcome
) -> tuple[float, float]:
    """The interval, with few events no narrower than chance alone leaves it.

    Pairs that agree by luck would make it so. An end that the test has put beyond "no difference"
    stays where it is.
    """
    low, high = float(found.low), float(found.high)
    a, b = float(known.a_total.sum()), float(known.b_total.sum())
    if outcome.kind is not OutcomeKind.COUNT or a + b >= FEW_EVENTS:
        return low, high
    reach = float(np.exp(1.96 * np.sqrt(1 / (a + 0.5) + 1 / (b + 0.5))))
    value = float(found.value)
    return (
        min(low, value / reach) if low <= 1 else low,
        max(high, value * reach) if high >= 1 else high,
    )


def _as_effect(
    found: Inversion, known: arithmetic.Pairs, plan: Plan, runs: Sequence[Run]
) -> Effect:
    ratio, outcome = plan.outcome.is_ratio, plan.outcome
    value, low, high = float(found.value), *_with_chance_floor(found, known, outcome)
    _, se = arithmetic.log_ratio(known) if ratio else arithmetic.mean_difference(known)
    with np.errstate(divide="ignore"):
        ends = [float(np.log(end)) if ratio else end for end in (low, high)]
    null = 1.0 if ratio else 0.0
    better = 1.0 if outcome.lower_is_better else -1.0
    return Effect(
        value=value,
        low=low,
        high=high,
        n_days=int(known.a_days.sum() + known.b_days.sum()),
        n_events=(
            int(known.a_total.sum() + known.b_total.sum())
            if outcome.kind is OutcomeKind.COUNT
            else 0
        ),
        unit=_unit(outcome),
        method=_method(outcome, plan.rules),
        verdict=(
            Verdict.LOWER if high < null else Verdict.HIGHER if low > null else Verdict.NO_CLEAR
        ),
        caveats=_caveats(known, outcome.kind is OutcomeKind.COUNT),
        finding=finding_of(ends[0], ends[1], threshold(outcome, plan.worthwhile), better=better),
        p=float(found.p),
        n_pairs=known.a_days.size,
        worthwhile=plan.worthwhile,
        log_value=float(np.log(value)) if ratio else value,
        se=float(se),
        rate_a=float(known.a_total.sum() / known.a_days.sum()),
        rate_b=float(known.b_total.sum() / known.b_days.sum()),
    )


def _refused(outcome: Outcome, pairs: int, why: str) -> Effect:
    nan = float("nan")
    return Effect(
        value=nan,
        low=nan,
        high=nan,
        n_days=0,
        unit=_unit(outcome),
        method=_method(outcome, INVERSION),
        verdict=Verdict.NOT_ENOUGH,
        refusal=why,
        still_needed=f"{max(1, ENOUGH_PAIRS - pairs)} more complete pairs",
        n_pairs=pairs,
    )


def effect_of(
    data: arithmetic.Pairs, outcome: Outcome, worthwhile: float, *, seed: int = 0
) -> Effect:
    """A against B from paired blocks, judged against the smallest change that would matter."""
    counts = outcome.is_ratio
    reading = arithmetic.read(data, counts=counts, seed=seed)
    shown = np.exp if counts else np.asarray
    low, high = float(reading.low), float(reading.high)
    better = 1.0 if outcome.lower_is_better else -1.0
    number = data.a_days.shape[-1]
    return Effect(
        value=float(shown(reading.value)),
        low=float(shown(low)),
        high=float(shown(high)),
        n_days=int(data.a_days.sum() + data.b_days.sum()),
        n_events=int(data.a_total.sum() + data.b_total.sum()) if counts else 0,
        unit=_unit(outcome),
        method=_method(outcome, 1),
        verdict=Verdict.LOWER if high < 0 else Verdict.HIGHER if low > 0 else Verdict.NO_CLEAR,
        caveats=_caveats(data, counts),
        finding=finding_of(low, high, threshold(outcome, worthwhile), better=better),
        p=float(reading.p),
        n_pairs=number,
        worthwhile=worthwhile,
        log_value=float(reading.value),
        se=float(reading.se),
        rate_a=float(data.a_total.sum() / data.a_days.sum()),
        rate_b=float(data.b_total.sum() / data.b_days.sum()),
    )


def threshold(outcome: Outcome, worthwhile: float) -> float:
    """The smallest worthwhile change on the additive scale, as a positive number.

    -log ratio, or points.
    """
    return float(-np.log(worthwhile)) if outcome.is_ratio else worthwhile


def finding_of(low: float, high: float, least: float, *, better: float = 1.0) -> Finding:
    """The verdict, from the interval alone.

    ``least`` is the smallest worthwhile change, ``better`` = -1 if more is.

    Does not help enough: the whole interval falls short of the worthwhile change. Helps: the whole
    interval lies on the better side of no difference. Otherwise it cannot tell.
    """
    best, worst = (-low, -high) if better > 0 else (high, low)
    if best < least:
        return Finding.NOT_ENOUGH_TO_MATTER
    return Finding.HELPS if worst > 0 else Finding.CANNOT_TELL


def _caveats(data: arithmetic.Pairs, counts: bool) -> tuple[str, ...]:
    caveats = []
    pairs, events = data.a_days.shape[-1], float(data.a_total.sum() + data.b_total.sum())
    if pairs < ENOUGH_PAIRS:
        caveats.append(
            f"{pairs} pairs can never show a difference: with fewer than six, chance alone is too"
            " often as far off."
        )
    if counts and events < FEW_EVENTS:
        caveats.append(
            f"Only {written.whole(events)} events: where a difference shows at all, it tends to"
            " look larger than it is."
        )
    return tuple(caveats)


def _unit(outcome: Outcome) -> str:
    return "ratio A to B" if outcome.is_ratio else f"{outcome.unit or 'points'}, A minus B"


def _method(outcome: Outcome, rules: int) -> str:
    kind = "rate ratio" if outcome.is_ratio else "mean difference"
    interval = (
        "interval by inversion of the randomisation test"
        if rules >= INVERSION
        else "t interval on pairs, sign-flip test"
    )
    return f"randomised pairs of blocks: {kind}, {interval}"


def more_of_the_same(effect: Effect, outcome: Outcome) -> float:
    """How many times this experiment's length would settle the question in 80 % of cases.

    At least 1.

    From the standard error seen: the length grows with the square of what the error must shrink by.
    NaN where there is no estimate.
    """
    if not effect.shown:
        return float("nan")
    return max(1.0, (POWER_80 * effect.se / threshold(outcome, effect.worthwhile)) ** 2)
