"""Whether an answer holds: the same association with one decision changed at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from legcare.analysis.associations import answer, question, timeline_of
from legcare.analysis.estimate import Association, Verdict
from legcare.analysis.missing import as_zero
from legcare.analysis.quasi_poisson import Rows, influence
from legcare.analysis.question import Question, rows_of
from legcare.analysis.timeline import Flags, Timeline
from legcare.days import factors_of

WELL_LOGGED_WEEK = 4
LEFT_OUT_WEEK = "without the most influential week"


@dataclass(frozen=True)
class Sensitivity:
    """The answer, the answer under each changed decision, and a sentence on whether it holds.

    ``checks`` are (what was changed, association) pairs; ``holds`` is None where there is no answer
    to check.
    """

    answer: Association
    checks: tuple[tuple[str, Association], ...]
    holds: bool | None
    sentence: str

    @property
    def table(self) -> pd.DataFrame:
        """One row per check, the answer first.

        ``check``, ``estimate``, ``low``, ``high``, ``n``, ``verdict``.
        """
        rows = [("as answered", self.answer), *self.checks]
        return pd.DataFrame(
            [
                (words, one.value, one.low, one.high, one.n_days, str(one.verdict), one.refusal)
                for words, one in rows
            ],
            columns=["check", "estimate", "low", "high", "n", "verdict", "refusal"],
        )


def sensitivity(
    days: pd.DataFrame,
    *,
    outcome: str,
    factor: str,
    lag: int | None = None,
    confounders: Sequence[str] = (),
) -> Sensitivity:
    """The same association with one decision changed at a time.

    Another lag, no adjustment, without the most influential week, without weeks that were mostly
    unlogged, with unlogged days counted as zero. A clear answer holds if no check is clear on the
    other side, at most one on the same days is no longer clear, and it does not rest on one week:
    that another day shows nothing says nothing against this one. No clear answer holds if no check
    finds a clear one.
    """
    known = factors_of(days)
    asked = question(outcome, factor, lag=lag, confounders=confounders, factors=known)
    line = timeline_of(days, [asked])
    found = answer(line, asked)
    if not found.shown:
        return Sensitivity(found, (), None, f"There is no answer to check yet: {found.refusal}")
    checks = tuple(_checks(days, line, asked))
    holds, sentence = judged(found, checks)
    return Sensitivity(found, checks, holds, sentence)


def _checks(days: pd.DataFrame, line: Timeline, asked: Question) -> list[tuple[str, Association]]:
    at_lag = {lag: replace(asked, lag=lag) for lag in (asked.lag - 1, asked.lag + 1)}
    fewest = 1 if asked.massage else 0
    found = [
        (f"{_days(lag)} earlier instead of {_days(asked.lag)}", answer(line, one))
        for lag, one in at_lag.items()
        if lag >= fewest
    ]
    found.append(("without adjustment", answer(line, replace(asked, adjust=False))))
    found.append((LEFT_OUT_WEEK, answer(without(line, heaviest_week(line, asked)), asked)))
    found.append(
        ("without weeks that were mostly unlogged", answer(without(line, thin_weeks(line)), asked))
    )
    zero = timeline_of(as_zero(days, asked.outcome), [asked])
    found.append(("with unlogged days counted as zero", answer(zero, asked)))
    return found


def _days(lag: int) -> str:
    return "1 day" if lag == 1 else f"{lag} days"


def without(line: Timeline, left_out: Flags) -> Timeline:
    """The same days with some of them not tracked."""
    return replace(line, tracked=line.tracked & ~left_out)


def heaviest_week(line: Timeline, asked: Question) -> Flags:
    """The seven days (counted from the first day) that pull the answer furthest to one side."""
    rows: Rows = rows_of(line, asked)
    pull = np.zeros(line.number.size)
    pull[rows.usable] = influence(rows, counts=asked.counts)
    week = np.arange(pull.size) // 7
    heaviest = int(np.argmax(np.abs(np.bincount(week, pull))))
    return np.asarray(week == heaviest, dtype=bool)


def thin_weeks(line: Timeline) -> Flags:
    """Days of weeks with fewer than four tracked days."""
    week = np.arange(line.number.size) // 7
    return np.asarray(np.bincount(week, line.tracked)[week] < WELL_LOGGED_WEEK, dtype=bool)


def judged(found: Association, checks: tuple[tuple[str, Association], ...]) -> tuple[bool, str]:
    """Whether the answer holds, and the sentence that says so."""
    seen = [(words, one) for words, one in checks if one.shown]
    if found.verdict is Verdict.NO_CLEAR:
        clear = [words for words, one in seen if one.verdict in (Verdict.LOWER, Verdict.HIGHER)]
        if not clear:
            return True, f"No clear association in any of {len(seen)} checks either."
        return (
            False,
            (
                f"No clear association, but {_listed(clear)} one would appear: keep logging before"
                " deciding."
            ),
        )
    opposite = Verdict.HIGHER if found.verdict is Verdict.LOWER else Verdict.LOWER
    turned = [words for words, one in seen if one.verdict is opposite]
    same_day = [(words, one) for words, one in seen if one.lag == found.lag]
    weaker = [words for words, one in same_day if one.verdict is not found.verdict]
    if turned:
        return False, f"The answer does not hold: {_listed(turned)} the opposite is clear."
    if len(weaker) > 1:
        return False, f"The answer is fragile: {_listed(weaker)} it is no longer clear."
    lost = [words for words, one in checks if not one.shown and words == LEFT_OUT_WEEK]
    if lost:
        return False, f"The answer is fragile: {LEFT_OUT_WEEK} there is too little left to compare."
    kept = f"{len(same_day) - len(weaker)} of {len(same_day)} checks on the same days"
    return True, f"The answer holds: it stays clear in {kept}, and none is clear the other way."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
