"""Test and interval of paired blocks from nothing but the lots, for many experiments at once.

Were the arms of some pairs exchanged, the answer would be another. The values that the exchanged
pairs alone give, over all orders that might have been drawn, are the interval: "no difference" lies
outside it exactly where the randomisation test speaks against it (typical values: Hartigan 1969,
Journal of the American Statistical Association 64). Exact at no difference whatever the days are
like; at a ratio it takes the days of A to be those of B times the ratio.

Looks before the end spend the error as O'Brien and Fleming do (Lan and DeMets 1983), with limits
from the same orders: exact at no difference, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legcare.analysis.experiment.pairs import Array, Pairs

HALF_EVENT = 0.25
"""Added to each arm for the estimate: half an event, as a pair of equal blocks weighs each half."""
TIE = 1e-9


@dataclass(frozen=True)
class Contrast:
    """What each pair adds to both parts of the effect, ``top`` over ``bottom``: (..., pairs).

    Counts: what came in A and in B, as if both had as many known days. Scores: A minus B, and 1.
    A pair that lacks a block adds nothing. ``null`` is the effect where A does nothing.
    """

    top: Array
    bottom: Array
    null: float

    @property
    def excess(self) -> Array:
        """By how much A lies above no difference in each pair."""
        return np.asarray(self.top - self.null * self.bottom)

    def first(self, number: int) -> Contrast:
        """The same with the first pairs only."""
        return Contrast(self.top[..., :number], self.bottom[..., :number], self.null)


@dataclass(frozen=True)
class Inversion:
    """Effect, interval (an end may be 0 or infinite) as ratio or points, and two-sided p."""

    value: Array
    low: Array
    high: Array
    p: Array


def contrast(pairs: Pairs, *, ratio: bool) -> Contrast:
    """The parts of the effect; a pair with a block that has no known day is let be."""
    whole = (pairs.a_days > 0) & (pairs.b_days > 0)
    days = np.where(whole, pairs.a_days + pairs.b_days, 1.0)
    if ratio:
        top = np.where(whole, pairs.a_total * pairs.b_days / days, 0.0)
        bottom = np.where(whole, pairs.b_total * pairs.a_days / days, 0.0)
        return Contrast(top, bottom, 1.0)
    a_days, b_days = (np.where(whole, part, 1.0) for part in (pairs.a_days, pairs.b_days))
    difference = np.where(whole, pairs.a_total / a_days - pairs.b_total / b_days, 0.0)
    return Contrast(difference, whole.astype(np.float64), 0.0)


def invert(parts: Contrast, exchanged: NDArray[np.bool_], allowed: int | Array) -> Inversion:
    """Read experiments, each end at ``allowed`` of the orders.

    ``exchanged``: (pairs, orders), which pairs another order would exchange; the order that was
    drawn is not among them and is counted beside.
    """
    half, least = (HALF_EVENT, 0.0) if parts.null == 1 else (0.0, -np.inf)
    flips = exchanged.astype(np.float64)
    top, bottom, excess = parts.top @ flips, parts.bottom @ flips, parts.excess @ flips
    tie = TIE * np.abs(parts.excess).sum(axis=-1)[..., None]
    blank = (bottom == 0) & (top == 0)
    typical = np.divide(top, bottom, out=np.full_like(top, np.inf), where=bottom > 0)
    # Exchanged pairs without any event speak neither way: they count against both ends.
    typical = np.where(np.abs(excess) <= tie, parts.null, typical)
    ordered = np.sort(np.where(blank, np.inf, typical), axis=-1)
    reverse = np.sort(np.where(blank, least, typical), axis=-1)
    orders = flips.shape[1]
    place = np.broadcast_to(np.asarray(allowed, dtype=np.int64), ordered.shape[:-1])[..., None]
    high = np.take_along_axis(ordered, np.clip(orders - place, 0, orders - 1), axis=-1)
    low = np.take_along_axis(reverse, np.clip(place - 1, 0, orders - 1), axis=-1)
    as_low = (excess >= -tie).sum(axis=-1) + 1
    as_high = (excess <= tie).sum(axis=-1) + 1
    value = (parts.top.sum(axis=-1) + half) / (parts.bottom.sum(axis=-1) + half)
    return Inversion(
        value=np.asarray(value),
        low=np.minimum(np.where(place > 0, low, least)[..., 0], value),
        high=np.maximum(np.where(place > 0, high, np.inf)[..., 0], value),
        p=np.asarray(np.minimum(1.0, 2 * np.minimum(as_low, as_high) / (orders + 1))),
    )


def quota(alpha: float, orders: int) -> int:
    """How many of all orders may be as far off, the drawn one among them."""
    return int(np.floor(alpha * (orders + 1) + TIE))


def spending(share: float, alpha: float) -> float:
    """What an O'Brien-Fleming plan may have spent of ``alpha`` at this share of its pairs."""
    from scipy import special

    reach = -special.ndtri(alpha / 2) / np.sqrt(min(max(share, TIE), 1.0))
    return float(2 * special.ndtr(-reach))


def quotas_at(
    parts: Contrast,
    exchanged: NDArray[np.bool_],
    stages: Sequence[tuple[int, float]],
    *,
    better: float = 1.0,
) -> list[Array]:
    """How many of the orders may be as far off at each stage (pairs, error spent until then).

    An order that would have said "helps" at an earlier stage has spent its share and is not counted
    again. What is given is the level of ``invert`` at that stage: it says "helps" exactly where the
    plan of looks does. ``better`` is -1 where more is better.
    """
    orders = exchanged.shape[1]
    if len(stages) == 1:
        return [np.asarray(quota(stages[0][1], orders))]
    flips = np.concatenate([np.zeros((len(exchanged), 1)), exchanged], axis=1)
    over = np.zeros((*parts.top.shape[:-1], orders + 1), dtype=bool)
    counts = []
    for number, alpha in stages:
        gain = better * parts.excess[..., :number] @ flips[:number]
        tie = TIE * np.abs(parts.excess[..., :number]).sum(axis=-1)[..., None]
        spare = quota(alpha, orders) - over.sum(axis=-1, keepdims=True)
        ordered = -np.sort(-np.where(over, -np.inf, gain), axis=-1)
        limit = np.take_along_axis(ordered, np.clip(spare, 0, orders), axis=-1)
        beyond = gain > limit + tie
        over |= beyond
        counts.append(beyond.sum(axis=-1))
    return counts
