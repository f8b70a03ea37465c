"""The rows of the massage question: hours with and without a massage in the 24 h before them.

By the clock a day is eight cells of three hours, cut where a massage's 24 hours begin or end. Where
most cramps have no time the rows are nights, and where not even the night is known, days.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from legcare.analysis.massage.diary import HOURS, Diary, Whole, since
from legcare.analysis.quasi_poisson import natural_spline, spline_freedom
from legcare.analysis.timeline import Flags, Floats, record_time

CELL = 3.0
AFTER = 24.0
LAST_HOURS = 6.0
MOST_RECENT = 3.0
NIGHT_SHARE = 0.5
INTO_THE_NIGHT = 2.0
DOUBT = 0.1
MOST_FREEDOM = 12
SHORTEST = 1e-6


class Scale(StrEnum):
    """By what the question is asked: the clock, whole nights, or the day after."""

    CLOCK = "clock"
    NIGHTS = "nights"
    DAYS = "days"


@dataclass(frozen=True)
class Rows:
    """One row per stretch of hours.

    ``y`` cramps, ``x`` 1 within 24 h after a planned massage and else 0, ``hours`` its length,
    ``day`` counted from 0, ``cell`` which part of the day, ``recent`` cramps before it: of the last
    6 h, earlier today, yesterday, the day before, and a day over the four days before that.
    """

    y: Floats
    x: Floats
    hours: Floats
    day: Whole
    cell: Whole
    recent: Floats

    def __getitem__(self, kept: Flags) -> Rows:
        return Rows(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))

    @property
    def n_days(self) -> int:
        """Days that have at least one row."""
        return int(np.unique(self.day).size)

    @property
    def share(self) -> float:
        """Share of the hours that lie after a massage."""
        return float(self.hours @ self.x / self.hours.sum()) if self.hours.size else float("nan")


def scale_of(diary: Diary) -> Scale:
    """The finest scale on which at least half of the cramps are known."""
    if 2 * diary.cramps.size >= diary.events:
        return Scale.CLOCK
    most = nightly(diary).sum() >= NIGHT_SHARE * diary.events
    return Scale.NIGHTS if most else Scale.DAYS


def nightly(diary: Diary) -> Floats:
    """Cramps of every night, 22 to 6 o'clock."""
    begins, ends = diary.night
    hour = diary.cramps % HOURS
    timed = (diary.cramps[(hour >= begins) & (hour < ends)] // HOURS).astype(np.int64)
    nights = np.concatenate([timed, diary.night_cramps])
    return np.bincount(nights, minlength=diary.days).astype(float)


def rows_of(diary: Diary, scale: Scale) -> Rows:
    """The rows on which cramps were logged and the massages before them are known."""
    if not diary.days:
        nothing = np.zeros(0)
        none = nothing.astype(np.int64)
        return Rows(nothing, nothing, nothing, none, none, np.zeros((0, 5)))
    if scale is Scale.DAYS:
        return _days(diary)
    return _nights(diary) if scale is Scale.NIGHTS else _hours(diary)


def exposing(diary: Diary) -> Floats:
    """Hours of planned massages; one known to its evening counts from the night's begin."""
    return np.sort(np.concatenate([diary.massages, diary.bed_massages * HOURS + diary.night[0]]))


def _edges(diary: Diary) -> Floats:
    """Cell borders of one day in hours; the night is one cell where cramps are known only to it."""
    borders = np.arange(0.0, HOURS + CELL / 2, CELL)
    begins, ends = diary.night
    inside = (borders > begins) & (borders < ends)
    return borders[~inside] if diary.night_cramps.size else borders


def _hours(diary: Diary) -> Rows:
    edges, massages = _edges(diary), exposing(diary)
    cells = edges.size - 1
    begins = (np.arange(diary.days)[:, None] * HOURS + edges[:-1]).ravel()
    length = np.tile(np.diff(edges), diary.days)
    apart = since(massages, begins)
    left = np.clip(AFTER - apart, 0.0, length)  # of an earlier massage's 24 hours
    place = np.searchsorted(massages, begins, side="left")
    fresh = np.concatenate([massages, [np.inf]])[place] - begins  # hours to the cell's own massage
    after = np.maximum(length - np.maximum(fresh, left), 0.0) + np.minimum(left, length)
    y, exposed = _counted(diary, edges, massages, (after, length))
    day = np.repeat(np.arange(diary.days), cells)
    kind = np.tile(np.arange(cells), diary.days)
    with_start = begins + np.where((left <= 0) & (fresh < length), np.maximum(fresh, 0.0), 0.0)
    without_start = begins + np.where(left < length, left, 0.0)
    both = Rows(
        y=np.concatenate([exposed, y - exposed]),
        x=np.repeat([1.0, 0.0], day.size),
        hours=np.concatenate([after, length - after]),
        day=np.tile(day, 2),
        cell=np.tile(kind, 2),
        recent=_recent(diary, np.concatenate([with_start, without_start])),
    )
    middle = np.tile(begins + length / 2, 2)
    known = diary.tracked[both.day] & ((both.x > 0) | _certain(diary, middle))
    kept = both[known & (both.hours > SHORTEST)]
    order = np.argsort(kept.day, kind="stable")
    return Rows(*(getattr(kept, name)[order] for name in kept.__dataclass_fields__))


def _counted(
    diary: Diary, edges: Floats, massages: Floats, spans: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Cramps of each cell, and those of them within 24 h after a massage.

    A cramp known only to its night counts where the whole night lies on one side.
    """
    cells, size = edges.size - 1, diary.days * (edges.size - 1)
    inside = np.searchsorted(edges, diary.cramps % HOURS, side="right") - 1
    cell = (diary.cramps // HOURS).astype(np.int64) * cells + inside
    hit = since(massages, diary.cramps) <= AFTER
    y = np.bincount(cell, minlength=size).astype(float)
    exposed = np.bincount(cell[hit], minlength=size).astype(float)
    night = int(np.searchsorted(edges, diary.night[0], side="right")) - 1
    cell = diary.night_cramps * cells + night
    after, length = (span[cell] for span in spans)
    whole = (after <= SHORTEST) | (after >= length - SHORTEST)
    y += np.bincount(cell[whole], minlength=size)
    exposed += np.bincount(cell[whole & (after > 0)], minlength=size)
    return y, exposed


def _certain(diary: Diary, hours: Floats) -> Flags:
    """Whether no massage in the 24 h before means that there was none.

    A day on which massages were not logged matters by the share of this person's massages that
    fall on its hours within the 24; a massage known only to its day leaves that day and the next
    open.
    """
    usual = np.sort(exposing(diary) % HOURS)
    day = np.minimum((hours // HOURS).astype(np.int64), diary.days - 1)
    earlier = np.searchsorted(usual, hours - day * HOURS) / max(usual.size, 1)
    asked = np.concatenate([[False], diary.asked])
    doubt = np.where(asked[day], 0.0, 1 - earlier) + np.where(asked[day + 1], 0.0, earlier)
    open_days = np.concatenate([diary.loose_massages, diary.early_massages])
    loose = np.isin(day, open_days) | np.isin(day - 1, open_days)
    return np.asarray((doubt < DOUBT) & ~loose, dtype=bool)


def _nights(diary: Diary) -> Rows:
    """One row per night; a massage up to two hours into it counts as before bed."""
    begins, ends = diary.night
    day = np.arange(diary.days)
    start = np.asarray(day * float(HOURS) + begins, dtype=float)
    early = np.isin(day, diary.early_massages)
    x = (early | (since(exposing(diary), start + INTO_THE_NIGHT) <= AFTER)).astype(float)
    rows = Rows(
        y=nightly(diary),
        x=x,
        hours=np.full(diary.days, ends - begins),
        day=day,
        cell=np.zeros(diary.days, dtype=np.int64),
        recent=_recent(diary, start),
    )
    return rows[diary.tracked & ((x > 0) | _certain(diary, start))]


def _days(diary: Diary) -> Rows:
    """One row per day, exposed where the day before had a planned massage at any time."""
    held = np.concatenate(
        [
            (diary.massages // HOURS).astype(np.int64),
            diary.bed_massages,
            diary.early_massages,
            diary.loose_massages,
        ]
    )
    day = np.arange(1, diary.days)
    timed = (diary.cramps // HOURS).astype(np.int64)
    y = np.bincount(
        np.concatenate([timed, diary.night_cramps, diary.loose_cramps]), minlength=diary.days
    )
    x = np.isin(day - 1, held).astype(float)
    rows = Rows(
        y=y[1:].astype(float),
        x=x,
        hours=np.full(day.size, float(HOURS)),
        day=day,
        cell=np.zeros(day.size, dtype=np.int64),
        recent=_recent(diary, np.asarray((day - 1) * HOURS, dtype=float)),
    )
    return rows[diary.tracked[1:] & (diary.asked[:-1] | (x > 0))]


def _recent(diary: Diary, hours: Floats) -> Floats:
    """What came before each hour, NaN where less than half of that time was tracked.

    Cramps of the last 6 h and of today before them (3 at most), whether there was one yesterday and
    the day before that, and cramps a day over the four days before. The last hours stand alone
    because cramps breed cramps within hours: taken as one with yesterday's, they make massages that
    follow yesterday's look as if they helped. Whole days count as yes or no because a massage is
    decided on so.
    """
    night, loose = diary.night_cramps * HOURS + diary.night[1], (diary.loose_cramps + 1) * HOURS
    moments = np.sort(np.concatenate([diary.cramps, night, loose]))
    logged = np.concatenate([[0.0], np.cumsum(diary.tracked) * float(HOURS)])
    border = np.arange(diary.days + 1) * float(HOURS)
    begun = np.floor(hours / HOURS) * HOURS
    ends = [hours, np.maximum(hours - LAST_HOURS, begun), begun, begun - HOURS, begun - 2 * HOURS]
    begins = [hours - LAST_HOURS, begun, *ends[3:], begun - 6 * HOURS]
    columns = []
    for begin, end, most in zip(begins, ends, (3, 3, 1, 1, np.inf), strict=True):
        count = np.searchsorted(moments, end) - np.searchsorted(moments, begin)
        time = np.interp(end, border, logged) - np.interp(begin, border, logged)
        known = time >= (end - begin) / 2
        held = np.minimum(count, most) if most < np.inf else count / np.maximum(time, 1.0) * HOURS
        columns.append(np.where(known, np.minimum(held, MOST_RECENT), np.nan))
    return np.column_stack(columns)


def design(rows: Rows, first_weekday: int) -> tuple[Floats, Floats]:
    """What is taken out, one column each, and the ridge of every column.

    Level, part of the day, weekend, slow drift, recent cramps. ``first_weekday`` is that of day 0.
    """
    kinds = np.unique(rows.cell)
    parts = (rows.cell[:, None] == kinds[1:]).astype(float)
    weekend = ((rows.day + first_weekday) % 7 >= 5).astype(float)
    held = np.zeros(int(rows.day.max()) + 1, dtype=bool)
    held[rows.day] = True
    time, length = record_time(held)
    freedom = min(spline_freedom(length), MOST_FREEDOM)
    drift = time[:, None] if freedom == 1 else natural_spline(time, freedom)
    on_day = np.cumsum(held) - 1
    recent = np.column_stack([_filled(column) for column in rows.recent.T])
    blocks = [np.ones((rows.y.size, 1)), parts, weekend[:, None], drift[on_day[rows.day]], recent]
    ridges = (0.0, 0.5, 0.5, 0.05, 0.5)
    ridge = np.concatenate(
        [np.full(block.shape[1], one) for block, one in zip(blocks, ridges, strict=True)]
    )
    return np.hstack(blocks), ridge


def _filled(column: Floats) -> Floats:
    known = np.isfinite(column)
    return np.where(known, column, column[known].mean() if known.any() else 0.0)
