"""Places: bouts, shrinkage, flags, and the ratio of a tender place."""

from datetime import UTC, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest

from legcare.analysis.benefits.places import (
    PLACES,
    place_bouts,
    place_table,
    repeat_design_effect,
    unplaced,
)
from legcare.analysis.benefits.problem_areas import foretelling, mantel_haenszel
from legcare.days import cramp_table, tender_table
from legcare.records import Context, Cramp, Log, Muscle, Side

START = time(6, 0)
AT = datetime(2025, 3, 1, 23, 0, tzinfo=UTC)


def table(*cramps: Cramp) -> pd.DataFrame:
    return cramp_table(Log(cramps), day_start=START)


def cramp(
    hours: float, muscle: Muscle | None = Muscle.CALF, side: Side | None = Side.LEFT, **rest: object
) -> Cramp:
    return Cramp(at=AT + timedelta(hours=hours), muscle=muscle, side=side, **rest)


def nothing_tender() -> pd.DataFrame:
    return tender_table(Log(), day_start=START)


def test_one_night_is_one_bout_for_each_place() -> None:
    night = [
        cramp(0, context=Context.IN_BED),
        cramp(5, context=Context.IN_BED),
        cramp(5, side=Side.RIGHT),
    ]
    found = place_bouts(table(*night))
    assert found["bout"].tolist() == [0, 0]
    assert found["side"].tolist() == ["left", "right"]


def test_both_legs_count_for_both_and_the_unknown_for_none() -> None:
    cramps = table(
        cramp(0, side=Side.BOTH), cramp(48, side=None), cramp(96, muscle=Muscle.OTHER), cramp(144)
    )
    found = place_bouts(cramps)
    assert [(row.muscle, row.side) for row in found.itertuples()] == [
        ("calf", "left"),
        ("calf", "right"),
        ("calf", "left"),
    ]
    assert unplaced(cramps) == 2


def test_shares_are_shrunk_towards_even() -> None:
    cramps = [cramp(48 * n, side=Side.LEFT if n % 2 else Side.RIGHT) for n in range(10)]
    places = place_table(table(*cramps), nothing_tender())
    assert len(places) == len(PLACES) == 16
    assert places["bouts"].sum() == 10
    assert places.loc[:1, "share"].tolist() == pytest.approx([6 / 26, 6 / 26])
    assert places.loc[5, "share"] == pytest.approx(1 / 26)
    assert ((places["low"] < places["share"]) & (places["share"] < places["high"])).all()
    assert not places["stands_out"].any()


def test_a_place_stands_out_only_from_fifty_bouts() -> None:
    turn = [cramp(48 * n, side=Side.LEFT if n % 3 else Side.RIGHT) for n in range(60)]
    assert place_table(table(*turn), nothing_tender())["stands_out"].tolist()[:3] == [
        True,
        True,
        False,
    ]
    assert not place_table(table(*turn[:49]), nothing_tender())["stands_out"].any()


def test_repeats_of_the_last_place_widen() -> None:
    def bouts_in(places: list[int]) -> pd.DataFrame:
        return pd.DataFrame({"bout": range(len(places)), "place": places})

    assert repeat_design_effect(bouts_in([0, 1] * 20)) == 1.0
    assert repeat_design_effect(bouts_in([0] * 20 + [1] * 20)) == pytest.approx(
        (1 + 0.9) / (1 - 0.9)
    )
    assert repeat_design_effect(bouts_in([3, 3, 3])) == 1.0


def test_mantel_haenszel_agrees_with_statsmodels() -> None:
    from statsmodels.stats.contingency_tables import StratifiedTable

    strata = np.array([[8, 20, 5, 30], [3, 10, 6, 40], [1, 4, 9, 50]], dtype=float)
    theirs = StratifiedTable([np.array([[a, n1 - a], [c, n0 - c]]) for a, n1, c, n0 in strata])
    ratio, variance = mantel_haenszel(strata)
    assert ratio == pytest.approx(theirs.oddsratio_pooled, rel=1e-12)
    assert np.sqrt(variance) == pytest.approx(theirs.logodds_pooled_se, rel=1e-12)


def test_mantel_haenszel_with_one_stratum_is_the_plain_odds_ratio() -> None:
    ratio, variance = mantel_haenszel(np.array([[8.0, 20, 5, 30]]))
    assert ratio == pytest.approx((8 / 12) / (5 / 25))
    assert variance == pytest.approx(1 / 8 + 1 / 12 + 1 / 5 + 1 / 25)


def _invented(follow: float, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Weekly tender findings at random.

    A cramp comes there two days after each with chance ``follow``.
    """
    random = np.random.default_rng(seed)
    finds, cramps = [], []
    start = pd.Timestamp("2025-01-01", tz="UTC")
    for week in range(120):
        place = int(random.integers(0, 4))
        finds.append((start + pd.Timedelta(days=14 * week), place))
        at = start + pd.Timedelta(days=14 * week + 2)
        cramps.append((week, at, place if random.random() < follow else int(random.integers(0, 4))))
        cramps.append((week + 1000, at + pd.Timedelta(days=9), int(random.integers(0, 4))))
    found = pd.DataFrame(cramps, columns=["bout", "utc", "place"]).sort_values(
        "utc", ignore_index=True
    )
    return found, pd.DataFrame(finds, columns=["utc", "place"])


def test_a_tender_place_that_foretells_is_found() -> None:
    headline, exposed = foretelling(*_invented(0.5, 1))
    assert exposed == 120
    assert headline.low > 1
    elsewhere = (90 * 0.125 + 120 * 0.25) / 210
    odds = (0.625 / 0.375) / (elsewhere / (1 - elsewhere))
    assert headline.low < odds < headline.high


def test_a_tender_place_that_does_not_foretell_is_covered() -> None:
    hits = [foretelling(*_invented(0.0, seed))[0] for seed in range(20)]
    covered = sum(one.low <= 1 <= one.high for one in hits)
    assert covered >= 17


def test_too_few_is_refused_with_what_is_missing() -> None:
    found, tender = _invented(0.5, 1)
    headline, exposed = foretelling(found.head(6), tender.head(3))
    assert exposed == 3
    assert "7 more cramps within 7 days after a tender spot" in headline.still_needed
    assert np.isnan(headline.value)
