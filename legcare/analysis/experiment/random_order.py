"""Which arm each block is: drawn by seed and salt, from orders that are fair to trend and weekday.

Two arms: in all pairs together A comes first about as often as B (three more or less at most), and
from twelve pairs no weekday has many more days of the one than of the other. Orders that do not
keep to this are drawn again, and the analysis compares with the orders that do. More arms: each
round has every arm once, in an order of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from legcare.records.experiment import INVERSION, Arm, Plan

ALL_ORDERS_UP_TO = 12
DRAWS = 9_999
AHEAD = 3
"""How many pairs more may begin with the one arm than with the other."""


def random_order(plan: Plan) -> tuple[Arm, ...]:
    """The arm of every block, as drawn by seed and salt.

    The bit of a pair is the lowest of the first byte of SHA-256("salt:seed:pair"): 0 is A then B.
    Where an order is drawn again, the number of the draw (from 2) stands before the pair.
    """
    if len(plan.arms) > 2:
        return tuple(arm for number in range(plan.pairs) for arm in _round(plan, number + 1))
    return tuple(
        arm for b in first_fair_draw(plan)[1] for arm in ((Arm.B, Arm.A) if b else (Arm.A, Arm.B))
    )


def first_fair_draw(plan: Plan) -> tuple[int, list[int]]:
    """The number of the first fair draw, and its bit for every pair."""
    draw = 1
    while True:
        again = "" if draw == 1 else f"{draw}:"
        bits = [bit(plan.salt, plan.seed, f"{again}{n}") for n in range(1, plan.pairs + 1)]
        if plan.rules < INVERSION or fair(np.array([bits], dtype=bool).T, plan)[0]:
            return draw, bits
        draw += 1


def bit(salt: str, seed: int, name: str | int) -> int:
    """One toss of the coin: anyone who holds seed and salt can toss it again."""
    return hashlib.sha256(f"{salt}:{seed}:{name}".encode()).digest()[0] & 1


def _round(plan: Plan, number: int) -> list[Arm]:
    """The arms of one round, sorted by SHA-256("salt:seed:round:arm")."""
    return sorted(
        plan.arms,
        key=lambda arm: hashlib.sha256(f"{plan.salt}:{plan.seed}:{number}:{arm}".encode()).digest(),
    )


def fair(b_first: NDArray[np.bool_], plan: Plan) -> NDArray[np.bool_]:
    """Which of many orders, (pairs, orders), may be drawn for this plan.

    Fewer than six pairs are too few to choose among.
    """
    if plan.pairs < 6:
        return np.ones(b_first.shape[1], dtype=bool)
    a_ahead = 1.0 - 2.0 * b_first
    balanced = np.asarray(np.abs(a_ahead.sum(axis=0)) <= AHEAD)
    if plan.pairs < ALL_ORDERS_UP_TO:
        return balanced
    days = _weekdays(plan)
    limit = np.maximum(AHEAD, np.sqrt((days**2).sum(axis=1)))
    return np.asarray(balanced & (np.abs(days @ a_ahead) <= limit[:, None] + 1e-9).all(axis=0))


def _weekdays(plan: Plan) -> NDArray[np.float64]:
    """Days of the first block less those of the second, by weekday and pair; no pauses."""
    length = plan.block_days + plan.washout_days
    day = np.arange(plan.days)
    counted = day % length >= plan.washout_days
    sign = np.where((day // length) % 2 == 0, 1.0, -1.0) * counted
    table = np.zeros((7, plan.pairs))
    np.add.at(table, ((plan.first_day.weekday() + day) % 7, day // (2 * length)), sign)
    return table


@lru_cache(maxsize=16)
def exchanges(plan: Plan) -> NDArray[np.bool_]:
    """Which pairs another possible order would exchange: (pairs, orders), the drawn one left out.

    All orders up to twelve pairs, otherwise 9,999 drawn by the plan's seed.
    """
    pairs = plan.pairs
    if len(plan.arms) > 2 or plan.rules < INVERSION:
        return _patterns(pairs, plan.seed, None)
    order = random_order(plan)
    b_first = np.array([order[2 * n] is Arm.B for n in range(pairs)])
    return _patterns(pairs, plan.seed, (b_first, plan))


def joint_exchanges(plans: Sequence[Plan], numbers: Sequence[int]) -> NDArray[np.bool_]:
    """The exchanges of several experiments one after the other, of each its first pairs.

    One experiment: its own. More: 9,999 in which each has an order of its own, drawn by the first.
    """
    if len(plans) == 1:
        return exchanges(plans[0])[: numbers[0]]
    rng = np.random.default_rng(plans[0].seed)
    parts = []
    for plan, number in zip(plans, numbers, strict=True):
        own = exchanges(plan)[:number]
        parts.append(
            np.hstack([np.zeros((number, 1), bool), own])[
                :, rng.integers(0, own.shape[1] + 1, DRAWS)
            ]
        )
    return np.vstack(parts)


def _patterns(
    pairs: int, seed: int, drawn: tuple[NDArray[np.bool_], Plan] | None
) -> NDArray[np.bool_]:
    def kept(patterns: NDArray[np.bool_]) -> NDArray[np.bool_]:
        if drawn is None:
            return patterns
        return patterns[:, fair(patterns ^ drawn[0][:, None], drawn[1])]

    if pairs <= ALL_ORDERS_UP_TO:
        numbers = np.arange(1, 2**pairs)[None, :] >> np.arange(pairs)[:, None]
        found = kept((numbers & 1).astype(bool))
    else:
        rng = np.random.default_rng(seed)
        found = np.empty((pairs, 0), dtype=bool)
        while found.shape[1] < DRAWS:
            found = np.hstack([found, kept(rng.random((pairs, 2 * DRAWS)) < 0.5)])
        found = np.ascontiguousarray(found[:, :DRAWS])
    found.setflags(write=False)
    return found
