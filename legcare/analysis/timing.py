"""When: the hour of the day, the day of the week, night against day.

Bouts first, then tests by rearranging.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from legcare.analysis import verdict as rules
from legcare.analysis.bouts import bouts, by_clock, hours_of
from legcare.analysis.estimate import NAN, Timing, Verdict
from legcare.analysis.frequency import garwood
from legcare.analysis.hours import ALPHA_BUSY, Window, busy_times, fullest, heap_sentence
from legcare.analysis.timeline import Floats, timeline
from legcare.days import CRAMPS, DAY
from legcare.records import NIGHT_FROM, NIGHT_UNTIL

DRAWS = 999
ALPHA_MEAN = 0.04  # with the busy times' 1 % these are 5 % together
READ_TIMES = "times that were read from a clock"
SEED = 20240517
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_HOURS = 24.0
NIGHT_HOURS = DAY_HOURS - NIGHT_FROM + NIGHT_UNTIL
FEWEST_BOUTS_SHARE = 10
Vectors = NDArray[np.complex128]


def preferred_hour(cramps: pd.DataFrame) -> Timing:
    """The hour of the day around which cramps gather, if they do.

    Tested by bout rotation: each bout is turned round the clock by its own random angle, 999 times.
    The interval is a bout bootstrap. Below 15 bouts, where times are heaped, or where neither the
    mean hour (p up to 4 %) nor a stretch of hours (1 %) is clear, no hour is named. With several
    busy times there is no mean hour: ``value`` is NaN. ``table`` holds the six hours with most
    bouts and the busy times (``kind``, ``first``, ``last``, ``bouts``, ``share``). Cramps of
    unknown time are left out.
    """
    numbered = timed_bouts(cramps)
    hours = hours_of(numbered)
    count = int(numbered["bout"].nunique())
    if count < rules.FEWEST_BOUTS_HOUR:
        needed = rules.more(rules.FEWEST_BOUTS_HOUR - count, "separate bout") + " of cramps"
        reason = (
            f"A preferred hour needs at least {rules.FEWEST_BOUTS_HOUR} separate bouts; there are"
            f" {count} so far."
        )
        return _no_hour(numbered, rules.Refusal(reason, needed), Verdict.NOT_ENOUGH)
    heaped = heap_sentence(hours)
    if heaped:
        return _no_hour(numbered, rules.Refusal(heaped, READ_TIMES), Verdict.NO_CLEAR)
    vectors = bout_vectors(hours, numbered["bout"].to_numpy())
    p, busy = rotation_p(vectors), busy_times(_begins(numbered))
    if p > ALPHA_MEAN and not busy:
        reason = (
            f"No preferred hour: {rules.plural(count, 'bout')} are spread round the clock as chance"
            " would do it."
        )
        return _no_hour(
            numbered, rules.Refusal(reason, f"a clearer pattern than {count} bouts show"), p=p
        )
    several = len(busy) > 1 or p > ALPHA_MEAN
    found = _hour(numbered, vectors, min(p, ALPHA_BUSY) if busy else p)
    found = replace(found, table=_window_table(fullest(_begins(numbered)), busy))
    return replace(found, value=NAN, low=NAN, high=NAN) if several else found


def timed_bouts(cramps: pd.DataFrame) -> pd.DataFrame:
    """The numbered cramps whose time was read; bouts are numbered without gaps."""
    numbered = bouts(cramps)
    timed = numbered[np.isfinite(hours_of(numbered))].reset_index(drop=True)
    return timed.assign(bout=pd.factorize(timed["bout"])[0])


def _begins(numbered: pd.DataFrame) -> Floats:
    """The hour at which each bout began."""
    return hours_of(numbered[~numbered["bout"].duplicated()])


def _window_table(held: Window, busy: tuple[Window, ...]) -> pd.DataFrame:
    rows = [("held", held), *(("busy", one) for one in busy)]
    return pd.DataFrame(
        [(kind, one.first, one.last, one.bouts, one.share) for kind, one in rows],
        columns=["kind", "first", "last", "bouts", "share"],
    )


def _hour(numbered: pd.DataFrame, vectors: Vectors, p: float) -> Timing:
    middle, half = circular_mean(vectors), _bootstrap_half_width(vectors)
    return Timing(
        value=middle,
        low=(middle - half) % DAY_HOURS,
        high=(middle + half) % DAY_HOURS,
        n_days=_days(numbered),
        unit="hour of the day",
        method="bout rotation and bout bootstrap",
        verdict=Verdict.HIGHER,
        n_events=len(numbered),
        p=p,
        n_bouts=vectors.size,
        concentration=float(abs(vectors.sum()) / len(numbered)),
    )


def _no_hour(
    numbered: pd.DataFrame,
    refusal: rules.Refusal,
    verdict: Verdict = Verdict.NO_CLEAR,
    p: float = NAN,
) -> Timing:
    vectors = bout_vectors(hours_of(numbered), numbered["bout"].to_numpy())
    return Timing(
        value=NAN,
        low=NAN,
        high=NAN,
        n_days=_days(numbered),
        unit="hour of the day",
        method="bout rotation and bout bootstrap",
        verdict=verdict,
        refusal=refusal.reason,
        still_needed=refusal.needed,
        n_events=len(numbered),
        p=p,
        n_bouts=vectors.size,
        concentration=float(abs(vectors.sum()) / len(numbered)) if len(numbered) else NAN,
    )


def _days(cramps: pd.DataFrame) -> int:
    return (
        int(cramps[DAY].nunique())
        if DAY in cramps.columns
        else int(cramps["at"].dt.normalize().nunique())
    )


def bout_vectors(hours: Floats, bout: NDArray[np.int64]) -> Vectors:
    """One complex number per bout: the sum of its cramps as points on the 24-hour clock."""
    points = np.exp(2j * np.pi * hours / DAY_HOURS)
    vectors = np.zeros(int(bout.max()) + 1 if bout.size else 0, dtype=complex)
    np.add.at(vectors, bout, points)
    return vectors


def circular_mean(vectors: Vectors) -> float:
    """The mean hour of points on the clock, 0 to 24."""
    return float(np.angle(vectors.sum()) / (2 * np.pi) * DAY_HOURS % DAY_HOURS)


def rotation_p(vectors: Vectors, *, draws: int = DRAWS, seed: int = SEED) -> float:
    """How often bouts turned at random gather as closely as they did.

    P, never below 1 / (draws + 1).
    """
    turns = np.exp(2j * np.pi * np.random.default_rng(seed).random((draws, vectors.size)))
    chance = np.abs(turns @ np.abs(vectors))
    return float((1 + np.count_nonzero(chance >= abs(vectors.sum()) * (1 - 1e-12))) / (draws + 1))


def _bootstrap_half_width(vectors: Vectors, *, draws: int = DRAWS, seed: int = SEED) -> float:
    picks = np.random.default_rng(seed).integers(0, vectors.size, (draws, vectors.size))
    means = vectors[picks].sum(axis=1)
    away = np.abs(np.angle(means * np.conj(vectors.sum())))
    return float(np.quantile(away, 0.95) / (2 * np.pi) * DAY_HOURS)


def weekday_pattern(days: pd.DataFrame, outcome: str = CRAMPS) -> Timing:
    """Whether some weekdays have more cramps than their logged days explain.

    ``value`` is the chi-square against logged days, ``low`` to ``high`` where it lies in 95 % of
    logs whose logged days were shuffled within each week: what chance alone does. ``table`` has one
    row per weekday: ``weekday``, ``cramps``, ``days``, ``rate``, ``low``, ``high`` (per day, exact
    Poisson). Whole-number days count weekdays from 0. Refused below 21 tracked days or 10 cramps.
    """
    line = timeline(days, [outcome])
    y = line.outcome(outcome)
    usable = np.isfinite(y)
    weekday, counted = line.weekday[usable], y[usable]
    week = (line.number[usable] - weekday) // 7
    refusal = rules.on_events(counted)
    table = _weekday_table(weekday, counted)
    if refusal:
        return _pattern(table, counted, (NAN, NAN, NAN, NAN), refusal, line.logged_share)
    found = weekday_chi_square(weekday, counted)
    chance = np.array([weekday_chi_square(weekday, drawn) for drawn in _shuffled(week, counted)])
    p = (1 + np.count_nonzero(chance >= found * (1 - 1e-12))) / (chance.size + 1)
    low, high = np.quantile(chance, [0.025, 0.975])
    return _pattern(
        table,
        counted,
        (found, float(low), float(high), float(p)),
        rules.ACCEPTED,
        line.logged_share,
    )


def _pattern(
    table: pd.DataFrame,
    y: Floats,
    found: tuple[float, float, float, float],
    refusal: rules.Refusal,
    share: float,
) -> Timing:
    value, low, high, p = found
    clear = p <= rules.EXPLORED
    return Timing(
        value=value,
        low=low,
        high=high,
        n_days=y.size,
        unit="chi-square of 7 weekdays",
        method="shuffling logged days within each week",
        verdict=Verdict.NOT_ENOUGH if refusal else (Verdict.HIGHER if clear else Verdict.NO_CLEAR),
        caveats=rules.logging_caveat(share),
        refusal=refusal.reason,
        still_needed=refusal.needed,
        n_events=int(y.sum()),
        p=p,
        table=table,
    )


def weekday_chi_square(weekday: NDArray[np.int64], y: Floats) -> float:
    """Chi-square of the counts per weekday against the number of logged days of each weekday."""
    seen = np.bincount(weekday, minlength=7)
    expected = seen * (y.sum() / y.size)
    kept = expected > 0
    return float(
        np.sum((np.bincount(weekday, y, minlength=7) - expected)[kept] ** 2 / expected[kept])
    )


def _shuffled(week: NDArray[np.int64], y: Floats) -> Iterator[Floats]:
    """The counts with the logged days of each week in random order.

    Keeps bad weeks and unlogged days as they are.
    """
    generator = np.random.default_rng(SEED)
    place = np.argsort(week, kind="stable")
    for _ in range(DRAWS):
        drawn = np.empty(y.size)
        drawn[place] = y[np.lexsort((generator.random(y.size), week))]
        yield drawn


def _weekday_table(weekday: NDArray[np.int64], y: Floats) -> pd.DataFrame:
    seen = np.bincount(weekday, minlength=7)
    held = np.bincount(weekday, y, minlength=7)
    limits = [
        garwood(float(k), float(n)) if n else (NAN, NAN) for k, n in zip(held, seen, strict=True)
    ]
    return pd.DataFrame(
        {
            "weekday": list(WEEKDAYS),
            "cramps": held.astype(int),
            "days": seen,
            "rate": np.where(seen > 0, held / np.maximum(seen, 1), np.nan),
            "low": [low for low, _ in limits],
            "high": [high for _, high in limits],
        }
    )


def night_share(cramps: pd.DataFrame) -> Timing:
    """How much likelier a cramp is in an hour of night than in an hour of day.

    Night is 22 to 6 o'clock for the bouts (by their first cramp whose time was read) and for the
    hours they are set against. The value is the ratio of bouts per hour, its interval the exact
    binomial one on bouts; ``concentration`` is the plain share of bouts at night. Refused below 10
    bouts.
    """
    numbered = timed_bouts(cramps)
    begins = _begins(numbered)
    total, night = begins.size, int(by_clock(begins).sum())
    heaped = heap_sentence(hours_of(numbered))
    refusal = _on_share(total) or (rules.Refusal(heaped, READ_TIMES) if heaped else rules.ACCEPTED)
    ratio = (NAN, NAN, NAN, NAN) if refusal else night_ratio(night, total, NIGHT_HOURS)
    return Timing(
        value=ratio[0],
        low=ratio[1],
        high=ratio[2],
        n_days=_days(numbered),
        unit="ratio, an hour of night against an hour of day",
        method="exact binomial on bouts",
        verdict=Verdict.NOT_ENOUGH if refusal else rules.of_interval(ratio[1], ratio[2], null=1.0),
        refusal=refusal.reason,
        still_needed=refusal.needed,
        n_events=len(numbered),
        p=ratio[3],
        n_bouts=total,
        concentration=night / total if total else NAN,
    )


def _on_share(total: int) -> rules.Refusal:
    if total >= FEWEST_BOUTS_SHARE:
        return rules.ACCEPTED
    return rules.Refusal(
        f"Night against day needs at least {FEWEST_BOUTS_SHARE} separate bouts whose time is"
        f" known; there are {total} so far.",
        rules.more(FEWEST_BOUTS_SHARE - total, "separate bout") + " of cramps",
    )


def night_ratio(night: int, total: int, hours: float) -> tuple[float, float, float, float]:
    """Ratio, exact interval and p of ``night`` among ``total`` bouts.

    ``hours`` is how many of a day's 24 are night.
    """
    from scipy import stats

    test = stats.binomtest(night, total, hours / DAY_HOURS)
    limits = test.proportion_ci(method="exact")
    awake = (DAY_HOURS - hours) / hours
    low, middle, high = (
        share / (1 - share) * awake if share < 1 else np.inf
        for share in (limits.low, night / total, limits.high)
    )
    return float(middle), float(low), float(high), float(test.pvalue)
