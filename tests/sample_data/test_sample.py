"""The invented logs.

Made again they are the same, and what was put into them can be found in them.
"""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from legcare import samples as sample
from legcare.analysis.estimate import Verdict
from legcare.analysis.massage import massage_answer, massage_nights
from legcare.days import cramp_table, day_table, massage_table
from legcare.errors import BadFile
from legcare.records import BUILT_IN, Cramp, Log, Massage, Reading, Reason
from sample_data.make import HERE, files
from sample_data.people import LAST_DAY, PEOPLE, Person

KEYS = [person.key for person in PEOPLE]
DAY_START = time(6)


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return files()


def test_making_them_again_gives_the_same_files(made: dict[str, bytes]) -> None:
    on_disk = {
        path.name for path in Path(HERE).iterdir() if path.suffix in {".json", ".csv", ".xlsx"}
    }
    assert on_disk == set(made)
    assert [name for name, content in made.items() if (HERE / name).read_bytes() != content] == []


def test_the_people_say_that_they_are_invented_and_what_is_true_of_them() -> None:
    told = json.loads((HERE / "truth.json").read_text(encoding="utf-8"))
    assert told["invented"] is True
    assert [person.key for person in sample.people()] == KEYS
    runner = sample.people()[0]
    assert (runner.truth[0].factor, runner.truth[0].lag, runner.truth[0].rate_ratio) == (
        "massages",
        0,
        0.55,
    )


def test_an_unknown_person_is_a_sentence() -> None:
    with pytest.raises(
        BadFile, match=r"no sample log called 'nobody'; choose one of runner, desk, older"
    ):
        sample.load("nobody")


@pytest.mark.parametrize("person", PEOPLE, ids=KEYS)
def test_a_log_spans_fixed_days_and_marks_its_source(person: Person) -> None:
    log = sample.load(person.key)
    first = LAST_DAY - timedelta(days=person.days - 1)
    assert {record.source for record in log.records} == {"sample"}
    assert len({record.id for record in log.records}) == len(log.records)
    assert first <= log.spans[0].first_day <= first + timedelta(days=2)
    assert LAST_DAY - timedelta(days=2) <= log.spans[-1].last_day <= LAST_DAY
    assert 180 <= person.days <= 400
    assert date(2026, 11, 15) == LAST_DAY


@pytest.mark.parametrize("person", PEOPLE, ids=KEYS)
def test_no_reading_lies_outside_what_its_factor_allows(person: Person) -> None:
    allowed = {factor.key: (factor.low, factor.high) for factor in BUILT_IN}
    outside = [
        r
        for r in sample.load(person.key).readings
        if not allowed[r.factor][0] <= r.value <= allowed[r.factor][1]
    ]
    assert outside == []


@pytest.mark.parametrize("person", PEOPLE, ids=KEYS)
def test_days_away_are_not_tracked_and_hold_nothing(person: Person) -> None:
    log = sample.load(person.key)
    days = day_table(log, day_start=DAY_START)
    (start, length), first = (
        person.away[0],
        pd.Timestamp(LAST_DAY - timedelta(days=person.days - 1)),
    )
    away = days.loc[
        first + pd.Timedelta(days=start) : first + pd.Timedelta(days=start + length - 1)
    ]
    assert len(away) == length
    assert not away["tracked"].any()
    assert away.drop(columns="tracked").isna().all(axis=None)


@pytest.mark.parametrize(
    ("key", "night"), [("runner", (0.2, 0.4)), ("desk", (0.45, 0.75)), ("older", (0.65, 0.85))]
)
def test_hours_and_rates_are_those_of_the_published_figures(
    key: str, night: tuple[float, float]
) -> None:
    cramps = cramp_table(sample.load(key), day_start=DAY_START)
    days = day_table(sample.load(key), day_start=DAY_START)
    assert night[0] < cramps["night"].mean() < night[1]
    assert 1 < days["cramps"].mean() * 7 < 6
    assert 2 < cramps["minutes"].median() < 4
    assert 4.7 < cramps["severity"].mean() < 6.3
    assert 0 < (cramps["minutes"] > 10).mean() < 0.12
    assert cramps["muscle"].eq("calf").mean() > 0.4


def _ratios(person: Person) -> pd.DataFrame:
    """Rate ratios with 95 % intervals by statsmodels' Poisson GLM (scale="X2").

    Every true effect is in one model.
    """
    days = day_table(sample.load(person.key), day_start=DAY_START)
    said = {"yesterday": days["cramps"].shift(1).clip(upper=3)}
    said["past_week"] = days["cramps"].shift(1).rolling(7, min_periods=3).mean()
    for habit in person.habits:
        if habit.ratio != 1:
            said[habit.factor] = (days[habit.factor] - habit.mean) / habit.sd
    if person.load_ratio != 1:
        said["exercise_load"] = days["exercise_load"] / 200
    frame = sm.add_constant(pd.DataFrame(said))
    usable = frame.notna().all(axis=1) & days["cramps"].notna()
    fit = sm.GLM(days.loc[usable, "cramps"], frame[usable], family=sm.families.Poisson()).fit(
        scale="X2"
    )
    table = np.exp(fit.conf_int())
    return table.set_axis(["low", "high"], axis=1).assign(ratio=np.exp(fit.params))


@pytest.mark.parametrize("person", PEOPLE, ids=KEYS)
def test_the_true_effects_lie_in_the_intervals_that_the_data_give(person: Person) -> None:
    found = _ratios(person)
    truth = {
        effect.factor: effect.rate_ratio for effect in sample.people()[KEYS.index(person.key)].truth
    }
    for factor in set(found.index) & set(truth):
        assert found.loc[factor, "low"] < truth[factor] < found.loc[factor, "high"], factor


def test_the_runners_massage_shows_and_the_others_does_not() -> None:
    runner, desk, older = (
        massage_answer(sample.load(person.key), day_start=DAY_START) for person in PEOPLE
    )
    assert runner.verdict is Verdict.LOWER
    assert (desk.verdict, older.verdict) == (Verdict.NO_CLEAR, Verdict.NO_CLEAR)
    for answer, person in ((runner, PEOPLE[0]), (desk, PEOPLE[1]), (older, PEOPLE[2])):
        assert answer.low < person.massage_ratio < answer.high
    assert "follow" not in runner.direction + desk.direction
    assert "come within 24 hours after a cramp" in older.direction


def test_the_runners_massage_acts_for_24_hours_by_the_clock() -> None:
    nights = massage_nights(sample.load("runner"), day_start=DAY_START)
    share = nights["cramps"].gt(0).groupby(nights["massage"]).mean()
    assert share[True] < 0.75 * share[False]


def test_the_older_persons_massages_follow_cramps() -> None:
    days = day_table(sample.load("older"), day_start=DAY_START)
    after = days["massages"].gt(0)[days["cramps"].shift(1) > 0].mean()
    otherwise = days["massages"].gt(0)[days["cramps"].shift(1) == 0].mean()
    assert after > otherwise + 0.25


def test_a_tender_place_foretells_a_cramp_there() -> None:
    log = sample.load("older")
    found = [(massage.at, place) for massage in log.massages for place in massage.tender]
    week = timedelta(days=8)
    there = [
        any(_same(c, place) and timedelta(0) < c.at - at <= week for c in log.cramps)
        for at, place in found
    ]
    before = [
        any(_same(c, place) and timedelta(0) < at - c.at <= week for c in log.cramps)
        for at, place in found
    ]
    assert len(found) >= 20
    assert sum(there) > sum(before)


def _same(cramp: Cramp, place: object) -> bool:
    return (cramp.muscle, cramp.side) == (
        getattr(place, "muscle", None),
        getattr(place, "side", None),
    )


@pytest.mark.parametrize(
    ("key", "rating", "eased"),
    [
        ("runner", "tension", 1.6),
        ("desk", "stress", 1.9),
        ("desk", "heaviness", 1.3),
        ("older", "heaviness", 1.5),
    ],
)
def test_ratings_fall_by_what_was_put_in(key: str, rating: str, eased: float) -> None:
    massages = massage_table(sample.load(key), day_start=DAY_START)
    change = (massages[f"{rating}_before"] - massages[f"{rating}_after"]).dropna()
    assert len(change) > 30
    assert (
        abs(change.mean() - eased) < 0.45
    )  # ratings stop at 0 and 10, so a little less comes out than went in


def test_every_benefit_has_data_in_somebody() -> None:
    readings = {reading.factor for key in KEYS for reading in sample.load(key).readings}
    assert {
        "soreness",
        "stress",
        "heaviness",
        "ankle_left_cm",
        "ankle_right_cm",
        "hydration_ml",
    } <= readings
    reasons = [massage.reason for massage in sample.load("runner").massages]
    assert reasons.count(Reason.AFTER_EXERCISE) > 30
    assert reasons.count(Reason.RELIEF) > 10


def test_soreness_after_exercise_is_lower_where_a_massage_followed() -> None:
    days = day_table(sample.load("runner"), day_start=DAY_START)
    trained = days["exercise_load"].shift(1) > 0
    massaged = days["massages"].shift(1) > 0
    assert (
        days["soreness"][trained & massaged].mean()
        < days["soreness"][trained & ~massaged].mean() - 0.4
    )


def test_the_spreadsheets_tell_the_same_story() -> None:
    log = sample.load("runner")
    sheet = {path.name: path.read_bytes() for path in HERE.glob("runner-*")}
    assert sorted(sheet) == ["runner-cramps.csv", "runner-daily.csv", "runner-massages.xlsx"]
    lines = sheet["runner-cramps.csv"].decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(log.cramps)
    assert lines[1].startswith("12/10/2025;21:54;hamstring;right;5;1,5;no;")
    from openpyxl import load_workbook

    rows = list(
        load_workbook(HERE / "runner-massages.xlsx").worksheets[0].iter_rows(values_only=True)
    )
    assert [row[0] for row in rows[1:]] == [
        massage.at.replace(tzinfo=None) for massage in log.massages
    ]


def test_the_journey_keeps_the_clock_of_the_place() -> None:
    offsets = {
        c.at.utcoffset() for c in sample.load("runner").records if isinstance(c, Cramp | Massage)
    }
    assert timedelta(hours=-4) in offsets
    assert {timedelta(hours=1), timedelta(hours=2)} <= offsets


def test_loading_gives_the_records_that_were_made() -> None:
    log = sample.load("desk")
    assert isinstance(log, Log)
    assert any(isinstance(record, Reading) for record in log.records)
    assert sum(isinstance(record, Cramp) for record in log.records) == len(log.cramps) > 40
