"""Does massage help? Cramps in the 24 h after a planned massage against the same hours without.

Verdicts change at set dates only; counts, range and best guess move every day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from math import ceil, exp, isfinite

import numpy as np
import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.estimate import NAN, Verdict
from legcare.analysis.massage.diary import HOURS, Diary, diary_of, since
from legcare.analysis.massage.fit import Fit, fit
from legcare.analysis.massage.guess import SILENT, Guess, guess_of
from legcare.analysis.massage.rows import AFTER, Rows, Scale, exposing, rows_of, scale_of
from legcare.analysis.set_dates import Dated, Look, SetDates, standing
from legcare.analysis.timeline import Floats
from legcare.days import CRAMPS, DAY
from legcare.records import Log, written

WEEKS_4 = 28
FEWEST_MASSAGES = 5
LATE_START = 30
FOLLOWING = 0.5
ABOVE_CHANCE = 1.25
METHOD = "Poisson by the clock, clusters of days left out"


@dataclass(frozen=True)
class Nights:
    """Evenings with (or without) a massage so far, and how many had a cramp in the night after."""

    n: int = 0
    cramps: int = 0


@dataclass(frozen=True)
class MassageAnswer(Dated):
    """The answer to "does massage help me?".

    ``value``, ``low``, ``high``: cramps of an hour within 24 h after a planned massage, as a ratio
    to the same hour without one, and its 95 % range, from all whole days so far; NaN where refused.
    ``verdict`` is the one that stands since the set date ``given_on`` (None before the first), the
    next one comes on ``next_date``. ``base`` is cramps per 4 weeks, ``share`` the share of hours
    after a massage; from them ``with_massage`` and ``without``, cramps per 4 weeks if every hour
    were like the ones after a massage or like the others (at the best guess where the ratio is
    refused). ``best`` is the best guess so far: a ratio pulled towards none (80 %: ``best_low``
    to ``best_high``), NaN before 5 massages and 5 cramps; ``leaning`` says whether it may be called
    probably fewer or more. ``direction`` warns where massages follow cramps. ``opens`` is when the
    question opens at this person's rate. ``scale`` is clock, nights or days.
    """

    base: float = NAN
    share: float = NAN
    with_massage: float = NAN
    without: float = NAN
    best: float = NAN
    best_low: float = NAN
    best_high: float = NAN
    leaning: Verdict = Verdict.NOT_ENOUGH
    n_massages: int = 0
    after: Nights = Nights()
    others: Nights = Nights()
    opens: date | None = None
    direction: str = ""
    scale: Scale = Scale.CLOCK

    def in_cramps(self, ratio: float) -> tuple[float, float]:
        """Cramps per 4 weeks with and without massage, if the ratio were this one."""
        without = self.base / (1 - self.share + self.share * ratio)
        return without * ratio, without

    @property
    def fitting(self) -> tuple[float, float]:
        """From how many to how many cramps per 4 weeks with massage also fit the log."""
        low, high = (
            (self.low, self.high) if isfinite(self.value) else (self.best_low, self.best_high)
        )
        return self.without * low, self.without * high


def massage_answer(log: Log, *, day_start: time, today: date | None = None) -> MassageAnswer:
    """The answer that a log gives on ``today``, whose own half-lived legcare day is not read.

    Without ``today`` the log's last day counts as over.
    """
    return answer_of(diary_of(log, day_start=day_start, today=today))


def answer_of(diary: Diary) -> MassageAnswer:
    """The answer of a diary whose days are all over."""
    scale = scale_of(diary)
    rows = rows_of(diary, scale)
    dates = SetDates(_begin(diary), diary.first + timedelta(days=diary.days))
    refusal = _refused(diary, rows)
    found = None if refusal else fit(rows, diary.first.weekday())
    guess = best_guess(diary, rows)
    verdict, given_on = standing(dates, _looks(diary, scale, (rows, found)))
    if refusal and verdict is not Verdict.NOT_ENOUGH:
        verdict, given_on = Verdict.NOT_ENOUGH, None
    answer = MassageAnswer(
        value=exp(found.slope) if found else NAN,
        low=exp(found.interval()[0]) if found else NAN,
        high=exp(found.interval()[1]) if found else NAN,
        n_days=rows.n_days,
        unit="ratio",
        method=METHOD,
        verdict=verdict,
        refusal=refusal.reason,
        still_needed=refusal.needed,
        n_events=int(rows.y.sum()),
        p=found.p if found else NAN,
        share=rows.share,
        base=_base(diary, rows),
        best=guess.value,
        best_low=guess.low,
        best_high=guess.high,
        leaning=guess.leaning,
        n_massages=diary.exposures,
        next_date=dates.following if diary.days else None,
        given_on=given_on,
        direction=direction_of(diary),
        scale=scale,
    )
    return _completed(diary, rows, answer)


def _completed(diary: Diary, rows: Rows, answer: MassageAnswer) -> MassageAnswer:
    """The answer with what follows from its own numbers: cramps, counts of nights, caveats."""
    ratio = answer.value if answer.shown else answer.best
    with_massage, without = answer.in_cramps(ratio) if isfinite(ratio) else (NAN, NAN)
    after, others = evenings(diary)
    return replace(
        answer,
        with_massage=with_massage,
        without=without,
        after=after,
        others=others,
        opens=_opening(diary, rows) if answer.refusal else None,
        caveats=_caveats(diary, answer),
    )


def _begin(diary: Diary) -> date:
    """The first logged day, or the first massage where that came more than a month later."""
    first = int(np.argmax(diary.tracked)) if diary.tracked.any() else 0
    asked = int(np.argmax(diary.asked)) if diary.asked.any() else first
    return diary.first + timedelta(days=asked if asked - first > LATE_START else first)


def _refused(diary: Diary, rows: Rows) -> rules.Refusal:
    """Whether there is too little for a ratio: 21 days, 10 cramps, 3 of them on either side."""
    if not diary.exposures:
        return rules.Refusal(
            "No planned massage is logged yet.", rules.more(FEWEST_MASSAGES, "planned massage")
        )
    days = rows.n_days
    short = [rules.more(rules.FEWEST_DAYS - days, "usable day")] if days < rules.FEWEST_DAYS else []
    events = int(rows.y.sum())
    if events < rules.FEWEST_EVENTS:
        short.append(rules.more(rules.FEWEST_EVENTS - events, "cramp"))
    for side, words in ((1.0, "after a massage"), (0.0, "without one")):
        held = int(rows.y[rows.x == side].sum())
        if held < rules.FEWEST_EVENTS_EACH:
            short.append(f"{rules.more(rules.FEWEST_EVENTS_EACH - held, 'cramp')} {words}")
    if not short:
        return rules.ACCEPTED
    held_so_far = f"{rules.plural(days, 'usable day')} and {rules.plural(events, 'cramp')} so far"
    return rules.Refusal(f"Too little to compare: {held_so_far}.", " and ".join(short))


def _looks(
    diary: Diary, scale: Scale, now: tuple[Rows, Fit | None]
) -> Callable[[date], Look | None]:
    """What each set date sees; the one of today is the fit that is there already."""

    def look(on: date) -> Look | None:
        earlier = diary.until((on - diary.first).days)
        rows = now[0] if earlier is diary else rows_of(earlier, scale)
        if _refused(earlier, rows):
            return None
        one = now[1] if earlier is diary and now[1] else fit(rows, diary.first.weekday())
        return Look(one.p, one.slope, int(rows.y.sum()) >= rules.CLEAR_EVENTS)

    return look


def best_guess(diary: Diary, rows: Rows) -> Guess:
    """The best guess, from 5 massages and 5 cramps on."""
    enough = diary.exposures >= FEWEST_MASSAGES and rows.y.sum() >= FEWEST_MASSAGES
    if not enough or rows.share in (0.0, 1.0):
        return SILENT
    return guess_of(rows, diary.first.weekday())


def _base(diary: Diary, rows: Rows) -> float:
    """Cramps per 4 weeks: of all tracked days since massages are logged, whatever their hour."""
    held = diary.tracked & (np.arange(diary.days) >= (rows.day.min() if rows.day.size else 0))
    if not held.any():
        return NAN
    timed = (diary.cramps // HOURS).astype(np.int64)
    day = np.concatenate([timed, diary.night_cramps, diary.loose_cramps])
    return WEEKS_4 * float(np.count_nonzero(held[day]) / held.sum())


def evenings(diary: Diary) -> tuple[Nights, Nights]:
    """Logged nights with and without a planned massage in the day before them or at their begin."""
    rows = rows_of(diary, Scale.NIGHTS)
    after, hit = rows.x > 0, rows.y > 0
    return (
        Nights(int(after.sum()), int((after & hit).sum())),
        Nights(int((~after).sum()), int((~after & hit).sum())),
    )


def massage_nights(log: Log, *, day_start: time, today: date | None = None) -> pd.DataFrame:
    """Every logged night whose massage is known, in order: what the counts are counted from.

    ``day`` it follows, ``massage`` whether a planned one came in the 24 h before (or in its first
    two hours), ``cramps`` of the night.
    """
    diary = diary_of(log, day_start=day_start, today=today)
    rows = rows_of(diary, Scale.NIGHTS)
    day = pd.Timestamp(diary.first) + pd.to_timedelta(rows.day, unit="D")
    return pd.DataFrame({DAY: day, "massage": rows.x > 0, CRAMPS: rows.y.astype(int)})


def direction_of(diary: Diary) -> str:
    """The warning where planned massages follow cramps, more often than chance has it; or ""."""
    massages = exposing(diary)
    if massages.size < 2 * FEWEST_MASSAGES or not diary.cramps.size:
        return ""
    following = float((since(diary.cramps, massages) <= AFTER).mean())
    grid: Floats = np.arange(diary.days * HOURS, dtype=float) + 0.5
    grid = grid[np.repeat(diary.tracked, HOURS)]
    chance = float((since(diary.cramps, grid) <= AFTER).mean())
    if following <= FOLLOWING or following <= ABOVE_CHANCE * chance:
        return ""
    return (
        f"{written.percent(following)} of your {massages.size} planned massages come within 24"
        " hours after a cramp. Massage then looks as if it went with more cramps, whatever it does."
        " Massages at set times, or a test by lot, would tell more."
    )


def _opening(diary: Diary, rows: Rows) -> date | None:
    """The day on which there will be enough to compare, at the rate so far."""
    lived = rows.n_days
    if not lived or not diary.exposures:
        return None
    waits = [rules.FEWEST_DAYS / lived]
    for side, fewest in ((None, rules.FEWEST_EVENTS), (1.0, 3), (0.0, 3)):
        held = float(rows.y.sum() if side is None else rows.y[rows.x == side].sum())
        if not held:
            return None
        waits.append(fewest / held)
    begun = diary.days - int(rows.day.min())
    missing = max(ceil((max(waits) - 1) * begun), 1)
    return diary.first + timedelta(days=diary.days + missing)


def _caveats(diary: Diary, answer: MassageAnswer) -> tuple[str, ...]:
    found = [answer.direction] if answer.direction else []
    if answer.scale is Scale.NIGHTS:
        found.append("Most of your cramps have no time, so nights are compared with nights.")
    if answer.scale is Scale.DAYS:
        found.append(
            "Most of your cramps have neither a time nor a night, so the day after a massage is"
            " compared with other days."
        )
    line = diary.tracked[np.argmax(diary.tracked) :] if diary.tracked.any() else diary.tracked
    share = float(line.mean()) if line.size else NAN
    early = rules.early_caveat(answer.n_events) if answer.shown else ()
    return (*found, *rules.logging_caveat(share), *early)
