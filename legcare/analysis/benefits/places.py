"""Where cramps happen: shares per place with shrinkage, and places that stand out beyond chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from legcare.analysis.bouts import bouts
from legcare.analysis.timeline import Floats
from legcare.records import Muscle, Side

MUSCLES = tuple(muscle for muscle in Muscle if muscle is not Muscle.OTHER)
SIDES = (Side.LEFT, Side.RIGHT)
PLACES = tuple((str(muscle.value), str(side.value)) for muscle in MUSCLES for side in SIDES)
FEWEST_BOUTS_FLAG = 50
FLAG_CHANCE = 0.05
MOST_REPEAT = 0.9


def place_bouts(cramps: pd.DataFrame) -> pd.DataFrame:
    """One row per bout and place.

    ``bout``, ``utc``, ``day``, ``muscle``, ``side``, ``place`` (its number, 0 to 15).

    A cramp in both legs counts for both. Cramps without muscle or side, or in no named muscle, have
    no place here.
    """
    return placed(bouts(cramps)).drop_duplicates(["bout", "place"]).reset_index(drop=True)


def placed(events: pd.DataFrame) -> pd.DataFrame:
    """Rows whose muscle and side name a place, "both" twice, with the place's number."""
    both = events["side"] == Side.BOTH.value
    single = events[~both]
    doubled = [events[both].assign(side=side.value) for side in SIDES]
    rows = pd.concat([single, *doubled]).sort_values("utc", kind="stable")
    numbers = {place: number for number, place in enumerate(PLACES)}
    found = [
        numbers.get((str(m), str(s)), -1) for m, s in zip(rows["muscle"], rows["side"], strict=True)
    ]
    rows = rows.assign(place=np.array(found, dtype=int))
    return rows[rows["place"] >= 0].reset_index(drop=True)


def repeat_design_effect(found: pd.DataFrame) -> float:
    """By how much repeats of the last bout's places widen the variance of their counts.

    ``found`` is ``place_bouts``. (1 + r) / (1 - r) times places per bout, where r (at most 0.9) is
    how much oftener neighbouring bouts have a place in common than any two bouts do: a cramp in
    both legs is two places of one bout, not two findings.
    """
    held = held_places(found)
    if len(held) < 2:
        return 1.0
    kinds, which, times = np.unique(held, axis=0, return_inverse=True, return_counts=True)
    common = (kinds @ kinds.T) > 0
    weight = times / len(held)
    chance = float(weight @ common @ weight)
    if chance >= 1:
        return float(held.sum() / len(held))
    which = which.reshape(-1)
    repeats = float(np.mean(common[which[1:], which[:-1]]))
    r = min(max(0.0, (repeats - chance) / (1 - chance)), MOST_REPEAT)
    return (1 + r) / (1 - r) * float(held.sum() / len(held))


def held_places(found: pd.DataFrame) -> NDArray[np.int64]:
    """One row per bout with a place, one column per place: 1 where the bout was there."""
    bout = np.unique(found["bout"].to_numpy(), return_inverse=True)[1].reshape(-1)
    held = np.zeros((int(bout.max()) + 1 if bout.size else 0, len(PLACES)), dtype=np.int64)
    held[bout, found["place"].to_numpy(dtype=int)] = 1
    return held


def place_table(cramps: pd.DataFrame, tender: pd.DataFrame) -> pd.DataFrame:
    """One row per place: where cramps come, with shrinkage, and where tender spots were found.

    Columns ``muscle``, ``side``, ``bouts``, ``share`` with 90 % ``low`` and ``high``,
    ``stands_out``, ``tender``.

    The share is (c + 1) / (N + 16) with counts divided by the repeat design effect first (Dirichlet
    prior of 1 per place), its interval the Beta posterior's. ``stands_out`` needs 50 bouts and a
    posterior chance above 1 - 0.05/16 that the share exceeds an even one, so that all 16 together
    flag falsely at most one time in 20.
    """
    found = place_bouts(cramps)
    counts = np.bincount(found["place"].to_numpy(dtype=int), minlength=len(PLACES)).astype(float)
    effect = repeat_design_effect(found)
    share, low, high, chance = _posterior(counts / effect)
    finds = np.bincount(placed(tender)["place"].to_numpy(dtype=int), minlength=len(PLACES))
    return pd.DataFrame(
        {
            "muscle": [muscle for muscle, _ in PLACES],
            "side": [side for _, side in PLACES],
            "bouts": counts.astype(int),
            "share": share,
            "low": low,
            "high": high,
            "stands_out": (
                (chance > 1 - FLAG_CHANCE / len(PLACES))
                & (found["bout"].nunique() >= FEWEST_BOUTS_FLAG)
            ),
            "tender": finds,
        }
    )


def _posterior(counts: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    from scipy import special

    cells = len(PLACES)
    a, b = counts + 1, counts.sum() - counts + cells - 1
    low, high = special.betaincinv(a, b, 0.05), special.betaincinv(a, b, 0.95)
    return a / (a + b), low, high, 1 - special.betainc(a, b, 1 / cells)


def unplaced(cramps: pd.DataFrame) -> int:
    """Cramps that cannot be put on the map, because muscle or side is not known."""
    known = cramps["muscle"].isin([m.value for m in MUSCLES]) & cramps["side"].isin(
        [Side.LEFT.value, Side.RIGHT.value, Side.BOTH.value]
    )
    return int((~known).sum())
