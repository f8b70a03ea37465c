"""The ledger: every question that the pages put to a log, and whether it may be called clear.

Massage is the person's first question: tested alone, at its set dates, and corrected for nothing.
The other main questions are a second family, read at the same kind of dates (Benjamini-Hochberg
within it). Neither waits for the other and no error passes between them, so each keeps its own
promise of 5 %. What only explores (other factors and lags, claims, ways, companions) is corrected
within its own page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from math import log as ln

import pandas as pd

from legcare.analysis.associations import Family, family, question
from legcare.analysis.benefits import Material, seven_benefits
from legcare.analysis.benefits.companions import companions
from legcare.analysis.benefits.material import material_of
from legcare.analysis.benefits.places import place_table
from legcare.analysis.benefits.ways import four_ways
from legcare.analysis.changes import against_before, trend_so_far
from legcare.analysis.estimate import NAN, Association, Estimate, Verdict
from legcare.analysis.headline import headline, questions_of
from legcare.analysis.massage import MassageAnswer, massage_answer
from legcare.analysis.set_dates import Look, before, set_dates_of, standing
from legcare.analysis.timing import night_share, preferred_hour, weekday_pattern
from legcare.analysis.units import MASSAGE
from legcare.analysis.verdict import CLEAR_EVENTS
from legcare.days import factors_of
from legcare.records import Log

PAGES = ("overview", "frequency", "timing", "associations", "benefits", "experiment")
LAGS = range(3)


@dataclass(frozen=True)
class Finding:
    """One question of one page with its answer; a refused estimate is a question not answered."""

    page: str
    key: str
    estimate: Estimate

    @property
    def verdict(self) -> Verdict:
        """What may be said."""
        return self.estimate.verdict

    @property
    def clear(self) -> bool:
        """Whether a page may say that it is fewer or more."""
        return self.verdict in (Verdict.LOWER, Verdict.HIGHER)


@dataclass(frozen=True)
class Source:
    """A log with the frames that its questions read, each made once."""

    log: Log
    day_start: time
    today: date | None

    @cached_property
    def material(self) -> Material:
        """The frames, up to the last day that is over."""
        return material_of(self.log, day_start=self.day_start)

    @cached_property
    def days(self) -> pd.DataFrame:
        """The day table without the half-lived today."""
        days = self.material.days
        return days if self.today is None else before(days, self.today)


def findings(
    log: Log, *, day_start: time, today: date | None = None, pages: Collection[str] = PAGES
) -> tuple[Finding, ...]:
    """Everything that a page would call clear for this log, and what it asked without an answer.

    ``pages`` limits the ledger to some pages. An experiment is no part of a log: its page keeps
    the reading of its own seal.
    """
    source = Source(log, day_start, today)
    return tuple(
        Finding(page, key, estimate)
        for page, asked in _ASKED.items()
        if page in pages
        for key, estimate in asked(source)
    )


def main_questions(days: pd.DataFrame, *, today: date | None = None) -> Family:
    """The main questions but massage, answered together, with the verdicts of the set dates.

    q at a set date must reach what that date may spend, as p of the massage answer must.
    """
    dates = set_dates_of(days, today)
    factors = [name for name in questions_of(days) if name not in MASSAGE]
    now = headline(before(days, dates.today), factors=factors)
    families: dict[date, dict[str, Association]] = {dates.today: _by_factor(now)}

    def at(on: date) -> dict[str, Association]:
        if on not in families:
            families[on] = _by_factor(headline(before(days, on), factors=factors))
        return families[on]

    def verdict(name: str) -> Verdict:
        return standing(dates, lambda on: _look(at(on).get(name)))[0]

    return Family(
        tuple(
            replace(one, verdict=verdict(one.factor)) if one.shown else one for one in now.answers
        )
    )


def _by_factor(found: Family) -> dict[str, Association]:
    return {one.factor: one for one in found.answers}


def _look(one: Association | None) -> Look | None:
    if one is None or not one.shown:
        return None
    return Look(one.q, ln(one.value), one.n_events >= CLEAR_EVENTS)


Answers = Iterator[tuple[str, Estimate]]


def _overview(source: Source) -> Answers:
    yield "against_before", against_before(source.days, today=source.today)


def _frequency(source: Source) -> Answers:
    yield "trend", trend_so_far(source.days, today=source.today)


def _timing(source: Source) -> Answers:
    cramps = source.material.cramps
    yield "hour", preferred_hour(cramps)
    yield "night", night_share(cramps)
    yield "weekday", weekday_pattern(source.days)


def _associations(source: Source) -> Answers:
    days = source.days
    for one in main_questions(days, today=source.today).answers:
        yield f"main:{one.factor}", one
    names = [name for name in source.log.factors if name in days and days[name].notna().any()]
    known = factors_of(days)
    cells = [question("cramps", name, lag=lag, factors=known) for name in names for lag in LAGS]
    explored = family(cells, days)
    for one in explored.answers:
        yield f"explore:{one.factor}:{one.lag}", one


def _benefits(source: Source) -> Answers:
    yield "massage", massage_of(source)
    material = replace(source.material, days=source.days)
    for benefit in seven_benefits(material).benefits:
        yield benefit.key, benefit.headline
    for way in four_ways(material).ways:
        yield f"way:{way.aspect}:{way.way}", way.within_24
    for companion in companions(material):
        yield f"companion:{companion.factor}", companion.line
    yield from _places(material)


def massage_of(source: Source) -> MassageAnswer:
    """The answer to the first question."""
    return massage_answer(source.log, day_start=source.day_start, today=source.today)


def _places(material: Material) -> Answers:
    """Places that stand out on the body map."""
    table = place_table(material.cramps, material.tender)
    for row in table.itertuples():
        yield (
            f"place:{row.muscle}:{row.side}",
            Estimate(
                value=NAN,
                low=NAN,
                high=NAN,
                n_days=len(material.days),
                unit="share",
                method="share of bouts",
                verdict=Verdict.HIGHER if row.stands_out else Verdict.NO_CLEAR,
            ),
        )


_ASKED: dict[str, Callable[[Source], Answers]] = {
    "overview": _overview,
    "frequency": _frequency,
    "timing": _timing,
    "associations": _associations,
    "benefits": _benefits,
}
