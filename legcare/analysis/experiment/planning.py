"""What to expect before starting.

The chance of a clear answer for this person, over the weeks they may be willing.

The person's own log gives rate and clustering, as far as it can tell. Then experiments are invented
and read exactly as a real one would be; by how much such a reading of a log is off on average is
found and taken off (see ``reread``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from legcare.analysis.experiment import pairs as arithmetic
from legcare.analysis.experiment.likelihood import plausible
from legcare.analysis.experiment.pairs import Array, Pairs
from legcare.analysis.experiment.reread import blocks_vary, reread
from legcare.analysis.experiment.result import ENOUGH_PAIRS, POWER_80, Finding
from legcare.analysis.experiment.simulate import Nature, Shape, diaries

TYPICAL_COUNT = Nature(level=2.6 / 7, spread=0.85, memory=0.65, logged=0.9)
"""Volunteers of a cramp trial had 2.6 a week; how long its bouts last is an assumption."""
TYPICAL_SCORE = Nature(level=5.0, spread=2.0, memory=0.3, logged=0.9, counts=False)
PRIOR_WEIGHT = 40.0
REPEATS = 4_000
REPEATS_OF_SCORES = 1_000  # several scores are tried at once when a quicker outcome is looked for
REPEATS_OF_ENDS = 1_000
PLANNING_DRAWS = 499
NATURES = 200
LONGEST_WEEKS = 52
GOOD_CHANCE = 0.8


@dataclass(frozen=True)
class Outlook:
    """The chance of a clear answer, at each length in ``weeks``.

    ``if_works``: A brings the smallest worthwhile change and the verdict is "helps";
    ``if_nothing``: A does nothing and the verdict is "does not help enough to matter".
    ``formula_weeks`` is the textbook length for 80 % chance (counts; NaN for scores). ``own_days``
    is how many of the person's own days it rests on; 0 means typical figures. ``low`` and ``high``:
    ``if_works`` for a nature at the hard and the easy end of what the own days leave open (9 in 10
    lie between); empty where that is not known. ``repeats`` experiments were invented at each
    length.
    """

    weeks: tuple[float, ...]
    pairs: tuple[int, ...]
    if_works: tuple[float, ...]
    if_nothing: tuple[float, ...]
    formula_weeks: float
    nature: Nature
    own_days: int
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    repeats: int = REPEATS

    @property
    def weeks_for_good_chance(self) -> float:
        """The shortest length on the curve with a chance of 80 % where A works, or NaN."""
        return next(
            (w for w, c in zip(self.weeks, self.if_works, strict=True) if c >= GOOD_CHANCE),
            float("nan"),
        )

    def at(self, weeks: float) -> tuple[float, float]:
        """Both chances at the longest plan that fits into ``weeks``; (0, 0) where none fits."""
        place = self._place(weeks)
        return (0.0, 0.0) if place is None else (self.if_works[place], self.if_nothing[place])

    def between(self, weeks: float) -> tuple[float, float] | None:
        """The range of the chance where A works, at the longest plan that fits.

        None where there is none.
        """
        place = self._place(weeks)
        return None if place is None or not self.low else (self.low[place], self.high[place])

    def _place(self, weeks: float) -> int | None:
        fits = [place for place, length in enumerate(self.weeks) if length <= weeks + 1e-9]
        return fits[-1] if fits else None


def nature_of(values: pd.Series, *, counts: bool) -> tuple[Nature, int]:
    """How an outcome behaves in the person's own days, and on how many known days that rests.

    ``values`` is a column of the day table (missing: not known). Fewer than 14 known days, or no
    event at all, give the typical figures and 0 days. Counts: what the days make plausible (see
    ``likelihood``). Scores: moments.
    """
    typical = TYPICAL_COUNT if counts else TYPICAL_SCORE
    known = values.dropna()
    if len(known) < 14 or (counts and known.sum() == 0):
        return typical, 0
    logged = float(np.clip(len(known) / len(values), 0.05, 1.0))
    days = values.to_numpy(dtype=float)
    level, spread, memory = plausible(days).central if counts else _score(days, typical)
    return Nature(level=level, spread=spread, memory=memory, logged=logged, counts=counts), len(
        known
    )


def _score(values: Array, typical: Nature) -> tuple[float, float, float]:
    """Level, spread and memory of a score from its moments.

    Drawn towards the typical where there are few days.
    """
    known = int(np.isfinite(values).sum())
    share = known / (known + PRIOR_WEIGHT)
    spread, memory = _moments(values, known)
    spread = float(np.sqrt(share * spread**2 + (1 - share) * typical.spread**2))
    return float(np.nanmean(values)), spread, float(share * memory + (1 - share) * typical.memory)


def _moments(values: Array, known: int) -> tuple[float, float]:
    """Spread and memory of the drift behind observed days.

    A short log is measured from its own mean, which has drifted along: what that hides is put back,
    by as much as the mean itself varies under the memory found so far (three rounds are enough to
    settle).
    """
    mean, variance = float(np.nanmean(values)), float(np.nanvar(values))
    products = (values - mean)[1:] * (values - mean)[:-1]
    beside = float(np.nanmean(products)) if np.isfinite(products).any() else 0.0
    drift, memory = variance, 0.0
    for _ in range(3):
        hidden = drift * (1 + memory) / (1 - memory) / known
        drift = variance + hidden
        memory = float(np.clip(max(beside + hidden, 0.0) / drift, 0.0, 0.9)) if drift > 0 else 0.0
    return max(drift**0.5, 0.1), memory


def own_outlook(
    values: pd.Series, *, counts: bool, worthwhile: float, block_days: int, washout_days: int = 0
) -> Outlook:
    """What to expect from the person's own days, with the range that they leave open.

    Counts only.
    """
    nature, known = nature_of(values, counts=counts)
    curve = outlook(
        nature,
        worthwhile=worthwhile,
        block_days=block_days,
        washout_days=washout_days,
        own_days=known,
    )
    if not (counts and known):
        return curve
    days = values.to_numpy(dtype=float)
    shape = Shape(curve.pairs[-1], block_days, washout_days)
    low, high = _range(curve, days, worthwhile, shape)
    righted = _set_right(curve, days, float(np.log(worthwhile)), shape)
    # What is taken off the chance is taken off both of its ends.
    moved = np.subtract(righted.if_works, curve.if_works)
    ends = np.sort(np.clip([low + moved, high + moved, righted.if_works], 0.0, 1.0), axis=0)
    return replace(righted, low=tuple(map(float, ends[0])), high=tuple(map(float, ends[-1])))


def _set_right(curve: Outlook, days: Array, effect: float, shape: Shape) -> Outlook:
    """The chances with what the reading of such a log gets wrong on average taken off."""
    found = reread(days, curve.nature)

    def righted(chances: Sequence[float], truth: float) -> tuple[float, ...]:
        pairs_and_chances = zip(curve.pairs, chances, strict=True)
        return tuple(
            found.righted(c, replace(shape, pairs=n), truth, abs(effect))
            for n, c in pairs_and_chances
        )

    return replace(
        curve, if_works=righted(curve.if_works, effect), if_nothing=righted(curve.if_nothing, 0.0)
    )


def _range(curve: Outlook, days: Array, worthwhile: float, shape: Shape) -> tuple[Array, Array]:
    """The chances where A works, at the hard and the easy end of what the days leave open."""
    effect = float(np.log(worthwhile))
    hard, easy = (
        verdict_curve(end, shape, effect, abs(effect), curve.pairs, repeats=REPEATS_OF_ENDS)[
            Finding.HELPS
        ]
        for end in _ends(days, curve.nature, worthwhile, shape.block_days)
    )
    return np.array(hard), np.array(easy)


def _ends(days: Array, nature: Nature, worthwhile: float, block_days: int) -> tuple[Nature, Nature]:
    """The hard and the easy end of 9 in 10 plausible natures.

    Ordered by the weeks that the formula asks of them.
    """
    drawn = plausible(days).drawn(NATURES, np.random.default_rng(20_260_720), nature.logged)
    ordered = sorted(drawn, key=lambda one: weeks_needed(one, worthwhile, block_days=block_days))
    return ordered[round(0.95 * NATURES)], ordered[round(0.05 * NATURES)]


def outlook(
    nature: Nature, *, worthwhile: float, block_days: int, washout_days: int = 0, own_days: int = 0
) -> Outlook:
    """Invent experiments of every length up to a year and count the clear answers.

    Seeded, so the curve stays put.
    """
    length = block_days + washout_days
    most = max(ENOUGH_PAIRS, int(LONGEST_WEEKS * 7 // (2 * length)))
    numbers = sorted(
        {round(n) for n in np.linspace(ENOUGH_PAIRS, most, min(12, most - ENOUGH_PAIRS + 1))}
    )
    effect = float(np.log(worthwhile)) if nature.counts else -worthwhile
    repeats = REPEATS if nature.counts else REPEATS_OF_SCORES
    curves = [
        verdict_curve(
            nature,
            Shape(most, block_days, washout_days),
            truth,
            abs(effect),
            numbers,
            repeats=repeats,
        )
        for truth in (effect, 0.0)
    ]
    return Outlook(
        weeks=tuple(2 * n * length / 7 for n in numbers),
        pairs=tuple(numbers),
        if_works=tuple(curves[0][Finding.HELPS]),
        if_nothing=tuple(curves[1][Finding.NOT_ENOUGH_TO_MATTER]),
        formula_weeks=(
            weeks_needed(nature, worthwhile, block_days=block_days)
            if nature.counts
            else float("nan")
        ),
        nature=nature,
        own_days=own_days,
        repeats=repeats,
    )


def verdict_curve(
    nature: Nature,
    shape: Shape,
    truth: float,
    least: float,
    numbers: Sequence[int],
    *,
    repeats: int,
) -> dict[Finding, list[float]]:
    """Share of each verdict by number of pairs.

    Read from the first pairs of the same invented experiments.
    """
    rng = np.random.default_rng(20_260_719)
    whole = diaries(nature, shape, truth, rng, repeats=repeats).pairs()
    found: dict[Finding, list[float]] = {finding: [] for finding in Finding}
    for number in numbers:
        shares = verdict_shares(_first(whole, number), counts=nature.counts, least=least)
        for finding, share in shares.items():
            found[finding].append(share)
    return found


def _first(pairs: Pairs, number: int) -> Pairs:
    return Pairs(
        *(part[:, :number] for part in (pairs.a_total, pairs.a_days, pairs.b_total, pairs.b_days))
    )


def verdict_shares(pairs: Pairs, *, counts: bool, least: float) -> dict[Finding, float]:
    """How often each verdict falls in many experiments at once (lower is better).

    Pairs without days stay in as gaps.

    A pair whose one block has no known day is given no weight: its contrast is zero and its
    residual does not count.
    """
    reading = arithmetic.read(filled(pairs), counts=counts, draws=PLANNING_DRAWS)
    short = -reading.low < least
    helps = (reading.high < 0) & ~short
    return {
        Finding.HELPS: float(helps.mean()),
        Finding.NOT_ENOUGH_TO_MATTER: float(short.mean()),
        Finding.CANNOT_TELL: float((~helps & ~short).mean()),
    }


def filled(pairs: Pairs) -> Pairs:
    """The same pairs with those that lack a block made neutral, so that arrays stay rectangular.

    Both blocks of such a pair get the experiment's own overall mean over a thousandth of a day.
    """
    lacking = (pairs.a_days == 0) | (pairs.b_days == 0)
    if not lacking.any():
        return pairs
    days = np.where(lacking, 0.0, pairs.a_days + pairs.b_days).sum(axis=-1, keepdims=True)
    total = np.where(lacking, 0.0, pairs.a_total + pairs.b_total).sum(axis=-1, keepdims=True)
    mean = total / np.maximum(days, 1.0)
    tiny = 1e-3
    return Pairs(
        a_total=np.where(lacking, mean * tiny, pairs.a_total),
        a_days=np.where(lacking, tiny, pairs.a_days),
        b_total=np.where(lacking, mean * tiny, pairs.b_total),
        b_days=np.where(lacking, tiny, pairs.b_days),
    )


def inflation(nature: Nature, block_days: int = 7) -> float:
    """How many times more than chance alone the contrast of a pair of blocks varies.

    That is psi of the method notes.
    """
    figures = np.array([[nature.level, nature.spread, nature.memory]])
    return float(blocks_vary(figures, Shape(1, block_days))[0])


def weeks_needed(
    nature: Nature, ratio: float, *, block_days: int = 7, psi: float | None = None
) -> float:
    """Weeks for an 80 % chance to show this ratio, by the formula of the method notes.

    Optimistic for few events.

    usable days = 2 psi (1.96 + 0.84)^2 (1 + 1 / ratio) / (rate ln(ratio)^2), divided by the share
    of days logged.
    """
    psi = inflation(nature, block_days) if psi is None else psi
    days = 2 * psi * POWER_80**2 * (1 + 1 / ratio) / (nature.level * np.log(ratio) ** 2)
    return float(days / nature.logged / 7)
