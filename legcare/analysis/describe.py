"""Plain description for pictures.

Rates by week, month, weekday, severity and place, day states, waits.

Every rate comes with the psi-Garwood interval of ``frequency``; psi, by how much this person's days
vary more than chance, is taken from the whole period, because a slice is too short to measure it.
"""

from __future__ import annotations

from datetime import time

import numpy as np
import pandas as pd

from legcare.analysis.frequency import WEEK, garwood, psi
from legcare.analysis.verdict import FEWEST_DAYS_RATE
from legcare.days import CRAMPS, DAY, TRACKED
from legcare.records import Log, TrackedSpan, legcare_day, tracked_days

WINDOW_WEEKS = 4
SEVERITIES = {
    "Mild (1 to 3)": (0.0, 3.0),
    "Moderate (4 to 6)": (3.0, 6.0),
    "Severe (7 to 10)": (6.0, 10.0),
}
NOT_SAID = "Not said"
STATES = ("cramp", "none", "not tracked")
HOURS = 3
FEWEST_FOR_MEAN = 3
WAITS = (0.0, 6.0, 12.0, 24.0, 48.0, 72.0, np.inf)
WAIT_LABELS = ("under 6 h", "6 to 12 h", "12 to 24 h", "1 to 2 days", "2 to 3 days", "over 3 days")


def spread(days: pd.DataFrame) -> float:
    """Psi of the whole table.

    1 where days vary as chance does, more where cramps come in good and bad spells.
    """
    counts = _counts(days)
    known = counts.notna().to_numpy()
    y = counts.to_numpy()[known]
    return psi(y, np.full(y.size, y.mean()), known, 1) if y.size > 1 else 1.0


def _counts(days: pd.DataFrame) -> pd.Series:
    return days[CRAMPS].astype("float64").where(days[TRACKED].astype(bool))


def rated(events: pd.Series, tracked: pd.Series, psi_of_all: float) -> pd.DataFrame:
    """Cramps per week with interval from counts and tracked days; NaN below 7 tracked days."""
    enough = tracked >= FEWEST_DAYS_RATE
    pairs = [
        garwood(float(held), float(seen), psi_of_all) if shown else (np.nan, np.nan)
        for held, seen, shown in zip(events, tracked, enough, strict=True)
    ]
    return pd.DataFrame(
        {
            "cramps": events.astype("float64"),
            "tracked_days": tracked.astype("int64"),
            "per_week": events / tracked.where(enough) * WEEK,
            "low": [low * WEEK for low, _ in pairs],
            "high": [high * WEEK for _, high in pairs],
        },
        index=events.index,
    )


def weekly_rates(days: pd.DataFrame, *, weeks: int = WINDOW_WEEKS) -> pd.DataFrame:
    """One row per calendar week.

    Its own count, and the rate over it and the ``weeks`` - 1 weeks before.

    Columns ``week`` (its Monday), ``cramps_in_week`` and ``tracked_in_week``, then ``cramps``,
    ``tracked_days``, ``per_week``, ``low``, ``high`` of the rolling window. A week without a
    tracked day has a missing count; a window with fewer than 7 tracked days, or whose last week
    holds none, has a missing rate: nothing is drawn there.
    """
    counts = _counts(days)
    date = pd.DatetimeIndex(days.index)
    monday = date - pd.to_timedelta(date.day_of_week, unit="D")
    own = pd.DataFrame(
        {"cramps": counts.groupby(monday).sum(), "tracked": counts.groupby(monday).count()}
    )
    rolling = own.rolling(weeks, min_periods=1).sum()
    table = rated(rolling["cramps"], rolling["tracked"], spread(days))
    table[["per_week", "low", "high"]] = table[["per_week", "low", "high"]].where(
        own["tracked"] > 0
    )
    table.insert(0, "cramps_in_week", own["cramps"].where(own["tracked"] > 0))
    table.insert(1, "tracked_in_week", own["tracked"])
    return table.rename_axis("week").reset_index()


def monthly_rates(days: pd.DataFrame) -> pd.DataFrame:
    """One row per calendar month from first to last.

    ``month`` (its first day), counts, rate and interval.
    """
    counts = _counts(days)
    month = pd.DatetimeIndex(days.index).to_period("M").to_timestamp()
    table = rated(counts.groupby(month).sum(), counts.groupby(month).count(), spread(days))
    return table.rename_axis("month").reset_index()


def season_rates(days: pd.DataFrame) -> pd.DataFrame:
    """One row per month of the year (1 to 12), all years together: counts, rate and interval."""
    counts = _counts(days)
    number = pd.DatetimeIndex(days.index).month
    held = counts.groupby(number).sum().reindex(range(1, 13), fill_value=0.0)
    seen = counts.groupby(number).count().reindex(range(1, 13), fill_value=0)
    return rated(held, seen, spread(days)).rename_axis("month").reset_index()


def severity_rates(days: pd.DataFrame, cramps: pd.DataFrame) -> pd.DataFrame:
    """Cramps per week in bands of severity (0-10).

    A cramp without a severity stands in a row of its own.
    """
    band = pd.Series(NOT_SAID, index=cramps.index, dtype="str")
    for name, (above, to) in SEVERITIES.items():
        band = band.mask((cramps["severity"] > above) & (cramps["severity"] <= to), name)
    band = band.mask(cramps["severity"] == 0, next(iter(SEVERITIES)))
    return _rates_of(days, cramps, band, (*SEVERITIES, NOT_SAID), "severity")


def place_rates(days: pd.DataFrame, cramps: pd.DataFrame) -> pd.DataFrame:
    """Cramps per week by muscle and side, most frequent first.

    ``muscle``, ``side``, counts, rate and interval.
    """
    muscle, side = cramps["muscle"].fillna(NOT_SAID.lower()), cramps["side"].fillna("unknown")
    place = muscle.str.cat(side, sep="|")
    order = place.value_counts()
    table = _rates_of(
        days, cramps, place, tuple(sorted(order.index, key=lambda p: (-order[p], p))), "place"
    )
    parts = (
        table.pop("place").str.split("|", expand=True)
        if len(table)
        else pd.DataFrame(columns=[0, 1])
    )
    table.insert(0, "muscle", parts[0])
    table.insert(1, "side", parts[1])
    return table


def _rates_of(
    days: pd.DataFrame, cramps: pd.DataFrame, group: pd.Series, order: tuple[str, ...], name: str
) -> pd.DataFrame:
    seen = int(days[TRACKED].sum())
    inside = cramps[DAY].isin(days.index[days[TRACKED].astype(bool)])
    held = group[inside].value_counts().reindex(list(order), fill_value=0)
    held = held[(held > 0) | (held.index != NOT_SAID)]
    return (
        rated(held.astype(float), pd.Series(seen, index=held.index), spread(days))
        .rename_axis(name)
        .reset_index()
    )


def calendar(log: Log, days: pd.DataFrame, *, day_start: time) -> pd.DataFrame:
    """One row per day: ``day``, ``cramps``, ``state`` (cramp, none, not tracked), ``imported``.

    ``imported`` is true where everything that settles the day came from a file and nothing was
    typed in.
    """
    typed, filed = _settled_by(log, day_start)
    dates = [day.date() for day in pd.DatetimeIndex(days.index)]
    state = np.where(days[CRAMPS].gt(0), STATES[0], np.where(days[TRACKED], STATES[1], STATES[2]))
    imported = [day in filed and day not in typed for day in dates]
    return pd.DataFrame(
        {DAY: days.index, "cramps": days[CRAMPS].to_numpy(), "state": state, "imported": imported}
    )


def _settled_by(log: Log, day_start: time) -> tuple[set[object], set[object]]:
    typed: set[object] = set()
    filed: set[object] = set()
    for cramp in log.cramps:
        (typed if cramp.source == "entered" else filed).add(legcare_day(cramp.at, day_start))
    for side, spans in ((typed, _spans(log, typed=True)), (filed, _spans(log, typed=False))):
        side.update(tracked_days(Log(spans), day_start=day_start))
    return typed, filed


def _spans(log: Log, *, typed: bool) -> tuple[TrackedSpan, ...]:
    return tuple(span for span in log.spans if (span.source == "entered") is typed)


def hourly(cramps: pd.DataFrame, *, column: str, hours: int = HOURS) -> pd.DataFrame:
    """Mean of ``minutes`` or ``severity`` in stretches of the day, with the t interval of the mean.

    Columns ``from_hour``, ``to_hour``, ``cramps`` (with a value), ``mean``, ``low``, ``high``; the
    mean is missing below 3 cramps. Description only: cramps of one night resemble each other, so
    the interval is rather too narrow.
    """
    known = cramps[cramps[column].notna()]
    start = (known["hour"] // hours * hours).astype(int)
    rows = [
        _mean_row(known.loc[start == hour, column], hour, hours) for hour in range(0, 24, hours)
    ]
    return pd.DataFrame(rows, columns=["from_hour", "to_hour", "cramps", "mean", "low", "high"])


def _mean_row(
    values: pd.Series, hour: int, hours: int
) -> tuple[int, int, int, float, float, float]:
    from scipy import special

    n = len(values)
    if n < FEWEST_FOR_MEAN:
        return hour, hour + hours, n, np.nan, np.nan, np.nan
    half = float(special.stdtrit(n - 1, 0.975)) * float(values.std(ddof=1)) / n**0.5
    middle = float(values.mean())
    return hour, hour + hours, n, middle, max(middle - half, 0.0), middle + half


def waits(cramps: pd.DataFrame, events: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """How long before each cramp the last event was, beside ordinary moments.

    Those are the same clock time on every tracked day.

    The second is what the waits would look like if cramps took no notice of the events: without it,
    a longer wait after an event would be read into chance alone. One row per stretch: ``since``,
    ``cramps``, ``share_of_cramps``, ``share_of_ordinary_moments``. Moments before the first event
    are left out.
    """
    table = pd.DataFrame({"since": WAIT_LABELS})
    moments = (
        events["at"].sort_values().to_numpy()
        if len(events)
        else np.array([], dtype="datetime64[us]")
    )
    at_cramps = _since(cramps["at"].to_numpy(), moments)
    ordinary = _since(_same_clock(cramps, days), moments)
    table["cramps"] = _binned(at_cramps)
    table["share_of_cramps"] = _shares(table["cramps"].to_numpy())
    table["share_of_ordinary_moments"] = _shares(_binned(ordinary))
    return table


def _same_clock(cramps: pd.DataFrame, days: pd.DataFrame) -> np.ndarray:
    """Every cramp's clock time laid on every tracked day (thinned to 60 clock times.

    Shares, not a test).
    """
    tracked = days.index[days[TRACKED].astype(bool)].to_numpy()
    offset = (cramps["at"] - cramps[DAY]).sort_values().to_numpy()
    offset = offset[:: max(1, len(offset) // 60)]
    return np.asarray((tracked[:, None] + offset[None, :]).ravel())


def _since(moments: np.ndarray, events: np.ndarray) -> np.ndarray:
    """Hours since the last event strictly before each moment.

    Moments before the first are dropped.
    """
    place = np.searchsorted(events, moments, side="left")
    later = place > 0
    return np.asarray(
        (moments[later] - events[place[later] - 1]) / np.timedelta64(1, "h"), dtype=float
    )


def _binned(hours: np.ndarray) -> np.ndarray:
    return np.histogram(hours, bins=np.array(WAITS))[0]


def _shares(counts: np.ndarray) -> np.ndarray:
    return np.asarray(counts / counts.sum()) if counts.sum() else np.full(counts.shape, np.nan)
