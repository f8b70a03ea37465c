"""What goes with what: one association, or many with the number of comparisons accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import exp, isnan

import numpy as np
import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.caveats import of_association
from legcare.analysis.checks import Check, checked
from legcare.analysis.estimate import NAN, Association, Verdict
from legcare.analysis.natural import levelled
from legcare.analysis.quasi_poisson import Fit, Rows, fit, score_fit, stricter
from legcare.analysis.question import Question, rows_of
from legcare.analysis.score_tests import score_fits
from legcare.analysis.timeline import Timeline, timeline
from legcare.analysis.units import step
from legcare.days import NIGHT_CRAMPS, factors_of
from legcare.errors import BadFactor
from legcare.records import DESCRIBED, Factors

METHOD = "psi-t regression"
FULL_FITS = (
    rules.MOST_QUESTIONS
)  # more tests than these go by score test: quicker, and measured to err less often
COLUMNS = (
    "factor",
    "lag",
    "n",
    "events",
    "estimate",
    "low",
    "high",
    "p",
    "q",
    "verdict",
    "refusal",
    "still_needed",
)


def associate(
    days: pd.DataFrame,
    *,
    outcome: str,
    factor: str,
    lag: int | None = None,
    adjust: bool = True,
    confounders: Sequence[str] = (),
) -> Association:
    """How an outcome goes with a factor ``lag`` days earlier, in this log.

    ``days`` needs ``tracked``, the outcome and the factors. For counts (``cramps``,
    ``night_cramps``, ``woke``) the value is a rate ratio per step of the factor ("per 500 ml",
    "with against without"), for any other outcome a difference of its score. ``lag=None`` takes the
    lag the clock implies; massage at lag 0 is refused. ``adjust`` takes out slow drift, the week
    and, for massage, recent cramps; ``confounders`` are further columns to take out. Only tracked
    days with outcome and factor known count. Raises ``BadFactor`` for a column that is not there.
    """
    known = factors_of(days)
    asked = question(
        outcome, factor, lag=lag, adjust=adjust, confounders=confounders, factors=known
    )
    return answer(timeline_of(days, [asked]), asked)


def timeline_of(days: pd.DataFrame, asked: Sequence[Question]) -> Timeline:
    """The columns that questions and their checks read, laid out on the calendar."""
    names = [name for one in asked for name in (one.outcome, one.factor, *one.confounders)]
    held = [NIGHT_CRAMPS] if NIGHT_CRAMPS in days.columns else []
    return timeline(days, [*names, *held])


def question(
    outcome: str,
    factor: str,
    *,
    lag: int | None = None,
    adjust: bool = True,
    confounders: Sequence[str] = (),
    factors: Factors = DESCRIBED,
) -> Question:
    """A question with its lag settled: where none is named, that which ``factors`` implies.

    Raises ``BadFactor`` for a negative lag or a factor compared with itself.
    """
    chosen = factors[factor].lag if lag is None else lag
    if chosen < 0:
        raise BadFactor(f"A lag of {chosen} days would look into the future. Use 0 or more.")
    if factor == outcome and chosen == 0:
        name = factors[factor].in_sentence.capitalize()
        raise BadFactor(f"{name} cannot be compared with itself on the same day.")
    return Question(outcome, factor, int(chosen), adjust, tuple(confounders), factors)


def answer(line: Timeline, asked: Question, *, together: bool = False) -> Association:
    """Answer one question by the full fit, or refuse it with what is missing.

    A question about counts put ``together`` with others is held to the stricter of full fit and
    score test.
    """
    if asked.massage and asked.lag == 0:
        return refused(asked, rules.on_same_day_massage())
    rows = rows_of(line, asked)
    refusal = admission(asked, rows)
    if refusal:
        return refused(asked, refusal, rows)
    found = fit(rows, counts=asked.counts)
    refusal = after_fit(asked, found)
    if refusal:
        return refused(asked, refusal, rows)
    if together and asked.counts:
        found = stricter(found, score_fit(rows, counts=True))
    shown = replace(
        worded(asked, rows, found, line.logged_share),
        caveats=of_association(line, asked, rows, found),
    )
    shown = held_to(checked(line, asked, rows, found), shown)
    return replace(shown, raw=_raw(asked, rows) if asked.adjust else shown.value)


def admission(asked: Question, rows: Rows) -> rules.Refusal:
    """The refusal rules that need no fit."""
    return rules.on_counts(rows.y, rows.x) if asked.counts else rules.on_scores(rows.y, rows.x)


def after_fit(asked: Question, found: Fit) -> rules.Refusal:
    """The refusal rules that look at how slowly factor and outcome change."""
    slow = rules.on_persistence(found.persistence)
    if slow or asked.counts:
        return slow
    return rules.on_effective_days(found.n, found.inflation)


def refused(asked: Question, refusal: rules.Refusal, rows: Rows | None = None) -> Association:
    """The answer without a number: why, and what is missing."""
    return Association(
        value=NAN,
        low=NAN,
        high=NAN,
        n_days=0 if rows is None else rows.y.size,
        unit="ratio" if asked.counts else "points",
        method=METHOD,
        verdict=Verdict.NOT_ENOUGH,
        refusal=refusal.reason,
        still_needed=refusal.needed,
        n_events=_events(asked, rows),
        outcome=asked.outcome,
        factor=asked.factor,
        lag=asked.lag,
        factors=asked.factors,
        adjusted_for=asked.adjusted_for,
    )


def worded(asked: Question, rows: Rows, found: Fit, share: float) -> Association:
    """A fit in a person's units, with verdict, smallest visible effect and the plainest caveats."""
    size, per = step(asked.factors[asked.factor], rows.x)
    low, high = sorted(limit * size for limit in found.interval())
    middle, events = found.slope * size, _events(asked, rows)
    visible = -rules.CHANCE * found.se * size
    null = 1.0 if asked.counts else 0.0
    if asked.counts:
        middle, low, high, visible = (_ratio(limit) for limit in (middle, low, high, visible))
    early = rules.early_caveat(events) if asked.counts else ()
    shown = Association(
        value=middle,
        low=low,
        high=high,
        n_days=rows.y.size,
        unit="ratio" if asked.counts else "points",
        method=METHOD,
        verdict=rules.of_interval(low, high, null=null, events=events if asked.counts else None),
        caveats=rules.logging_caveat(share) + early,
        n_events=events,
        p=found.p,
        outcome=asked.outcome,
        factor=asked.factor,
        lag=asked.lag,
        factors=asked.factors,
        per=per,
        step=size,
        q=found.p,
        verdict_p=found.p,
        mde=visible if asked.counts else abs(visible),
        adjusted_for=asked.adjusted_for,
        inflation=found.inflation,
    )
    return levelled(shown, rows.y, rows.x)


def _ratio(exponent: float) -> float:
    return exp(min(max(exponent, -700.0), 700.0))


def _events(asked: Question, rows: Rows | None) -> int:
    return int(rows.y.sum()) if rows is not None and asked.counts else 0


def _raw(asked: Question, rows: Rows) -> float:
    plain = replace(asked, adjust=False, confounders=())
    bare = Rows(rows.y, rows.x, np.ones((rows.y.size, 1)), rows.usable)
    return worded(plain, bare, fit(bare, counts=asked.counts), 1.0).value


@dataclass(frozen=True)
class Family:
    """Questions that were put together, answered together: q is over all of them."""

    answers: tuple[Association, ...]

    @property
    def line(self) -> str:
        """How many comparisons, and how many would look clear by chance."""
        return rules.compared(sum(1 for one in self.answers if one.shown))


def scan(
    days: pd.DataFrame,
    *,
    outcome: str,
    factors: Sequence[str],
    lags: Sequence[int] | None = None,
    adjust: bool = True,
) -> pd.DataFrame:
    """Test many factors and lags at once.

    One row per test, columns ``factor``, ``lag``, ``n`` (usable days), ``events``, ``estimate``,
    ``low``, ``high`` (ratio per step for counts, difference for scores), ``p``, ``q``
    (Benjamini-Hochberg over all tests that could be run), ``verdict``, ``refusal``,
    ``still_needed``. ``lags=None`` takes each factor's own. A refused test is a row too. Up to six
    tests are fitted in full, as ``associate`` does; more go by score test, whose ratio is a first
    step from "no association" and comes out a little nearer 1. ``verdict.compared`` says the line
    "24 comparisons, about 1 expected by chance".
    """
    known = factors_of(days)
    questions = [
        question(outcome, factor, lag=lag, adjust=adjust, factors=known)
        for factor in factors
        for lag in ([None] if lags is None else lags)
    ]
    answers = family(questions, days).answers
    table = pd.DataFrame([_row(one) for one in answers], columns=list(COLUMNS))
    return table.astype({"lag": "int64", "n": "int64", "events": "int64"})


def family(asked: Sequence[Question], days: pd.DataFrame) -> Family:
    """Answer several questions to one log together, with q over all of them."""
    line = timeline_of(days, asked)
    in_full = len(asked) <= FULL_FITS
    answers = (
        [answer(line, one, together=len(asked) > 1) for one in asked]
        if in_full
        else _by_score(line, asked)
    )
    return Family(tuple(adjusted(answers, rules.ALPHA if in_full else rules.EXPLORED)))


def adjusted(answers: Sequence[Association], alpha: float = rules.EXPLORED) -> list[Association]:
    """The same answers with q over those that were shown, and the verdict that q allows.

    What is only explored (claims, ways, companions, many factors) is clear at q up to 1 %, the
    main questions at 5 %.
    """
    tested = [one for one in answers if one.shown]
    ruling = [one.p if isnan(one.verdict_p) else one.verdict_p for one in tested]
    quotas = dict(zip(map(id, tested), benjamini_hochberg(ruling), strict=True))
    judge = partial(_judged, comparisons=len(tested), alpha=alpha)
    return [judge(one, quotas[id(one)]) if one.shown else one for one in answers]


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's adjusted p (1995).

    The share of false findings if one stops at this row.
    """
    values = np.asarray(p, dtype=float)
    order = np.argsort(-values, kind="stable")
    ranks = np.arange(values.size, 0, -1)
    q = np.empty(values.size)
    q[order] = (
        np.minimum(1.0, np.minimum.accumulate(values[order] * values.size / ranks))
        if values.size
        else []
    )
    return [float(one) for one in q]


def _judged(one: Association, q: float, *, comparisons: int, alpha: float) -> Association:
    counts = one.unit == "ratio"
    events = one.n_events if counts else None
    verdict = rules.of_q(one.value, q, null=1.0 if counts else 0.0, events=events, alpha=alpha)
    return replace(one, q=q, comparisons=comparisons, verdict=verdict)


def _by_score(line: Timeline, asked: Sequence[Question]) -> list[Association]:
    barred = [one.massage and one.lag == 0 for one in asked]
    tested = [one for one, stop in zip(asked, barred, strict=True) if not stop]
    found = iter(score_fits(line, tested) if tested else [])
    answers = []
    for one, stop in zip(asked, barred, strict=True):
        answers.append(
            refused(one, rules.on_same_day_massage()) if stop else _scored(line, one, *next(found))
        )
    return answers


def _scored(line: Timeline, asked: Question, rows: Rows, found: Fit | None) -> Association:
    refusal = admission(asked, rows)
    if not refusal and found is not None:
        refusal = after_fit(asked, found)
    if refusal or found is None:
        return refused(asked, refusal, rows)
    shown = worded(asked, rows, found, line.logged_share)
    if found.p >= rules.ALPHA:
        return shown
    return held_to(checked(line, asked, rows_of(line, asked), found), shown)


def held_to(check: Check, shown: Association) -> Association:
    """The answer with the p of its checks, and not called clear where that is too large."""
    clear = check.p <= rules.ALPHA
    return replace(
        shown,
        verdict_p=check.p,
        q=check.p,
        verdict=shown.verdict if clear else Verdict.NO_CLEAR,
        caveats=shown.caveats + check.sentences,
    )


def _row(one: Association) -> tuple[object, ...]:
    numbers = (one.value, one.low, one.high, one.p, one.q)
    return (
        one.factor,
        one.lag,
        one.n_days,
        one.n_events,
        *numbers,
        str(one.verdict),
        one.refusal,
        one.still_needed,
    )
