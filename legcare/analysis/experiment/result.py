"""What the experiment found.

One answer as planned, one as done beside it, and how far it hangs on single choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from legcare.analysis.estimate import Estimate, Verdict
from legcare.analysis.experiment import pairs as arithmetic
from legcare.analysis.experiment.days import block_table, experiment_days, pairs_of
from legcare.analysis.experiment.plan import check_seal
from legcare.analysis.experiment.schedule import NotYet, Stage, is_over, last_day, stage
from legcare.records import written
from legcare.records.experiment import Experiment, Outcome, OutcomeKind

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

    ``p`` is that of the randomisation test; the interval holds "no difference" wherever p is above
    5 % (and, with few events, also where it is not: pairs that agree by luck do not make it
    narrower than chance alone). ``finding`` is read off the interval and ``worthwhile`` alone.
    ``log_value`` and ``se`` are on the additive scale.
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

    ``blocks`` has one row per block: ``pair``, ``block``, ``arm``, ``first_day``, ``last_day``,
    ``days`` (with a known outcome), ``planned_days``, ``total``, ``mean`` per day.
    """

    planned: Effect
    done: Effect
    checks: tuple[tuple[str, Effect], ...]
    blocks: pd.DataFrame
    ended_early: bool
    last_day: date


def result(experiment: Experiment, days: pd.DataFrame, *, today: date) -> Result:
    """Read a finished experiment from the day table.

    Raises ``BrokenSeal`` where the plan was changed after it was sealed and ``NotYet`` before the
    end.
    """
    check_seal(experiment)
    if not is_over(experiment, today):
        raise NotYet(
            "The result is read once, at the end: looking earlier would find differences that are"
            " not there."
        )
    lived = experiment_days(experiment, days, today=today)
    return Result(
        planned=_effect(experiment, lived, by="arm"),
        done=_effect(experiment, lived, by="done"),
        checks=_checks(experiment, lived),
        blocks=block_table(lived),
        ended_early=stage(experiment, today) is Stage.ENDED_EARLY,
        last_day=min(last_day(experiment, today), today),
    )


def _checks(experiment: Experiment, lived: pd.DataFrame) -> tuple[tuple[str, Effect], ...]:
    later = lived[lived["day_in_block"] > experiment.plan.washout_days + 1]
    blocks = block_table(lived)
    thin = blocks.loc[blocks["days"] < COMPLETE * experiment.plan.block_days, "pair"]
    present = blocks.groupby("pair").size()
    whole = lived[~lived["pair"].isin(thin) & lived["pair"].isin(present[present == 2].index)]
    return (
        ("first day of each block left out", _effect(experiment, later, by="arm")),
        ("pairs with an incomplete block left out", _effect(experiment, whole, by="arm")),
    )


def _effect(experiment: Experiment, lived: pd.DataFrame, *, by: str) -> Effect:
    plan = experiment.plan
    data = pairs_of(lived, by=by)
    number = data.a_days.size
    if number < 2:
        kind = "days" if by == "arm" else "marked days"
        return _refused(
            plan.outcome,
            number,
            f"Fewer than two pairs of blocks have {kind} with a known outcome.",
        )
    if plan.outcome.kind is OutcomeKind.COUNT and data.a_total.sum() + data.b_total.sum() == 0:
        why = f"No {plan.outcome.label.lower()} in either arm, so there is nothing to compare."
        return _refused(plan.outcome, number, why)
    return effect_of(data, plan.outcome, plan.worthwhile, seed=plan.seed)


def _refused(outcome: Outcome, pairs: int, why: str) -> Effect:
    nan = float("nan")
    return Effect(
        value=nan,
        low=nan,
        high=nan,
        n_days=0,
        unit=_unit(outcome),
        method=_method(outcome),
        verdict=Verdict.NOT_ENOUGH,
        refusal=why,
        still_needed=f"{max(1, ENOUGH_PAIRS - pairs)} more complete pairs",
        n_pairs=pairs,
    )


def effect_of(
    data: arithmetic.Pairs, outcome: Outcome, worthwhile: float, *, seed: int = 0
) -> Effect:
    """A against B from paired blocks, judged against the smallest change that would matter."""
    counts = outcome.kind is OutcomeKind.COUNT
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
        method=_method(outcome),
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
    return float(-np.log(worthwhile)) if outcome.kind is OutcomeKind.COUNT else worthwhile


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
    said = []
    pairs, events = data.a_days.shape[-1], float(data.a_total.sum() + data.b_total.sum())
    if pairs < ENOUGH_PAIRS:
        said.append(
            f"{pairs} pairs can never show a difference: with fewer than six, chance alone is too"
            " often as far off."
        )
    if counts and events < FEW_EVENTS:
        said.append(
            f"Only {written.whole(events)} events: where a difference shows at all, it tends to"
            " look larger than it is."
        )
    return tuple(said)


def _unit(outcome: Outcome) -> str:
    return (
        "ratio A to B"
        if outcome.kind is OutcomeKind.COUNT
        else f"{outcome.unit or 'points'}, A minus B"
    )


def _method(outcome: Outcome) -> str:
    kind = "rate ratio" if outcome.kind is OutcomeKind.COUNT else "mean difference"
    return f"randomised pairs of blocks: {kind}, t interval on pairs, sign-flip test"


def more_of_the_same(effect: Effect, outcome: Outcome) -> float:
    """How many times this experiment's length would settle the question in 80 % of cases.

    At least 1.

    From the standard error seen: the length grows with the square of what the error must shrink by.
    NaN where there is no estimate.
    """
    if not effect.shown:
        return float("nan")
    return max(1.0, (POWER_80 * effect.se / threshold(outcome, effect.worthwhile)) ** 2)
