"""How often: the rate with an honest interval, before against after a date, and the trend."""

from __future__ import annotations

from datetime import date, datetime
from math import exp, log, sqrt

import numpy as np
import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.estimate import NAN, Estimate, Rate, Verdict
from legcare.analysis.quasi_poisson import (
    SHRINKAGE,
    SHRINKAGE_OF_TREND,
    Rows,
    autocorrelation,
    fit,
    floor_of,
    longest_lag,
    variance_inflation,
)
from legcare.analysis.timeline import Flags, Floats, Timeline, record_time, share_of, timeline
from legcare.days import CRAMPS

WEEK = 7
MONTH = 28
PER_WEEK = "cramps per week"


def cramp_rate(days: pd.DataFrame, outcome: str = CRAMPS, *, whole: bool = False) -> Rate:
    """Cramps per week on tracked days, with the psi-Garwood interval.

    Unlogged days count from the first tracked one on, or, where ``whole``, from the first row: in a
    window of a longer log the first days may be unlogged too.

    The exact Poisson interval, with events and days divided by psi: how much more the days vary
    than Poisson, times how far one day's count foretells the next. ``possible_low`` to
    ``possible_high`` is what unlogged days allow. Refused below 7 tracked days.
    """
    line = timeline(days, [outcome])
    y = line.outcome(outcome)
    known = np.isfinite(y)
    return rate_of(y, float(known.mean()) if whole and known.size else share_of(known))


def rate_of(y: Floats, share: float) -> Rate:
    """The weekly rate of a run of consecutive days, NaN where not tracked.

    ``share`` of them is logged.
    """
    usable = np.isfinite(y)
    counted = y[usable]
    refusal = rules.on_rate(counted.size)
    events = int(counted.sum())
    if refusal:
        return _no_rate(counted.size, events, refusal, share)
    low, high = garwood(
        events, counted.size, psi(counted, np.full(counted.size, counted.mean()), usable, 1)
    )
    rate = events / counted.size * WEEK
    return Rate(
        value=rate,
        low=low * WEEK,
        high=high * WEEK,
        n_days=counted.size,
        unit=PER_WEEK,
        method="psi-Garwood interval",
        verdict=Verdict.NO_CLEAR,
        caveats=rules.logging_caveat(share),
        n_events=events,
        possible_low=float(rate * share),
        possible_high=rate,
        logged_share=float(share),
    )


def _no_rate(days: int, events: int, refusal: rules.Refusal, share: float) -> Rate:
    return Rate(
        value=NAN,
        low=NAN,
        high=NAN,
        n_days=days,
        unit=PER_WEEK,
        method="psi-Garwood interval",
        verdict=Verdict.NOT_ENOUGH,
        refusal=refusal.reason,
        still_needed=refusal.needed,
        n_events=events,
        logged_share=float(share),
    )


def garwood(
    events: float, exposure: float, psi: float = 1.0, level: float = 0.95
) -> tuple[float, float]:
    """Exact interval of a Poisson rate (Garwood 1936), its events divided by ``psi``.

    Psi 1 is the exact interval.
    """
    from scipy import special

    tail = (1 - level) / 2
    scaled = events / psi
    low = float(special.gammaincinv(scaled, tail)) if events > 0 else 0.0
    high = float(special.gammainccinv(scaled + 1, tail))
    return low * psi / exposure, high * psi / exposure


def psi(y: Floats, mu: Floats, usable: Flags, parameters: int) -> float:
    """How much wider than Poisson.

    Dispersion (at least 1) times autocorrelation inflation (at least 1).
    """
    phi, inflation = _spread(y, mu, usable, parameters, SHRINKAGE)
    return phi * inflation


def _spread(
    y: Floats, mu: Floats, usable: Flags, parameters: int, shrinkage: float
) -> tuple[float, float]:
    if y.sum() == 0:
        return 1.0, 1.0
    safe = np.maximum(mu, 1e-12)
    residual = (y - mu) / np.sqrt(safe)
    chance = 1.0 if parameters == 1 else floor_of(y, mu, np.ones(y.size))
    phi = max(chance, float(np.sum(residual**2) / max(y.size - parameters, 1)))
    correlation = autocorrelation(residual, usable, longest_lag(record_time(usable)[1]))
    return phi, variance_inflation(correlation, 1.0, y.size, shrinkage)


def rate_change(
    days: pd.DataFrame, on: date | datetime | pd.Timestamp | int, outcome: str = CRAMPS
) -> Estimate:
    """The rate from the day ``on`` onwards against the rate before it, as a ratio.

    ``on`` must be fixed in advance: for a date picked because the picture changes there, this
    interval is too narrow. It is a date where the days are dates, otherwise a row label. Refused
    below 7 tracked days on either side, 21 in all, 10 cramps, or 3 on either side.
    """
    line = timeline(days, [outcome])
    y = line.outcome(outcome)
    usable = np.isfinite(y)
    after = (line.number >= _day_number(on))[usable]
    counted = y[usable]
    refusal = _on_change(counted, after)
    if refusal:
        return _no_ratio(counted, refusal, "ratio, after against before")
    return _step_estimate(counted, after, usable, line.logged_share)


def _day_number(on: date | datetime | pd.Timestamp | int) -> int:
    if isinstance(on, (int, np.integer)):
        return int(on)
    return int(
        pd.Timestamp(on)
        .tz_localize(None)
        .normalize()
        .to_numpy()
        .astype("datetime64[D]")
        .astype(np.int64)
    )


def _on_change(y: Floats, after: Flags) -> rules.Refusal:
    short = [
        f"{rules.more(rules.FEWEST_DAYS_RATE - int(side.sum()), 'tracked day')} {words} the date"
        for side, words in ((~after, "before"), (after, "after"))
        if side.sum() < rules.FEWEST_DAYS_RATE
    ]
    if short:
        return rules.Refusal(
            "Both sides of the date need at least 7 tracked days.", " and ".join(short)
        )
    return rules.on_events(y, (~after, after), ("before the date", "from the date on"))


def _step_estimate(y: Floats, after: Flags, usable: Flags, share: float) -> Estimate:
    from scipy import special

    a, b = y[~after].sum() + 0.5, y[after].sum() + 0.5
    before_days, after_days = int((~after).sum()), int(after.sum())
    mu = np.where(after, y[after].mean(), y[~after].mean())
    phi, inflation = _spread(y, mu, usable, 2, SHRINKAGE_OF_TREND)
    middle = log(b / after_days) - log(a / before_days)
    se = sqrt(phi * inflation * (1 / a + 1 / b))
    df = max(y.size / inflation - 2, 3.0)
    half = float(special.stdtrit(df, 0.975)) * se
    low, high, events = exp(middle - half), exp(middle + half), int(y.sum())
    return Estimate(
        value=exp(middle),
        low=low,
        high=high,
        n_days=y.size,
        unit="ratio, after against before",
        method="psi-t step",
        verdict=rules.of_interval(low, high, null=1.0, events=events),
        caveats=rules.logging_caveat(share) + rules.early_caveat(events),
        n_events=events,
        p=float(2 * special.stdtr(df, -abs(middle / se))),
    )


def trend(days: pd.DataFrame, outcome: str = CRAMPS) -> Estimate:
    """By what factor the rate changes per 4 weeks, with the psi-t interval.

    A straight line on the log scale.

    Refused below 21 tracked days, 10 cramps, or 3 in either half of the record.
    """
    line = timeline(days, [outcome])
    y = line.outcome(outcome)
    usable = np.isfinite(y)
    counted, time = y[usable], np.flatnonzero(usable).astype(float)
    unit = "ratio per 4 weeks"
    late = time > (np.median(time) if time.size else 0.0)
    refusal = rules.on_events(counted, (~late, late), ("in the first half", "in the second half"))
    if refusal:
        return _no_ratio(counted, refusal, unit)
    return _slope_estimate(line, Rows(counted, time, np.ones((time.size, 1)), usable), unit)


def _slope_estimate(line: Timeline, rows: Rows, unit: str) -> Estimate:
    found = fit(rows, counts=True, shrinkage=SHRINKAGE_OF_TREND)
    low, high = (exp(limit * MONTH) for limit in found.interval())
    events = int(rows.y.sum())
    return Estimate(
        value=exp(found.slope * MONTH),
        low=low,
        high=high,
        n_days=rows.y.size,
        unit=unit,
        method="psi-t slope",
        verdict=rules.of_interval(low, high, null=1.0, events=events),
        caveats=rules.logging_caveat(line.logged_share) + rules.early_caveat(events),
        n_events=events,
        p=found.p,
    )


def _no_ratio(y: Floats, refusal: rules.Refusal, unit: str) -> Estimate:
    return Estimate(
        value=NAN,
        low=NAN,
        high=NAN,
        n_days=y.size,
        unit=unit,
        method="psi-t",
        verdict=Verdict.NOT_ENOUGH,
        refusal=refusal.reason,
        still_needed=refusal.needed,
        n_events=int(y.sum()),
    )
