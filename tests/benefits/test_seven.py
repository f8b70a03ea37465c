"""The seven claims on invented people with a known truth, samples and logs that hold little."""

from datetime import UTC, datetime, timedelta
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from benchmarks.sample_truth import Row, rows, table
from benchmarks.simulated_people import Person, Scenario, simulated
from benchmarks.wrong_claims import tally
from legcare import samples as sample
from legcare.analysis.benefits import Material, Seven, Standing, material_of, seven_benefits
from legcare.analysis.benefits.flexibility import chosen_measure, weekly
from legcare.records import DAY_START, Cramp, Log, Massage, Reading, Reason, TrackedSpan

AT = datetime(2025, 1, 1, 23, tzinfo=UTC)


def assessed(log: Log) -> Seven:
    return seven_benefits(material_of(log, day_start=DAY_START))


@pytest.fixture(scope="module")
def helped() -> Seven:
    return assessed(simulated(Scenario.EFFECT, 1))


@pytest.fixture(scope="module")
def runner() -> Material:
    return material_of(sample.load("runner"), day_start=DAY_START)


def test_a_true_effect_is_found_and_its_interval_holds_the_truth(helped: Seven) -> None:
    for key, truth in {
        "circulation": -1.0,
        "stress": -0.8,
        "waste": -1.0,
        "flexibility": 0.6,
    }.items():
        benefit = helped[key]
        assert benefit.standing is Standing.BETTER, key
        assert benefit.headline.low <= truth <= benefit.headline.high, key


def test_the_family_counts_its_comparisons_and_q_is_never_below_p(helped: Seven) -> None:
    assert helped.line == "7 comparisons, fewer than one expected by chance."
    for benefit in helped.benefits:
        assert benefit.headline.comparisons == 7
        assert benefit.headline.q >= benefit.headline.p


def test_positions_follow_the_sign_of_the_claim(helped: Seven) -> None:
    flexibility, stress = helped["flexibility"], helped["stress"]
    assert flexibility.headline.value > 0 > stress.headline.value
    assert flexibility.position.value > 0
    assert stress.position.value == pytest.approx(-stress.headline.value / stress.spread)
    assert stress.position.low < stress.position.value < stress.position.high
    areas = helped["problem_areas"]
    assert areas.position.value == pytest.approx(np.log(areas.headline.value) * np.sqrt(3) / np.pi)


@pytest.mark.parametrize(
    "scenario", [Scenario.NONE, Scenario.REVERSE, Scenario.EXERCISE, Scenario.TREND]
)
def test_where_nothing_is_true_hardly_anything_is_claimed(scenario: Scenario) -> None:
    shares = tally(scenario, range(100, 106), Person(days=240))
    assert sum(share["wrong"] for share in shares.values()) <= 2 / 6
    assert np.mean([share["shown"] for share in shares.values()]) > 0.5


def test_the_runner_whose_truth_is_written_down(runner: Material) -> None:
    found = seven_benefits(runner)
    assert found["flexibility"].headline.low <= 0.35 <= found["flexibility"].headline.high
    assert found["waste"].headline.low <= -1.1 <= found["waste"].headline.high
    assert found["stress"].standing is Standing.NO_CLEAR
    assert found["recovery"].standing is Standing.NO_CLEAR
    assert found["circulation"].standing is Standing.NOT_ENOUGH


def test_the_older_person_whose_tender_places_foretell() -> None:
    areas = assessed(sample.load("older"))["problem_areas"]
    assert areas.standing is Standing.BETTER
    assert areas.headline.low <= 2.6 <= areas.headline.high


def test_the_desk_worker_of_whom_nothing_is_true() -> None:
    found = assessed(sample.load("desk"))
    assert {benefit.standing for benefit in found.benefits} == {
        Standing.NO_CLEAR,
        Standing.NOT_ENOUGH,
    }


@pytest.mark.parametrize(
    "records",
    [
        (),
        (Cramp(at=AT),),
        (Massage(at=AT),),
        (Reading(day=AT.date(), factor="stress", value=3),),
        tuple(Cramp(at=AT + timedelta(days=2 * n)) for n in range(40)),
    ],
    ids=["empty", "one cramp", "one massage", "one reading", "only cramps"],
)
def test_little_is_refused_with_what_is_missing(
    records: tuple[Cramp | Massage | Reading, ...],
) -> None:
    found = assessed(Log(records))
    for benefit in found.benefits:
        assert benefit.standing is Standing.NOT_ENOUGH
        assert isnan(benefit.headline.value)
        assert benefit.headline.still_needed
        assert benefit.progress.have < benefit.progress.need
        assert benefit.position is None
    assert found.shown == 0


def test_what_no_log_measures_says_so(helped: Seven) -> None:
    assert [benefit.key for benefit in helped.benefits if not benefit.measurable] == [
        "circulation",
        "waste",
    ]
    assert "blood flow" in helped["circulation"].pitfall
    assert "soreness" in helped["waste"].measured


def test_relief_massages_are_no_exposure() -> None:
    plain = simulated(Scenario.EFFECT, 2, Person(days=150))
    relief = [
        Massage(at=cramp.at + timedelta(minutes=5), minutes=5, reason=Reason.RELIEF)
        for cramp in plain.cramps
    ]
    before, after = assessed(plain), assessed(Log((*plain.records, *relief)))
    for key in ("circulation", "stress", "flexibility", "tension"):
        assert after[key].headline == before[key].headline


def test_the_order_of_records_does_not_matter() -> None:
    log = simulated(Scenario.NONE, 3, Person(days=150))
    turned = Log(tuple(reversed(log.records)))
    for one, two in zip(assessed(log).benefits, assessed(turned).benefits, strict=True):
        assert one.standing is two.standing
        assert one.headline.value == pytest.approx(two.headline.value, nan_ok=True)


def test_no_frame_is_changed(runner: Material) -> None:
    before = {
        name: getattr(runner, name).copy()
        for name in ("days", "cramps", "massages", "tender", "workouts")
    }
    seven_benefits(runner)
    for name, frame in before.items():
        assert getattr(runner, name).equals(frame), name


def test_flexibility_takes_the_measure_that_most_weeks_hold() -> None:
    days = [AT.date() + timedelta(days=n) for n in range(140)]
    span = TrackedSpan(first_day=days[0], last_day=days[-1])
    stiff = [Reading(day=day, factor="stiffness", value=n % 5) for n, day in enumerate(days)]
    ankle = [Reading(day=day, factor="ankle_cm", value=10) for day in days[::35]]
    massages = [Massage(at=AT + timedelta(days=n), minutes=n % 20) for n in range(0, 140, 3)]
    material = material_of(Log((span, *stiff, *ankle, *massages)), day_start=DAY_START)
    assert chosen_measure(material) == "stiffness"
    panels = weekly(material, "stiffness")
    assert len(panels) == 20
    known = material.days["massage_min"].iloc[26 - 13 : 27]
    assert 0 < panels["massage_min"].iloc[4] < 3 * known.sum()


def test_massage_that_changes_too_slowly_is_refused() -> None:
    days = [AT.date() + timedelta(days=n) for n in range(280)]
    span = TrackedSpan(first_day=days[0], last_day=days[-1])
    random = np.random.default_rng(1)
    ankle = [
        Reading(day=day, factor="ankle_cm", value=float(random.normal(10, 1))) for day in days[::7]
    ]
    wave = [10 + 9 * np.sin(2 * np.pi * n / 280) for n in range(280)]
    massages = [Massage(at=AT + timedelta(days=n), minutes=float(wave[n])) for n in range(280)]
    headline = assessed(Log((span, *ankle, *massages)))["flexibility"].headline
    assert "changes too slowly" in headline.refusal
    assert "experiment" in headline.still_needed


@pytest.fixture(scope="module")
def told() -> tuple[Row, ...]:
    return rows()


def test_the_claims_of_the_samples_hold_the_truth(told: tuple[Row, ...]) -> None:
    claims = [row for row in told if not row.about.startswith("cramps by")]
    assert {row.person for row in claims} == {"runner", "desk", "older"}
    assert len(claims) == 16
    assert [row for row in claims if not row.holds] == []


def test_what_is_not_there_is_not_claimed_in_the_samples(told: tuple[Row, ...]) -> None:
    nothing = [row for row in told if row.null]
    assert len(nothing) > 15
    assert {row.said for row in nothing} == {"no clear association"}


def test_few_of_all_intervals_of_the_samples_miss_the_truth(told: tuple[Row, ...]) -> None:
    missed = sum(not row.holds for row in told)
    assert (
        stats.binom.sf(missed - 1, len(told), 0.05) > 0.05
    )  # no more than 95 % intervals miss by chance


def test_the_table_of_the_documentation_is_the_one_that_is_printed(told: tuple[Row, ...]) -> None:
    documented = (Path(__file__).parents[2] / "docs" / "benefits.md").read_text(encoding="utf-8")
    assert table(told) in documented
